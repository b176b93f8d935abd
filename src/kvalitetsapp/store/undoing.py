"""Giving back what an import corrected and taking out what it added, with everything that went kept to be read."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.undo import RowCount
from kvalitetsapp.store import imported_tables, links
from kvalitetsapp.store.imported_tables import DECIDED, IDENTITIES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.imported_tables import Reference
    from kvalitetsapp.store.records import RecordTable

_AT_A_TIME: Final = 5_000
# A plus keeps SQLite from an index that would be read through for every row.
_FIRST_OF_EACH_ROW: Final = (
    "SELECT history, row_key, content, previous_batch FROM row_history h WHERE +table_name = ? AND replaced_by = ? "
    "AND undone_at IS NULL AND history > ? AND NOT EXISTS (SELECT 1 FROM row_history earlier WHERE "
    "earlier.table_name = h.table_name AND earlier.row_key = h.row_key AND +earlier.replaced_by = h.replaced_by "
    "AND earlier.undone_at IS NULL AND +earlier.history < h.history) ORDER BY history LIMIT ?"
)


def keep_rows(store: Store, batch: int) -> None:
    """Keep everything that carries the import, as it stands, before any of it is changed."""
    for table in TABLES:
        _keep(store, batch, table.name, table.row_id, "batch = ?", (batch,))


def give_back(store: Store, table: RecordTable, batch: int) -> Iterator[int]:
    """Let corrected rows hold again what they held before the import; tells how many at a time."""
    last = 0
    while entries := store.rows(_FIRST_OF_EACH_ROW, (table.name, batch, last, _AT_A_TIME)):
        last = entries[-1][0]
        given = [entry[1:] for entry in entries if entry[3] != batch]
        _write_back(store, table, given)
        yield len(given)


def note_history_undone(store: Store, batch: int) -> None:
    """Mark the corrections of the import as undone: they say no more what a row held before."""
    store.write(
        "UPDATE row_history SET undone_at = ? WHERE replaced_by = ? AND undone_at IS NULL", (this_moment(), batch)
    )


def forget_meaning(store: Store, batch: int) -> None:
    """Forget what the verdicts of the import, new or corrected, were taken to mean."""
    store.write("DELETE FROM pins WHERE verdict IN (SELECT verdict FROM verdicts WHERE batch = ?)", (batch,))


def give_back_meaning(store: Store, batch: int) -> None:
    """Let verdicts that the import corrected mean again what they were taken to mean before it."""
    told = ", ".join(f"json_extract(content, '$.{name}') AS {name}" for name in links.PIN_COLUMNS)
    columns = ", ".join(links.PIN_COLUMNS)
    episodes = " AND ".join(
        f"(p.{name} IS NULL OR p.{name} IN (SELECT episode FROM episodes))"
        for name in ("episode", "index_episode", "proposed_episode")
    )
    store.write(
        f"INSERT OR REPLACE INTO pins ({columns}) SELECT {columns} FROM "
        f"(SELECT {told} FROM row_history WHERE table_name = 'pins' AND replaced_by = ? AND undone_at IS NULL) p "
        f"WHERE p.verdict IN (SELECT verdict FROM verdicts) AND {episodes}",
        (batch,),
    )


def forget_drafts(store: Store, batch: int) -> int:
    """Take away unfinished answers on events of episodes that go, and tell how many."""
    gone = "episode IN (SELECT episode FROM episodes WHERE batch = ?)"
    drafts = int(store.value(f"SELECT count(*) FROM review_drafts WHERE {gone}", (batch,)))
    if drafts:
        _keep(store, batch, "review_drafts", "episode", gone, (batch,))
        store.write(f"DELETE FROM review_drafts WHERE {gone}", (batch,))
    return drafts


def forget_pins(store: Store, batch: int) -> None:
    """Let decisions that were taken on an operation, or against a proposal, that goes be looked at again.

    A verdict of an earlier import was taken to mean something of this one when this one came: it is to be read anew.
    """
    gone = "(SELECT episode FROM episodes WHERE batch = ?)"
    earlier = "verdict IN (SELECT verdict FROM verdicts WHERE batch < ?)"
    store.write(f"DELETE FROM pins WHERE episode IN {gone}", (batch,))
    for column in ("index_episode", "proposed_episode"):
        store.write(f"DELETE FROM pins WHERE {column} IN {gone} AND {earlier}", (batch, batch))
        # No event is ever linked to an operation of its own episode, so this is never what is proposed today.
        store.write(f"UPDATE pins SET {column} = episode WHERE {column} IN {gone}", (batch,))


def take_out(store: Store, batch: int) -> tuple[RowCount, ...]:
    """Take out the rows that carry the import and those out of effect that refer to them, and tell how many."""
    removed = []
    references = imported_tables.references(store)
    with _indexed(store, batch):
        for table in (*DECIDED, *TABLES):  # a decision's row goes before the verdict that it refers to
            for reference in references:
                if reference.table == table.name and reference.target != IDENTITIES and reference.condition != "1":
                    _take_out_of_effect(store, table, reference, batch)
        for table in reversed(TABLES):
            rows = int(store.value(f"SELECT count(*) FROM {table.name} WHERE batch = ?", (batch,)))
            if rows:
                store.write(f"DELETE FROM {table.name} WHERE batch = ?", (batch,))
                removed.append(RowCount(table.name, rows))
    return tuple(reversed(removed))


def forget_identities(store: Store, batch: int) -> int:
    """Take away identities that no row refers to and no correction could give back, and tell how many."""
    used = []
    for one in imported_tables.references(store):
        if one.target == IDENTITIES:
            used.append(f"SELECT {one.column} FROM {one.table} WHERE {one.column} IS NOT NULL")
            if one.is_content:
                used.append(
                    f"SELECT json_extract(content, '$.{one.column}') FROM row_history "
                    f"WHERE table_name = '{one.table}' AND undone_at IS NULL "
                    f"AND json_extract(content, '$.{one.column}') IS NOT NULL"
                )
    unused = f"identity NOT IN ({' UNION ALL '.join(used)})"
    rows = int(store.value(f"SELECT count(*) FROM identities WHERE {unused}"))
    if rows:
        _keep(store, batch, IDENTITIES, "identity", unused, ())
        store.write(f"DELETE FROM identities WHERE {unused}")
    return rows


def _write_back(store: Store, table: RecordTable, given: list[tuple[int, str, int | None]]) -> None:
    """Write contents as the history has them; a column that the history does not know keeps its value."""
    shapes: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row_id, text, previous in given:
        content = json.loads(text)
        shape = tuple(name for name in table.content if name in content)
        shapes.setdefault(shape, []).append((*(content[name] for name in shape), previous, row_id))
    for shape, rows in shapes.items():
        sets = ", ".join(f"{name} = ?" for name in (*shape, "batch"))
        store.write_many(f"UPDATE {table.name} SET {sets} WHERE {table.row_id} = ?", rows)


def _take_out_of_effect(store: Store, table: RecordTable, reference: Reference, batch: int) -> None:
    """Take out rows that are no longer in effect, such as withdrawn verdicts; their corrections go with them."""
    rows = (
        f"SELECT r.{table.row_id} FROM {table.name} r WHERE r.{reference.column} IN "
        f"(SELECT {reference.target_column} FROM {reference.target} WHERE batch = ?) "
        f"AND NOT ({reference.condition}) AND {reference.batch} IS NOT ?"
    )
    where, parameters = f"{table.row_id} IN ({rows})", (batch, batch)
    _keep(store, batch, table.name, table.row_id, where, parameters)
    store.write(
        f"UPDATE row_history SET undone_at = ? WHERE table_name = '{table.name}' AND undone_at IS NULL "
        f"AND row_key IN ({rows})",
        (this_moment(), *parameters),
    )
    store.write(f"DELETE FROM {table.name} WHERE {where}", parameters)


def _keep(store: Store, batch: int, table: str, row_id: str, where: str, parameters: tuple[object, ...]) -> None:
    columns = [name for (name,) in store.rows("SELECT name FROM pragma_table_info(?)", (table,))]
    content = ", ".join(f"'{name}', {name}" for name in columns)
    store.write(
        f"INSERT INTO undone_rows (batch, table_name, row_key, content) "
        f"SELECT ?, '{table}', {row_id}, json_object({content}) FROM {table} WHERE {where}",
        (batch, *parameters),
    )


@contextlib.contextmanager
def _indexed(store: Store, batch: int) -> Iterator[None]:
    """Keep indexes on the columns that refer to rows on their way out, for as long as they go.

    For every row that goes SQLite looks for rows that refer to it, through the whole table where no index helps. After
    a failure the transaction takes the indexes back.
    """
    made = []
    for one in imported_tables.references(store):
        going = one.target != IDENTITIES and store.value(
            f"SELECT 1 FROM {one.target} WHERE batch = ? LIMIT 1", (batch,)
        )
        if going and not _has_index(store, one.table, one.column):
            made.append(f"undo_{one.table}_{one.column}")
            store.write(f"CREATE INDEX {made[-1]} ON {one.table} ({one.column})")
    yield
    for name in made:
        store.write(f"DROP INDEX {name}")


def _has_index(store: Store, table: str, column: str) -> bool:
    sql = (
        "SELECT 1 FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i "
        "WHERE i.seqno = 0 AND i.name = ? AND l.partial = 0"
    )
    return store.value(sql, (table, column)) is not None
