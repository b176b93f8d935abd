"""Stores of every earlier version: that of version 1, brought on by the frozen steps, with rows in what each made.

Until version 8 a store was opened by SQLCipher with the passphrase itself; that stands here and nowhere else.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from kvalitetsapp.store import dialect, migrations
from support.counties import PASSPHRASE
from support.faults import actions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPENED_BY_PASSPHRASE: Final = 8
"""The last version whose stores SQLCipher opens with the passphrase."""
_AT: Final = "2026-01-15T10:00:00+00:00"
_BY: Final = f"'Anna', '{_AT}'"
ROWS: Final[dict[int, dict[str, str]]] = {
    2: {
        "import_amounts": "VALUES (3, 'price', 400, 100, 100, 100, 100, 0)",
        "undone_rows (batch, table_name, row_key, content)": "VALUES (3, 'episodes', 99, '{}')",
    },
    3: {
        "cost_items (episode, cost_type, line, cost, batch)": "SELECT episode, 'a', 1, 47005, batch FROM episodes",
        "procedure_lines (episode, position, procedure_code, batch)": "SELECT episode, 1, 'NFB', batch FROM episodes",
    },
    4: {"quality_settings (rule, enabled, limits, changed_by, changed_at)": f"VALUES ('Q01', 0, '{{}}', {_BY})"},
    5: {"identity_dismissals (low, high, reason, dismissed_by, dismissed_at)": f"VALUES (1, 2, 'olika', {_BY})"},
    6: {"saved_filters (list, name, definition, who, saved_at)": f"VALUES ('review', 'Dyrast', '{{}}', {_BY})"},
    7: {
        "manual_costs (episode, cost, reason, who, entered_at)": f"SELECT min(episode), 77, 'ja', {_BY} FROM episodes",
        "payments (received_on, amount, reference, payer, origin, file_name, file_sha256, note, who, recorded_at)": (
            f"VALUES ('2026-02-01', 30000, '', '', 'typed', '', '', '', {_BY})"
        ),
    },
    8: {
        "provider_notes (provider_id, kind, text, responsible, said_on, who, written_at)": (
            f"VALUES ('P01', 'comment', 'Vi ser över rutinen', '', '2026-01-15', {_BY})"
        )
    },
}
"""What people and files wrote into the tables that each step made."""


def of_version(version: int, folder: Path) -> Path:
    """Make a store of an earlier version, with rows in the tables of all versions until it."""
    path = actions.old(folder)
    with opened(path) as conn:
        db = dialect.through_sqlite_utils(conn)
        for number in range(2, version + 1):
            conn.execute("PRAGMA foreign_keys = OFF")
            with db.atomic():
                migrations.STEPS[number - 1](db)
                conn.execute("INSERT INTO migrations VALUES (?, ?, ?)", (number, f"m{number:04d}", _AT))
                conn.execute(f"PRAGMA user_version = {number}")
            conn.execute("PRAGMA foreign_keys = ON")
            with db.atomic():
                for table, rows in ROWS.get(number, {}).items():
                    conn.execute(f"INSERT INTO {table} {rows}")
    return path


@contextlib.contextmanager
def opened(path: Path) -> Iterator[dbapi2.Connection]:
    """Open an old store as the programs of its time did."""
    conn = dbapi2.connect(str(path), isolation_level=None)
    try:
        conn.execute(f"PRAGMA key = '{PASSPHRASE}'")
        yield conn
    finally:
        conn.close()
