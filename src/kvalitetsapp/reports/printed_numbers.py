"""Numbers read back from the way a report prints them, so that a workbook holds what paper says and nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Kind
from kvalitetsapp.texts import MINUS, NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Value

_SPACES: Final = re.compile("[ \u00a0]")
_NUMBER: Final = re.compile(rf"([{MINUS}-]?(?:\d+|\d{{1,3}}(?:[ \u00a0]\d{{3}})+)(?:,\d+)?)(?:[ \u00a0](%|kr))?")
_BETWEEN: Final = re.compile(r"–| till ")
_TWO_DECIMALS: Final = re.compile(r",\d\d$")


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its digits with a decimal point, its unit ("%", "kr" or ""), and how it was printed."""

    digits: str
    unit: str
    printed: str


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers of one kind; None stands where none was printed, or something that is no number."""

    kind: Kind
    in_kronor: bool
    values: tuple[Value, ...]


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing to say."""
    return text in ("", NOTHING)


def ends(text: str) -> tuple[Number, Number] | None:
    """Return the two ends of `1,2–3,4 %`, which share the unit of the last; of a single number it is both."""
    parts = _BETWEEN.split(text)
    numbers = [_number(part) for part in parts]
    if len(numbers) > 2 or None in numbers or is_nothing(text):
        return None
    first, last = numbers[0], numbers[-1]
    if first is None or last is None:
        return None
    return Number(first.digits, last.unit, first.printed), last


def is_range(text: str) -> bool:
    """Tell whether a text says from what to what."""
    return ends(text) is not None and _number(text) is None


def column(numbers: Sequence[Number | None]) -> NumberColumn | None:
    """Return numbers as a column of the kind that all of them are, None where they are of several."""
    found = [one for one in numbers if one is not None]
    units = {one.unit for one in found}
    if len(units) > 1:
        return None
    unit = units.pop() if units else ""
    kind = _kind(found, unit)
    values = tuple(None if one is None else _value(one.digits, kind) for one in numbers)
    return NumberColumn(kind, unit == "kr", values)


def with_unit(heading: str, told: NumberColumn) -> str:
    """Return the heading with the unit that its numbers lost."""
    return _("{heading}, kr").format(heading=heading) if told.in_kronor else heading


def _number(text: str) -> Number | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits = _SPACES.sub("", found[1]).replace(",", ".").replace(MINUS, "-")
    return Number(digits, found[2] or "", found[1])


def _kind(found: Sequence[Number], unit: str) -> Kind:
    if unit == "%":
        return Kind.RATE
    if all("." not in one.digits for one in found):
        return Kind.INTEGER
    in_ore = all(_TWO_DECIMALS.search(one.printed) for one in found)
    if in_ore and (unit == "kr" or any(_SPACES.search(one.printed) for one in found)):
        return Kind.MONEY
    return Kind.DECIMAL


def _value(digits: str, kind: Kind) -> Value:
    if kind is Kind.RATE:
        return float(Decimal(digits).scaleb(-2))
    if kind is Kind.MONEY:
        return int(Decimal(digits).scaleb(2))
    return digits if kind is Kind.DECIMAL else int(digits)
