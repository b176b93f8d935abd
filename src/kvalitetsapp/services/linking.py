"""Running R1–R8 over what is stored and keeping what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.progress import Progress
from kvalitetsapp.store import batches, links, meta
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pandas import DataFrame

    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """What a link run found."""

    operations: int
    events: int
    by_status: dict[str, int]
    another_look: int
    changes: Changes = NOTHING_CHANGED


def run_links(workspace: Workspace, progress: Progress | None = None) -> LinkOutcome:
    """Link everything stored anew; decisions stand (R6)."""
    with workspace.action("links_run"):
        return derive(workspace, progress or Progress())


def derive(workspace: Workspace, progress: Progress) -> LinkOutcome:
    """Do the work of `run_links` inside a transaction that is already open."""
    with workspace.store.heeding(progress):
        return _derive(workspace, progress)


def _derive(workspace: Workspace, progress: Progress) -> LinkOutcome:
    from kvalitetsapp.analysis import frames, linking
    from kvalitetsapp.services import frames_of_store

    progress.step(0, 3, _("Hämtar vårdkontakter"))
    source = frames_of_store.load(workspace, progress.heed)
    inputs = (source.episodes, source.details, source.verdicts, source.pins)
    progress.step(1, 3, _("Kopplar komplikationer till operationer"))
    run = linking.run(*inputs, workspace.code_tables)
    progress.step(2, 3, _("Sparar kopplingar"))
    store = workspace.store
    links.replace(
        store,
        frames.rows(run.index_operations, links.OPERATION_COLUMNS),
        frames.rows(_without_missing_operations(run.links), links.LINK_COLUMNS),
        frames.rows(run.pins, links.PIN_COLUMNS),
    )
    batches.forget_derived_findings(store)
    batches.add_findings(store, None, _findings(run.findings, source.episodes))
    meta.note_linked(store)
    progress.step(3, 3, _("Sparar kopplingar"))
    return _outcome(run.index_operations, run.links)


def _without_missing_operations(found: DataFrame) -> DataFrame:
    linked = found["operation"] >= 0
    return found.assign(
        operation=found["operation"].astype("Int64").where(linked),
        index_ref=found["index_ref"].astype(object).where(linked),
        index_provider_id=found["index_provider_id"].astype(object).where(linked),
        index_side=found["index_side"].astype(object).where(linked),
    )


def _findings(found: DataFrame, episodes: DataFrame) -> list[tuple[str, str, int | None, str, str]]:
    refs = episodes.set_index("episode")["episode_ref"].reindex(found["episode"]).tolist()
    rows: list[tuple[str, str, int | None, str, str]] = []
    for ref, rule, detail in zip(refs, found["rule"].tolist(), found["detail"].tolist(), strict=True):
        rows.append((rule, ref, None, "", detail))
    return rows


def _outcome(operations: DataFrame, found: DataFrame) -> LinkOutcome:
    counts: dict[Any, int] = found["status"].astype(str).value_counts().to_dict()
    return LinkOutcome(
        operations=len(operations),
        events=len(found),
        by_status={str(status): int(count) for status, count in counts.items()},
        another_look=int(found["another_look"].sum()),
        changes=frozenset({Changed.LINKS, Changed.FINDINGS}),
    )
