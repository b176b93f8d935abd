"""Files as the wizard sees them, made by hand: columns from their values alone."""

from __future__ import annotations

from collections import Counter

from kvalitetsapp.domain.inspection import Asked, ColumnSeen, FileSeen, Looks, Question


def column(
    place: int, header: str, values: list[str], looks: Looks = Looks.TEXT, formats: tuple[str, ...] = ()
) -> ColumnSeen:
    """Return a column with these values in as many rows."""
    filled = [value for value in values if value]
    counts = tuple(Counter(filled).most_common())
    return ColumnSeen(place, header, len(filled), len(values) - len(filled), len(counts), counts, looks, formats)


def file(columns: dict[str, tuple[Looks, list[str]]], formats: dict[str, tuple[str, ...]] | None = None) -> FileSeen:
    """Return a file with these columns; those with more than one date format are asked about."""
    stated = formats or {}
    made = tuple(
        column(place, header, values, looks, stated.get(header, ()))
        for place, (header, (looks, values)) in enumerate(columns.items())
    )
    rows = max((len(values) for _looks, values in columns.values()), default=0)
    preview = tuple(
        (row + 2, tuple(values[row] if row < len(values) else "" for _looks, values in columns.values()))
        for row in range(rows)
    )
    questions = tuple(
        Question(Asked.DATE_FORMAT, header, choices) for header, choices in stated.items() if len(choices) > 1
    )
    return FileSeen("uttag.csv", "csv", 100, rows, "utf-8", ";", (), "", 1, made, preview, questions)
