"""Indicators as the TOML that `indicator_files` reads: reading it again gives the same recipes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator import CodeSpan, Cohort, Count, Window, usual_nature
from kvalitetsapp.domain.indicator_reading import KEYS
from kvalitetsapp.exchange.profile_writing import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.indicator import Indicator

_PARTS: Final = ("count", "cohort", "window")
_ALWAYS: Final = ("id", "version", "name", "purpose", "numerator", "denominator", "exclusions", "source", "verified")


def written(indicators: Iterable[Indicator]) -> str:
    """Return recipes as TOML; what a recipe leaves as it is without saying is left out, and so is its family."""
    return "\n".join("\n".join(_indicator(one)) + "\n" for one in indicators)


def _indicator(one: Indicator) -> Iterator[str]:
    as_usual = {**_UNSAID, "nature": usual_nature(one.count.kind)}
    yield "[[indicator]]"
    for key in (key for key in KEYS[""] if key not in _PARTS):
        value = one.indicator_id if key == "id" else getattr(one, key)
        if key in _ALWAYS or value != as_usual.get(key):
            yield f"{key} = {_value(value)}"
    parts: tuple[tuple[str, Count | Cohort | Window, Count | Cohort | Window | None], ...] = (
        ("count", one.count, None),
        ("cohort", one.cohort, Cohort()),
        ("window", one.window, Window()),
    )
    for name, part, unsaid in parts:
        if part != unsaid:
            yield from ("", f"[indicator.{name}]")
            yield from _part(part)


_UNSAID: Final = {"benchmark": "", "note": "", "decimals": 1}


def _part(part: Count | Cohort | Window) -> Iterator[str]:
    for each in fields(part):
        value = getattr(part, each.name)
        if value != each.default:
            yield f"{each.name} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case StrEnum() | str():
            return quoted(str(value))
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case date():
            return value.isoformat()
        case CodeSpan():
            return "{" + ", ".join(_span(value)) + "}"
        case tuple():
            return "[" + ", ".join(_value(each) for each in value) + "]"
        case _:
            return str(value)


def _span(span: CodeSpan) -> Iterator[str]:
    yield f"code = {quoted(span.code)}"
    if span.prefix:
        yield "prefix = true"
    for name in ("valid_from", "valid_to"):
        day = getattr(span, name)
        if day is not None:
            yield f"{name} = {day.isoformat()}"
