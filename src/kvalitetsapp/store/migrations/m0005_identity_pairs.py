"""The version that keeps what somebody has said of two numbers: that they are not one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLE = """
CREATE TABLE identity_dismissals (
    low INTEGER NOT NULL REFERENCES identities,
    high INTEGER NOT NULL REFERENCES identities,
    reason TEXT NOT NULL,
    dismissed_by TEXT NOT NULL,
    dismissed_at TEXT NOT NULL,
    PRIMARY KEY (low, high),
    CHECK (low < high)
) STRICT
"""


def step(db: Database) -> None:
    """Add the table."""
    db.conn.execute(_TABLE)
