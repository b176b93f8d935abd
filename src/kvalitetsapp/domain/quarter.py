"""A quarter of a year, as the quality agenda is followed up by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

_WRITTEN: Final = re.compile(r"((?:19|20)[0-9]{2})-?[QqKk]([1-4])")
_MONTHS: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, in the order of time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter that a day is in."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @classmethod
    def read(cls, text: str) -> Quarter:
        """Return the quarter that is written as `2026-Q3`.

        Raises:
            InputError: it is no quarter.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise InputError(_("”{text}” är inget kvartal. Skriv till exempel 2026-Q3.").format(text=text))
        return cls(int(found[1]), int(found[2]))

    @property
    def code(self) -> str:
        """Return it as it is written, `2026-Q3`."""
        return f"{self.year}-Q{self.number}"

    @property
    def last_day(self) -> date:
        """Return its last day."""
        after = self.next
        return date(after.year, (after.number - 1) * _MONTHS + 1, 1) - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """Return the quarter after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> Quarter:
        """Return the quarter before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def in_words(self) -> str:
        """Return it as people say it."""
        return _("kvartal {n} {year}").format(n=self.number, year=self.year)
