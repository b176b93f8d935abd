"""Targets of one value: numbers of people and organisations, dates, amounts, weights, and any cell of a table."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from fuzz.judging import demand, demand_no_number
from kvalitetsapp.domain import bankgiro, dates, drg, identity, money, organisation, typed_figures
from kvalitetsapp.domain.money import LARGEST_ORE
from kvalitetsapp.exchange import kinds, values
from support.reading import TODAY, tables

if TYPE_CHECKING:
    from collections.abc import Callable

_ON: Final = TODAY.isoformat()
_BORN: Final = "1968-12-09"


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace").strip()


def identity_number(content: bytes) -> None:
    """Judge a number of a person, and a text in which one may stand."""
    text = _text(content)
    for found in (identity.canonical(text, _ON), identity.canonical_of_born(text, _BORN, _ON)):
        if isinstance(found, str):
            demand(kept=identity.canonical(found, _ON) == found, promise="a canonical number is its own form")
            demand(kept=found not in identity.masked(found), promise="a masked number is not told")
            demand_no_number(identity.masked(found))
            identity.birth_date(found)
            identity.sex(found)
    identity.doubt(text)
    demand(kept=identity.hidden(identity.hidden(text)) == identity.hidden(text), promise="nothing is left to hide")


def amount(content: bytes) -> None:
    """Judge an amount in kronor, a weight and a figure with decimals."""
    text = _text(content)
    ore = money.parse(text)
    if isinstance(ore, int):
        demand(kept=0 <= ore <= LARGEST_ORE, promise="an amount is within its limits")
        demand(kept=money.parse(f"{ore // 100},{ore % 100:02d}") == ore, promise="an amount is read as it is written")
    weight = drg.parse_weight(text)
    if isinstance(weight, int):
        demand(kept=drg.parse_weight(drg.weight_text(weight)) == weight, promise="a weight is read as it is written")
    printed = typed_figures.printed_number(text, 12.5)
    demand(kept=printed is not None and float(printed) == 12.5, promise="a printed number is the number")


def day(content: bytes) -> None:
    """Judge a date in a format: the format on the first line, the date on the second."""
    pattern, _line, text = content.decode("utf-8", "replace").partition("\n")
    stated = dates.DateFormat.of(pattern)
    found = stated.iso(text) if stated else None
    if stated and found:
        demand(
            kept=stated.iso(stated.text_of(date.fromisoformat(found))) == found,
            promise="a date is read as it is written",
        )


def number_of_organisation(content: bytes) -> None:
    """Judge the number of an organisation and of a bankgiro."""
    text = _text(content)
    for read, written in ((organisation.canonical, str), (bankgiro.canonical, bankgiro.formatted)):
        found = read(text)
        if found is not None:
            demand(kept=read(written(found)) == found, promise="a canonical number is its own form")


def cell(content: bytes) -> None:
    """Judge a cell as every column of every kind of file reads it."""
    text = _text(content)
    if not text:
        return
    values.key_fault(text)
    for convert in _converters():
        found = convert(text)
        if isinstance(found, values.Fault):
            demand_no_number(found.reason)


@cache
def _converters() -> list[Callable[[str], object]]:
    context = values.Context(_ON, dates.iso_format(), tables())
    readings = {field.reading: field for fields in kinds.FIELDS.values() for field in fields}
    return [values.converter(field, context) for field in readings.values()]
