"""The part of a delivered text that is a column's value: the code before a name, the ends of a span of ages."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_CODED: Final = re.compile(r"([0-9]+)(?:\s.*)?")
_AGES: Final = re.compile(r"([0-9]{1,3})(?:\s*[-\u2013]\s*([0-9]{1,3})|\s*(\+))?(?:\s*\xe5r)?")


class Part(StrEnum):
    """Which part of the text a column takes."""

    LEADING_CODE = "leading_code"
    FIRST_AGE = "first_age"
    LAST_AGE = "last_age"


def reader_of(part: Part) -> Callable[[str], str]:
    """Return the function that takes the part out of a text; a text of another form stands as it was delivered."""
    return _READERS[part]


def _leading_code(text: str) -> str:
    """`2380 Östersund` → `2380`."""
    found = _CODED.fullmatch(text.strip())
    return found[1] if found else text


def _first_age(text: str) -> str:
    """`65–69 år` → `65`, `65 år` → `65`, `100+ år` → `100`."""
    found = _AGES.fullmatch(text.strip())
    return found[1] if found else text


def _last_age(text: str) -> str:
    """`65–69 år` → `69`, `65 år` → `65`, `100+ år` → nothing: and older."""
    found = _AGES.fullmatch(text.strip())
    if not found:
        return text
    return "" if found[3] else found[2] or found[1]


_READERS: Final[dict[Part, Callable[[str], str]]] = {
    Part.LEADING_CODE: _leading_code,
    Part.FIRST_AGE: _first_age,
    Part.LAST_AGE: _last_age,
}
