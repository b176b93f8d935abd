"""What has become of claim lines: what was issued and credited of each, and what was paid for each document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

LINE_COLUMNS: Final = (
    *("basis", "basis_line", "claim", "line", "status", "provider_id", "agreement_id", "index_episode"),
    *(
        "index_joint",
        "index_side",
        "operated_on",
        "episode",
        "joint",
        "side",
        "event_date",
        "complication_class",
        "claimed",
        "credited",
    ),
)


def line_columns(store: Store) -> dict[str, list[Any]]:
    """Return every line of the invoice bases with what it claims and what is credited of it, as columns."""
    of_claim = ", ".join(f"c.{name}" for name in LINE_COLUMNS[4:11])
    of_event = ", ".join(f"l.{name}" for name in LINE_COLUMNS[11:16])
    return store.columns(
        f"SELECT i.basis, i.line AS basis_line, i.claim, i.claim_line AS line, {of_claim}, {of_event}, "
        "i.amount AS claimed, (SELECT coalesce(sum(k.amount), 0) FROM basis_lines k "
        "WHERE k.credited_basis = i.basis AND k.credited_line = i.line) AS credited "
        "FROM basis_lines i JOIN claims c ON c.claim = i.claim "
        "JOIN claim_lines l ON l.claim = i.claim AND l.line = i.claim_line "
        "WHERE i.credited_basis IS NULL ORDER BY i.basis, i.line",
        LINE_COLUMNS,
    )
