"""Gap analyses as people read them: listed with their state, and laid out in the order that a decision needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import frozen_figure, gap_reckoning
from kvalitetsapp.domain.quality_target import limit_text
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, decimal, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.gap_paper import GapPaper, GapState, Proposal
    from kvalitetsapp.domain.gap_reckoning import Ranged, RangedAmount
    from kvalitetsapp.domain.paper import Paper

LISTED: Final[tuple[Column, ...]] = (
    Column("paper", Kind.INTEGER, N_("Nr")),
    Column("title", Kind.TEXT, N_("Gapanalys")),
    Column("gap_state", Kind.CODE, N_("Läge"), "gap_state"),
    Column("owner", Kind.TEXT, N_("Ansvarig")),
    Column("follow_up_on", Kind.DATE, N_("Följs upp")),
    Column("gap", Kind.TEXT, N_("Gap")),
    Column("proposals", Kind.INTEGER, N_("Förslag")),
    Column("version", Kind.INTEGER, N_("Version")),
    Column("saved_at", Kind.TEXT, N_("Sparat")),
    Column("who", Kind.TEXT, N_("Av")),
)
"""An analysis a row."""

LAID_OUT: Final[tuple[Column, ...]] = (
    Column("part", Kind.TEXT, N_("Del")),
    Column("text", Kind.TEXT, N_("Innehåll")),
)
"""An analysis part by part."""

Line = tuple[str, str]


def listed(kept: Iterable[tuple[Paper, GapPaper]]) -> Table:
    """Return analyses as a table."""
    return Table(LISTED, [_row(paper, gap) for paper, gap in kept])


def _row(paper: Paper, gap: GapPaper) -> tuple[str | int, ...]:
    until = "" if paper.follow_up_on is None else paper.follow_up_on.isoformat()
    return (
        *(paper.paper, paper.title, paper.state, paper.owner, until, gap_text(gap)),
        *(len(gap.proposals), paper.version, paper.saved_at, paper.who),
    )


def laid_out(paper: Paper, gap: GapPaper) -> Table:
    """Return an analysis with what its figures come to, in the order that a decision needs."""
    until = "" if paper.follow_up_on is None else paper.follow_up_on.isoformat()
    head = ((_("Gapanalys"), paper.title), (_("Läge"), word("gap_state", paper.state)), (_("Ansvarig"), paper.owner))
    parts = (*head, (_("Följs upp"), until), *_parts(gap))
    return Table(LAID_OUT, [each for each in parts if each[1]])


def _parts(gap: GapPaper) -> Iterator[Line]:
    yield _("Mål"), goal_text(gap)
    yield _("Nuläge"), ". ".join(filter(None, (gap.present.words.rstrip("."), present_text(gap))))
    yield _("Gap"), gap_text(gap)
    for text in (patients_text(gap), cost_text(gap)):
        yield _("Vad gapet innebär"), text
    yield from ((_("Orsak"), text) for text in gap.causes)
    yield from ((_("Område att påverka"), text) for text in gap.areas)
    for place, one in enumerate(gap.proposals, 1):
        yield _("Förslag {n}").format(n=place), proposal_text(one)
    yield _("Om ni arbetar med frågan"), gap.acting
    yield _("Om ni inte gör det"), gap.not_acting
    yield _("I vilken ordning"), gap.order
    yield _("Beslut"), decision_text(gap)
    yield _("Uppföljning"), followed_text(gap)


def goal_text(gap: GapPaper) -> str:
    """Return what is wanted, in words and as a limit of the indicator."""
    goal, figure = gap.goal, gap.present.figure
    if goal.limit is None or figure is None:
        return goal.words
    limit = limit_text(goal.limit, figure.unit)
    side = _("högst {value}") if goal.at_most else _("minst {value}")
    measured = _("{indicator}: {limit}").format(indicator=figure.name, limit=side.format(value=limit))
    return ". ".join(filter(None, (goal.words.rstrip("."), measured)))


def present_text(gap: GapPaper) -> str:
    """Return the frozen figure in a sentence, "" without one."""
    figure = gap.present.figure
    if figure is None:
        return ""
    if figure.value is None:
        return _("{scope}: ingen siffra").format(scope=frozen_figure.scope_text(figure))
    told = [frozen_figure.value_text(figure)]
    if between := frozen_figure.interval_text(figure):
        told[0] = _("{value} (95 % KI {interval})").format(value=told[0], interval=between)
    told.append(frozen_figure.count_text(figure))
    if figure.benchmark is not None:
        told.append(_("riket {value}").format(value=frozen_figure.benchmark_text(figure)))
    if figure.as_of is not None:
        told.append(_("data till {day}").format(day=figure.as_of.isoformat()))
    return _("{scope}: {told}").format(scope=frozen_figure.scope_text(figure), told=", ".join(told))


def gap_text(gap: GapPaper) -> str:
    """Return how far the figure is from the goal, in the indicator's unit; "" where that cannot be told."""
    figure, short = gap.present.figure, gap_reckoning.reckoned(gap).gap
    if figure is None or short is None:
        return ""
    if short <= 0:
        return _("Målet är nått")
    return " ".join(filter(None, gap_parts(gap)))


