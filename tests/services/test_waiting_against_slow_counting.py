"""Every figure of waiting lists, through import and store, is what counting row by row comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.waiting import WaitingKey, WaitingScope
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, waiting
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import made_stores, slow_waiting
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from support.slow_waiting import Row, Within


FIELDS = (
    *("source", "snapshot_on", "entry_id", "county", "municipality", "provider_id", "procedure_code", "decided_on"),
    *("deviation", "priority", "planned_on"),
)
PEOPLE_FIELDS = ("year", "municipality", "sex", "age_from", "age_to", "persons", "source", "invented")
PROVIDERS = "provider_id;name;kind;county\nOSD;Ortopedi;own;Östergötland\nP01;Fjällkliniken;private;\n"
DAYS = [
    "2023-12-31",
    "2024-01-31",
    "2024-02-10",
    "2024-02-29",
    "2024-03-01",
    "2024-03-31",
    "2024-04-30",
    "2024-05-31",
    "2024-08-31",
]
DECIDED = [
    "2018-08-20",
    "2020-02-29",
    "2023-08-31",
    "2023-09-02",
    "2023-10-01",
    "2023-11-01",
    "2023-12-01",
    "2024-01-31",
    "2024-02-29",
    "2024-04-05",
]
ROWS = st.tuples(
    *map(
        st.sampled_from,
        (
            "ab",
            DAYS,
            ["1", "01", "2", "A-1", "9" * 18],
            ["05", "5", "Östergötlands län", "Kalmar", "Annat land", ""],
            ["0580", "580", "Linköping", "0581", "0880", "Okänd", ""],
            ["OSD", "P01", ""],
            ["NFB49", "NFB29", "NGB49", "XYZ00"],
            DECIDED,
            ["mov", "pvv", "none", ""],
            ["1", ""],
            ["", *DECIDED[-3:]],
        ),
    )
).map(";".join)
"""A row of `FIELDS`, as in a file."""


def key_of(row: str) -> tuple[str, ...]:
    return tuple(row.split(";")[:3])


FILES = st.lists(st.lists(ROWS, min_size=1, max_size=14, unique_by=key_of), min_size=1, max_size=3)
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([2022, 2023, 2024]),
        st.sampled_from(["0580", "0581", "0880"]),
        st.sampled_from(["male", "female"]),
        *(st.just(0), st.just(""), st.integers(1, 9000), st.just("prov"), st.just("")),
    ),
    max_size=5,
    unique_by=lambda row: row[:3],
)
"""Rows of `PEOPLE_FIELDS`."""
SCOPES = st.fixed_dictionaries(
    {},
    optional={
        "county": st.sampled_from(["05", "08", "Annat land", "missing"]),
        "municipality": st.sampled_from(["0580", "missing"]),
        "area": st.sampled_from(["Höftprotes", "missing"]),
        "provider": st.sampled_from(["OSD", "missing"]),
        "priority": st.sampled_from(["1", "missing"]),
    },
)


class Held:
    """An open store that is not written out where an example fails."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def __repr__(self) -> str:
        return "held"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    with made_stores.opened(tmp_path_factory.mktemp("slow"), make) as opened:
        yield Held(opened)


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    path = folder / "providers.csv"
    path.write_text(PROVIDERS, encoding="utf-8")
    assert imports.import_file(made, KindOfFile.PROVIDERS, path).rejected == 0
    return made


def take(workspace: Workspace, kind: KindOfFile, fields: Sequence[str], rows: Sequence[str]) -> None:
    path = workspace.path.with_name(f"{kind}.csv")
    path.write_text("\n".join((";".join(fields), *rows)), encoding="utf-8")
    outcome = imports.keep_file(workspace, kind, path, None, Progress())
    assert (outcome.rejected, outcome.read) == (0, len(rows)), outcome.rejects


def as_rows(files: Sequence[Sequence[str]]) -> list[Row]:
    """Return what the files come to with days as dates: a blank never takes away what was told before."""
    stored: dict[tuple[str, ...], dict[str, str]] = {}
    for row in (row for file in files for row in file):
        told = dict(zip(FIELDS, row.split(";"), strict=True))
        stored.setdefault(key_of(row), told).update({name: word for name, word in told.items() if word})
    return [
        {name: date.fromisoformat(word) if name.endswith("_on") and word else word for name, word in row.items()}
        for row in stored.values()
    ]


@given(files=FILES, people=PEOPLE, within=SCOPES, at=st.integers(0, 9))
@settings(max_examples=15)
def test_every_figure_is_what_counting_row_by_row_comes_to(
    held: Held, files: list[list[str]], people: list[tuple[Any, ...]], within: Within, at: int
) -> None:
    workspace, rows = held.workspace, as_rows(files)
    with workspace.store.trial():
        for file in files:
            take(workspace, KindOfFile.WAITING, FIELDS, file)
        if people:
            take(workspace, KindOfFile.POPULATION, PEOPLE_FIELDS, [";".join(map(str, row)) for row in people])
        months = sorted({slow_waiting.month_of(row["snapshot_on"]) for row in rows})
        known = [dict(zip(PEOPLE_FIELDS, row, strict=True)) for row in people]
        compare(workspace, rows, known, within, months[at % len(months)])


def compare(workspace: Workspace, rows: list[Row], people: Sequence[Row], within: Within, month: int) -> None:
    day = date(month // 12, month % 12 + 1, 1)
    told: dict[str, Any] = {("provider_id" if name == "provider" else name): word for name, word in within.items()}
    scope = replace(WaitingScope(snapshot_on=day), **told)
    for by in slow_waiting.KEYS:
        state = waiting.state(workspace, scope, WaitingKey(by))
        found = dict(zip(state.keys, state.groups.records(), strict=True))
        expected = slow_waiting.state(rows, month, within, by, people)
        assert found.keys() == expected.keys(), by
        for group, figures in expected.items():
            got = {name: found[group][name] for name in figures}
            assert got == figures, (by, group)
    compare_time(workspace, rows, within, scope, month)
    wanted = {
        (
            one.found.value,
            one.month,
            one.about.split(" ")[0] if one.found == "no_population" else one.about,
            one.entries,
        )
        for one in waiting.findings(workspace, scope).findings
        if one.found != "few" and (one.entries or not one.found.endswith("population"))
    }
    assert wanted == slow_waiting.findings(rows, month, within, people)


def compare_time(workspace: Workspace, rows: list[Row], within: Within, scope: WaitingScope, last: int) -> None:
    series = {month: one for month, one in slow_waiting.series(rows, within).items() if month <= last}
    found = waiting.series(workspace, scope).table.rows
    assert [(row[0], row[2:] if row[2] is not None else None) for row in found] == [
        (slow_waiting.month_text(month), values) for month, values in series.items()
    ]
    flows = {month: one for month, one in slow_waiting.flows(rows, within).items() if month <= last}
    assert {
        row[0]: None if row[2] is None else (row[2], row[3], row[4], row[7])
        for row in waiting.flows(workspace, scope).rows
    } == {slow_waiting.month_text(month): values for month, values in flows.items()}
