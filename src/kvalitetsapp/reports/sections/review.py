"""How far the events have been reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.ledger_of_events import REVIEW_COLUMNS
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.sections import form_review
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import FormReview, Review
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_ABOVE_ROWS: Final = 110.0
_ROW: Final = 16.0
"""The room that the heading and each row of the table take, so that they come to stand on one page."""


def add(composer: Composer, review: Sequence[Review], form: FormReview, cells: Cells) -> None:
    """Add the chapter; the last row of `review` is about all years."""
    composer.chapter(_("Journalgranskning"), new_page=False, room=_ABOVE_ROWS + _ROW * len(review))
    if not review or not review[-1].events:
        composer.text(_("Det finns inga händelser att granska."))
        return
    composer.text(
        _("En händelse räknas som granskad när en person har bekräftat eller avvisat dess koppling till operationen.")
    )
    rows = [_row(one, cells) for one in review]
    heads = (
        _("Händelser"),
        _("Granskade"),
        _("Andel"),
        _("Bekräftade"),
        _("Avvisade"),
        _("Föreslagna"),
        _("Tvetydiga"),
    )
    composer.table(
        _("Händelser efter år och granskning."),
        Grid((words(_("År"), 0.7), *(Column(head) for head in heads)), rows, totals=1),
        Notes(suppressed(cells)),
    )
    form_review.add(composer, form, review[-1], cells)


def _row(one: Review, cells: Cells) -> tuple[str, ...]:
    def shown(column: str, count: int) -> str:
        return cells.at(names.in_review(column, one.year), count)

    events, reviewed = shown("events", one.events), shown("reviewed", one.reviewed)
    told = one.events and not any(map(cells.is_hidden, (events, reviewed)))
    share = percent(cells.rounded(one.reviewed) / max(cells.rounded(one.events), 1), 0) if told else NOTHING
    parts = (shown(column, getattr(one, column)) for column in REVIEW_COLUMNS)
    return (str(one.year) if one.year else _("Alla"), events, reviewed, share, *parts)
