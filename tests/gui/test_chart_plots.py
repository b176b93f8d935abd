"""Every chart on screen: its marks are pointed at, clicked and walked over, by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from kvalitetsapp.domain import chart_marks, chart_words
from kvalitetsapp.gui import theme
from kvalitetsapp.gui.plots.chart_plots import plot_for
from kvalitetsapp.gui.plots.shades import contrast
from kvalitetsapp.gui.plots.strip_plot import swarm
from kvalitetsapp.gui.plots.survival_plot import SurvivalPlot
from support.screen_charts import CHARTS, EMPTY, HEAT_MAP, RUN_CHART, SURVIVAL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.gui.plots.chart_plot import ChartPlot


def shown(qtbot: QtBot, chart: Chart) -> ChartPlot:
    plot = plot_for(chart)
    qtbot.addWidget(plot)
    plot.setPalette(theme.palette_of(theme.LIGHT))
    plot.resize(520, 360)
    plot.show_chart(chart)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    return plot


def inside(plot: ChartPlot, place: int) -> QPoint:
    """Return a place of the widget where a mark lies, in from the edge of the plot."""
    spot = plot.mark_position(place).toPoint()
    return QPoint(max(spot.x(), plot.getPlotItem().getViewBox().sceneBoundingRect().toRect().left() + 2), spot.y())


@pytest.mark.parametrize("name", CHARTS)
def test_a_mark_is_clicked_pointed_at_and_walked_to(name: str, qtbot: QtBot) -> None:
    plot = shown(qtbot, CHARTS[name])
    keys: list[str] = []
    told: list[str] = []
    plot.chosen.connect(keys.append)
    plot.told.connect(told.append)
    place = next(n for n, key in enumerate(chart_marks.keys(CHARTS[name])) if key and n in plot._drawn() and n > 0)
    QTest.mouseMove(plot.viewport(), inside(plot, place))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=inside(plot, place))
    assert keys == [chart_marks.keys(CHARTS[name])[place]]
    assert plot.sentence(plot._current) == chart_marks.sentence(CHARTS[name], plot._current or 0)
    plot._hover(place)
    assert told[-1] == chart_marks.sentence(CHARTS[name], place)
    assert plot.accessibleName() == chart_marks.title(CHARTS[name])
    assert plot.accessibleDescription() == chart_words.description(CHARTS[name])
    _walk(plot, keys)


def _walk(plot: ChartPlot, keys: list[str]) -> None:
    plot.setFocus()
    drawn = plot._drawn()
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert plot._current == drawn[0]
    assert plot._emphasis, "what is in focus is seen"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot._current == drawn[1]
    assert plot.accessibleDescription().startswith(plot.sentence(drawn[1]))
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert keys[-1] == plot._keys[drawn[1]]
    QTest.keyClick(plot, Qt.Key.Key_End)
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert plot._current == drawn[-1], "at the end one stays"


def test_empty_charts_are_drawn_as_nothing(qtbot: QtBot) -> None:
    for chart in EMPTY.values():
        plot = plot_for(chart)
        qtbot.addWidget(plot)
        plot.show_chart(chart)
        assert not plot.holds_anything
        plot.setFocus()
        QTest.keyClick(plot, Qt.Key.Key_Right)
        assert plot.mark_at(QPointF(plot.viewport().rect().center())) is None
        assert plot._current is None
        assert not plot.grab().isNull()


def test_one_comes_nearer_along_time_and_a_double_click_or_0_shows_the_whole(qtbot: QtBot) -> None:
    plot = shown(qtbot, RUN_CHART)
    box = plot.getPlotItem().getViewBox()
    told: list[bool] = []
    plot.zoomed.connect(told.append)
    whole = box.viewRange()
    plot.setFocus()
    QTest.keyClicks(plot, "+")
    (left, right), heights = box.viewRange()
    assert right - left < whole[0][1] - whole[0][0]
    assert heights == pytest.approx(whole[1])
    assert told[-1] is True
    QTest.keyClicks(plot, "0")
    assert box.viewRange()[0] == pytest.approx(whole[0])
    QTest.keyClicks(plot, "+")
    empty = QPoint(plot.viewport().width() - 30, 30)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=empty)
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=empty)
    assert box.viewRange()[0] == pytest.approx(whole[0])
    assert told[-1] is False


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_tool_tip_says_the_mark_as_it_stands(qtbot: QtBot) -> None:
    plot = shown(qtbot, CHARTS["funnel"])
    where = inside(plot, 4)
    QApplication.sendEvent(plot.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, plot.mapToGlobal(where)))
    assert "Sjövik &lt;dag&gt;" in QToolTip.text()
    QToolTip.hideText()


@pytest.mark.parametrize("name", ["survival", "heat"])
def test_a_dark_theme_redraws_with_inks_that_have_contrast_on_it(name: str, qtbot: QtBot) -> None:
    plot = shown(qtbot, CHARTS[name])
    light = plot.grab().toImage()
    plot.setPalette(theme.palette_of(theme.DARK))
    dark = plot.grab().toImage()
    assert dark.pixelColor(2, 2).name() == theme.DARK.surface != light.pixelColor(2, 2).name()
    inks = plot.inks
    assert all(
        contrast(dark.pixelColor(2, 2), ink) >= 3 for ink in (inks.blue, inks.orange, inks.vermilion, inks.grey)
    )


@pytest.mark.parametrize("name", ["funnel", "g"])
def test_words_in_a_chart_never_cover_each_other(name: str, qtbot: QtBot) -> None:
    areas = [label.sceneBoundingRect() for label in shown(qtbot, CHARTS[name]).labels.shown()]
    assert len(areas) > 1
    assert not any(one.intersects(other) for n, one in enumerate(areas) for other in areas[n + 1 :])


def test_r11_counts_stand_under_their_days_and_up_and_down_change_curve(qtbot: QtBot) -> None:
    plot = shown(qtbot, SURVIVAL)
    assert isinstance(plot, SurvivalPlot)
    assert plot.rows.shown_days() == [0, 365, 730, 1095, 1460]
    for day in (0, 1460):
        above = plot.getPlotItem().getViewBox().mapViewToScene(QPointF(day, 0.0)).x()
        assert plot.rows.mapToScene(QPointF(plot.rows._across(day), 0.0)).x() == pytest.approx(above)
    assert plot.getPlotItem().getAxis("left").width() >= plot.rows.headings_width()
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Down)
    moment = chart_marks.moments(SURVIVAL)[plot._current or 0]
    assert (moment.curve.joint, moment.risk.day) == ("knee", 365)


def test_arrows_walk_the_cells_in_both_directions(qtbot: QtBot) -> None:
    plot = shown(qtbot, HEAT_MAP)
    plot.setFocus()
    for key, cell in ((Qt.Key.Key_Down, 4), (Qt.Key.Key_Right, 5), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Left, 0)):
        QTest.keyClick(plot, key)
        assert plot._current == cell


def test_a_period_without_a_figure_has_no_mark_and_is_walked_past(qtbot: QtBot) -> None:
    plot = shown(qtbot, RUN_CHART)
    plot._go_to(3)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot._current == 5


def test_marks_of_the_strip_touch_none_before_them() -> None:
    across = sorted((place * 37 % 50) / 10 for place in range(60))
    lifts = swarm(across, 1.0)
    spots = list(zip(across, lifts, strict=True))
    apart = [
        ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
        for n, (x, y) in enumerate(spots)
        for other_x, other_y in spots[:n]
    ]
    assert min(apart) >= 1 - 1e-9
