"""Personal identity numbers: personnummer, samordningsnummer (day + 60) and local reservnummer.

The canonical form is twelve digits, or a reservnummer in upper case. A number that could be repaired only by
guessing is a fault, never a number.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Final

from kvalitetsapp.domain.words import Sex

COORDINATION_DAYS: Final = 60
_DIGITS: Final = 12
_CENTURIES: Final = frozenset({"18", "19", "20"})
_LONG: Final = re.compile(r"(18|19|20)([0-9]{6})[-+]?([0-9]{4})")
_SHORT: Final = re.compile(r"([0-9]{6})([-+])([0-9]{4})")
_IN_TEXT: Final = re.compile(
    "(?<![0-9])(?:18|19|20)?[0-9]{6}[-+\u00ad\u2010-\u2015\u2212 \u00a0\u2009\u202f]?[0-9]{4}(?![0-9])"
)
_SPACES: Final = frozenset(" \u00a0\u2009\u202f")
_RESERVE: Final = re.compile(r"[0-9A-Za-zÅÄÖåäö]{6,15}")
_BARE: Final = re.compile(r"[0-9]{7,11}")
_SHORT_DIGITS: Final = 10
_ROUNDED: Final = re.compile(r"(?:18|19|20)[0-9]{7}000")
_STRAY: Final = re.compile("[\\s.,\u00ad\u2009-\u2015\u2212\ufeff]")
_QUOTES: Final = ("'", "’", "‘", "´", "`", '"')
_WHOLE: Final = re.compile(r"[0-9]{6,15}|[0-9]{6,8}[-+][0-9]{4}")
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_PAIRS: Final = {f"{first}{second}": _DOUBLED[first] + second for first in range(10) for second in range(10)}
_HIDDEN: Final = "••••"
PSEUDONYM_MARK: Final = "P-"
_PSEUDONYM: Final = re.compile(PSEUDONYM_MARK + "[0-9]{4}-[0-9]{4}")
_PSEUDONYM_IN_TEXT: Final = re.compile(rf"\b{_PSEUDONYM.pattern}\b", re.IGNORECASE)


class IdentityFault(Enum):
    """Why a text is no identity number."""

    DATE = "bad_identity_date"
    CHECK_DIGIT = "bad_check_digit"
    DAMAGED = "damaged_identity"
    SCIENTIFIC = "identity_as_number"
    DECIMALS = "identity_with_decimals"
    ROUNDED = "rounded_identity"
    BROKEN_UP = "identity_broken_up"
    QUOTED = "quoted_identity"
    NOT_SHOWN = "identity_not_shown"


class IdentityDoubt(Enum):
    """Why a number that is let in may be another one, damaged on its way."""

    SEPARATOR = "doubtful_identity"
    ZEROS = "lost_zero_identity"
    ROUNDED = "perhaps_rounded_identity"


_DAMAGES: Final = (
    (re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+"), IdentityFault.SCIENTIFIC),
    (re.compile(r"[0-9]{6,15}[.,]0+"), IdentityFault.DECIMALS),
    (re.compile(r"#.*"), IdentityFault.NOT_SHOWN),
)


def luhn_holds(digits: str) -> bool:
    """Tell whether ten ASCII digits end with their own check digit."""
    total = _PAIRS[digits[:2]] + _PAIRS[digits[2:4]] + _PAIRS[digits[4:6]] + _PAIRS[digits[6:8]] + _PAIRS[digits[8:]]
    return total % 10 == 0


def is_short(delivered: str) -> bool:
    """Tell whether a number has ten digits and so needs a date to know its century."""
    return len(delivered) == 11 and _SHORT.fullmatch(delivered) is not None


def is_number(delivered: str) -> bool:
    """Tell whether a trimmed text has the form of a number, right or wrong: not so one of another country's."""
    return any(form.fullmatch(delivered) for form in (_LONG, _SHORT, _RESERVE))


def canonical(delivered: str, on: str) -> str | IdentityFault:
    """Return the canonical form of a trimmed text, or what is wrong with it.

    Ten digits get their century from the year of `on` (ISO): `-` under a hundred that year, `+` from the year one
    turns a hundred.
    """
    if long := _LONG.fullmatch(delivered):
        return _bare_checked(delivered) if len(delivered) == _DIGITS else _checked("".join(long.groups()))
    if short := _SHORT.fullmatch(delivered):
        return _checked(_century(short[1], short[2], int(on[:4])) + short[1] + short[3])
    return delivered.upper() if _RESERVE.fullmatch(delivered) else _damage(delivered)


def canonical_of_born(delivered: str, born: str, on: str) -> str | IdentityFault:
    """Return `canonical`, but let a known birth date (ISO) that fits a ten-digit number tell the century."""
    short = _SHORT.fullmatch(delivered)
    if short and born[2:].replace("-", "") == _birth_digits(short[1]):
        return _checked(born[:2] + short[1] + short[3])
    return canonical(delivered, on)


