"""The drawn timeline: walked through by keyboard, told in words, and drawn so that shapes and labels tell apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.timeline import Mark, MarkKind
from kvalitetsapp.gui.widgets.timeline_view import TimelineView
from support.review_cases import TIMELINE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEYS = {
    "right": Qt.Key.Key_Right,
    "left": Qt.Key.Key_Left,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "home": Qt.Key.Key_Home,
    "end": Qt.Key.Key_End,
}


@pytest.fixture
def view(qtbot: QtBot) -> TimelineView:
    made = TimelineView()
    qtbot.addWidget(made)
    made.resize(800, 320)
    with qtbot.waitExposed(made):
        made.show()
    made.show_timeline(TIMELINE, offered=(8, 9), taken=(9,))
    made.activateWindow()
    made.plot.setFocus()
    qtbot.waitUntil(made.plot.hasFocus)
    return made


def press(view: TimelineView, *keys: str) -> str:
    for key in keys:
        QTest.keyClick(view.plot, KEYS[key])
    return view.told.text()


def ring(view: TimelineView) -> list[Any]:
    assert view.plot._ring is not None
    return list(view.plot._ring.points())


def spot(view: TimelineView, place: int) -> QPoint:
    """Return where a mark is drawn in the plot."""
    mark = view.plot.timeline.marks[place]
    box = view.plot.getPlotItem().getViewBox()
    at = box.mapViewToScene(pg.Point(mark.day.toordinal(), -mark.lane))
    return QPointF(at.x(), at.y()).toPoint()


def test_the_event_is_in_focus_at_first_and_told_below_and_to_those_who_listen(view: TimelineView) -> None:
    assert view.told.text() == "Höger höft: Händelse 2020-05-01"
    assert view.plot.accessibleDescription() == view.told.text()


def test_arrows_home_and_end_walk_through_the_marks(view: TimelineView) -> None:
    assert press(view, "left") == "Höger höft: Primäroperation 2020-01-01"
    assert press(view, "right", "right") == "Övriga vårdkontakter: Öppenvård 2020-06-01; Möjlig uppföljning"
    assert press(view, "up") == "Höger höft: Händelse 2020-05-01"
    assert press(view, "down", "end").endswith("2020-06-20; Uppföljning som hör till ärendet")
    assert press(view, "home").endswith("Primäroperation 2020-01-01")
    assert view.plot.accessibleDescription() == view.told.text()


def test_enter_tells_the_episode_in_focus(view: TimelineView, qtbot: QtBot) -> None:
    press(view, "end")
    with qtbot.waitSignal(view.episode_clicked) as told:
        QTest.keyClick(view.plot, Qt.Key.Key_Return)
    assert told.args == [9]


def test_the_pointer_tells_the_same_as_the_keys(view: TimelineView) -> None:
    QTest.mouseMove(view.plot.viewport(), spot(view, 2))
    assert view.told.text() == "Övriga vårdkontakter: Öppenvård 2020-06-01; Möjlig uppföljning"
    QTest.mouseMove(view.plot.viewport(), QPoint(view.plot.width() // 2, 2))
    assert view.told.text() == "Höger höft: Händelse 2020-05-01"


def test_the_mark_in_focus_is_ringed_while_the_plot_has_focus(view: TimelineView, qtbot: QtBot) -> None:
    press(view, "home")
    (ringed,) = ring(view)
    assert ringed.pos().x() == date(2020, 1, 1).toordinal()
    view.plot.clearFocus()
    assert ring(view) == []


def test_follow_ups_have_shapes_of_their_own_and_change_without_moving_the_focus(view: TimelineView) -> None:
    assert "◇" in view.signs.text()
    press(view, "end")
    view.show_taken((8, 9), ())
    assert view.told.text().endswith("2020-06-20; Möjlig uppföljning")
    kinds = {mark.kind for mark in view.plot.timeline.marks}
    symbols = {view.plot._spot(mark, 10.0)["symbol"] for mark in view.plot.timeline.marks}
    assert len(symbols) == len(kinds)


def test_what_lies_outside_the_interesting_days_is_told_and_walked_to(view: TimelineView) -> None:
    old = Mark(MarkKind.CONTACT, 2, date(2001, 1, 1), date(2001, 1, 1), 99, "bok/99", ("Öppenvård 2001-01-01",))
    view.show_timeline(replace(TIMELINE, marks=(*TIMELINE.marks, old)))
    box = view.plot.getPlotItem().getViewBox()
    assert box.viewRange()[0][0] > old.day.toordinal()
    assert "utanför bilden" in view.signs.text()
    assert press(view, "home").endswith("Öppenvård 2001-01-01")
    assert box.viewRange()[0][0] < old.day.toordinal() < box.viewRange()[0][1]


def test_plus_comes_nearer_and_minus_goes_off(view: TimelineView) -> None:
    box = view.plot.getPlotItem().getViewBox()

    def days() -> float:
        low, high = box.viewRange()[0]
        return float(high - low)

    whole = days()
    QTest.keyClick(view.plot, Qt.Key.Key_Plus)
    assert days() < whole
    QTest.keyClick(view.plot, Qt.Key.Key_Minus)
    assert days() == pytest.approx(whole)


@pytest.mark.parametrize("days_after", [0, 3, 121, 900])
def test_the_labels_of_event_and_operation_never_meet_and_are_never_cut(
    view: TimelineView, qtbot: QtBot, days_after: int
) -> None:
    operation, event = TIMELINE.marks[:2]
    day = date.fromordinal(operation.day.toordinal() + days_after)
    view.show_timeline(replace(TIMELINE, marks=(operation, replace(event, day=day, until=day))))
    qtbot.wait(50)
    items = view.plot.getPlotItem().items
    labels = [each.sceneBoundingRect() for each in items if isinstance(each, pg.TextItem)]
    assert len(labels) == 2
    assert not labels[0].intersects(labels[1])
    area = view.plot.getPlotItem().getViewBox().sceneBoundingRect()
    assert all(area.adjusted(-1, -1, 1, 1).contains(each) for each in labels)
