"""Settings of the rules of data quality, decisions about rows, and what imports have noted for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.quality import Decision, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

ACTION: Final = "quality_"
"""How the names of these actions begin in the audit trail: they change no fact that rules look at."""

_DECISION: Final = "rule, ref, decision, reason, fingerprint, who, decided_at, withdrawn_at, withdrawn_by"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a rule is set, by whom and when."""

    enabled: bool
    limits: Limits
    changed_by: str
    changed_at: str


def facts_mark(store: Store) -> int:
    """Return a number that changes whenever something happens that rules may look at."""
    sql = "SELECT coalesce(max(entry), 0) FROM audit WHERE action NOT LIKE ?"
    return int(store.value(sql, (f"{ACTION}%",)))


def settings(store: Store) -> dict[str, Setting]:
    """Return the latest setting of every rule that someone has set."""
    rows = store.rows("SELECT rule, enabled, limits, changed_by, changed_at FROM quality_settings ORDER BY setting")
    return {rule: Setting(bool(on), json.loads(limits), who, when) for rule, on, limits, who, when in rows}


def add_setting(store: Store, rule: str, enabled: bool, limits: Limits, who: str) -> None:
    """Set a rule; what held before stays in the table."""
    store.write(
        "INSERT INTO quality_settings (rule, enabled, limits, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)",
        (rule, int(enabled), json.dumps(limits, sort_keys=True), who, this_moment()),
    )


def standing(store: Store, rule: str) -> dict[str, Decision]:
    """Return the decisions of a rule that are not withdrawn, by reference."""
    sql = f"SELECT {_DECISION} FROM quality_decisions WHERE rule = ? AND withdrawn_at IS NULL"
    return {decision.ref: decision for decision in _decisions(store, sql, (rule,))}


def history(store: Store, rule: str, ref: str) -> list[Decision]:
    """Return every decision about a row, the newest first, those that were withdrawn among them."""
    sql = f"SELECT {_DECISION} FROM quality_decisions WHERE rule = ? AND ref = ? ORDER BY decision_id DESC"
    return _decisions(store, sql, (rule, ref))


def withdraw(store: Store, rule: str, refs: Iterable[str], who: str) -> None:
    """Let the decisions about these rows no longer stand; they are kept."""
    now = this_moment()
    store.write_many(
        "UPDATE quality_decisions SET withdrawn_at = ?, withdrawn_by = ? "
        "WHERE rule = ? AND ref = ? AND withdrawn_at IS NULL",
        ((now, who, rule, ref) for ref in refs),
    )


def decide(store: Store, rule: str, facts: dict[str, str], decision: str, reason: str, who: str) -> None:
    """Decide about rows, given as reference and fingerprint; a decision that stood is withdrawn."""
    withdraw(store, rule, facts, who)
    now = this_moment()
    store.write_many(
        "INSERT INTO quality_decisions (rule, ref, decision, reason, fingerprint, who, decided_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((rule, ref, decision, reason, mark, who, now) for ref, mark in facts.items()),
    )


def noted(store: Store, rule: str) -> list[tuple[str, str, str, int | None, str]]:
    """Return what imports that stand and the last link run noted for a rule, each reference and column once.

    Columns: reference, column, value, batch (None: the link run), kind of file.
    """
    return store.rows(
        "SELECT f.ref, f.column_name, f.value, max(f.batch), coalesce(b.kind, '') "
        "FROM findings f LEFT JOIN import_batches b USING (batch) "
        "WHERE f.rule = ? AND b.undone_at IS NULL "
        "GROUP BY CASE WHEN f.ref = '' THEN 'import/' || f.batch ELSE f.ref END, f.column_name, f.value "
        "ORDER BY f.ref, f.column_name, f.value",
        (rule,),
    )


def rejected(store: Store) -> list[tuple[int, int, str, str, str, str, str, str]]:
    """Return every rejected row of imports that stand; of a file that was read twice only the first time.

    Columns: batch, row number, column, value, code, reason, kind of file, file name.
    """
    return store.rows(
        "SELECT min(r.batch), r.row_number, r.column_name, r.value, r.code, r.reason, b.kind, b.file_name "
        "FROM import_rejects r JOIN import_batches b USING (batch) WHERE b.undone_at IS NULL "
        "GROUP BY b.kind, b.file_sha256, b.profile_name, r.row_number, r.column_name, r.code "
        "ORDER BY 1, 2"
    )


def price_columns(store: Store) -> dict[str, list[Any]]:
    """Return what the region was charged for every episode, in the order of `episodes.columns`."""
    return store.columns("SELECT episode, price FROM episodes ORDER BY episode", ("episode", "price"))


def _decisions(store: Store, sql: str, parameters: tuple[str, ...]) -> list[Decision]:
    return [Decision(*row) for row in store.rows(sql, parameters)]
