"""Dates of birth, death and moving against care, and personal numbers against what is said of their owners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import NO_DAY, day_numbers, texts
from kvalitetsapp.analysis.quality.codes import of_operations
from kvalitetsapp.analysis.quality.found import day_texts, made, of_episodes
from kvalitetsapp.domain.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.analysis.columns import Flags, Texts
    from kvalitetsapp.analysis.quality.found import Sources


def death_before_contact(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes admitted after the day of death, but for index stays, which have a rule of their own."""
    episodes = sources.episodes
    died = _of_person(episodes, sources.persons, "death_date")
    late = _before(died, episodes["admitted"])
    stays = np.isin(episodes["episode"].to_numpy(), sources.index_operations["episode"].to_numpy())
    return _with_days(episodes, late & ~stays, died)


def born_after_care(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return episodes admitted before the birth of the person."""
    episodes = sources.episodes
    born = _of_person(episodes, sources.persons, "birth_date")
    return _with_days(episodes, _before(episodes["admitted"], born), born)


def death_before_operation(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return index operations after the day of death (R11)."""
    return _operations_after(sources, "death_date")


def moved_before_operation(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return index operations after the day of moving out (R11)."""
    return _operations_after(sources, "moved_out")


def sex_differs(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return personal numbers whose owner is said to be of another sex than the number tells."""
    numbers = sources.numbers
    said, told = texts(numbers["sex"]), texts(numbers["number_sex"])
    wrong = (said != "") & (told != "") & (said != told)
    return _of_numbers(sources, wrong, _sexes(said[wrong]), _sexes(told[wrong]))


def birth_date_differs(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return personal numbers whose owner is said to be born on another day than the number tells."""
    numbers = sources.numbers
    said, told = day_numbers(numbers["birth_date"]), day_numbers(numbers["number_birth"])
    wrong = (said != NO_DAY) & (told != NO_DAY) & (said != told)
    days = [day_texts(numbers[name].to_numpy()[wrong]) for name in ("birth_date", "number_birth")]
    return _of_numbers(sources, wrong, *days)


def death_before_birth(sources: Sources, _limits: Mapping[str, int]) -> pd.DataFrame:
    """Return personal numbers whose owner is said to have died before birth."""
    numbers = sources.numbers
    born = numbers["birth_date"].where(numbers["birth_date"].notna(), numbers["number_birth"])
    wrong = _before(numbers["death_date"], born)
    return _of_numbers(sources, wrong, day_texts(numbers["death_date"].to_numpy()[wrong]), day_texts(born[wrong]))


def _of_person(rows: pd.DataFrame, persons: pd.DataFrame, column: str) -> pd.Series[Any]:
    """Return a date of the person of each row, NaT where the person has no row."""
    if not len(persons):
        return pd.Series(np.full(len(rows), np.datetime64("NaT", "s")))
    keys = persons["person"].to_numpy()
    order = np.argsort(keys, kind="stable")
    wanted = rows["person"].to_numpy()
    place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    found = persons[column].to_numpy()[place].copy()
    found[keys[place] != wanted] = np.datetime64("NaT", "s")
    return pd.Series(found)


def _before(earlier: pd.Series[Any], later: pd.Series[Any]) -> Flags:
    first, second = day_numbers(earlier), day_numbers(later)
    return np.asarray((first != NO_DAY) & (second != NO_DAY) & (first < second), dtype=np.bool_)


def _with_days(episodes: pd.DataFrame, wrong: Flags, against: pd.Series[Any]) -> pd.DataFrame:
    rows = np.flatnonzero(wrong)
    value = day_texts(episodes["admitted"].to_numpy()[rows])
    return of_episodes(episodes, rows, value=value, against=day_texts(against.to_numpy()[rows]))


def _operations_after(sources: Sources, column: str) -> pd.DataFrame:
    operations = sources.index_operations
    days = _of_person(operations, sources.persons, column)
    wrong = _before(days, operations["operated_on"])
    chosen = operations[wrong]
    value = day_texts(chosen["operated_on"].to_numpy())
    return of_operations(sources, chosen, value=value, against=day_texts(days.to_numpy()[wrong]))


def _of_numbers(sources: Sources, wrong: Flags, value: Texts, against: Texts) -> pd.DataFrame:
    chosen = sources.numbers[wrong]
    contacts = sources.episodes[["person", "episode_ref"]]
    contacts = contacts[np.isin(contacts["person"].to_numpy(), chosen["person"].to_numpy())]
    first = contacts.drop_duplicates("person").set_index("person")["episode_ref"]
    contact = first.reindex(chosen["person"].to_numpy()).fillna("").to_numpy(dtype=object)
    refs = np.array([f"person/{identity}" for identity in chosen["identity"].tolist()], dtype=object)
    return made(refs, contact=contact, person=chosen["person"].to_numpy(), value=value, against=against)


def _sexes(codes: Texts) -> Texts:
    return np.array([word("sex", code) for code in codes.tolist()], dtype=object)
