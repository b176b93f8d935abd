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
_IN_TEXT: Final = re.compile(r"(?<![0-9])(?:18|19|20)?[0-9]{6}[-+]?[0-9]{4}(?![0-9])")
_RESERVE: Final = re.compile(r"[0-9A-Za-zÅÄÖåäö]{6,15}")
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_PAIRS: Final = {f"{first}{second}": _DOUBLED[first] + second for first in range(10) for second in range(10)}
_HIDDEN: Final = "••••"


class IdentityFault(Enum):
    """Why a text is no identity number."""

    DATE = "bad_identity_date"
    CHECK_DIGIT = "bad_check_digit"
    DAMAGED = "damaged_identity"


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
        return _checked(delivered if len(delivered) == _DIGITS else "".join(long.groups()))
    if short := _SHORT.fullmatch(delivered):
        return _checked(_century(short[1], short[2], int(on[:4])) + short[1] + short[3])
    return delivered.upper() if _RESERVE.fullmatch(delivered) else IdentityFault.DAMAGED


def canonical_of_born(delivered: str, born: str, on: str) -> str | IdentityFault:
    """Return `canonical`, but let a known birth date (ISO) that fits a ten-digit number tell the century."""
    short = _SHORT.fullmatch(delivered)
    if short and born[2:].replace("-", "") == _birth_digits(short[1]):
        return _checked(born[:2] + short[1] + short[3])
    return canonical(delivered, on)


def birth_date(personal_id: str) -> date | None:
    """Return the birth date that a canonical number tells, None for a reservnummer."""
    return _date(personal_id) if _LONG.fullmatch(personal_id) else None


def sex(personal_id: str) -> Sex | None:
    """Return the legal sex that a canonical number tells, None for a reservnummer."""
    if not _LONG.fullmatch(personal_id):
        return None
    return Sex.MALE if int(personal_id[10]) % 2 else Sex.FEMALE


def masked(personal_id: str) -> str:
    """Return a number to be shown to those who need not know it: `19680909-••••`."""
    if _LONG.fullmatch(personal_id):
        return f"{personal_id[:8]}-{_HIDDEN}"
    return personal_id[:2] + _HIDDEN


def hidden(text: str) -> str:
    """Return a text for people with every personal number in it masked, wherever it stands."""
    return _IN_TEXT.sub(lambda found: _HIDDEN if _looks_like_a_number(found[0]) else found[0], text)


def _looks_like_a_number(text: str) -> bool:
    digits = text.replace("-", "").replace("+", "")
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


def _date(twelve: str) -> date | None:
    day = int(twelve[6:8])
    try:
        return date(int(twelve[:4]), int(twelve[4:6]), day - COORDINATION_DAYS if day > COORDINATION_DAYS else day)
    except ValueError:
        return None
