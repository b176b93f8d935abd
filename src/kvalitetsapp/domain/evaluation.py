"""How well automatic links agree with a truth, as a table and as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import GROUP, Column, Kind
from kvalitetsapp.texts import N_, _, number, percent

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table, Value

LINK_ACCURACY: Final[tuple[Column, ...]] = (
    Column("measure", Kind.TEXT, N_("Mått")),
    GROUP,
    Column("value", Kind.TEXT, N_("Värde")),
    Column("truth", Kind.INTEGER, N_("I facit")),
    Column("true_positive", Kind.INTEGER, N_("Rätt")),
    Column("false_positive", Kind.INTEGER, N_("Felaktiga")),
    Column("false_negative", Kind.INTEGER, N_("Missade")),
    Column("ambiguous", Kind.INTEGER, N_("Tvetydiga, rätt nämnd")),
    Column("precision", Kind.RATE, N_("Precision")),
    Column("precision_low", Kind.RATE, N_("Precision, 95 % KI från")),
    Column("precision_high", Kind.RATE, N_("Precision, 95 % KI till")),
    Column("recall", Kind.RATE, N_("Täckning")),
    Column("recall_low", Kind.RATE, N_("Täckning, 95 % KI från")),
    Column("recall_high", Kind.RATE, N_("Täckning, 95 % KI till")),
)


def in_words(table: Table) -> str:
    """Return what a table of `LINK_ACCURACY` says of all automatic links, in one sentence."""
    row = next(each for each in table.records() if (each["measure"], each["group"]) == ("link", "all"))
    return _(
        "Automatiska kopplingar mot facit: {right} av {truth} funna (täckning {recall}), precision {precision}."
    ).format(
        right=number(_whole(row["true_positive"])),
        truth=number(_whole(row["truth"])),
        recall=percent(_rate(row["recall"])),
        precision=percent(_rate(row["precision"])),
    )


def _whole(value: Value) -> int:
    return int(value or 0)


def _rate(value: Value) -> float | None:
    return None if value is None else float(value)
