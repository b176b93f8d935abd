"""Version 6: structured reviews, rounds, questions to providers, disclosures, undo steps, what a link run changed.

Decisions made in the program before this version become answers that can be undone as they could before. Unfinished
answers get an owner: those kept before belong to nobody and are shown to everyone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATEMENTS = (
    "ALTER TABLE links ADD COLUMN at_stake INTEGER",
    "ALTER TABLE links ADD COLUMN claim_by TEXT",
    "CREATE INDEX links_event_date ON links (event_date)",
    "CREATE INDEX verdicts_index_episode ON verdicts (index_episode)",
    "CREATE INDEX pins_episode ON pins (episode)",
    "CREATE INDEX pins_index_episode ON pins (index_episode)",
    "CREATE INDEX pins_proposed_episode ON pins (proposed_episode)",
    "CREATE INDEX aliases_same_as ON aliases (same_as)",
    """
CREATE TABLE review_rounds (
    round INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,
    previous INTEGER REFERENCES review_rounds,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    closed_by TEXT,
    closed_at TEXT
) STRICT
""",
    """
CREATE TABLE review_answers (
    answer INTEGER PRIMARY KEY,
    round INTEGER REFERENCES review_rounds,
    episode INTEGER NOT NULL REFERENCES episodes,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('sole', 'first', 'agreed', 'consensus')),
    reviewer TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'rejected')),
    index_episode INTEGER REFERENCES episodes,
    index_joint TEXT,
    index_side TEXT,
    relation TEXT NOT NULL,
    complication_class TEXT NOT NULL,
    harm_severity TEXT NOT NULL,
    clavien_dindo TEXT NOT NULL,
    avoidability TEXT NOT NULL,
    criteria TEXT NOT NULL,
    infection_level TEXT NOT NULL,
    organism TEXT NOT NULL,
    cultures_taken INTEGER,
    cultures_positive INTEGER,
    treatment TEXT NOT NULL,
    outcome TEXT NOT NULL,
    pointer TEXT NOT NULL,
    comment TEXT NOT NULL,
    shown TEXT NOT NULL,
    verdict INTEGER REFERENCES verdicts,
    withdrawn_at TEXT,
    CHECK (cultures_positive IS NULL OR cultures_positive <= cultures_taken)
) STRICT
""",
    "CREATE INDEX review_answers_event ON review_answers (episode, joint, side)",
    "CREATE INDEX review_answers_round ON review_answers (round)",
    "CREATE INDEX review_answers_verdict ON review_answers (verdict)",
    """
CREATE TABLE review_follow_ups (
    answer INTEGER NOT NULL REFERENCES review_answers ON DELETE CASCADE,
    episode INTEGER NOT NULL REFERENCES episodes,
    PRIMARY KEY (answer, episode)
) STRICT
""",
    """
CREATE TABLE round_cases (
    round INTEGER NOT NULL REFERENCES review_rounds,
    episode INTEGER NOT NULL REFERENCES episodes,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_ref TEXT NOT NULL,
    frozen TEXT NOT NULL,
    novelty TEXT NOT NULL CHECK (novelty IN ('new', 'changed', 'known')),
    earlier INTEGER REFERENCES review_answers,
    PRIMARY KEY (round, episode, joint, side)
) STRICT
""",
    "CREATE INDEX round_cases_event ON round_cases (episode, joint, side)",
    "CREATE UNIQUE INDEX round_cases_position ON round_cases (round, position)",
    """
CREATE TABLE review_drafts (
    episode INTEGER NOT NULL,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    who TEXT NOT NULL,
    round INTEGER NOT NULL,
    content TEXT NOT NULL,
    field TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    PRIMARY KEY (episode, joint, side, who, round)
) STRICT
""",
    """
