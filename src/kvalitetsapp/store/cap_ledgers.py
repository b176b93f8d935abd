"""What is drawn on caps, line by line of every claim, and the ledger of one operation as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.store.claims import OF_OPERATION
from kvalitetsapp.store.link_parts import EPISODES_OF_PART

if TYPE_CHECKING:
    from kvalitetsapp.domain.claim import OperationKey
    from kvalitetsapp.store.connection import Store

DRAWN_COLUMNS: Final = (
    *("claim", "line", "status", "provider_id", "agreement_id", "index_ref", "index_episode", "index_joint"),
    *("index_side", "episode", "joint", "side", "event_ref", "event_date", "complication_class", "cost", "deductible"),
    "net",
)
NET: Final = """coalesce((SELECT sum(CASE e.kind WHEN 'draw' THEN e.amount ELSE -e.amount END)
          FROM cap_entries e WHERE e.claim = l.claim AND e.line = l.line), 0)"""


_OF_PART: Final = f"""WHERE c.claim IN (SELECT claim FROM claims WHERE index_episode IN {EPISODES_OF_PART}
UNION SELECT claim FROM claim_lines WHERE episode IN {EPISODES_OF_PART}) """


def drawn_columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return every claim line with the net of its entries, as columns (`analysis.claim_ledger.DRAWN`).

    With `of_part` those of claims that are about an operation or an event of the part at hand (`link_parts`).
    """
    wanted = ", ".join(f"c.{name}" for name in DRAWN_COLUMNS[2:9])
    of_line = ", ".join(f"l.{name}" for name in DRAWN_COLUMNS[9:-1])
    return store.columns(
        f"SELECT c.claim, l.line, {wanted}, {of_line}, {NET} AS net "
        f"FROM claims c JOIN claim_lines l ON l.claim = c.claim {_OF_PART if of_part else ''}ORDER BY l.claim, l.line",
        DRAWN_COLUMNS,
    )


def net_of_claim(store: Store, claim: int) -> dict[int, int]:
    """Return what is drawn and not given back for each line of a claim."""
    rows = store.rows(f"SELECT l.line, {NET} FROM claim_lines l WHERE l.claim = ?", (claim,))
    return dict(rows)


def drawn_of_operation(store: Store, operation: OperationKey, episode: int | None = None) -> int:
    """Return what is drawn and not given back for an operation, or of that for one episode.

    Claims from before its side was told count in, as they do where the store guards the cap.
    """
    found = store.value(
        f"SELECT sum({NET}) FROM claim_lines l JOIN claims c ON c.claim = l.claim {OF_OPERATION} "
        "AND (?4 IS NULL OR l.episode = ?4)",
        (operation.episode, operation.joint, operation.side, episode),
    )
    return int(found or 0)


def entries_of(store: Store, operation: OperationKey) -> list[tuple[Any, ...]]:
    """Return the entries of an operation's ledger in order.

    Each: day, claim, drafted_at, line, event_ref, episode, kind, amount, cap, cap_scope, number of document, who.
    """
    return store.rows(
        "SELECT e.day, c.claim, c.drafted_at, e.line, l.event_ref, l.episode, e.kind, e.amount, e.cap, e.cap_scope, "
        "coalesce(b.number, ''), e.who FROM cap_entries e JOIN claims c ON c.claim = e.claim "
        "JOIN claim_lines l ON l.claim = e.claim AND l.line = e.line "
        f"LEFT JOIN bases b ON b.basis = coalesce(e.basis, CASE e.kind WHEN 'draw' THEN c.basis END) {OF_OPERATION} "
        "ORDER BY e.entry",
        (operation.episode, operation.joint, operation.side),
    )


def nets(store: Store) -> dict[tuple[int, int], int]:
    """Return what is drawn and not given back for every claim line."""
    rows = store.rows(f"SELECT l.claim, l.line, {NET} FROM claim_lines l")
    return {(claim, line): net for claim, line, net in rows}


def document_numbers(store: Store) -> dict[int, str]:
    """Return the number of every document."""
    return dict(store.rows("SELECT basis, number FROM bases"))
