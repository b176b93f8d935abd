"""A target of the agenda on a day: what it comes to, what people write of it, and what is kept of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import agenda_tables
from kvalitetsapp.domain.agenda import Known, RowWords, as_number, row_of
from kvalitetsapp.domain.editable_words import NationalLevel, QualityArea
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.quality_target import Target
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.quarter_paper import QuarterPaper
from kvalitetsapp.domain.target_status import Obstacle, Quartile, TargetStatus
from kvalitetsapp.domain.target_trend import Trend
from kvalitetsapp.errors import InputError
from support.made_figures import share

HIP = Target("hip", QualityArea.CLINICAL, "Få reoperationer", "reoperation_2y", "hip", at_most=0.03)
STAFF = Target("enps", QualityArea.STAFF, "Ambassadörer", at_least=20, measured_as="eNPS")
NOTHING = Known()
NONE = RowWords()


def known(events: int, n: int) -> Known:
    """Return what is known of a figure that is wanted low."""
    return Known(share(events, n), Direction.LOW)


def test_a_row_tells_the_figure_its_status_and_its_trend() -> None:
    before = row_of(HIP, known(60, 600), NONE, [])
    now = row_of(HIP, known(18, 600), RowWords("Genomgång gjord."), [("2026-Q2", before)])
    assert (now.judgement.status, now.trend.trend) == (TargetStatus.UNCERTAIN, Trend.BETTER)
    assert agenda_tables.result_text(now) == "3,0\u00a0% (1,0–5,0), n\u00a0600"
    assert agenda_tables.status_text(now) == "≈\u00a0Nått, men osäkert"
    assert agenda_tables.trend_text(now) == "▲\u00a0Bättre sedan 2026-Q2"
    assert agenda_tables.why(now) == "Intervallet når över gränsen."


def test_a_new_version_of_the_recipe_is_compared_with_nothing() -> None:
    before = row_of(HIP, known(60, 600), NONE, [])
    assert before.figure is not None
    changed = replace(before, figure=replace(before.figure, version="0"))
    assert row_of(HIP, known(18, 600), NONE, [("2026-Q2", changed)]).trend.trend is Trend.OTHER_RECIPE


@pytest.mark.parametrize(
    ("words", "status", "obstacle"),
    [
        (RowWords(result="21"), TargetStatus.MET, Obstacle.NONE),
        (RowWords(result="14,5"), TargetStatus.NOT_MET, Obstacle.NONE),
        (RowWords(result="mäts i höst"), TargetStatus.CANNOT_TELL, Obstacle.NO_NUMBER),
        (RowWords(result="tre råd rapporterar", said="met"), TargetStatus.MET, Obstacle.NONE),
        (NONE, TargetStatus.CANNOT_TELL, Obstacle.NO_RESULT),
    ],
)
def test_a_result_that_is_written_down_is_judged_by_its_number_or_by_whoever_wrote_it(
    words: RowWords, status: TargetStatus, obstacle: Obstacle
) -> None:
    found = row_of(STAFF, NOTHING, words, [])
    assert (found.judgement.status, found.judgement.obstacle) == (status, obstacle)


def test_without_a_limit_a_person_says_whether_a_target_is_met() -> None:
    free = replace(STAFF, at_least=None)
    assert row_of(free, NOTHING, RowWords(result="81"), []).judgement.obstacle is Obstacle.NO_LIMIT
    assert row_of(free, NOTHING, RowWords(result="81", said="met"), []).judgement.status is TargetStatus.MET


def test_what_is_written_never_stands_in_for_a_figure() -> None:
    found = row_of(HIP, known(60, 600), RowWords(result="0 %", said="met"), [])
    assert found.judgement.status is TargetStatus.NOT_MET
    assert agenda_tables.result_text(found).startswith("10,0\u00a0%")


def test_the_best_quarter_is_told_with_its_units_and_source() -> None:
    upper = replace(HIP, at_most=None, national=NationalLevel.UPPER_QUARTILE)
    quartile = Quartile(0.009, 12, "2025", "Årsrapporten")
    found = row_of(upper, Known(share(3, 600), Direction.LOW, quartile), NONE, [])
    assert agenda_tables.why(found).endswith("0,9\u00a0% bland 12 publicerade enheter (Årsrapporten, 2025).")


def test_a_quarter_comes_back_as_it_was_kept() -> None:
    upper = replace(HIP, national=NationalLevel.UPPER_QUARTILE)
    rows = (
        row_of(upper, Known(share(3, 600), Direction.LOW, Quartile(0.009, 12)), RowWords("Bra"), []),
        row_of(STAFF, NOTHING, RowWords(result="21"), []),
    )
    paper = QuarterPaper(Quarter(2026, 3), "2026-09-30", rows)
    assert QuarterPaper.from_contents(json.loads(json.dumps(paper.contents()))) == paper
    assert paper.row("enps") == rows[1]
    assert agenda_tables.counts(paper) == (1, 1, 0, 0)


def test_a_table_has_numbers_and_the_screen_has_words() -> None:
    row = row_of(HIP, known(18, 600), NONE, [])
    told = agenda_tables.agenda_table([row]).records()[0]
    assert (told["value"], told["ci_high"], told["n"], told["benchmark"]) == ("3.0", "5.0", 600, "2.1")
    assert agenda_tables.in_words([row]).records()[0]["result"] == "3,0\u00a0% (1,0–5,0)"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("96 %", 0.96), ("0,96", 0.96), ("14,3 %", 0.143), ("1 234,5", 1234.5), ("−3", -3.0)),
        *(("81 av 100", None), ("", None), ("9" * 400, None)),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float | None) -> None:
    assert as_number(text) == value


def test_quarters_are_read_told_and_ordered() -> None:
    third = Quarter.read("2026-Q3")
    assert third == Quarter.of(date(2026, 9, 30)) == Quarter.read("2026k3")
    assert third.in_words() == "kvartal 3 2026"
    assert Quarter(2026, 4).last_day == date(2026, 12, 31)
    with pytest.raises(InputError, match="2026-Q5"):
        Quarter.read("2026-Q5")


@pytest.mark.parametrize("text", ["2026-W53", "0000-Q1", "0099-Q4", "9999-Q4", "２０２６-Q1", "2026-Q0"])
def test_what_is_no_quarter_of_our_time_is_none(text: str) -> None:
    with pytest.raises(InputError, match="är inget kvartal"):
        Quarter.read(text)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_is_in_one_quarter(day: date) -> None:
    found = Quarter.of(day)
    assert found.before.last_day < day <= found.last_day
    assert found.before < found < found.next
    assert found.next.before == found.before.next == found
