"""Which rows of a table to show: column filters and a free text, decided once per distinct value."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.gui.models.table_model import TableModel

    Shown = dict[int, dict[Value, str]]  # what values are shown as, by column

BLOCK: Final = 1000  # rows, some ten milliseconds
REMEMBERED: Final = 50_000  # texts of a column; more are made again rather than kept


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """Rows whose value in `column` is one of `values`, or with `exclude` none of them."""

    column: str
    values: frozenset[Value]
    exclude: bool = False


class Search:
    """Looks for the rows that pass every filter and hold every word of a text, a block at a time.

    A search that asks for more than an earlier one of the same table looks only among the rows that one found.
    """

    def __init__(
        self, model: TableModel, filters: tuple[ColumnFilter, ...], text: str, earlier: Search | None = None
    ) -> None:
        self._model = model
        self._table = model.table
        self._filters = filters
        self._words = text.casefold().split()
        self._shown: Shown = {}
        self._among: Sequence[int] = range(len(model.table.rows))
        if earlier is not None and earlier.is_done and self._narrows(earlier):
            self._among, self._shown = earlier.rows, earlier._shown  # noqa: SLF001 - its own kind
        self._looked_at = 0
        self.rows: list[int] = []

    @property
    def filters_nothing(self) -> bool:
        """Tell whether every row is asked for."""
        return not self._filters and not self._words

    @property
    def is_done(self) -> bool:
        """Tell whether every row has been looked at."""
        return self.filters_nothing or self._looked_at >= len(self._among)

    @property
    def done(self) -> float:
        """Return how much has been looked at, as a fraction."""
        return self._looked_at / len(self._among) if self._among else 1.0

    def look(self, seconds: float) -> bool:
        """Look for as long as that, at least at one block; tell whether all has been looked at."""
        until = time.monotonic() + seconds
        while not self.is_done:
            self._look_at_block()
            if time.monotonic() >= until:
                break
        return self.is_done

    def _look_at_block(self) -> None:
        rows = list(self._among[self._looked_at : self._looked_at + BLOCK])
        self._looked_at += len(rows)
        for one in self._filters:
            rows = _passing(self._model, one, rows)
        for searched in self._words:
            rows = _holding(self._model, searched, rows, self._shown)
        self.rows.extend(rows)

    def _narrows(self, earlier: Search) -> bool:
        same = self._table is earlier._table and self._filters == earlier._filters
        held = all(any(old in new for new in self._words) for old in earlier._words)
        return same and held and not earlier.filters_nothing


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


def _holding(model: TableModel, searched: str, rows: list[int], shown: Shown) -> list[int]:
    left, found, table = rows, set[int](), model.table.rows
    for column in range(len(model.table.columns)):
        texts = shown.setdefault(column, {})
        values = {table[row][column] for row in left}
        if len(texts) > REMEMBERED:
            texts.clear()
        render = model.renderer(column)
        texts.update((value, render(value).casefold()) for value in values if value not in texts)
        hits = {value for value in values if searched in texts[value]}
        if hits:
            found.update(row for row in left if table[row][column] in hits)
            left = [row for row in left if table[row][column] not in hits]
    return [row for row in rows if row in found]
