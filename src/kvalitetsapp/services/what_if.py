"""What other terms than the agreed ones would have given, side by side, from what is stored (R12–R15)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import cost_tables, money
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.scenario import AS_AGREED, NO_CAP, USUAL, Scenario
from kvalitetsapp.domain.table import Row, Table
from kvalitetsapp.domain.words import CostBasis
from kvalitetsapp.errors import InputError
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace

COST_BASES: Final = (CostBasis.KPP.value, CostBasis.DRG.value, CostBasis.TARIFF.value)
_SUMS: Final = ("cost", "over_cap", "claimable")


@needs(Right.READ_FIGURES)
def what_if(
    workspace: Workspace, scenarios: Sequence[Scenario] = USUAL, *, agreement_ids: Sequence[str] = ()
) -> Table:
    """Return `summary what-if`: the agreed terms first, then each scenario applied to all agreements or those named.

    Raises:
        InputError: an agreement that is not stored.
    """
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    chosen = _chosen(frames.agreements, agreement_ids)
    sums = [_sums(frames, one, chosen) for one in (AS_AGREED, *scenarios)]
    agreed = sums[0]
    rows: list[Row] = [
        (
            one.title,
            *confirmed,
            confirmed[-1] - agreed[0][-1],
            potential[0],
            potential[-1],
            potential[-1] - agreed[1][-1],
        )
        for one, (confirmed, potential) in zip((AS_AGREED, *scenarios), sums, strict=True)
    ]
    return Table(cost_tables.WHAT_IF, rows)


def scenarios(
    *,
    cap: Sequence[str] | None = None,
    cap_scope: str | None = None,
    deductible: str | None = None,
    window: Sequence[int] | None = None,
    infection_days: int | None = None,
    cost_basis: Sequence[str] | None = None,
) -> tuple[Scenario, ...]:
    """Return a scenario for every combination of the caps and windows, with the other changes in each; else the usual.

    Amounts are text in kronor as people write them, a cap also `none`.

    Raises:
        InputError: an amount or a cost basis that is none.
    """
    bases = None if cost_basis is None else _bases(cost_basis)
    caps = [None] if cap is None else [_cap(text) for text in cap]
    changed = Scenario(
        cap_scope=cap_scope,
        deductible=None if deductible is None else _amount(deductible),
        infection_days=infection_days,
        cost_basis=bases,
    )
    windows = [None] if window is None else window
    found = tuple(replace(changed, cap=one, warranty_days=days) for one in caps for days in windows)
    return USUAL if found == (Scenario(),) else found


def _cap(text: str) -> int:
    return NO_CAP if text == "none" else _amount(text)


def _amount(text: str) -> int:
    found = money.parse(text)
    if isinstance(found, money.AmountFault):
        raise InputError(_("{text} är inget belopp i kronor. Skriv till exempel 200000.").format(text=text))
    return found


def _bases(words: Sequence[str]) -> tuple[str, ...]:
    for word in words:
        if word not in COST_BASES:
            known = ", ".join(COST_BASES)
            raise InputError(_("{word} är ingen kostnadsgrund. Välj bland {known}.").format(word=word, known=known))
    return tuple(words)


def _chosen(agreements: Sequence[Agreement], wanted: Sequence[str]) -> frozenset[str]:
    stored = frozenset(one.agreement_id for one in agreements)
    for agreement_id in wanted:
        if agreement_id not in stored:
            raise InputError(_("Avtalet {id} finns inte.").format(id=agreement_id))
    return frozenset(wanted) or stored


def _sums(frames: StoreFrames, scenario: Scenario, chosen: frozenset[str]) -> list[tuple[int, ...]]:
    """Return covered events and the sums, of confirmed links and then with proposed ones."""
    agreements = [scenario.applied_to(one) if one.agreement_id in chosen else one for one in frames.agreements]
    found = []
    for potential in (False, True):
        basis: Any = frames.claims_basis(potential=potential, agreements=agreements)
        covered = basis[basis["covered"] == 1]
        found.append((len(covered), *(int(covered[name].sum()) for name in _SUMS)))
    return found
