"""A closed store with documents as issuing makes them, for the window to open: one followed to its end, one new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.claim_words import CreditReason
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.services import bases, basis_files, basis_steps, credit_notes, payments
from kvalitetsapp.services.workspace import open_workspace
from support import made_claims, made_stores, reviewing
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.services.workspace import Workspace

PASSWORD: Final = "vinter regn häst 7"
LEGAL_NUMBER: Final = "90012345"
ISSUED: Final = date(2026, 1, 20)


@dataclass(frozen=True, slots=True)
class IssuedStore:
    """The store, the numbers of its documents, and a claim that is approved but on no document."""

    path: Path
    followed: str
    credit_note: str
    new: str
    approved: int


def make(folder: Path) -> IssuedStore:
    """Make the store and close it."""
    path = made_stores.closed(folder, _make)
    with open_workspace(path, PASSPHRASE, write=False) as workspace:
        (followed,), (note,), (new,) = workspace.store.rows("SELECT number FROM bases ORDER BY basis")
        approved = int(workspace.store.value("SELECT max(claim) FROM claims"))
    return IssuedStore(path, followed, note, new, approved)


def _make(folder: Path) -> Workspace:
    workspace = reviewing.make(folder)
    made_claims.set_up(workspace)
    followed = _issued(workspace, made_claims.approved(workspace, 1_000_00, 250_50), ISSUED)
    _follow(workspace, followed, folder)
    _issued(workspace, made_claims.approved(workspace, 600_00), workspace.today)
    made_claims.approved(workspace, 70_00, events=("3",))
    return workspace


def reopened(path: Path) -> Workspace:
    """Return the store open to look into once the window has closed it."""
    return open_workspace(path, PASSPHRASE, write=True)


def _issued(workspace: Workspace, claim: int, day: date) -> BasisView:
    outcome = bases.issue(workspace, [claim], issued_on=day)
    assert outcome.basis is not None, outcome.faults
    return bases.view(workspace, outcome.basis.number)


def _follow(workspace: Workspace, view: BasisView, folder: Path) -> None:
    """Let everything happen to a document that can."""
    assert basis_files.write(workspace, view, folder, PASSWORD).faults == ()
    basis_steps.mark_sent(workspace, view, ground="follow_up", channel="Säker e-post", day=ISSUED)
    basis_steps.write_legal_number(workspace, view, LEGAL_NUMBER)
    line = CreditLine(1, 400_00, CreditReason.WRONG_PRICE, "Priset avsåg fel år")
    assert credit_notes.issue(workspace, view.basis.basis, [line], issued_on=ISSUED + timedelta(days=5)).basis
    payments.record(workspace, NewPayment(workspace.today, 300_00, LEGAL_NUMBER))
