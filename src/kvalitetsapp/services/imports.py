"""Taking a file in: read, checked, compared with what is stored, kept and linked, as one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import kvalitetsapp
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.imports import Finding, ImportDetails, KindOfFile, Reject
from kvalitetsapp.exchange import profiles, reading
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_kinds, linking
from kvalitetsapp.services.corrections import Account, Keeper
from kvalitetsapp.store import batches, links, meta
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store

_WHAT_CHANGES = {
    KindOfFile.AGREEMENTS: Changed.AGREEMENTS,
    KindOfFile.BENCHMARKS: Changed.BENCHMARKS,
    KindOfFile.VERDICTS: Changed.VERDICTS,
}
_NOT_LINKED_BY = frozenset({KindOfFile.AGREEMENTS, KindOfFile.BENCHMARKS})


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The account of an import: read = stored + corrected + unchanged + rejected.

    `applied` is False where nothing was written: the counts then tell what would have happened.
    """

    file: str
    kind: KindOfFile
    read: int
    stored: int
    corrected: int
    unchanged: int
    rejected: int
    batch: int | None
    applied: bool
    rejects: tuple[Reject, ...]
    findings: tuple[Finding, ...]
    changes: Changes = NOTHING_CHANGED


class _NotAppliedError(Exception):
    """Rolls an import back that was only to be tried, or that had to be whole."""


def recognise(path: Path) -> KindOfFile | None:
    """Return the kind of a standard file by its header, None where it cannot be told."""
    return reading.recognise(path)


def import_file(
    workspace: Workspace,
    kind: KindOfFile,
    path: Path,
    *,
    profile: Path | Profile | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    link: bool = True,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Take a file in and link anew; all of it or, when cancelled or failing, nothing.

    With `dry_run`, or with `all_or_nothing` where a row is turned away, everything is worked out and rolled back.

    Raises:
        InputError: the file or the profile cannot be used at all.
        CancelledError: the user cancelled.
        RefusedError: the store cannot be written to.
    """
    progress = progress or Progress()
    mapping = profiles.given(profile)
    file = reading.read(
        kind, path, profile=mapping, today=workspace.today, code_tables=workspace.code_tables, progress=progress
    )
    try:
        with workspace.action("file_imported", target=file.file_name, detail=kind.value):
            outcome = _keep(workspace, file, progress)
            if dry_run or (all_or_nothing and outcome.rejected):
                raise _NotAppliedError
            if link and kind not in _NOT_LINKED_BY:
                linking.derive(workspace, progress)
    except _NotAppliedError:
        return _not_applied(outcome)
    return outcome


def keep_file(
    workspace: Workspace, kind: KindOfFile, path: Path, profile: Path | Profile | None, progress: Progress
) -> ImportOutcome:
    """Take one of several files in, inside a transaction that is already open and without linking.

    Raises:
        InputError: the file or the profile cannot be used at all; nothing of it is written.
    """
    mapping = profiles.given(profile)
    file = reading.read(
        kind, path, profile=mapping, today=workspace.today, code_tables=workspace.code_tables, progress=progress
    )
    return _keep(workspace, file, progress)


def link_after(workspace: Workspace, changes: Changes, progress: Progress) -> None:
    """Link anew inside a transaction that is already open, where the changes are such that links rest on."""
    if Changed.LINKS in changes:
        linking.derive(workspace, progress)


def list_imports(workspace: Workspace) -> list[batches.Batch]:
    """Return every import, newest first."""
    return batches.all_batches(workspace.store)


def import_details(workspace: Workspace, batch: int) -> ImportDetails:
    """Return what an earlier import turned away and what it found."""
    return ImportDetails(
        tuple(Reject(*row) for row in batches.rejects_of(workspace.store, batch)),
        tuple(
            Finding(row or 0, rule, column, value, ref)
            for rule, ref, row, column, value in batches.findings_of(workspace.store, batch)
        ),
    )


def _keep(workspace: Workspace, file: ReadFile, progress: Progress) -> ImportOutcome:
    store = workspace.store
    batch = _begin(store, file)
    resolved = import_kinds.resolve(workspace, file)
    account = Keeper(store, resolved.table, batch).keep(resolved.rows, progress, _("Sparar rader"))
    rejects = tuple(sorted([*file.rejects, *resolved.rejects], key=lambda reject: reject.row))
    details = ImportDetails(rejects, (*file.findings, *resolved.findings))
    batches.settle(
        store,
        batch,
        stored=account.stored,
        corrected=account.corrected,
        unchanged=account.unchanged,
        rejected=len(rejects),
    )
    batches.add_rejects(store, batch, ((r.row, r.column, r.value, r.code, r.reason) for r in rejects))
    batches.add_findings(store, batch, ((f.rule, f.ref, f.row, f.column, f.value) for f in details.findings))
    if file.kind is KindOfFile.VERDICTS:
        links.forget_pins_of(store, batch)
    if file.kind not in _NOT_LINKED_BY:
        meta.count_change(store)
    return _outcome(file, batch, account, details)


def _begin(store: Store, file: ReadFile) -> int:
    new = batches.NewBatch(file.kind.value, file.file_name, file.sha256, file.profile_name, kvalitetsapp.__version__)
    return batches.begin(store, new)


def _outcome(file: ReadFile, batch: int, account: Account, details: ImportDetails) -> ImportOutcome:
    return ImportOutcome(
        file=file.file_name,
        kind=file.kind,
        read=file.read,
        stored=account.stored,
        corrected=account.corrected,
        unchanged=account.unchanged,
        rejected=len(details.rejects),
        batch=batch,
        applied=True,
        rejects=details.rejects,
        findings=details.findings,
        changes=frozenset({Changed.IMPORTS, Changed.FINDINGS, _WHAT_CHANGES.get(file.kind, Changed.EPISODES)})
        | (frozenset() if file.kind in _NOT_LINKED_BY else frozenset({Changed.LINKS})),
    )


def _not_applied(outcome: ImportOutcome) -> ImportOutcome:
    return replace(outcome, batch=None, applied=False, changes=NOTHING_CHANGED)
