"""Version 7: costs by DRG and by hand, edits of agreements, claims and their ledger, invoice bases, payments.

What has left the region, or says why money was or was not asked for, is append-only, and the store itself holds the
sums: a draw never passes the cap, a release or credit never gives back more than was drawn, a credit line never takes
more than its line, the numbers of bases have no gap, and no more of a payment is placed than was paid. Amounts are
integer öre and, unless told, above zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_COSTS = (
    """
CREATE TABLE drg_weights (
    drg_weight INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    drg TEXT NOT NULL,
    weight INTEGER NOT NULL,
    source TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches,
    UNIQUE (year, drg)
) STRICT
""",
    """
CREATE TABLE drg_prices (
    drg_price INTEGER PRIMARY KEY,
    year INTEGER NOT NULL UNIQUE,
    price INTEGER NOT NULL,
    source TEXT,
    batch INTEGER NOT NULL REFERENCES import_batches
) STRICT
""",
    """
CREATE TABLE manual_costs (
    manual_cost INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episodes,
    cost INTEGER NOT NULL CHECK (cost >= 0),
    price_year INTEGER,
    reason TEXT NOT NULL CHECK (reason <> ''),
    who TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT
""",
    "CREATE UNIQUE INDEX manual_costs_standing ON manual_costs (episode) WHERE withdrawn_at IS NULL",
)
# An agreement that was written in the window came with no import.
_AGREEMENTS = (
    """
CREATE TABLE agreements_anew (
    agreement INTEGER PRIMARY KEY,
    agreement_id TEXT NOT NULL UNIQUE,
    terms TEXT NOT NULL,
    batch INTEGER REFERENCES import_batches
) STRICT
""",
    "INSERT INTO agreements_anew SELECT agreement, agreement_id, terms, batch FROM agreements",
    "DROP TABLE agreements",
    "ALTER TABLE agreements_anew RENAME TO agreements",
    """
CREATE TABLE agreement_edits (
    edit INTEGER PRIMARY KEY,
    agreement INTEGER NOT NULL REFERENCES agreements,
    kind TEXT NOT NULL CHECK (kind IN ('made', 'changed', 'verified', 'ended')),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    edited_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX agreement_edits_agreement ON agreement_edits (agreement)",
)
# `told_side` is the side of an operation that was not known when the claim was drafted and has been told since.
_CLAIMS = (
    """
CREATE TABLE claims (
    claim INTEGER PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES providers (provider_id),
    agreement_id TEXT NOT NULL,
    terms TEXT NOT NULL,
    index_episode INTEGER NOT NULL REFERENCES episodes,
    index_joint TEXT NOT NULL,
    index_side TEXT NOT NULL,
    told_side TEXT,
    index_ref TEXT NOT NULL,
    operated_on TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'issued', 'sent', 'accepted', 'partly_accepted',
                                           'disputed', 'settled', 'written_off', 'withdrawn')),
    accepted INTEGER CHECK (accepted >= 0),
    supplements INTEGER REFERENCES claims,
    basis INTEGER REFERENCES bases,
    drafted_by TEXT NOT NULL,
    drafted_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX claims_operation ON claims (index_episode, index_joint)",
    "CREATE INDEX claims_status ON claims (status)",
    "CREATE INDEX claims_basis ON claims (basis)",
    """
CREATE TABLE claim_lines (
    claim INTEGER NOT NULL REFERENCES claims,
    line INTEGER NOT NULL CHECK (line > 0),
    episode INTEGER NOT NULL REFERENCES episodes,
    joint TEXT NOT NULL,
    side TEXT NOT NULL,
    event_ref TEXT NOT NULL,
    event_date TEXT NOT NULL,
    days INTEGER NOT NULL,
    complication_class TEXT NOT NULL,
    verdict INTEGER REFERENCES verdicts,
    reviewer TEXT NOT NULL,
    reviewed_on TEXT NOT NULL,
    relation TEXT NOT NULL,
    cost INTEGER NOT NULL,
    cost_basis TEXT NOT NULL,
    cost_source TEXT NOT NULL,
    price_year INTEGER,
    deductible INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (claim, line)
) STRICT
""",
    "CREATE INDEX claim_lines_episode ON claim_lines (episode)",
    "CREATE INDEX claim_lines_verdict ON claim_lines (verdict)",
    """
CREATE TABLE claim_steps (
    step INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    who TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    amount INTEGER,
    basis INTEGER REFERENCES bases
) STRICT
""",
    "CREATE INDEX claim_steps_claim ON claim_steps (claim)",
    """
CREATE TABLE cap_entries (
    entry INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('draw', 'release', 'credit')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    cap INTEGER NOT NULL,
    cap_scope TEXT NOT NULL CHECK (cap_scope IN ('index_operation', 'episode')),
    day TEXT NOT NULL,
    who TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    basis INTEGER REFERENCES bases
) STRICT
""",
    "CREATE INDEX cap_entries_claim ON cap_entries (claim, line)",
    """
CREATE TABLE correction_decisions (
    decision INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims,
    line INTEGER NOT NULL,
    difference INTEGER NOT NULL CHECK (difference <> 0),
    fingerprint TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    who TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT
""",
    "CREATE INDEX correction_decisions_claim ON correction_decisions (claim, line)",
)
_BASES = (
    """
CREATE TABLE provider_billing (
    provider_id TEXT PRIMARY KEY REFERENCES providers (provider_id),
    content TEXT NOT NULL,
    who TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE bases (
    basis INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE CHECK (length(number) = 23),
    issuer_org TEXT NOT NULL,
    counter INTEGER NOT NULL CHECK (counter BETWEEN 1 AND 999999),
    document_type INTEGER NOT NULL CHECK (document_type IN (380, 381)),
    provider_id TEXT NOT NULL REFERENCES providers (provider_id),
    credits INTEGER REFERENCES bases,
    issued_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    content TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    UNIQUE (issuer_org, counter),
    CHECK ((document_type = 381) = (credits IS NOT NULL))
) STRICT
""",
    "CREATE INDEX bases_provider ON bases (provider_id)",
    "CREATE INDEX bases_credits ON bases (credits)",
    """
CREATE TABLE basis_lines (
    basis INTEGER NOT NULL REFERENCES bases,
    line INTEGER NOT NULL CHECK (line > 0),
    claim INTEGER NOT NULL REFERENCES claims,
    claim_line INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    credited_basis INTEGER,
    credited_line INTEGER,
    credit_reason INTEGER CHECK (credit_reason BETWEEN 1 AND 9),
    reason TEXT NOT NULL,
    PRIMARY KEY (basis, line),
    FOREIGN KEY (credited_basis, credited_line) REFERENCES basis_lines (basis, line)
) STRICT
""",
    "CREATE INDEX basis_lines_claim ON basis_lines (claim, claim_line)",
    "CREATE INDEX basis_lines_credited ON basis_lines (credited_basis, credited_line)",
    """
CREATE TABLE basis_steps (
    step INTEGER PRIMARY KEY,
    basis INTEGER NOT NULL REFERENCES bases,
    kind TEXT NOT NULL CHECK (kind IN ('files', 'sent', 'legal_number', 'reminder')),
    day TEXT NOT NULL,
    content TEXT NOT NULL,
    who TEXT NOT NULL,
    taken_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX basis_steps_basis ON basis_steps (basis)",
)
_PAYMENTS = (
    """
CREATE TABLE payments (
    payment INTEGER PRIMARY KEY,
    received_on TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    reference TEXT NOT NULL,
    payer TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('typed', 'csv', 'camt.054')),
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    entry_reference TEXT UNIQUE,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT
""",
    """
CREATE TABLE payment_matches (
    match INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments,
    basis INTEGER NOT NULL REFERENCES bases,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    how TEXT NOT NULL CHECK (how IN ('reference', 'hand')),
    who TEXT NOT NULL,
    matched_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT
""",
    "CREATE INDEX payment_matches_payment ON payment_matches (payment)",
    "CREATE INDEX payment_matches_basis ON payment_matches (basis)",
)
_GUARDS = (
    """
CREATE TRIGGER cap_entries_never_pass_the_cap BEFORE INSERT ON cap_entries WHEN NEW.kind = 'draw'
BEGIN
    SELECT RAISE(ABORT, 'the cap is passed')
    WHERE NEW.amount + (
        SELECT coalesce(sum(CASE kind WHEN 'draw' THEN e.amount ELSE -e.amount END), 0)
        FROM claims mine
        JOIN claims c ON c.index_episode = mine.index_episode AND c.index_joint = mine.index_joint
            AND (coalesce(c.told_side, c.index_side) = coalesce(mine.told_side, mine.index_side)
                 OR 'unknown' IN (coalesce(c.told_side, c.index_side), coalesce(mine.told_side, mine.index_side)))
        JOIN cap_entries e ON e.claim = c.claim
        JOIN claim_lines l ON l.claim = e.claim AND l.line = e.line
        WHERE mine.claim = NEW.claim
          AND (NEW.cap_scope = 'index_operation'
               OR l.episode = (SELECT episode FROM claim_lines WHERE claim = NEW.claim AND line = NEW.line))
    ) > NEW.cap;
END
""",
    """
CREATE TRIGGER cap_entries_never_give_back_more BEFORE INSERT ON cap_entries WHEN NEW.kind <> 'draw'
BEGIN
    SELECT RAISE(ABORT, 'more is given back than was drawn')
    WHERE NEW.amount > (
        SELECT coalesce(sum(CASE kind WHEN 'draw' THEN amount ELSE -amount END), 0)
        FROM cap_entries WHERE claim = NEW.claim AND line = NEW.line
    );
END
""",
    """
CREATE TRIGGER bases_have_no_gap BEFORE INSERT ON bases
BEGIN
    SELECT RAISE(ABORT, 'the number does not follow the one before')
    WHERE NEW.counter <> 1 + (SELECT coalesce(max(counter), 0) FROM bases WHERE issuer_org = NEW.issuer_org);
END
""",
    """
CREATE TRIGGER basis_lines_never_credit_more BEFORE INSERT ON basis_lines WHEN NEW.credited_basis IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'more is credited than was claimed')
    WHERE NEW.amount + (
        SELECT coalesce(sum(amount), 0) FROM basis_lines
        WHERE credited_basis = NEW.credited_basis AND credited_line = NEW.credited_line
    ) > (SELECT amount FROM basis_lines WHERE basis = NEW.credited_basis AND line = NEW.credited_line);
END
""",
    """
CREATE TRIGGER claim_lines_of_issued_claims_are_not_edited BEFORE UPDATE ON claim_lines
WHEN (SELECT status FROM claims WHERE claim = OLD.claim) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only the lines of a draft can be changed'); END
""",
    """
CREATE TRIGGER claim_lines_are_not_deleted BEFORE DELETE ON claim_lines
BEGIN SELECT RAISE(ABORT, 'claim_lines are not deleted'); END
""",
    """
CREATE TRIGGER payment_matches_never_pass_the_payment BEFORE INSERT ON payment_matches
BEGIN
    SELECT RAISE(ABORT, 'more is placed than was paid') FROM payments p
    WHERE p.payment = NEW.payment AND ((NEW.amount > 0) <> (p.amount > 0) OR abs(NEW.amount + (
        SELECT coalesce(sum(amount), 0) FROM payment_matches WHERE payment = NEW.payment AND withdrawn_at IS NULL
    )) > abs(p.amount));
    SELECT RAISE(ABORT, 'a credit note takes no payment') FROM bases
    WHERE basis = NEW.basis AND document_type = 381;
END
""",
    """
CREATE TRIGGER payments_are_withdrawn_once BEFORE UPDATE ON payments
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR OLD.amount <> NEW.amount
    OR OLD.received_on <> NEW.received_on OR OLD.entry_reference IS NOT NEW.entry_reference
BEGIN SELECT RAISE(ABORT, 'a payment can only be withdrawn'); END
""",
    """
CREATE TRIGGER payment_matches_are_withdrawn_once BEFORE UPDATE ON payment_matches
WHEN OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR OLD.amount <> NEW.amount
    OR OLD.payment <> NEW.payment OR OLD.basis <> NEW.basis
BEGIN SELECT RAISE(ABORT, 'a match can only be withdrawn'); END
""",
    """
CREATE TRIGGER payments_are_not_deleted BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'payments are not deleted'); END
""",
    """
CREATE TRIGGER payment_matches_are_not_deleted BEFORE DELETE ON payment_matches
BEGIN SELECT RAISE(ABORT, 'payment_matches are not deleted'); END
""",
)
_APPEND_ONLY = ("agreement_edits", "claim_steps", "cap_entries", "bases", "basis_lines", "basis_steps")


def step(db: Database) -> None:
    """Add the tables, let agreements be without an import, and guard what must not change."""
    for statement in (*_COSTS, *_AGREEMENTS, *_BASES, *_CLAIMS, *_PAYMENTS, *_GUARDS):
        db.conn.execute(statement)
    for table in _APPEND_ONLY:
        for verb, done in (("UPDATE", "edited"), ("DELETE", "deleted")):
            db.conn.execute(
                f"CREATE TRIGGER {table}_are_not_{done} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
