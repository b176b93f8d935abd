"""R3–R8 as a whole against the bare join, written directly in DuckDB and in pandas."""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pandas as pd

from benchmarks.timing import Comparison, best
from kvalitetsapp import settings
from kvalitetsapp.analysis import frames, linking
from kvalitetsapp.domain import families
from kvalitetsapp.exchange.code_tables import read_code_tables
from kvalitetsapp.store.link_parts import EPISODES_AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kvalitetsapp.domain.codes import CodeTables

SIZES: Final = (10_000, 100_000, 1_000_000)
EPISODES_EACH: Final = 3
SHARES: Final = (1 / 6, 1.0)
_PRIMARY: Final = ("NFB49 ZXA00", "NFB49 ZXA05", "NGB49 ZXA00", "NGB49 ZXA05")
_EVENT: Final = ("NFC49 ZXA00", "NFC49 ZXA05", "NGC49 ZXA00", "NGC49 ZXA05")
_FIRST_DAY: Final = np.datetime64("2015-01-01", "s")
_REPEATS: Final = {10_000: 30, 100_000: 9, 1_000_000: 5}


@dataclass(frozen=True, slots=True)
class Case:
    """Index operations and three times as many other episodes, of which a share are events."""

    operations: int
    share: float

    @property
    def episodes(self) -> int:
        """Return how many episodes there are besides those with an index operation."""
        return EPISODES_EACH * self.operations


@dataclass(frozen=True, slots=True)
class Part:
    """What linking is given at a time: the episodes of some persons, and operations derived from them (R1, R2)."""

    episodes: pd.DataFrame
    prepared: linking.Prepared
    verdicts: pd.DataFrame
    pins: pd.DataFrame
    tables: CodeTables

    def link(self) -> linking.LinkedEvents:
        """Do R3–R8."""
        return linking.link_events(self.episodes, self.prepared, self.verdicts, self.pins, self.tables)


def compare() -> list[Comparison]:
    """Time the three at every size, with one in six of the episodes an event, as at a busy department, and all."""
    return [one for share in SHARES for one in _compare_sizes(share)]


def _compare_sizes(share: float) -> list[Comparison]:
    found, seconds = [], []
    for operations in SIZES:
        compared = _compare(Case(operations, share))
        found += compared
        seconds.append(compared[0].ours)
    exponent = float(np.polyfit(np.log(SIZES), np.log(seconds), 1)[0])
    last = float(np.log10(seconds[-1] / seconds[-2]))
    memory = _peak_memory(Case(SIZES[-1], share))
    print(
        f"linking, share of events {share:.2f}: growth exponent {exponent:.2f} over all sizes, {last:.2f} from "
        f"{SIZES[-2]:,} to {SIZES[-1]:,} operations (aim ≤ 1.1); at the largest {memory:,.0f} MB besides the frames"
    )
    return found


def _compare(case: Case) -> list[Comparison]:
    episodes, place, is_event = _episodes(case)
    parts = _parts(episodes)
    repeats = _REPEATS[case.operations]
    ours = best(lambda: _link(parts), repeats)
    operations, events = _as_tables(case, episodes, place, is_event)
    rivals = {
        "DuckDB ASOF join": _in_duckdb(operations, events, repeats),
        "pandas merge_asof": _in_pandas(operations, events, repeats),
    }
    what = f"R3–R8, {case.operations:,} × {case.episodes:,}, {is_event.sum():,} events"
    return [Comparison(what, ours, name, seconds, 1.0) for name, seconds in rivals.items()]


def _parts(episodes: pd.DataFrame) -> list[Part]:
    """Return the episodes in parts of whole persons, as many at a time as a link run takes from the store."""
    tables = read_code_tables(settings.resources_dir(), families.from_start())
    details, verdicts, pins = (
        frames.frame(shape, {name: [] for name in shape})
        for shape in (frames.PROCEDURE_DETAILS, frames.VERDICTS, frames.PINS)
    )
    person = episodes["person"].to_numpy()
    count = -(-len(episodes) // EPISODES_AT_A_TIME)
    part = person * count // (person.max() + 1)
    parts = []
    for number in range(count):
        some = episodes.iloc[np.flatnonzero(part == number)].reset_index(drop=True)
        parts.append(Part(some, linking.prepare(some, details, tables), verdicts, pins, tables))
    return parts


def _link(parts: list[Part]) -> list[linking.LinkedEvents]:
    """Link every part and hold on to what comes out, as the rivals do."""
    return [part.link() for part in parts]


def _peak_memory(case: Case) -> float:
    """Return how many MB linking needs at most beside what it is given; numpy tells tracemalloc of its arrays."""
    parts = _parts(_episodes(case)[0])
    tracemalloc.start()
    held = _link(parts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del held
    return peak / 1_000_000


def _episodes(case: Case) -> tuple[pd.DataFrame, NDArray[np.integer], NDArray[np.bool_]]:
    """Return index stays followed by later episodes of the same persons; their joint and side; which are events."""
    random = np.random.default_rng(1)
    whose = random.integers(0, case.operations, case.episodes)
    place_of_operation = random.integers(0, len(_PRIMARY), case.operations)
    place = np.concatenate((place_of_operation, place_of_operation[whose]))
    person = np.concatenate((np.arange(case.operations), whose)) // 2
    operated = random.integers(0, 2_500, case.operations)
    day = np.concatenate((operated, operated[whose] + random.integers(1, 1_500, case.episodes)))
    is_event = random.random(case.episodes) < case.share
    codes = place + np.repeat([0, len(_PRIMARY)], (case.operations, case.episodes))
    codes[case.operations :][~is_event] = len(_PRIMARY) + len(_EVENT)
    return _frame(person, day, codes, random.integers(0, 8, len(person))), place, is_event


def _frame(
    person: NDArray[np.integer], day: NDArray[np.integer], codes: NDArray[np.integer], provider: NDArray[np.integer]
) -> pd.DataFrame:
    total = len(person)
    nothing = np.zeros(total, dtype=np.int8)
    admitted = _FIRST_DAY + day.astype("timedelta64[D]").astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "episode": np.arange(1, total + 1),
            "episode_ref": [f"bok/{number}" for number in range(total)],
            "person": person,
            "provider_id": _coded(provider, [f"P{number}" for number in range(8)]),
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


def _coded(codes: NDArray[np.integer], words: Sequence[str]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(words), dtype="str"))


def _as_tables(
    case: Case, episodes: pd.DataFrame, place: NDArray[np.integer], is_event: NDArray[np.bool_]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the rivals are given: joint, side and what is an event worked out, rows in the store's order."""
    table = pd.DataFrame(
        {
            "person": episodes["person"],
            "joint": place // 2,
            "side": place % 2,
            "day": episodes["admitted"],
            "is_event": np.append(np.zeros(case.operations, dtype=np.bool_), is_event),
            "ref": np.arange(len(episodes)),
        }
    )
    return table.iloc[: case.operations], table.iloc[case.operations :]


def _in_duckdb(operations: pd.DataFrame, events: pd.DataFrame, repeats: int) -> float:
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
        return best(lambda: database.execute(sql).fetchnumpy(), repeats)


def _in_pandas(operations: pd.DataFrame, events: pd.DataFrame, repeats: int) -> float:
    def join() -> pd.DataFrame:
        later, earlier = events[events["is_event"]].sort_values("day"), operations.sort_values("day")
        return pd.merge_asof(later, earlier, on="day", by=["person", "joint", "side"])

    return best(join, repeats)
