"""Taking a file in: read, checked, compared with what is stored, kept and linked, as one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.imports import AmountAccount, ChangedCell, Finding, ImportDetails, KindOfFile, Reject
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import profiles, reading
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_kinds, inner_secrecy, linking
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.changed_cells import cells_of_batch
from kvalitetsapp.services.keeping import FINDINGS_SHOWN, Keeping
from kvalitetsapp.store import batches, meta, touched, waiting_packs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.services.keeping import Incoming
    from kvalitetsapp.services.workspace import Workspace

_WHAT_CHANGES = {
    KindOfFile.AGREEMENTS: Changed.AGREEMENTS,
    KindOfFile.BENCHMARKS: Changed.BENCHMARKS,
    KindOfFile.VERDICTS: Changed.VERDICTS,
    KindOfFile.DRG_WEIGHTS: Changed.COSTS,
    KindOfFile.DRG_PRICES: Changed.COSTS,
    KindOfFile.WAITING: Changed.WAITING,
    KindOfFile.POPULATION: Changed.WAITING,
}


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The account of an import: read = stored + corrected + unchanged + rejected.

    `applied` is False where nothing was written: the counts then tell what would have happened. `findings` and
    `changed_cells` are the first of them, `finding_count` and `corrected` tell how many there are.
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
    finding_count: int = 0
    amounts: tuple[AmountAccount, ...] = ()
    changed_cells: tuple[ChangedCell, ...] = ()


class _NotAppliedError(Exception):
    """Rolls an import back that was only to be tried, or that had to be whole."""


def recognise(path: Path) -> KindOfFile | None:
    """Return the kind of a standard file by its header, None where it cannot be told."""
    return reading.recognise(path)


@needs(Right.IMPORT)
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
        RefusedError: the store cannot be written to, or the user may not decide what the file holds.
    """
    import_kinds.demand_right(workspace, kind)
    progress = progress or Progress()
    try:
        with workspace.action("file_imported", target=identity.hidden(path.name), detail=kind.value):
            outcome = keep_file(workspace, kind, path, profile, progress)
            if dry_run or (all_or_nothing and outcome.rejected):
                raise _NotAppliedError
            if link:
                link_after(workspace, [outcome], progress)
            elif kind in import_kinds.AT_STAKE:
                meta.count_change(workspace.store)  # what is at stake is written by the next link run
    except _NotAppliedError:
        return _not_applied(outcome)
    return outcome


def keep_file(
    workspace: Workspace, kind: KindOfFile, path: Path, profile: Path | Profile | None, progress: Progress
) -> ImportOutcome:
    """Take a file in, inside a transaction that is already open and without linking.

    Raises:
        InputError: the file or the profile cannot be used at all; whoever opened the transaction rolls it back.
    """
    mapping = profiles.read_profile(profile) if isinstance(profile, Path) else profile
    with reading.open_file(
        kind, path, profile=mapping, today=workspace.today, code_tables=workspace.code_tables, progress=progress
    ) as file:
        return keep_read(workspace, file, progress)


def keep_read(workspace: Workspace, file: Incoming, progress: Progress) -> ImportOutcome:
    """Keep the rows of an open file, or rows that were made in the program, as one import; as `keep_file` does."""
    keeping = Keeping(workspace, file)
    for chunk in file.chunks(progress):
        keeping.take(chunk)
    details = keeping.settle()
    if file.kind is KindOfFile.WAITING:
        waiting_packs.make(workspace.store, waiting_packs.touched_by(workspace.store, keeping.batch))
    if file.kind not in import_kinds.NOT_LINKED_BY:
        meta.count_change(workspace.store)
    return _outcome(file, keeping, details)


def link_after(workspace: Workspace, outcomes: Sequence[ImportOutcome], progress: Progress) -> None:
    """Link anew those whom the latest imports touched, inside a transaction that is already open; nobody else.

    Everyone is linked where links were not current before them. Agreements and DRG tables change no link, but what is
    at stake.
    """
    store = workspace.store
    numbers = [one.batch for one in outcomes if one.batch is not None]
    linking_ones = [one for one in outcomes if Changed.LINKS in one.changes]
    if linking_ones:
        persons = None
        if meta.changes_since_linked(store) == len(linking_ones):
            persons = touched.of_latest(store, numbers)
            meta.note_linked(store)  # but for these
        linking.derive(workspace, progress, cause=LinkCause.IMPORT, touched=persons)
    if any(one.kind in import_kinds.AT_STAKE for one in outcomes) or touched.corrected_a_provider(store, numbers):
        linking.refresh_stakes(workspace, progress)


@needs(Right.READ_FIGURES)
def list_imports(workspace: Workspace) -> list[batches.Batch]:
    """Return every import, newest first."""
    return batches.all_batches(workspace.store)


@needs(Right.IMPORT)
def import_details(workspace: Workspace, batch: int, most: int | None = FINDINGS_SHOWN) -> ImportDetails:
    """Return what an earlier import turned away, the first `most` of what it found, and what it changed.

    Raises:
        InputError: there is no such import.
    """
    store, kept = workspace.store, batches.of_number(workspace.store, batch)
    if kept is None:
        raise InputError(_("Det finns ingen import med nummer {batch}.").format(batch=batch))
    changed = import_kinds.tables_changed_by(KindOfFile(kept.kind))
    found = batches.findings_of(store, batch, most)
    told = ImportDetails(
        tuple(Reject(*row) for row in batches.rejects_of(store, batch)),
        tuple(Finding(row or 0, rule, column, value, ref) for rule, ref, row, column, value in found),
        tuple(AmountAccount(*row) for row in batches.amounts_of(store, batch)),
        tuple(cell for table in changed for cell in cells_of_batch(store, table, batch)),
        kept.kind,
        batches.finding_count(store, batch),
    )
    return inner_secrecy.of_import(workspace, told)


def _outcome(file: Incoming, keeping: Keeping, details: ImportDetails) -> ImportOutcome:
    account = keeping.account
    return ImportOutcome(
        file=identity.hidden(file.file_name),
        kind=file.kind,
        read=keeping.read,
        stored=account.stored,
        corrected=account.corrected,
        unchanged=account.unchanged,
        rejected=len(details.rejects),
        batch=keeping.batch,
        applied=True,
        rejects=details.rejects,
        findings=details.findings,
        changes=frozenset({Changed.IMPORTS, Changed.FINDINGS, _WHAT_CHANGES.get(file.kind, Changed.EPISODES)})
        | (frozenset() if file.kind in import_kinds.NOT_LINKED_BY else frozenset({Changed.LINKS})),
        finding_count=keeping.finding_count,
        amounts=details.amounts,
        changed_cells=details.changed_cells,
    )


def _not_applied(outcome: ImportOutcome) -> ImportOutcome:
    return replace(outcome, batch=None, applied=False, changes=NOTHING_CHANGED)
