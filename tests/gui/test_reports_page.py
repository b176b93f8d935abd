"""Rapporter: a PDF is made in the chosen folder, listed, and opened with the desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices

from kvalitetsapp.domain.file_names import of_report as file_name
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.pages.reports_page import ReportsPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow


@pytest.fixture
def page(county_window: MainWindow, settle: Callable[[], None], tmp_path: Path) -> ReportsPage:
    county_window.go_to("reports")
    settle()
    found = county_window.current_page()
    assert isinstance(found, ReportsPage)
    found.folder.set_path(tmp_path)
    return found


def test_the_total_report_is_made_listed_and_opened(
    page: ReportsPage, tmp_path: Path, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    assert not page.open.isEnabled()
    page.make.click()
    assert not page.make.isEnabled()
    settle()
    made = tmp_path / "Uppföljning – All köpt vård.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    assert page.make.isEnabled()
    page.open.click()
    page.open_folder.click()
    assert opened == [str(made), str(tmp_path)]


def test_a_provider_is_chosen_by_name_and_made_again_it_is_listed_once(
    page: ReportsPage, settle: Callable[[], None], tmp_path: Path
) -> None:
    page.about.setCurrentIndex(1)
    name = page.about.currentText()
    for _ in range(2):
        page.make_report()
        settle()
    assert [row["about"] for row in page.table.model.table.records()] == [name]
    assert (tmp_path / file_name(name)).is_file()


def test_a_folder_that_cannot_be_written_to_is_said(
    page: ReportsPage, county_window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    page.folder.set_path(tmp_path / "fil" / "mapp")
    page.make_report()
    settle()
    assert county_window.message.text != ""
    assert page.make.isEnabled()
    assert page.table.model.rowCount() == 0


def test_the_folder_is_remembered(
    page: ReportsPage, county_window: MainWindow, settle: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "rapporter"
    other.mkdir()
    with messages.answering(str(other)):
        page.folder.button.click()
    page.make_report()
    settle()
    again = ReportsPage(page.runner)
    qtbot.addWidget(again)
    assert again.folder.path() == other


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("Ortopedi A/S: Höft", "Uppföljning – Ortopedi A-S- Höft.pdf"),
        ("..\\..\\x", "Uppföljning – -..-x.pdf"),
    ],
)
def test_a_file_name_holds_no_sign_that_leads_elsewhere(about: str, name: str) -> None:
    assert file_name(about) == name
