"""One import on its way into the store: part by part looked up, compared, kept and accounted for."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, Protocol

import kvalitetsapp
from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import AmountAccount, Finding, ImportDetails, KindOfFile, Reject
from kvalitetsapp.exchange.result import AmountSeen
from kvalitetsapp.services import import_kinds
from kvalitetsapp.services.changed_cells import cells_of_batch, changed_cells, references
from kvalitetsapp.services.corrections import Account, Keeper
from kvalitetsapp.services.resolved import Known
from kvalitetsapp.store import batches, links, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.exchange.result import ReadFile
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.resolved import Resolved
    from kvalitetsapp.services.workspace import Workspace

FINDINGS_SHOWN: Final = 10_000
"""Findings that the outcome of an import carries; all of them are in the store."""


class Incoming(Protocol):
    """A file to be kept: `exchange.reading.OpenFile`, or rows that were made in the program."""

    kind: KindOfFile
    file_name: str
    sha256: str
    profile_name: str

    def chunks(self, progress: Progress, /) -> Iterator[ReadFile]:
        """Give the rows of the file in parts."""
        ...


class Keeping:
    """Keeps one file inside a transaction that is open; memory holds a part of it and what was turned away."""

    def __init__(self, workspace: Workspace, file: Incoming) -> None:
        self._store = workspace.store
        self._known = Known(workspace)
        self._table = import_kinds.table_of(file.kind)
        self._kind = file.kind
        name = identity.hidden(file.file_name)
        new = batches.NewBatch(file.kind.value, name, file.sha256, file.profile_name, kvalitetsapp.__version__)
        self.batch = batches.begin(self._store, new)
        columns = [name for name in import_kinds.amount_columns(file.kind) if name in self._table.content]
        self._amounts = {name: AmountSeen() for name in columns}
        self._keeper = Keeper(self._store, self._table, self.batch, columns)
        self.read = 0
        self.finding_count = 0
        self._rejects: list[Reject] = []
        self._told_of = array("q")  # episodes, in eight bytes each
        self._findings: list[Finding] = []

    @property
    def account(self) -> Account:
        """Return what became of the rows that were let in so far."""
        return self._keeper.account

    def take(self, chunk: ReadFile) -> None:
        """Keep a part of the file."""
        resolved = import_kinds.resolve(self._known, chunk)
        self.read += chunk.read
        self._keeper.keep(resolved.rows, resolved.numbers)
        if self._kind in import_kinds.AFTER:
            self._told_of.extend(key[0] for key, _content in resolved.rows)
        rejects = [*chunk.rejects, *resolved.rejects]
        self._rejects += sorted(rejects, key=lambda reject: reject.row) if resolved.rejects else rejects
        later = [*resolved.findings, *self._repeats()]
        findings = [*chunk.findings, *later]
        self._note(sorted(findings, key=lambda finding: finding.row) if later else findings)
        self._count(chunk, resolved)

    def settle(self) -> ImportDetails:
        """Do what follows from the whole file, write its account, and return it with what was turned away."""
        account = self.account
        if (after := import_kinds.AFTER.get(self._kind)) is not None:
            self._note(after(self._known.workspace, self.batch, sorted(set(self._told_of))))
        self._demand_every_row()
        batches.settle(
            self._store,
            self.batch,
            stored=account.stored,
            corrected=account.corrected,
            unchanged=account.unchanged,
            rejected=len(self._rejects),
        )
        amounts = self._amount_accounts()
        batches.add_amounts(self._store, self.batch, (_columns(amount) for amount in amounts))
        batches.add_rejects(
            self._store, self.batch, ((r.row, r.column, r.value, r.code, r.reason) for r in self._rejects)
        )
        if self._kind is KindOfFile.VERDICTS:
            links.forget_pins_of(self._store, self.batch)
        cells = changed_cells(self._store, self._table, account.changes)
        if self._kind in import_kinds.AFTER:
            cells += cells_of_batch(self._store, records.EPISODES, self.batch)
        return ImportDetails(tuple(self._rejects), tuple(self._findings), amounts, cells)

    def _demand_every_row(self) -> None:
        """Let a row that was read and then forgotten be a bug that takes the import back, not a loss."""
        account = self.account
        if self.read != account.stored + account.corrected + account.unchanged + len(self._rejects):
            raise RuntimeError("the account of an import does not add up")

    def _repeats(self) -> list[Finding]:
        repeats = self.account.repeats
        refs = references(self._store, self._table, repeats) if repeats else []
        return [Finding(one.row, "repeated_in_file", "", "", ref) for one, ref in zip(repeats, refs, strict=True)]

    def _note(self, findings: list[Finding]) -> None:
        batches.add_findings(self._store, self.batch, ((f.rule, f.ref, f.row, f.column, f.value) for f in findings))
        self.finding_count += len(findings)
        self._findings += findings[: FINDINGS_SHOWN - len(self._findings)]

    def _count(self, chunk: ReadFile, resolved: Resolved) -> None:
        turned_away = {reject.row for reject in resolved.rejects}
        for name, seen in chunk.amounts.items():
            place = chunk.columns.index(name)
            late = sum(row[place] or 0 for row in chunk.rows if row[0] in turned_away) if turned_away else 0
            self._amounts[name].add(AmountSeen(seen.read, seen.rejected + late, seen.unreadable))

    def _amount_accounts(self) -> tuple[AmountAccount, ...]:
        return tuple(
            AmountAccount(
                name,
                self._amounts[name].read,
                kept.stored,
                kept.corrected,
                kept.unchanged,
                self._amounts[name].rejected,
                self._amounts[name].unreadable,
            )
            for name, kept in self.account.kronor.items()
        )


def _columns(amount: AmountAccount) -> tuple[str, int, int, int, int, int, int]:
    return (
        amount.column,
        amount.read,
        amount.stored,
        amount.corrected,
        amount.unchanged,
        amount.rejected,
        amount.unreadable,
    )
