"""The generated sentences say what the figures carry and nothing more."""

from __future__ import annotations

from dataclasses import replace

from kvalitetsapp.reports import sentences
from kvalitetsapp.reports.cells import Cells
from support import report_example
from support.report_example import costs, outcomes

INSIDE = Cells()


def plain(texts: list[str]) -> str:
    return " ".join(texts).replace("\u00a0", " ")


def test_a_rate_outside_the_limits_is_told_with_its_numbers() -> None:
    said = plain(sentences.of_provider(report_example.provider_report(), INSIDE))
    assert "Fler än väntat" in said
    assert "höftprotes (9 av 95, 9,5 %; riket 2,1 %)" in said
    assert "knäprotes" not in said


def test_a_rate_inside_the_limits_is_never_called_good() -> None:
    data = replace(report_example.provider_report(), outcomes=outcomes("hip"))
    said = sentences.of_provider(data, INSIDE)[0].replace("\u00a0", " ")
    assert "skiljer sig inte säkert" in said
    assert "95 uppföljda höftoperationer syns först en sann andel kring 8,0 %" in said


def test_low_rates_are_told_as_fewer() -> None:
    data = replace(report_example.provider_report(), outcomes=outcomes("hip", "low_95"))
    assert sentences.of_provider(data, INSIDE)[0].startswith("Färre än väntat")


def test_there_are_always_three_sentences() -> None:
    for data in (
        report_example.provider_report(),
        report_example.empty_provider_report(),
        report_example.empty_provider_report(is_own=True),
    ):
        assert len(sentences.of_provider(data, INSIDE)) == 3


def test_missing_costs_make_the_amount_a_least_value() -> None:
    assert "det minsta möjliga" in sentences.of_provider(report_example.provider_report(), INSIDE)[2]


def test_the_answer_compares_with_800_000_and_8_to_10_times() -> None:
    said = plain(sentences.answer(report_example.COSTS))
    assert "I 13 ärenden med bekräftade händelser har komplikationerna kostat 90 000 kr i medel" in said
    assert "Inget ärende har kostat mer än 800 000 kr" in said
    assert "1,5 gånger priset" in said
    assert "ger inte stöd" in said
    assert "i 5 ärenden med infektion är medelkostnaden 150 000 kr" in said
    assert "gått över avtalets tak" in said


def test_a_few_cases_are_not_enough_to_judge_the_claim() -> None:
    said = plain(sentences.answer([costs("confirmed", 4, 90_000_00, (2, 0, 0))]))
    assert "för litet för att pröva påståendet" in said
    assert "ger inte stöd" not in said


def test_an_interval_that_reaches_8_times_the_price_does_not_reject_the_claim() -> None:
    said = plain(sentences.answer([costs("confirmed", 20, 300_000_00, (18, 12, 2))]))
    assert "utesluter inte" in said
    assert "Av 20 ärenden har 2 (10,0 %) kostat mer än 800 000 kr" in said


def test_a_mean_surely_above_8_times_the_price_supports_the_claim() -> None:
    said = plain(sentences.answer([costs("confirmed", 20, 1_100_000_00, (20, 20, 20))]))
    assert "Underlaget stöder" in said


def test_without_confirmed_cases_the_answer_rests_on_proposed_ones_and_says_so() -> None:
    none = replace(costs("confirmed", 0, 1, (0, 0, 0)), mean=None)
    said = plain(sentences.answer([none, costs("potential", 12, 70_000_00, (5, 0, 0))]))
    assert "I 12 ärenden med föreslagna, ännu inte granskade händelser" in said


def test_without_any_cost_there_is_no_answer() -> None:
    assert sentences.answer(report_example.NO_COSTS) == [
        "Inget ärende har en känd kostnad än. Frågan kan inte besvaras ur det här underlaget."
    ]
