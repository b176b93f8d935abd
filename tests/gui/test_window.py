"""The window as a whole: pages by keyboard, the status bar, messages, crash reports, help, palette, dropped files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
)

from kvalitetsapp import settings
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.errors import CancelledError, InputError
from kvalitetsapp.gui import crash_report, theme
from kvalitetsapp.gui.dialogs.crash import CrashDialog
from kvalitetsapp.gui.dialogs.help import HelpDialog, manual
from kvalitetsapp.gui.dialogs.palette import CommandPalette
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut
from support import reviewing
from support.counties import PASSPHRASE
from support.keys import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner

CTRL = Qt.KeyboardModifier.ControlModifier
QT_BUILT = (QLineEdit, QComboBox, QTabBar, QAbstractItemView, QAbstractSpinBox)
HEAVY = ("pandas", "numpy", "scipy", "pyqtgraph", "sqlite_utils", "reportlab")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a small store: the window is the same over any."""
    with reviewing.make(tmp_path) as made:
        return made.path


@pytest.fixture
def county_window(window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]) -> MainWindow:
    """Return the window with the store open, at a page that is soon read."""
    runner.open(county, PASSPHRASE, lambda _store: window.go_to("agreements"))
    settle()
    return window


def test_no_shortcut_stands_for_two_things() -> None:
    keys = [shortcut.keys for shortcut in Shortcut]
    assert len(keys) == len(set(keys))


def test_the_navigation_is_the_way_of_working_from_top_to_bottom(window: MainWindow) -> None:
    titles = [window.navigation.list.item(row).text() for row in range(window.navigation.list.count())]
    assert titles == [
        "Översikt",
        "Import",
        "Datakvalitet",
        "Vårdkontakter",
        "Granskning",
        "Avtal",
        "Krav",
        "Kvalitet",
        "Väntande",
        "Utveckling",
        "Rapporter",
        "Skydd",
    ]


