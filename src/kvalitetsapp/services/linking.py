"""Running R1–R8 over what is stored, for everyone or for some persons, and keeping what comes out.

The work goes in parts of whole persons (`store/link_parts.py`), so that memory holds one part whatever the store's
size; all parts are one transaction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.progress import Progress
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import batches, link_parts, link_runs, links, meta, touched
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from pandas import DataFrame

    from kvalitetsapp.analysis.linking import LinkRun as Found
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.link_parts import Part

ALWAYS_FEW: Final = 200
"""So many persons are linked for themselves, however large a part of all they are."""
_FIFTH: Final = 5


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """What a link run found for those whom it was about."""

    operations: int
    events: int
    by_status: dict[str, int]
    another_look: int
    changes: Changes = NOTHING_CHANGED


@dataclass(slots=True)
class _Tally:
    """What the parts of a run have made so far."""

    operations: int = 0
    events: int = 0
    another_look: int = 0
    by_status: Counter[str] = field(default_factory=Counter)


@needs(Right.IMPORT)
def run_links(workspace: Workspace, progress: Progress | None = None) -> LinkOutcome:
    """Link everything stored anew; decisions stand (R6)."""
    with workspace.action("links_run"):
        return derive(workspace, progress or Progress())


def derive(
    workspace: Workspace,
    progress: Progress,
    *,
    cause: LinkCause = LinkCause.ASKED,
    touched: Collection[int] | None = None,
) -> LinkOutcome:
    """Do the work of `run_links` inside a transaction that is already open.

    With `touched` only those persons (any of their identities), and those tied to them, are linked anew: they must be
    all whose rows have changed since everything was linked, as it was and as it is. What comes out is what a run over
    everyone gives. Everyone is linked where they are many, or where links were not current.

    Raises:
        CancelledError: the user cancelled; the transaction is to be rolled back.
    """
    with workspace.store.heeding(progress):
        run = _Run(workspace, progress, cause)
        if touched is None or not _worth_choosing(workspace, touched):
            return run.over_everyone()
        return run.over(touched)


def after_decision(workspace: Workspace, person: int, progress: Progress) -> LinkOutcome:
    """Link a person anew on whose event a decision was made or taken back, inside an open transaction.

    Raises:
        CancelledError: the user cancelled; the transaction is to be rolled back.
    """
    return derive(workspace, progress, cause=LinkCause.DECISION, touched={person})


def refresh_stakes(workspace: Workspace, progress: Progress, *, persons: Collection[int] | None = None) -> None:
    """Write anew what is at stake for events, inside an open transaction: what they cost or their terms have changed.

    With `persons` only for their events (any of their identities) and those of persons tied to them.

    Raises:
        CancelledError: the user cancelled; the transaction is to be rolled back.
    """
    store = workspace.store
    with store.heeding(progress):
        chosen = persons is not None
        if persons is not None:
            link_parts.choose(store, persons)
        parts = link_parts.plan(store, chosen=chosen)
        for done, part in enumerate(parts):
            progress.step(done, len(parts), _("Räknar vad som står på spel"))
            _write_stakes(workspace, progress, of_part=link_parts.take(store, part, chosen=chosen))
        link_parts.forget(store)
        progress.step(len(parts), len(parts), _("Räknar vad som står på spel"))


def _worth_choosing(workspace: Workspace, persons: Collection[int]) -> bool:
    store = workspace.store
    return (
        (len(persons) <= ALWAYS_FEW or len(persons) * _FIFTH <= touched.number_of_identities(store))
        and meta.links_are_current(store)
        and links.are_numbered_by_episode(store)
    )


class _Run:
    """One link run inside an open transaction."""

    def __init__(self, workspace: Workspace, progress: Progress, cause: LinkCause) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._progress = progress
        self._cause = cause
        self._first = links.are_none(self._store)
        self._tally = _Tally()
        self._run = link_runs.begin(self._store, workspace.user, cause)

    def over_everyone(self) -> LinkOutcome:
        """Link everyone anew."""
        self._link(chosen=False)
        if self._cause is LinkCause.UNDO:
            link_runs.compare_vanished(self._store, self._run)
            links.forget_events_without_episode(self._store)
        meta.note_linked(self._store)
        return self._settled(None)

    def over(self, persons: Collection[int]) -> LinkOutcome:
        """Link these persons anew, and those tied to them."""
        count = link_parts.choose(self._store, persons)
        self._link(chosen=True)
        return self._settled(count)

    def _link(self, *, chosen: bool) -> None:
        links.let_go_of_operations(self._store, chosen=chosen)
        parts = link_parts.plan(self._store, chosen=chosen)
        for done, part in enumerate(parts):
            self._link_part(part, 3 * done, 3 * len(parts), chosen=chosen)
        link_parts.forget(self._store)
        self._progress.step(3 * len(parts), 3 * len(parts), _("Sparar kopplingar"))

    def _link_part(self, part: Part, done: int, steps: int, *, chosen: bool) -> None:
        from kvalitetsapp.analysis import linking
        from kvalitetsapp.services import frames_of_store

        progress = self._progress
        progress.step(done, steps, _("Hämtar vårdkontakter"))
        of_part = link_parts.take(self._store, part, chosen=chosen)
        source = frames_of_store.load(self._workspace, progress.heed, of_part=of_part)
        inputs = (source.episodes, source.details, source.verdicts, source.pins)
        progress.step(done + 1, steps, _("Kopplar komplikationer till operationer"))
        found = linking.run(*inputs, self._workspace.code_tables)
        progress.step(done + 2, steps, _("Sparar kopplingar"))
        if not self._first:
            link_runs.note_before(self._store, of_part=of_part)
        self._keep(found, source, of_part=of_part)
        if not self._first:
            link_runs.compare(self._store, self._run, self._cause, of_part=of_part)

    def _keep(self, found: Found, source: StoreFrames, *, of_part: bool) -> None:
        from kvalitetsapp.analysis import frames, recovery, stored_links

        operations = found.index_operations
        keys = zip(*(operations[name].tolist() for name in ("episode", "joint", "side")), strict=True)
        numbers = links.operation_numbers(keys)
        stakes = recovery.stakes(operations, found.links, source.episodes, source.providers, source.agreements)
        kept = stored_links.as_stored(found.links, stakes, numbers)
        links.replace(
            self._store,
            frames.rows(operations.assign(operation=numbers), links.OPERATION_COLUMNS),
            frames.rows(kept, (*links.LINK_COLUMNS, *links.STAKE_COLUMNS)),
            frames.rows(found.pins, links.PIN_COLUMNS),
            of_part=of_part,
        )
        batches.add_findings(self._store, None, _findings(found.findings, source.episodes))
        self._tally.operations += len(found.index_operations)
        self._tally.events += len(found.links)
        self._tally.another_look += int(found.links["another_look"].sum())
        self._tally.by_status.update(found.links["status"].astype(str).tolist())

    def _settled(self, persons: int | None) -> LinkOutcome:
        tally = self._tally
        link_runs.settle(
            self._store,
            self._run,
            persons=persons,
            operations=tally.operations,
            events=tally.events,
            another_look=tally.another_look,
            first=self._first,
        )
        return LinkOutcome(
            operations=tally.operations,
            events=tally.events,
            by_status=dict(tally.by_status),
            another_look=tally.another_look,
            changes=frozenset({Changed.LINKS, Changed.FINDINGS}),
        )


def _findings(found: DataFrame, episodes: DataFrame) -> list[tuple[str, str, int | None, str, str]]:
    refs = episodes.set_index("episode")["episode_ref"].reindex(found["episode"]).tolist()
    rows: list[tuple[str, str, int | None, str, str]] = []
    for ref, rule, detail in zip(refs, found["rule"].tolist(), found["detail"].tolist(), strict=True):
        rows.append((rule, ref, None, "", detail))
    return rows


def _write_stakes(workspace: Workspace, progress: Progress, *, of_part: bool) -> None:
    from kvalitetsapp.analysis import frames, recovery
    from kvalitetsapp.services import frames_of_store

    source = frames_of_store.load(workspace, progress.heed, of_part=of_part)
    found = recovery.stakes(
        source.index_operations, source.links, source.linked_episodes, source.providers, source.agreements
    )
    found = found.assign(link=links.numbers_of_links(workspace.store, of_part=of_part))
    links.write_stakes(workspace.store, frames.rows(found, ("at_stake", "claim_by", "link")))
