"""Version 9: who may open the store and do what, a trace that tells unit and patients, control of it, and exchange.

The trace gets columns that older entries do not have; `form` tells which columns the seal of an entry is of. What a
log controller found, what was decided about keeping, and what came in a package are kept for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = (
    """
CREATE TABLE users (
    user INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    public_key TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TEXT,
    removed_by TEXT,
    CHECK ((removed_at IS NULL) = (removed_by IS NULL))
) STRICT
""",
    "CREATE UNIQUE INDEX users_standing ON users (name) WHERE removed_at IS NULL",
    """
CREATE TABLE user_roles (
    user INTEGER NOT NULL REFERENCES users,
    role TEXT NOT NULL CHECK (role IN ('reviewer', 'finance', 'analyst', 'log_controller', 'administrator')),
    PRIMARY KEY (user, role)
) STRICT
""",
    "ALTER TABLE audit ADD COLUMN unit TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN role TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN patients TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN form INTEGER NOT NULL DEFAULT 1",
    "CREATE INDEX audit_happened_at ON audit (happened_at)",
    """
CREATE TABLE log_checks (
    log_check INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,
    who TEXT NOT NULL,
    chosen TEXT NOT NULL,
    seed INTEGER NOT NULL,
    population INTEGER NOT NULL CHECK (population >= 0),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    last_entry INTEGER NOT NULL,
    last_hash TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('nothing_found', 'follow_up', 'breach')),
    note TEXT NOT NULL,
    signed_as TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE log_check_entries (
    log_check INTEGER NOT NULL REFERENCES log_checks,
    entry INTEGER NOT NULL REFERENCES audit,
    finding TEXT NOT NULL CHECK (finding IN ('justified', 'unclear', 'unjustified')),
    note TEXT NOT NULL,
    PRIMARY KEY (log_check, entry)
) STRICT
""",
    """
CREATE TABLE retention_decisions (
    retention_decision INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    through TEXT NOT NULL,
    found INTEGER NOT NULL CHECK (found >= 0),
    decision TEXT NOT NULL CHECK (decision IN ('keep', 'erase')),
    keep_until TEXT,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    CHECK ((decision = 'keep') = (keep_until IS NOT NULL))
) STRICT
""",
    """
CREATE TABLE exchanges (
    exchange INTEGER PRIMARY KEY,
    package_id TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('made', 'taken')),
    other_store TEXT NOT NULL,
    other_user TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    who TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    decisions INTEGER NOT NULL CHECK (decisions >= 0),
    claims INTEGER NOT NULL CHECK (claims >= 0),
    UNIQUE (package_id, direction)
) STRICT
""",
    """
CREATE TABLE exchange_conflicts (
    exchange_conflict INTEGER PRIMARY KEY,
    exchange INTEGER NOT NULL REFERENCES exchanges,
    kind TEXT NOT NULL CHECK (kind IN ('decision', 'claim')),
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    settled TEXT CHECK (settled IN ('ours', 'theirs')),
    settled_because TEXT,
    settled_at TEXT,
    settled_by TEXT,
    CHECK ((settled IS NULL) = (settled_at IS NULL)),
    CHECK ((settled IS NULL) = (settled_by IS NULL)),
    CHECK ((settled IS NULL) = (settled_because IS NULL))
) STRICT
""",
    "CREATE INDEX exchange_conflicts_exchange ON exchange_conflicts (exchange)",
)
_APPEND_ONLY = ("log_checks", "log_check_entries", "retention_decisions", "exchanges")
_GUARDS = (
    """
CREATE TRIGGER users_are_not_deleted BEFORE DELETE ON users
BEGIN SELECT RAISE(ABORT, 'users are removed, not deleted'); END
""",
    """
CREATE TRIGGER exchange_conflicts_are_settled_once BEFORE UPDATE ON exchange_conflicts
WHEN OLD.settled IS NOT NULL OR OLD.ours <> NEW.ours OR OLD.theirs <> NEW.theirs OR OLD.subject <> NEW.subject
BEGIN SELECT RAISE(ABORT, 'a conflict can only be settled'); END
""",
    """
CREATE TRIGGER exchange_conflicts_are_not_deleted BEFORE DELETE ON exchange_conflicts
BEGIN SELECT RAISE(ABORT, 'exchange_conflicts are not deleted'); END
""",
)


def step(db: Database) -> None:
    """Add the columns and tables, and guard what must not change."""
    for statement in (*_TABLES, *_GUARDS):
        db.conn.execute(statement)
    for table in _APPEND_ONLY:
        for verb, done in (("UPDATE", "edited"), ("DELETE", "deleted")):
            db.conn.execute(
                f"CREATE TRIGGER {table}_are_not_{done} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
