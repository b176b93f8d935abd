"""Columns of delivered text to columns of checked values, a batch of rows at a time.

Every distinct text is read once: a memo per column holds what it became, and keeps its faults and doubts apart so
that a batch without any costs nothing to check. (200 000 rows of episodes hold some 10 000 distinct texts beside
their keys and amounts.)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
from kvalitetsapp.exchange import kinds
from kvalitetsapp.exchange.kinds import INDEX_PARTS, Field, Reading
from kvalitetsapp.exchange.result import AmountSeen
from kvalitetsapp.exchange.values import (
    NEEDS_DATE,
    Context,
    Doubt,
    Fault,
    converter,
    fault,
    key_fault,
    may_be_damaged,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.exchange.table_source import Batch

_MEMO_LIMIT: Final = 100_000
_UNREAD: Final = object()
_NO_VALUES: Final[dict[str, str]] = {}


class Memo(dict[Any, Any]):
    """What the distinct texts of a column became; a fault stands as None here and by its text in `faults`."""

    def __init__(self, read: Callable[[Any], object]) -> None:
        super().__init__()
        self._read = read
        self.has_nothing = False
        self.faults: dict[Any, Fault] = {}
        self.doubts: dict[Any, Doubt] = {}

    def __missing__(self, key: Hashable) -> object:
        found = self._read(key)
        if isinstance(found, Fault | Doubt):
            found = self._note(key, found)
        if found is None:
            self.has_nothing = True
        self[key] = found
        return found

    def _note(self, key: Hashable, found: Fault | Doubt) -> object:
        if isinstance(found, Fault):
            self.faults[key] = found
            return None
        self.doubts[key] = found
        return found.value

    def of(self, keys: Sequence[Any]) -> list[Any]:
        """Return what every key became."""
        self.make_room()
        return list(map(self.__getitem__, keys))

    def make_room(self) -> None:
        """Forget everything where it would take too much room."""
        if len(self) > _MEMO_LIMIT:
            self.clear()
            self.faults.clear()
            self.doubts.clear()


@dataclass(slots=True)
class Rows:
    """A batch on its way: delivered texts and values by column, and the first fault of each position."""

    numbers: Sequence[int]
    delivered: dict[str, Sequence[str]]
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
        date_formats: Mapping[str, DateFormat] | None = None,
        lenient: Collection[str] = (),
    ) -> None:
        self.kind = kind
        self.context = context
        self._fields = tuple(
            replace(each, required=False) if each.name in lenient else each for each in kinds.FIELDS[kind]
        )
        self._memos: dict[str, Memo] = {}
        self._dated: dict[str, Memo] = {}
        self._valued = frozenset(values)
        self._amounts = tuple(one.name for one in self._fields if one.reading is Reading.AMOUNT)
        self._plain = {one.name for one in self._fields if one.reading is Reading.KEY} - self._valued
        formats = {**(date_formats or {}), **dict.fromkeys(constants, iso_format())}
        for each in self._fields:
            stated = replace(context, date_format=formats.get(each.name, context.date_format))
            self._memos[each.name] = self._memo(each, stated, values.get(each.name, _NO_VALUES))
        self._delivered = {name: Memo(_differing(self._memos[name])) for name in self._kept()}

    def values_of(self, batch: Batch, delivered: dict[str, Sequence[str]]) -> Rows:
        """Return the batch with every column read and the first fault of each row noted, in column order."""
        rows = Rows(batch.numbers, delivered)
        dates_first = sorted(self._fields, key=lambda one: one.reading is Reading.PERSON)
        judged = {each.name: self._read(rows, each) for each in dates_first}
        for each in self._fields:
            _judge(rows, each, judged[each.name])
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

    def amounts(self, rows: Rows) -> dict[str, AmountSeen]:
        """Return what every column of amounts holds in kronor, in all rows and in those with a fault."""
        return {name: self._amount(rows, name) for name in self._amounts}

    def _amount(self, rows: Rows, name: str) -> AmountSeen:
        values = rows.values[name]
        rejected = sum(values[position] or 0 for position in rows.faults)
        unreadable = len(_among(rows.delivered.get(name, ()), self._memos[name].faults))
        return AmountSeen(sum(filter(None, values)), rejected, unreadable)

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

    def _kept(self) -> tuple[str, ...]:
        return kinds.DELIVERED.get(self.kind, ())

    def _memo(self, column: Field, context: Context, values: Mapping[str, str]) -> Memo:
        if column.reading is Reading.PERSON:
            self._dated[column.name] = Memo(lambda key: self._person(_translated(key[0], values), key[1]))
        read = converter(column, context)

        def plain(delivered: str) -> object:
            text = delivered.strip()
            return read(text) if text else None

        def through_values(delivered: str) -> object:
            return plain(_translated(delivered, values))

        return Memo(through_values if column.name in self._valued else plain)

    def _person(self, text: str, reference: str | None) -> object:
        if self.kind not in kinds.CARE_DATED:
            return person(text, self.context.today, reference or "")
        # without the date its century hangs on, the row is rejected for that date and the number is not judged
        return _UNREAD if reference is None else person(text, reference, "")

    def _read(self, rows: Rows, column: Field) -> list[tuple[Sequence[Any], Memo]]:
        delivered, name, memo = rows.delivered.get(column.name), column.name, self._memos[column.name]
        if delivered is None:
            memo.has_nothing = True
            rows.values[name] = [None] * len(rows.numbers)
            return [((), memo)]
        if name in self._plain:
            memo.has_nothing = True  # nobody counts
            rows.values[name] = [text.strip() or None for text in delivered]
            if column.required and any(map(may_be_damaged, delivered)):
                memo.faults.update((text, found) for text in delivered if (found := key_fault(text.strip())))
            return [(delivered, memo)]
        values = rows.values[name] = memo.of(delivered)
        if NEEDS_DATE not in values:
            return [(delivered, memo)]
        keys = [
            (text, day) if value is NEEDS_DATE else None
            for text, value, day in zip(delivered, values, self._references(rows), strict=True)
        ]
        dated = self._dated[name]
        dated.make_room()
        rows.values[name] = [value if key is None else dated[key] for key, value in zip(keys, values, strict=True)]
        return [(delivered, memo), (keys, dated)]

    def _references(self, rows: Rows) -> list[str | None]:
        dates = rows.values.get(kinds.REFERENCE_DATE.get(self.kind, ""))
        if dates is None:
            return [None] * len(rows.numbers)
        return [day and day[:4] for day in dates] if self.kind in kinds.CARE_DATED else dates

    def _reference(self, rows: Rows, position: int) -> str:
        return "/".join(str(rows.values[name][position]) for name in _REFERENCE[self.kind])


_REFERENCE: Final[dict[KindOfFile, tuple[str, ...]]] = {
    KindOfFile.PROVIDERS: ("provider_id",),
    KindOfFile.PERSONS: ("personal_id",),
    KindOfFile.EPISODES: ("source", "episode_id"),
    KindOfFile.PROCEDURES: ("source", "episode_id"),
    KindOfFile.PROCEDURE_LIST: ("source", "episode_id"),
    KindOfFile.DIAGNOSES: ("source", "episode_id"),
    KindOfFile.COSTS: ("source", "episode_id"),
    KindOfFile.ALIASES: ("personal_id",),
    KindOfFile.VERDICTS: ("event_ref",),
    KindOfFile.REGISTER_OPERATIONS: ("source", "record_id"),
    KindOfFile.WAITING: ("source", "entry_id"),
    KindOfFile.POPULATION: ("year", "municipality"),
    KindOfFile.PROMS: ("personal_id",),
    KindOfFile.BENCHMARKS: ("indicator",),
    KindOfFile.DRG_WEIGHTS: ("year", "drg"),
    KindOfFile.DRG_PRICES: ("year",),
}


def _judge(rows: Rows, column: Field, read: list[tuple[Sequence[Any], Memo]]) -> None:
    values, name = rows.values[column.name], column.name
    for keys, memo in read:
        for position in _among(keys, memo.faults):
            rows.blame(position, name, memo.faults[keys[position]])
        for position in _among(keys, memo.doubts):
            rows.doubt(position, memo.doubts[keys[position]].rule, name, memo.doubts[keys[position]].what)
    if column.required and any(memo.has_nothing for _keys, memo in read) and None in values:
        for position in [i for i, value in enumerate(values) if value is None]:
            rows.blame(position, name, fault("missing"))


def _among(keys: Sequence[Any], known: Mapping[Any, object]) -> list[int]:
    return [position for position, key in enumerate(keys) if key in known] if known else []


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
