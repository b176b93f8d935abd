"""What a workbook's cell says as text, so that it can be read as if it had stood in a text file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MIDNIGHT: Final = time(0, 0)
_EXACT: Final = 1e15
"""From here on a number has more digits than a spreadsheet keeps."""


def text_of(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """Return the text of a cell: numbers with all of their fifteen digits and no more, dates as `2024-05-01`.

    A number so large that the spreadsheet has lost digits of it keeps its exponent, which no reader takes for an
    identity number or an amount.
    """
    return value if type(value) is str else _WRITERS[type(value)](value)


def _number(value: float) -> str:
    if -_EXACT < value < _EXACT:
        whole = int(value)
        if whole == value:
            return str(whole)
        text = format(value, ".15g")
        return text if "e" not in text else format(Decimal(text), "f")
    return format(value, ".15G")


def _moment(value: datetime) -> str:
    if value.time() == _MIDNIGHT:
        return value.date().isoformat()
    return value.isoformat(" ", "seconds")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"


def _hours(value: time) -> str:
    return value.isoformat("seconds")


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    int: str,
    float: _number,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: date.isoformat,
    time: _hours,
    timedelta: _duration,
}


def column_letters(place: int) -> str:
    """Return how a spreadsheet names a column, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
