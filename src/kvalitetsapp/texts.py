"""Text for people: one gettext catalogue, and the Swedish shape of money, numbers and dates.

The source language is Swedish. `_` translates now; `N_` only marks a string that is translated when shown.
Amounts are formatted by hand because tables of a million rows are; tests hold the result against Babel.
"""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
NOTHING: Final = "–"

_current: gettext.NullTranslations = gettext.NullTranslations()


def install(language: str, folder: Path) -> None:
    """Use the catalogue of `language` below `folder`; Swedish, the source language, needs none."""
    global _current  # noqa: PLW0603 - one language for the whole process, set once at start
    _current = gettext.translation("kvalitetsapp", str(folder), languages=[language], fallback=True)


def _(message: str) -> str:
    """Translate `message` now."""
    return _current.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate the form of a message that fits `n`."""
    return _current.ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `message` for the catalogue without translating it."""
    return message


def number(value: int) -> str:
    """`1 234 567` with no-break spaces."""
    text = f"{abs(value):,}".replace(",", NO_BREAK_SPACE)
    return MINUS + text if value < 0 else text


def decimal(value: float, digits: int) -> str:
    """`1 234,5` with `digits` decimals."""
    text = f"{abs(value):,.{digits}f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
    return MINUS + text if value < 0 and text.strip("0,") else text


def kronor(ore: int | None) -> str:
    """An amount in öre as `1 234 567,50 kr`; nothing known is a dash."""
    if ore is None:
        return NOTHING
    whole, rest = divmod(abs(ore), 100)
    sign = MINUS if ore < 0 else ""
    return f"{sign}{number(whole)},{rest:02d}{NO_BREAK_SPACE}kr"


def kronor_rounded(ore: int | None) -> str:
    """An amount in öre as whole kronor for headlines, halves away from zero: `1 234 568 kr`."""
    if ore is None:
        return NOTHING
    whole = (abs(ore) + 50) // 100
    return f"{number(-whole if ore < 0 else whole)}{NO_BREAK_SPACE}kr"


def percent(fraction: float | None, digits: int = 1) -> str:
    """A fraction as `2,1 %`; nothing known is a dash."""
    if fraction is None:
        return NOTHING
    return f"{decimal(fraction * 100, digits)}{NO_BREAK_SPACE}%"
