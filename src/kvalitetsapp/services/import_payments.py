"""A file of payments taken in, or only tried: what each row is, what it pays for, and an account in rows and öre."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.imports import AmountAccount, Reject
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.exchange.payment_files import read_payments
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import payments
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.open_documents import OpenDocuments
from kvalitetsapp.store import audit
from kvalitetsapp.store import payments as store
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.payment import NewPayment, Share
    from kvalitetsapp.exchange.payment_rows import ReadPayments
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ImportedPayment:
    """A payment of a file: whether the store had it already, and what it is laid on where it is new."""

    row: int
    payment: NewPayment
    is_new: bool
    shares: tuple[Share, ...] = ()

    @property
    def placed(self) -> int:
        """Return how much of it pays for something."""
        return sum(share.amount for share in self.shares)

    @property
    def left(self) -> int:
        """Return how much of a new one pays for nothing yet."""
        return self.payment.amount - self.placed if self.is_new else 0


@dataclass(frozen=True, slots=True)
class PaymentImport:
    """What became of a file: read = stored + unchanged + rejected, in rows and in öre; `applied` unless only tried."""

    file: str
    rows: tuple[ImportedPayment, ...]
    rejects: tuple[Reject, ...]
    remarks: tuple[tuple[int, str], ...]
    amounts: AmountAccount
    applied: bool
    changes: Changes = field(default=NOTHING_CHANGED)

    @property
    def read(self) -> int:
        """Return how many rows the file has."""
        return len(self.rows) + len(self.rejects)

    @property
    def stored(self) -> int:
        """Return how many payments are new."""
        return sum(row.is_new for row in self.rows)

    @property
    def unchanged(self) -> int:
        """Return how many the store had already."""
        return len(self.rows) - self.stored

    @property
    def rejected(self) -> int:
        """Return how many rows are no payment."""
        return len(self.rejects)

    @property
    def said(self) -> str:
        """Return a short word about it."""
        text = ngettext("{n} ny betalning inläst", "{n} nya betalningar inlästa", self.stored)
        return text.format(n=number(self.stored))

    @property
    def placed(self) -> int:
        """Return how much of the new payments pays for something, in öre."""
        return sum(row.placed for row in self.rows)

    @property
    def left(self) -> int:
        """Return how much of the new payments pays for nothing yet, in öre."""
        return sum(row.left for row in self.rows)


@needs(Right.PREPARE_CLAIMS)
def import_file(
    workspace: Workspace, path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> PaymentImport:
    """Take in the payments of a file that the store does not have, each laid on what its reference names.

    With `dry_run` nothing is changed and the outcome says what would be.

    Raises:
        InputError: the file cannot be read as payments.
        CancelledError: the user cancelled; nothing is changed.
    """
    progress = progress or Progress()
    found = read_payments(path, workspace.today, progress)
    with workspace.store.trial() if dry_run else workspace.store.transaction():
        outcome = _take(workspace, found, progress, applied=not dry_run)
        if outcome.stored:
            told = {
                "sha256": found.sha256,
                "read": outcome.read,
                "stored": outcome.stored,
                "amount": outcome.amounts.stored,
            }
            audit.append(
                workspace.store, workspace.user, "payments_imported", target=found.file_name, detail=json.dumps(told)
            )
    return outcome


def preview(workspace: Workspace, path: Path, progress: Progress | None = None) -> PaymentImport:
    """Return what `import_file` would do with a file.

    Raises:
        InputError: the file cannot be read as payments.
    """
    return import_file(workspace, path, dry_run=True, progress=progress)


def _take(workspace: Workspace, found: ReadPayments, progress: Progress, *, applied: bool) -> PaymentImport:
    known, documents = store.amounts_by_entry(workspace.store), OpenDocuments.read(workspace.store)
    at = this_moment()
    rows: list[ImportedPayment] = []
    for done, (row, new) in enumerate(found.payments):
        progress.step(done, len(found.payments), _("Läser in betalningar"))
        if new.entry_reference not in known:
            known[new.entry_reference] = new.amount
            added = store.add(
                *(workspace.store, new, found.origin, workspace.user, at),
                file_name=found.file_name,
                sha256=found.sha256,
            )
            shares = payments.lay(workspace, added, new, documents)
            rows.append(ImportedPayment(row, new, is_new=True, shares=shares))
        elif known[new.entry_reference] == new.amount:
            rows.append(ImportedPayment(row, new, is_new=False))
        else:
            found.rejects.append(_other_amount(row, new))
            found.rejected_amount += new.amount
    progress.heed()
    payments.settle_all(workspace, (share for one in rows for share in one.shares))
    rejects = tuple(sorted(found.rejects, key=lambda one: one.row))
    changes = payments.CHANGED if applied and any(one.is_new for one in rows) else NOTHING_CHANGED
    return PaymentImport(
        found.file_name, tuple(rows), rejects, tuple(found.remarks), _account(found, rows), applied, changes
    )


def _other_amount(row: int, new: NewPayment) -> Reject:
    reason = _("Bankens referens finns redan på en betalning med ett annat belopp.")
    return Reject(row, "entry_reference", new.entry_reference, "other_amount", reason)


def _account(found: ReadPayments, rows: list[ImportedPayment]) -> AmountAccount:
    stored = sum(one.payment.amount for one in rows if one.is_new)
    unchanged = sum(one.payment.amount for one in rows if not one.is_new)
    read = stored + unchanged + found.rejected_amount
    return AmountAccount("amount", read, stored, 0, unchanged, found.rejected_amount, found.unreadable)
