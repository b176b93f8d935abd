"""A truth from a file: read as verdicts are, bad rows located, the rest measured, and nothing of it stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.evaluation import in_words
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.sample import write_county
from kvalitetsapp.services import evaluation, imports, listings
from kvalitetsapp.services.workspace import create_workspace
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

HEADER = "event_ref;joint;side;verdict;complication_class;reviewer;reviewed_on;index_ref"
PROFILE = """
kind = "verdicts"
delimiter = ","

[constants]
reviewer = "A"
reviewed_on = "2024-05-01"

[columns]
event_ref = "Händelse"
verdict = "Bedömning"
index_ref = "Operation"

[values.verdict]
Ja = "confirmed"
Nej = "rejected"
"""


@pytest.fixture(scope="module")
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


def written(folder: Path, *rows: str) -> Path:
    path = folder / "truth.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def row_of(found: evaluation.Evaluation, measure: str, group: str = "all", value: str = "") -> dict[str, Value]:
    rows = found.table.records()
    return next(row for row in rows if (row["measure"], row["group"], row["value"]) == (measure, group, value))


def proposed_without_verdict(workspace: Workspace) -> list[dict[str, Value]]:
    return [row for row in listings.links(workspace).records() if row["status"] == "proposed"]


def test_a_truth_is_measured_and_bad_rows_are_located_rejects(workspace: Workspace, tmp_path: Path) -> None:
    first, second, *_others = proposed_without_verdict(workspace)
    said = [";".join(map(str, (one["event_ref"], one["joint"], one["side"]))) for one in (first, second)]
    truth = written(
        tmp_path,
        f"{said[0]};confirmed;;A;2024-05-01;{first['index_ref']}",
        f"{said[1]};rejected;;A;2024-05-01;",
        "cosmic/finns-inte;hip;;confirmed;;A;2024-05-01;",
        f"{said[0]};kanske;;A;2024-05-01;",
        f"{said[0]};confirmed;;A;2024-05-02;cosmic/1/hip/right",
    )
    found = evaluation.evaluate_links(workspace, truth)
    assert found.read == 5
    assert [(one.row, one.column) for one in found.rejects] == [(4, "event_ref"), (5, "verdict"), (6, "index_ref")]
    assert all(one.reason for one in found.rejects)
    for measure in ("event", "link"):
        row = row_of(found, measure)
        assert (row["truth"], row["true_positive"], row["false_positive"], row["false_negative"]) == (1, 1, 1, 0)
        assert (row["precision"], row["recall"]) == (0.5, 1.0)
    assert row_of(found, "event")["ambiguous"] is None
    assert row_of(found, "link")["ambiguous"] == 0


def test_decisions_in_the_store_change_nothing_of_what_is_measured(workspace: Workspace, tmp_path: Path) -> None:
    rejected = [row for row in listings.links(workspace).records() if row["status"] == "rejected"]
    assert rejected
    truth = written(
        tmp_path,
        *(f"{row['event_ref']};{row['joint']};{row['side']};rejected;;A;2024-05-01;" for row in rejected),
    )
    found = evaluation.evaluate_links(workspace, truth)
    assert row_of(found, "event")["false_positive"] == len(rejected)
    assert row_of(found, "link")["false_positive"] != 0


def test_a_truth_in_another_form_is_read_through_a_profile(workspace: Workspace, tmp_path: Path) -> None:
    first = proposed_without_verdict(workspace)[0]
    truth, profile = tmp_path / "facit.txt", tmp_path / "facit.toml"
    truth.write_text(f"Händelse,Bedömning,Operation\n{first['event_ref']},Ja,{first['index_ref']}\n", encoding="utf-8")
    profile.write_text(PROFILE, encoding="utf-8")
    found = evaluation.evaluate_links(workspace, truth, profile=profile)
    assert found.rejects == ()
    assert row_of(found, "link")["true_positive"] == 1


def test_nothing_is_stored(county_copy: Path, tmp_path: Path) -> None:
    before = county_copy.read_bytes()
    with opened(county_copy) as workspace:
        first = proposed_without_verdict(workspace)[0]
        truth = written(tmp_path, f"{first['event_ref']};;;rejected;;A;2024-05-01;", "x;;;confirmed;;;;")
        evaluation.evaluate_links(workspace, truth)
    assert county_copy.read_bytes() == before


def test_a_truth_without_rows_gives_zeros_and_no_rates(workspace: Workspace, tmp_path: Path) -> None:
    found = evaluation.evaluate_links(workspace, written(tmp_path))
    assert [(row["measure"], row["truth"], row["recall"]) for row in found.table.records()] == [
        ("event", 0, None),
        ("link", 0, None),
    ]
    assert "0 av 0 funna (täckning –)" in in_words(found.table)


def test_a_file_that_is_no_truth_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError):
        evaluation.evaluate_links(workspace, path)


def test_the_sample_countys_truth_tells_of_every_event_that_the_rules_make_but_of_hips_with_two_prostheses(
    tmp_path: Path,
) -> None:
    truth = tmp_path / "truth.csv"
    files = write_county(tmp_path / "files", seed=3, operations=400, last_day=date(2025, 6, 30), truth=truth)
    with create_workspace(tmp_path / "x.kvdb", "några ord i följd", sample=True) as workspace:
        for kind, path in files:
            imports.import_file(workspace, KindOfFile(kind), path, link=kind == files[-1][0])
        found = evaluation.evaluate_links(workspace, truth)
        events = {str(row["event_ref"]) for row in listings.links(workspace).records()}
    assert found.rejects == ()
    said = truth.read_text(encoding="utf-8")
    assert len([ref for ref in events if f"{ref};" not in said]) <= 2
    event, link = row_of(found, "event"), row_of(found, "link")
    assert event["recall"] == 1.0
    assert isinstance(link["recall"], float)
    assert 0.7 < link["recall"] < 1.0
    assert f"{link['true_positive']} av {link['truth']} funna" in in_words(found.table)
