"""The five steps: what each lacks, in which order they are done, what a difference is called, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from kvalitetsapp.domain import equity_paper_words
from kvalitetsapp.domain.equity import EquityGroup, Estimate
from kvalitetsapp.domain.equity_paper import (
    STEPS,
    Action,
    EquityState,
    EquityStep,
    EquityWork,
    Factor,
    FactorFinding,
    Factors,
    Interview,
    Measurement,
    Outcome,
    difference_word,
    from_contents,
    lacking,
    papers_table,
    subject,
    wrong_with_order,
)
from kvalitetsapp.domain.frozen_figure import FrozenFigure
from kvalitetsapp.domain.paper import Paper, PaperKind

DAY = date(2024, 5, 2)
FIGURE = FrozenFigure(
    *("reoperation_2y", "1", "Reoperation inom två år", "share", {"joint": "hip"}, DAY, 88, 11, 0.125, 0.07, 0.21),
    *(None, "", "abc", "%", 1),
)
GROUPS = (
    EquityGroup(("sweden",), 50, 44, 40, 2, Estimate(0.045, 0.01, 0.15), is_reference=True),
    EquityGroup(
        *(("elsewhere",), 40, 41, 39, 9, Estimate(0.22, 0.12, 0.37), Estimate(0.174, 0.03, 0.33)),
        *(Estimate(4.8, 1.2, None), Estimate(0.2, 0.1, 0.4)),
    ),
    EquityGroup(("",), 3, 3, 3, 0),
)
MEASURED = EquityWork(Measurement(FIGURE, ("birth_region",), "sweden", GROUPS, ("Uppgift saknas för 3.",), (35, 97)))
ANALYSED = replace(
    MEASURED, outcome=Outcome("De som är födda utanför EU opereras om oftare.", ("Utanför Norden och EU",))
)
EXPLORED = replace(
    ANALYSED, factors=Factors("Höften", (Factor("Rökning", FactorFinding.NO_DIFFERENCE, "Lika många röker."),))
)
INTERVIEWED = replace(EXPLORED, interviews=(Interview("Sektionschef", DAY, "Vakanser i mottagningen."),))
CONCLUDED = replace(INTERVIEWED, actions=(Action("Vakanser", "Rekrytera", "Verksamhetschefen", DAY),))
CLOSED = replace(CONCLUDED, result="Skillnaden är borta.")
WAY = {
    EquityState.MEASURED: MEASURED,
    EquityState.ANALYSED: ANALYSED,
    EquityState.EXPLORED: EXPLORED,
    EquityState.INTERVIEWED: INTERVIEWED,
    EquityState.CONCLUDED: CONCLUDED,
    EquityState.CLOSED: CLOSED,
}


@pytest.mark.parametrize(("state", "work"), WAY.items())
def test_how_far_a_paper_has_come_follows_from_what_is_written(state: EquityState, work: EquityWork) -> None:
    assert work.state is state
    assert from_contents(json.loads(json.dumps(work.contents()))) == work


def test_a_difference_is_unprocessed_until_the_known_factors_are_gone_through() -> None:
    told = {state: difference_word(work) for state, work in WAY.items()}
    unprocessed = {state for state, word in told.items() if word == "Obearbetad skillnad"}
    assert unprocessed == {EquityState.MEASURED, EquityState.ANALYSED}
    opened = replace(CONCLUDED, factors=Factors("Höften", (Factor("Rökning"),)))
    assert (opened.state, difference_word(opened)) == (EquityState.ANALYSED, "Obearbetad skillnad")


def test_the_next_step_is_the_first_that_is_not_done() -> None:
    assert [work.next_step for work in WAY.values()] == [*STEPS[1:], None, None]


def test_a_step_waits_until_those_before_it_are_done() -> None:
    early = replace(MEASURED, interviews=INTERVIEWED.interviews)
    assert wrong_with_order(MEASURED, early).startswith(
        "Stegen görs i ordning. Steg 2, ”Analys av utfall”, är inte klart"
    )
    assert not wrong_with_order(MEASURED, ANALYSED)
    assert not wrong_with_order(MEASURED, CONCLUDED)  # several steps at once, each done
    half = replace(ANALYSED, factors=Factors("Höften", (Factor("Rökning"),)))
    assert not wrong_with_order(ANALYSED, half)  # a step may be half written


@pytest.mark.parametrize(
    ("work", "step", "told"),
    [
        (MEASURED, EquityStep.OUTCOME, "Skriv vilka skillnader"),
        (ANALYSED, EquityStep.FACTORS, "Välj område"),
        (replace(ANALYSED, factors=Factors("", (Factor("Rökning"),))), EquityStep.FACTORS, "Rökning"),
        (EXPLORED, EquityStep.INTERVIEWS, "Skriv för varje intervju"),
        (replace(EXPLORED, interviews=(Interview("", DAY, "x"),)), EquityStep.INTERVIEWS, "roll"),
        (INTERVIEWED, EquityStep.ACTIONS, "Skriv för varje orsak"),
        (replace(INTERVIEWED, actions=(Action("a", "b", "c", None),)), EquityStep.ACTIONS, "när den ska vara klar"),
        (replace(MEASURED, measurement=replace(MEASURED.measurement, groups=())), EquityStep.MEASUREMENT, "grupper"),
    ],
)
def test_what_a_step_lacks_is_said(work: EquityWork, step: EquityStep, told: str) -> None:
    assert told in lacking(work, step)
    assert not lacking(CONCLUDED, step)


def test_a_paper_is_a_row_of_the_list_and_everything_in_it_lines_of_text() -> None:
    paper = Paper(
        7, 3, PaperKind.EQUITY, "Höften", "Rut", None, "closed", CLOSED.contents(), "rut", "2024-05-02T10:00:00"
    )
    (row,) = papers_table([paper]).records()
    assert (row["subject"], row["difference"]) == ("Reoperation inom två år: född i", "Genomgången skillnad")
    assert (row["next_step"], row["follow_up_on"], row["saved_at"]) == ("", "", "2024-05-02")
    texts = "\n".join(str(line["text"]) for line in equity_paper_words.told_table(paper, CLOSED).records())
    for said in (
        *(
            "22,0 (12,0 till 37,0), genomgången skillnad +17,4 (+3,0 till +33,0)",
            "färre än 5 personer",
            "Lika många röker.",
        ),
        *("Vakanser i mottagningen.", "Rekrytera. Ansvarig: Verksamhetschefen. Klar senast 2024-05-02.", "är borta"),
    ):
        assert said in texts


def test_the_groups_as_measured_are_told_with_their_intervals() -> None:
    names = [column.name for column in equity_paper_words.measured_table(MEASURED).columns]
    first, second, third = equity_paper_words.measured_table(MEASURED).records()
    assert "shown_standardised_difference" not in names  # nobody has one
    assert (first["note"], second["shown_ratio"], third["note"]) == (
        "jämförelsegrupp",
        "4,80 (1,20 till ∞)",
        "färre än 5 personer",
    )
    assert subject(MEASURED) == "Reoperation inom två år: född i"
