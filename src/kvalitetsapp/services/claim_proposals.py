"""What can be drafted now, case by case, and what is left out of it and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.claim import NOT_YET_ISSUED, OperationKey, claim_number
from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.proposal import LeftOut, Proposal, ProposalLine
from kvalitetsapp.services import claim_corrections, claim_ledger
from kvalitetsapp.store import claims, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.services.claim_ledger import Standing
    from kvalitetsapp.services.workspace import Workspace

_WANTED: Final = (
    *("operation", "episode", "joint", "side", "event_ref", "event_date", "days", "complication_class", "cost"),
    *("deductible", "to_claim", "claim_by", "is_missing_cost", "agreement_id"),
)
_OF_OPERATION: Final = (*("episode", "joint", "side", "index_ref", "provider_id", "operated_on", "payer_route"),)


@dataclass(slots=True)
class _Case:
    """What was found of an operation so far."""

    agreement_id: str = ""
    lines: list[ProposalLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def proposals(workspace: Workspace) -> tuple[Proposal, ...]:
    """Return every case with something left to claim, or waiting for a cost, the largest first.

    What someone has decided to leave as it is is no part of it.
    """
    return of_standing(workspace, claim_ledger.standing(workspace))


def of_standing(workspace: Workspace, now: Standing) -> tuple[Proposal, ...]:
    """Return the proposals by what stands now."""
    cases = _cases(workspace, now)
    agreements = {one.agreement_id: one for one in now.frames.agreements}
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    latest = _latest_claims(workspace) if cases else {}
    made = [
        _proposal(told, cases[place], agreements, names, latest)
        for place, told in _operations(now, sorted(cases))
        if cases[place].agreement_id in agreements
    ]
    return tuple(sorted(made, key=lambda one: (-one.amount, one.index_ref)))


def _cases(workspace: Workspace, now: Standing) -> dict[int, _Case]:
    from kvalitetsapp.analysis import frames

    left = claim_corrections.left_supplements(workspace, now)
    events = now.ledger.events
    wanted = events[(events["to_claim"] > 0) | events["is_missing_cost"]]
    order = wanted.sort_values(["event_date", "event_ref", "joint", "side"], kind="stable")
    found: dict[int, _Case] = {}
    rows: list[tuple[Any, ...]] = frames.rows(order, _WANTED)
    for place, *values, is_missing_cost, agreement_id in rows:
        line = _line(values)
        if line is not None and line.key in left:
            continue
        case = found.setdefault(place, _Case(agreement_id))
        if is_missing_cost:
            case.left_out.append(LeftOut(values[3], _("Kostnaden saknas")))
        elif line is not None:
            case.lines.append(line)
    return found


def _line(values: list[Any]) -> ProposalLine | None:
    episode, joint, side, event_ref, event_date, days, what, cost, deductible, amount, claim_by = values
    if not amount:
        return None
    return ProposalLine(
        EventKey(episode, joint or "", side or ""),
        event_ref,
        date.fromisoformat(event_date),
        int(days),
        what or "",
        int(cost),
        int(deductible),
        int(amount),
        date.fromisoformat(claim_by) if claim_by else None,
    )


def _operations(now: Standing, places: list[int]) -> list[tuple[int, dict[str, Any]]]:
    from kvalitetsapp.analysis import frames

    rows = frames.rows(now.frames.index_operations.iloc[places], _OF_OPERATION)
    return [(place, dict(zip(_OF_OPERATION, row, strict=True))) for place, row in zip(places, rows, strict=True)]


def _proposal(
    told: dict[str, Any],
    case: _Case,
    agreements: dict[str, Agreement],
    names: dict[str, str],
    latest: dict[OperationKey, tuple[int, str]],
) -> Proposal:
    operation = OperationKey(told["episode"], told["joint"], told["side"])
    day = date.fromisoformat(told["operated_on"])
    lines, left_out = tuple(case.lines), tuple(case.left_out)
    several = _matching(told, day, agreements)
    if len(several) > 1:
        why = _("Flera avtal gäller: {names}").format(names=", ".join(several))
        left_out = (*left_out, *(LeftOut(line.event_ref, why) for line in lines))
        lines = ()
    before, number = latest.get(operation, (None, ""))
    provider_id = told["provider_id"]
    return Proposal(
        operation,
        told["index_ref"],
        provider_id,
        names.get(provider_id, provider_id),
        day,
        agreements[case.agreement_id],
        lines,
        left_out,
        before,
        number,
    )


def _matching(told: dict[str, Any], day: date, agreements: dict[str, Agreement]) -> list[str]:
    """Return the names of the agreements that the operation could be under; imports let no two in."""
    return [
        one.name
        for one in agreements.values()
        if told["provider_id"] in one.providers
        and told["joint"] in one.joints
        and told["payer_route"] in one.payer_routes
        and one.valid_from <= day
        and (one.valid_to is None or day <= one.valid_to)
    ]


def _latest_claims(workspace: Workspace) -> dict[OperationKey, tuple[int, str]]:
    """Return the latest issued claim of each operation, and its number."""
    return {
        one.operation: (one.claim, claim_number(one.claim, one.drafted_at))
        for one in claims.all_claims(workspace.store)
        if one.status not in NOT_YET_ISSUED and one.status is not ClaimStatus.WITHDRAWN
    }
