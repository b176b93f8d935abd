"""How claims stand by their own persons alone, held against how they stand by all that is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.services import claim_ledger, claim_staleness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.services.claim_ledger import Standing
    from kvalitetsapp.services.workspace import Workspace

_LINE: Final = ["claim", "line", "status", "net", "over", "reason"]


def check(workspace: Workspace, wanted: Sequence[Claim]) -> None:
    """Demand that every line of some claims is the same in both."""
    numbers = {one.claim for one in wanted}
    mine, whole = claim_ledger.standing_of(workspace, wanted), claim_ledger.standing(workspace)
    assert _lines(mine, numbers) == _lines(whole, numbers)
    assert claim_staleness.differences(workspace, wanted).keys() == numbers


def _lines(now: Standing, numbers: set[int]) -> list[tuple[object, ...]]:
    """Return the claims' lines with what they rest on: the verdict, the operation and its agreement."""
    lines = now.ledger.lines
    keys = ["episode", "joint", "side"]
    operations = [tuple(row) for row in now.frames.index_operations[keys].astype(str).to_numpy()]
    by_place = claim_staleness.agreements_by_operation(now)
    told = zip(
        lines[_LINE].astype(str).to_numpy(), lines["operation"], claim_ledger.verdicts_of_lines(now), strict=True
    )
    return [
        (*row, operations[place] if place >= 0 else None, by_place.get(place), verdict)
        for row, place, verdict in told
        if int(row[0]) in numbers
    ]
