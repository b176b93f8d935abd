"""What somebody can work out who lays the tables of a report of waiting lists beside each other."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.reports import ledger_of_waiting as names
from kvalitetsapp.reports import ledgers, waiting_report
from support import attacked, made_waiting_report, pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.waiting_report import WaitingReport, WaitingRow
    from kvalitetsapp.reports.cells import Cells

MONTH = made_waiting_report.MONTHS[-1]
Key = tuple[Any, ...]


class Reader:
    """What is printed under each name, and the sums that a reader knows between the names; what follows is hidden."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.counts: dict[Key, int] = {}
        self.hidden: dict[Key, str] = {}
        self.sums: list[tuple[Key, Sequence[Key]]] = []

    def sees(self, name: tuple[str, ...], count: int) -> Key:
        if self._cells.hides(name, count):
            self.hidden[name] = self._cells.at(name, count)
        self.counts[name] = count
        return name

    def infers(self, about: str, total: Key, *parts: Key) -> Key:
        """Take away: what a total has beside its parts is of persons as well."""
        key = ("inferred", about, *map(str, total))
        self.counts[key] = self.counts[total] - sum(self.counts[one] for one in parts)
        self.hidden[key] = ""
        self.sums.append((total, [*parts, key]))
        return key

    def adds(self, total: Key, parts: Sequence[Key]) -> None:
        assert self.counts[total] == sum(self.counts[one] for one in parts), (total, parts)
        self.sums.append((total, parts))


def read(report: WaitingReport) -> Reader:
    reader = Reader(ledgers.cells_of(report))
    rows(reader, report)
    days(reader, report)
    scenario(reader, report)
    return reader


def rows(reader: Reader, report: WaitingReport) -> None:
    whole = row(reader, report.whole)
    for column in (*names.COUNTS, "in_rate"):
        for level, some in (("county", report.counties), ("area", report.areas)):
            reader.adds(whole[column], [row(reader, one, **{level: one.key})[column] for one in some])
    for finding in (one for one in report.findings if one.what == "no_deviation"):
        reader.adds(whole["missing"], [reader.sees(names.amiss(finding, MONTH), finding.entries)])


def row(reader: Reader, one: WaitingRow, county: str = ANY, area: str = ANY) -> dict[str, Key]:
    found = {name: reader.sees(names.waits(name, MONTH, county, area), getattr(one, name)) for name in names.COUNTS}
    reader.adds(found["waiting"], [found[name] for name in names.CAUSES])
    reader.adds(found["waiting_without"], [found["no_deviation"], found["missing"]])
    assert one.in_rate is not None
    found["in_rate"] = reader.sees(names.in_rate(MONTH, county, area), one.in_rate)
    reader.infers("without inhabitants", found["waiting"], found["in_rate"])
    return found


def days(reader: Reader, report: WaitingReport) -> None:
    for column, ending in (("waiting", ""), ("without", "_without")):
        classes = {
            one.first: reader.sees(names.waited(column, one.first), getattr(one, column)) for one in report.classes
        }
        for first, name in ((0, "waiting"), (91, "over_90"), (151, "over_150")):
            total = names.waits(f"{name}{ending}", MONTH)
            reader.adds(total, [key for begins, key in classes.items() if begins >= first])


def scenario(reader: Reader, report: WaitingReport) -> None:
    for one in report.scenario.effects:
        area = ANY if one.is_whole else one.area
        moved = reader.sees(names.moved(area), one.moved)
        for column in ("waiting", "over_90"):
            before = reader.sees(names.queue(column, "before", area), getattr(one.before, column))
            after = reader.sees(names.queue(column, "after", area), getattr(one.after, column))
            reader.adds(before, [after, moved])
            reader.adds(before, [names.waits(column, MONTH, area=area)])
        stays = {reason.value: reader.sees(names.stays(reason.value, area), n) for reason, n in one.stays}
        reader.adds(names.queue("waiting", "after", area), list(stays.values()))
        waiting = names.waits("waiting", MONTH, area=area)
        for reason, rest in (("deviation", "waiting_without"), ("short", "over_90")):
            if reason in stays:
                others = reader.infers(reason, waiting, names.waits(rest, MONTH, area=area))
                reader.infers(f"{reason} and more", others, stays[reason])


@pytest.mark.parametrize(("seed", "many"), [(3, 60), (4, 400)])
def test_no_table_gives_a_small_number_of_another_away(seed: int, many: int) -> None:
    reader = read(made_waiting_report.report(Random(seed), many))
    found = attacked.counted(reader.counts, reader.sums, reader.hidden, "<5")
    assert found
    for name, (least, most) in found.items():
        assert most - least > 0.99, f"{name} can be worked out"


def test_rows_turned_away_and_small_groups_are_not_told_beside_the_number_of_all() -> None:
    report = made_waiting_report.report(Random(7), 90)
    assert [one.of for one in report.checks] == [93, 90]
    text = pdf.read(waiting_report.build(report)).text
    assert "93" not in text.partition("Hur långt beslutsdagarna kan litas på")[2].partition("Hur det är räknat")[0]
    assert "Grupper med färre än fem" not in text


def test_an_inflow_made_of_few_is_not_told() -> None:
    report = made_waiting_report.report(Random(7), 90)
    few = replace(report, capacity=tuple(replace(one, came=3, inflow="7.7") for one in report.capacity))
    many = replace(report, capacity=tuple(replace(one, came=30, inflow="7.7") for one in report.capacity))
    assert "7,7" not in pdf.read(waiting_report.build(few)).text
    assert "7,7" in pdf.read(waiting_report.build(many)).text
