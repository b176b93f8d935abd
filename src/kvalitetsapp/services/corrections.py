"""How imported rows meet what is stored: new, corrected or unchanged, in the order of the file."""

from __future__ import annotations

import mmap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.store import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.records import RecordTable, Stored

CHANGES_SHOWN: Final = 1_000
_FILTER_BITS: Final = 1 << 27
Key = tuple[Any, ...]
Content = tuple[Any, ...]
Record = tuple[Key, Content]


@dataclass(slots=True)
class Kronor:
    """The öre that a column's rows held as delivered, by what became of the row."""

    stored: int = 0
    corrected: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A row that corrects what is stored: its row number in the file, its key, what stood there and what is to."""

    row: int
    key: Key
    before: Content
    after: Content


@dataclass(slots=True)
class Account:
    """What became of the rows that were let in, in rows and in kronor.

    `changes` holds the first corrections, `repeats` those of the last call that correct a row of the same import.
    """

    stored: int = 0
    corrected: int = 0
    unchanged: int = 0
    kronor: dict[str, Kronor] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    repeats: list[Change] = field(default_factory=list)


class Keeper:
    """Writes the rows of one import into one table, comparing each with what stands there when its turn comes.

    `amounts` names the content columns whose kronor are counted.
    """

    def __init__(self, store: Store, table: RecordTable, batch: int, amounts: Sequence[str] = ()) -> None:
        self._store = store
        self._table = table
        self._batch = batch
        self._followers = [
            (table.content.index(name), table.content.index(leader)) for name, leader in table.follows.items()
        ]
        following = {place for place, _leader in self._followers}
        self._own = [place for place in range(len(table.content)) if place not in following]
        self._seen = _Seen() if records.is_empty(store, table) else None
        self._amounts = [(table.content.index(name), name) for name in amounts]
        self.account = Account(kronor={name: Kronor() for name in amounts})

    def keep(self, rows: Sequence[Record], numbers: Sequence[int]) -> None:
        """Write rows of (key, content) with their numbers in the file; a blank (None) never overwrites a value."""
        stored = self._stored([key for key, _content in rows])
        current: dict[Key, Content] = {key: row.content for key, row in stored.items()}
        added: list[Record] = []
        unchanged: list[Content] = []
        changes: list[tuple[Content, Change]] = []
        for number, (key, content) in zip(numbers, rows, strict=True):
            before = current.get(key)
            if before is None:
                added.append((key, content))
                current[key] = content
            elif (after := self._merged(before, content)) is None:
                unchanged.append(content)
            else:
                changes.append((content, Change(number, key, before, after)))
                current[key] = after
        made = [change for _content, change in changes]
        self.account.repeats = self._repeats(made, stored)
        self._write(added, made, stored)
        self._count(added, unchanged, [content for content, _change in changes])
        room = CHANGES_SHOWN - len(self.account.changes)
        self.account.changes += made[:room]

    def _stored(self, keys: list[Key]) -> dict[Key, Stored]:
        """Look up stored rows; in a table that was empty only those that this import may have added."""
        if self._seen is None:
            return records.find(self._store, self._table, keys)
        return records.find(self._store, self._table, [key for key in keys if self._seen.may_have_seen(key)])

    def _merged(self, before: Content, content: Content) -> Content | None:
        """Return the corrected content, None where the row says nothing new."""
        if content == before or all(content[place] is None or content[place] == before[place] for place in self._own):
            return None
        merged = [old if new is None else new for old, new in zip(before, content, strict=True)]
        for place, leader in self._followers:
            merged[place] = before[place] if content[leader] is None else content[place]
        return tuple(merged)

    def _repeats(self, changes: list[Change], stored: dict[Key, Stored]) -> list[Change]:
        """Return the corrections of rows that this very import has written: its file says two things of one."""
        met = [stored[change.key].row_id for change in changes if change.key in stored]
        own = records.carrying(self._store, self._table, self._batch, met)
        again, repeats = set[Key](), []
        for change in changes:
            row = stored.get(change.key)
            if row is None or row.row_id in own or change.key in again:
                repeats.append(change)
            again.add(change.key)
        return repeats

    def _write(self, added: list[Record], changes: list[Change], stored: dict[Key, Stored]) -> None:
        records.add(self._store, self._table, self._batch, (key + content for key, content in added))
        just_added = [change.key for change in changes if change.key not in stored]
        row_ids = {**stored, **records.find(self._store, self._table, just_added)}
        corrections = [records.Correction(row_ids[one.key].row_id, one.before, one.after) for one in changes]
        records.correct(self._store, self._table, self._batch, corrections)

    def _count(self, added: list[Record], unchanged: list[Content], corrected: list[Content]) -> None:
        account = self.account
        account.stored += len(added)
        account.unchanged += len(unchanged)
        account.corrected += len(corrected)
        for place, name in self._amounts:
            kronor = account.kronor[name]
            kronor.stored += sum(content[place] or 0 for _key, content in added)
            kronor.unchanged += sum(content[place] or 0 for content in unchanged)
            kronor.corrected += sum(content[place] or 0 for content in corrected)


class _Seen:
    """Which keys an import may have written already: a filter of fixed size that is wrong only on the safe side."""

    def __init__(self) -> None:
        self._bits = mmap.mmap(-1, _FILTER_BITS // 8)  # memory is taken only where a bit is set

    def may_have_seen(self, key: Key) -> bool:
        """Tell whether `key` may have come before, and remember it."""
        place = hash(key) % _FILTER_BITS
        byte, bit = place >> 3, 1 << (place & 7)
        seen = self._bits[byte] & bit
        self._bits[byte] |= bit
        return bool(seen)
