"""Rows of the tables that people keep themselves, as they stand: those that come along, with what people changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import editable_cells
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

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
HISTORY: Final[tuple[Column, ...]] = (
    Column("changed_at", Kind.TEXT, N_("Sedan")),
    Column("replaced_at", Kind.TEXT, N_("Till")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("taken_away", Kind.FLAG, N_("Borttagen")),
)
REASON: Final = Column("reason", Kind.TEXT, N_("Skäl"))


EFFECT: Final = Column("effect", Kind.TEXT, N_("Filen"))
FAULTS: Final[tuple[Column, ...]] = (
    Column("row", Kind.INTEGER, N_("Rad")),
    Column("column", Kind.TEXT, N_("Kolumn")),
    Column("message", Kind.TEXT, N_("Fel")),
)
TABLES: Final[tuple[Column, ...]] = (
    Column("table", Kind.TEXT, N_("Tabell")),
    Column("title", Kind.TEXT, N_("Rubrik")),
    Column("rows", Kind.INTEGER, N_("Rader")),
    Column("changed", Kind.INTEGER, N_("Ändrade eller egna")),
    Column("columns", Kind.TEXT, N_("Kolumner")),
    Column("about", Kind.TEXT, N_("Används till")),
)


def tables_table(kept: Mapping[str, Collection[KeptRow]]) -> Table:
    """Return every table with how many rows it has, and how many of them people have changed."""
    return Table(
        TABLES,
        [
            (
                *(name, _(EDITABLE[name].title), len(rows), sum(row.number > 0 for row in rows)),
                *(" ".join(column.name for column in EDITABLE[name].columns), _(EDITABLE[name].about)),
            )
            for name, rows in kept.items()
        ],
    )


def rows_table(table: EditableTable, rows: Iterable[KeptRow]) -> Table:
    """Return rows as a table, with where each comes from behind its own columns."""
    columns = tuple(editable_cells.printed_column(column) for column in table.columns)
    return Table((*columns, *ORIGIN), [(*_printed(table, row.values), *_from(row)) for row in rows])


def preview_table(
    table: EditableTable, added: Iterable[Mapping[str, Value]], changed: Iterable[Mapping[str, Value]]
) -> Table:
    """Return what a file would change as a table, the new rows first."""
    columns = tuple(editable_cells.printed_column(column) for column in table.columns)
    told = [(_("Ny"), row) for row in added] + [(_("Ändrad"), row) for row in changed]
    return Table((EFFECT, *columns), [(word, *_printed(table, row)) for word, row in told])


def faults_table(faults: Iterable[RowFault]) -> Table:
    """Return everything that is wrong with a file as a table."""
    return Table(FAULTS, [(fault.row, fault.column, fault.message) for fault in faults])


def history_table(table: EditableTable, rows: Iterable[EarlierRow]) -> Table:
    """Return what has stood under a key as a table, the first first."""
    columns = tuple(editable_cells.printed_column(column) for column in table.columns)
    return Table(
        (*HISTORY, *columns, REASON),
        [(*_told(row), *_printed(table, row.values or _empty(table)), row.reason) for row in rows],
    )


def _printed(table: EditableTable, values: Mapping[str, Value]) -> tuple[Value, ...]:
    return tuple(editable_cells.printed_value(column, values[column.name]) for column in table.columns)


def _from(row: KeptRow) -> tuple[Value, ...]:
    return row.origin.value, row.changed_by, row.changed_at[:10]


def _told(row: EarlierRow) -> tuple[Value, ...]:
    since, until = (to_the_minute(moment) if moment else "" for moment in (row.since, row.until))
    return since, until, row.who, int(row.values is None)


def _empty(table: EditableTable) -> dict[str, Value]:
    return {column.name: editable_cells.nothing(column) for column in table.columns}
