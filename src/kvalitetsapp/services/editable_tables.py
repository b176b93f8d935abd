"""The tables that people keep themselves: what comes along with the program, with what people have changed laid over.

A row that comes along is changed or taken away by a stored row under its key; the program's own is never written to,
so that it can be had back. What the rows mean is told by `domain/editable_table.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain import editable_cells, kept_row, reasons
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.domain.editable_words import RowOrigin
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.kept_row import EarlierRow, KeptRow
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.exchange import editable_files
from kvalitetsapp.services import editable_table_checks, editable_table_files, editable_table_steps, kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import editable_rows
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.table import Table, Value
    from kvalitetsapp.services.editable_table_files import FileOutcome
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.editable_rows import StoredRow

    Row = dict[str, Value]

_DEFAULTS: Final = "tables_that_come_along"


@dataclass(frozen=True, slots=True)
class TableOutcome:
    """The row as it stands now (None: it stands no more) and what to say; or, with nothing written, what is wrong."""

    row: KeptRow | None
    said: str = ""
    warnings: tuple[str, ...] = ()
    faults: tuple[FieldFault, ...] = ()
    changes: Changes = NOTHING_CHANGED


# what stands


def named(name: str) -> EditableTable:
    """Return a table by its name.

    Raises:
        InputError: there is none.
    """
    if name not in EDITABLE:
        raise InputError(
            _("Det finns ingen tabell {name}. Välj bland {known}.").format(name=name, known=", ".join(EDITABLE))
        )
    return EDITABLE[name]


@needs(Right.READ_FIGURES)
def listed(workspace: Workspace) -> Table:
    """Return every table with its columns and how many rows it has, and how many of them people have changed."""
    return kept_row.tables_table({name: kept(workspace, name) for name in EDITABLE})


@needs(Right.READ_FIGURES)
def rows(workspace: Workspace, name: str) -> tuple[Row, ...]:
    """Return the values of every row that stands, sorted by key.

    Raises:
        InputError: there is no such table.
    """
    return tuple(dict(row.values) for row in kept(workspace, name))


@needs(Right.READ_FIGURES)
def kept(workspace: Workspace, name: str) -> tuple[KeptRow, ...]:
    """Return every row that stands with where it comes from, sorted by key.

    Raises:
        InputError: there is no such table.
    """
    table = named(name)
    found = {key: KeptRow(key, row, RowOrigin.DEFAULT) for key, row in _defaults(workspace, table).items()}
    for stored in editable_rows.standing(workspace.store, name):
        over_default = found.pop(stored.row_key, None) is not None
        if stored.contents is not None:
            found[stored.row_key] = _kept(table, stored, over_default=over_default)
    return tuple(sorted(found.values(), key=lambda row: table.key_texts(row.key)))


@needs(Right.READ_FIGURES)
def table(workspace: Workspace, name: str) -> Table:
    """Return what stands as a table, with where each row comes from in its last columns.

    Raises:
        InputError: there is no such table.
    """
    return kept_row.rows_table(named(name), kept(workspace, name))


@needs(Right.READ_FIGURES)
def history(workspace: Workspace, name: str, key: Sequence[str]) -> tuple[EarlierRow, ...]:
    """Return everything that has stood under a key, the first first; a row that comes along begins it.

    Raises:
        InputError: there is no such table, or the key is none of it.
    """
    of = named(name)
    row_key = _key(of, key)
    stored = editable_rows.history(workspace.store, name, row_key)
    default = _defaults(workspace, of).get(row_key)
    first = () if default is None else (EarlierRow(default, _("Medföljer"), "", "", _first_change(stored)),)
    return (*first, *(_earlier(of, each) for each in stored))


@needs(Right.READ_FIGURES)
def history_table(workspace: Workspace, name: str, key: Sequence[str]) -> Table:
    """Return everything that has stood under a key as a table.

    Raises:
        InputError: there is no such table, or the key is none of it.
    """
    return kept_row.history_table(named(name), history(workspace, name, key))


@needs(Right.READ_FIGURES)
def file_of(workspace: Workspace, name: str) -> bytes:
    """Return what stands as a file that `take_file` takes.

    Raises:
        InputError: there is no such table.
    """
    return editable_files.written(named(name), rows(workspace, name))


@needs(Right.EXPORT)
def export(workspace: Workspace, name: str, out: Path) -> Path:
    """Write what stands to a file that `take_file` takes.

    Raises:
        InputError: there is no such table.
        RefusedError: the file cannot be written, or the store is open to be read only.
    """
    content = file_of(workspace, name)
    return kept_files.keep(
        workspace, lambda path: path.write_bytes(content), out, action="table_exported", target=name, detail=out.name
    )


# what people change


@needs(Right.KEEP_TABLES)
def save(
    workspace: Workspace,
    name: str,
    row: Mapping[str, str],
    *,
    reason: str = "",
    based_on: int | None = None,
    is_new: bool = False,
) -> TableOutcome:
    """Let a row, typed as texts, stand under its key; with faults nothing is written.

    `based_on` is the `KeptRow.number` of what was shown; `is_new` says that no row may stand under the key yet.

    Raises:
        InputError: there is no such table.
        RefusedError: the row has been changed since it was shown, or the store is open to be read only.
    """
    of = named(name)
    read = editable_cells.read_row(of, row)
    if isinstance(read, tuple):
        return TableOutcome(None, faults=(*read, *_reason(reason)))
    key = of.key_of(read)
    standing = _standing(workspace, name, key)
    unknown = _known(workspace, of).faults(of, read, None if standing is None else standing.values)
    if faults := (*unknown, *_reason(reason)):
        return TableOutcome(None, faults=faults)
    if is_new and standing is not None:
        return TableOutcome(None, faults=(FieldFault(of.key[0], _("Raden finns redan. Ändra den i stället.")),))
    if standing is not None and standing.values == read:
        return TableOutcome(standing, _("Inget är ändrat."))
    with workspace.action("table_row_saved", target=name, detail=of.key_text(key)):
        _demand_as_shown(workspace, of, key, based_on)
        move = editable_table_steps.put(workspace, of, key, read, reason)
        editable_table_steps.remember(workspace, of, [move])
    told = _known(workspace, of).warnings(of, read)
    return TableOutcome(_standing(workspace, name, key), _("Raden är sparad."), told, (), editable_table_steps.CHANGED)


@needs(Right.KEEP_TABLES)
def set_cells(workspace: Workspace, name: str, cells: Mapping[str, str], *, reason: str = "") -> TableOutcome:
    """Let some cells of the row that their key names hold these texts, the others what they hold; or make the row.

    Raises:
        InputError: there is no such table.
        RefusedError: the store is open to be read only.
    """
    of = named(name)
    key = {column: editable_cells.read_cell(of.column(column), cells.get(column, "")) for column in of.key}
    whole = {column: value for column, value in key.items() if not isinstance(value, FieldFault)}
    standing = _standing(workspace, name, of.key_of(whole)) if len(whole) == len(key) else None
    rest = {} if standing is None else editable_cells.write_row(of, standing.values)
    return save(workspace, name, {**rest, **cells}, reason=reason)


@needs(Right.KEEP_TABLES)
def remove(
    workspace: Workspace, name: str, key: Sequence[str], *, reason: str = "", based_on: int | None = None
) -> TableOutcome:
    """Take a row away, one that comes along too; it stays in the history.

    Raises:
        InputError: there is no such table or row, or the reason cannot be kept.
        RefusedError: the row has been changed since it was shown, or the store is open to be read only.
    """
    of = named(name)
    row_key = _key_that_stands(workspace, of, key)
    if wrong := reasons.wrong_with(reason):
        raise InputError(wrong)
    with workspace.action("table_row_removed", target=name, detail=of.key_text(row_key)):
        _demand_as_shown(workspace, of, row_key, based_on)
        editable_table_steps.remember(workspace, of, [editable_table_steps.put(workspace, of, row_key, None, reason)])
    return TableOutcome(None, _("Raden är borttagen."), changes=editable_table_steps.CHANGED)


@needs(Right.KEEP_TABLES)
def reset(workspace: Workspace, name: str, key: Sequence[str]) -> TableOutcome:
    """Let a row be as it comes along with the program, also one that was taken away.

    Raises:
        InputError: there is no such table, the row does not come along, or it is as it comes along.
        RefusedError: the store is open to be read only.
    """
    of = named(name)
    row_key = _key(of, key)
    if row_key not in _defaults(workspace, of):
        raise InputError(_("Raden {key} medföljer inte programmet.").format(key=of.key_text(row_key)))
    if editable_rows.standing_of(workspace.store, name, row_key) is None:
        raise InputError(_("Raden {key} är redan som den medföljer.").format(key=of.key_text(row_key)))
    with workspace.action("table_row_reset", target=name, detail=of.key_text(row_key)):
        editable_table_steps.remember(workspace, of, [editable_table_steps.put_nothing(workspace, of, row_key)])
    said = _("Raden är som den medföljer.")
    return TableOutcome(_standing(workspace, name, row_key), said, changes=editable_table_steps.CHANGED)


@needs(Right.KEEP_TABLES)
def look_at_file(workspace: Workspace, name: str, path: Path) -> FileOutcome:
    """Return what `take_file` would do with a file; nothing is written.

    Raises:
        InputError: there is no such table, or the file cannot be read as one of it.
    """
    of = named(name)
    return editable_table_files.looked_at(path, of, kept(workspace, name), _known(workspace, of))


@needs(Right.KEEP_TABLES)
def take_file(workspace: Workspace, name: str, path: Path, *, reason: str = "") -> FileOutcome:
    """Let the rows of a file stand, as one step to undo; with faults nothing is written.

    Rows and columns that the file does not name stay as they are.

    Raises:
        InputError: there is no such table, the file cannot be read as one of it, or the reason cannot be kept.
        RefusedError: the store is open to be read only.
    """
    if wrong := reasons.wrong_with(reason):
        raise InputError(wrong)
    of = named(name)
    found = look_at_file(workspace, name, path)
    if found.faults or not (found.added or found.changed):
        return found
    with workspace.action("table_imported", target=name, detail=path.name):
        moves = [
            editable_table_steps.put(workspace, of, of.key_of(row), row, reason)
            for row in (*found.added, *found.changed)
        ]
        editable_table_steps.remember(workspace, of, moves)
    return found.taken(editable_table_steps.CHANGED)


def _defaults(workspace: Workspace, of: EditableTable) -> Mapping[str, Row]:
    """Return the rows that come along by key, read when first asked for: their files are part of the program."""
    read = workspace.kept.setdefault(_DEFAULTS, {})
    assert isinstance(read, dict)  # noqa: S101 - nobody else writes under this name
    if of.name not in read:
        path = settings.resources_dir() / "tables" / f"{of.name}.csv"
        read[of.name] = {of.key_of(row): row for row in editable_files.read_defaults(path, of)}
    found: Mapping[str, Row] = read[of.name]
    return found


def _known(workspace: Workspace, of: EditableTable) -> editable_table_checks.Known:
    return editable_table_checks.known_to(workspace, of, lambda other: rows(workspace, other))


def _standing(workspace: Workspace, name: str, row_key: str) -> KeptRow | None:
    return next((row for row in kept(workspace, name) if row.key == row_key), None)


def _kept(of: EditableTable, stored: StoredRow, *, over_default: bool) -> KeptRow:
    origin = RowOrigin.CHANGED if over_default else RowOrigin.OWN
    values = _values(of, stored.contents or {})
    return KeptRow(stored.row_key, values, origin, stored.editable_row, stored.who, stored.changed_at, stored.reason)


def _values(of: EditableTable, contents: Mapping[str, Value]) -> Row:
    """Return stored contents under the table's columns; one that came later with the program is empty."""
    return {column.name: contents.get(column.name, editable_cells.nothing(column)) for column in of.columns}


