"""Dates and moments as text: dates read strictly in a stated format and kept as `YYYY-MM-DD`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

ISO_FORMAT: Final = "%Y-%m-%d"
_TO_THE_MINUTE: Final = len("2024-03-31T08:30")
_PARTS: Final = {"Y": r"(?P<Y>[0-9]{4})", "m": r"(?P<m>[0-9]{2})", "d": r"(?P<d>[0-9]{2})"}
_DIRECTIVE: Final = re.compile("%([YmdHMS])")
_TIMES: Final = {"H": r"[0-9]{2}", "M": r"[0-9]{2}", "S": r"[0-9]{2}"}


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A format such as `%Y%m%d`: year, month and day with their zeros, a time of day that is left out."""

    pattern: str
    _expression: re.Pattern[str]

    @classmethod
    def of(cls, pattern: str) -> DateFormat | None:
        """Return the format, None unless it holds `%Y`, `%m` and `%d` once each and beside them only a time."""
        pieces = re.split(r"%(.)", pattern)
        words = pieces[1::2]
        known = {**_PARTS, **_TIMES}
        if not set(words) <= set(known) or sorted(word for word in words if word in _PARTS) != ["Y", "d", "m"]:
            return None
        if any("%" in literal for literal in pieces[0::2]):
            return None
        expression = "".join(known[piece] if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))
        return cls(pattern, re.compile(expression))

    def iso(self, text: str) -> str | None:
        """Return the date as `YYYY-MM-DD`, None where `text` is no calendar date in this format."""
        found = self._expression.fullmatch(text)
        if found is None:
            return None
        try:
            return date(int(found["Y"]), int(found["m"]), int(found["d"])).isoformat()
        except ValueError:
            return None

    def text_of(self, day: date) -> str:
        """Return a date, or a moment, as this format writes it; systems differ in years before 1000, this does not."""
        told = {"Y": f"{day.year:04d}", "m": f"{day.month:02d}", "d": f"{day.day:02d}"}
        for letter, name in (("H", "hour"), ("M", "minute"), ("S", "second")):
            told[letter] = f"{getattr(day, name, 0):02d}"
        return _DIRECTIVE.sub(lambda found: told[found[1]], self.pattern)


def iso_format() -> DateFormat:
    """Return the format of the standard profile."""
    found = DateFormat.of(ISO_FORMAT)
    assert found is not None  # noqa: S101 - a constant of this file
    return found


def this_moment() -> str:
    """Return the moment as it is stored: by the clock on the wall, to the second, with how far that is from UTC."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def to_the_minute(moment: str) -> str:
    """Return a moment as it is stored, `2024-03-31T08:30:15+02:00`, as people read it: `2024-03-31 08:30`."""
    return moment[:_TO_THE_MINUTE].replace("T", " ")
