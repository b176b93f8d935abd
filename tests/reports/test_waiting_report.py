"""The report of waiting lists on paper: whole, Swedish, the same bytes, and nobody's number."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import release_check
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.reports import ledgers, released_cells, report_sheets, waiting_report
from kvalitetsapp.reports.cells import Cells
from support import attacked, made_waiting_report, pdf

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting_report import WaitingReport

PLAIN = Cells(SmallNumbers.PLAIN)
_REPORTS = [
    pytest.param(made_waiting_report.report(Random(seed), 36), id=str(seed), marks=[pytest.mark.long] if seed else [])
    for seed in range(3)
]


@pytest.fixture(scope="module")
def made() -> WaitingReport:
    return made_waiting_report.report(Random(7), 90, SmallNumbers.OPEN)


def test_the_report_says_everything_and_the_same_bytes_every_time(made: WaitingReport) -> None:
    content = waiting_report.build(made)
    assert waiting_report.build(made) == content
    text = pdf.read(content).text
    for said in (
        "90 väntar",
        "Väntelistor 2024-01 till 2024-03",
        "listan för 2023-03 saknas",
        "Behov av högspecialiserad vård: Jämtlands län",
        "Månader utan fullständig lista: 2024-02 (väntelistan).",
        "Folkmängden 2023 är påhittad.",
        "Omfördelning: ett scenario",
        "Det säger inget om enskilda patienter",
        "Kapaciteten räcker inte",
        "prioritering kräver sakkunniga",
        "EXEMPELDATA",
    ):
        assert said in text, said
    assert "None" not in text
    assert not re.search(r"\bnan\b", text)


def test_the_workbook_has_a_sheet_for_every_table(made: WaitingReport) -> None:
    sheets = report_sheets.sheets(waiting_report.composed(made))
    names = [name for name, _table in sheets]
    tables = {name.partition(" ")[2]: table for name, table in sheets}
    assert len(names) == len(set(names))
    assert {"Länen", "Utveckling över tid", "Medicinska områden", "Kapacitet"} <= set(tables)
    rows = tables["Utveckling över tid"].rows
    assert [row[0] for row in rows] == list(made_waiting_report.MONTHS)
    assert rows[1][1] is None


@pytest.mark.parametrize("report", _REPORTS)
def test_no_small_number_of_waiting_is_determined_by_all_that_the_report_tells(report: WaitingReport) -> None:
    cells = released_cells.of_report(report, ledgers.cells_of(report))
    assert not release_check.given_away_alone(cells)
    assert not [one for one in cells if not one.hidden and 0 < one.count < 5]
    assert any(one.hidden for one in cells)
    ledger = ledgers.of_report(report)
    shown = ledger.shown(PLAIN)
    hidden = {entry: text for entry, text in shown.items() if PLAIN.is_hidden(text)} | dict.fromkeys(ledger.unseen, "")
    for entry, (least, most) in attacked.counted(ledger.counts, ledger.sums, hidden, PLAIN.hidden_word).items():
        assert most - least > 0.99, f"{entry} can be worked out"


@pytest.mark.parametrize("mode", [SmallNumbers.PLAIN, SmallNumbers.STRICT])
def test_what_leaves_tells_no_rate_median_or_sentence_that_gives_a_small_number(
    made: WaitingReport, mode: SmallNumbers
) -> None:
    report = replace(made, head=replace(made.head, small_numbers=mode))
    text = pdf.read(waiting_report.build(report)).text
    assert "Ungefär 3 %" not in text
    assert "skulle kunna erbjudas" not in text
    assert "Operationstiden per åtgärdskod står bara" in text
    if mode is SmallNumbers.STRICT:
        assert not re.search(r"\d,\d\s*%", text.partition("Omfördelning")[0])