def test_the_window_comes_up_before_the_heavy_libraries() -> None:
    import subprocess

    code = (
        "import sys; from kvalitetsapp.gui import app, theme; from kvalitetsapp.gui.main_window import MainWindow;"
        "from kvalitetsapp.gui.operations import StoreRunner; a = app.make_application();"
        "w = MainWindow(StoreRunner(), theme.apply(a)); w.show();"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_without_a_store_there_is_no_page_to_go_to(window: MainWindow) -> None:
    window.go_to("review")
    assert window.current_page() is None
    assert not window.navigation.isEnabled()
    assert window.status.file.text() == "Ingen databas öppen"


def test_the_open_window_tells_the_truth_helps_and_goes_where_one_asks(
    county_window: MainWindow, settle: Callable[[], None], qtbot: QtBot, tmp_path: Path
) -> None:
    settle()
    the_status_bar_tells_the_truth(county_window)
    help_opens_at_the_page_and_finds_words(county_window)
    the_arrows_move_in_the_palette_and_stop_at_its_ends(county_window)
    the_palette_does_what_a_few_letters_say(county_window, settle)
    find_puts_the_cursor_where_one_searches(county_window, settle, qtbot)
    files_dropped_anywhere_go_to_the_import_page(county_window, tmp_path, settle)


def the_status_bar_tells_the_truth(county_window: MainWindow) -> None:
    status = county_window.status
    assert status.file.text() == "granskning.kvdb"
    assert status.read_only.isHidden()
    assert status.cut.text().startswith("Data till och med 20")
    assert status.review.text().endswith("att granska")
    assert county_window.banner.isHidden()
    assert county_window.windowTitle() == "granskning – Kvalitetsapp"


def test_a_store_that_can_only_be_read_is_said_to_be(
    window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    runner.open(county, PASSPHRASE, lambda _store: window.go_to("agreements"), write=False)
    settle()
    assert not window.status.read_only.isHidden()


def test_sample_data_are_marked(
    window: MainWindow, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    from kvalitetsapp.services.workspace import create_workspace

    create_workspace(tmp_path / "prov.kvdb", PASSPHRASE, sample=True).close()
    runner.open(tmp_path / "prov.kvdb", PASSPHRASE, lambda _store: None)
    settle()
    assert not window.banner.isHidden()
    assert "EXEMPELDATA" in window.banner.text()


def test_a_page_reads_again_only_what_has_changed_and_only_in_view(
    county_window: MainWindow, runner: StoreRunner, settle: Callable[[], None]
) -> None:
    read: list[str] = []

    class Counting(Page):
        interests = frozenset({Changed.AGREEMENTS})

        def refresh(self) -> None:
            read.append("read")

    page = Counting(runner)
    county_window.stack.addWidget(page)
    runner.announce(frozenset({Changed.AGREEMENTS}))
    assert read == []
    county_window.stack.setCurrentWidget(page)
    assert read == ["read"]
    runner.announce(frozenset({Changed.LINKS}))
    assert read == ["read"]
    runner.announce(frozenset({Changed.AGREEMENTS}))
    assert read == ["read", "read"]
    settle()


def test_a_refusal_is_a_calm_line_and_a_cancel_is_silent(window: MainWindow) -> None:
    window.say(CancelledError())
    assert window.message.text == ""
    window.say(InputError("Filen går inte att läsa. Välj en annan."))
    assert window.message.text == "Filen går inte att läsa. Välj en annan."
    assert window.dialogs == []


def test_a_bug_gives_a_report_without_what_it_was_about(
    county_window: MainWindow, runner: StoreRunner, settle: Callable[[], None]
) -> None:
    def stumble(personal_id: str) -> None:
        raise KeyError(personal_id)

    runner.run(lambda _workspace, _progress: stumble("191212121212"), lambda _result: None)
    settle()
    dialog = county_window.dialogs[-1]
    assert isinstance(dialog, CrashDialog)
    report = dialog.text.toPlainText()
    assert "KeyError" in report
    assert "stumble" in report
    assert "191212121212" not in report
    kept = list((settings.data_dir() / "felrapporter").glob("*.txt"))
    assert [path.read_text(encoding="utf-8") for path in kept] == [report]
    dialog.close()


def test_the_chain_of_causes_is_in_the_report_and_no_folder_of_the_user() -> None:
    try:
        try:
            raise ValueError("19121212")
        except ValueError as error:
            raise RuntimeError("Anna") from error
    except RuntimeError as error:
        report = crash_report.describe(error)
    assert report.index("RuntimeError") < report.index("ValueError")
    assert "Anna" not in report
    assert "19121212" not in report
    assert "/" not in report.split("\n", 3)[3]


def help_opens_at_the_page_and_finds_words(county_window: MainWindow) -> None:
    county_window.open_help()
    dialog = county_window.dialogs[-1]
    assert isinstance(dialog, HelpDialog)
    assert dialog.topics.count() == len(manual())
    dialog.search.setText("Ctrl+K")
    assert dialog.topics.count() >= 1
    dialog.search.setText("finns inte i någon hjälp alls")
    assert dialog.topics.count() == 0
    dialog.close()


def the_palette_does_what_a_few_letters_say(county_window: MainWindow, settle: Callable[[], None]) -> None:
    county_window.open_palette()
    dialog = county_window.dialogs[-1]
    assert isinstance(dialog, CommandPalette)
    type_text(dialog.line, "till rapp")
    press(dialog.line, Qt.Key.Key_Return)
    settle()
    assert county_window.navigation.current() == "reports"


def the_arrows_move_in_the_palette_and_stop_at_its_ends(county_window: MainWindow) -> None:
    county_window.open_palette()
    dialog = county_window.dialogs[-1]
    assert isinstance(dialog, CommandPalette)
    press(dialog.line, Qt.Key.Key_Up)
    assert dialog.list.currentIndex().row() == 0
    press(dialog.line, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    dialog.close()


def files_dropped_anywhere_go_to_the_import_page(
    county_window: MainWindow, tmp_path: Path, settle: Callable[[], None]
) -> None:
    file = tmp_path / "okänd.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, none)
    county_window.dropEvent(event)
    settle()
    assert county_window.navigation.current() == "import"


def find_puts_the_cursor_where_one_searches(
    county_window: MainWindow, settle: Callable[[], None], qtbot: QtBot
) -> None:
    county_window.go_to("episodes")
    settle()
    county_window.activateWindow()
    qtbot.waitUntil(county_window.isActiveWindow)
    QTest.keyClick(county_window, Qt.Key.Key_F, CTRL)
    assert isinstance(QGuiApplication.focusObject(), QLineEdit)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_text_stands_out_from_its_ground(tokens: theme.Tokens) -> None:
    on_ground = [
        (tokens.text, tokens.window),
        (tokens.text, tokens.surface),
        (tokens.text, tokens.accent_soft),
        (tokens.muted, tokens.window),
        (tokens.muted, tokens.surface),
        (tokens.muted, tokens.raised),
        (tokens.accent, tokens.accent_soft),
        (tokens.accent, tokens.surface),
        (tokens.on_accent, tokens.accent),
        (tokens.warning, tokens.warning_soft),
        (tokens.bad, tokens.bad_soft),
        (tokens.bad, tokens.surface),
        (tokens.good, tokens.surface),
    ]
    assert [pair for pair in on_ground if _contrast(*pair) < 4.5] == []
    assert _contrast(tokens.outline, tokens.surface) >= 3


def test_a_system_in_high_contrast_keeps_its_own_colours() -> None:
    palette = QPalette(QColor("black"), QColor("black"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("white"))
    palette.setColor(QPalette.ColorRole.Base, QColor("black"))
    tokens = theme.high_contrast(palette)
    assert tokens.text == tokens.muted == tokens.line == "#ffffff"
    assert tokens.window == tokens.surface == "#000000"


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
