"""R12–R15 and their sums against the same computation written in DuckDB's SQL, results checked row by row."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import pandas as pd

from benchmarks.recovering_sql import BASIS, SUMMARIES, terms_of
from benchmarks.timing import Comparison, best
from kvalitetsapp.analysis import frames, recovery
from kvalitetsapp.domain.agreement import ANY_CLASS, Agreement, Tariff, Warranty
from kvalitetsapp.domain.words import CareForm, ComplicationClass, LinkStatus, PayerRoute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OPERATIONS: Final = 1_000_000
EVENTS: Final = {300_000: 7, 3_000_000: 3}
_SAME_STAY: Final = 0.02
_FIRST_DAY: Final = np.datetime64("2015-01-01", "s")
_PROVIDERS: Final = ("OSD", "OSI", "P01", "P02", "P03", "P04", "P05", "P06")
_KINDS: Final = ("own", "own", "private", "private", "private", "private", "public", "public")
_CLASSES: Final = tuple(one.value for one in ComplicationClass)
_STATUSES: Final = tuple(one.value for one in LinkStatus)
_KEYS: Final = ("provider", "year")


@dataclass(frozen=True, slots=True)
class Given:
    """The frames that the store's rows are read into before the sums are made."""

    index_operations: pd.DataFrame
    links: pd.DataFrame
    episodes: pd.DataFrame
    providers: pd.DataFrame
    agreements: Sequence[Agreement]

    def basis(self) -> pd.DataFrame:
        """Do R12–R15 over all events."""
        return recovery.claims_basis(
            self.index_operations, self.links, self.episodes, self.providers, self.agreements, potential=False
        )

    def sums(self) -> list[pd.DataFrame]:
        """Do R12–R15 and sum up by provider and by year."""
        basis = self.basis()
        return [basis, *(recovery.summary(basis, by=[key]) for key in _KEYS)]


def compare() -> list[Comparison]:
    """Time both with an event after three operations in ten, and with three events after each."""
    return [_compare(events, repeats) for events, repeats in EVENTS.items()]


def _compare(events: int, repeats: int) -> Comparison:
    given = _given(OPERATIONS, events)
    with duckdb.connect() as database:
        _fill(database, given)
        gc.collect()
        ours = best(given.sums, repeats)
        theirs = best(lambda: _in_duckdb(database), repeats)
        _check(given.sums(), database)
    return Comparison(f"R12–R15 and sums, {OPERATIONS:,} × {events:,}", ours, "DuckDB SQL", theirs, 1.0)


def _in_duckdb(database: duckdb.DuckDBPyConnection) -> list[Any]:
    """Leave the basis as a sorted table in DuckDB, so that it need not hand over the rows, and fetch the sums."""
    database.execute(BASIS)
    return [database.execute(sql).fetchall() for sql in SUMMARIES.values()]


def _check(ours: list[pd.DataFrame], database: duckdb.DuckDBPyConnection) -> None:
    """Stop unless every row of the basis and of the sums is the same in both."""
    basis, *sums = ours
    theirs = database.execute("SELECT * FROM basis").df()
    for name in theirs.columns:
        _same(basis[name], theirs[name])
    for found, (key, sql) in zip(sums, SUMMARIES.items(), strict=True):
        rows = database.execute(sql).df()
        for name in rows.columns:
            _same(found[name], rows[name])
        print(f"recovering: {len(basis):,} rows and {len(rows)} sums by {key} the same in both")


def _same(ours: pd.Series[Any], theirs: pd.Series[Any]) -> None:
    nothing = ours.isna().to_numpy()
    same = nothing == theirs.isna().to_numpy()
    both = ~nothing & same
    same[both] = ours.to_numpy(dtype=object)[both] == theirs.to_numpy(dtype=object)[both]
    if not same.all():
        raise AssertionError(f"{ours.name}: {np.flatnonzero(~same)[:5]} of {(~same).sum():,} differ")


def _fill(database: duckdb.DuckDBPyConnection, given: Given) -> None:
    tables = {
        "operations": given.index_operations,
        "links": given.links,
        "episodes": given.episodes,
        "providers": given.providers,
        **terms_of(given.agreements),
    }
    for name, frame in tables.items():
        database.register("given", frame)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        database.unregister("given")


def _given(operations: int, events: int) -> Given:
    """Return operations of which every fourth is the region's own, events of any status, some on the same stay."""
    random = np.random.default_rng(3)
    operated = random.integers(0, 3_000, operations)
    index_operations = pd.DataFrame(
        {
            "operation": np.arange(operations),
            "episode": np.arange(operations) + events,
            "person": np.arange(operations) // 2,
            "index_ref": _references("faktura", operations, "/hip/right"),
            "provider_id": _coded(random.integers(0, len(_PROVIDERS), operations), _PROVIDERS),
            "joint": _coded(random.integers(0, 2, operations), ("hip", "knee")),
            "side": _coded(random.integers(0, 2, operations), ("left", "right")),
            "operated_on": _day(operated),
            "procedure_code": _coded(np.zeros(operations, dtype=np.int8), ("NFB49",)),
            "payer_route": _coded(random.integers(0, 3, operations), [one.value for one in PayerRoute][1:4]),
        }
    )
    stay = _stays(random, events)
    of_stay = np.unique(stay, return_index=True)[1]
    after, days = random.integers(0, operations, events), random.integers(0, 2_000, events)
    after, days = after[of_stay][stay], days[of_stay][stay]
    links = _links(random, stay, after, days, operated, index_operations)
    return Given(index_operations, links, _episodes(random, _day(operated[after] + days)[of_stay]), _who(), _agreed())


