"""Waiting lists as packed columns: made from their rows in the transaction that changes them, and read all at once.

A list is known by the imports that its rows carry (`made_of`): every change of a row gives it another import, so a
list whose imports are others than its rows' is not what was packed. Then the rows are read instead.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.packed_list import PackedColumn, PackedList

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kvalitetsapp.store.connection import Store

    Place = tuple[str, str]

_FORM: Final = 1
_COLUMNS: Final = (*packed_list.WORDS, "entry_id", "waiting_entry", "identity", "decided_on", "planned_on", "batch")
_ROWS: Final = f"SELECT {', '.join(_COLUMNS)} FROM waiting_entries WHERE source = ? AND snapshot_on = ?"
_PACK: Final = "SELECT entries, made_of, vocabularies, packed FROM waiting_packs WHERE source = ? AND snapshot_on = ?"
# SQLite goes through an index from value to value, past all equal ones, as long as each asks for the least above.
_PLACES: Final = """
WITH RECURSIVE sources (source) AS (
    SELECT min(source) FROM waiting_entries
    UNION ALL SELECT (SELECT min(source) FROM waiting_entries WHERE source > s.source) FROM sources s
    WHERE s.source IS NOT NULL
), places (source, day) AS (
    SELECT source, (SELECT min(snapshot_on) FROM waiting_entries e WHERE e.source = s.source) FROM sources s
    WHERE source IS NOT NULL
    UNION ALL SELECT source, (SELECT min(snapshot_on) FROM waiting_entries e
        WHERE e.source = p.source AND e.snapshot_on > p.day) FROM places p
    WHERE p.day IS NOT NULL)
SELECT source, day FROM places WHERE day IS NOT NULL
"""
_BATCHES: Final = """
WITH RECURSIVE standing (batch) AS (
    SELECT min(batch) FROM waiting_entries
    UNION ALL SELECT (SELECT min(batch) FROM waiting_entries WHERE batch > s.batch) FROM standing s
    WHERE s.batch IS NOT NULL)
SELECT batch FROM standing WHERE batch IS NOT NULL
"""


def touched_by(store: Store, batch: int) -> list[Place]:
    """Return the lists, by source and day, that have rows of an import."""
    return store.rows("SELECT DISTINCT source, snapshot_on FROM waiting_entries WHERE batch = ?", (batch,))


def make(store: Store, places: Iterable[Place]) -> None:
    """Pack lists anew, inside a transaction; one that has no rows any more has no pack."""
    for source, day in places:
        store.write("DELETE FROM waiting_packs WHERE source = ? AND snapshot_on = ?", (source, day))
        packed = _of_rows(store, source, day)
        if packed.entries:
            vocabularies, blob = _written(packed)
            store.write(
                "INSERT INTO waiting_packs (source, snapshot_on, entries, made_of, vocabularies, packed) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (source, day, packed.entries, packed.made_of, vocabularies, blob),
            )


def stale(store: Store) -> list[Place]:
    """Return the lists that have no pack, or another than their rows; packs without rows too."""
    made = {(source, day): made_of for source, day, made_of in _made(store)}
    places = {(source, day) for source, day in store.rows(_PLACES)}
    standing = {batch for (batch,) in store.rows(_BATCHES)}
    of_packs = {place: imports_of(made_of) for place, made_of in made.items()}
    old = (places ^ made.keys()) | {place for place, batches in of_packs.items() if not batches <= standing}
    for batch in standing - set().union(*of_packs.values()):
        old.update(touched_by(store, batch))
    return sorted(old)


def marks(store: Store, old: Collection[Place]) -> dict[Place, str]:
    """Return what every list is made of; of those whose packs are stale (`old`) it is not known: ""."""
    made = {(source, day): made_of for source, day, made_of in _made(store)}
    return {(source, day): "" if (source, day) in old else made[source, day] for source, day in store.rows(_PLACES)}


def read(store: Store, places: Iterable[Place], old: Collection[Place]) -> Iterator[PackedList]:
    """Return lists: from their packs, or from their rows where those are stale (`old`)."""
    for source, day in places:
        if (source, day) in old:
            yield _of_rows(store, source, day)
        else:
            ((entries, made_of, vocabularies, blob),) = store.rows(_PACK, (source, day))
            yield PackedList(source, date.fromisoformat(day), entries, made_of, _columns(vocabularies, blob))


def _made(store: Store) -> list[tuple[str, str, str]]:
    return store.rows("SELECT source, snapshot_on, made_of FROM waiting_packs")


def imports_of(made_of: str) -> set[int]:
    """Return the imports that a list is made of (`PackedList.made_of`); of one in another form it is not known."""
    form, _colon, batches = made_of.partition(":")
    return {int(batch) for batch in batches.split(",")} if form == str(_FORM) else {-1}


def _of_rows(store: Store, source: str, day: str) -> PackedList:
    columns = store.columns(_ROWS, _COLUMNS, (source, day))
    entry = [packed_list.entry_number(key) for key in columns["entry_id"]]
    order = sorted(range(len(entry)), key=entry.__getitem__)
    sorted_ = {name: [values[at] for at in order] for name, values in columns.items()}
    snapshot = date.fromisoformat(day)
    days = _Days(snapshot)
    packed = {name: packed_list.of_words(sorted_[name]) for name in packed_list.WORDS}
    packed[packed_list.ENTRY] = packed_list.of_rising([entry[at] for at in order])
    packed[packed_list.ROW] = packed_list.of_numbers(sorted_["waiting_entry"])
    packed[packed_list.IDENTITY] = packed_list.of_numbers(sorted_["identity"])
    packed[packed_list.DECIDED] = packed_list.of_numbers([-days[text] for text in sorted_["decided_on"]])
    packed[packed_list.PLANNED] = packed_list.of_numbers(
        [None if text is None else days[text] for text in sorted_["planned_on"]]
    )
    batches = ",".join(map(str, sorted(set(columns["batch"]))))
    return PackedList(source, snapshot, len(entry), f"{_FORM}:{batches}", packed)


class _Days(dict[str, int]):
    """Days from a day to others, as texts; each is worked out once."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self._from = day.toordinal()

    def __missing__(self, text: str) -> int:
        found = self[text] = date.fromisoformat(text).toordinal() - self._from
        return found


def _written(packed: PackedList) -> tuple[str, bytes]:
    """Return the description of the columns as JSON, and their bytes one after the other."""
    told = {
        name: [column.code, len(column.data), column.words, column.absent, column.steps]
        for name, column in packed.columns.items()
    }
    return json.dumps(told, ensure_ascii=False), b"".join(column.data for column in packed.columns.values())


def _columns(vocabularies: str, blob: bytes) -> dict[str, PackedColumn]:
    found, at = {}, 0
    for name, (code, size, words, absent, steps) in json.loads(vocabularies).items():
        found[name] = PackedColumn(code, blob[at : at + size], tuple(words), absent, steps)
        at += size
    return found


def rows_of(store: Store, numbers: Sequence[int]) -> list[tuple[int, str, str, str, int | None]]:
    """Return what the packs leave out of some rows: number, source, entry id, unit and identity."""
    marks = ", ".join("?" * len(numbers))
    names = "waiting_entry, source, entry_id, coalesce(unit, ''), identity"
    sql = f"SELECT {names} FROM waiting_entries WHERE waiting_entry IN ({marks})"
    return store.rows(sql, tuple(numbers))
