"""What an import changes in rows that are stored already, cell by cell and in words that tell which row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import ChangedCell
from kvalitetsapp.services.corrections import CHANGES_SHOWN, Change
from kvalitetsapp.store import episodes, identities, row_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.records import RecordTable

_PERSON: Final = "identity"
_PERSONS: Final = frozenset({"identity", "same_as"})
_EPISODES: Final = frozenset({"episode", "index_episode"})
_FILE_COLUMNS: Final = {"identity": "personal_id", "episode": "episode_id", "index_episode": "index_ref"}
_TERMS: Final = "terms"


def changed_cells(store: Store, table: RecordTable, changes: Sequence[Change]) -> tuple[ChangedCell, ...]:
    """Return the cells of the corrected rows that become another, in the order of the file; numbers are masked."""
    names = _Names(store, table, changes)
    return tuple(cell for change in changes for cell in _cells(table, change, names))


def cells_of_batch(store: Store, table: RecordTable, batch: int) -> tuple[ChangedCell, ...]:
    """Return the cells of a table that an import changed, as the history of its rows tells; row numbers are 0."""
    found = row_changes.corrections(store, table, batch, CHANGES_SHOWN)
    return changed_cells(store, table, [Change(0, key, before, after) for key, before, after in found])


def references(store: Store, table: RecordTable, changes: Sequence[Change]) -> list[str]:
    """Return what findings about the corrected rows refer to; of persons their number, as it is stored."""
    if _PERSON in table.key:
        place = table.key.index(_PERSON)
        numbers = identities.numbers_of(store, (change.key[place] for change in changes))
        return [numbers[change.key[place]] for change in changes]
    names = _Names(store, table, changes)
    return [_ref(table, change, names) for change in changes]


def _ref(table: RecordTable, change: Change, names: _Names) -> str:
    return "/".join(str(names.shown(name, value)) for name, value in zip(table.key, change.key, strict=True) if value)


def _cells(table: RecordTable, change: Change, names: _Names) -> Iterator[ChangedCell]:
    ref = _ref(table, change, names)
    for name, before, after in zip(table.content, change.before, change.after, strict=True):
        if before == after or name in table.follows:
            continue
        if name == _TERMS:
            yield from _terms(change.row, ref, before, after)
        else:
            shown = names.shown(name, before), names.shown(name, after)
            yield ChangedCell(change.row, ref, _FILE_COLUMNS.get(name, name), *shown)


def _terms(row: int, ref: str, before: str, after: str) -> Iterator[ChangedCell]:
    """Compare the terms of an agreement one by one."""
    old, new = json.loads(before), json.loads(after)
    for name in sorted(set(old) | set(new)):
        if old.get(name) != new.get(name):
            yield ChangedCell(row, ref, name, _text(old.get(name)), _text(new.get(name)))


def _text(value: object) -> str | int:
    if value is None:
        return ""
    return value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)


class _Names:
    """The texts of the keys by which rows refer to persons and episodes."""

    def __init__(self, store: Store, table: RecordTable, changes: Sequence[Change]) -> None:
        persons = identities.numbers_of(store, _keys(table, changes, _PERSONS))
        self._persons = {key: identity.masked(number) for key, number in persons.items()}
        self._episodes = episodes.refs_of(store, _keys(table, changes, _EPISODES))

    def shown(self, column: str, value: Any) -> str | int:  # noqa: ANN401 - a column holds what it holds
        """Return a value as it is to be shown."""
        if value is None:
            return ""
        if column in _PERSONS:
            return self._persons.get(value, "")
        return self._episodes.get(value, "") if column in _EPISODES else _text(value)


def _keys(table: RecordTable, changes: Iterable[Change], columns: frozenset[str]) -> set[int]:
    places = [place for place, name in enumerate(table.columns) if name in columns]
    rows = [row for change in changes for row in (change.key + change.before, change.key + change.after)]
    return {row[place] for row in rows for place in places if row[place] is not None}
