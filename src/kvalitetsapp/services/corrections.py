"""How imported rows meet what is stored: new, corrected or unchanged, in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.store import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.progress import Progress
    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.records import RecordTable, Stored

_ROWS_AT_A_TIME: Final = 5_000
Key = tuple[Any, ...]
Content = tuple[Any, ...]
Record = tuple[Key, Content]


@dataclass(slots=True)
class Account:
    """What became of the rows that were let in."""

    stored: int = 0
    corrected: int = 0
    unchanged: int = 0


class Keeper:
    """Writes the rows of one import into one table, comparing each with what stands there when its turn comes."""

    def __init__(self, store: Store, table: RecordTable, batch: int) -> None:
        self._store = store
        self._table = table
        self._batch = batch
        self._followers = [
            (table.content.index(name), table.content.index(leader)) for name, leader in table.follows.items()
        ]
        following = {place for place, _leader in self._followers}
        self._own = [place for place in range(len(table.content)) if place not in following]
        self._seen: set[Key] | None = set() if records.is_empty(store, table) else None
        self.account = Account()

    def keep(self, rows: Sequence[Record], progress: Progress, what: str) -> Account:
        """Write rows of (key, content); a blank (None) never overwrites a value."""
        for start in range(0, len(rows), _ROWS_AT_A_TIME):
            progress.step(start, len(rows), what)
            self._keep_some(rows[start : start + _ROWS_AT_A_TIME])
        progress.step(len(rows), len(rows), what)
        return self.account

    def _keep_some(self, rows: Sequence[Record]) -> None:
        stored = self._stored([key for key, _content in rows])
        current: dict[Key, Content] = {key: row.content for key, row in stored.items()}
        added: list[Content] = []
        changes: list[tuple[Key, Content, Content]] = []
        for key, content in rows:
            before = current.get(key)
            if before is None:
                added.append(key + content)
                current[key] = content
            elif (after := self._merged(before, content)) is None:
                self.account.unchanged += 1
            else:
                changes.append((key, before, after))
                current[key] = after
        self._write(added, changes, stored)

    def _stored(self, keys: list[Key]) -> dict[Key, Stored]:
        """Look up stored rows; in a table that was empty only those that this import added can be there."""
        if self._seen is None:
            return records.find(self._store, self._table, keys)
        again = [key for key in keys if key in self._seen]
        self._seen.update(keys)
        return records.find(self._store, self._table, again)

    def _merged(self, before: Content, content: Content) -> Content | None:
        """Return the corrected content, None where the row says nothing new."""
        if all(content[place] is None or content[place] == before[place] for place in self._own):
            return None
        merged = [old if new is None else new for old, new in zip(before, content, strict=True)]
        for place, leader in self._followers:
            merged[place] = before[place] if content[leader] is None else content[place]
        return tuple(merged)

    def _write(
        self, added: list[Content], changes: list[tuple[Key, Content, Content]], stored: dict[Key, Stored]
    ) -> None:
        records.add(self._store, self._table, self._batch, added)
        self.account.stored += len(added)
        self.account.corrected += len(changes)
        just_added = [key for key, _before, _after in changes if key not in stored]
        row_ids = {**stored, **records.find(self._store, self._table, just_added)}
        corrections = [records.Correction(row_ids[key].row_id, before, after) for key, before, after in changes]
        records.correct(self._store, self._table, self._batch, corrections)
