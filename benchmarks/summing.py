"""R9–R11 summed up in every way against DuckDB's SQL and against scipy and statsmodels called provider by provider."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import pandas as pd

from benchmarks import summing_scipy
from benchmarks.summing_sql import AGE_GROUPS, CURVES, FACTS, FOLLOWED, KEYS, TABLES, counts
from benchmarks.timing import Comparison, best
from kvalitetsapp.analysis import frames, reoperations, survival
from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import LinkStatus, PayerRoute, Sex, SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OPERATIONS: Final = 1_000_000
WINDOWS: Final = (730, 90, 30)
NATIONAL: Final = {  # none for shoulders, which are compared with their own pooled rate
    730: {"hip": 0.009, "knee": 0.011},
    90: {"hip": 0.002, "knee": 0.0025},
    30: {"hip": 0.001, "knee": 0.00075},
}
_INDICATOR: Final = {730: "2y", 90: "90d", 30: "30d"}
_LIMITS: Final = ["ci_low", "ci_high", "pi95_low", "pi95_high", "pi998_low", "pi998_high"]
_COUNTS: Final = ["operations", "eligible", "reoperated", "revised", "ambiguous"]
_CURVE: Final = ["km", "km_low", "km_high", "cif"]
_CURVES_BY: Final = ("provider", "joint")
_AT: Final = (365, 730)
_EVENT: Final = 0.03
_CUT: Final = date(2025, 12, 31)
_FIRST_DAY: Final = np.datetime64("2013-01-01", "D")
_DAYS: Final = 4_800  # some operations come after the cut
_PROVIDERS: Final = tuple(f"P{number:02d}" for number in range(30))
_UNLINKED: Final = sorted(LinkStatus).index(LinkStatus.UNLINKED)  # the last of them
_TOLERANCE: Final = 1e-9
_REPEATS: Final = 7


@dataclass(frozen=True, slots=True)
class Given:
    """The frames that the store's rows are read into before anything is summed up."""

    index_operations: pd.DataFrame
    links: pd.DataFrame
    persons: pd.DataFrame
    benchmarks: pd.DataFrame

    def reoperations(self) -> list[pd.DataFrame]:
        """Do R9 and R10 by every set of keys within every window."""
        arguments = (self.index_operations, self.links, self.persons, self.benchmarks)
        return [
            found
            for by in KEYS
            for found in reoperations.summaries(*arguments, by=by, as_of=_CUT, windows=WINDOWS).values()
        ]

    def survival(self) -> pd.DataFrame:
        """Do R11."""
        return survival.summary(self.index_operations, self.links, self.persons, by=_CURVES_BY, at=_AT, as_of=_CUT)

    def sums(self) -> list[pd.DataFrame]:
        """Do all summaries."""
        return [*self.reoperations(), self.survival()]


def compare() -> list[Comparison]:
    """Time all summaries against SQL over facts joined once, and against the libraries over facts that stand ready."""
    given = _given(OPERATIONS)
    with duckdb.connect() as database:
        _fill(database, given)
        gc.collect()
        ours = best(given.sums, _REPEATS)
        theirs = best(lambda: _in_duckdb(database), _REPEATS)
        _check_rows(given.sums(), _in_duckdb(database))
        ready = [database.execute(f"SELECT * FROM ({rows})").df() for rows in ("FROM facts", FOLLOWED)]
    one_by_one = best(lambda: _one_by_one(*ready), _REPEATS)
    _check_figures(given.sums(), _one_by_one(*ready))
    what = f"R9–R11, {len(KEYS) * len(WINDOWS) + 1} summaries, {OPERATIONS:,}"
    return [
        Comparison(what, ours, "DuckDB SQL", theirs, 1.0),
        Comparison(what, ours, "scipy, statsmodels unit by unit", one_by_one, 1.0),
    ]


def _in_duckdb(database: duckdb.DuckDBPyConnection) -> list[pd.DataFrame]:
    """Join once, count by each set of keys within all windows at once, limits by scipy, then the curves."""
    database.execute(FACTS, {"cut": _CUT})
    found = []
    for keys, sql in counts(WINDOWS):
        rows = database.execute(sql).df()
        for within in WINDOWS:
            own = [name for name in rows.columns if name.endswith(f"_{within}")]
            one = rows[[*keys, "operations", *own]].set_axis([*keys, *_COUNTS], axis="columns")
            found.append(summing_scipy.limited(one, NATIONAL[within]))
    return [*found, database.execute(CURVES, {"at": list(_AT), "last": max(_AT)}).df()]


def _one_by_one(facts: pd.DataFrame, followed: pd.DataFrame) -> list[list[tuple[float, ...]]]:
    summaries = [
        summing_scipy.figures(summing_scipy.counted(facts, keys, within), NATIONAL[within])
        for keys in KEYS.values()
        for within in WINDOWS
    ]
    return [*summaries, summing_scipy.curves(followed, KEYS[_CURVES_BY], _AT)]


def _check_figures(ours: list[pd.DataFrame], theirs: list[list[tuple[float, ...]]]) -> None:
    """Stop unless the libraries have the same intervals, limits and curves of every unit."""
    names = [_LIMITS] * (len(ours) - 1) + [_CURVE]
    for found, rows, columns in zip(ours, theirs, names, strict=True):
        shown = found[found["eligible"] > 0] if "eligible" in found else found
        wanted = np.array(rows)[:, : len(columns)]
        np.testing.assert_allclose(shown[columns].to_numpy(dtype=np.float64), wanted, rtol=0, atol=_TOLERANCE)
    print(f"summing: {sum(map(len, theirs))} rows of intervals, limits and curves the same in the libraries")


