"""What imports changed in rows that were stored already, read from the history of the rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.records import RecordTable

_CORRECTIONS = """
SELECT h.row_key, h.content,
       (SELECT later.content FROM row_history later WHERE later.table_name = h.table_name
        AND later.row_key = h.row_key AND later.history > h.history ORDER BY later.history LIMIT 1)
FROM row_history h
WHERE h.replaced_by = ? AND +h.table_name = ? AND h.undone_at IS NULL ORDER BY h.history LIMIT ?
"""

Values = tuple[Any, ...]


def corrections(store: Store, table: RecordTable, batch: int, most: int) -> list[tuple[Values, Values, Values]]:
    """Return key, content before and content after of the first rows of a table that an import corrected."""
    found = store.rows(_CORRECTIONS, (batch, table.name, most))
    now = _rows(store, table, [row_id for row_id, _before, _after in found])
    made = []
    for row_id, before, after in found:
        key, content = now.get(row_id, ((), ()))
        if key:
            made.append((key, _content(table, before), content if after is None else _content(table, after)))
    return made


def _rows(store: Store, table: RecordTable, row_ids: list[int]) -> dict[int, tuple[Values, Values]]:
    marks = ", ".join("?" * len(row_ids))
    sql = f"SELECT {table.row_id}, {', '.join(table.columns)} FROM {table.name} WHERE {table.row_id} IN ({marks})"
    width = len(table.key)
    return {row[0]: (row[1 : width + 1], row[width + 1 :]) for row in store.rows(sql, row_ids)}


def _content(table: RecordTable, text: str) -> Values:
    held = json.loads(text)
    return tuple(held.get(name) for name in table.content)
