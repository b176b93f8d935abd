"""Version 1: what is imported, what is decided, what is derived from it, and the trace of who did what.

Dates are `YYYY-MM-DD` text, amounts integer öre, codes normalised text. Rows as imported carry the batch that last
wrote them; what they held before lies in `row_history`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = """
CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT;

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE import_batches (
    batch INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    profile_name TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    program_version TEXT NOT NULL,
    read_rows INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    corrected INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    CHECK (read_rows = stored + corrected + unchanged + rejected)
) STRICT;

CREATE TABLE import_rejects (
    batch INTEGER NOT NULL REFERENCES import_batches,
    row_number INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX import_rejects_batch ON import_rejects (batch);

CREATE TABLE findings (
    finding INTEGER PRIMARY KEY,
    batch INTEGER REFERENCES import_batches,
    rule TEXT NOT NULL,
    ref TEXT NOT NULL,
    row_number INTEGER,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE INDEX findings_rule ON findings (rule);

CREATE TABLE row_history (
    history INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key INTEGER NOT NULL,
    content TEXT NOT NULL,
    replaced_by INTEGER NOT NULL REFERENCES import_batches
) STRICT;
CREATE INDEX row_history_row ON row_history (table_name, row_key);

CREATE TABLE providers (
    provider INTEGER PRIMARY KEY,
    provider_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    org_number TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('own', 'private', 'public')),
    county TEXT,
    hsa_id TEXT,
    peppol_id TEXT,
    bankgiro TEXT,
    email TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches
) STRICT;

CREATE TABLE identities (identity INTEGER PRIMARY KEY, personal_id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE persons (
    person INTEGER PRIMARY KEY,
    identity INTEGER NOT NULL UNIQUE REFERENCES identities,
    sex TEXT CHECK (sex IN ('male', 'female')),
    birth_date TEXT,
    death_date TEXT,
    moved_out TEXT,
    municipality TEXT,
    education TEXT,
    birth_country TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches
) STRICT;

CREATE TABLE aliases (
    alias INTEGER PRIMARY KEY,
    identity INTEGER NOT NULL UNIQUE REFERENCES identities,
    same_as INTEGER NOT NULL REFERENCES identities,
    batch INTEGER NOT NULL REFERENCES import_batches
) STRICT;

CREATE TABLE episodes (
    episode INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    identity INTEGER NOT NULL REFERENCES identities,
    provider_id TEXT NOT NULL REFERENCES providers (provider_id),
    unit TEXT,
    payer_route TEXT NOT NULL,
    care_form TEXT NOT NULL,
    admitted TEXT NOT NULL,
    discharged TEXT NOT NULL,
    main_diagnosis TEXT,
    other_diagnoses TEXT,
    procedures TEXT,
    procedure_date TEXT,
    drg TEXT,
    cost INTEGER,
    price INTEGER,
    main_diagnosis_delivered TEXT,
    other_diagnoses_delivered TEXT,
    procedures_delivered TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (source, episode_id),
    CHECK (admitted <= discharged)
) STRICT;
CREATE INDEX episodes_identity ON episodes (identity);
CREATE INDEX episodes_admitted ON episodes (admitted);

CREATE TABLE procedure_details (
    detail INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    code TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('', 'right', 'left', 'both')),
    performed_on TEXT,
    code_delivered TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (episode, code, side)
) STRICT;

CREATE TABLE verdicts (
    verdict INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'rejected')),
    complication_class TEXT,
    reviewer TEXT NOT NULL,
    reviewed_on TEXT NOT NULL,
    index_episode INTEGER REFERENCES episodes,
    index_joint TEXT,
    index_side TEXT,
    comment TEXT,
    position INTEGER NOT NULL,
    withdrawn_at TEXT,
    batch INTEGER REFERENCES import_batches
) STRICT;
CREATE UNIQUE INDEX verdicts_key ON verdicts (episode, joint, side, reviewer, reviewed_on) WHERE withdrawn_at IS NULL;

CREATE TABLE agreements (
    agreement INTEGER PRIMARY KEY,
    agreement_id TEXT NOT NULL UNIQUE,
    terms TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES import_batches
) STRICT;

CREATE TABLE benchmarks (
    benchmark INTEGER PRIMARY KEY,
    country TEXT NOT NULL,
    level TEXT NOT NULL,
    unit TEXT NOT NULL,
    joint TEXT NOT NULL,
    indicator TEXT NOT NULL,
    period TEXT NOT NULL,
    value REAL NOT NULL,
    unit_of_value TEXT NOT NULL,
    n INTEGER,
    source TEXT NOT NULL,
    note TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (country, level, unit, joint, indicator, period)
) STRICT;

CREATE TABLE index_operations (
    operation INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    person INTEGER NOT NULL REFERENCES identities,
    index_ref TEXT NOT NULL UNIQUE,
    provider_id TEXT NOT NULL,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    operated_on TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    payer_route TEXT NOT NULL
) STRICT;
CREATE INDEX index_operations_person ON index_operations (person);

CREATE TABLE links (
    link INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    event_ref TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES identities,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    event_date TEXT NOT NULL,
    event_provider_id TEXT NOT NULL,
    operation INTEGER REFERENCES index_operations,
    index_ref TEXT,
    index_provider_id TEXT,
    index_side TEXT,
    operated_on TEXT,
    days INTEGER,
    status TEXT NOT NULL,
    competing INTEGER NOT NULL,
    complication_class TEXT NOT NULL,
    surgery_level TEXT NOT NULL,
    triggers TEXT NOT NULL,
    candidates INTEGER NOT NULL,
    another_look INTEGER NOT NULL,
    verdict INTEGER REFERENCES verdicts,
    UNIQUE (episode, joint, side)
) STRICT;
CREATE INDEX links_person ON links (person);
CREATE INDEX links_operation ON links (operation);

CREATE TABLE pins (
    verdict INTEGER NOT NULL REFERENCES verdicts,
    episode INTEGER NOT NULL REFERENCES episodes,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    index_episode INTEGER REFERENCES episodes,
    index_joint TEXT NOT NULL,
    index_side TEXT NOT NULL,
    proposed_episode INTEGER REFERENCES episodes,
    proposed_joint TEXT NOT NULL,
    proposed_side TEXT NOT NULL,
    PRIMARY KEY (verdict, episode, joint, side)
) STRICT;

CREATE TABLE audit (
    entry INTEGER PRIMARY KEY,
    happened_at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
"""


def step(db: Database) -> None:
    """Make the tables of version 1."""
    for statement in _statements(_TABLES):
        db.conn.execute(statement)


def _statements(script: str) -> list[str]:
    """Split at blank lines and line ends: no statement here holds a semicolon at a line's end but its own."""
    return [part.strip() + ";" for part in script.split(";\n") if part.strip()]
