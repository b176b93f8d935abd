"""What was purchased: operations by year, joint and payer route, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.ledger_of_operations import bought
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, kronor_rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Volume
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, volume: Sequence[Volume], cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Volym och pris"), new_page=False)
    if not volume:
        composer.text(_("Vårdgivaren har inga operationer i underlaget fram till datauttaget."))
        return
    price = _("Pris är det som regionen fakturerats för vårdtillfället med operationen; streck där det saknas.")
    notes = Notes(price, suppressed(cells))
    starts = frozenset(n for n in range(1, len(volume)) if volume[n].year != volume[n - 1].year)
    composer.table(
        _("Operationer efter år, led och ersättningsväg, med pris."),
        Grid(
            (
                words(_("År"), 0.6),
                phrases.joint_column((one.joint for one in volume), 0.7),
                words(_("Ersättningsväg"), 1.7),
                Column(_("Operationer"), 0.9),
                Column(_("Pris, median"), 1.0),
                Column(_("Lägsta–högsta"), 1.7),
            ),
            _rows(volume, cells),
            totals=1,
            groups=starts,
        ),
        notes,
    )


def _rows(volume: Sequence[Volume], cells: Cells) -> list[tuple[str, ...]]:
    operations = [one.operations for one in volume]
    counts = [cells.at(bought(one), one.operations) for one in volume]
    total = cells.at(names.operations(), sum(operations))
    rows = [
        (
            str(one.year),
            word("joint", one.joint),
            word("payer_route", one.payer_route),
            count,
            cells.money(one.price_median, one.priced),
            _range(one, cells),
        )
        for one, count in zip(volume, counts, strict=True)
    ]
    return [*rows, (_("Alla"), "", "", total, "", "")]


def _range(one: Volume, cells: Cells) -> str:
    if one.price_min is None or one.price_max is None or cells.small(one.priced):
        return NOTHING
    low, high = kronor_rounded(one.price_min), kronor_rounded(one.price_max)
    return high if low == high else _("{low}–{high}").format(low=low.removesuffix("\u00a0kr"), high=high)
