"""The review queue in a view, read a block at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.review_queue import BY_PRIORITY, COLUMNS, QUEUE, QueueEntry
from kvalitetsapp.gui.models.block_model import BlockModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.gui.models.block_model import AnyIndex
    from kvalitetsapp.services.review_queue import QueueView

_IDENTITY: Final = COLUMNS.index("personal_id")


class ReviewQueueModel(BlockModel[QueueEntry]):
    """Events under the columns of `QUEUE`, personal numbers masked; the most urgent first."""

    first_sort = (BY_PRIORITY, True)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(QUEUE, parent)
        self.today = date.min

    def set_queue(self, found: QueueView) -> None:
        """Show what was found, as urgent as it is on that day."""
        self.today = found.today
        self.set_keys(found.keys, found.block, found.entries, found.rows)

    def row_of_item(self, item: QueueEntry) -> Row:
        """Return an event under the columns."""
        return item.row(self.today)

    def texts_of_item(self, item: QueueEntry) -> tuple[str, ...]:
        """Return what is shown of an event."""
        texts = super().texts_of_item(item)
        return (*texts[:_IDENTITY], identity.masked(item.personal_id), *texts[_IDENTITY + 1 :])

    def number_at(self, index: AnyIndex) -> str:
        """Return the personal number of a row, unmasked, "" where the row is not there yet."""
        found = self.item(index.row())
        return "" if found is None else found.personal_id
