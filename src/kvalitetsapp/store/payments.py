"""Payments and what they pay for: appended, and withdrawn with the moment when that was done."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.claim_words import PaymentOrigin
from kvalitetsapp.domain.payment import Match, NewPayment, Payment

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_READ: Final = """
SELECT p.payment, p.received_on, p.amount, p.reference, p.payer, p.origin, p.file_name, p.note, p.who, p.recorded_at
FROM payments p WHERE p.withdrawn_at IS NULL
"""
_MATCHES: Final = """
SELECT m.match, m.payment, m.basis, b.number, m.amount, m.how, m.who, m.matched_at
FROM payment_matches m JOIN bases b ON b.basis = m.basis WHERE m.withdrawn_at IS NULL
"""


def add(
    store: Store, new: NewPayment, origin: PaymentOrigin, who: str, at: str, *, file_name: str = "", sha256: str = ""
) -> int:
    """Add a payment and return its number; one typed has no reference of a bank."""
    return store.write(
        "INSERT INTO payments (received_on, amount, reference, payer, origin, file_name, file_sha256, "
        "entry_reference, note, who, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.received_on.isoformat(), new.amount, new.reference, new.payer, origin.value, file_name, sha256),
            *(new.entry_reference or None, new.note, who, at),
        ),
    )


def withdraw(store: Store, payment: int, at: str) -> None:
    """Take a payment back together with everything that it pays for; it stays known, so that no file adds it again."""
    for table in ("payments", "payment_matches"):
        store.write(f"UPDATE {table} SET withdrawn_at = ? WHERE payment = ? AND withdrawn_at IS NULL", (at, payment))


def of_number(store: Store, payment: int) -> Payment | None:
    """Return a payment that stands, None where there is none of that number."""
    found = _payments(store, "AND p.payment = ?", "AND m.payment = ?", (payment,))
    return found[0] if found else None


def all_payments(store: Store) -> tuple[Payment, ...]:
    """Return every payment that stands, the latest received first."""
    return _payments(store, "", "", ())


def amounts_by_entry(store: Store) -> dict[str, int]:
    """Return the amount of every payment that came with a file, by its entry there, those taken back too."""
    return dict(store.rows("SELECT entry_reference, amount FROM payments WHERE entry_reference IS NOT NULL"))


def add_match(store: Store, payment: int, basis: int, amount: int, how: str, who: str, at: str) -> int:
    """Let so much of a payment pay for a document."""
    return store.write(
        "INSERT INTO payment_matches (payment, basis, amount, how, who, matched_at) VALUES (?, ?, ?, ?, ?, ?)",
        (payment, basis, amount, how, who, at),
    )


def withdraw_match(store: Store, match: int, at: str) -> None:
    """Let a part of a payment pay for nothing again."""
    store.write("UPDATE payment_matches SET withdrawn_at = ? WHERE match = ? AND withdrawn_at IS NULL", (at, match))


def match_of_number(store: Store, match: int) -> Match | None:
    """Return a match that stands, None where there is none of that number."""
    rows = store.rows(f"{_MATCHES} AND m.match = ?", (match,))
    return Match(*rows[0]) if rows else None


def _payments(store: Store, where: str, where_match: str, parameters: tuple[object, ...]) -> tuple[Payment, ...]:
    found = [Match(*row) for row in store.rows(f"{_MATCHES} {where_match} ORDER BY m.payment, m.match", parameters)]
    matches = {payment: tuple(group) for payment, group in groupby(found, attrgetter("payment"))}
    rows = store.rows(f"{_READ} {where} ORDER BY p.received_on DESC, p.payment DESC", parameters)
    return tuple(_payment(row, matches.get(row[0], ())) for row in rows)


def _payment(row: tuple[Any, ...], matches: tuple[Match, ...]) -> Payment:
    payment, received_on, amount, reference, payer, origin, file_name, note, who, recorded_at = row
    return Payment(
        payment,
        date.fromisoformat(received_on),
        amount,
        reference,
        payer,
        PaymentOrigin(origin),
        file_name,
        note,
        who,
        recorded_at,
        matches,
    )
