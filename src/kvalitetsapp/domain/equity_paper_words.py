"""A paper of equal care as people read it: what each step asks for, the groups as measured, and its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import equity_paper as papers
from kvalitetsapp.domain import equity_tables, equity_words, frozen_figure
from kvalitetsapp.domain.equity_paper import STEPS, EquityStep
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kvalitetsapp.domain.equity_paper import Action, EquityWork
    from kvalitetsapp.domain.paper import Paper

ABOUT: Final[dict[EquityStep, str]] = {
    EquityStep.MEASUREMENT: N_(
        "Indikatorn och redovisningsgrupperna som de mättes. Siffrorna är frysta och ändras inte."
    ),
    EquityStep.OUTCOME: N_("Vilka skillnader syns inom och mellan redovisningsgrupperna? Skriv också om ingen syns."),
    EquityStep.FACTORS: N_(
        "Gå igenom de påverkansfaktorer som är kända för området: skiljer sig grupperna i dem? Tills det är gjort "
        "kallas skillnaden obearbetad."
    ),
    EquityStep.INTERVIEWS: N_("Intervjua dem som kan veta. Ange roll, aldrig en patients namn."),
    EquityStep.ACTIONS: N_("Vilka orsaker är möjliga, och vad ska göras åt dem, av vem och när?"),
}
TOLD: Final[tuple[Column, ...]] = (
    Column("step", Kind.TEXT, N_("Steg")),
    Column("label", Kind.TEXT, N_("Vad")),
    Column("text", Kind.TEXT, N_("Text")),
)


def measured_table(work: EquityWork) -> Table:
    """Return the groups as they were measured, as people read them."""
    measured = work.measurement
    return equity_tables.groups_table(measured.groups, measured.by, measured.figure, measured.names)


def told_table(paper: Paper, work: EquityWork) -> Table:
    """Return everything written in a paper as rows of `TOLD`, as the command line tells it."""
    return Table(TOLD, list(_rows(paper, work)))


def _rows(paper: Paper, work: EquityWork) -> Iterator[tuple[str, str, str]]:
    yield "", _("Arbetspapper"), paper.title
    yield "", _("Läge"), word("equity_state", paper.state)
    yield "", _("Ansvarig"), paper.owner or NOTHING
    yield "", _("Följs upp"), paper.follow_up_on.isoformat() if paper.follow_up_on else NOTHING
    for number, step in enumerate(STEPS, start=1):
        head = f"{number} {word('equity_step', step)}"
        for label, text in step_lines(work, step):
            yield head, label, text
    if work.result:
        yield "", _("Uppföljningen gav"), work.result


def step_lines(work: EquityWork, step: EquityStep) -> Iterator[tuple[str, str]]:
    """Give what is written in a step as labels and texts."""
    match step:
        case EquityStep.MEASUREMENT:
            yield from _measurement(work)
        case EquityStep.OUTCOME:
            yield from _outcome(work)
        case EquityStep.FACTORS:
            for factor in work.factors.factors:
                found = word("factor_finding", factor.finding)
                yield factor.factor, f"{found}. {factor.found}" if factor.found else found
        case EquityStep.INTERVIEWS:
            yield from ((f"{one.role}, {_day(one.on)}", one.said) for one in work.interviews)
        case EquityStep.ACTIONS:
            yield from ((one.cause, _action(one)) for one in work.actions)


def _outcome(work: EquityWork) -> Iterator[tuple[str, str]]:
    if work.outcome.found:
        yield papers.difference_word(work), work.outcome.found
    if work.outcome.groups:
        yield _("Grupper som det gäller"), "; ".join(work.outcome.groups)


def _action(one: Action) -> str:
    return _("{action} Ansvarig: {who}. Klar senast {day}{done}.").format(
        action=_sentence(one.action),
        who=one.responsible or NOTHING,
        day=_day(one.due),
        done=_(", klar") if one.is_done else "",
    )


def _day(day: date | None) -> str:
    return NOTHING if day is None else day.isoformat()


def _measurement(work: EquityWork) -> Iterator[tuple[str, str]]:
    measured = work.measurement
    figure = measured.figure
    yield _("Mått och grupper"), papers.subject(work)
    yield _("Urval"), frozen_figure.scope_text(figure)
    yield _("Data till"), figure.as_of.isoformat() if figure.as_of else NOTHING
    yield _("Alla"), f"{frozen_figure.value_text(figure)} ({frozen_figure.count_text(figure)})"
    for one in measured.groups:
        value = equity_words.with_interval(one.crude, "figure", figure)
        note = equity_words.note(one)
        difference = ""
        if one.difference is not None:
            told = equity_words.with_interval(one.difference, "difference", figure)
            difference = f", {papers.difference_word(work).lower()} {told}"
        yield (
            equity_words.group_name(measured.by, one.words, measured.names),
            f"{value}{difference}{f', {note}' if note else ''}",
        )
    for finding in measured.findings:
        yield _("Att tänka på"), finding


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