def _check_rows(ours: list[pd.DataFrame], theirs: list[pd.DataFrame]) -> None:
    """Stop unless every row is the same in both: counts, keys and flags exactly, fractions as doubles are."""
    for found, rows in zip(ours, theirs, strict=True):
        _same(found, rows)
    *summaries, curves = ours
    print(f"summing: {sum(map(len, summaries))} rows of rates and {len(curves)} of curves the same in both")


def _same(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    if len(ours) != len(theirs) or list(ours.columns) != list(theirs.columns):
        raise AssertionError(f"{len(ours)} rows of {list(ours.columns)}, {len(theirs)} of {list(theirs.columns)}")
    for name in ours.columns:
        found, wanted = ours[name].to_numpy(), theirs[name].to_numpy()
        if found.dtype.kind == "f":
            np.testing.assert_allclose(found, wanted, rtol=0, atol=_TOLERANCE, err_msg=str(name))
        else:
            np.testing.assert_array_equal(found, wanted, err_msg=str(name))


def _fill(database: duckdb.DuckDBPyConnection, given: Given) -> None:
    tables = {"operations": given.index_operations, "links": given.links, "persons": given.persons}
    database.execute(AGE_GROUPS)
    for name, frame in tables.items():
        database.register("given", frame)
        database.execute(f"CREATE TABLE {name} AS {TABLES[name]}")
        database.unregister("given")


def _given(operations: int) -> Given:
    """Return operations of which three in a hundred have an event, some of them several, and persons of every fate."""
    random = np.random.default_rng(9)
    persons = operations * 7 // 10
    operated = random.integers(0, _DAYS, operations)
    joints, routes = sorted(families.from_start()), sorted(PayerRoute)
    index_operations = pd.DataFrame(
        {
            "operation": np.arange(operations),
            "episode": np.arange(operations),
            "person": random.integers(0, persons, operations),
            "index_ref": np.array([f"faktura/{number:07d}/hip/right" for number in range(operations)], dtype=object),
            "provider_id": _coded(_uneven(random, operations, len(_PROVIDERS)), _PROVIDERS),
            "joint": _coded(_uneven(random, operations, len(joints)), joints),
            "side": _coded(random.integers(0, 2, operations), ("left", "right")),
            "operated_on": _day(operated),
            "procedure_code": _coded(np.zeros(operations, dtype=np.int8), ("NFB49",)),
            "payer_route": _coded(_uneven(random, operations, len(routes)), routes),
        }
    )
    return Given(index_operations, _links(random, operations), _persons(random, persons), _benchmarks())


def _links(random: np.random.Generator, operations: int) -> pd.DataFrame:
    events = int(operations * _EVENT)
    operation = random.integers(0, operations, events)
    operation[random.random(events) < 0.05] = -1
    days = pd.array(np.floor(random.exponential(400, events)).astype(np.int64) - 3, dtype="Int64")
    days[operation < 0] = pd.NA
    statuses = np.where(operation < 0, _UNLINKED, random.integers(0, _UNLINKED, events))
    return pd.DataFrame(
        {
            "link": np.arange(events) + 1,
            "operation": operation,
            "days": days,
            "status": _coded(statuses, sorted(LinkStatus)),
            "surgery_level": _coded(random.integers(0, len(SurgeryLevel), events), sorted(SurgeryLevel)),
        }
    )


def _persons(random: np.random.Generator, persons: int) -> pd.DataFrame:
    born = np.datetime64("1925-01-01", "D") + random.integers(0, 21_000, persons).astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "person": np.arange(persons),
            "sex": _coded(random.choice(3, persons, p=[0.01, 0.54, 0.45]), ("", *sorted(Sex))),
            "birth_date": np.where(random.random(persons) < 0.01, np.datetime64("NaT"), born).astype("datetime64[s]"),
            "death_date": _sometimes(random, persons, 0.25),
            "moved_out": _sometimes(random, persons, 0.05),
        }
    )


def _sometimes(random: np.random.Generator, persons: int, share: float) -> NDArray[np.datetime64]:
    days = _day(random.integers(0, _DAYS, persons))
    return np.where(random.random(persons) < share, days, np.datetime64("NaT")).astype("datetime64[s]")


def _benchmarks() -> pd.DataFrame:
    rows = [
        ("SE", "national", joint, f"reoperation_{_INDICATOR[within]}", value * 100, "percent", "2024")
        for within, values in NATIONAL.items()
        for joint, value in values.items()
    ]
    return pd.DataFrame(rows, columns=list(frames.BENCHMARKS))


def _uneven(random: np.random.Generator, rows: int, words: int) -> NDArray[np.integer]:
    """Return places of which the first is the commonest."""
    weights = 1.0 / np.arange(1, words + 1)
    return random.choice(words, rows, p=weights / weights.sum())


def _day(days: NDArray[np.integer]) -> NDArray[np.datetime64]:
    return (_FIRST_DAY + days.astype("timedelta64[D]")).astype("datetime64[s]")


def _coded(codes: NDArray[np.integer], words: Sequence[str]) -> pd.Categorical[Any]:
    """Return words as categories, which are sorted as those of frames are."""
    return pd.Categorical.from_codes(codes, categories=pd.Index([str(word) for word in words], dtype=object))