def doubt(delivered: str) -> IdentityDoubt | None:
    """Return why a text let in as a number may be what a spreadsheet left of another, None where nothing says so.

    Seven to nine digits that only lack zeros in front to be ten digits of a personnummer have most likely lost them;
    other nine to eleven bare digits may lack a hyphen or a zero. A number that ends with four zeros may be rounded.
    """
    if len(delivered) == _DIGITS:
        return IdentityDoubt.ROUNDED if delivered.endswith("0000") and _LONG.fullmatch(delivered) else None
    if not _BARE.fullmatch(delivered):
        return None
    if len(delivered) < _SHORT_DIGITS and _could_be_ten(delivered.zfill(_SHORT_DIGITS)):
        return IdentityDoubt.ZEROS
    return IdentityDoubt.SEPARATOR if len(delivered) >= _SHORT_DIGITS - 1 else None


def birth_date(personal_id: str) -> date | None:
    """Return the birth date that a canonical number tells, None for a reservnummer."""
    return _date(personal_id) if _LONG.fullmatch(personal_id) else None


def sex(personal_id: str) -> Sex | None:
    """Return the legal sex that a canonical number tells, None for a reservnummer."""
    if not _LONG.fullmatch(personal_id):
        return None
    return Sex.MALE if int(personal_id[10]) % 2 else Sex.FEMALE


def masked(personal_id: str) -> str:
    """Return a number to be shown to those who need not know it: `19680909-••••`; a pseudonym hides nothing more."""
    if is_pseudonym(personal_id):
        return personal_id
    if _LONG.fullmatch(personal_id):
        return f"{personal_id[:8]}-{_HIDDEN}"
    return personal_id[:2] + _HIDDEN


def is_pseudonym(text: str) -> bool:
    """Tell whether a text is what stands for a number where nobody may see it (`store/veils.py`); no number is."""
    return _PSEUDONYM.fullmatch(text) is not None


def names_pseudonym(text: str) -> bool:
    """Tell whether a pseudonym stands somewhere in a text, in whatever case."""
    return _PSEUDONYM_IN_TEXT.search(text) is not None


def hidden(text: str) -> str:
    """Return a text for people with every personal number in it masked, wherever it stands and with any hyphen.

    Digits with a space between them are one only with the right check digit: they may be a day and a time.
    """
    return _IN_TEXT.sub(lambda found: _HIDDEN if _looks_like_a_number(found[0]) else found[0], text)


def _looks_like_a_number(text: str) -> bool:
    digits = "".join(filter(str.isdigit, text))
    if not _SPACES.isdisjoint(text) and not luhn_holds(digits[-_SHORT_DIGITS:]):
        return False
    return _date(digits if len(digits) == _DIGITS else "20" + digits) is not None


def _century(six: str, sign: str, year: int) -> str:
    born = year - (year - int(six[:2])) % 100 - (100 if sign == "+" else 0)
    return f"{born // 100:02d}"


def _birth_digits(six: str) -> str:
    day = int(six[4:])
    return f"{six[:4]}{day - COORDINATION_DAYS if day > COORDINATION_DAYS else day:02d}"


def _checked(twelve: str) -> str | IdentityFault:
    if _date(twelve) is None or twelve[:2] not in _CENTURIES:
        return IdentityFault.DATE
    return twelve if luhn_holds(twelve[2:]) else IdentityFault.CHECK_DIGIT


def _bare_checked(twelve: str) -> str | IdentityFault:
    """Return `_checked` of digits without a hyphen, which a spreadsheet may have taken for a number and rounded."""
    found = _checked(twelve)
    return IdentityFault.ROUNDED if isinstance(found, IdentityFault) and _ROUNDED.fullmatch(twelve) else found


def _could_be_ten(ten: str) -> bool:
    """Tell whether ten digits have a date in front and their own check digit behind, in some century."""
    return luhn_holds(ten) and any(_date(century + ten) is not None for century in _CENTURIES)


def _damage(text: str) -> IdentityFault:
    """Return what a spreadsheet has most likely done to a number that is none any more."""
    for pattern, fault in _DAMAGES:
        if pattern.fullmatch(text):
            return fault
    if text.startswith(_QUOTES):
        return IdentityFault.QUOTED
    return IdentityFault.BROKEN_UP if _WHOLE.fullmatch(_STRAY.sub("", text)) else IdentityFault.DAMAGED


def _date(twelve: str) -> date | None:
    day = int(twelve[6:8])
    try:
        return date(int(twelve[:4]), int(twelve[4:6]), day - COORDINATION_DAYS if day > COORDINATION_DAYS else day)
    except ValueError:
        return None
