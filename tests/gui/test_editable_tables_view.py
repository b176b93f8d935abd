"""Tabeller: rows are added, changed, taken away, had back and taken in from files, by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_row import EditRowDialog
from kvalitetsapp.gui.dialogs.row_history import RowHistoryDialog
from kvalitetsapp.gui.dialogs.take_table import TakeTableDialog
from kvalitetsapp.gui.pages.development_page import DevelopmentPage
from kvalitetsapp.gui.widgets.cell_field import ChosenCell, TypedCell
from kvalitetsapp.gui.widgets.editable_tables_view import EditableTablesView
from support import pages
from support.keys import press_mnemonic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

DialogT = TypeVar("DialogT", bound=QDialog)


@pytest.fixture
def page(qtbot: QtBot, leaving_store: Path) -> Iterator[DevelopmentPage]:
    with pages.shown(qtbot, DevelopmentPage, leaving_store) as each:
        each.show_wanted("tables")
        pages.settle(qtbot, each)
        yield each


@pytest.fixture
def view(page: DevelopmentPage) -> EditableTablesView:
    found = page.views["tables"]
    assert isinstance(found, EditableTablesView)
    return found


def open_one(view: EditableTablesView, qtbot: QtBot, kind: type[DialogT]) -> DialogT:
    """Return the dialog that is open, once it has read what it shows."""
    (asked,) = [each for each in view.findChildren(kind) if each.isVisible()]
    pages.settle(qtbot, view)
    return asked


def typed(dialog: EditRowDialog, name: str, text: str) -> None:
    cell = dialog.cells[name]
    assert isinstance(cell, TypedCell)
    cell.edit.setText(text)  # typed letter by letter it would be offered, which opens a window of its own


def save(view: EditableTablesView, qtbot: QtBot, asked: EditRowDialog | TakeTableDialog) -> None:
    with qtbot.waitSignal(view.told):
        asked.save.click()
    pages.settle(qtbot, view)


def records(view: EditableTablesView) -> list[dict[str, object]]:
    return [dict(row) for row in view.table.model.table.records()]


def test_a_row_is_changed_with_a_reason_undone_and_had_back(view: EditableTablesView, qtbot: QtBot) -> None:
    view.show_wanted("operating_times")
    pages.settle(qtbot, view)
    before = records(view)[0]
    assert before["origin"] == "default"
    assert not view.reset.isEnabled()
    press_mnemonic(qtbot, view, Qt.Key.Key_N, view.change)
    asked = open_one(view, qtbot, EditRowDialog)
    key = asked.cells["code"]
    assert isinstance(key, TypedCell)
    assert not key.edit.isEnabled()
    typed(asked, "minutes", "halvannan")
    asked.save.click()
    pages.settle(qtbot, view)
    assert asked.cells["minutes"].wrong.text() == "Skriv ett helt tal, till exempel 90."
    typed(asked, "minutes", "77")
    asked.why.setText("Egen mätning")
    save(view, qtbot, asked)
    assert (records(view)[0]["minutes"], records(view)[0]["origin"]) == (77, "changed")
    assert "Egen mätning" in view.facts.toPlainText()
    press_mnemonic(qtbot, view, Qt.Key.Key_H, view.history)
    told = open_one(view, qtbot, RowHistoryDialog)
    assert [row["minutes"] for row in told.table.model.table.records()] == [before["minutes"], 77]
    told.reject()
    with qtbot.waitSignal(view.told):
        view.undo.undo.click()
    pages.settle(qtbot, view)
    assert records(view)[0] == before


def test_a_row_is_added_to_an_empty_table_with_what_is_known_offered(view: EditableTablesView, qtbot: QtBot) -> None:
    view.show_wanted("capacities")
    pages.settle(qtbot, view)
    assert view._stack.is_empty
    view.empty.asked.emit()
    asked = open_one(view, qtbot, EditRowDialog)
    provider = asked.cells["provider_id"]
    assert isinstance(provider, TypedCell)
    completer = provider.edit.completer()
    completer.setCompletionPrefix("P01")
    assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == "P01"
    popup = completer.popup()
    assert popup is not None
    assert popup.parentWidget() is provider.edit, "so that it wears what the window does"
    typed(asked, "provider_id", "P01")
    typed(asked, "area", "Höftprotes")
    typed(asked, "price", "71 500,50")
    save(view, qtbot, asked)
    assert [(row["provider_id"], row["price"]) for row in records(view)] == [("P01", 7_150_050)]
    with messages.answering(True):  # noqa: FBT003 - the answer to the question
        press_mnemonic(qtbot, view, Qt.Key.Key_T, view.remove)
        pages.settle(qtbot, view)
    assert view._stack.is_empty


def test_a_file_is_shown_before_it_is_taken_in(view: EditableTablesView, qtbot: QtBot, tmp_path: Path) -> None:
    view.show_wanted("operating_times")
    pages.settle(qtbot, view)
    path = tmp_path / "tider.csv"
    path.write_text("code;minutes\nNFB;85\nZZZ99;x\n", encoding="utf-8")
    with messages.answering(str(path)):
        press_mnemonic(qtbot, view, Qt.Key.Key_I, view.take_in)
    asked = open_one(view, qtbot, TakeTableDialog)
    assert not asked.save.isEnabled()
    assert [row["row"] for row in asked.preview.model.table.records()] == [3]
    asked.reject()
    path.write_text("code;minutes\nNFB;85\nZZZ99;30\n", encoding="utf-8")
    with messages.answering(str(path)):
        press_mnemonic(qtbot, view, Qt.Key.Key_I, view.take_in)
    asked = open_one(view, qtbot, TakeTableDialog)
    assert asked.counts.text() == "Nya rader: 1. Ändrade: 1. Oförändrade: 0."
    assert [row["effect"] for row in asked.preview.model.table.records()] == ["Ny", "Ändrad"]
    save(view, qtbot, asked)
    assert {row["minutes"] for row in records(view) if row["code"] in {"NFB", "ZZZ99"}} == {85, 30}
    out = tmp_path / "ut.csv"
    with messages.answering(str(out)), qtbot.waitSignal(view.told):
        press_mnemonic(qtbot, view, Qt.Key.Key_P, view.export)
    assert out.read_text(encoding="utf-8").startswith("code;minutes;source;verified;note\n")


def test_every_table_is_shown_and_every_column_has_its_field(view: EditableTablesView, qtbot: QtBot) -> None:
    for name, table in EDITABLE.items():
        view.show_wanted(name)
        pages.settle(qtbot, view)
        assert view.about.text() == table.about
        dialog = EditRowDialog(view.runner, table, view.current(), view)
        pages.settle(qtbot, view)
        for column in table.columns:
            assert isinstance(dialog.cells[column.name], ChosenCell if column.choices else TypedCell)
        dialog.reject()
