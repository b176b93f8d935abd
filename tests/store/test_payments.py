"""The store itself holds what is placed: never more than was paid, never on a credit note, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import PaymentOrigin
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.store import dialect
from kvalitetsapp.store import payments as store
from support import reviewing
from support.made_bases import ISSUED, credit, issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

AT = "2024-02-01T12:00:00+00:00"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with reviewing.make(tmp_path) as opened:
        yield opened


def add(workspace: Workspace, amount: int) -> int:
    with workspace.store.transaction():
        return store.add(workspace.store, NewPayment(ISSUED, amount, "x"), PaymentOrigin.TYPED, "Eko", AT)


@pytest.mark.parametrize(("amount", "placed"), [(100, 101), (100, -1), (-100, 1), (-100, -101)])
def test_no_more_is_placed_than_was_paid_and_with_its_sign(workspace: Workspace, amount: int, placed: int) -> None:
    made, payment = issue(workspace, 500), add(workspace, amount)
    with pytest.raises(dialect.DatabaseError, match="more is placed"), workspace.store.transaction():
        store.add_match(workspace.store, payment, made.basis, placed, "hand", "Eko", AT)


def test_a_credit_note_takes_no_payment(workspace: Workspace) -> None:
    made, payment = issue(workspace, 500), add(workspace, 100)
    note = credit(workspace, made, 1, 100)
    with pytest.raises(dialect.DatabaseError, match="credit note"), workspace.store.transaction():
        store.add_match(workspace.store, payment, note.basis, 100, "hand", "Eko", AT)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE payments SET amount = 1",
        "DELETE FROM payments",
        "UPDATE payment_matches SET amount = 1, withdrawn_at = 'x'",
        "DELETE FROM payment_matches",
    ],
)
def test_payments_and_matches_are_only_withdrawn(workspace: Workspace, sql: str) -> None:
    made, payment = issue(workspace, 500), add(workspace, 100)
    with workspace.store.transaction():
        store.add_match(workspace.store, payment, made.basis, 100, "hand", "Eko", AT)
    with pytest.raises(dialect.DatabaseError), workspace.store.transaction():
        workspace.store.write(sql)
    with workspace.store.transaction():
        store.withdraw(workspace.store, payment, AT)
    assert store.all_payments(workspace.store) == ()
    assert workspace.store.value("SELECT count(*) FROM payment_matches WHERE withdrawn_at = ?", (AT,)) == 1
