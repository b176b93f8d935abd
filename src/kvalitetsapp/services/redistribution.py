"""Which of those who wait could be offered another provider: a scenario from people's own tables and what is stored.

What the table of capacities does not say of a price or a waiting time is taken from an agreement, from what own care
has cost, or from the lists; what nothing tells stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Final, TypeVar

from kvalitetsapp.domain.editable_table import longest_prefix
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.redistribution import (
    MOST_DAYS,
    MOST_KM,
    MOST_WEEKS,
    DaysSource,
    Offer,
    PriceSource,
    Redistribution,
    RedistributionScenario,
    nothing,
)
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import ProviderKind
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import editable_tables, waiting_lists
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import agreements, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kvalitetsapp.domain.redistribution import OfferOutcome
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.domain.waiting import WaitingScope
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.providers import Provider

    Place = tuple[str, str]  # a provider and a medical area

_OUTCOME: Final = "reoperation_2y"
_Source = TypeVar("_Source", PriceSource, DaysSource)


@needs(Right.READ_FIGURES)
def work_out(workspace: Workspace, scope: WaitingScope, scenario: RedistributionScenario) -> Redistribution:
    """Return what a scenario comes to for those of a scope who wait.

    Raises:
        InputError: the scenario tries something that is out of bounds.
    """
    _demand_reasonable(scenario)
    read, month = waiting_lists.month_of(workspace, scope)
    if month is None:
        return nothing(scenario)
    from kvalitetsapp.analysis.waiting import offers, redistribution

    specialised = waiting_lists.specialised_codes(read)
    waiting = offers.entries(month, month.those, specialised)
    everyone = offers.entries(month, month.everyone, specialised)
    known = _Known(workspace, waiting_lists.day_of(month), offers.waits(everyone))
    return redistribution.redistribute(waiting, known.offers(), _distances(workspace), scenario, known.day.isoformat())


def _demand_reasonable(scenario: RedistributionScenario) -> None:
    if not 1 <= scenario.weeks <= MOST_WEEKS:
        raise InputError(_("Antalet veckor ska vara 1 till {most}.").format(most=MOST_WEEKS))
    if scenario.farthest_km is not None and not 0 <= scenario.farthest_km <= MOST_KM:
        raise InputError(_("Avståndet ska vara 0 till {most} km.").format(most=MOST_KM))
    if not 0 <= scenario.over_days <= MOST_DAYS:
        raise InputError(_("Gränsen för väntan ska vara 0 till {most} dagar.").format(most=MOST_DAYS))


def _distances(workspace: Workspace) -> dict[tuple[str, str], int]:
    """Return whole kilometres, begun ones counted, by municipality (its code) and provider."""
    rows = editable_tables.rows(workspace, "distances")
    told = ((str(row["municipality"]), str(row["provider_id"]), _number(row["km"])) for row in rows)
    return {(municipality, provider_id): ceil(km) for municipality, provider_id, km in told if km is not None}


@dataclass
class _Known:
    """What is known of providers by medical area, on the day of a list; `waits` are medians from the list itself."""

    workspace: Workspace
    day: date
    waits: Mapping[Place, int]

    def offers(self) -> list[Offer]:
        """Return an offer for every row of the table of capacities."""
        return [self._offer(row) for row in editable_tables.rows(self.workspace, "capacities")]

    def _offer(self, row: Mapping[str, Value]) -> Offer:
        at = (str(row["provider_id"]), str(row["area"]))
        provider = self.providers.get(at[0])
        price, price_source = self._price(at, _whole(row["price"]))
        days, days_source = _first(
            (_whole(row["waiting_days"]), DaysSource.CAPACITY), (self.waits.get(at), DaysSource.ENTRIES)
        ) or (None, DaysSource.NONE)
        return Offer(
            *(at[0], at[0] if provider is None else provider.name, "" if provider is None else provider.kind, at[1]),
            _number(row["free_per_week"]),
            *(price, price_source, days, days_source),
            self.outcomes.get(at),
        )

    def _price(self, at: Place, told: int | None) -> tuple[int | None, PriceSource]:
        found = _first(
            (told, PriceSource.CAPACITY),
            (self._agreed(at), PriceSource.AGREEMENT),
            (self.own_costs.get(at), PriceSource.OWN_COST),
        )
        return found or (None, PriceSource.NONE)

    def _agreed(self, at: Place) -> int | None:
        """Return the unit price of the latest agreement in force with the provider on a joint of the area."""
        provider_id, area = at
        found = [
            one
            for one in agreements.all_agreements(self.workspace.store)
            if one.unit_price is not None
            and provider_id in one.providers
            and not self.joints_of(area).isdisjoint(one.joints)
            and one.valid_from <= self.day
            and (one.valid_to is None or self.day <= one.valid_to)
        ]
        return max(found, key=lambda one: (one.valid_from, one.agreement_id)).unit_price if found else None

    def joints_of(self, area: str) -> frozenset[str]:
        """Return the joints that first operations of an area are on."""
        roles = self.workspace.code_tables.procedure_roles
        return frozenset(one.joint for code, one in roles.items() if self.area_of(code) == area)

    def area_of(self, code: str) -> str:
        """Return the medical area of a procedure, "" where it has none."""
        key = longest_prefix(code, self.areas)
        return "" if key is None else self.areas[key]

    @cached_property
    def areas(self) -> dict[str, str]:
        """Return the area of every beginning of a code."""
        rows = editable_tables.rows(self.workspace, "procedure_areas")
        return {str(row["code"]): str(row["area"] or "") for row in rows}

    @cached_property
    def providers(self) -> dict[str, Provider]:
        """Return every provider by its id."""
        return {one.provider_id: one for one in providers.all_providers(self.workspace.store)}

    @cached_property
    def own_costs(self) -> Mapping[Place, int]:
        """Return what own operations have cost in the median, by provider and area."""
        from kvalitetsapp.analysis.waiting import offers
        from kvalitetsapp.services import frames_of_store

        frames = frames_of_store.load(self.workspace)
        own = [one.provider_id for one in self.providers.values() if one.kind == ProviderKind.OWN]
        operations = frames.index_operations
        return offers.own_costs(operations[operations["provider_id"].isin(own)], frames.episodes, self.area_of)

    @cached_property
    def outcomes(self) -> Mapping[Place, OfferOutcome]:
        """Return the share reoperated within two years, by provider and area."""
        from kvalitetsapp.analysis.waiting import offers
        from kvalitetsapp.services import indicator_source, indicators, outcome_figures

        source = indicator_source.source_on(self.workspace, None)
        if source is None:
            return {}
        one = indicators.one(self.workspace, _OUTCOME)
        members = outcome_figures.members(self.workspace, one, source, OutcomeScope(), everyone=True)
        return offers.outcomes(source.index_operations, members, self.area_of)


def _first(*told: tuple[int | None, _Source]) -> tuple[int, _Source] | None:
    """Return the first number that is known, with where it comes from."""
    return next(((value, source) for value, source in told if value is not None), None)


def _whole(value: Value) -> int | None:
    return None if value is None or value == "" else int(value)


def _number(value: Value) -> float | None:
    return None if value is None or value == "" else float(value)
