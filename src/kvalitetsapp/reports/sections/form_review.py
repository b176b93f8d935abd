"""What the structured review says of the events of a report, and how well two reviewers agree on what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_review
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.sections import between_reviewers
from kvalitetsapp.reports.sections.findings_of_review import avoidable_note, counted
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, percent

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import FormReview, Review
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, form: FormReview, every: Review, cells: Cells) -> None:
    """Add the sections; `every` is how far all events have been reviewed."""
    cells = ledger_of_review.cells_of_form(form, cells)
    composer.section(_("Granskade med formuläret"))
    if not form.reviewed:
        composer.text(
            _("Ingen av händelserna är granskad med formuläret, så samband, allvar och undvikbarhet är inte bedömda.")
        )
    elif not _may_be_told(form, every, cells):
        composer.text(_("För få händelser är granskade för att visa svaren utan att peka ut enskilda."))
    else:
        composer.text(
            _(
                "Här räknas bara händelser där formuläret är besvarat. Slag, allvar och undvikbarhet gäller de "
                "händelser där kopplingen till operationen är bekräftad."
            )
        )
        _reviewed(composer, form, every, cells)
        _answers(composer, form, cells)
    _agreement(composer, form, cells)


def _may_be_told(form: FormReview, every: Review, cells: Cells) -> bool:
    """Tell whether no few persons can be worked out from the answers and how far all events have been reviewed."""
    rejected = form.reviewed - form.confirmed
    without = every.reviewed - form.reviewed
    told_apart = (
        *(form.confirmed, rejected, every.confirmed - form.confirmed, every.rejected - rejected),
        *(without + every.proposed, without + every.ambiguous, without + every.proposed + every.ambiguous),
    )
    return not any(map(cells.small, told_apart))


def _reviewed(composer: Composer, form: FormReview, every: Review, cells: Cells) -> None:
    """Say by how many the form was answered; outside the department nothing of the events without an answer."""
    told = {"by_two": form.by_two, "by_one": form.reviewed - form.by_two, "reviewed": form.reviewed}
    by_two, by_one, with_form = (cells.at(names.found(name), count) for name, count in told.items())
    rows = [
        (_("Med formuläret, av två var för sig"), by_two, form.by_two),
        (_("Med formuläret, av en"), by_one, form.reviewed - form.by_two),
    ]
    if cells.suppress:
        whole, last = form.reviewed, with_form
    else:
        without = every.reviewed - form.reviewed
        rows.append((_("Bara beslut om kopplingen"), cells.count(without), without))
        rows.append((_("Inte granskade"), cells.count(every.events - every.reviewed), every.events - every.reviewed))
        whole, last = every.events, cells.count(every.events)
    composer.table(
        _("Händelser efter hur de är granskade."),
        Grid(
            (words(_("Granskade"), 4), Column(_("Antal")), Column(_("Andel"))),
            [
                *((name, shown, _share(shown, count, whole, cells)) for name, shown, count in rows),
                (_("Alla"), last, percent(1.0, 0)),
            ],
            totals=1,
        ),
        Notes(suppressed(cells)),
    )


def _share(shown: str, count: int, whole: int, cells: Cells) -> str:
    if cells.is_hidden(shown):
        return NOTHING
    return cells.part(count, whole) if cells.strict else percent(count / whole, 0)


def _answers(composer: Composer, form: FormReview, cells: Cells) -> None:
    by_question = {one.question: one for one in form.agreement}
    avoidable = avoidable_note(form.avoidable, form.confirmed, cells)
    for one in form.counts:
        if one.total:
            counted(composer, one, by_question[one.question] if form.pairs else None, avoidable, cells)


def _agreement(composer: Composer, form: FormReview, cells: Cells) -> None:
    composer.section(_("Samstämmighet mellan granskare"))
    if not form.pairs:
        composer.text(
            _(
                "Ingen händelse har granskats av två var för sig, så det går inte att säga hur väl granskare är "
                "överens."
            )
        )
        return
    composer.text(
        _(
            "Tabellen gäller händelser som två har granskat utan att se varandras svar, och deras första svar. "
            "{reading}"
        ).format(reading=between_reviewers.reading(form.agreement, cells))
    )
    between_reviewers.table(composer, form.agreement, cells)
