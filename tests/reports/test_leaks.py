"""What leaves the department, read as a whole by somebody who wants to know who the few are."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import release_check
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.reports import ledgers, released_cells, sentences
from kvalitetsapp.reports.cells import ALSO_HIDDEN, Cells
from kvalitetsapp.reports.figures import gate
from kvalitetsapp.reports.ledger import Ledger, happened, in_costs
from kvalitetsapp.reports.ledger_of_operations import TWO_YEARS, hidden_in, may_tell
from support import attacked, made_charts, protocol_example, report_example, small_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.released import Cell
    from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
    from kvalitetsapp.domain.review_protocol import ProtocolData
    from support.attacked import Named

PLAIN = Cells(SmallNumbers.PLAIN)
_INSIDE = {
    **{("classes", inner): outer for inner, outer in (("confirmed", "events"), ("within_30", "within_90"))},
    **{("classes", inner): outer for inner, outer in (("within_90", "within_730"), ("within_730", "events"))},
    ("classes", "surgery"): "events",
}
_TIMES = {"reoperation_30": "reoperation_90", "reoperation_90": TWO_YEARS, "revision_730": TWO_YEARS}
_REPORTS = [
    pytest.param(make(Random(seed)), id=f"{name} {seed}")
    for name, make in (("provider", small_reports.provider_report), ("total", small_reports.total_report))
    for seed in range(6)
]
_PROTOCOLS = [pytest.param(protocol_example.varied(Random(seed)), id=f"protocol {seed}") for seed in range(8)]


def nested(cells: Iterable[Cell]) -> Iterator[tuple[Named, Named]]:
    """Give what any reader knows to be a part of something else in the report."""
    for one in cells:
        name, (subject, _slash, key) = (one.table, one.row, one.column), one.row.partition("/")
        if one.column == "events":
            yield name, (one.table, one.row, "followed")
            yield name, (_TIMES.get(one.table, ""), one.row, "events")
        yield name, (one.table, one.row, _INSIDE.get((one.table, one.column), ""))
        if one.column.startswith("over_"):
            place = int(one.column[-1])
            yield name, (one.table, one.row, f"over_{place - 1}" if place else "cases")
        if (one.table, one.column) == ("account", "events"):
            yield name, ("review", one.row, "confirmed")
            yield ("review", one.row, "confirmed"), name
        if (one.table, one.column) == ("claims", "events"):
            yield name, ("review", one.row, "confirmed")
        if one.table == "account" and key == "*":
            yield name, ("potential", f"{subject}/potential", one.column)
        if (one.table, one.column, key) == ("classes", "confirmed", "*"):
            yield name, ("review", one.row, "confirmed")
            yield ("review", one.row, "confirmed"), name


@pytest.mark.parametrize("report", _REPORTS)
def test_no_small_number_is_determined_by_all_that_a_report_tells(report: ProviderReport | TotalReport) -> None:
    cells = released_cells.of_report(report, ledgers.cells_of(report))
    assert not release_check.given_away_alone(cells)
    assert not [one for one in cells if not one.hidden and 0 < one.count < 5]
    assert any(one.hidden for one in cells)
    for name, (least, most) in attacked.released(cells, nested(cells)).items():
        assert most - least > 0.99, f"{name} can be worked out"


@pytest.mark.parametrize("report", [*_REPORTS, *_PROTOCOLS])
def test_what_is_said_of_hidden_numbers_does_not_determine_them_either(
    report: ProviderReport | TotalReport | ProtocolData,
) -> None:
    ledger = ledgers.of_report(report)
    shown = ledger.shown(PLAIN)
    hidden = {entry: text for entry, text in shown.items() if PLAIN.is_hidden(text)} | dict.fromkeys(ledger.unseen, "")
    for entry, (least, most) in attacked.counted(ledger.counts, ledger.sums, hidden, PLAIN.hidden_word).items():
        assert most - least > 0.99, f"{entry} can be worked out"


@pytest.mark.parametrize("report", _REPORTS[::6])
def test_most_of_what_a_report_tells_is_still_told(report: ProviderReport | TotalReport) -> None:
    shown = ledgers.of_report(report).shown(PLAIN)
    large = [text for (_name, count), text in shown.items() if count >= 5]
    assert sum(text == ALSO_HIDDEN for text in large) < len(large) / 3


def outside(*outcomes: tuple[str, str, int, int, int]) -> ProviderReport:
    """Return a report that leaves, with outcomes as joint, level, days, events and operations."""
    made = report_example.provider_report()
    told = tuple(
        report_example.outcome(joint, within, events, n, level=level) for joint, level, within, events, n in outcomes
    )
    return replace(
        made,
        head=replace(made.head, small_numbers=SmallNumbers.PLAIN),
        overall=tuple(one for one in told if not one.joint),
        outcomes=tuple(one for one in told if one.joint),
        units=(),
    )


def test_the_rate_of_all_joints_does_not_give_the_few_of_one() -> None:
    report = outside(
        ("", "reoperation", 730, 23, 300), ("hip", "reoperation", 730, 20, 200), ("knee", "reoperation", 730, 3, 100)
    )
    cells = ledgers.cells_of(report)
    assert not all(may_tell(one, cells) for one in (report.overall[0], report.outcomes[0]))


@pytest.mark.parametrize(
    ("inner", "outer"), [(("reoperation", 90), ("reoperation", 730)), (("revision", 730), ("reoperation", 730))]
)
def test_a_few_more_in_the_longer_time_or_the_wider_measure_are_not_told(
    inner: tuple[str, int], outer: tuple[str, int]
) -> None:
    report = outside(("hip", *outer, 12, 100), ("hip", *inner, 10, 100))
    cells = ledgers.cells_of(report)
    assert not all(may_tell(one, cells) for one in report.outcomes), "12 − 10 would tell of two persons"


def test_a_hidden_count_hides_its_rate_its_interval_and_its_point_in_a_funnel() -> None:
    report = small_reports.total_report(Random(3))
    cells = ledgers.cells_of(report)
    for figure in report.funnels:
        gone = hidden_in(cells, TWO_YEARS, figure.joint)
        kept = gate.without_small(figure, cells, gone=gone)
        assert not {point.name for point in getattr(kept, "points", ())} & gone
    for row in report.providers:
        for one in row.outcomes:
            if cells.hides(happened(TWO_YEARS, one.joint, row.name), one.share.events):
                assert not may_tell(one, cells, row.name)


def test_the_cases_without_infection_do_not_give_the_few_with_one() -> None:
    made = report_example.provider_report()
    costs = tuple(
        report_example.costs(group, cases, 90_000_00, (0, 0, 0))
        for group, cases in (("confirmed", 13), ("confirmed/infection", 3), ("confirmed/other", 10))
    )
    report = replace(made, costs=costs, head=replace(made.head, small_numbers=SmallNumbers.PLAIN))
    cells = ledgers.cells_of(report)
    shown = [cells.at(in_costs("case", one.group, "cases"), one.cases) for one in costs]
    assert shown[1] == "<5"
    assert ALSO_HIDDEN in shown


def test_one_period_of_few_events_takes_another_with_it() -> None:
    chart = made_charts.run_chart(4)
    events = (9, 7, 3, 8)
    points = tuple(
        replace(point, events=count, n=100, value=count / 100)
        for point, count in zip(chart.points, events, strict=True)
    )
    kept = gate.without_small(replace(chart, points=points), PLAIN)
    assert [point.value is None for point in getattr(kept, "points", ())] == [False, True, True, False]


def test_the_strict_mode_rounds_in_sentences_too() -> None:
    one = report_example.outcome("hip", 730, 17, 123, flag="high_998")
    made = report_example.provider_report()
    report = replace(made, overall=(), outcomes=(one,), head=replace(made.head, small_numbers=SmallNumbers.STRICT))
    said = sentences.of_provider(report, ledgers.cells_of(report))[0]
    assert "15 av 125" in said
    assert "123" not in said


def test_names_of_one_thing_that_differ_by_few_are_not_both_told() -> None:
    ledger = Ledger()
    for count in (20, 18):
        ledger.put(happened(TWO_YEARS, "hip"), count)
    assert list(ledger.shown(PLAIN).values()).count(ALSO_HIDDEN) == 1
