"""Version 4: how the rules of data quality are set, and what has been decided about the rows they point out.

Both tables only grow: the latest setting of a rule counts, a decision ends by being withdrawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATEMENTS = (
    """
CREATE TABLE quality_settings (
    setting INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    limits TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE quality_decisions (
    decision_id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    ref TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('fix', 'accept', 'ignore')),
    reason TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    who TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT
) STRICT
""",
    "CREATE UNIQUE INDEX quality_decisions_standing ON quality_decisions (rule, ref) WHERE withdrawn_at IS NULL",
    "CREATE INDEX quality_decisions_row ON quality_decisions (rule, ref)",
    """
CREATE TRIGGER quality_decisions_are_kept BEFORE DELETE ON quality_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END
""",
    """
CREATE TRIGGER quality_settings_are_kept BEFORE DELETE ON quality_settings
BEGIN SELECT RAISE(ABORT, 'settings are kept'); END
""",
)


def step(db: Database) -> None:
    """Add the two tables."""
    for statement in _STATEMENTS:
        db.conn.execute(statement)
