"""What a file would do with a table that people keep themselves: rows read, checked and held against what stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import editable_cells
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.kept_row import RowFault
from kvalitetsapp.exchange import editable_files
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.kept_row import KeptRow
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.exchange.editable_files import FileRow
    from kvalitetsapp.services.editable_table_checks import Known

    Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What a file brings, row by row; with faults nothing of it is written."""

    added: tuple[Mapping[str, Any], ...] = ()
    changed: tuple[Mapping[str, Any], ...] = ()
    unchanged: int = 0
    warnings: tuple[str, ...] = ()
    faults: tuple[RowFault, ...] = ()
    changes: Changes = NOTHING_CHANGED

    def taken(self, changes: Changes) -> FileOutcome:
        """Return the outcome of a file whose rows now stand."""
        return replace(self, changes=changes)

    def said(self) -> str:
        """Return the counts in a sentence."""
        told = _("Nya rader: {added}. Ändrade: {changed}. Oförändrade: {unchanged}.")
        return told.format(
            added=number(len(self.added)), changed=number(len(self.changed)), unchanged=number(self.unchanged)
        )


def looked_at(path: Path, table: EditableTable, standing: Sequence[KeptRow], known: Known) -> FileOutcome:
    """Return what a file would do to the rows that stand.

    Raises:
        InputError: it cannot be read as a file of the table.
    """
    read = editable_files.read_rows(path, table)
    before = {row.key: row.values for row in standing}
    faults = [RowFault(row, "", _wrong_width(fields)) for row, fields in read.ragged]
    rows: dict[str, Row] = {}
    warned: Counter[str] = Counter()
    for each in read.rows:
        found = _read(each, table, before, known)
        if isinstance(found, tuple):
            faults += [RowFault(each.number, fault.field, fault.message) for fault in found]
        elif table.key_of(found) in rows:
            faults.append(RowFault(each.number, table.key[0], _("Raden står två gånger i filen.")))
        else:
            rows[table.key_of(found)] = found
            warned.update(known.warnings(table, found))
    if faults:
        return FileOutcome(faults=tuple(sorted(faults, key=lambda fault: fault.row)))
    added = tuple(row for key, row in rows.items() if key not in before)
    changed = tuple(row for key, row in rows.items() if key in before and before[key] != row)
    return FileOutcome(added, changed, len(rows) - len(added) - len(changed), _warnings(warned))


def _read(
    row: FileRow, table: EditableTable, before: Mapping[str, Mapping[str, Value]], known: Known
) -> Row | tuple[FieldFault, ...]:
    """Return the values of a row; a column that the file lacks keeps what stands."""
    texts = row.texts
    if len(texts) < len(table.columns):
        texts = {**_standing_texts(table, texts, before), **texts}
    found = editable_cells.read_row(table, texts)
    return found if isinstance(found, tuple) else known.faults(table, found, before.get(table.key_of(found))) or found


def _standing_texts(
    table: EditableTable, texts: Mapping[str, str], before: Mapping[str, Mapping[str, Value]]
) -> dict[str, str]:
    """Return the texts of the row that stands under the key of a row, none where its key cannot be read."""
    key = {name: editable_cells.read_cell(table.column(name), texts[name]) for name in table.key}
    whole = {name: value for name, value in key.items() if not isinstance(value, FieldFault)}
    values = before.get(table.key_of(whole)) if len(whole) == len(key) else None
    return {} if values is None else editable_cells.write_row(table, values)


def _wrong_width(fields: int) -> str:
    return ngettext(
        "Raden har {n} fält, ett annat antal än rubrikraden.",
        "Raden har {n} fält, ett annat antal än rubrikraden.",
        fields,
    ).format(n=number(fields))


def _warnings(warned: Counter[str]) -> tuple[str, ...]:
    return tuple(text if n == 1 else f"{text} ({number(n)})" for text, n in warned.items())
