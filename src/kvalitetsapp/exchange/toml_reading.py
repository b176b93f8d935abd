"""TOML as a document, or one Swedish sentence that says where it cannot be read."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACE: Final = re.compile(r"at line (\d+), column (\d+)")


class NotTomlError(Exception):
    """The text is no TOML; `place` says where, in Swedish."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def document(content: bytes, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the document.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
        NotTomlError: it is no TOML.
    """
    text = content.decode("utf-8-sig")
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise NotTomlError(_place(str(fault))) from None


def _place(english: str) -> str:
    found = _PLACE.search(english)
    if found is None:
        return _("i slutet")
    return _("rad {row}, tecken {column}").format(row=found[1], column=found[2])
