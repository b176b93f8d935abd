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
    plain = frames.rows(found, [column.name for column in columns])
    kinds = [column.kind for column in columns]
    rows: list[Row] = [tuple(_value(kind, cell) for kind, cell in zip(kinds, row, strict=True)) for row in plain]
    return Table(tuple(columns), rows)


def _value(kind: Kind, cell: Any) -> Value:  # noqa: ANN401 - a frame's cell
    if kind in (Kind.TEXT, Kind.CODE, Kind.DATE):
        return "" if cell is None else str(cell)
    if kind is Kind.DECIMAL:
        return "" if cell is None else f"{cell:.2f}"
    if cell is None:
        return None
    if kind is Kind.RATE:
        return None if math.isnan(cell) else float(cell)
    return int(cell) if float(cell).is_integer() else float(cell)
