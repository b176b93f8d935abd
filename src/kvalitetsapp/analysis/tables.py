"""Frames turned into tables: the columns of a specification, plain values, ready to show or write."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.table import Column, Kind, Row, Table, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def table(found: pd.DataFrame, columns: Sequence[Column]) -> Table:
    """Return the named columns of a frame as a table, in the frame's order."""
    values = (_values(column.kind, frames.plain(found[column.name])) for column in columns)
    rows: list[Row] = list(zip(*values, strict=True))
    return Table(tuple(columns), rows)


def _values(kind: Kind, cells: list[Any]) -> list[Value]:
    if kind in (Kind.TEXT, Kind.CODE, Kind.DATE):
        return ["" if cell is None else str(cell) for cell in cells]
    if kind is Kind.DECIMAL:
        return ["" if cell is None else f"{cell:.2f}" for cell in cells]
    if kind is Kind.RATE:
        return [None if cell is None or math.isnan(cell) else float(cell) for cell in cells]
    return [cell if cell is None or type(cell) is int else _number(cell) for cell in cells]


def _number(cell: Any) -> Value:  # noqa: ANN401 - a frame's cell
    return int(cell) if float(cell).is_integer() else float(cell)