def gap_parts(gap: GapPaper) -> tuple[str, str]:
    """Return the gap as a number and its unit, empty where it cannot be told."""
    figure, short = gap.present.figure, gap_reckoning.reckoned(gap).gap
    if figure is None or short is None:
        return "", ""
    if figure.is_share:
        return decimal(short * 100, figure.decimals), _("procentenheter")
    return decimal(short, figure.decimals), figure.unit


def patients_text(gap: GapPaper) -> str:
    """Return the gap in patients a year, "" where that cannot be told."""
    found = gap_reckoning.reckoned(gap)
    if found.patients is None or gap.present.operations is None:
        return ""
    many = round(found.patients.value)
    told = ngettext(
        "Det är {n} patient om året, av {operations} operationer{range}.",
        "Det är {n} patienter om året, av {operations} operationer{range}.",
        many,
    )
    return told.format(n=number(many), operations=number(gap.present.operations), range=_range(found.patients))


def cost_text(gap: GapPaper) -> str:
    """Return what the present rate costs a year and what reaching the goal would save, "" where it is not known."""
    found, case = gap_reckoning.reckoned(gap), gap.present.case_cost
    if found.cost is None or found.events is None or case is None:
        return ""
    told = _(
        "Med dagens andel kostar det {cost} om året{range}: {events} händelser à {mean}, medel av {n} bekräftade "
        "ärenden i urvalet."
    )
    said = told.format(
        cost=kronor_rounded(found.cost.value),
        range=_money_range(found.cost),
        events=decimal(found.events.value, 1),
        mean=kronor_rounded(case.mean),
        n=number(case.cases),
    )
    if not found.saved:
        return said
    return _("{said} Vid målet vore det {saved} mindre.").format(said=said, saved=kronor_rounded(found.saved))


def proposal_text(one: Proposal) -> str:
    """Return a proposal with what it takes and who does it."""
    cost = "" if one.cost is None else kronor_rounded(one.cost)
    who = _("ansvarig: {who}").format(who=one.responsible) if one.responsible else ""
    return " · ".join(filter(None, (one.what, cost, one.effort, who)))


def decision_text(gap: GapPaper) -> str:
    """Return what was decided, by whom and when, "" before that."""
    one = gap.decision
    return "" if one is None else _("{what} ({by}, {on})").format(what=one.what, by=one.by, on=one.on.isoformat())


def followed_text(gap: GapPaper) -> str:
    """Return what came of it, with the figure of that day, "" before that."""
    one = gap.followed_up
    if one is None:
        return ""
    value = "" if one.figure is None else frozen_figure.value_text(one.figure)
    return ". ".join(filter(None, (f"{one.on.isoformat()}: {one.result.rstrip('.')}", value)))


def step_refused(was: GapState, state: GapState) -> str:
    """Return why an analysis cannot come from one state to another."""
    return _("En gapanalys som är {was} kan inte bli {state}.").format(
        was=word("gap_state", was).lower(), state=word("gap_state", state).lower()
    )


def _range(one: Ranged) -> str:
    if one.low is None or one.high is None:
        return ""
    return _(" ({low}–{high})").format(low=number(round(one.low)), high=number(round(one.high)))


def _money_range(one: RangedAmount) -> str:
    if one.low is None or one.high is None:
        return ""
    low, high = kronor_rounded(one.low), kronor_rounded(one.high)
    return _(" (från {low} till {high})").format(low=low, high=high)
