"""How far the events have been reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.reports.cells import ALSO_HIDDEN
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
    rows = [_row(one, cells, parts) for one, parts in zip(review, _parts(review, cells), strict=True)]
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


def _parts(review: Sequence[Review], cells: Cells) -> list[list[str]]:
    """Return confirmed, rejected, proposed, ambiguous and all of them of each row."""
    return cells.table([(one.confirmed, one.rejected, one.proposed, one.ambiguous, one.events) for one in review])


def _row(one: Review, cells: Cells, parts: Sequence[str]) -> tuple[str, ...]:
    confirmed, rejected, proposed, ambiguous, events = parts
    told = not any(map(cells.is_hidden, (confirmed, rejected, events)))
    reviewed = cells.count(one.reviewed) if told else ALSO_HIDDEN
    share = percent(one.reviewed / one.events, 0) if told and one.events else NOTHING
    year = str(one.year) if one.year else _("Alla")
    return (year, events, reviewed, share, confirmed, rejected, proposed, ambiguous)
