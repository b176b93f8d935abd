"""The store's rows as the frames that analysis works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kvalitetsapp.analysis import frames, operation_prices, recovery
from kvalitetsapp.store import (
    agreements,
    benchmarks,
    episodes,
    identities,
    links,
    number_facts,
    persons,
    population,
    providers,
    quality,
    report_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pandas import DataFrame

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store

_DETAILS = {"operation": "int", "price": "nullable"}
_PERSON_FACTS = ("sex", "birth_date", "death_date", "moved_out")


@dataclass
class StoreFrames:
    """Frames over a store, each read when first asked for; all shapes stand in `analysis/frames.py`.

    `heed` is called now and then while the large ones are made, and may raise to stop that. With `of_part` those that
    a link run works on hold the persons of the part at hand only (`store/link_parts.py`), and operations and links
    have the numbers that the store knows them by.
    """

    store: Store
    heed: Callable[[], None] | None = field(default=None, kw_only=True)
    of_part: bool = field(default=False, kw_only=True)

    @cached_property
    def episodes(self) -> DataFrame:
        """Return EPISODES, aliases resolved."""
        return self._episodes(episodes.columns(self.store, of_part=self.of_part))

    @cached_property
    def linked_episodes(self) -> DataFrame:
        """Return those of EPISODES that are events with an index operation."""
        return self._episodes(episodes.linked_columns(self.store, of_part=self.of_part))

    def _episodes(self, columns: dict[str, list[Any]]) -> DataFrame:
        same = identities.same_person(self.store)
        columns["person"] = [same.get(one, one) for one in columns["identity"]] if same else columns["identity"]
        return frames.frame(frames.EPISODES, columns, self.heed)

    @cached_property
    def details(self) -> DataFrame:
        """Return PROCEDURE_DETAILS."""
        return frames.frame(frames.PROCEDURE_DETAILS, episodes.detail_columns(self.store, of_part=self.of_part))

    @cached_property
    def persons(self) -> DataFrame:
        """Return PERSONS, one row per person, blanks filled from aliases and from the number itself."""
        return frames.frame(frames.PERSONS, _persons(self.store))

    @cached_property
    def providers(self) -> DataFrame:
        """Return PROVIDERS."""
        rows = providers.all_providers(self.store)
        return frames.frame(
            frames.PROVIDERS, {name: [getattr(row, name) for row in rows] for name in frames.PROVIDERS}
        )

    @cached_property
    def verdicts(self) -> DataFrame:
        """Return VERDICTS."""
        return frames.frame(frames.VERDICTS, links.verdict_columns(self.store, of_part=self.of_part))

    @cached_property
    def pins(self) -> DataFrame:
        """Return PINS."""
        return frames.frame(frames.PINS, links.pin_columns(self.store, of_part=self.of_part))

    @cached_property
    def benchmarks(self) -> DataFrame:
        """Return BENCHMARKS."""
        return frames.frame(frames.BENCHMARKS, benchmarks.columns(self.store))

    @cached_property
    def population(self) -> DataFrame:
        """Return POPULATION."""
        return frames.frame(frames.POPULATION, population.columns(self.store))

    @cached_property
    def index_operations(self) -> DataFrame:
        """Return the INDEX_OPERATIONS of the last link run."""
        return frames.frame(frames.INDEX_OPERATIONS, links.operation_columns(self.store, of_part=self.of_part))

    @cached_property
    def links(self) -> DataFrame:
        """Return the LINKS of the last link run."""
        return frames.frame(frames.LINKS, links.link_columns(self.store, of_part=self.of_part))

    @cached_property
    def operation_prices(self) -> DataFrame:
        """Return what each index operation cost the region (`analysis/operation_prices.py`)."""
        details = frames.frame(_DETAILS, report_rows.operation_details(self.store))
        return operation_prices.of_operations(self.index_operations, details)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Return all agreements."""
        return agreements.all_agreements(self.store)

    @cached_property
    def data_cut(self) -> date | None:
        """Return the latest day of discharge, None where there is no episode (R9)."""
        latest = episodes.latest_discharge(self.store)
        return None if latest is None else date.fromisoformat(latest)

    @cached_property
    def priced_episodes(self) -> DataFrame:
        """Return EPISODES with the price that the region was charged for each, Int64 öre."""
        prices = frames.frame({"price": "nullable"}, quality.price_columns(self.store))
        return self.episodes.assign(price=prices["price"].array)

    def claims_basis(self, *, potential: bool, agreements: Sequence[Agreement] | None = None) -> DataFrame:
        """Return what can be claimed for every event by the agreements that are stored, or by others (R12–R15)."""
        return recovery.claims_basis(
            self.index_operations,
            self.links,
            self.linked_episodes,
            self.providers,
            self.agreements if agreements is None else agreements,
            potential=potential,
        )


def load(workspace: Workspace, heed: Callable[[], None] | None = None, *, of_part: bool = False) -> StoreFrames:
    """Return frames over what the store holds now, with `of_part` of the part of a link run that is at hand."""
    return StoreFrames(workspace.store, heed=heed, of_part=of_part)


def _persons(store: Store) -> dict[str, list[Any]]:
    same = identities.same_person(store)
    columns = persons.columns(store)
    facts: dict[int, list[str | None]] = {}
    rows = zip(
        *(columns["identity"], *(columns[name] for name in _PERSON_FACTS), *number_facts.columns(store)), strict=True
    )
    later: list[tuple[int, list[str | None]]] = []
    for identity, *known in rows:
        person = same.get(identity, identity)
        if person == identity:
            facts[person] = known
        else:
            later.append((person, known))
    for person, known in later:
        facts[person] = [old or new for old, new in zip(facts[person], known, strict=True)]
    filled = [
        (person, sex or number_sex, birth or number_birth, death, moved)
        for person, (sex, birth, death, moved, number_sex, number_birth) in facts.items()
    ]
    names = ("person", *_PERSON_FACTS)
    return {name: [row[place] for row in filled] for place, name in enumerate(names)}
