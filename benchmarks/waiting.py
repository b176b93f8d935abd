"""The whole waiting-list report from arrays against DuckDB's SQL over tables already there; drill-downs in seconds."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import pandas as pd

from benchmarks import waiting_sql, waiting_store
from benchmarks.timing import Comparison, best
from kvalitetsapp.analysis.columns import NO_DAY
from kvalitetsapp.analysis.waiting import cells, chosen, found, over_time, standing, state
from kvalitetsapp.analysis.waiting.lists import List, Lists, month_of
from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.packed_list import PackedColumn, PackedList
from kvalitetsapp.domain.waiting import DEVIATIONS, WaitingKey, WaitingScope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SNAPSHOTS: Final = 60
WAITING: Final = 100_000
COUNTIES: Final = ("05", "06", "08")
MUNICIPALITIES: Final = tuple(f"{county}{number:02d}" for county in COUNTIES for number in range(80, 93))
PROVIDERS: Final = tuple(f"P{number:02d}" for number in range(12))
AREAS: Final = tuple(f"Område {letter}" for letter in "ABCDEFGHIJKL")
CODES: Final = tuple(f"NFB{number:02d}" for number in range(60))
PRIORITIES: Final = ("1", "2", "3")
KEYS: Final = tuple(key for key in WaitingKey if key not in (WaitingKey.SEX, WaitingKey.AGE_GROUP))
CLASS_DAYS, CLASSES = 30, 25
_TURNOVER: Final = 0.12
_REPEATS: Final = 5


@dataclass(frozen=True, slots=True)
class Given:
    """The lists as arrays, and the same rows as a frame for DuckDB."""

    lists: Lists
    areas: tuple[str, ...]
    frame: pd.DataFrame

    def month(self, scope: WaitingScope, everyone: standing.Standing) -> state.Month:
        """Return the last month of a scope."""
        rows = chosen.chosen(self.lists, scope, self.areas).of(everyone.columns)
        return state.Month(self.lists, everyone, rows, everyone.within(rows), scope, self.areas, None)

    def report(self) -> Report:
        """Work the whole report out from the lists, with nothing that was worked out before."""
        lists = Lists(self.lists.sources, self.lists.words, self.lists.lists)
        counted, moves = cells.cells(lists), cells.movements(lists)
        last = lists.months[-1]
        everyone = standing.standing(lists, last)
        scopes = [WaitingScope(county=county, area=area) for county in ("", *COUNTIES) for area in ("", *AREAS)]
        states, times, classes = {}, {}, {}
        for scope in scopes:
            month = self.month(scope, everyone)
            place = (scope.county, scope.area)
            for by in KEYS:
                if not scope.area or by is WaitingKey.CODE:
                    states[*place, by.value] = state.by_groups(month, by, state.groups(month, by, _nobody))
            classes[place] = [each.tolist() for each in standing.classes(month.those, CLASS_DAYS, CLASSES)]
            means = chosen.chosen(lists, scope, self.areas)
            times[place] = over_time.over_time(lists, counted, moves, means, last)
        month = self.month(WaitingScope(), everyone)
        means = chosen.chosen(lists, WaitingScope(), self.areas)
        told = [*found.of_month(month, _nobody), *found.of_time(month, times["", ""], moves, means)]
        return Report(states, times, classes, told)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the report tells, by county and area ("" for all)."""

    states: dict[tuple[str, str, str], list[tuple[str, dict[str, Any]]]]
    times: dict[tuple[str, str], over_time.OverTime]
    classes: dict[tuple[str, str], list[list[int]]]
    findings: list[Any]


def _nobody() -> Any:  # noqa: ANN401 - never asked: nothing is told apart by sex or age
    raise AssertionError


def compare() -> list[Comparison]:
    """Time the whole report against SQL, and print what a person waits for."""
    given = _given()
    with duckdb.connect() as database:
        waiting_sql.fill(database, given.frame, dict(zip(CODES, given.areas[1:], strict=True)))
        gc.collect()
        ours = best(given.report, _REPEATS)
        theirs = best(lambda: waiting_sql.report(database), _REPEATS)
        rows = waiting_sql.check(given.report(), waiting_sql.report(database))
    print(f"waiting: {rows} rows the same in both")
    waiting_store.tell(given)
    return [Comparison(f"waiting report, {SNAPSHOTS} × {WAITING:,}", ours, "DuckDB SQL", theirs, 1.0)]


