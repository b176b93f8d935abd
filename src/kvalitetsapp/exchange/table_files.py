"""Tables as text for other programs: the command line's CSV and JSON (data contract, section 3)."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Kind, Value

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table, *, for_spreadsheets: bool = False) -> str:
    """Return a table as CSV: `;`, a header, lines that end with a line feed, nothing as an empty field.

    `for_spreadsheets` puts an apostrophe before a text that a spreadsheet would take for a formula.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(table.names())
    kinds = [column.kind for column in table.columns]
    field = _guarded_field if for_spreadsheets else _field
    writer.writerows([field(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in table.rows)
    return text.getvalue()


def as_json(table: Table) -> str:
    """Return a table as a JSON array of objects: rates with six decimals, amounts in SEK, nothing as null."""
    kinds = [column.kind for column in table.columns]
    names = table.names()
    rows = [
        {name: _json_value(kind, value) for name, kind, value in zip(names, kinds, row, strict=True)}
        for row in table.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _field(kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if kind is Kind.MONEY:
        return _sek(int(value))
    if kind is Kind.RATE:
        return f"{float(value):.6f}"
    return str(value)


def _guarded_field(kind: Kind, value: Value) -> str:
    text = _field(kind, value)
    return f"'{text}" if kind is Kind.TEXT and text.startswith(_FORMULA) else text


def _json_value(kind: Kind, value: Value) -> Value:
    if kind is Kind.MONEY and value is not None:
        return float(_sek(int(value)))
    if kind is Kind.RATE and value is not None:
        return round(float(value), 6)
    return value


def _sek(ore: int) -> str:
    whole, rest = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole}.{rest:02d}"
