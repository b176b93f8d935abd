"""Copying to other programs, above all Excel, without damaging what looks like a number and is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Value
from kvalitetsapp.gui import clipboard
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.gui.models.table_model import TableModel

# What a spreadsheet would turn into a number, lose zeros of, or run as a formula.
_DAMAGED: Final = re.compile(r"^(?:[=+\-@].*|[\d\s.,]+(?:[eE]\d+)?)$")


def copy_as_text(model: TableModel, rows: Sequence[int], columns: Sequence[int]) -> None:
    """Put source `rows` on the clipboard as tab-separated text under their headings."""
    specs = model.table.columns
    lines = ["\t".join(_(specs[column].heading) for column in columns)]
    for row in rows:
        values = model.row_values(row)
        lines.append("\t".join(_cell(model, row, column, specs[column], values[column]) for column in columns))
    clipboard.put_text("\n".join(lines) + "\n")


def _cell(model: TableModel, row: int, column: int, spec: Column, value: Value) -> str:
    match spec.kind:
        case Kind.INTEGER | Kind.MONEY | Kind.RATE:
            return _plain_number(spec.kind, value)
        case Kind.DATE:
            return str(value or "")
        case Kind.DECIMAL:
            return str(value or "").replace(".", ",")
        case _:
            return _plain_text(model.text(row, column))


def _plain_number(kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if kind is Kind.MONEY:
        whole, rest = divmod(abs(int(value)), 100)
        return f"{'-' if int(value) < 0 else ''}{whole},{rest:02d}"
    return f"{float(value):.6f}".replace(".", ",") if kind is Kind.RATE else str(value)


def _plain_text(text: str) -> str:
    """Return text that stays text: `="00123"` is how spreadsheets are told so."""
    plain = " ".join(text.split())
    return '="' + plain.replace('"', '""') + '"' if _DAMAGED.match(plain) else plain
