"""Comparing the example county's providers: the figures of the indicator, the operations behind, the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.provider_comparison import COMPARISON
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import indicators, provider_comparison, report_contents, report_making
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def county(county_store: Path) -> Iterator[Workspace]:
    with open_workspace(county_store, PASSPHRASE, write=False) as opened:
        yield opened


def test_r9_the_figures_are_those_of_the_indicator_and_its_operations_stand_behind(county: Workspace) -> None:
    found = provider_comparison.compare(county, joint="hip")
    rows = indicators.summary(county, "reoperation_2y", by=("provider", "joint")).records()
    known = {row["provider_id"]: row for row in rows if row["joint"] == "hip"}
    assert found.providers
    for one in found.providers:
        row = known[one.provider_id]
        told = (one.operations, one.followed, one.events, one.value, one.reviewed, " ".join(one.flags))
        assert told == tuple(row[name] for name in ("operations", "n", "events", "value", "reviewed", "flags"))
    first = found.providers[0]
    behind = provider_comparison.cases(county, first.provider_id, joint="hip", indicator_id="reoperation_2y").records()
    assert sum(int(row["counted"] or 0) for row in behind) == first.events
    volumes = [one.operations for one in found.providers]
    assert volumes == sorted(volumes, reverse=True)


def test_the_operations_of_an_indicator_that_is_of_one_joint_stand_behind_too(county: Workspace) -> None:
    whole = "reoperation_2y_total_knee"  # no key tells its joint: it has only one
    first = provider_comparison.compare(county, joint="knee", indicator_id=whole).providers[0]
    behind = provider_comparison.cases(county, first.provider_id, joint="knee", indicator_id=whole).records()
    assert first.followed == sum(int(row["included"] or 0) for row in behind) > 0
    with pytest.raises(InputError, match="joint"):
        provider_comparison.cases(county, first.provider_id, joint="hip", indicator_id=whole)


def test_what_may_not_be_read_by_provider_is_not_compared(county: Workspace) -> None:
    by_year = replace(indicators.one(county, "reoperation_2y"), level=("year",))
    frames = report_contents.source_of(county, date(2022, 1, 1))
    with pytest.raises(InputError, match="provider"):
        provider_comparison.every_joint(county, frames, by_year)


def test_the_report_is_made_by_its_kind_and_names_its_indicator(county: Workspace) -> None:
    made = report_making.make(county, Order(ReportKind.COMPARISON, "revision_2y"))
    assert made.pdf.startswith(b"%PDF")
    assert made.fingerprint
    assert dict(made.data.manifest.parameters)["Mått"] == "Revision inom två år (revision_2y), version 1"
    with pytest.raises(InputError, match="nothing_known"):
        report_making.make(county, Order(ReportKind.COMPARISON, "nothing_known"))


def test_an_empty_store_compares_nobody(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "a.kvdb", PASSPHRASE) as empty:
        shown = provider_comparison.shown(empty, joint="knee")
        assert (shown.found.as_of, shown.found.providers) == ("", ())
        assert ("reoperation_2y", "Reoperation inom två år") in shown.indicators


def test_the_commands_print_and_write(
    county_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    assert main(["--store", str(county_copy), "summary", "comparison", "--joint", "hip"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split(";") == [column.name for column in COMPARISON]
    assert len(rows) > 1
    out = tmp_path / "jämförelse.pdf"
    assert main(["--store", str(county_copy), "report", "comparison", "--hide-small", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
