"""What needs doing now, and the five figures that the first page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Column, Kind, Row, Table, Value
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, ProviderKind
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import batches, episodes, meta, papers, providers
from kvalitetsapp.store import overview as counts
from kvalitetsapp.texts import N_, NOTHING, _, decimal, percent

if TYPE_CHECKING:
    from pandas import DataFrame

    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace


PROVIDERS: Final = (
    Column("provider_id", Kind.TEXT, N_("Id")),
    Column("name", Kind.TEXT, N_("Vårdgivare")),
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("eligible", Kind.INTEGER, N_("Följda i två år")),
    Column("reoperated", Kind.INTEGER, N_("Reopererade")),
    Column("rate", Kind.RATE, N_("Andel")),
    Column("interval", Kind.TEXT, N_("95 % KI")),
    Column("claimable", Kind.MONEY, N_("Kan krävas")),
    Column("potential", Kind.MONEY, N_("Möjligt")),
)


_FIGURES: Final = ("eligible", "reoperated", "rate", "ci_low", "ci_high")
_NONE_FOLLOWED: Final[tuple[Value, ...]] = (0, 0, None, None, None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for someone; `own_to_review` events were cared for by the region itself and may give a claim."""

    proposed: int
    ambiguous: int
    own_to_review: int
    another_look: int
    findings: tuple[tuple[str, int], ...]
    links_current: bool
    episodes: int
    data_cut: str | None
    due: tuple[Paper, ...] = ()
    """Working papers whose day of follow-up has come, the longest overdue first."""

    @property
    def to_review(self) -> int:
        """Return how many events nobody has decided on."""
        return self.proposed + self.ambiguous


@dataclass(frozen=True, slots=True)
class Reoperated:
    """Share of followed operations that were reoperated within two years (R9), with its 95 % interval.

    It counts the families that every store follows, whatever else is followed: others cannot be pooled with them.
    """

    reoperated: int
    eligible: int
    rate: float | None
    low: float | None
    high: float | None
    benchmarks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The five figures, and what agreements let be claimed on decided events; amounts in öre.

    `claimable` counts confirmed links, `potential` also proposed ones. `reoperated`, and the same of `providers`, are
    of the families `counted` alone where others are followed too; it is empty where all are counted.
    """

    operations: int
    reoperated: Reoperated
    events: int
    linked: int
    potential: int
    potential_cases: int
    claimable: int
    reviewed: int
    reviewable: int
    providers: Table
    counted: tuple[str, ...] = ()


@needs(Right.READ_FIGURES)
def waiting(workspace: Workspace) -> Waiting:
    """Return what waits for someone."""
    store = workspace.store
    links = counts.link_counts(store)
    return Waiting(
        proposed=links.proposed,
        ambiguous=links.ambiguous,
        own_to_review=links.own_to_review,
        another_look=links.another_look,
        findings=tuple(batches.finding_counts(store)),
        links_current=meta.links_are_current(store),
        episodes=meta.counts(store)["episodes"],
        data_cut=episodes.latest_discharge(store),
        due=papers.due(store, workspace.today),
    )


@needs(Right.READ_FIGURES)
def figures(workspace: Workspace) -> Figures:
    """Return the five figures as of the data cut."""
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    links = counts.link_counts(workspace.store)
    potential, potential_cases = _claimable(frames, potential=True)
    claimable, _cases = _claimable(frames, potential=False)
    return Figures(
        operations=len(frames.index_operations),
        reoperated=_reoperated(frames),
        events=links.events,
        linked=links.linked,
        potential=potential,
        potential_cases=potential_cases,
        claimable=claimable,
        reviewed=links.decided,
        providers=_providers_table(workspace, frames),
        reviewable=links.decided + links.proposed + links.ambiguous,
        counted=families.from_start() if families.are_pooled(workspace.followed) else (),
    )


@needs(Right.READ_FIGURES)
def provider_names(workspace: Workspace) -> list[tuple[str, str]]:
    """Return ids and names of providers, those that care is bought from first."""
    known = sorted(providers.all_providers(workspace.store), key=lambda one: (one.kind == ProviderKind.OWN, one.name))
    return [(one.provider_id, one.name) for one in known]


def interval(low: Value, high: Value) -> str:
    """Return an interval of fractions as `1,8–3,6 %`."""
    if low is None or high is None:
        return NOTHING
    return _("{low}–{high}").format(low=decimal(float(low) * 100, 1), high=percent(float(high)))


def _reoperated(frames: StoreFrames) -> Reoperated:
    from kvalitetsapp.analysis import proportions, reoperations

    cut = frames.data_cut
    if cut is None:
        return Reoperated(0, 0, None, None, None, ())
    arguments = (_of_every_store(frames), frames.links, frames.persons, frames.benchmarks)
    found = reoperations.summary(*arguments, by=["joint"], within=DAYS_TWO_YEARS, as_of=cut)
    reoperated, eligible = int(found["reoperated"].sum()), int(found["eligible"].sum())
    if not eligible:
        return Reoperated(0, 0, None, None, None, ())
    low, high = proportions.wilson(reoperated, eligible)
    return Reoperated(reoperated, eligible, reoperated / eligible, float(low), float(high), _benchmarks(found))


def _of_every_store(frames: StoreFrames) -> DataFrame:
    """Return the index operations of the families that every store follows."""
    operations = frames.index_operations
    return operations[operations["joint"].isin(families.from_start())]


def _benchmarks(found: DataFrame) -> tuple[tuple[str, float], ...]:
    known = found[found["benchmark"].notna() & (found["eligible"] > 0)]
    return tuple(zip(known["joint"].astype(str).tolist(), known["benchmark"].astype(float).tolist(), strict=True))


def _claimable(frames: StoreFrames, *, potential: bool) -> tuple[int, int]:

    claims = frames.claims_basis(potential=potential)
    drawn = claims[claims["claimable"].fillna(0) > 0]
    return int(drawn["claimable"].sum()), int(drawn["index_ref"].nunique())


def _providers_table(workspace: Workspace, frames: StoreFrames) -> Table:
    """Return the providers by volume: operations, reoperations within two years, and what can be claimed."""
    if frames.data_cut is None:
        return Table(PROVIDERS)
    from kvalitetsapp.services import summaries

    operations = frames.index_operations["provider_id"].value_counts()
    found = summaries.reoperations(workspace, by=("provider",), joints=families.from_start())
    sums = {row["provider_id"]: tuple(row[name] for name in _FIGURES) for row in found.records()}
    drawn = {row["provider_id"]: row for row in summaries.recovery(workspace).records()}
    wanted = {row["provider_id"]: row for row in summaries.recovery(workspace, potential=True).records()}
    rows: list[Row] = []
    for provider, name in provider_names(workspace):
        if n := int(operations.get(provider, 0)):
            claims = tuple(of.get(provider, {}).get("claimable") for of in (drawn, wanted))
            *figures, low, high = sums.get(provider, _NONE_FOLLOWED)
            rows.append((provider, name, n, *figures, interval(low, high), *claims))
    return Table(PROVIDERS, sorted(rows, key=lambda row: -int(row[2] or 0)))
