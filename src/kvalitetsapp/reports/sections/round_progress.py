"""The round itself: what it is of, who has reviewed, how far it has come, and what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_round import CaseState, Novelty
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.phrases import at_provider, joint_and_side, time_used
from kvalitetsapp.reports.sections import cover
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.review_protocol import (
        MissedFindings,
        ProtocolCase,
        ProtocolData,
        ProtocolHead,
        QuestionsAsked,
    )
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Omgången"), new_page=False)
    composer.text(_frozen(data.head))
    composer.add(cover.facts(data.head.definition))
    composer.space(8)
    _progress(composer, data, cells)
    _reviewers(composer, data, cells)
    _undecided(composer, data.undecided, cells)
    _around(composer, data, cells)


def _frozen(head: ProtocolHead) -> str:
    return _(
        "Händelserna valdes ut och frystes {day} av {who}. Nya data ändrar inte urvalet. Protokollet är gjort ur data "
        "till och med {cut}."
    ).format(day=head.frozen_on, who=head.frozen_by, cut=head.data_cut)


def _progress(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    composer.section(_("Hur långt omgången har kommit"))
    progress = data.progress
    if not progress.cases:
        composer.text(_("Det finns inga ärenden i omgången."))
        return
    states = [
        (word("case_state", one), cells.at(names.of_round(one.value), getattr(progress, one.value)))
        for one in CaseState
    ]
    states.append((_("Alla"), cells.at(names.of_round("cases"), progress.cases)))
    _parts(composer, _("Ärenden efter läge."), _("Läge"), states, Notes(_unseen(data.head), suppressed(cells)))
    if data.earlier is not None:
        novelties = [
            (word("novelty", one), cells.at(names.of_round(one.value), getattr(progress, one.value)))
            for one in Novelty
        ]
        novelties.append(states[-1])
        _parts(composer, _("Ärenden mot förra omgången."), _("Ärendet är"), novelties, Notes(suppressed(cells)))


def _unseen(head: ProtocolHead) -> str:
    """Say that the protocol tells nobody that only one of two has answered, while that could lead the other."""
    if head.is_closed or not head.is_blinded:
        return ""
    return _("Ett ärende som en av två har svarat på räknas som ej granskat tills båda har svarat.")


def _parts(composer: Composer, caption: str, head: str, rows: Sequence[tuple[str, str]], notes: Notes) -> None:
    composer.table(caption, Grid((words(head, 4), Column(_("Ärenden"))), rows, totals=1), notes)


def _reviewers(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    reviewers = data.reviewers
    composer.section(_("Vem som har granskat"))
    if not any(one.answers for one in reviewers):
        composer.text(_("Ingen har svarat än."))
        return
    answers = [cells.at(names.given(one.name), one.answers) for one in reviewers]
    answers.append(cells.at(names.given(), sum(one.answers for one in reviewers)))
    seconds = [*(one.seconds for one in reviewers), sum(one.seconds for one in reviewers)]
    rows = [
        (name, shown, *_times(used, median, hidden=cells.is_hidden(shown)))
        for name, shown, used, median in zip(
            [*(one.name for one in reviewers), _("Alla")],
            answers,
            seconds,
            [*(one.median_seconds for one in reviewers), data.median_seconds],
            strict=True,
        )
    ]
    heads = (words(_("Granskare"), 3), Column(_("Svar")), Column(_("Tid"), 1.4), Column(_("Per ärende, median"), 1.9))
    composer.table(
        _("Svar och tid. Tiden är den som ärendet var öppet framför granskaren."),
        Grid(heads, rows, totals=1),
        Notes(_("På raden Alla är tiden per ärende alla granskares tillsammans."), suppressed(cells)),
    )


def _times(used: int, median: int | None, *, hidden: bool) -> tuple[str, str]:
    """Return the time of answers and of one; of answers whose number is hidden none, since it follows from both."""
    return (NOTHING if hidden else time_used(used), NOTHING if hidden or median is None else time_used(median))


def _undecided(composer: Composer, undecided: Sequence[ProtocolCase], cells: Cells) -> None:
    composer.section(_("Ärenden utan beslut"))
    if not undecided:
        composer.text(_("Alla ärenden som finns kvar har ett beslut."))
        return
    if cells.suppress:
        composer.text(
            _("{n} ärenden har inget beslut. De räknas inte i resultaten.").format(
                n=cells.at(names.of_round("undecided"), len(undecided))
            )
        )
        return
    rows = [
        (
            one.event_ref,
            joint_and_side(one.joint, one.side),
            one.event_date,
            at_provider(one.provider),
            word("case_state", one.state),
        )
        for one in undecided
    ]
    heads = (_("Händelse"), _("Led och sida"), _("Datum"), _("Opererad hos"), _("Läge"))
    weights = (1.6, 1.1, 0.9, 1.8, 1.6)
    composer.table(
        _("Ärenden utan beslut. De räknas inte i resultaten."),
        Grid(tuple(words(head, weight) for head, weight in zip(heads, weights, strict=True)), rows, size=7.2),
    )


def _around(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    composer.section(_("Frågor och fynd vid sidan om"))
    told = [_questions(data.questions, cells), _missed(data.missed, cells)]
    if cells.suppress:
        told.append(suppressed(cells))
    composer.bullets(told)


def _questions(asked: QuestionsAsked, cells: Cells) -> str:
    if not asked.asked:
        return _("Inga frågor har ställts till vårdgivare om ärendena.")
    return ngettext(
        "{n} fråga har ställts till vårdgivare: {answered} besvarade, {late} obesvarade efter svarsdatum.",
        "{n} frågor har ställts till vårdgivare: {answered} besvarade, {late} obesvarade efter svarsdatum.",
        asked.asked,
    ).format(
        n=cells.at(names.asked("asked"), asked.asked),
        answered=cells.at(names.asked("answered"), asked.answered),
        late=cells.at(names.asked("late"), asked.late),
    )


def _missed(missed: MissedFindings, cells: Cells) -> str:
    judged = missed.harm + missed.no_harm
    if not judged:
        return _("Inga vårdkontakter ur sökningen efter missade händelser har bedömts för omgångens period.")
    return _(
        "Sökningen efter missade händelser, omgångens period: {n} vårdkontakter har bedömts. Skada: {harm}. Ingen "
        "skada: {no_harm}. De räknas inte bland ärendena."
    ).format(
        n=cells.at(names.missed("judged"), judged),
        harm=cells.at(names.missed("harm"), missed.harm),
        no_harm=cells.at(names.missed("no_harm"), missed.no_harm),
    )
