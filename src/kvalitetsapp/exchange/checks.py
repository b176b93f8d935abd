"""Columns of delivered text to columns of checked values, a batch of rows at a time.

Every distinct text is read once: a memo per column holds what it became, and keeps its faults and doubts apart so
that a batch without any costs nothing to check. (200 000 rows of episodes hold some 10 000 distinct texts beside
their keys and amounts.)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
from kvalitetsapp.exchange import kinds
from kvalitetsapp.exchange.kinds import INDEX_PARTS, Field, Reading
from kvalitetsapp.exchange.values import Context, Doubt, Fault, converter, fault, person

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

    from kvalitetsapp.exchange.csv_reading import Batch

_MEMO_LIMIT: Final = 100_000
_UNREAD: Final = object()
_NO_VALUES: Final[dict[str, str]] = {}


class Memo(dict[Any, Any]):
    """What the distinct texts of a column became; a fault stands as None here and by its text in `faults`."""

    def __init__(self, read: Callable[[Any], object]) -> None:
        super().__init__()
        self._read = read
        self.faults: dict[Any, Fault] = {}
        self.doubts: dict[Any, Doubt] = {}

    def __missing__(self, key: Hashable) -> object:
        found = self._read(key)
        if isinstance(found, Fault):
            self.faults[key] = found
            found = None
        elif isinstance(found, Doubt):
            self.doubts[key] = found
            found = found.value
        self[key] = found
        return found

    def of(self, keys: Sequence[Any]) -> list[Any]:
        """Return what every key became, forgetting first what would take too much room."""
        if len(self) > _MEMO_LIMIT:
            self.clear()
            self.faults.clear()
            self.doubts.clear()
        return list(map(self.__getitem__, keys))


@dataclass(slots=True)
class Rows:
    """A batch on its way: delivered texts, memo keys and values by column, and the first fault of each position."""

    numbers: Sequence[int]
    delivered: dict[str, Sequence[str]]
    keys: dict[str, Sequence[Any]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    faults: dict[int, tuple[str, Fault]] = field(default_factory=dict)
    doubts: list[tuple[int, str, str, str]] = field(default_factory=list)

    def blame(self, position: int, column: str, found: Fault) -> None:
        """Reject a row unless something else is already wrong with it."""
        self.faults.setdefault(position, (column, found))

    def doubt(self, position: int, rule: str, column: str, what: str) -> None:
        """Note a finding about a row; it counts only if the row is let in."""
        self.doubts.append((position, rule, column, what))


class Checker:
    """Reads batches of one file: columns, rules within a row, then rows, rejects and findings."""

    def __init__(
        self,
        kind: KindOfFile,
        context: Context,
        values: Mapping[str, Mapping[str, str]],
        constants: Collection[str] = (),
    ) -> None:
        self.kind = kind
        self.context = context
        self._fields = kinds.FIELDS[kind]
        self._memos = {}
        for each in self._fields:
            stated = replace(context, date_format=iso_format()) if each.name in constants else context
            self._memos[each.name] = self._memo(each, stated, values.get(each.name, _NO_VALUES))
        self._delivered = {name: Memo(_differing(self._memos[name])) for name in self._coded()}

    def values_of(self, batch: Batch, delivered: dict[str, Sequence[str]]) -> Rows:
        """Return the batch with every column read and the first fault of each row noted, in column order."""
        rows = Rows(batch.numbers, delivered)
        for each in sorted(self._fields, key=lambda one: one.reading is Reading.PERSON):
            self._read(rows, each)
        for each in self._fields:
            self._judge(rows, each)
        return rows

    def result(self, rows: Rows) -> list[tuple[Any, ...]]:
        """Return the rows that have no fault, their values in the order of `kinds.columns_read`."""
        columns: list[Sequence[Any]] = [rows.numbers]
        for each in self._fields:
            values = rows.values[each.name]
            columns += _index_parts(values) if each.reading is Reading.INDEX else (values,)
        for name, memo in self._delivered.items():
            columns.append(memo.of(rows.delivered[name]) if name in rows.delivered else rows.values[name])
        made = zip(*columns, strict=True)
        if not rows.faults:
            return list(made)
        return [row for position, row in enumerate(made) if position not in rows.faults]

    def rejects(self, rows: Rows) -> list[Reject]:
        """Return the rows that stay out, in row order, with the text as delivered."""
        return [
            Reject(
                rows.numbers[position],
                column,
                rows.delivered[column][position] if column in rows.delivered else "",
                found.code,
                found.reason,
            )
            for position, (column, found) in sorted(rows.faults.items())
        ]

    def findings(self, rows: Rows) -> list[Finding]:
        """Return what looks wrong in the rows that are let in, in row order."""
        kept = sorted(doubt for doubt in rows.doubts if doubt[0] not in rows.faults)
        return [
            Finding(rows.numbers[position], rule, column, what, self._reference(rows, position))
            for position, rule, column, what in kept
        ]

    def _coded(self) -> tuple[str, ...]:
        return kinds.DELIVERED_CODES if self.kind is KindOfFile.EPISODES else ()

    def _memo(self, column: Field, context: Context, values: Mapping[str, str]) -> Memo:
        if column.reading is Reading.PERSON:
            return Memo(lambda key: self._person(_translated(key[0], values), key[1]))
        read = converter(column, context)

        def whole(delivered: str) -> object:
            text = _translated(delivered, values)
            return read(text) if text else None

        return Memo(whole)

    def _person(self, text: str, reference: str | None) -> object:
        if not text:
            return None
        if self.kind is KindOfFile.EPISODES:
            if reference is None and identity.is_short(text):
                return _UNREAD  # its century hangs on a date that is itself wrong
            return person(text, reference or self.context.today, "")
        return person(text, self.context.today, reference or "")

    def _read(self, rows: Rows, column: Field) -> None:
        delivered = rows.delivered.get(column.name)
        if delivered is None:
            rows.values[column.name] = [None] * len(rows.numbers)
            return
        keys: Sequence[Any] = delivered
        if column.reading is Reading.PERSON:
            keys = list(zip(delivered, self._references(rows), strict=True))
        rows.keys[column.name] = keys
        rows.values[column.name] = self._memos[column.name].of(keys)

    def _references(self, rows: Rows) -> list[str | None]:
        dates = rows.values.get(kinds.REFERENCE_DATE.get(self.kind, ""))
        if dates is None:
            return [None] * len(rows.numbers)
        return [day and day[:4] for day in dates] if self.kind is KindOfFile.EPISODES else dates

    def _judge(self, rows: Rows, column: Field) -> None:
        memo, keys = self._memos[column.name], rows.keys.get(column.name, ())
        if memo.faults:
            for position, key in enumerate(keys):
                if key in memo.faults:
                    rows.blame(position, column.name, memo.faults[key])
        values = rows.values[column.name]
        if column.required and None in values:
            for position, value in enumerate(values):
                if value is None:
                    rows.blame(position, column.name, fault("missing"))
        if memo.doubts:
            for position, key in enumerate(keys):
                if key in memo.doubts:
                    rows.doubt(position, memo.doubts[key].rule, column.name, memo.doubts[key].what)

    def _reference(self, rows: Rows, position: int) -> str:
        return "/".join(str(rows.values[name][position]) for name in _REFERENCE[self.kind])


_REFERENCE: Final[dict[KindOfFile, tuple[str, ...]]] = {
    KindOfFile.PROVIDERS: ("provider_id",),
    KindOfFile.PERSONS: ("personal_id",),
    KindOfFile.EPISODES: ("source", "episode_id"),
    KindOfFile.PROCEDURES: ("source", "episode_id"),
    KindOfFile.ALIASES: ("personal_id",),
    KindOfFile.VERDICTS: ("event_ref",),
    KindOfFile.BENCHMARKS: ("indicator",),
}


def _translated(delivered: str, values: Mapping[str, str]) -> str:
    text = delivered.strip()
    return values[text].strip() if text in values else text


def _differing(memo: Memo) -> Callable[[str], object]:
    def read(delivered: str) -> object:
        text = delivered.strip()
        return text if text and text != memo[delivered] else None

    return read


def _index_parts(values: list[Any]) -> tuple[list[Any], ...]:
    return tuple([value and value[part] for value in values] for part in range(len(INDEX_PARTS)))
