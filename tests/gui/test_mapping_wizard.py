"""The mapping wizard: the example exports by mouse and by keyboard, with the accounts that they are known to give."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QTableView, QWidget

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.mapping import Lacks
from kvalitetsapp.gui.dialogs.mapping_wizard import COLUMNS, FILE, IMPORT, REVIEW, VALUES, MappingWizard
from kvalitetsapp.gui.pages.import_page import ImportPage
from kvalitetsapp.services.import_plan import PlannedFile
from support import examples, mapped_county
from support.counties import PASSPHRASE
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

FOLDER = examples.FOLDER / mapped_county.COUNTY


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "hem"))


@pytest.fixture
def store(runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]) -> StoreRunner:
    runner.create(tmp_path / "tom.kvdb", PASSPHRASE, lambda _store: None)
    settle()
    return runner


@pytest.fixture
def opened_wizard(
    store: StoreRunner, settle: Callable[[], None], qtbot: QtBot
) -> Iterator[Callable[[Path], MappingWizard]]:
    wizards: list[MappingWizard] = []

    def open_on(path: Path) -> MappingWizard:
        wizard = MappingWizard(store, PlannedFile(path, None, None))
        wizards.append(wizard)
        with qtbot.waitExposed(wizard):
            wizard.show()
        wizard.activateWindow()
        settle()
        return wizard

    yield open_on
    for wizard in wizards:
        wizard.close()
        wizard.deleteLater()


class Mouse:
    """Does everything with the mouse; only what no list holds is typed, in a field that was clicked."""

    def __init__(self, wizard: MappingWizard, settle: Callable[[], None]) -> None:
        self.wizard, self.settle = wizard, settle

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        # a radio button takes clicks on its circle and text alone
        where = QPoint(widget.height() // 2, widget.height() // 2) if isinstance(widget, QRadioButton) else QPoint()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
        self.settle()

    def press(self, button: QWidget) -> None:
        self.click(button)

    def choose_row(self, view: QTableView, row: int) -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualRect(index).center()
        )

    def forward(self) -> None:
        self.click(self.wizard.forward)

    def write(self, box: QComboBox, text: str) -> None:
        line = box.lineEdit()
        assert line is not None
        self.reach(box, line)
        type_text(line, text)
        QTest.keyClick(box, Qt.Key.Key_Return)

    def reach(self, _box: QComboBox, line: QLineEdit) -> None:
        self.click(line)


class Keyboard(Mouse):
    """Does everything with keys, from wherever the focus is."""

    def walk_to(self, widget: QWidget) -> None:
        for _step in range(60):
            focus = QApplication.focusWidget()
            if focus is widget or (focus is not None and widget.isAncestorOf(focus)):
                return
            QTest.keyClick(focus or self.wizard, Qt.Key.Key_Tab)
        pytest.fail(f"Tab never came to {widget}")

    def press(self, button: QWidget) -> None:
        group = button.parentWidget() if isinstance(button, QRadioButton) else None
        self.walk_to(group or button)
        QTest.keyClick(QApplication.focusWidget() or button, Qt.Key.Key_Space)
        self.settle()

    def choose_row(self, view: QTableView, row: int) -> None:
        self.walk_to(view)
        QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _step in range(row):
            QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex().row() == row

    def forward(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.wizard, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        self.settle()

    def reach(self, box: QComboBox, _line: QLineEdit) -> None:
        self.walk_to(box)


def _map(hand: Mouse, constants: dict[str, str]) -> None:
    """Answer what is asked, accept what is offered, say what is the same in every row, keep other values."""
    wizard = hand.wizard
    for group in list(wizard.file.questions.values()):
        hand.press(group.findChildren(QRadioButton)[0])
    hand.forward()
    assert wizard.stack.currentIndex() == COLUMNS
    if wizard.columns.accept_all.isEnabled():
        hand.press(wizard.columns.accept_all)
    mapping = wizard.state.mapping
    assert mapping is not None
    names = [one.name for one in mapping.wanted]
    for name, text in constants.items():
        hand.choose_row(wizard.columns.table.view, names.index(name))
        hand.write(wizard.columns.constant, text)
        assert wizard.state.mapping is not None
        assert wizard.state.mapping.match(name).constant == text
    hand.forward()
    assert wizard.stack.currentIndex() == VALUES
    if wizard.values.keep_rest.isEnabled():
        hand.press(wizard.values.keep_rest)


ALL = frozenset(path.name for _kind, path, profile in examples.files_of(mapped_county.COUNTY) if profile)
FEW = frozenset({"providers.csv", "persons.csv", "episodes_bought.csv"})  # with nothing, dates and constants to say


@pytest.mark.parametrize(
    ("hands", "by_hand"),
    [
        (Keyboard, FEW),
        pytest.param(Keyboard, ALL, marks=pytest.mark.long),
        pytest.param(Mouse, ALL, marks=pytest.mark.long),
    ],
)
def test_the_example_exports_get_the_expected_accounts(
    opened_wizard: Callable[[Path], MappingWizard],
    store: StoreRunner,
    settle: Callable[[], None],
    hands: type[Mouse],
    by_hand: frozenset[str],
) -> None:
    outcomes = {}
    for kind, path, profile in examples.files_of(mapped_county.COUNTY):
        if path.name not in by_hand:
            found: list[object] = []
            store.run(_taken_in(KindOfFile(kind), path, profile), found.append)
            settle()
            outcomes[path.name] = found[0]
            continue
        wizard = opened_wizard(path)
        hand = hands(wizard, settle)
        _map(hand, mapped_county.constants_of(path.stem))
        hand.forward()
        assert wizard.review.either.currentIndex() == 1, list(wizard.state.mapping.open())  # type: ignore[union-attr]
        hand.forward()
        assert wizard.stack.currentIndex() == IMPORT
        hand.press(wizard.importing.take)
        assert wizard.done_file is not None
        outcomes[path.name] = wizard.done_file.outcome
        _adds_up(wizard)
        wizard.close()
    assert mapped_county.summed(outcomes) == mapped_county.expected()


def _taken_in(kind: KindOfFile, path: Path, profile: Path | None) -> Callable[[Workspace, Progress], object]:
    def work(workspace: Workspace, progress: Progress) -> object:
        from kvalitetsapp.services import imports

        return imports.import_file(workspace, kind, path, profile=profile, link=False, progress=progress)

    return work


def _adds_up(wizard: MappingWizard) -> None:
    """Hold every line of the account that is shown, rows and kronor, against its own sum."""
    for row in wizard.importing.account.model_of_account.table.rows:
        read, *parts = (_figure(str(text)) for text in row[1:6])
        assert read == sum(parts), row


def _figure(shown: str) -> int:
    return int("".join(letter for letter in shown if letter.isdigit()))


def test_nothing_is_tried_before_everything_is_said_and_each_thing_leads_to_its_place(
    opened_wizard: Callable[[Path], MappingWizard], settle: Callable[[], None]
) -> None:
    wizard = opened_wizard(FOLDER / "episodes_bought.csv")
    wizard.go_to(REVIEW)
    assert wizard.review.either.currentIndex() == 0
    assert not wizard.importing.take.isEnabled()
    mapping = wizard.state.mapping
    assert mapping is not None
    opened = mapping.open()
    assert wizard.review.left.count() == len(opened)
    for row, one in enumerate(opened):
        wizard.go_to(REVIEW)
        wizard.review.left.itemActivated.emit(wizard.review.left.item(row))
        settle()
        expected = {Lacks.QUESTION: FILE, Lacks.VALUE: VALUES}.get(one.lacks, COLUMNS)
        assert wizard.stack.currentIndex() == expected


def test_sure_columns_are_filled_in_and_offered_ones_wait(
    opened_wizard: Callable[[Path], MappingWizard],
) -> None:
    wizard = opened_wizard(FOLDER / "episodes_bought.csv")
    rows = {str(row["column"]): row for row in wizard.columns.table.model.table.records()}
    assert rows["admitted"]["source"] == "In datum"
    assert str(rows["admitted"]["certainty"]).startswith("✓ Säker")
    assert rows["provider_id"]["source"] == "Klinik?"
    assert str(rows["provider_id"]["certainty"]).startswith("? Förslag")
    assert str(rows["source"]["certainty"]).startswith("✗ Saknas")
    assert rows["other_diagnoses"]["source"] == "Bidiagnos1, 2 …"


def test_another_kind_another_encoding_and_another_delimiter_are_looked_at_anew(
    opened_wizard: Callable[[Path], MappingWizard], settle: Callable[[], None]
) -> None:
    wizard = opened_wizard(FOLDER / "persons.csv")
    file = wizard.file
    assert (file.encoding.currentData(), file.delimiter.currentData(), file.kind.currentData()) == (
        "cp1252",
        ";",
        "persons",
    )
    file.encoding.setCurrentIndex(file.encoding.findData("cp850"))
    file.encoding.activated.emit(file.encoding.currentIndex())
    settle()
    assert wizard.state.found is not None
    assert wizard.state.found.seen.encoding == "cp850"
    file.kind.setCurrentIndex(file.kind.findData("aliases"))
    file.kind.activated.emit(file.kind.currentIndex())
    settle()
    mapping = wizard.state.mapping
    assert mapping is not None
    assert mapping.kind is KindOfFile.ALIASES


def test_personal_numbers_are_masked_in_the_preview_and_among_the_examples(
    opened_wizard: Callable[[Path], MappingWizard],
) -> None:
    wizard = opened_wizard(FOLDER / "persons.csv")
    shown = str(wizard.file.preview_model.table.rows) + str(wizard.columns.table.model.table.rows)
    assert len(wizard.file.preview_model.table.rows) == 50
    assert "9882" not in shown
    assert "••••" in shown


def test_every_table_of_the_wizard_holds_against_qts_own_tester(
    opened_wizard: Callable[[Path], MappingWizard], model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    wizard = opened_wizard(FOLDER / "persons.csv")
    for model in (wizard.file.preview_model, wizard.columns.table.model, wizard.values.table.model):
        model_tester(model)
    wizard.columns.accept_all.click()
    wizard.values.keep_rest.click()


def test_a_wizard_that_is_closed_while_it_looks_leaves_nothing(store: StoreRunner, settle: Callable[[], None]) -> None:
    wizard = MappingWizard(store, PlannedFile(FOLDER / "episodes_own.csv", None, None))
    wizard.show()
    wizard.close()
    settle()
    assert wizard.state.found is None
    wizard.deleteLater()


def test_a_file_that_is_not_recognised_is_mapped_saved_and_then_recognised(
    window: MainWindow, store: StoreRunner, settle: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "patienter.csv"
    shutil.copy(FOLDER / "persons.csv", path)
    window.take_files([path])
    settle()
    page = window.current_page()
    assert isinstance(page, ImportPage)
    assert page.files.model.value(0, "kind") == "Okänt"
    assert (page.map.text(), page.map.isEnabled()) == ("Mappa …", True)
    page.map.click()
    settle()
    (wizard,) = page.wizards
    assert isinstance(wizard, MappingWizard)
    hand = Mouse(wizard, settle)
    _map(hand, {})
    hand.forward()
    wizard.review.name.setText("Patienter")
    hand.press(wizard.review.save)
    assert "Patienter" in wizard.message.text
    assert page.files.model.value(0, "profile") == "Patienter"
    assert page.files.model.value(0, "kind") == "Personer"
    assert page.map.text() == "Ändra mappning …"
    wizard.close()
    page.map.click()
    settle()
    again = page.wizards[-1]
    assert isinstance(again, MappingWizard)
    assert again.state.mapping is not None
    assert again.state.mapping.is_complete
    again.close()


def test_what_was_taken_in_can_be_undone_where_it_was_done(
    opened_wizard: Callable[[Path], MappingWizard], store: StoreRunner, settle: Callable[[], None]
) -> None:
    wizard = opened_wizard(FOLDER / "providers.csv")
    hand = Mouse(wizard, settle)
    _map(hand, {})
    hand.forward()
    hand.forward()
    hand.press(wizard.importing.take)
    hand.press(wizard.importing.undo)
    assert wizard.undo_dialog is not None
    wizard.undo_dialog.because.setText("fel fil")
    wizard.undo_dialog.do.click()
    settle()
    assert "ångrad" in wizard.importing.told.text()
    left: list[int] = []
    store.run(lambda workspace, _p: int(workspace.store.value("SELECT count(*) FROM providers")), left.append)
    settle()
    assert left == [0]


def test_headers_and_values_are_shown_as_they_stand(
    opened_wizard: Callable[[Path], MappingWizard], tmp_path: Path
) -> None:
    path = tmp_path / "uttag.csv"
    path.write_text("Vårdkontakt-id;<b>Fet</b><h1>rubrik</h1>\n1;<i>x</i>\n", encoding="utf-8")
    wizard = opened_wizard(path)
    assert "<h1>" in wizard.columns.unused.text()
    assert wizard.columns.unused.textFormat() is Qt.TextFormat.PlainText
    model = wizard.file.preview.model()
    shown = [model.index(0, column) for column in range(model.columnCount())]
    assert "<i>x</i>" in [model.data(one) for one in shown]
    assert "<span>&lt;i&gt;x&lt;/i&gt;</span>" in [model.data(one, Qt.ItemDataRole.ToolTipRole) for one in shown]
