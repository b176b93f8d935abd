"""Undoing whole imports, also old ones: what rests on them is told first, and nothing is left dangling."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.changes import EVERYTHING, NOTHING_CHANGED, Changes
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.undo import Obstacle, RowCount, UndoPlan, obstacle_text
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_kinds, linking
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, batches, imported_tables, links, meta, undo_obstacles, undoing, waiting_packs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.batches import Batch


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What came of an undo; `applied` is False where it was only tried."""

    plan: UndoPlan
    applied: bool
    changes: Changes = NOTHING_CHANGED


class _Undo:
    """The undo of some imports, newest first, inside an open transaction; stops at the first that is blocked."""

    def __init__(self, workspace: Workspace, progress: Progress) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._progress = progress
        self._removed: Counter[str] = Counter()
        self._restored: Counter[str] = Counter()
        self._obstacles: list[Obstacle] = []
        self._another_look: tuple[str, ...] = ()
        self._drafts = 0
        self._persons = 0

    def of(self, found: Sequence[Batch], because: str) -> UndoPlan:
        """Undo the imports and link anew; what was done is to be rolled back where the plan has obstacles."""
        linked = any(batch.kind not in import_kinds.NOT_LINKED_BY for batch in found)
        before = set(links.to_look_at(self._store))
        if linked:
            links.let_go_of_imports(self._store)
        for done, batch in enumerate(found):
            self._progress.step(done, len(found), _("Ångrar importer"))
            self._undo(batch, because)
            if self._obstacles:
                return self._plan(found)
        self._progress.step(len(found), len(found), _("Ångrar importer"))
        if linked:
            meta.count_change(self._store)
            linking.derive(self._workspace, self._progress, cause=LinkCause.UNDO)
            after = [event for event in links.to_look_at(self._store) if event not in before]
            self._another_look = tuple("/".join(part for part in event if part) for event in after)
        elif any(batch.kind in import_kinds.AT_STAKE for batch in found):
            linking.refresh_stakes(self._workspace, self._progress)
        return self._plan(found)

    def _undo(self, batch: Batch, because: str) -> None:
        self._obstacles += undo_obstacles.before(self._store, batch)
        if self._obstacles:
            return
        lists = waiting_packs.touched_by(self._store, batch.batch)
        undoing.keep_rows(self._store, batch.batch)
        undoing.forget_meaning(self._store, batch.batch)
        self._give_back(batch)
        undoing.give_back_meaning(self._store, batch.batch)
        undoing.note_history_undone(self._store, batch.batch)
        self._obstacles += undo_obstacles.after_giving_back(self._store, batch.batch)
        if self._obstacles:
            return
        self._drafts += undoing.forget_drafts(self._store, batch.batch)
        undoing.forget_pins(self._store, batch.batch)
        for gone in undoing.take_out(self._store, batch.batch):
            self._removed[gone.table] += gone.rows
        self._persons += undoing.forget_identities(self._store, batch.batch)
        waiting_packs.make(self._store, lists)
        batches.mark_undone(self._store, batch.batch, self._workspace.user, because)
        target = f"{batch.batch} {batch.file_name}"
        audit.append(self._store, self._workspace.user, "import_undone", target=target, detail=because)

    def _give_back(self, batch: Batch) -> None:
        for table in imported_tables.TABLES:
            for rows in undoing.give_back(self._store, table, batch.batch):
                self._restored[table.name] += rows
                self._progress.step(self._restored.total(), None, _("Ger tillbaka rättade rader"))

    def _plan(self, found: Sequence[Batch]) -> UndoPlan:
        return UndoPlan(
            tuple(batch.batch for batch in found),
            _counts(self._removed),
            _counts(self._restored),
            tuple(self._obstacles),
            self._another_look,
            self._drafts,
            self._persons,
        )


@needs(Right.UNDO_IMPORT)
def rests_on(workspace: Workspace, numbers: Sequence[int], progress: Progress | None = None) -> UndoPlan:
    """Return what an undo of the imports, newest first, would do or what stands in its way; nothing is written.

    Raises:
        InputError: there is no such import.
        RefusedError: one is undone already, or the store cannot be written to.
        CancelledError: the user cancelled.
    """
    found = _found(workspace, numbers)
    with workspace.store.trial():
        return _Undo(workspace, progress or Progress()).of(found, "")


def undo_import(workspace: Workspace, batch: int, because: str, progress: Progress | None = None) -> UndoOutcome:
    """Undo one import, as `undo_imports` does."""
    return undo_imports(workspace, [batch], because, progress)


@needs(Right.UNDO_IMPORT)
def undo_imports(
    workspace: Workspace,
    numbers: Sequence[int],
    because: str,
    progress: Progress | None = None,
    *,
    dry_run: bool = False,
) -> UndoOutcome:
    """Undo the imports, newest first, and link anew, in one transaction; all of it or, when cancelled, nothing.

    Raises:
        InputError: there is no such import, or no reason is given.
        RefusedError: something rests on one, one is undone already, the store cannot be written to, or one holds what
            the user may not decide.
        CancelledError: the user cancelled.
    """
    if dry_run:
        return UndoOutcome(rests_on(workspace, numbers, progress), applied=False)
    if not because.strip():
        raise InputError(_("Skriv varför importen ångras."))
    found = _found(workspace, numbers)
    for batch in found:
        import_kinds.demand_right(workspace, KindOfFile(batch.kind))
    with workspace.store.transaction():
        plan = _Undo(workspace, progress or Progress()).of(found, identity.hidden(because.strip()))
        if not plan.is_possible:
            raise RefusedError(" ".join(obstacle_text(obstacle) for obstacle in plan.obstacles))
    return UndoOutcome(plan, applied=True, changes=EVERYTHING)


def _found(workspace: Workspace, numbers: Sequence[int]) -> list[Batch]:
    found = []
    for number in sorted(set(numbers), reverse=True):
        batch = batches.of_number(workspace.store, number)
        if batch is None:
            raise InputError(_("Det finns ingen import med nummer {batch}.").format(batch=number))
        if batch.undone_at is not None:
            raise RefusedError(
                _("Import {batch} är redan ångrad, {day} av {who}.").format(
                    batch=number, day=batch.undone_at[:10], who=batch.undone_by
                )
            )
        found.append(batch)
    return found


def _counts(counter: Counter[str]) -> tuple[RowCount, ...]:
    return tuple(RowCount(table.name, counter[table.name]) for table in imported_tables.TABLES if counter[table.name])
