"""What needs doing now, and the five figures that the first page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.imports import Finding
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, ProviderKind
from kvalitetsapp.services.imports import ImportDetails
from kvalitetsapp.store import batches, episodes, meta, providers
from kvalitetsapp.store import overview as counts

if TYPE_CHECKING:
    from pandas import DataFrame

    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for someone; events to review are those the region cared for itself."""

    proposed: int
    ambiguous: int
    another_look: int
    findings: tuple[tuple[str, int], ...]
    links_current: bool
    episodes: int
    data_cut: str | None

    @property
    def to_review(self) -> int:
        """Return how many events nobody has decided on."""
        return self.proposed + self.ambiguous


@dataclass(frozen=True, slots=True)
class Reoperated:
    """Share of followed operations that were reoperated within two years (R9), with its 95 % interval."""

    reoperated: int
    eligible: int
    rate: float | None
    low: float | None
    high: float | None
    benchmarks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The five figures, and what can be claimed on decided events; amounts in öre.

    `claimable` counts confirmed links in cases where something is not yet claimed; `potential` also proposed ones.
    """

    operations: int
    reoperated: Reoperated
    events: int
    linked: int
    potential: int
    potential_cases: int
    claimable: int
    claimable_cases: int
    reviewed: int
    reviewable: int


def waiting(workspace: Workspace) -> Waiting:
    """Return what waits for someone."""
    store = workspace.store
    links = counts.link_counts(store)
    return Waiting(
        proposed=links.own_proposed,
        ambiguous=links.own_ambiguous,
        another_look=links.another_look,
        findings=tuple(batches.finding_counts(store)),
        links_current=meta.links_are_current(store),
        episodes=meta.counts(store)["episodes"],
        data_cut=episodes.latest_discharge(store),
    )


def figures(workspace: Workspace) -> Figures:
    """Return the five figures as of the data cut."""
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    links = counts.link_counts(workspace.store)
    potential, potential_cases = _claimable(frames, potential=True)
    claimable, claimable_cases = _claimable(frames, potential=False)
    return Figures(
        operations=len(frames.index_operations),
        reoperated=_reoperated(frames),
        events=links.events,
        linked=links.linked,
        potential=potential,
        potential_cases=potential_cases,
        claimable=claimable,
        claimable_cases=claimable_cases,
        reviewed=links.own_decided,
        reviewable=links.own_linked,
    )


def findings_of_rule(workspace: Workspace, rule: str) -> ImportDetails:
    """Return every finding of a rule, whichever import or link run made it."""
    found = batches.findings_of_rule(workspace.store, rule)
    return ImportDetails((), tuple(Finding(0, rule, column, value, ref) for ref, column, value in found))


def provider_names(workspace: Workspace) -> list[tuple[str, str]]:
    """Return ids and names of providers, those that care is bought from first."""
    known = sorted(providers.all_providers(workspace.store), key=lambda one: (one.kind == ProviderKind.OWN, one.name))
    return [(one.provider_id, one.name) for one in known]


def _reoperated(frames: StoreFrames) -> Reoperated:
    from kvalitetsapp.analysis import proportions, reoperations

    cut = frames.data_cut
    if cut is None:
        return Reoperated(0, 0, None, None, None, ())
    found = reoperations.summary(
        frames.index_operations,
        frames.links,
        frames.persons,
        frames.benchmarks,
        by=["joint"],
        within=DAYS_TWO_YEARS,
        as_of=cut,
    )
    reoperated, eligible = int(found["reoperated"].sum()), int(found["eligible"].sum())
    if not eligible:
        return Reoperated(0, 0, None, None, None, ())
    low, high = proportions.wilson(reoperated, eligible)
    return Reoperated(reoperated, eligible, reoperated / eligible, float(low), float(high), _benchmarks(found))


def _benchmarks(found: DataFrame) -> tuple[tuple[str, float], ...]:
    known = found[found["benchmark"].notna() & (found["eligible"] > 0)]
    return tuple(zip(known["joint"].astype(str).tolist(), known["benchmark"].astype(float).tolist(), strict=True))


def _claimable(frames: StoreFrames, *, potential: bool) -> tuple[int, int]:
    from kvalitetsapp.analysis import recovery

    claims = recovery.claims_basis(
        frames.index_operations,
        frames.links,
        frames.episodes,
        frames.providers,
        frames.agreements,
        potential=potential,
    )
    drawn = claims[claims["claimable"].fillna(0) > 0]
    return int(drawn["claimable"].sum()), int(drawn["index_ref"].nunique())
