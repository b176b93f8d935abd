"""TOML as a document, or one Swedish sentence that says where it cannot be read."""

from __future__ import annotations

import re
import tomllib
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST: Final = 1 << 63
"""Whole numbers of TOML are below this, below zero too."""
_MOST_LEVELS: Final = 20
_PLACE: Final = re.compile(r"at line (\d+), column (\d+)")


class NotTomlError(Exception):
    """The text is no TOML, or none that we can have; `place` says where, or what of it, in Swedish."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def document(content: bytes, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the document: whole numbers have at most 64 bits, and nothing is nested deep.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
        NotTomlError: it is no TOML, or holds what no document of ours does.
    """
    text = content.decode("utf-8-sig")
    try:
        found = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as fault:
        raise NotTomlError(_place(str(fault))) from None
    except (ValueError, InvalidOperation):
        raise NotTomlError(_too_large()) from None
    except RecursionError:
        raise NotTomlError(_too_deep()) from None
    _refuse_outsized(found)
    return found


def _refuse_outsized(value: object, level: int = 0) -> None:
    """Refuse numbers that cannot be written out, and what lies so deep that it cannot be shown."""
    if level > _MOST_LEVELS:
        raise NotTomlError(_too_deep())
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise NotTomlError(_too_large())
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _refuse_outsized(part, level + 1)


def _too_large() -> str:
    return _("ett tal är för stort")


def _too_deep() -> str:
    return _("för många nivåer i varandra")


def _place(english: str) -> str:
    found = _PLACE.search(english)
    if found is None:
        return _("i slutet")
    return _("rad {row}, tecken {column}").format(row=found[1], column=found[2])
