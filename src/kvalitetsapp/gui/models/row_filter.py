"""Which rows of a table to show: column filters and a free text, decided once per distinct value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.gui.models.table_model import TableModel


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """Rows whose value in `column` is one of `values`, or with `exclude` none of them."""

    column: str
    values: frozenset[Value]
    exclude: bool = False


def matching_rows(model: TableModel, filters: tuple[ColumnFilter, ...], text: str) -> list[int] | None:
    """Return the source rows that pass every filter and hold every word of `text`; None where nothing filters."""
    words = text.casefold().split()
    if not filters and not words:
        return None
    rows = list(range(len(model.table.rows)))
    for one in filters:
        rows = _passing(model, one, rows)
    for searched in words:
        rows = _holding(model, searched, rows)
    return rows


def describe(model: TableModel, one: ColumnFilter) -> str:
    """Return a filter as its chip says it: `Status: Föreslagen, Tvetydig`."""
    column = model.table.names().index(one.column)
    render = model.renderer(column)
    shown = ", ".join(sorted(render(value) or _("(tomt)") for value in one.values))
    heading = _(model.table.columns[column].heading)
    pattern = _("{heading}: inte {values}") if one.exclude else _("{heading}: {values}")
    return pattern.format(heading=heading, values=shown)


def _passing(model: TableModel, one: ColumnFilter, rows: list[int]) -> list[int]:
    names = model.table.names()
    if one.column not in names:
        return rows
    column, table = names.index(one.column), model.table.rows
    return [row for row in rows if (table[row][column] in one.values) is not one.exclude]


def _holding(model: TableModel, searched: str, rows: list[int]) -> list[int]:
    left, found, table = rows, set[int](), model.table.rows
    for column in range(len(model.table.columns)):
        render = model.renderer(column)
        values = {table[row][column] for row in left}
        hits = {value for value in values if searched in render(value).casefold()}
        if hits:
            found.update(row for row in left if table[row][column] in hits)
            left = [row for row in left if table[row][column] not in hits]
    return [row for row in rows if row in found]
