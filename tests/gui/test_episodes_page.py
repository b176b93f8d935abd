"""Vårdkontakter: a table that reads only what is looked at, masked numbers, and the person's timeline."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kvalitetsapp.domain.episode import EPISODES
from kvalitetsapp.gui.models.episodes_model import BLOCK, EpisodesModel
from kvalitetsapp.gui.pages.episodes_page import EpisodesPage
from kvalitetsapp.services.workspace import create_workspace
from support import pages
from support.counties import PASSPHRASE
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.table import Row

PATIENT = [column.name for column in EPISODES].index("personal_id")
MAIN_DIAGNOSIS = [column.name for column in EPISODES].index("main_diagnosis")
ADMITTED = [column.name for column in EPISODES].index("admitted")


@pytest.fixture
def page(qtbot: QtBot, county_store: Path) -> Iterator[EpisodesPage]:
    with pages.shown(qtbot, EpisodesPage, county_store, write=False) as each:
        qtbot.waitUntil(lambda: bool(text(each, 0, ADMITTED)), timeout=pages.PATIENCE_MS)  # its first rows are read
        pages.settle(qtbot, each)
        yield each


def row(number: int) -> Row:
    return (
        f"bok/{number}",
        "196812099874",
        "Fjällkliniken",
        "",
        "inpatient",
        "2020-01-01",
        "2020-01-02",
        "M161",
        "",
        "NFB49 ZXA00",
        "contract",
        None,
        6_000_050,
    )


def text(page: EpisodesPage, place: int, column: int) -> str:
    return str(page.model.data(page.model.index(place, column)))


def test_the_model_is_one_that_qt_accepts(model_tester: Callable[[QAbstractItemModel], None]) -> None:
    model = EpisodesModel()
    model_tester(model)
    keys = array("q", range(3 * BLOCK + 7))
    model.set_keys(keys)
    for block in range(4):
        model.put_block(block, keys[block * BLOCK : (block + 1) * BLOCK], [row(n) for n in model.keys_of(block)])
    assert model.data(model.index(3 * BLOCK, 0)) == f"bok/{3 * BLOCK}"
    model.set_keys(array("q"))
    assert model.rowCount() == 0


def test_a_million_rows_ask_only_for_what_is_looked_at(qapp: object) -> None:
    model = EpisodesModel()
    asked: list[int] = []
    model.block_wanted.connect(asked.append)
    model.set_keys(array("q", range(1_000_000)))
    assert model.rowCount() == 1_000_000
    for place in (0, 1, 999_999, 999_998):
        assert model.data(model.index(place, 0)) == ""
    assert asked == [0, 999_999 // BLOCK]


def test_rows_of_an_order_that_is_no_longer_shown_are_dropped(qapp: object) -> None:
    model = EpisodesModel()
    model.set_keys(array("q", [1, 2]))
    late = model.keys_of(0)
    model.set_keys(array("q", [2, 1]))
    model.put_block(0, late, [row(1), row(2)])
    assert model.data(model.index(0, 0)) == ""


def test_the_table_holds_every_contact_and_shows_the_chosen_one(page: EpisodesPage, qtbot: QtBot) -> None:
    every_episode_is_in_the_table_with_its_count(page)
    codes_tell_their_title(page)
    numbers_are_masked_also_on_the_clipboard_and_shown_while_ctrl_is_held(page)
    choosing_a_row_shows_the_episode_and_the_persons_timeline(page, qtbot)
    a_click_on_a_mark_chooses_its_episode(page, qtbot)


def every_episode_is_in_the_table_with_its_count(page: EpisodesPage) -> None:
    assert page.model.rowCount() == 3183
    assert page.count.text() == "3\u00a0183 vårdkontakter"
    assert text(page, 0, ADMITTED) >= text(page, 1, ADMITTED)


def test_the_table_is_searched_and_sorted_in_the_store(page: EpisodesPage, qtbot: QtBot) -> None:
    typing_narrows_the_table_and_clearing_widens_it(page, qtbot)
    a_click_on_a_heading_sorts_in_the_store(page, qtbot)
    what_nothing_fits_says_so(page, qtbot)


def typing_narrows_the_table_and_clearing_widens_it(page: EpisodesPage, qtbot: QtBot) -> None:
    type_text(page.search, "T84.5")
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < 100, timeout=pages.PATIENCE_MS)
    assert page.count.text().endswith("av 3\u00a0183 vårdkontakter")
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3183, timeout=pages.PATIENCE_MS)


def what_nothing_fits_says_so(page: EpisodesPage, qtbot: QtBot) -> None:
    type_text(page.search, "finns-inte-alls")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=pages.PATIENCE_MS)
    pages.settle(qtbot, page)
    assert "Inget stämmer" in page.facts.toPlainText()


def a_click_on_a_heading_sorts_in_the_store(page: EpisodesPage, qtbot: QtBot) -> None:
    page.view.horizontalHeader().setSortIndicator(ADMITTED, Qt.SortOrder.AscendingOrder)
    pages.settle(qtbot, page)
    page.view.scrollToTop()
    page.view.viewport().grab()
    pages.settle(qtbot, page)
    days = [text(page, place, ADMITTED) for place in range(50)]
    assert days == sorted(days)
    assert days[0] < "2015"


def numbers_are_masked_also_on_the_clipboard_and_shown_while_ctrl_is_held(page: EpisodesPage) -> None:
    index = page.model.index(0, PATIENT)
    assert text(page, 0, PATIENT).endswith("-••••")
    page.copy()
    assert page.model.number_at(index) not in QGuiApplication.clipboard().text()
    masked = page.view.viewport().grab().toImage()
    assert page.heading.text().endswith("-••••")
    QTest.keyPress(page.view, Qt.Key.Key_Control)
    assert page.heading.text()[-4:].isalnum()
    assert page.view.viewport().grab().toImage() != masked
    QTest.keyRelease(page.view, Qt.Key.Key_Control)
    assert page.heading.text().endswith("-••••")
    assert page.view.viewport().grab().toImage() == masked


def codes_tell_their_title(page: EpisodesPage) -> None:
    tips = {page.model.data(page.model.index(n, MAIN_DIAGNOSIS), Qt.ItemDataRole.ToolTipRole) for n in range(40)}
    assert "M170 Primär gonartros, dubbelsidig" in tips


def choosing_a_row_shows_the_episode_and_the_persons_timeline(page: EpisodesPage, qtbot: QtBot) -> None:
    page.view.setCurrentIndex(page.model.index(5, 0))
    pages.settle(qtbot, page)
    assert text(page, 5, 0) in page.facts.toPlainText()
    assert page.plot.accessibleDescription()
    assert page.heading.text() == f"Tidslinje för {text(page, 5, PATIENT)}"


def a_click_on_a_mark_chooses_its_episode(page: EpisodesPage, qtbot: QtBot) -> None:
    wanted = page.model.key(120)
    page.plot.episode_clicked.emit(wanted)
    pages.settle(qtbot, page)
    assert page.view.currentIndex() == page.model.index(120, 0)
    assert page.view.visualRect(QModelIndex(page.view.currentIndex())).top() >= QPoint(0, 0).y()


def test_an_empty_store_points_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, EpisodesPage, tmp_path / "tom.kvdb") as page:
        assert page._stack.is_empty
        button = page.findChild(QPushButton)
        assert button is not None
        with qtbot.waitSignal(page.page_requested) as asked:
            button.click()
        assert asked.args[0] == "import"
