"""What became of the questions to the provider, and what it says about its cases in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.report_chapters import Actions
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.sections import actions
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import ProviderAnswers, ProviderComment
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_NO_ACTIONS: Final = Actions()


def add(composer: Composer, answers: ProviderAnswers, cells: Cells, agreed: Actions = _NO_ACTIONS) -> None:
    """Add the chapter."""
    composer.chapter(_("Vårdgivarens kommentarer"), new_page=False)
    if answers.counts.asked:
        _counts(composer, answers, cells)
    else:
        composer.text(_("Inga frågor om enskilda händelser har ställts till vårdgivaren."))
    if answers.comments:
        _comments(composer, answers, cells)
    else:
        composer.text(_("Vårdgivaren har inte lämnat några kommentarer."))
    actions.table(composer, agreed)


def _counts(composer: Composer, answers: ProviderAnswers, cells: Cells) -> None:
    composer.text(
        _("Frågor om enskilda händelser skickas till vårdgivaren utanför programmet. Återtagna frågor räknas inte.")
    )
    counts = answers.counts
    told = (
        (_("Besvarade"), counts.answered),
        (_("Obesvarade, svarsdagen har inte passerat"), counts.open_in_time),
        (_("Obesvarade, svarsdagen har passerat"), counts.late),
        (_("Avslutade utan svar"), counts.closed_unanswered),
        (_("Ställda frågor"), counts.asked),
    )
    shown = cells.column([count for _name, count in told], with_total=True)
    caption = _("Frågor till vårdgivaren.")
    if answers.as_of:
        caption = _("Frågor till vårdgivaren, läget {day}.").format(day=answers.as_of)
    rows = [(name, count) for (name, _count), count in zip(told, shown, strict=True)]
    composer.table(
        caption, Grid((words(_("Frågor"), 3.2), Column(_("Antal"))), rows, totals=1), Notes(suppressed(cells))
    )


def _comments(composer: Composer, answers: ProviderAnswers, cells: Cells) -> None:
    composer.section(_("Kommentarer"))
    composer.text(_("Kommentarerna är vårdgivarens egna ord."))
    composer.terms([(_about(one, cells), " ".join(one.text.split())) for one in answers.comments])
    if cells.suppress:
        composer.text(_("Vilket år, vilken led och vilket slag av händelse som avses visas inte."), styles.SMALL)


def _about(one: ProviderComment, cells: Cells) -> str:
    """Return the day of a comment and what it is about, which is one person: outside the department the day alone."""
    if cells.suppress:
        return _("{day}.").format(day=one.answered_on)
    kind = word("complication_class", one.complication_class).lower() if one.complication_class else ""
    about = [word("joint", one.joint), kind, _("händelse {year}").format(year=one.event_year)]
    return _("{day}. {about}.").format(day=one.answered_on, about=", ".join(filter(None, about)))
