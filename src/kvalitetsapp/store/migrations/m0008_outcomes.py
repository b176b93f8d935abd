"""Version 8: a user's own indicators, final reports, notes about providers, and what has left the department.

A final report is kept with its bytes, so that it can be handed out again as it was signed; finals, indicator versions
and released cells are append-only, and what no longer stands is withdrawn, never edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = (
    """
CREATE TABLE own_indicators (
    own_indicator INTEGER PRIMARY KEY,
    indicator_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    recipe TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    made_at TEXT NOT NULL,
    withdrawn_at TEXT,
    UNIQUE (indicator_id, version)
) STRICT
""",
    "CREATE UNIQUE INDEX own_indicators_standing ON own_indicators (indicator_id) WHERE withdrawn_at IS NULL",
    """
CREATE TABLE final_reports (
    final_report INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('provider', 'total', 'claims', 'protocol', 'comparison')),
    subject TEXT NOT NULL,
    data_cut TEXT NOT NULL,
    parameters TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    file_name TEXT NOT NULL,
    made_by TEXT NOT NULL,
    signed_by TEXT NOT NULL CHECK (signed_by <> ''),
    signed_as TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    replaces INTEGER REFERENCES final_reports,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    withdrawn_because TEXT
) STRICT
""",
    """
CREATE TABLE provider_notes (
    provider_note INTEGER PRIMARY KEY,
    provider_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'action', 'follow_up')),
    text TEXT NOT NULL CHECK (text <> ''),
    responsible TEXT NOT NULL,
    due_on TEXT,
    done_on TEXT,
    answers INTEGER REFERENCES provider_notes,
    said_on TEXT NOT NULL,
    who TEXT NOT NULL,
    written_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT
""",
    "CREATE INDEX provider_notes_provider ON provider_notes (provider_id)",
    """
CREATE TABLE releases (
    release INTEGER PRIMARY KEY,
    released_at TEXT NOT NULL,
    who TEXT NOT NULL,
    receiver TEXT NOT NULL CHECK (receiver <> ''),
    purpose TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    data_cut TEXT NOT NULL,
    small_numbers TEXT NOT NULL CHECK (small_numbers IN ('plain', 'strict')),
    fingerprint TEXT NOT NULL,
    file_name TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE released_cells (
    release INTEGER NOT NULL REFERENCES releases,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    column_key TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
    PRIMARY KEY (table_name, row_key, column_key, release)
) STRICT, WITHOUT ROWID
""",
)
_GUARDS = (
    """
CREATE TRIGGER final_reports_are_withdrawn_once BEFORE UPDATE ON final_reports
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR OLD.content <> NEW.content
    OR OLD.number <> NEW.number OR OLD.sha256 <> NEW.sha256 OR OLD.signed_by <> NEW.signed_by
BEGIN SELECT RAISE(ABORT, 'a final report can only be withdrawn'); END
""",
    """
CREATE TRIGGER final_reports_are_not_deleted BEFORE DELETE ON final_reports
BEGIN SELECT RAISE(ABORT, 'final_reports are not deleted'); END
""",
    """
CREATE TRIGGER own_indicators_are_withdrawn_once BEFORE UPDATE ON own_indicators
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR OLD.recipe <> NEW.recipe
    OR OLD.indicator_id <> NEW.indicator_id OR OLD.version <> NEW.version
BEGIN SELECT RAISE(ABORT, 'a version of an indicator can only be withdrawn'); END
""",
    """
CREATE TRIGGER own_indicators_are_not_deleted BEFORE DELETE ON own_indicators
BEGIN SELECT RAISE(ABORT, 'own_indicators are not deleted'); END
""",
)
_APPEND_ONLY = ("releases", "released_cells")


def step(db: Database) -> None:
    """Add the tables and guard what must not change."""
    for statement in (*_TABLES, *_GUARDS):
        db.conn.execute(statement)
    for table in _APPEND_ONLY:
        for verb, done in (("UPDATE", "edited"), ("DELETE", "deleted")):
            db.conn.execute(
                f"CREATE TRIGGER {table}_are_not_{done} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
