"""The frames that analysis works on: columns, dtypes, and how they are made from the store's columns.

Dates are `datetime64[s]` (NaT = missing), amounts `Int64` in öre (NA = missing), `category` columns hold text with
"" for nothing. Every function in `analysis` takes and gives frames of these shapes.

EPISODES, one row per episode
    episode int64 (the store's key) · episode_ref str (`source/episode_id`) · person int64 (aliases resolved) ·
    provider_id, payer_route, care_form category · admitted, discharged, procedure_date date ·
    main_diagnosis, other_diagnoses, procedures category (normalised codes, separated by one space) · cost öre ·
    drg_weight Int64 (ten-thousandths, of the episode's DRG in the year of its discharge) · drg_price öre (of weight
    1.0 in that year) · manual_cost öre (entered by hand)
PROCEDURE_DETAILS, one row per row of the `procedures` and `procedure_list` files, in the order they came
    episode int64 · code category · side category ("", right, left, both) · performed_on date ·
    position int64 (the place in the episode's list, 0 where the file tells none)
PERSONS, one row per person
    person int64 · sex category ("" = unknown) · birth_date, death_date, moved_out date
PROVIDERS, one row per provider
    provider_id str · name str · kind str
VERDICTS, one row per verdict, in the order they came
    verdict int64 · episode int64 · joint, side category ("" = every one of the episode's events) · decision category
    (confirmed, rejected) · complication_class category · reviewed_on date · index_episode Int64 (NA = none named) ·
    index_joint, index_side category
PINS, what an earlier run took a verdict to mean, one row per event and verdict
    verdict, episode int64 · joint, side category · index_episode Int64 · index_joint, index_side category ·
    proposed_episode Int64 · proposed_joint, proposed_side category (what the rules proposed at that time)
INDEX_OPERATIONS, one row per index operation (R2), sorted by reference
    operation int64 (0 … n − 1) · episode, person int64 · index_ref str · provider_id, joint, side, procedure_code,
    payer_route category · operated_on date
LINKS, one row per complication event (R3–R8), sorted by event, joint, side
    link int64 (from 1) · episode int64 · event_ref str · person int64 · joint, side category ("" = none tells) ·
    event_date date · event_provider_id category · operation int64 (-1 = none) · index_ref str · index_provider_id,
    index_side category · operated_on date · days Int64 · status category · competing int64 · complication_class,
    surgery_level category · triggers str (codes) · candidates int64 · another_look int64 · verdict Int64
BENCHMARKS, one row per published figure
    country, level, joint, indicator, period str · value float · unit_of_value str
POPULATION, one row per group of ages, by year, municipality, sex and age
    year int64 · municipality, sex category · age_from int64 · age_to Int64 (NA = and older) · persons int64 ·
    source str · invented category ("" = no)
PUBLISHED, BENCHMARKS with whose figure it is
    unit str (a unit's or a provider's name, "" for a nation) · n Int64 (as printed)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import of_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

EPISODES: Final = {
    "episode": "int",
    "episode_ref": "str",
    "person": "int",
    "provider_id": "category",
    "payer_route": "category",
    "care_form": "category",
    "admitted": "date",
    "discharged": "date",
    "procedure_date": "date",
    "main_diagnosis": "category",
    "other_diagnoses": "category",
    "procedures": "category",
    "cost": "nullable",
    "drg_weight": "nullable",
    "drg_price": "nullable",
    "manual_cost": "nullable",
}
PROCEDURE_DETAILS: Final = {
    "episode": "int",
    "code": "category",
    "side": "category",
    "performed_on": "date",
    "position": "int",
}
PERSONS: Final = {
    "person": "int",
    "sex": "category",
    "birth_date": "date",
    "death_date": "date",
    "moved_out": "date",
}
PROVIDERS: Final = {"provider_id": "str", "name": "str", "kind": "str"}
VERDICTS: Final = {
    "verdict": "int",
    "episode": "int",
    "joint": "category",
    "side": "category",
    "decision": "category",
    "complication_class": "category",
    "reviewed_on": "date",
    "index_episode": "nullable",
    "index_joint": "category",
    "index_side": "category",
}
PINS: Final = {
    "verdict": "int",
    "episode": "int",
    "joint": "category",
    "side": "category",
    "index_episode": "nullable",
    "index_joint": "category",
    "index_side": "category",
    "proposed_episode": "nullable",
    "proposed_joint": "category",
    "proposed_side": "category",
}
INDEX_OPERATIONS: Final = {
    "operation": "int",
    "episode": "int",
    "person": "int",
    "index_ref": "str",
    "provider_id": "category",
    "joint": "category",
    "side": "category",
    "operated_on": "date",
    "procedure_code": "category",
    "payer_route": "category",
}
LINKS: Final = {
    "link": "int",
    "episode": "int",
    "event_ref": "str",
    "person": "int",
    "joint": "category",
    "side": "category",
    "event_date": "date",
    "event_provider_id": "category",
    "operation": "position",
    "index_ref": "str",
    "index_provider_id": "category",
    "index_side": "category",
    "operated_on": "date",
    "days": "nullable",
    "status": "category",
    "competing": "int",
    "complication_class": "category",
    "surgery_level": "category",
    "triggers": "str",
    "candidates": "int",
    "another_look": "int",
    "verdict": "nullable",
}
BENCHMARKS: Final = {
    "country": "str",
    "level": "str",
    "joint": "str",
    "indicator": "str",
    "value": "float",
    "unit_of_value": "str",
    "period": "str",
}
POPULATION: Final = {
    "year": "int",
    "municipality": "category",
    "sex": "category",
    "age_from": "int",
    "age_to": "nullable",
    "persons": "int",
    "source": "str",
    "invented": "category",
}
PUBLISHED: Final = BENCHMARKS | {"unit": "str", "n": "nullable"}


def frame(
    shape: Mapping[str, str], columns: Mapping[str, Sequence[object]], heed: Callable[[], None] | None = None
) -> pd.DataFrame:
    """Return a frame of `shape` (one of this file's) from plain columns, None or "" standing for nothing.

    `heed` is called before every column: what it raises ends the work, since a million rows take seconds.
    """
    made = {}
    for name, kind in shape.items():
        if heed is not None:
            heed()
        made[name] = _column(kind, columns[name])
    return pd.DataFrame(made, copy=False)  # each array was made for this frame alone


def _column(kind: str, values: Sequence[object]) -> Any:  # noqa: ANN401 - whatever array the kind stands in
    match kind:
        case "int":
            return np.array(values, dtype=np.int64)
        case "position":
            return np.array([-1 if value is None else value for value in values], dtype=np.int64)
        case "float":
            return np.array(values, dtype=np.float64)
        case "nullable":
            is_none = np.array([value is None for value in values], dtype=np.bool_)
            numbers = np.array([0 if value is None else value for value in values], dtype=np.int64)
            return pd.arrays.IntegerArray(numbers, is_none)
        case "date":
            return np.array([value or "NaT" for value in values], dtype="datetime64[s]")
        case "category":
            return _words(values)
        case _:
            return pd.Index([value or "" for value in values], dtype=object)


def _words(values: Sequence[Any]) -> pd.Categorical[str]:
    found = set(values)
    words = sorted({value or "" for value in found})
    place = {word: number for number, word in enumerate(words)}
    of_value = {value: place[value or ""] for value in found}
    return of_words(np.fromiter(map(of_value.__getitem__, values), np.int64, len(values)), words)


def rows(found: pd.DataFrame, names: Sequence[str]) -> list[tuple[object, ...]]:
    """Return the named columns as rows of plain values: dates ISO text, whole numbers int, nothing None."""
    return list(zip(*(plain(found[name]) for name in names), strict=True))


def plain(column: pd.Series[Any]) -> list[Any]:
    """Return a column as plain values, as `rows` does."""
    values: Any = column.array
    kind = column.dtype.kind
    if isinstance(values, pd.Categorical):
        words = [*(None if _is_nothing(word) else word for word in values.categories.tolist()), None]
        return [words[code] for code in values.codes.tolist()]  # a missing value has code -1: the last
    if kind == "M":
        days = np.datetime_as_string(column.to_numpy().astype("datetime64[D]")).tolist()
        return [None if day == "NaT" else day for day in days]
    if kind in "iub":
        whole = values.to_numpy() if isinstance(column.dtype, np.dtype) else values.to_numpy(object, na_value=None)
        return list(whole.tolist())
    return [None if _is_nothing(value) else value for value in column.astype(object).tolist()]


def _is_nothing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124 - NaN alone
