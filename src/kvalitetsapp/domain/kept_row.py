"""Rows of the tables that people keep themselves, as they stand: those that come along, with what people changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import editable_cells
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.editable_words import RowOrigin
    from kvalitetsapp.domain.table import Value


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that stands; `number` is that of the stored row, 0 where nobody has changed what comes along."""

    key: str
    values: Mapping[str, Value] = field(hash=False)
    origin: RowOrigin
    number: int = 0
    changed_by: str = ""
    changed_at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """What has stood under a key; `values` is None where the row was taken away, `until` "" while it stands."""

    values: Mapping[str, Value] | None = field(hash=False)
    reason: str
    who: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row of a file, at its column ("": the whole row)."""

    row: int
    column: str
    message: str

    def told(self) -> str:
        """Return the fault as a line."""
        place = _("Rad {row}, {column}") if self.column else _("Rad {row}")
        return f"{place.format(row=self.row, column=self.column)}: {self.message}"


ORIGIN: Final[tuple[Column, ...]] = (
    Column("origin", Kind.CODE, N_("Ursprung"), "row_origin"),
    Column("changed_by", Kind.TEXT, N_("Ändrad av")),
    Column("changed_on", Kind.DATE, N_("Ändrad")),
)
_STOOD: Final[tuple[Column, ...]] = (
    Column("changed_at", Kind.TEXT, N_("Sedan")),
    Column("replaced_at", Kind.TEXT, N_("Till")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("reason", Kind.TEXT, N_("Skäl")),
    Column("taken_away", Kind.FLAG, N_("Borttagen")),
)


def rows_table(table: EditableTable, rows: Iterable[KeptRow]) -> Table:
    """Return rows as a table, with where each comes from behind its own columns."""
    columns = tuple(editable_cells.printed_column(column) for column in table.columns)
    return Table((*columns, *ORIGIN), [(*_printed(table, row.values), *_from(row)) for row in rows])


def history_table(table: EditableTable, rows: Iterable[EarlierRow]) -> Table:
    """Return what has stood under a key as a table, the first first."""
    columns = tuple(editable_cells.printed_column(column) for column in table.columns)
    return Table(
        (*_STOOD, *columns),
        [(*_told(row), *_printed(table, row.values or _empty(table))) for row in rows],
    )


def _printed(table: EditableTable, values: Mapping[str, Value]) -> tuple[Value, ...]:
    return tuple(editable_cells.printed_value(column, values[column.name]) for column in table.columns)


def _from(row: KeptRow) -> tuple[Value, ...]:
    return row.origin.value, row.changed_by, row.changed_at[:10]


def _told(row: EarlierRow) -> tuple[Value, ...]:
    return row.since, row.until, row.who, row.reason, int(row.values is None)


def _empty(table: EditableTable) -> dict[str, Value]:
    return {column.name: editable_cells.nothing(column) for column in table.columns}
