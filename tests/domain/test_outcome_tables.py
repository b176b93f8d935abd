"""Figures as people read them: with their unit, their certainty and what to mind, nothing being a dash."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.indicator import Count, Counted, Direction, Indicator, Measure
from kvalitetsapp.domain.outcome_tables import IndicatorFigures
from kvalitetsapp.domain.table import Table

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Value

SHARE = Indicator(
    *("a", "1", "Namn", "", "", "", "", ""), Measure.SHARE, Count(Counted.LINKED), Direction.LOW, ("provider",)
)
STAY = replace(SHARE, measure=Measure.MEAN, count=Count(Counted.STAY))
FIGURE: dict[str, Value] = {
    "value": 0.04,
    "ci_low": 0.011,
    "ci_high": 0.135,
    "n": 50,
    "events": 2,
    "reviewed": 1,
    "operations": 80,
    "eligible": 50,
    "benchmark": 0.021,
    "ambiguous": 0,
    "flags": "short_follow_up unreviewed",
}


def headline(one: Indicator, figure: dict[str, Value] | None) -> str:
    return outcome_tables.headline(IndicatorFigures(one, figure, (), Table(()), (), None, None))


def test_a_share_is_told_in_per_cent_with_its_interval_and_what_to_mind() -> None:
    row = outcome_tables.listed_row(SHARE, FIGURE)
    assert row[3:] == (
        *("4.0", "1.1", "13.5", "%", 50, 2, 0.5, 0.625, "2.1"),
        "Obs: många ännu inte uppföljda, få händelser granskade",
    )
    assert headline(SHARE, FIGURE) == (
        "4,0 % (95 % från 1,1 till 13,5), 2 av 50 operationer, riket 2,1 %. "
        "Obs: många ännu inte uppföljda, få händelser granskade."
    )


def test_a_mean_is_told_in_its_own_unit_and_has_no_events() -> None:
    figure = {
        **FIGURE,
        "value": 1.64,
        "ci_low": None,
        "events": None,
        "reviewed": None,
        "benchmark": None,
        "flags": "",
    }
    assert headline(STAY, figure) == "1,6 dagar, 50 operationer."
    assert outcome_tables.listed_row(STAY, figure)[3:7] == ("1.6", "", "13.5"[:0] or "0.1", "dagar")


def test_the_reviewed_part_of_a_share_without_is_of_those_that_it_leaves_out() -> None:
    without = replace(SHARE, measure=Measure.SHARE_WITHOUT)
    figure = {**FIGURE, "events": 40, "reviewed": 5}
    assert outcome_tables.shown_values(without, figure)[6] == 0.5


def test_nothing_is_never_told_as_nought() -> None:
    assert "0" not in "".join(str(each) for each in outcome_tables.listed_row(SHARE, None))
    assert outcome_tables.empty_row(SHARE)[-1] == "Inga sådana operationer i urvalet"
    assert headline(SHARE, None).startswith("Ingen siffra")


def test_groups_have_their_unit_in_the_heading_and_no_column_without_anything_in_it() -> None:
    table = outcome_tables.groups_table(SHARE, ["provider"], [{**FIGURE, "provider_id": "P01"}])
    assert [column.heading for column in table.columns][:2] == ["Vårdgivare", "Värde (%)"]
    assert "ambiguous" not in table.names()
    assert "detectable" not in table.names()
