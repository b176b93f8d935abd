"""A gap analysis as it is typed: texts that become an analysis, or faults at their fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import money
from kvalitetsapp.domain.agenda import as_number
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.gap_paper import Decision, FollowedUp, GapPaper, GapState, Goal, Proposal
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY: Final = iso_format()


@dataclass(frozen=True, slots=True)
class ProposalTexts:
    """A proposal as it is typed; `cost` is in kronor."""

    what: str = ""
    cost: str = ""
    effort: str = ""
    responsible: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not any((self.what.strip(), self.cost.strip(), self.effort.strip(), self.responsible.strip()))


@dataclass(frozen=True, slots=True)
class GapForm:
    """An analysis as it is typed; `causes` and `areas` have one a line, days are `YYYY-MM-DD`."""

    title: str = ""
    owner: str = ""
    follow_up_on: str = ""
    state: GapState = GapState.DRAFT
    goal: str = ""
    indicator: str = ""
    joint: str = ""
    provider_id: str = ""
    limit: str = ""
    present: str = ""
    causes: str = ""
    areas: str = ""
    proposals: tuple[ProposalTexts, ...] = ()
    acting: str = ""
    not_acting: str = ""
    order: str = ""
    decided: str = ""
    decided_by: str = ""
    decided_on: str = ""
    result: str = ""
    followed_up_on: str = ""


@dataclass(frozen=True, slots=True)
class ReadGap:
    """What a form says; the present figure is frozen by whoever keeps it."""

    paper: GapPaper
    present_words: str
    follow_up_on: date | None


def read(form: GapForm, *, is_share: bool, at_most: bool) -> ReadGap | tuple[FieldFault, ...]:
    """Return what a form says, or every fault in it.

    `is_share` and `at_most` are what the chosen indicator is and wants; without one neither matters.
    """
    faults: list[FieldFault] = []
    goal = Goal(
        form.goal.strip(),
        form.indicator,
        form.joint if form.indicator else "",
        form.provider_id if form.indicator else "",
        _limit(form, faults, is_share=is_share),
        at_most,
    )
    told = GapPaper(
        goal,
        causes=_lines(form.causes),
        areas=_lines(form.areas),
        proposals=tuple(_proposals(form.proposals, faults)),
        acting=form.acting.strip(),
        not_acting=form.not_acting.strip(),
        order=form.order.strip(),
        decision=_decision(form, faults),
        followed_up=_followed_up(form, faults),
    )
    follow_up_on = _day(form.follow_up_on, "follow_up_on", faults)
    return tuple(faults) or ReadGap(told, form.present.strip(), follow_up_on)


def form_of(paper: GapPaper, title: str, owner: str, follow_up_on: date | None, state: GapState) -> GapForm:
    """Return an analysis as it is typed."""
    goal, decision, after = paper.goal, paper.decision, paper.followed_up
    figure = paper.present.figure
    unit = "" if figure is None else figure.unit
    return GapForm(
        *(title, owner, "" if follow_up_on is None else follow_up_on.isoformat(), state),
        *(goal.words, goal.indicator, goal.joint, goal.provider_id),
        "" if goal.limit is None else _limit_as_typed(goal.limit, unit),
        paper.present.words,
        "\n".join(paper.causes),
        "\n".join(paper.areas),
        tuple(_typed(one) for one in paper.proposals),
        *(paper.acting, paper.not_acting, paper.order),
        *(("", "", "") if decision is None else (decision.what, decision.by, decision.on.isoformat())),
        *(("", "") if after is None else (after.result, after.on.isoformat())),
    )


def _limit_as_typed(limit: float, unit: str) -> str:
    """Return a limit with all its decimals, so that reading it again changes nothing."""
    is_share = unit == "%"
    told = format((Decimal(repr(limit)) * (100 if is_share else 1)).normalize(), "f").replace(".", ",")
    return f"{told} %" if is_share else told


def _typed(one: Proposal) -> ProposalTexts:
    cost = "" if one.cost is None else f"{one.cost / 100:.2f}".replace(".", ",").removesuffix(",00")
    return ProposalTexts(one.what, cost, one.effort, one.responsible)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def _limit(form: GapForm, faults: list[FieldFault], *, is_share: bool) -> float | None:
    text = form.limit.strip()
    if not text or not form.indicator:
        return None
    value = as_number(text)
    if value is None:
        faults.append(FieldFault("limit", _("Gränsen ska vara ett tal, till exempel 2,1 % eller 54.")))
    elif is_share and not 0 <= value <= 1:
        faults.append(FieldFault("limit", _("Skriv en andel med procenttecken, till exempel 95 %.")))
    return value


def _proposals(typed: Iterable[ProposalTexts], faults: list[FieldFault]) -> Iterable[Proposal]:
    for place, one in enumerate(each for each in typed if not each.is_empty):
        if not one.what.strip():
            faults.append(FieldFault(f"proposals.{place}.what", _("Skriv vad som föreslås.")))
        cost = money.parse(one.cost.strip()) if one.cost.strip() else None
        if isinstance(cost, money.AmountFault):
            faults.append(
                FieldFault(
                    f"proposals.{place}.cost", _("Kostnaden ska vara ett belopp i kronor, till exempel 250 000.")
                )
            )
            cost = None
        yield Proposal(one.what.strip(), cost, one.effort.strip(), one.responsible.strip())


def _decision(form: GapForm, faults: list[FieldFault]) -> Decision | None:
    if not any((form.decided.strip(), form.decided_by.strip(), form.decided_on.strip())):
        return None
    on = _day(form.decided_on, "decided_on", faults)
    if on is None or not form.decided.strip() or not form.decided_by.strip():
        faults.append(FieldFault("decision", _("Skriv vad som är beslutat, av vem och när.")))
        return None
    return Decision(form.decided.strip(), form.decided_by.strip(), on)


def _followed_up(form: GapForm, faults: list[FieldFault]) -> FollowedUp | None:
    if not form.result.strip() and not form.followed_up_on.strip():
        return None
    on = _day(form.followed_up_on, "followed_up_on", faults)
    if on is None or not form.result.strip():
        told = _("Skriv vad som har kommit ut av beslutet, och när det följdes upp.")
        faults.append(FieldFault("followed_up", told))
        return None
    return FollowedUp(on, form.result.strip())


def _day(text: str, field: str, faults: list[FieldFault]) -> date | None:
    if not text.strip():
        return None
    found = _DAY.iso(text.strip())
    if found is None:
        faults.append(FieldFault(field, _("Skriv dagen som ÅÅÅÅ-MM-DD.")))
        return None
    return date.fromisoformat(found)