def _earlier(of: EditableTable, stored: StoredRow) -> EarlierRow:
    values = None if stored.contents is None else _values(of, stored.contents)
    return EarlierRow(values, stored.reason, stored.who, stored.changed_at, stored.replaced_at)


def _first_change(stored: Sequence[StoredRow]) -> str:
    return stored[0].changed_at if stored else ""


def _key(of: EditableTable, key: Sequence[str]) -> str:
    """Return what stands for a key that is told as texts.

    Raises:
        InputError: it has another number of parts, or one of them cannot be a value of its column.
    """
    if len(key) != len(of.key):
        raise InputError(_("En rad i tabellen pekas ut med {columns}.").format(columns=", ".join(of.key)))
    read = {name: editable_cells.read_cell(of.column(name), text) for name, text in zip(of.key, key, strict=True)}
    for value in read.values():
        if isinstance(value, FieldFault):
            raise InputError(value.message)
    return of.key_of({name: value for name, value in read.items() if not isinstance(value, FieldFault)})


def _key_that_stands(workspace: Workspace, of: EditableTable, key: Sequence[str]) -> str:
    row_key = _key(of, key)
    if _standing(workspace, of.name, row_key) is None:
        raise InputError(_("Det finns ingen rad {key} i tabellen.").format(key=of.key_text(row_key)))
    return row_key


def _demand_as_shown(workspace: Workspace, of: EditableTable, row_key: str, based_on: int | None) -> None:
    standing = editable_rows.standing_of(workspace.store, of.name, row_key)
    if based_on is not None and (0 if standing is None else standing.editable_row) != based_on:
        raise RefusedError(_("Raden har ändrats sedan den visades. Läs den igen och gör om ändringen."))


def _reason(reason: str) -> tuple[FieldFault, ...]:
    wrong = reasons.wrong_with(reason)
    return (FieldFault("reason", wrong),) if wrong else ()
