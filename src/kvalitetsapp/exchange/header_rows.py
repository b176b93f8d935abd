"""Where a table begins: which delimiter its fields have, and which row holds its headers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.exchange.csv_reading import CsvFile

BEGINNING: Final = 1_000
"""Rows that are looked at: enough to see past titles and the odd broken row."""

DELIMITERS: Final = (";", "\t", ",", "|")
_MOSTLY: Final = 0.8
_LATEST: Final = 100
_UNDER: Final = 50
_VALUE: Final = re.compile(r"[-+\u2212]?[0-9][0-9 \u00a0.,:/T-]*|#[A-Z0-9/]+[!?]?")


def delimiter_of(file: CsvFile) -> str:
    """Return the delimiter that gives most fields in nearly every record, `;` where there is but one field.

    Raises:
        InputError: the file cannot be read with any.
    """
    usual, best, chosen, broken = file.delimiter, (False, 0.0), "", None
    for sign in DELIMITERS:
        file.delimiter = sign
        try:
            widths = Counter(len(record) for _row, record in file.beginning(BEGINNING) if record)
        except InputError as fault:
            broken = broken or fault
            continue
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        share = times / max(1, widths.total())
        score = (share >= _MOSTLY and width > 1, (width - 1) * share)
        if score > best:
            best, chosen = score, sign
    file.delimiter = chosen or usual
    if broken and not chosen:
        raise broken
    return file.delimiter


def header_row_of(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Return the first row of distinct names whose width the rows under it keep to, else the first with any text."""
    filled = [(number, *_span(row)) for number, row in rows if any(map(str.strip, row))]
    for place, (number, first, names) in enumerate(filled[:_LATEST]):
        under = filled[place + 1 : place + 1 + _UNDER]
        within = [1 for _row, start, values in under if start >= first and start + len(values) <= first + len(names)]
        if _are_names(names) and len(within) >= _MOSTLY * len(under):
            return number
    return filled[0][0] if filled else 1


def _span(row: Sequence[str]) -> tuple[int, list[str]]:
    """Return where the row's first text stands, and the texts from there to its last."""
    places = [place for place, text in enumerate(row) if text.strip()]
    return places[0], [text.strip() for text in row[places[0] : places[-1] + 1]]


def _are_names(names: Sequence[str]) -> bool:
    values = sum(1 for name in names if _VALUE.fullmatch(name))
    return all(names) and len(set(names)) == len(names) and values * 2 < len(names)
