"""Typed-in figures on screen: every figure, only the remarks, and a file that is looked at without being taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp import settings
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.widgets.figure_check_view import FigureCheckView
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import create_workspace
from support import pages
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.errors import UserError

HEADER = "country;level;unit;joint;indicator;value;unit_of_value;n;period;source;note\n"


def published() -> Path:
    return settings.resources_dir() / "benchmarks" / "benchmarks.csv"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "prov.kvdb"
    with create_workspace(path, PASSPHRASE) as workspace:
        imports.import_file(workspace, KindOfFile.BENCHMARKS, published())
    return path


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[FigureCheckView]:
    with pages.shown(qtbot, FigureCheckView, store) as each:
        yield each


def choose(view: FigureCheckView, text: str) -> None:
    view.which.setCurrentIndex(view.which.findText(text))
    view.which.activated.emit(view.which.currentIndex())


def shown(view: FigureCheckView, column: str) -> list[str]:
    return [str(view.table.model.value(row, column)) for row in view.table.shown_rows()]


def test_every_stored_figure_is_shown_and_the_sum_is_told(view: FigureCheckView) -> None:
    assert len(view.table.shown_rows()) == 147
    assert view.summary.text().startswith("147 siffror: 23 med anmärkning")
    assert "Av 19 andelar med känt antal kan 9 inte komma ur" in view.summary.text()
    assert view.of_store.isHidden()


def test_only_remarks_are_shown_on_demand_and_the_choice_follows_the_filter(view: FigureCheckView) -> None:
    choose(view, "Bara anmärkningar")
    assert set(shown(view, "verdict")) == {"remark"}
    assert len(shown(view, "verdict")) == 23
    view.table.set_filters([])
    assert view.which.currentText() == "Alla"
    choose(view, "Bara det som inte kan prövas")
    assert set(shown(view, "verdict")) == {"unchecked"}


def test_the_chosen_figure_is_explained_with_its_source_and_note_by_keyboard(view: FigureCheckView) -> None:
    choose(view, "Bara anmärkningar")
    view.table.view.setFocus()
    told = set()
    for _step in range(5):
        QTest.keyClick(view.table.view, Qt.Key.Key_Down)
        told.add(view.facts.toPlainText())
    assert len(told) == 5
    view.table.set_find("503 % Søborg")
    view.table.choose_row(view.table.shown_rows()[0])
    text = view.facts.toPlainText().replace("\u00a0", " ")
    assert "Inget helt antal händelser ger 4,3 % av 503: 21 ger 4,2 %, 22 ger 4,4 %." in text
    assert "Aleris Group 2022 quality report" in text
    assert "n is the number of operations in the same table" in text


def test_words_and_numbers_are_swedish(view: FigureCheckView) -> None:
    model = view.table.model
    names = model.table.names()
    choose(view, "Bara anmärkningar")
    row = next(row for row in view.table.shown_rows() if model.value(row, "value") == "4.3")
    assert model.text(row, names.index("value")) == "4,3"
    assert model.text(row, names.index("verdict")) == "Anmärkning"
    assert model.text(row, names.index("remarks")) == "Helt antal händelser"
    index = model.index(model.view_row(row) or 0, names.index("value"))
    assert Qt.AlignmentFlag(model.data(index, Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight


def test_values_sort_as_numbers(view: FigureCheckView) -> None:
    view.table.model.sort(view.table.model.table.names().index("value"))
    found = [float(value) for value in shown(view, "value")]
    assert found == sorted(found)


def test_a_file_is_checked_without_being_taken_in_and_the_store_comes_back(
    view: FigureCheckView, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "vårdgivare.csv"
    path.write_text(HEADER + "SE;unit;A;hip;x;4.3;percent;503;2022;bok;\n", encoding="utf-8")
    with messages.answering([str(path)]):
        QTest.mouseClick(view.of_file, Qt.MouseButton.LeftButton)
    pages.settle(qtbot, view)
    assert shown(view, "row") == ["2"]
    assert view.summary.text().startswith("vårdgivare.csv: 1 siffra: 1 med anmärkning")
    assert view.summary.text().endswith("Inget är sparat.")
    view.refresh()
    pages.settle(qtbot, view)
    assert shown(view, "row") == ["2"]
    QTest.mouseClick(view.of_store, Qt.MouseButton.LeftButton)
    pages.settle(qtbot, view)
    assert len(view.table.shown_rows()) == 147
    assert "row" not in view.table.model.table.names()


def test_no_file_chosen_changes_nothing(view: FigureCheckView, qtbot: QtBot) -> None:
    with messages.answering([]):
        view.choose_file()
    pages.settle(qtbot, view)
    assert len(view.table.shown_rows()) == 147


def test_a_file_that_cannot_be_used_is_told_of_and_what_was_shown_stays(
    view: FigureCheckView, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[UserError] = []
    view.runner.failed.connect(told.append)
    view.check_file(tmp_path / "finns inte.csv")
    pages.settle(qtbot, view)
    assert [error.message for error in told] == ["Filen finns inte.csv finns inte. Kontrollera namn och mapp."]
    assert len(view.table.shown_rows()) == 147


def test_an_empty_store_says_that_a_table_of_ones_own_can_be_checked(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, FigureCheckView, tmp_path / "tom.kvdb") as view:
        assert view.summary.text().startswith("Inga publicerade värden är inlästa.")
        assert view.facts.toPlainText() == ""


def test_the_table_is_a_model_that_qt_accepts(
    view: FigureCheckView, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    model_tester(view.table.model)
    choose(view, "Bara anmärkningar")
    choose(view, "Alla")
