"""How much of each kind is old, the decisions about it, and erasing what nothing else rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.retention import Decided, RetentionDecision, RetentionKind

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_OLD_BATCH: Final = "batch IN (SELECT batch FROM import_batches WHERE substr(imported_at, 1, 10) <= ?)"
_UNDONE_BATCH: Final = "batch IN (SELECT batch FROM import_batches WHERE substr(undone_at, 1, 10) <= ?)"
# What is old, by the day up to which it is: each takes that day once.
_OLD: Final[dict[RetentionKind, str]] = {
    RetentionKind.REJECTED_VALUES: f"import_rejects WHERE value <> '' AND {_OLD_BATCH}",
    RetentionKind.UNDONE_ROWS: f"undone_rows WHERE content <> '{{}}' AND {_UNDONE_BATCH}",
    RetentionKind.EARLIER_VALUES: "row_history WHERE undone_at IS NULL AND replaced_by IN "
    "(SELECT batch FROM import_batches WHERE substr(imported_at, 1, 10) <= ?)",
    RetentionKind.DRAFTS: "review_drafts WHERE substr(kept_at, 1, 10) <= ?",
    RetentionKind.CLAIM_DOCUMENTS: "bases WHERE substr(issued_at, 1, 10) <= ? AND NOT EXISTS "
    "(SELECT 1 FROM basis_lines l JOIN claims c USING (claim) WHERE l.basis = bases.basis "
    "AND c.status NOT IN ('settled', 'written_off', 'withdrawn'))",
    RetentionKind.FINAL_REPORTS: "final_reports WHERE substr(signed_at, 1, 10) <= ?",
    RetentionKind.PAPERS: "papers WHERE "
    "(SELECT substr(max(saved_at), 1, 10) FROM paper_versions v WHERE v.paper = papers.paper) <= ?",
    RetentionKind.WAITING_LISTS: "waiting_entries WHERE snapshot_on <= ?",
}
_ERASING: Final[dict[RetentionKind, str]] = {
    RetentionKind.REJECTED_VALUES: f"UPDATE import_rejects SET value = '' WHERE value <> '' AND {_OLD_BATCH}",
    RetentionKind.UNDONE_ROWS: f"UPDATE undone_rows SET content = '{{}}' WHERE {_UNDONE_BATCH}",
    RetentionKind.DRAFTS: "DELETE FROM review_drafts WHERE substr(kept_at, 1, 10) <= ?",
}
_DECIDED: Final = (
    "SELECT retention_decision, kind, through, found, decision, keep_until, reason, who, decided_at "
    "FROM retention_decisions ORDER BY retention_decision DESC"
)


def log_entries_by_year(store: Store, through: date) -> list[tuple[int, int]]:
    """Return the years with entries up to a day, and how many."""
    rows = store.rows(
        "SELECT CAST(substr(happened_at, 1, 4) AS INTEGER), count(*) FROM audit "
        "WHERE happened_at < ? GROUP BY 1 ORDER BY 1",
        (f"{through.isoformat()}U",),  # after every moment of the day, whose text goes on with a T
    )
    return [(int(year), int(found)) for year, found in rows]


def old(store: Store, kind: RetentionKind, through: date) -> int:
    """Return how much of a kind is as old as a day, or older; not for the log, which is counted by year."""
    return int(store.value(f"SELECT count(*) FROM {_OLD[kind]}", (through.isoformat(),)))


def erase(store: Store, kind: RetentionKind, through: date) -> None:
    """Erase what is as old as a day, or older, inside a transaction; only of kinds that nothing else rests on."""
    store.write(_ERASING[kind], (through.isoformat(),))


def decide(store: Store, new: Decided) -> int:
    """Keep a decision and return its number."""
    return store.write(
        "INSERT INTO retention_decisions (kind, through, found, decision, keep_until, reason, who, decided_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.kind.value, new.through.isoformat(), new.found, new.decision.value),
            *(None if new.keep_until is None else new.keep_until.isoformat(), new.reason, new.who, this_moment()),
        ),
    )


def decisions(store: Store) -> tuple[Decided, ...]:
    """Return every decision, the latest first."""
    return tuple(map(_decided, store.rows(_DECIDED)))


def _decided(row: tuple[Any, ...]) -> Decided:
    number, kind, through, found, decision, keep_until, reason, who, decided_at = row
    return Decided(
        *(number, RetentionKind(kind), date.fromisoformat(through), found, RetentionDecision(decision)),
        *(date.fromisoformat(keep_until) if keep_until else None, reason, who, decided_at),
    )
