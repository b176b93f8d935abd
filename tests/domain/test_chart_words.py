"""What charts say in words: made from their numbers, short however many they are, Swedish, blaming nobody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kvalitetsapp.domain import chart_words
from kvalitetsapp.domain.chart_data import Caterpillar, Chart, Cusum, GChart
from support import made_charts

SETS = (
    made_charts.ORDINARY,
    made_charts.ONE,
    made_charts.FORTY,
    made_charts.LONG_NAMES,
    made_charts.EXTREME,
    made_charts.EMPTY,
)
EVERY = [pytest.param(chart, id=f"{place}-{name}") for place, each in enumerate(SETS) for name, chart in each.items()]
CODES = re.compile(r"\b(high_\w+|low_\w+|shift|runs|operations|None|nan|inf|hip|knee|revision_\w+)\b")
BLAME = re.compile(r"\b(fel|skuld|dålig\w*|bäst i|sämst\w*)\b", re.IGNORECASE)


@pytest.mark.parametrize("chart", EVERY)
def test_every_chart_is_told_in_at_most_a_few_sentences(chart: Chart) -> None:
    said, read = chart_words.description(chart), chart_words.caption(chart)
    assert 0 < len(said) <= chart_words.LONGEST
    assert 0 < len(read) <= 400
    for words in (said, read):
        assert words.endswith(".")
        assert "{" not in words.replace("{n}", "")
        assert not CODES.search(words)
        assert not BLAME.search(words)


@pytest.mark.parametrize("chart", [pytest.param(chart, id=name) for name, chart in made_charts.EMPTY.items()])
def test_an_empty_chart_is_described_by_why_it_is_empty(chart: Chart) -> None:
    assert chart_words.description(chart) == chart_words.empty_reason(chart) != ""


def test_the_text_has_the_whole_what_stands_outside_and_the_extremes() -> None:
    said = chart_words.description(made_charts.ORDINARY["caterpillar"])
    assert said.startswith("Reoperation inom två år, höft: 14 grupper med 95 % intervall, ordnade efter antal")
    assert "Riket 2,1\u00a0%." in said
    assert "Klinik 6 (över 99,8 %-gränsen)" in said
    assert "Högst: Klinik 3, 5,0\u00a0% (10 av 330)." in said


def test_no_caption_of_a_caterpillar_ranks() -> None:
    for name in ("caterpillar", "ratio"):
        assert "ingen rangordning" in chart_words.caption(made_charts.ORDINARY[name])


def test_a_cusum_states_its_run_lengths_even_one_without_end() -> None:
    chart = made_charts.ORDINARY["cusum"]
    assert isinstance(chart, Cusum)
    said = chart_words.caption(chart)
    assert "falskt larm på 4\u00a0211 operationer i genomsnitt" in said
    assert "kommer larmet efter 371" in said
    assert "∞" in chart_words.caption(replace(chart, false_alarm=float("inf")))


def test_a_g_chart_states_its_run_length_or_that_there_are_no_limits() -> None:
    chart = made_charts.ORDINARY["g_chart"]
    assert isinstance(chart, GChart)
    assert "en signal på 370 händelser i genomsnitt" in chart_words.caption(chart)
    assert "för få för gränser" in chart_words.caption(replace(chart, run_length=None))


def test_widened_limits_and_competing_death_are_told_only_where_they_are_drawn() -> None:
    assert "vidgade" in chart_words.caption(made_charts.ORDINARY["funnel"])
    assert "vidgade" not in chart_words.caption(made_charts.EXTREME["funnel-bare"])
    assert "kumulativ incidens" in chart_words.caption(made_charts.ORDINARY["survival"])


def test_without_ratios_it_is_the_model_that_has_too_little_and_not_the_follow_up() -> None:
    empty = Caterpillar("Kvot", 1.0, "Som väntat", (), ratio=True)
    assert chart_words.empty_reason(empty) == "För få händelser för att räkna fram vad som är väntat."
    assert "följts" in chart_words.empty_reason(replace(empty, ratio=False))