CREATE TABLE missed_decisions (
    decision_id INTEGER PRIMARY KEY,
    index_episode INTEGER NOT NULL REFERENCES episodes,
    index_joint TEXT NOT NULL,
    index_side TEXT NOT NULL,
    episode INTEGER NOT NULL REFERENCES episodes,
    decision TEXT NOT NULL CHECK (decision IN ('harm', 'no_harm')),
    complication_class TEXT NOT NULL,
    comment TEXT NOT NULL,
    who TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT
""",
    """
CREATE UNIQUE INDEX missed_decisions_standing ON missed_decisions (index_episode, index_joint, index_side, episode)
WHERE withdrawn_at IS NULL
""",
    """
CREATE TABLE provider_questions (
    question INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    provider_id TEXT NOT NULL REFERENCES providers (provider_id),
    wording TEXT NOT NULL,
    channel TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    deadline TEXT,
    status TEXT NOT NULL CHECK (status IN ('sent', 'answered', 'closed', 'withdrawn')),
    answered_on TEXT,
    answer TEXT NOT NULL,
    comment TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX provider_questions_event ON provider_questions (episode, joint, side)",
    """
CREATE TABLE disclosures (
    disclosure INTEGER PRIMARY KEY,
    disclosed_on TEXT NOT NULL,
    what TEXT NOT NULL,
    receiver TEXT NOT NULL,
    ground TEXT NOT NULL,
    who TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    episode INTEGER REFERENCES episodes,
    question INTEGER REFERENCES provider_questions
) STRICT
""",
    """
CREATE TRIGGER disclosures_are_not_edited BEFORE UPDATE ON disclosures
BEGIN SELECT RAISE(ABORT, 'disclosures are append-only'); END
""",
    """
CREATE TRIGGER disclosures_are_not_deleted BEFORE DELETE ON disclosures
BEGIN SELECT RAISE(ABORT, 'disclosures are append-only'); END
""",
    """
CREATE TABLE saved_filters (
    filter INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    who TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (list, name)
) STRICT
""",
    """
CREATE TABLE undo_steps (
    step INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    done_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    content TEXT NOT NULL,
    undone_at TEXT,
    dropped_at TEXT
) STRICT
""",
    "CREATE INDEX undo_steps_who ON undo_steps (who, step)",
    """
CREATE TABLE link_runs (
    run INTEGER PRIMARY KEY,
    ran_at TEXT NOT NULL,
    who TEXT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('asked', 'import', 'undo', 'decision', 'join', 'agreements')),
    persons INTEGER,
    operations INTEGER NOT NULL,
    events INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    another_look INTEGER NOT NULL
) STRICT
""",
    """
CREATE TABLE link_changes (
    run INTEGER NOT NULL REFERENCES link_runs,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'gone')),
    episode INTEGER NOT NULL,
    event_ref TEXT NOT NULL,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX link_changes_run ON link_changes (run)",
)
_ANSWERS_OF_VERDICTS = """
INSERT INTO review_answers (episode, joint, side, part, reviewer, answered_at, seconds, decision, index_episode,
       index_joint, index_side, relation, complication_class, harm_severity, clavien_dindo, avoidability, criteria,
       infection_level, organism, treatment, outcome, pointer, comment, shown, verdict, withdrawn_at)
SELECT episode, joint, side, 'sole', reviewer, reviewed_on, 0, decision, index_episode, index_joint, index_side, '',
       coalesce(complication_class, ''), '', '', '', '', '', '', '', '', '', coalesce(comment, ''), '{}', verdict,
       withdrawn_at
FROM verdicts WHERE batch IS NULL ORDER BY verdict
"""
# What stands can be undone, and then what it replaced, as the audit trail tells it.
_STEPS_OF_ANSWERS = """
WITH RECURSIVE given (verdict, replaced) AS MATERIALIZED (
    SELECT json_extract(detail, '$.verdict'), json_extract(detail, '$.replaced') FROM audit
    WHERE action = 'verdict_given'
), undoable (verdict) AS (
    SELECT verdict FROM review_answers WHERE withdrawn_at IS NULL
    UNION
    SELECT g.replaced FROM given g JOIN undoable u ON u.verdict = g.verdict WHERE g.replaced IS NOT NULL
)
INSERT INTO undo_steps (who, done_at, kind, target, content)
SELECT a.reviewer, a.answered_at, 'review_answer',
       e.source || '/' || e.episode_id || CASE WHEN a.joint = '' THEN '' ELSE '/' || a.joint END || '/' || a.side,
       json_object('answer', a.answer, 'replaced', r.answer, 'replaced_verdict', g.replaced)
FROM review_answers a JOIN episodes e ON e.episode = a.episode
LEFT JOIN given g ON g.verdict = a.verdict
LEFT JOIN review_answers r ON r.verdict = g.replaced
WHERE a.verdict IN (SELECT verdict FROM undoable) ORDER BY a.answer
"""
_DRAFT = "draft:"


def step(db: Database) -> None:
    """Add tables and columns, and carry over what was decided and begun."""
    for statement in _STATEMENTS:
        db.conn.execute(statement)
    db.conn.execute(_ANSWERS_OF_VERDICTS)
    db.conn.execute(_STEPS_OF_ANSWERS)
    _carry_over_drafts(db)


def _carry_over_drafts(db: Database) -> None:
    """Move unfinished answers out of `meta`, where their name told episode, joint and side."""
    for name, value in db.conn.execute("SELECT name, value FROM meta WHERE name LIKE 'draft:%'").fetchall():
        episode, joint, side = name[len(_DRAFT) :].split("/")
        told = json.loads(value)
        content = json.dumps({key: told[key] for key in told if told[key] is not None}, ensure_ascii=False)
        db.conn.execute(
            "INSERT INTO review_drafts (episode, joint, side, who, round, content, field, kept_at) "
            "VALUES (?, ?, ?, '', 0, ?, '', '')",
            (int(episode), joint, side, content),
        )
        db.conn.execute("DELETE FROM meta WHERE name = ?", (name,))
