"""The same contact from two sources, and procedures dated outside their contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import run_starts
from kvalitetsapp.analysis.columns import NO_DAY, day_numbers, texts
from kvalitetsapp.analysis.procedures import rows_of
from kvalitetsapp.analysis.quality.found import day_texts, nothing, of_episodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.analysis.columns import Texts
    from kvalitetsapp.analysis.quality.found import Sources

_FURTHEST: Final = 20
"""How many contacts of one person on one day are compared with each other."""


def duplicate_contact(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes that another source delivered before: same person, admission and discharge, a code in common."""
    episodes = sources.episodes
    if len(episodes) < 2:
        return nothing()
    order, group = _alike(episodes)
    later: list[Ints] = []
    earlier: list[Ints] = []
    source = _sources(episodes, order)
    for lag in range(1, min(_FURTHEST, len(order))):
        pair = np.flatnonzero((group[lag:] == group[:-lag]) & (source[lag:] != source[:-lag]))
        if not len(pair) and not np.any(group[lag:] == group[:-lag]):
            break
        later.append(order[pair + lag])
        earlier.append(order[pair])
    if not later:
        return nothing()
    return _sharing_codes(sources, np.concatenate(later), np.concatenate(earlier))


def procedure_outside_stay(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes with a procedure dated before their admission or after their discharge."""
    episodes, details = sources.episodes, sources.details
    first, last = day_numbers(episodes["admitted"]), day_numbers(episodes["discharged"])
    own, place = day_numbers(episodes["procedure_date"]), rows_of(episodes, details["episode"].to_numpy())
    told = day_numbers(details["performed_on"])
    known = place >= 0
    rows = np.concatenate((np.arange(len(episodes)), place[known]))
    days = np.concatenate((own, told[known]))
    outside = (days != NO_DAY) & ((days < first[rows]) | (days > last[rows]))
    rows, which = np.unique(rows[outside], return_index=True)
    chosen = episodes.iloc[rows]
    spans = [
        f"{begins} – {ends}"
        for begins, ends in zip(
            day_texts(chosen["admitted"].to_numpy()), day_texts(chosen["discharged"].to_numpy()), strict=True
        )
    ]
    value = day_texts(days[outside][which].astype("datetime64[D]"))
    return of_episodes(episodes, rows, value=value, against=np.array(spans, dtype=object))


def _alike(episodes: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the places of episodes that share person and both days with another, and which belong together."""
    parts = (episodes["person"].to_numpy(), day_numbers(episodes["admitted"]), day_numbers(episodes["discharged"]))
    order = np.lexsort((np.arange(len(episodes)), *reversed(parts)))
    same = np.ones(len(order) - 1, dtype=np.bool_)
    for part in parts:
        same &= part[order][1:] == part[order][:-1]
    shared = np.zeros(len(order), dtype=np.bool_)
    shared[1:] |= same
    shared[:-1] |= same
    begins = np.ones(len(order), dtype=np.int64)
    begins[1:] = ~same
    return order[shared], run_starts(np.cumsum(begins)[shared])


def _sources(episodes: pd.DataFrame, order: Ints) -> Texts:
    refs = episodes["episode_ref"].to_numpy(dtype=object)[order]
    return np.array([ref.partition("/")[0] for ref in refs.tolist()], dtype=object)


def _sharing_codes(sources: Sources, later: Ints, earlier: Ints) -> pd.DataFrame:
    episodes, sides = sources.episodes, frozenset(sources.code_tables.laterality)
    columns = [texts(episodes[name].iloc[later]) for name in ("main_diagnosis", "other_diagnoses", "procedures")]
    others = [texts(episodes[name].iloc[earlier]) for name in ("main_diagnosis", "other_diagnoses", "procedures")]
    shared = [
        " ".join(sorted(set(" ".join(here).split()) & set(" ".join(there).split()) - sides))
        for here, there in zip(zip(*columns, strict=True), zip(*others, strict=True), strict=True)
    ]
    hits = np.flatnonzero(np.array(shared, dtype=object) != "")
    _rows, first = np.unique(later[hits], return_index=True)
    kept = hits[first]
    return of_episodes(
        episodes,
        later[kept],
        value=np.array(shared, dtype=object)[kept],
        against=episodes["episode_ref"].to_numpy(dtype=object)[earlier[kept]],
    )
