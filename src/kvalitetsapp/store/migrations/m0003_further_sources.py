"""Version 3: costs by type, diagnoses and procedures one a row, the joint register, waiting lists, patients' answers.

`procedure_lines` and `diagnosis_details` know a row by its place in the episode's list; `part` parts diagnoses from
external causes, which are counted apart. A blank in a key is empty text, as in the other tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATEMENTS = (
    """
CREATE TABLE cost_items (
    cost_item INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    cost_type TEXT NOT NULL,
    line TEXT NOT NULL,
    cost INTEGER NOT NULL,
    price_year INTEGER,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (episode, cost_type, line)
) STRICT
""",
    """
CREATE TABLE diagnosis_details (
    diagnosis_detail INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    part TEXT NOT NULL CHECK (part IN ('diagnosis', 'external_cause')),
    position INTEGER NOT NULL,
    diagnosis TEXT NOT NULL,
    role TEXT CHECK (role IN ('main', 'other', 'external_cause')),
    diagnosis_delivered TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (episode, part, position)
) STRICT
""",
    """
CREATE TABLE procedure_lines (
    procedure_line INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    position INTEGER NOT NULL,
    procedure_code TEXT NOT NULL,
    performed_on TEXT,
    side TEXT CHECK (side IN ('right', 'left', 'both')),
    procedure_code_delivered TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (episode, position)
) STRICT
""",
    """
CREATE TABLE register_operations (
    register_operation INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    record_id TEXT NOT NULL,
    identity INTEGER NOT NULL REFERENCES identities,
    provider_id TEXT REFERENCES providers (provider_id),
    hospital TEXT,
    joint TEXT NOT NULL,
    side TEXT,
    operated_on TEXT NOT NULL,
    operation_kind TEXT,
    diagnosis TEXT,
    procedure_code TEXT,
    fixation TEXT,
    asa TEXT,
    bmi REAL,
    diagnosis_delivered TEXT,
    procedure_code_delivered TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (source, record_id)
) STRICT
""",
    "CREATE INDEX register_operations_identity ON register_operations (identity)",
    """
CREATE TABLE waiting_entries (
    waiting_entry INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    snapshot_on TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    identity INTEGER REFERENCES identities,
    county TEXT,
    municipality TEXT,
    provider_id TEXT REFERENCES providers (provider_id),
    unit TEXT,
    procedure_code TEXT NOT NULL,
    medical_area TEXT,
    decided_on TEXT NOT NULL,
    deviation TEXT CHECK (deviation IN ('mov', 'pvv', 'none')),
    priority TEXT,
    planned_on TEXT,
    procedure_code_delivered TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (source, snapshot_on, entry_id)
) STRICT
""",
    """
CREATE TABLE prom_answers (
    prom_answer INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    identity INTEGER NOT NULL REFERENCES identities,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    instrument TEXT NOT NULL,
    item TEXT NOT NULL,
    occasion TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    value REAL NOT NULL,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (source, identity, joint, side, instrument, item, occasion, answered_on)
) STRICT
""",
    *(
        f"CREATE INDEX {table}_batch ON {table} (batch)"
        for table in (
            "cost_items",
            "diagnosis_details",
            "procedure_lines",
            "register_operations",
            "waiting_entries",
            "prom_answers",
        )
    ),
)


def step(db: Database) -> None:
    """Add the tables; those that are there stay as they are."""
    for statement in _STATEMENTS:
        db.conn.execute(statement)
