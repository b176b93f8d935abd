"""Every chart on paper: nothing clipped, no words over words, whatever the names and numbers; a sentence if empty."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, get_args

import pytest
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Circle, Polygon, Rect, String

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import chart_words
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import any_chart, lettering
from support import drawn, made_charts, pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportlab.graphics.shapes import Drawing

DRAWN: Mapping[str, Mapping[str, charts.Chart]] = {
    "ordinary": made_charts.ORDINARY,
    "one": made_charts.ONE,
    "forty": made_charts.FORTY,
    "long-names": made_charts.LONG_NAMES,
    "extreme": made_charts.EXTREME,
}
EVERY = [pytest.param(chart, id=f"{kind}-{name}") for kind, each in DRAWN.items() for name, chart in each.items()]
EMPTY = [pytest.param(chart, id=name) for name, chart in made_charts.EMPTY.items()]
PAGE = styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM


def texts(drawing: Drawing) -> list[str]:
    return [one.text for one in drawn.words(drawing)]


def test_every_type_of_chart_is_drawn_and_tested() -> None:
    for each in (*DRAWN.values(), made_charts.EMPTY):
        assert {type(chart) for chart in each.values()} == set(get_args(charts.Chart))


@pytest.mark.parametrize("chart", EVERY)
def test_no_words_are_clipped_and_none_lie_over_others(chart: charts.Chart) -> None:
    for drawing in any_chart.drawings(chart):
        assert drawn.faults(drawing) == []
        assert drawing.width == styles.WIDTH


@pytest.mark.parametrize("chart", EVERY)
def test_a_page_holds_every_part_and_only_dejavu_is_used(chart: charts.Chart) -> None:
    for drawing in any_chart.drawings(chart):
        assert drawing.height < PAGE
        strings = [one for one, _x, _y in drawn.leaves(drawing) if isinstance(one, String)]
        assert {one.fontName for one in strings} <= {styles.FONT, styles.BOLD}
        assert all(4.0 <= one.fontSize <= 13.0 for one in strings)


def test_parts_under_each_other_are_one_drawing() -> None:
    chart = made_charts.FORTY["caterpillar-150"]
    whole, parts = any_chart.draw(chart), any_chart.drawings(chart)
    assert drawn.faults(whole) == []
    assert texts(whole) == [words for part in parts for words in texts(part)]
    assert whole.height > sum(part.height for part in parts)


@pytest.mark.parametrize("chart", EMPTY)
def test_an_empty_chart_is_the_sentence_that_says_why(chart: charts.Chart) -> None:
    reason = chart_words.empty_reason(chart)
    assert reason.endswith(".")
    (drawing,) = any_chart.drawings(chart)
    assert " ".join(texts(drawing)) == reason
    assert drawn.faults(drawing) == []


def test_all_charts_become_a_pdf_of_vectors_with_embedded_fonts() -> None:
    from reportlab.pdfgen.canvas import Canvas

    styles.register_fonts()
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for chart in made_charts.ORDINARY.values():
        renderPDF.draw(any_chart.draw(chart), canvas, styles.LEFT, 100)
        canvas.showPage()
    canvas.save()
    found = pdf.read(target.getvalue())
    assert found.embedded_fonts() == {"AAAAAA+DejaVuSans", "AAAAAA+DejaVuSans-Bold"}
    assert found.fonts() - found.embedded_fonts() <= {"Helvetica"}, "what a canvas names before anything is drawn"
    assert b"/Subtype /Image" not in found.raw
    assert "Klinik 3" in found.pages[0]


def test_a_figure_outside_the_limits_has_another_shape_and_words() -> None:
    drawing = any_chart.draw(made_charts.ORDINARY["caterpillar"])
    marks = [one for one, _x, _y in drawn.leaves(drawing) if isinstance(one, Circle | Polygon)]
    assert sum(isinstance(one, Circle) for one in marks) == 9
    assert {"över 95\u00a0%", "över 99,8\u00a0%", "under 95\u00a0%", "under 99,8\u00a0%"} <= set(texts(drawing))


def test_bars_keep_the_order_they_come_in() -> None:
    chart = made_charts.caterpillar(40)
    names = [name for name in texts(any_chart.draw(chart)) if name.startswith("Klinik")]
    assert names == [bar.name for bar in chart.bars]


def test_women_and_men_are_told_by_letter_shape_and_number() -> None:
    drawing = any_chart.draw(made_charts.profile(2))
    shapes = [type(one) for one, _x, _y in drawn.leaves(drawing) if isinstance(one, Circle | Rect)]
    assert shapes == [Circle, Rect, Circle, Rect]
    assert texts(drawing).count("K") == texts(drawing).count("M") == 2
    assert "K −25\u00a0%, n 130" in texts(drawing)


def test_the_table_under_a_curve_tells_deaths_where_they_are_known() -> None:
    told = texts(any_chart.draw(made_charts.survival(1)))
    assert {"Höft: under risk", "Höft: händelser", "Höft: döda", "Höft, incidens"} <= set(told)


def test_widened_limits_are_named() -> None:
    told = texts(any_chart.draw(made_charts.ORDINARY["funnel"]))
    assert {"95\u00a0%", "99,8\u00a0%", "95\u00a0%, vidgad", "99,8\u00a0%, vidgad"} <= set(told)


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    words, size = lettering.fitted(made_charts.LONG.format(n=17), 140, 6.8)
    assert words.startswith("Stiftelsen")
    assert words.endswith("nr 17")
    assert lettering.width(words, size) <= 140


def test_heights_are_moved_apart_within_the_ends() -> None:
    assert lettering.apart([5.0, 5.0, 5.0], 8.0, 0.0, 100.0) == [5.0, 13.0, 21.0]
    assert lettering.apart([99.0, 98.0], 8.0, 0.0, 100.0) == [100.0, 92.0]
