"""The forest of equal care: groups beside each other by figure, difference or ratio, age standardised beside crude."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import equity_words, outcome_tables
from kvalitetsapp.domain.chart_data import Forest, ForestRow
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.equity import EquityFigures, EquityGroup, Estimate

VALUE: Final = "value"
DIFFERENCE: Final = "difference"
RATIO: Final = "ratio"


def forest(found: EquityFigures, quantity: str) -> Forest:
    """Return the groups by their figure, or by their difference or ratio to the reference."""
    one = found.indicator
    return Forest(
        title=_("{indicator}: {split}").format(indicator=one.name, split=equity_words.split_name(found).lower()),
        quantity=quantity,
        is_share=one.is_share,
        unit=outcome_tables.unit_of(one),
        decimals=one.decimals,
        line=_line(found, quantity),
        line_label=_line_label(found, quantity),
        rows=tuple(_row(found, place, each, quantity) for place, each in enumerate(found.groups)),
    )


def _line(found: EquityFigures, quantity: str) -> float | None:
    if quantity == VALUE:
        return None if found.whole.crude is None else found.whole.crude.value
    return 1.0 if quantity == RATIO else 0.0


def _line_label(found: EquityFigures, quantity: str) -> str:
    return _("Alla") if quantity == VALUE else equity_words.group_word(found.by[0], found.reference, found.names)


def _row(found: EquityFigures, place: int, one: EquityGroup, quantity: str) -> ForestRow:
    name = equity_words.group_name(found.by, one.words, found.names)
    row = ForestRow(str(place), name, one.n, one.events, None, None, None, is_reference=one.is_reference)
    return replace(figured(row, one, quantity), note=equity_words.note(one))


def figured(row: ForestRow, one: EquityGroup, quantity: str) -> ForestRow:
    """Return a row with the figures of a group."""
    crude, adjusted = {
        VALUE: (one.crude, one.standardised),
        DIFFERENCE: (one.difference, one.standardised_difference),
        RATIO: (one.ratio, one.standardised_ratio),
    }[quantity]
    (value, low, high), (adjusted_value, adjusted_low, adjusted_high) = _ends(crude), _ends(adjusted)
    return replace(
        row,
        value=value,
        low=low,
        high=high,
        adjusted=adjusted_value,
        adjusted_low=adjusted_low,
        adjusted_high=adjusted_high,
    )


def _ends(told: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if told is None else (told.value, told.low, told.high)
