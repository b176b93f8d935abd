"""Who delivers when: contacts by provider and month of discharge, silent months, and providers without any event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis.columns import among, day_number, day_numbers, known, texts
from kvalitetsapp.analysis.quality.found import made, nothing
from kvalitetsapp.domain.quality import CellState
from kvalitetsapp.domain.words import CareForm, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.quality.found import Sources

_FOLLOWED_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Months:
    """Counts by provider (rows) and month (columns, months since 1970 from `first`)."""

    providers: tuple[str, ...]
    first: int
    complete: int
    contacts: Ints
    with_amount: Ints

    def name(self, column: int) -> str:
        """Return a month as `2024-03`."""
        return month_text(self.first + column)


def month_text(month: int) -> str:
    """Return a number of months since 1970 as `2024-03`."""
    return f"{1970 + month // 12:04d}-{month % 12 + 1:02d}"


def last_complete(cut: date) -> int:
    """Return the last month, since 1970, that has ended on the day of the data cut."""
    month = (cut.year - 1970) * 12 + cut.month - 1
    return month if (cut + timedelta(days=1)).month != cut.month else month - 1


def by_month(sources: Sources, kind: str) -> Months | None:
    """Return the contacts of a kind (`all`, `inpatient`, `outpatient`, `operations`) by provider and month."""
    episodes, cut = sources.episodes, sources.data_cut
    chosen = _of_kind(sources, kind)
    if cut is None or not chosen.any():
        return None
    month = episodes["discharged"].to_numpy().astype("datetime64[M]").astype(np.int64)
    providers = episodes["provider_id"].cat
    names = [str(name) for name in providers.categories]
    place, month = providers.codes.to_numpy()[chosen].astype(np.int64), month[chosen]
    paid = (known(episodes["cost"]) | known(sources.prices["price"]))[chosen]
    first, width = int(month.min()), (cut.year - 1970) * 12 + cut.month - int(month.min())
    cell = place * width + (month - first)
    shape = (len(names), width)
    contacts = np.bincount(cell, minlength=len(names) * width).reshape(shape)
    with_amount = np.bincount(cell[paid], minlength=len(names) * width).reshape(shape)
    kept = np.flatnonzero(contacts.sum(axis=1))
    kept = kept[np.argsort(-contacts.sum(axis=1)[kept], kind="stable")]
    return Months(
        tuple(names[at] for at in kept.tolist()), first, last_complete(cut), contacts[kept], with_amount[kept]
    )


def states(months: Months, limits: Mapping[str, int]) -> list[list[CellState]]:
    """Return what every cell is; `silent` as the rule `silent_provider` says."""
    return [_states_of(months, row.tolist(), limits) for row in months.contacts]


def silent_provider(sources: Sources, limits: Mapping[str, int]) -> pd.DataFrame:
    """Return stretches of at least `silent` months without a contact of a provider that had delivered before.

    It had, where each of the `delivered` months before held at least `contacts`. The value is the last silent month.
    """
    months = by_month(sources, "all")
    if months is None:
        return nothing()
    refs, providers, days, last, against = [], [], [], [], []
    for place, provider in enumerate(months.providers):
        row = months.contacts[place].tolist()
        for begins, ends in stretches(months, row, limits):
            before = row[begins - limits["delivered"] : begins]
            refs.append(f"{provider}/{months.name(begins)}")
            providers.append(provider)
            days.append(np.datetime64(months.name(begins), "D").astype("datetime64[s]"))
            last.append(f"{months.name(begins)} – {months.name(ends)}" if ends > begins else months.name(begins))
            against.append(" ".join(str(count) for count in before))
    if not refs:
        return nothing()
    return made(
        np.array(refs, dtype=object),
        provider_id=np.array(providers, dtype=object),
        day=np.array(days),
        value=np.array(last, dtype=object),
        against=np.array(against, dtype=object),
    )


def stretches(months: Months, row: list[int], limits: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return the first and last column of every silent stretch of a provider."""
    found = []
    end = months.complete - months.first + 1
    column = 0
    while column < end:
        if row[column]:
            column += 1
            continue
        begins = column
        while column < end and not row[column]:
            column += 1
        before = row[max(begins - limits["delivered"], 0) : begins]
        steady = len(before) == limits["delivered"] and min(before) >= limits["contacts"]
        if steady and column - begins >= limits["silent"]:
            found.append((begins, column - 1))
    return found


def no_events(sources: Sources, limits: Mapping[str, int]) -> pd.DataFrame:
    """Return bought providers with at least `operations` followed for 90 days and not one event linked to any."""
    operations, links, cut = sources.index_operations, sources.links, sources.data_cut
    if cut is None or not len(operations):
        return nothing()
    providers = sources.providers
    own = set(providers["provider_id"][(providers["kind"] == ProviderKind.OWN.value).to_numpy()])
    followed = day_numbers(operations["operated_on"]) <= day_number(cut) - _FOLLOWED_DAYS
    counts: dict[str, int] = {}
    for provider in texts(operations["provider_id"])[followed].tolist():
        counts[provider] = counts.get(provider, 0) + 1
    linked = set(texts(links["index_provider_id"]).tolist())
    silent = sorted(
        name for name, count in counts.items() if count >= limits["operations"] and name not in linked | own
    )
    names = np.array(silent, dtype=object)
    value = np.array([str(counts[name]) for name in silent], dtype=object)
    return made(names, provider_id=names, value=value)


def _of_kind(sources: Sources, kind: str) -> Flags:
    episodes = sources.episodes
    if kind == "operations":
        found: Any = np.isin(episodes["episode"].to_numpy(), sources.index_operations["episode"].to_numpy())
        return np.asarray(found, dtype=np.bool_)
    if kind in tuple(CareForm):
        return among(episodes["care_form"], kind)
    return np.ones(len(episodes), dtype=np.bool_)


def _states_of(months: Months, row: list[int], limits: Mapping[str, int]) -> list[CellState]:
    first = next(column for column, count in enumerate(row) if count)
    silent = {column for begins, ends in stretches(months, row, limits) for column in range(begins, ends + 1)}
    found = []
    for column, count in enumerate(row):
        if months.first + column > months.complete:
            found.append(CellState.UNFINISHED)
        elif column < first:
            found.append(CellState.BEFORE)
        elif column in silent:
            found.append(CellState.SILENT)
        else:
            found.append(CellState.DELIVERED if count else CellState.EMPTY)
    return found
