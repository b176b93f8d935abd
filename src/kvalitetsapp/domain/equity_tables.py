"""Groups of people as a table: the keys, counts, figures, differences and ratios, crude and age standardised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import equity_words
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS
from kvalitetsapp.domain.quality import without_empty
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.equity import EquityFigures, EquityGroup, Estimate
    from kvalitetsapp.domain.equity_words import Figured
    from kvalitetsapp.domain.indicator import Indicator
from kvalitetsapp.domain.table import Row

EQUITY_VALUES: Final[tuple[Column, ...]] = (
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("n", Kind.INTEGER, N_("Underlag")),
    Column("persons", Kind.INTEGER, N_("Personer")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("value", Kind.RATE, N_("Värde")),
    Column("ci_low", Kind.RATE, N_("95\u00a0% från")),
    Column("ci_high", Kind.RATE, N_("95\u00a0% till")),
    Column("difference", Kind.RATE, N_("Skillnad")),
    Column("difference_low", Kind.RATE, N_("Skillnad från")),
    Column("difference_high", Kind.RATE, N_("Skillnad till")),
    Column("ratio", Kind.DECIMAL, N_("Kvot")),
    Column("ratio_low", Kind.DECIMAL, N_("Kvot från")),
    Column("ratio_high", Kind.DECIMAL, N_("Kvot till")),
    Column("standardised", Kind.RATE, N_("Åldersstandardiserat")),
    Column("standardised_low", Kind.RATE, N_("Stand. från")),
    Column("standardised_high", Kind.RATE, N_("Stand. till")),
    Column("standardised_difference", Kind.RATE, N_("Stand. skillnad")),
    Column("standardised_difference_low", Kind.RATE, N_("Stand. skillnad från")),
    Column("standardised_difference_high", Kind.RATE, N_("Stand. skillnad till")),
    Column("standardised_ratio", Kind.DECIMAL, N_("Stand. kvot")),
    Column("standardised_ratio_low", Kind.DECIMAL, N_("Stand. kvot från")),
    Column("standardised_ratio_high", Kind.DECIMAL, N_("Stand. kvot till")),
    Column("reference", Kind.FLAG, N_("Jämförelsegrupp")),
    Column("differs", Kind.FLAG, N_("Skiljer sig")),
)
"""The columns of a group; values and differences are fractions for shares and plain numbers for means and medians."""
_RATIO_DIGITS: Final = 2
_NOTHING: Final = (None, "", NOTHING)

SHOWN: Final[tuple[Column, ...]] = (
    Column("group", Kind.TEXT, N_("Grupp")),
    Column("n", Kind.INTEGER, N_("Underlag")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("shown_value", Kind.TEXT, N_("Värde (95\u00a0%)")),
    Column("shown_difference", Kind.TEXT, N_("Skillnad (95\u00a0%)")),
    Column("shown_ratio", Kind.TEXT, N_("Kvot (95\u00a0%)")),
    Column("shown_standardised", Kind.TEXT, N_("Åldersstandardiserat (95\u00a0%)")),
    Column("shown_standardised_difference", Kind.TEXT, N_("Stand. skillnad (95\u00a0%)")),
    Column("note", Kind.TEXT, N_("Not")),
)
"""The columns of a group as people read it."""


def equity_table(found: EquityFigures) -> Table:
    """Return the groups as rows, as files tell them; figures of means and medians are plain numbers."""
    keys = tuple(INDICATOR_KEYS[key] for key in found.by)
    values = EQUITY_VALUES if found.indicator.is_share else tuple(_plain(one) for one in EQUITY_VALUES)
    return Table((*keys, *values), [(*one.words, *_row(one, found.indicator)) for one in found.groups])


def groups_table(
    groups: Iterable[EquityGroup], by: Sequence[str], figured: Figured, names: Mapping[str, str]
) -> Table:
    """Return the groups as rows of `SHOWN`, every figure with its interval; columns of nothing are left out."""
    rows = [_shown(one, by, figured, names) for one in groups]
    untold = [place for place in range(len(SHOWN)) if all(row[place] in _NOTHING for row in rows)]
    made = Table(SHOWN, [tuple("" if place in untold else value for place, value in enumerate(row)) for row in rows])
    return without_empty(
        made, ("events", "shown_ratio", "shown_standardised", "shown_standardised_difference", "note")
    )


def _shown(one: EquityGroup, by: Sequence[str], figured: Figured, names: Mapping[str, str]) -> Row:
    return (
        equity_words.group_name(by, one.words, names),
        one.n,
        one.events,
        equity_words.with_interval(one.crude, "figure", figured),
        equity_words.with_interval(one.difference, "difference", figured),
        equity_words.with_interval(one.ratio, "ratio", figured),
        equity_words.with_interval(one.standardised, "figure", figured),
        equity_words.with_interval(one.standardised_difference, "difference", figured),
        equity_words.note(one),
    )


def _plain(column: Column) -> Column:
    return replace(column, kind=Kind.DECIMAL) if column.kind is Kind.RATE else column


def _row(one: EquityGroup, indicator: Indicator) -> Row:
    digits = None if indicator.is_share else indicator.decimals + 1
    told: list[str | float | None] = []
    for estimate in (one.crude, one.difference):
        told += _ends(estimate, digits)
    told += _ends(one.ratio, _RATIO_DIGITS)
    for estimate in (one.standardised, one.standardised_difference):
        told += _ends(estimate, digits)
    told += _ends(one.standardised_ratio, _RATIO_DIGITS)
    counts = (one.operations, one.n, one.persons, one.events)
    return (*counts, *told, int(one.is_reference), int(one.differs))


def _ends(told: Estimate | None, digits: int | None) -> Sequence[str | float | None]:
    """Return a figure with its ends, as texts with so many digits or (None) as fractions."""
    ends = (None, None, None) if told is None else (told.value, told.low, told.high)
    if digits is None:
        return ends
    return ["" if end is None else f"{end:.{digits}f}" for end in ends]
