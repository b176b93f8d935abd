"""Whose care an import changed, as it was and as it is: those are the ones to be linked anew.

A row that an import added stands after all that were there before, so that the rows of the latest imports are found
from the end of a table; a row that it corrected is found by what the history keeps of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store

_OF_EPISODE: Final = "(SELECT identity FROM episodes WHERE episode = {})"
# The tables that links rest on: row id, whose a row is, and whose a row was by what the history holds (`content`).
_TABLES: Final = {
    "episodes": ("episode", ("r.identity",), ("json_extract(h.content, '$.identity')",)),
    "procedure_details": ("detail", (_OF_EPISODE.format("r.episode"),), ()),
    "procedure_lines": ("procedure_line", (_OF_EPISODE.format("r.episode"),), ()),
    "aliases": ("alias", ("r.identity", "r.same_as"), ("json_extract(h.content, '$.same_as')",)),
    "verdicts": (
        "verdict",
        (_OF_EPISODE.format("r.episode"), _OF_EPISODE.format("r.index_episode")),
        (_OF_EPISODE.format("json_extract(h.content, '$.index_episode')"),),
    ),
}


def of_latest(store: Store, batches: Sequence[int]) -> set[int]:
    """Return the identities that the latest imports touched; nothing has been imported after them."""
    numbers = json.dumps(list(batches))
    found: set[int | None] = set()
    for name, (row_id, holders, before) in _TABLES.items():
        theirs = "(SELECT value FROM json_each(?1))"
        last = (
            f"SELECT {row_id} FROM {name} WHERE batch IS NULL OR batch NOT IN {theirs} ORDER BY {row_id} DESC LIMIT 1"
        )
        history = f"row_history h WHERE h.replaced_by IN {theirs} AND +h.table_name = '{name}'"
        for holder in holders:
            added = f"SELECT DISTINCT {holder} FROM {name} r WHERE r.{row_id} > coalesce(({last}), 0)"
            corrected = f"SELECT DISTINCT {holder} FROM {name} r WHERE r.{row_id} IN (SELECT h.row_key FROM {history})"
            found.update(one for sql in (added, corrected) for (one,) in store.rows(sql, (numbers,)))
        for holder in before:
            found.update(one for (one,) in store.rows(f"SELECT DISTINCT {holder} FROM {history}", (numbers,)))
    return {one for one in found if one is not None}


def corrected_a_provider(store: Store, batches: Sequence[int]) -> bool:
    """Tell whether one of the imports corrected a provider."""
    marks = ", ".join("?" * len(batches))
    sql = f"SELECT 1 FROM row_history WHERE replaced_by IN ({marks}) AND +table_name = 'providers' LIMIT 1"
    return store.value(sql, batches) is not None


def number_of_identities(store: Store) -> int:
    """Return about how many identities there are: the latest one's number."""
    return int(store.value("SELECT coalesce(max(identity), 0) FROM identities"))
