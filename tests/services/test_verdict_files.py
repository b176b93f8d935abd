"""A file of decisions with bad rows: each is turned away where it stands, and the rest is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.services import imports, reviews
from support.reviewing import BO, event

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome
    from kvalitetsapp.services.workspace import Workspace

HEADER = "event_ref;joint;side;verdict;complication_class;reviewer;reviewed_on;index_ref;comment"
GOOD = "bok/3;hip;right;rejected;;Bo;2021-01-01;;annan orsak"


def taken(workspace: Workspace, folder: Path, *rows: str) -> ImportOutcome:
    path = folder / "verdicts.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return imports.import_file(workspace, KindOfFile.VERDICTS, path)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("bok/99;hip;right;confirmed;;Bo;2021-01-01;;", "event_ref", "bok/99"),
        ("bok/2;hip;right;confirmed;;Bo;2021-01-01;bok/2/hip/right;", "index_ref", "bok/2/hip/right"),
        ("bok/2;hip;right;confirmed;;Bo;2021-01-01;bok/1;", "index_ref", "bok/1"),
        ("bok/2;hip;right;confirmed;höftbesvär;Bo;2021-01-01;;", "complication_class", "höftbesvär"),
        ("bok/2;hip;right;kanske;;Bo;2021-01-01;;", "verdict", "kanske"),
        ("bok/2;armbåge;right;confirmed;;Bo;2021-01-01;;", "joint", "armbåge"),
        ("bok/2;hip;right;confirmed;;Bo;2021-02-30;;", "reviewed_on", "2021-02-30"),
        ("bok/2;hip;right;confirmed;;;2021-01-01;;", "reviewer", ""),
    ],
)
def test_a_bad_row_is_turned_away_with_its_place_and_the_rest_is_in(
    workspace: Workspace, tmp_path: Path, row: str, column: str, value: str
) -> None:
    outcome = taken(workspace, tmp_path, row, GOOD)
    (reject,) = outcome.rejects
    assert (reject.row, reject.column, reject.value) == (2, column, value)
    assert reject.reason
    assert (outcome.read, outcome.stored, outcome.rejected) == (2, 1, 1)
    assert event(workspace).status == LinkStatus.PROPOSED
    assert event(workspace, "bok/3").status == LinkStatus.REJECTED


def test_of_two_decisions_of_one_reviewer_and_day_in_a_file_the_later_counts_and_its_row_is_pointed_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = "bok/2;hip;right;rejected;;Bo;2021-01-01;;annan orsak"
    second = "bok/2;hip;right;confirmed;;Bo;2021-01-01;;efter samtal"
    outcome = taken(workspace, tmp_path, first, GOOD, second)
    assert (outcome.stored, outcome.corrected, outcome.rejected) == (2, 1, 0)
    assert event(workspace).status == LinkStatus.CONFIRMED
    (finding,) = [one for one in outcome.findings if one.rule == "repeated_in_file"]
    assert finding.row == 4
    assert "bok/2" in finding.ref


def test_two_reviewers_of_one_event_in_a_file_are_both_kept_and_the_later_day_counts(
    workspace: Workspace, tmp_path: Path
) -> None:
    later = "bok/2;hip;right;rejected;;Bo;2021-02-01;;annan orsak"
    earlier = "bok/2;hip;right;confirmed;;Anna;2021-01-01;;"
    outcome = taken(workspace, tmp_path, later, earlier)
    assert (outcome.stored, outcome.findings) == (2, ())
    assert event(workspace).status == LinkStatus.REJECTED
    found = reviews.case(workspace, event(workspace).key)
    assert found is not None
    assert {one.reviewer for one in found.history} == {BO, "Anna"}