def _given() -> Given:
    random = np.random.default_rng(60)
    columns = list(_lists(random))
    words = {
        "county": ("", *COUNTIES),
        "municipality": ("", *MUNICIPALITIES),
        "provider": ("", *PROVIDERS),
        "code": ("", *CODES),
        "deviation": DEVIATIONS,
        "priority": ("", *PRIORITIES),
        "specialised": ("", "no", "yes"),
    }
    lists = Lists(("kösystemet",), words, tuple(_list(day, one) for day, one in columns))
    areas = ("", *(AREAS[at % len(AREAS)] for at in range(len(CODES))))
    return Given(lists, areas, pd.concat([_frame(day, one, words) for day, one in columns], ignore_index=True))


def _lists(random: np.random.Generator) -> Iterator[tuple[date, dict[str, NDArray[Any]]]]:
    """Return each month's entries by column: some leave, others come, a few come back or get another day."""
    day = date(2021, 1, 31)
    entries = _new(random, WAITING, 1, day)
    gone = {name: values[:0] for name, values in entries.items()}
    following = WAITING + 1
    for _ in range(SNAPSHOTS):
        order = np.argsort(entries["entry"])
        entries = {name: values[order] for name, values in entries.items()}
        yield day, entries
        day = (day + timedelta(days=1)).replace(day=1)
        day = (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        stay = random.random(WAITING) > _TURNOVER
        left = {name: values[~stay] for name, values in entries.items()}
        back = random.random(len(gone["entry"])) < 0.01
        came = WAITING - int(stay.sum()) - int(back.sum())
        new = _new(random, came, following, day)
        following += came
        entries = {name: np.concatenate((entries[name][stay], gone[name][back], new[name])) for name in entries}
        gone = {name: np.concatenate((gone[name][~back], left[name])) for name in gone}
        entries["decided"] = np.where(random.random(WAITING) < 0.005, entries["decided"] + 7, entries["decided"])
        entries["deviation"] = np.where(random.random(WAITING) < 0.01, 0, entries["deviation"]).astype(np.uint8)


def _new(random: np.random.Generator, size: int, first: int, day: date) -> dict[str, NDArray[Any]]:
    municipality = random.integers(1, len(MUNICIPALITIES) + 1, size)
    on = int(np.datetime64(day, "D").astype(np.int64))
    decided = (
        on
        - np.floor(random.exponential(40 if first > 1 else 110, size)).astype(np.int64)
        + (random.random(size) < 0.001) * 60
    )
    planned = np.where(random.random(size) < 0.3, on + random.integers(-20, 200, size), NO_DAY)
    return {
        "entry": np.arange(first, first + size),
        "county": ((municipality - 1) // 13 + 1).astype(np.uint8),
        "municipality": municipality.astype(np.uint8),
        "provider": _uneven(random, size, len(PROVIDERS)),
        "code": _uneven(random, size, len(CODES)),
        "deviation": random.choice(4, size, p=[0.08, 0.1, 0.78, 0.04]).astype(np.uint8),
        "priority": _uneven(random, size, len(PRIORITIES)),
        "specialised": np.zeros(size, dtype=np.uint8),
        "decided": decided,
        "planned": planned,
    }


def _uneven(random: np.random.Generator, rows: int, words: int) -> NDArray[np.uint8]:
    """Return places from 1, of which the first is the commonest."""
    weights = 1.0 / np.arange(1, words + 1)
    return (random.choice(words, rows, p=weights / weights.sum()) + 1).astype(np.uint8)


def _list(day: date, one: dict[str, NDArray[Any]]) -> List:
    on = int(np.datetime64(day, "D").astype(np.int64))
    planned = [None if value == NO_DAY else value - on for value in one["planned"].tolist()]
    packed: dict[str, PackedColumn] = {
        packed_list.ENTRY: packed_list.of_rising(one["entry"].tolist()),
        packed_list.PLANNED: packed_list.of_numbers(planned),
    }
    columns = {name: one[name] for name in ("county", "municipality", "provider", "code", "deviation", "priority")}
    columns["specialised"] = one["specialised"]
    days = (on - one["decided"]).astype(np.int16)
    made = PackedList("kösystemet", day, len(days), "", packed)
    return List(0, month_of(day), on, columns, days, made)


def _frame(day: date, one: dict[str, NDArray[Any]], words: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    named = {
        name: pd.Categorical.from_codes(one[name], categories=pd.Index([*words[name]], dtype=object))
        for name in ("county", "municipality", "provider", "code", "deviation", "priority")
    }
    days = {
        "decided": one["decided"].astype("datetime64[D]").astype("datetime64[s]"),
        "planned": np.where(
            one["planned"] == NO_DAY, np.datetime64("NaT"), one["planned"].astype("datetime64[D]")
        ).astype("datetime64[s]"),
    }
    return pd.DataFrame({"snapshot": np.datetime64(day, "s"), "entry": one["entry"], **named, **days})
