"""Version 2: imports that can be undone, accounts in kronor, published figures as they were printed.

`row_history.previous_batch` is the batch that a row carried before the correction, so that an undo can give it back;
it is unknown for corrections made before this version. `undone_rows` keeps what an undo took out of a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATEMENTS = (
    "ALTER TABLE row_history ADD COLUMN previous_batch INTEGER REFERENCES import_batches",
    "ALTER TABLE row_history ADD COLUMN undone_at TEXT",
    "CREATE INDEX row_history_replaced_by ON row_history (replaced_by)",
    "ALTER TABLE import_batches ADD COLUMN undone_at TEXT",
    "ALTER TABLE import_batches ADD COLUMN undone_by TEXT",
    "ALTER TABLE import_batches ADD COLUMN undone_because TEXT",
    "ALTER TABLE benchmarks ADD COLUMN value_delivered TEXT",
    """
CREATE TABLE import_amounts (
    batch INTEGER NOT NULL REFERENCES import_batches,
    column_name TEXT NOT NULL,
    read_ore INTEGER NOT NULL,
    stored_ore INTEGER NOT NULL,
    corrected_ore INTEGER NOT NULL,
    unchanged_ore INTEGER NOT NULL,
    rejected_ore INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    PRIMARY KEY (batch, column_name),
    CHECK (read_ore = stored_ore + corrected_ore + unchanged_ore + rejected_ore)
) STRICT
""",
    """
CREATE TABLE undone_rows (
    undone_row INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES import_batches,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX undone_rows_batch ON undone_rows (batch)",
    "CREATE INDEX import_findings ON findings (batch)",
)


def step(db: Database) -> None:
    """Add columns and tables; the tables themselves and their triggers stay as they are."""
    for statement in _STATEMENTS:
        db.conn.execute(statement)
