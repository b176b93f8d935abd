"""What a report is worked out from: the store's frames, the day they reach to, and whose operations it is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import operation_prices, recovery, reoperations
from kvalitetsapp.analysis.columns import among, day_number, day_numbers, texts
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.domain.agreement import Agreement

WINDOWS: Final = (30, 90, DAYS_TWO_YEARS)
"""The windows that a report tells of, worked out together."""


@dataclass
class ReportFrames:
    """Frames of `analysis/frames.py` cut to a scope: one provider's operations, or (`provider_id` "") all purchased.

    `details` has one row per operation: operation int64 · price (öre, NA = missing) Int64 · unit str ("" = none).
    `account` is what became of the events that were claimed for (`recovery.CLAIMS_ACCOUNT`) and operated_on date.
    """

    index_operations: pd.DataFrame
    links: pd.DataFrame
    episodes: pd.DataFrame
    persons: pd.DataFrame
    providers: pd.DataFrame
    benchmarks: pd.DataFrame
    agreements: Sequence[Agreement]
    details: pd.DataFrame
    as_of: date
    provider_id: str = ""
    account: pd.DataFrame | None = None
    worked_out: dict[tuple[tuple[str, ...], int, bool], pd.DataFrame] = field(default_factory=dict)

    def of_provider(self, provider_id: str) -> ReportFrames:
        """Return the same frames cut to another scope; what was worked out for everyone is kept."""
        for_everyone = {key: found for key, found in self.worked_out.items() if key[2]}
        return replace(self, provider_id=provider_id, worked_out=for_everyone)

    @cached_property
    def operations(self) -> pd.DataFrame:
        """Return the operations of the scope, done up to the day."""
        return self.index_operations[self._in_scope]

    @cached_property
    def events(self) -> pd.DataFrame:
        """Return the links to operations of the scope, whatever their status."""
        return self.links[np.isin(self.links["operation"].to_numpy(), self.operations["operation"].to_numpy())]

    @cached_property
    def confirmed_claims(self) -> pd.DataFrame:
        """Return the claims basis of the scope, confirmed links counting."""
        return self._claims(potential=False)

    @cached_property
    def potential_claims(self) -> pd.DataFrame:
        """Return the claims basis of the scope, proposed links counting too."""
        return self._claims(potential=True)

    @cached_property
    def claims_account(self) -> pd.DataFrame | None:
        """Return what was claimed for operations of the scope, also those that are gone."""
        if self.account is None:
            return None
        mine = day_numbers(self.account["operated_on"]) <= day_number(self.as_of)
        if self.provider_id:
            mine &= among(self.account["provider_id"], self.provider_id)
        return self.account[mine]

    @cached_property
    def prices(self) -> pd.DataFrame:
        """Return what each operation cost (`analysis/operation_prices.py`)."""
        return operation_prices.of_operations(self.index_operations, self.details)

    @cached_property
    def own_providers(self) -> frozenset[str]:
        """Return the providers that the region runs itself."""
        own = among(self.providers["kind"], ProviderKind.OWN.value)
        return frozenset(texts(self.providers["provider_id"])[own].tolist())

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the providers' names."""
        return dict(zip(texts(self.providers["provider_id"]), texts(self.providers["name"]), strict=True))

    def rates(self, by: Sequence[str], within: int, *, everyone: bool = False) -> pd.DataFrame:
        """Return `reoperations.summary` of the scope, or with `everyone` of all operations, worked out once."""
        key = (tuple(by), within, everyone)
        if key not in self.worked_out:
            operations = self.index_operations if everyone else self.operations
            arguments = (operations, self.links, self.persons, self.benchmarks)
            found = reoperations.summaries(*arguments, by=by, as_of=self.as_of, windows=sorted({*WINDOWS, within}))
            self.worked_out |= {(tuple(by), days, everyone): frame for days, frame in found.items()}
        return self.worked_out[key]

    def followed(self, days: int) -> Flags:
        """Tell which operations of the scope have been followed for `days`."""
        return day_numbers(self.operations["operated_on"]) <= day_number(self.as_of) - days

    @cached_property
    def _in_scope(self) -> Flags:
        done = day_numbers(self.index_operations["operated_on"]) <= day_number(self.as_of)
        if self.provider_id:
            return done & among(self.index_operations["provider_id"], self.provider_id)
        return done & ~among(self.index_operations["provider_id"], *self.own_providers)

    def _claims(self, *, potential: bool) -> pd.DataFrame:
        return recovery.claims_basis(
            self.operations, self.events, self.episodes, self.providers, self.agreements, potential=potential
        )
