"""Two tables, each safe alone, that together would give away a small number."""

from __future__ import annotations

from dataclasses import replace

from kvalitetsapp.domain.release_check import given_away
from kvalitetsapp.domain.released import Cell, Release, ReportKind, SmallNumbers

TABLE = "reoperation_730"


def cell(row: str, count: int, *, hidden: bool = False, column: str = "events") -> Cell:
    return Cell(TABLE, row, column, count, hidden=hidden)


def release(*cells: Cell, cut: str = "2024-12-31") -> Release:
    return Release(
        *(
            1,
            "2025-01-15T10:00:00+01:00",
            "Anna",
            "P01",
            "",
            ReportKind.TOTAL,
            "",
            cut,
            SmallNumbers.PLAIN,
            "f",
            "t.pdf",
        ),
        cells,
    )


def test_nothing_released_before_gives_nothing_away() -> None:
    assert given_away([cell("hip/*/*", 40), cell("hip/P01/*", 3, hidden=True)], "2024-12-31", []) == ()


def test_a_figure_of_another_day_that_differs_by_three_tells_of_three_persons() -> None:
    before = release(cell("hip/P01/*", 20), cut="2024-06-30")
    (found,) = given_away([cell("hip/P01/*", 23)], "2024-12-31", [before])
    assert (found.cell.row, found.earlier) == ("hip/P01/*", before)


def test_a_figure_of_another_day_that_is_the_same_or_differs_by_more_tells_nothing() -> None:
    before = release(cell("hip/P01/*", 20), cell("knee/P01/*", 9), cut="2024-06-30")
    assert given_away([cell("hip/P01/*", 20), cell("knee/P01/*", 14)], "2024-12-31", [before]) == ()


def test_a_figure_that_one_of_the_two_days_hides_cannot_be_subtracted() -> None:
    before = release(cell("hip/P01/*", 20, hidden=True), cut="2024-06-30")
    assert given_away([cell("hip/P01/*", 23)], "2024-12-31", [before]) == ()


def test_a_provider_that_the_total_hides_is_told_by_the_reports_of_the_others() -> None:
    total = release(
        cell("hip/*/*", 40),
        cell("hip/P01/*", 3, hidden=True),
        cell("hip/P02/*", 17, hidden=True),
        cell("hip/P03/*", 20),
    )
    (found,) = given_away([cell("hip/P02/*", 17)], "2024-12-31", [total])
    assert found.cell.row == "hip/P01/*"


def test_the_same_report_again_tells_nothing_new() -> None:
    cells = (cell("hip/*/*", 40), cell("hip/P01/*", 3, hidden=True), cell("hip/P02/*", 37, hidden=True))
    assert given_away(cells, "2024-12-31", [release(*cells)]) == ()


def test_parts_that_do_not_add_up_leave_the_rest_unknown() -> None:
    units = release(cell("hip/P01/*", 40), cell("hip/P01/A", 30), cell("hip/P01/B", 3, hidden=True))
    assert given_away([cell("hip/P01/A", 30)], "2024-12-31", [units]) == ()


def test_another_table_is_another_matter() -> None:
    before = release(replace(cell("hip/P01/*", 20), table="revision_730"), cut="2024-06-30")
    assert given_away([cell("hip/P01/*", 23)], "2024-12-31", [before]) == ()
