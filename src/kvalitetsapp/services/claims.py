"""Krav: the cases, their cap ledgers, and sums that are those of `summary recovery`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.case import Case, Claims, ClaimSums, LedgerLine
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import event_costs
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import providers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pandas import DataFrame

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.cost_source import CostSource
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace

_LINE: Final = (
    "episode",
    "event_ref",
    "joint",
    "side",
    "event_date",
    "days",
    "complication_class",
    "status",
    "counts",
    "covered",
    "reason",
    "cost",
    "cost_basis",
    "deductible",
    "claimable",
    "over_cap",
    "cap_left",
    "claim_by",
)
_SUMS: Final = (
    "cases",
    "events",
    "cost_total",
    "covered_cost",
    "not_covered_cost",
    "missing_cost_events",
    "over_cap",
    "claimable",
)


@needs(Right.READ_CLAIMS)
def cases(workspace: Workspace, *, potential: bool = False) -> Claims:
    """Return every case with an event that counts, the largest claim first; `potential` counts proposed links too."""
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    basis = frames.claims_basis(potential=potential)
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    sources = event_costs.of_basis(workspace, basis, frames.agreements)
    found = [case for case in _cases(basis, sources, frames, names) if case.counted]
    found.sort(key=lambda case: (-case.claimable, case.index_ref))
    return Claims(tuple(found), _sums(basis), workspace.today, potential)


def _sums(basis: DataFrame) -> ClaimSums:
    from kvalitetsapp.analysis import frames, recovery

    rows: list[tuple[Any, ...]] = frames.rows(recovery.summary(basis, by=()), _SUMS)
    return ClaimSums(*(int(value) for value in rows[0]))


def _cases(
    basis: DataFrame, sources: Sequence[CostSource], source: StoreFrames, names: Mapping[str, str]
) -> list[Case]:
    from kvalitetsapp.analysis import frames

    lines: dict[str, list[LedgerLine]] = {}
    agreed: dict[str, str] = {}
    rows: list[tuple[Any, ...]] = frames.rows(basis, ("index_ref", "agreement_id", *_LINE))
    for (index_ref, agreement_id, *values), cost in zip(rows, sources, strict=True):
        lines.setdefault(index_ref, []).append(_line(dict(zip(_LINE, values, strict=True)), cost))
        agreed[index_ref] = agreement_id
    agreements = {one.agreement_id: one for one in source.agreements}
    wanted = ("index_ref", "provider_id", "joint", "side", "operated_on")
    return [
        _case(row, names, agreements.get(agreed[row[0]]), lines[row[0]])
        for row in frames.rows(source.index_operations, wanted)
        if row[0] in lines
    ]


def _case(
    row: tuple[Any, ...], names: Mapping[str, str], agreement: Agreement | None, lines: list[LedgerLine]
) -> Case:
    index_ref, provider_id, joint, side, operated_on = row
    ordered = sorted(lines, key=lambda line: (line.event_date, line.event_ref, line.joint, line.side))
    name = names.get(provider_id, provider_id)
    day = date.fromisoformat(operated_on)
    return Case(index_ref, provider_id, name, joint, side, day, agreement, tuple(ordered))


def _line(told: dict[str, Any], cost: CostSource) -> LedgerLine:
    claim_by = told.pop("claim_by")
    return LedgerLine(
        **told
        | {
            "event_date": date.fromisoformat(told["event_date"]),
            "counts": bool(told["counts"]),
            "covered": bool(told["covered"]),
            "claim_by": date.fromisoformat(claim_by) if claim_by else None,
            "cost_source": cost.source,
            "price_year": cost.price_year,
        }
    )
