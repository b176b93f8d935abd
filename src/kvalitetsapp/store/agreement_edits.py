"""Edits of agreements in the program, what imports corrected of them, and what is claimed under a cap."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.domain.cap_use import NetDrawn
from kvalitetsapp.domain.claim_words import AgreementEdit
from kvalitetsapp.store import agreements

if TYPE_CHECKING:
    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.store.connection import Store

_NET = "sum(CASE e.kind WHEN 'draw' THEN e.amount ELSE -e.amount END)"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit as stored; `before` is None where the agreement was made."""

    kind: AgreementEdit
    before: Agreement | None
    after: Agreement
    reason: str
    who: str
    edited_at: str


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that wrote an agreement; `met` is what stood there, None where it was new."""

    batch: int
    file_name: str
    imported_at: str
    met: Agreement | None


def add(
    store: Store, kind: AgreementEdit, before: Agreement | None, after: Agreement, *, reason: str, who: str, at: str
) -> None:
    """Write an agreement as it is to be together with the edit that made it so."""
    terms = agreements.to_terms(after)
    if before is None:
        number = store.write("INSERT INTO agreements (agreement_id, terms) VALUES (?, ?)", (after.agreement_id, terms))
    else:
        number = int(store.value("SELECT agreement FROM agreements WHERE agreement_id = ?", (after.agreement_id,)))
        store.write("UPDATE agreements SET terms = ? WHERE agreement = ?", (terms, number))
    was = "{}" if before is None else agreements.to_terms(before)
    store.write(
        "INSERT INTO agreement_edits (agreement, kind, before, after, reason, who, edited_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, kind.value, was, terms, reason, who, at),
    )


def of_agreement(store: Store, agreement_id: str) -> list[Edit]:
    """Return the edits of an agreement in order."""
    rows = store.rows(
        "SELECT kind, before, after, reason, who, edited_at FROM agreement_edits "
        "JOIN agreements USING (agreement) WHERE agreement_id = ? ORDER BY edit",
        (agreement_id,),
    )
    return [
        Edit(
            AgreementEdit(kind),
            None if before == "{}" else agreements.from_terms(before),
            agreements.from_terms(after),
            *rest,
        )
        for kind, before, after, *rest in rows
    ]


def imports_of(store: Store, agreement_id: str) -> list[Imported]:
    """Return the imports that hold and wrote the agreement, in order: the one that added it, then the corrections."""
    number = store.value("SELECT agreement FROM agreements WHERE agreement_id = ?", (agreement_id,))
    corrections = store.rows(
        "SELECT h.replaced_by, b.file_name, b.imported_at, h.content, h.previous_batch FROM row_history h "
        "JOIN import_batches b ON b.batch = h.replaced_by "
        "WHERE h.table_name = 'agreements' AND h.row_key = ? AND h.undone_at IS NULL ORDER BY h.history",
        (number,),
    )
    carried = store.value("SELECT batch FROM agreements WHERE agreement = ?", (number,))
    first = corrections[0][4] if corrections else carried
    added = store.rows("SELECT batch, file_name, imported_at FROM import_batches WHERE batch = ?", (first,))
    return [
        *(Imported(batch, file_name, at, None) for batch, file_name, at in added),
        *(
            Imported(batch, file_name, at, agreements.from_terms(json.loads(content)["terms"]))
            for batch, file_name, at, content, _previous in corrections
        ),
    ]


def net_drawn(store: Store) -> list[NetDrawn]:
    """Return what is net drawn on caps now, by operation as its claims know it and episode; nothing where it is 0."""
    rows = store.rows(
        "SELECT c.index_episode, c.index_joint, c.index_side, min(c.index_ref), c.provider_id, i.payer_route, "
        f"c.operated_on, l.episode, {_NET} FROM cap_entries e JOIN claims c ON c.claim = e.claim "
        "JOIN claim_lines l ON l.claim = e.claim AND l.line = e.line "
        "JOIN episodes i ON i.episode = c.index_episode "
        f"GROUP BY c.index_episode, c.index_joint, c.index_side, l.episode HAVING {_NET} > 0 ORDER BY 4, 8"
    )
    return [
        NetDrawn(index, joint, side, ref, provider, route, date.fromisoformat(day), episode, amount)
        for index, joint, side, ref, provider, route, day, episode, amount in rows
    ]


def issued_claims(store: Store) -> list[tuple[int, str, str, int]]:
    """Return number, moment of the draft, operation and what is net drawn of every issued claim that has any left."""
    rows: list[tuple[int, str, str, int]] = store.rows(
        f"SELECT c.claim, c.drafted_at, c.index_ref, {_NET} FROM cap_entries e JOIN claims c ON c.claim = e.claim "
        f"WHERE c.basis IS NOT NULL GROUP BY c.claim HAVING {_NET} > 0 ORDER BY c.claim"
    )
    return rows
