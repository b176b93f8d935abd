"""The log of what has left the department, with the counts that it showed and hid; no row of it can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.released import Cell, Release, ReportKind, SmallNumbers

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.store.connection import Store


def add(store: Store, new: Release) -> int:
    """Log a release with its cells and return its number; the number of `new` is not looked at."""
    release = store.write(
        "INSERT INTO releases (released_at, who, receiver, purpose, kind, subject, data_cut, small_numbers, "
        "fingerprint, file_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.released_at, new.who, new.receiver, new.purpose, new.kind.value, new.subject, new.data_cut),
            *(new.small_numbers.value, new.fingerprint, new.file_name),
        ),
    )
    store.write_many(
        "INSERT INTO released_cells (release, table_name, row_key, column_key, count, hidden) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(release, one.table, one.row, one.column, one.count, int(one.hidden)) for one in new.cells],
    )
    return release


def all_releases(store: Store, tables: Collection[str] = ()) -> tuple[Release, ...]:
    """Return what has left, the latest first, with its cells of `tables` alone."""
    cells: dict[int, list[Cell]] = {}
    for name in tables:
        for release, table, row, column, count, hidden in store.rows(
            "SELECT release, table_name, row_key, column_key, count, hidden FROM released_cells WHERE table_name = ?",
            (name,),
        ):
            cells.setdefault(release, []).append(Cell(table, row, column, count, hidden=bool(hidden)))
    rows = store.rows(
        "SELECT release, released_at, who, receiver, purpose, kind, subject, data_cut, small_numbers, fingerprint, "
        "file_name FROM releases ORDER BY release DESC"
    )
    return tuple(
        Release(
            *(number, released_at, who, receiver, purpose, ReportKind(kind), subject, cut, SmallNumbers(mode)),
            *(fingerprint, file_name),
            tuple(cells.get(number, ())),
        )
        for number, released_at, who, receiver, purpose, kind, subject, cut, mode, fingerprint, file_name in rows
    )
