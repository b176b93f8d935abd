"""Version 10: the population, what people keep in tables of their own, working papers, families and further reports.

A paper is never edited: every saving is a version of its own. A row of a table of people's own that is changed or
taken away stays in the history, `contents` NULL where it was taken away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATEMENTS: Final = (
    "ALTER TABLE waiting_entries ADD COLUMN highly_specialised TEXT CHECK (highly_specialised IN ('yes', 'no'))",
    """
CREATE TABLE population (
    population_count INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('male', 'female')),
    age_from INTEGER NOT NULL CHECK (age_from >= 0),
    age_to INTEGER CHECK (age_to >= age_from),
    persons INTEGER NOT NULL CHECK (persons >= 0),
    source TEXT NOT NULL,
    invented TEXT CHECK (invented IN ('yes', 'no')),
    note TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (year, municipality, sex, age_from)
) STRICT
""",
    "CREATE INDEX population_batch ON population (batch)",
    """
CREATE TABLE waiting_packs (
    source TEXT NOT NULL,
    snapshot_on TEXT NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    made_of TEXT NOT NULL,
    vocabularies TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (source, snapshot_on)
) STRICT
""",
    """
CREATE TABLE editable_rows (
    editable_row INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    contents TEXT,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    replaced_at TEXT
) STRICT
""",
    "CREATE UNIQUE INDEX editable_rows_standing ON editable_rows (table_name, row_key) WHERE replaced_at IS NULL",
    """
CREATE TABLE papers (
    paper INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('equity', 'need', 'meeting', 'gap', 'quarter')),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT
""",
    """
CREATE TABLE paper_versions (
    paper_version INTEGER PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES papers,
    version INTEGER NOT NULL CHECK (version >= 1),
    title TEXT NOT NULL CHECK (title <> ''),
    owner TEXT NOT NULL,
    follow_up_on TEXT,
    state TEXT NOT NULL,
    contents TEXT NOT NULL,
    who TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (paper, version)
) STRICT
""",
    """
CREATE TRIGGER paper_versions_stand BEFORE UPDATE ON paper_versions
BEGIN SELECT raise(ABORT, 'a version of a paper is never changed'); END
""",
    """
CREATE TRIGGER paper_versions_stay BEFORE DELETE ON paper_versions
BEGIN SELECT raise(ABORT, 'a version of a paper is never removed'); END
""",
    """
CREATE TABLE final_reports_of_more_kinds (
    final_report INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN (
        'provider', 'total', 'claims', 'protocol', 'comparison', 'waiting', 'equity', 'agenda', 'gap'
    )),
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
    "INSERT INTO final_reports_of_more_kinds SELECT * FROM final_reports",
    "DROP TABLE final_reports",
    "ALTER TABLE final_reports_of_more_kinds RENAME TO final_reports",
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
CREATE TABLE family_choices (
    family_choice INTEGER PRIMARY KEY,
    family TEXT NOT NULL,
    followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
    who TEXT NOT NULL,
    decided_at TEXT NOT NULL
) STRICT
""",
)


def step(db: Database) -> None:
    """Add a column and the tables, and let final reports be of more kinds; what is there stays as it is."""
    for statement in _STATEMENTS:
        db.conn.execute(statement)
