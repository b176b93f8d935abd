"""R14 in words: where the costs of events come from, what else is known of them, and which events have none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import cost_source
from kvalitetsapp.domain.cost_source import NO_SOURCE, CostSource
from kvalitetsapp.domain.event_cost import EventCost, MissingCost, missing_table
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.domain.words import CostBasis
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import concerned, episode_costs, manual_costs, patients, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pandas import DataFrame

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.cost_source import EpisodeCosts
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

_KEY: Final = ("episode", "joint", "side")
_ROW: Final = (*_KEY, "agreement_id", "cost", "cost_basis", "counts")
_MISSING: Final = (
    *("index_ref", "provider_id", "event_ref", "event_date", "complication_class", "claim_by"),
    *("agreement_id", *_KEY),
)


def sources(workspace: Workspace, keys: Sequence[EventKey]) -> dict[EventKey, CostSource]:
    """Return the cost of events as `list claims-basis` has it, with its source in words and the year of its prices.

    An event that is in no case has what its episode costs without an agreement. One that is not stored is left out.
    """
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    found = of_events(workspace, keys, frames.claims_basis(potential=False), frames.agreements)
    others = episode_costs.of_episodes(workspace.store, {key.episode for key in keys if key not in found})
    found |= {key: cost_source.own(others[key.episode], None) for key in keys if key.episode in others}
    return {key: found[key] for key in keys if key in found}


def of_events(
    workspace: Workspace, keys: Iterable[EventKey], basis: DataFrame, agreements: Iterable[Agreement]
) -> dict[EventKey, CostSource]:
    """Return where the costs of events come from, and of the other events of their episodes, by a claims basis."""
    wanted = basis[basis["episode"].isin({key.episode for key in keys})]
    return dict(zip(_keys(wanted), of_basis(workspace, wanted, agreements), strict=True))


def of_basis(workspace: Workspace, basis: DataFrame, agreements: Iterable[Agreement]) -> list[CostSource]:
    """Return where the cost of every row of a claims basis comes from; all rows of an episode must be among them."""
    from kvalitetsapp.analysis import frames

    rows: list[tuple[Any, ...]] = frames.rows(basis, _ROW)
    terms = {one.agreement_id: one for one in agreements}
    costs = episode_costs.of_episodes(workspace.store, (row[0] for row in rows if row[4] is not None))
    bearers = _bearers(rows)
    return [_of_row(row, costs, terms, bearers) for row in rows]


@needs(Right.READ_CLAIMS)
def of_event(workspace: Workspace, key: EventKey) -> EventCost:
    """Return every source of an event's cost in the order in which they count, which is used, and why.

    Raises:
        RefusedError: the event's episode is gone, or that its costs are read cannot be noted in the trace.
    """
    from kvalitetsapp.services import frames_of_store

    costs = episode_costs.of_episodes(workspace.store, [key.episode]).get(key.episode)
    if costs is None:
        raise RefusedError(_("Vårdkontakten finns inte längre. Läs om sidan."))
    about = concerned.of_episodes(workspace.store, [key.episode])
    readings.note(workspace, readings.COST_READ, patients.episode_ref(workspace.store, key.episode), about)
    frames = frames_of_store.load(workspace)
    basis = frames.claims_basis(potential=True)
    rows = basis[basis["episode"] == key.episode]
    agreement = _agreement_of(key, rows, frames.agreements)
    shares = dict(zip(_keys(rows), of_basis(workspace, rows, frames.agreements), strict=True)).get(key)
    if shares is not None and shares.basis != CostBasis.SHARED:
        shares = None
    return EventCost(
        key=key,
        event_ref=costs.event_ref,
        agreement="" if agreement is None else agreement.name,
        discharged=costs.discharged,
        used=shares or cost_source.own(costs, agreement),
        sources=cost_source.known_sources(costs, agreement, workspace.today, shares),
        items=costs.items,
        manual=manual_costs.history(workspace.store, key.episode),
    )


@needs(Right.READ_CLAIMS)
def missing(workspace: Workspace, *, potential: bool = False) -> tuple[MissingCost, ...]:
    """Return the covered events that count and have no cost, those with the first last day of the claim first."""
    from kvalitetsapp.analysis import frames as shapes
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    basis = frames.claims_basis(potential=potential)
    basis = basis[basis["counts"] & (basis["covered"] == 1) & basis["cost"].isna()]
    rows: list[tuple[Any, ...]] = shapes.rows(basis, _MISSING)
    terms = {one.agreement_id: one for one in frames.agreements}
    costs = episode_costs.of_episodes(workspace.store, basis["episode"].tolist())
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    found = [_missing(row, names, terms, costs, workspace.today) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.claim_by or date.max, one.index_ref, one.event_ref)))


@needs(Right.READ_CLAIMS)
def listed_missing(workspace: Workspace, *, potential: bool = False) -> Table:
    """Return `list missing-costs`."""
    found = missing(workspace, potential=potential)
    return missing_table(sorted(found, key=lambda one: (one.index_ref, one.event_ref, one.key.joint, one.key.side)))


def _of_row(
    row: tuple[Any, ...],
    costs: dict[int, EpisodeCosts],
    terms: dict[str, Agreement],
    bearers: dict[int, tuple[str, str]],
) -> CostSource:
    episode, _joint, _side, agreement_id, cost, basis, _counts = row
    if cost is None:
        return NO_SOURCE
    if basis == CostBasis.SHARED:
        return cost_source.shared(lane_label(*bearers[episode]))
    return cost_source.by(basis, costs[episode], terms.get(agreement_id))


def _bearers(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[str, str]]:
    """Return joint and side of the event that each episode's cost counts on, where several events count."""
    return {row[0]: (row[1], row[2]) for row in rows if row[6] and row[5] != CostBasis.SHARED}


def _agreement_of(key: EventKey, rows: DataFrame, agreements: Iterable[Agreement]) -> Agreement | None:
    found = dict(zip(_keys(rows), rows["agreement_id"].tolist(), strict=True)).get(key)
    return next((one for one in agreements if one.agreement_id == found), None)


def _keys(basis: DataFrame) -> list[EventKey]:
    from kvalitetsapp.analysis import frames

    rows: list[tuple[Any, ...]] = frames.rows(basis, _KEY)
    return [EventKey(*row) for row in rows]


def _missing(
    row: tuple[Any, ...],
    names: dict[str, str],
    terms: dict[str, Agreement],
    costs: dict[int, EpisodeCosts],
    today: date,
) -> MissingCost:
    index_ref, provider_id, event_ref, event_date, complication_class, claim_by, agreement_id, *key = row
    agreement = terms.get(agreement_id)
    told = [
        cost_source.lacking(basis, costs[key[0]], agreement, today) for basis in cost_source.order_of(agreement)[:-1]
    ]
    return MissingCost(
        EventKey(*key),
        index_ref,
        provider_id,
        names.get(provider_id, provider_id),
        event_ref,
        date.fromisoformat(event_date),
        complication_class,
        " ".join(told),
        date.fromisoformat(claim_by) if claim_by else None,
    )
