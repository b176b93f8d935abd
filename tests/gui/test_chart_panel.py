"""The frame around a chart: the twin, the picture on the clipboard, and files with their entry in the trace."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain.chart_tables import table_of
from kvalitetsapp.gui import theme
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.services import chart_files
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit
from support.counties import PASSPHRASE
from support.keys import focused
from support.screen_charts import CATERPILLAR, CHARTS, EMPTY, FUNNEL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.operations import StoreRunner

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = ("path", "circle", "ellipse", "rect", "polyline")


@pytest.fixture
def panel(qtbot: QtBot, runner: StoreRunner) -> ChartPanel:
    made = ChartPanel(runner)
    qtbot.addWidget(made)
    made.setPalette(theme.palette_of(theme.DARK))
    made.resize(700, 420)
    made.set_chart(FUNNEL, "Fjällkliniken ligger över gränsen.")
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_ctrl_t_shows_the_table_with_a_row_for_every_mark_and_back(panel: ChartPanel) -> None:
    assert panel.plot is not None
    panel.plot.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert panel.shows_table
    assert panel.table is not None
    assert panel.table.model.rowCount() == len(FUNNEL.points)
    QTest.keyClick(focused(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert panel.plot.isVisible()
    assert panel.reading.text() == "Fjällkliniken ligger över gränsen."


def test_a_row_that_is_opened_asks_for_what_its_mark_asks_for(panel: ChartPanel) -> None:
    panel.set_chart(CATERPILLAR)
    keys: list[str] = []
    panel.chosen.connect(keys.append)
    assert panel.table is not None
    panel.table.row_activated.emit(1)
    assert keys == ["F"]
    assert panel.plot is not None
    assert panel.plot._chosen == "F"


def test_a_chart_that_holds_nothing_says_so_and_offers_nothing(panel: ChartPanel) -> None:
    for name, chart in EMPTY.items():
        panel.set_chart(chart, "" if name != "survival" else "För få höfter för en kurva.")
        assert panel._views.currentIndex() == 0
        assert not panel.save.isEnabled()
        assert not panel.copy.isEnabled()
    panel.show_table(on=True)
    assert not panel.shows_table
    panel.set_chart(FUNNEL)
    assert panel.save.isEnabled()


def test_a_saved_svg_is_real_vectors_with_title_and_reading(panel: ChartPanel) -> None:
    from kvalitetsapp.gui.plots import pictures

    for name, chart in CHARTS.items():
        panel.set_chart(chart, "Så läses det.")
        assert panel.plot is not None
        root = ElementTree.fromstring(pictures.svg(panel.plot, panel._frame()))
        texts = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        assert root.findtext(f"{SVG}title") == panel.title.text()
        assert "Så läses det." in texts
        assert panel.title.text() in texts
        assert sum(1 for kind in SHAPES for _one in root.iter(f"{SVG}{kind}")) > 5, name
        assert not list(root.iter(f"{SVG}image")), "a stored image in place of shapes"


def test_the_picture_is_white_and_twice_as_large_and_the_window_stays_as_it_was(panel: ChartPanel) -> None:
    assert panel.plot is not None
    before = panel.plot.grab().toImage()
    QTest.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * panel.plot.width()
    assert image.pixelColor(0, 0).name() == image.pixelColor(20, image.height() // 2).name() == "#ffffff"
    assert panel.plot.grab().toImage() == before
    QGuiApplication.clipboard().clear()


def test_one_dialog_saves_a_picture_or_the_table_by_the_ending_of_the_name(
    panel: ChartPanel, opened: StoreRunner, settle: Callable[[], None], tmp_path: Path
) -> None:
    told: list[str] = []
    panel.told.connect(told.append)
    for name in ("bild.svg", "bild.png", "tabell.csv", "utan"):
        with messages.answering(str(tmp_path / name)):
            QTest.mouseClick(panel.save, Qt.MouseButton.LeftButton)
        settle()
    assert told == ["Sparat: bild.svg", "Sparat: bild.png", "Sparat: tabell.csv", "Sparat: utan.svg"]
    assert (tmp_path / "bild.svg").read_bytes() == (tmp_path / "utan.svg").read_bytes()
    assert not QImage(str(tmp_path / "bild.png")).isNull()
    rows = list(csv.reader(io.StringIO((tmp_path / "tabell.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    assert rows[0] == table_of(FUNNEL).names()
    assert len(rows) == 1 + len(FUNNEL.points)


def test_what_is_saved_is_in_the_trace_and_a_text_is_no_formula(tmp_path: Path) -> None:
    bar = charts.Bar("x", "=1+1", 1, 10, 0.1, 0.0, 0.4, "")
    chart = charts.Caterpillar("Reoperation", 0.02, "Riket", (bar,))
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as workspace:
        written = chart_files.save_table(workspace, table_of(chart), tmp_path / "a.csv", title=chart.title)
        assert written.path.read_text(encoding="utf-8-sig").splitlines()[1].startswith("'=1+1;10;1;")
        entry = audit.entries(workspace.store)[0]
        assert (entry.action, entry.object, entry.detail) == ("chart_exported", "a.csv", "Reoperation")
