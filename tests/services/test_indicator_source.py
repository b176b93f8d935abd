"""What indicators are worked out from, out of a real store: aliases, units, answers and the joint register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.analysis.indicators.figures import summary
from kvalitetsapp.domain.indicator import Anchor, Answered, Counted, Measure
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.prosthesis_types import read_prosthesis_types
from kvalitetsapp.services.indicator_source import source_of
from kvalitetsapp.services.workspace import create_workspace
from support import examples
from support.code_tables import CODES, code_tables
from support.counties import PASSPHRASE
from support.county_store import opened
from support.made_indicators import figure, recipe, rows_of
from support.reviewing import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

LATER = date(2022, 1, 1)
FILES = {
    "providers": "provider_id;name;kind\nOSD;Ortopedi;own\nP01;Fjällkliniken;private\n",
    "episodes": (
        "source;episode_id;personal_id;provider_id;unit;payer_route;care_form;admitted;discharged;main_diagnosis;"
        "procedures\n"
        "bok;1;22400121K4T1;P01;Nacka;contract;inpatient;2020-01-01;2020-01-03;M161;NFB49 ZXA00\n"
        "bok;2;194001219833;OSD;;own;inpatient;2020-01-20;2020-01-25;I269;\n"
    ),
    "aliases": "personal_id;same_as\n22400121K4T1;194001219833\n",
    "proms": (
        "source;personal_id;joint;side;instrument;item;value;occasion;answered_on\n"
        "prom;22400121K4T1;hip;right;eqvas;;40;preop;2019-12-01\n"
        "prom;194001219833;hip;;eqvas;;75;1y;2021-01-09\n"
    ),
    "register_operations": (
        "source;record_id;personal_id;provider_id;joint;side;operated_on;operation_kind\n"
        "led;1;194001219833;P01;hip;right;2020-01-02;\n"
        "led;2;194001219833;P01;hip;left;2020-01-01;revision\n"
    ),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as made:
        for kind, text in FILES.items():
            take(made, tmp_path, kind, text)
        yield made


def test_a_store_tells_of_persons_whatever_number_each_delivery_knew(workspace: Workspace) -> None:
    source = source_of(workspace, LATER)
    answers = recipe(Counted.ANSWER, measure=Measure.MEAN, instruments=("eqvas",), occasion="1y")
    gain = replace(answers, count=replace(answers.count, answered=Answered.GAIN, before="preop"))
    readmitted = recipe(Counted.READMISSION, first=1, last=30, anchor=Anchor.DISCHARGE)
    told = [figure(each, source)["value"] for each in (answers, gain, readmitted, recipe(Counted.COVERAGE))]
    assert told == [75, 35, 1, 1]
    assert len(source.register) == 1  # a revision is no primary operation
    by_unit = summary(readmitted, source, by=("unit", "prosthesis"))
    assert rows_of(by_unit, ("unit", "prosthesis", "events")) == [("Nacka", "total", 1)]


def test_a_source_is_read_anew_only_after_the_store_has_changed(workspace: Workspace, tmp_path: Path) -> None:
    first, second = source_of(workspace, LATER), source_of(workspace, date(2021, 1, 1))
    assert second.episodes is first.episodes
    assert second.as_of == date(2021, 1, 1)
    take(workspace, tmp_path, "proms", FILES["proms"].replace("75", "76"))
    assert source_of(workspace, LATER).answers["value"].tolist() == [76, 40]


def test_r9_of_a_store_is_that_of_the_example(county_store: Path) -> None:
    indicator = recipe(Counted.LINKED, levels=("revision", "reoperation"), last=730)
    expected = examples.expected_rows("county", "summary_reoperations_provider_joint")
    with opened(county_store, write=False) as county:
        from kvalitetsapp.services import frames_of_store

        cut = frames_of_store.load(county).data_cut
        assert cut is not None
        found = summary(indicator, source_of(county, cut), by=("provider", "joint"))
    names = ("provider_id", "joint", "operations", "eligible", "events", "ambiguous")
    wanted = ("provider_id", "joint", "operations", "eligible", "reoperated", "ambiguous")
    assert [tuple(map(str, row)) for row in rows_of(found, names)] == [
        tuple(row[name] for name in wanted) for row in expected
    ]


def test_every_primary_code_has_its_kind_of_prosthesis(tmp_path: Path) -> None:
    kinds = read_prosthesis_types(CODES.parent / "indicators" / "prosthesis_types.csv")
    primary = {code for code, role in code_tables().procedure_roles.items() if role.role == "primary"}
    assert primary == set(kinds)
    damaged = tmp_path / "prosthesis_types.csv"
    damaged.write_text("code;joint;prosthesis\nNFB49;hip;halv\n", encoding="utf-8")
    with pytest.raises(InputError, match="prosthesis_types"):
        read_prosthesis_types(damaged)