def _stays(random: np.random.Generator, events: int) -> NDArray[np.integer]:
    """Return the stay of each event in order, numbered from 0; now and then two events have the same."""
    again = np.append(False, random.random(events - 1) < _SAME_STAY)
    again[1:] &= ~again[:-1]
    return np.cumsum(~again) - 1


def _links(
    random: np.random.Generator,
    stay: NDArray[np.integer],
    after: NDArray[np.integer],
    days: NDArray[np.integer],
    operated: NDArray[np.integer],
    index_operations: pd.DataFrame,
) -> pd.DataFrame:
    events = len(stay)
    second = np.append(False, stay[1:] == stay[:-1])
    references = _references("cosmic", int(stay[-1]) + 1, "")
    return pd.DataFrame(
        {
            "link": np.arange(events) + 1,
            "episode": stay,
            "event_ref": references[stay],
            "joint": _coded(np.zeros(events, dtype=np.int8), ("hip",)),
            "side": _coded(second.astype(np.int8), ("left", "right")),
            "event_date": _day(operated[after] + days),
            "event_provider_id": _coded(random.choice([0, 1, 4], events, p=[0.7, 0.2, 0.1]), _PROVIDERS),
            "operation": after,
            "index_ref": index_operations["index_ref"].to_numpy()[after],
            "days": pd.array(days, dtype="Int64"),
            "status": _coded(random.choice(4, events, p=[0.2, 0.6, 0.1, 0.1]), _STATUSES),
            "complication_class": _coded(random.integers(0, len(_CLASSES), events), _CLASSES),
        }
    )


def _episodes(random: np.random.Generator, admitted: NDArray[np.datetime64]) -> pd.DataFrame:
    total = len(admitted)
    costs = pd.array(random.lognormal(15.0, 0.8, total).astype(np.int64), dtype="Int64")
    costs[random.random(total) < 0.1] = pd.NA
    return pd.DataFrame(
        {
            "episode": np.arange(total),
            "care_form": _coded(random.integers(0, 2, total), [one.value for one in CareForm]),
            "admitted": admitted,
            "discharged": admitted + random.integers(0, 12, total).astype("timedelta64[D]"),
            "cost": costs,
            **{name: pd.array([pd.NA] * total, dtype="Int64") for name in ("drg_weight", "drg_price", "manual_cost")},
        }
    )


def _who() -> pd.DataFrame:
    return frames.frame(frames.PROVIDERS, {"provider_id": _PROVIDERS, "name": _PROVIDERS, "kind": _KINDS})


def _agreed() -> list[Agreement]:
    """Return agreements in two periods with every kind of term."""
    tariff = Tariff(inpatient_day=9_500_00, outpatient_visit=3_200_00)
    longer = (Warranty((ANY_CLASS,), 730), Warranty(("infection",), 1_825, onset_within_days=730))
    listed = (Warranty(_CLASSES[:6], 730),)
    periods = ((date(2015, 1, 1), date(2018, 12, 31)), (date(2019, 1, 1), None))
    kinds: tuple[tuple[tuple[str, ...], str, int, tuple[str, ...], tuple[Warranty, ...]], ...] = (
        (("P01", "P02"), "index_operation", 0, ("kpp", "tariff"), longer),
        (("P03",), "index_operation", 5_000_00, ("tariff", "kpp"), listed),
        (("P04", "P05"), "episode", 2_000_00, ("kpp",), longer),
    )
    return [
        Agreement(
            agreement_id=f"{providers[0]}-{first.year}",
            name="Avtal",
            providers=providers,
            joints=("hip", "knee"),
            payer_routes=("contract", "choice_of_care"),
            valid_from=first,
            valid_to=last,
            cap=200_000_00,
            cap_scope=scope,
            deductible=deductible,
            cost_basis=basis,
            warranties=warranties,
            tariff=tariff,
            exclusions=("cardiovascular",),
        )
        for first, last in periods
        for providers, scope, deductible, basis, warranties in kinds
    ]


def _references(source: str, count: int, tail: str) -> NDArray[np.object_]:
    return np.array([f"{source}/{number:07d}{tail}" for number in range(count)], dtype=object)


def _day(days: NDArray[np.integer]) -> NDArray[np.datetime64]:
    return _FIRST_DAY + days.astype("timedelta64[D]").astype("timedelta64[s]")


def _coded(codes: NDArray[np.integer], words: Sequence[str]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(words), dtype="str"))
