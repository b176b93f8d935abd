"""A million episodes in a view, read a block at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import facts, identity
from kvalitetsapp.domain.episode import CODE_COLUMNS, EPISODES
from kvalitetsapp.domain.table import Row
from kvalitetsapp.gui.models.block_model import BLOCK, BlockModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.gui.models.block_model import AnyIndex

__all__ = ["BLOCK", "EpisodesModel"]

_IDENTITY: Final = [column.name for column in EPISODES].index("personal_id")
_CODES: Final = frozenset(place for place, column in enumerate(EPISODES) if column.name in CODE_COLUMNS)


class EpisodesModel(BlockModel[Row]):
    """Rows of `EPISODES`, personal numbers masked; the latest stays first."""

    first_sort = ("admitted", True)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(EPISODES, parent)
        self._tables: CodeTables | None = None

    def set_code_tables(self, tables: CodeTables) -> None:
        """Give codes their titles."""
        self._tables = tables

    def row_of_item(self, item: Row) -> Row:
        """Return the row, which is what the store gives."""
        return item

    def texts_of_item(self, item: Row) -> tuple[str, ...]:
        """Return what is shown of a row."""
        texts = super().texts_of_item(item)
        return (*texts[:_IDENTITY], identity.masked(str(item[_IDENTITY])), *texts[_IDENTITY + 1 :])

    def number_at(self, index: AnyIndex) -> str:
        """Return the personal number of a row, unmasked, "" where the row is not there yet."""
        row = self.item(index.row())
        return "" if row is None else str(row[_IDENTITY])

    def tip(self, row: int, column: int) -> str:
        """Return a cell's text, the titles of codes with it."""
        if column in _CODES and self._tables is not None:
            return "\n".join(facts.titled(code, self._tables) for code in self.text(row, column).split())
        return super().tip(row, column)
