"""R3–R8 as a whole against the bare join, written directly in DuckDB and in pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pandas as pd

from benchmarks.timing import Comparison, best
from kvalitetsapp import settings
from kvalitetsapp.analysis import frames, linking
from kvalitetsapp.exchange.code_tables import read_code_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OPERATIONS: Final = 100_000
EPISODES: Final = 300_000
SHARES: Final = (1 / 6, 1.0)
_PRIMARY: Final = ("NFB49 ZXA00", "NFB49 ZXA05", "NGB49 ZXA00", "NGB49 ZXA05")
_EVENT: Final = ("NFC49 ZXA00", "NFC49 ZXA05", "NGC49 ZXA00", "NGC49 ZXA05")
_FIRST_DAY: Final = np.datetime64("2015-01-01", "s")
_REPEATS: Final = 7


def compare() -> list[Comparison]:
    """Time the three with one in six of the episodes an event, as at a busy department, and with all of them."""
    return [one for share in SHARES for one in _compare(share)]


def _compare(share: float) -> list[Comparison]:
    episodes, place, is_event = _episodes(share)
    tables = read_code_tables(settings.resources_dir() / "codes")
    details = frames.frame(frames.PROCEDURE_DETAILS, {name: [] for name in frames.PROCEDURE_DETAILS})
    verdicts = frames.frame(frames.VERDICTS, {name: [] for name in frames.VERDICTS})
    pins = frames.frame(frames.PINS, {name: [] for name in frames.PINS})
    prepared = linking.prepare(episodes, details, tables)
    ours = best(lambda: linking.link_events(episodes, prepared, verdicts, pins, tables), _REPEATS)
    operations, events = _as_tables(episodes, place, is_event)
    rivals = {"DuckDB ASOF join": _in_duckdb(operations, events), "pandas merge_asof": _in_pandas(operations, events)}
    what = f"R3–R8, {OPERATIONS:,} operations × {EPISODES:,} episodes, {is_event.sum():,} events"
    return [Comparison(what, ours, name, seconds, 1.0) for name, seconds in rivals.items()]


def _episodes(share: float) -> tuple[pd.DataFrame, NDArray[np.integer], NDArray[np.bool_]]:
    """Return index stays followed by later episodes of the same persons; their joint and side; which are events."""
    random = np.random.default_rng(1)
    whose = random.integers(0, OPERATIONS, EPISODES)
    place_of_operation = random.integers(0, len(_PRIMARY), OPERATIONS)
    place = np.concatenate((place_of_operation, place_of_operation[whose]))
    person = np.concatenate((np.arange(OPERATIONS), whose)) // 2
    operated = random.integers(0, 2_500, OPERATIONS)
    day = np.concatenate((operated, operated[whose] + random.integers(1, 1_500, EPISODES)))
    total = OPERATIONS + EPISODES
    nothing = np.zeros(total, dtype=np.int8)
    admitted = _FIRST_DAY + day.astype("timedelta64[D]").astype("timedelta64[s]")
    is_event = random.random(EPISODES) < share
    codes = place + np.repeat([0, len(_PRIMARY)], (OPERATIONS, EPISODES))
    codes[OPERATIONS:][~is_event] = len(_PRIMARY) + len(_EVENT)
    frame = pd.DataFrame(
        {
            "episode": np.arange(1, total + 1),
            "episode_ref": [f"bok/{number}" for number in range(total)],
            "person": person,
            "provider_id": _coded(random.integers(0, 8, total), [f"P{number}" for number in range(8)]),
            "payer_route": _coded(nothing, ["contract"]),
            "care_form": _coded(nothing, ["inpatient"]),
            "admitted": admitted,
            "discharged": admitted,
            "procedure_date": np.full(total, np.datetime64("NaT", "s")),
            "main_diagnosis": _coded(nothing, [""]),
            "other_diagnoses": _coded(nothing, [""]),
            "procedures": _coded(codes, [*_PRIMARY, *_EVENT, ""]),
            "cost": pd.array(np.full(total, 100), dtype="Int64"),
        }
    )
    return frame, place, is_event


def _coded(codes: NDArray[np.integer], words: Sequence[str]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(words), dtype="str"))


def _as_tables(
    episodes: pd.DataFrame, place: NDArray[np.integer], is_event: NDArray[np.bool_]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the rivals are given: joint, side and what is an event worked out, rows in the store's order."""
    table = pd.DataFrame(
        {
            "person": episodes["person"],
            "joint": place // 2,
            "side": place % 2,
            "day": episodes["admitted"],
            "is_event": np.append(np.zeros(OPERATIONS, dtype=np.bool_), is_event),
            "ref": np.arange(len(episodes)),
        }
    )
    return table.iloc[:OPERATIONS], table.iloc[OPERATIONS:]


def _in_duckdb(operations: pd.DataFrame, events: pd.DataFrame) -> float:
    with duckdb.connect() as database:
        for name, frame in (("operations", operations), ("events", events)):
            database.register("given", frame)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            database.unregister("given")
        sql = (
            "SELECT e.ref, o.ref FROM events e ASOF LEFT JOIN operations o "
            "ON e.person = o.person AND e.joint = o.joint AND e.side = o.side AND e.day >= o.day "
            "WHERE e.is_event"
        )
        return best(lambda: database.execute(sql).fetchnumpy(), _REPEATS)


def _in_pandas(operations: pd.DataFrame, events: pd.DataFrame) -> float:
    def join() -> pd.DataFrame:
        later, earlier = events[events["is_event"]].sort_values("day"), operations.sort_values("day")
        return pd.merge_asof(later, earlier, on="day", by=["person", "joint", "side"])

    return best(join, _REPEATS)
