"""How far the events have been reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Review
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, review: Sequence[Review], cells: Cells) -> None:
    """Add the chapter; the last row of `review` is about all years."""
    composer.chapter(_("Journalgranskning"), new_page=False)
    if not review or not review[-1].events:
        composer.text(_("Det finns inga händelser att granska."))
        return
    composer.text(
        _("En händelse räknas som granskad när en person har bekräftat eller avvisat dess koppling till operationen.")
    )
    names = ("events", "reviewed", "confirmed", "rejected", "proposed", "ambiguous")
    columns = [cells.column([getattr(one, name) for one in review], with_total=True) for name in names]
    years = [str(one.year) if one.year else _("Alla") for one in review]
    shares = [percent(one.reviewed / one.events, 0) if one.events else NOTHING for one in review]
    shares = [
        NOTHING if cells.small(one.reviewed) or cells.small(one.events) else share
        for one, share in zip(review, shares, strict=True)
    ]
    rows = [
        (year, events, reviewed, share, *rest)
        for year, events, reviewed, share, *rest in zip(
            years, columns[0], columns[1], shares, *columns[2:], strict=True
        )
    ]
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
