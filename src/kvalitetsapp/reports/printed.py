"""What a report says apart from its pictures, in reading order, for whoever writes it in another form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.reports.tables import Grid


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A paragraph, a line of a list, or what a `word` means."""

    chapter: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as it stands on paper; `place` is the heading nearest above it, `notes` are (mark, text)."""

    number: int
    chapter: str
    place: str
    caption: str
    grid: Grid
    notes: tuple[tuple[str, str], ...]


Printed = PrintedText | PrintedTable
