"""The comparison of providers on paper: whole, Swedish, the same bytes, and nobody's number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.comparison_report import ComparisonReport
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Head, Manifest, sealed
from kvalitetsapp.reports import compared_cells, comparison_report, released_cells
from kvalitetsapp.reports.cells import Cells
from support import pdf
from support.compared import REOPERATION, compared, figure

if TYPE_CHECKING:
    from kvalitetsapp.domain.provider_comparison import ProviderComparison

COUNTS = {"P01": (120, 17), "P02": (61, 3), "P03": (44, 12), "P04": (3, 1), "P05": (55, 0)}


@pytest.fixture(scope="module")
def found() -> ProviderComparison:
    return compared(COUNTS, published=[figure(country="NO", indicator="not_revised_2y", n=130)])


def report(found: ProviderComparison, mode: SmallNumbers) -> ComparisonReport:
    head = Head("Alla", "2020-01-01", "2020-01-01", "2022-03-11", sample=True, small_numbers=mode, program_version="1")
    return sealed(ComparisonReport(head, REOPERATION.name, (found,), (), (("Täljare", "prov"),), Manifest((), (), ())))


def test_the_report_says_everything_and_the_same_bytes_every_time(found: ProviderComparison) -> None:
    content = comparison_report.build(report(found, SmallNumbers.OPEN))
    assert comparison_report.build(report(found, SmallNumbers.OPEN)) == content
    text = pdf.read(content).text
    for said in (
        "Ett: 17 av 120",
        "uppgift saknas",
        "Norge anger andelen",
        "ingen rangordning",
        "Läs så här",
        "EXEMPEL",
    ):
        assert said in text
    assert "None" not in text
    assert not re.search(r"\bnan\b", text)


@pytest.mark.parametrize("mode", [SmallNumbers.PLAIN, SmallNumbers.STRICT])
def test_what_leaves_shows_no_small_number_in_table_sentence_or_drawing(
    found: ProviderComparison, mode: SmallNumbers
) -> None:
    cells = Cells(mode)
    shown = {
        one.provider_id: told for one, told in zip(found.providers, compared_cells.shown(found, cells), strict=True)
    }
    for one in found.providers:
        told = shown[one.provider_id]
        if 0 < (one.events or 0) <= cells.largest_small or one.followed <= cells.largest_small:
            assert told.told is None
            assert cells.is_hidden(told.events)
    text = pdf.read(comparison_report.build(report(found, mode))).text
    assert "P04: Talen är för små" in text
    for hidden in ("3 av 61", "1 av 3"):
        assert hidden not in text
    if mode is SmallNumbers.STRICT:
        assert "17 av 120" not in text  # only rounded: 15 of 120
    log = {(cell.row, cell.column): cell for cell in released_cells.of_report(report(found, mode), cells)}
    small = log["hip/Två/*", "events"]
    assert (small.table, small.count, small.hidden) == ("reoperation_730", 3, True)


def test_nobody_and_a_mean_are_told_on_paper_too(found: ProviderComparison) -> None:
    bare = replace(found, is_share=False, caterpillar=None, funnel=None, target=None, is_national=False)
    text = pdf.read(comparison_report.build(report(bare, SmallNumbers.OPEN))).text
    assert "Måttet är ingen andel" in text
    nobody = pdf.read(comparison_report.build(report(compared({}), SmallNumbers.OPEN))).text
    assert "inga köpta operationer" in nobody
