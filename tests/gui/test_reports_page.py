"""Rapporter: drafts of one subject or of all providers, how they may leave, and the tabs by name, key and help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kvalitetsapp.domain.file_names import of_report as file_name
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.help import HelpDialog
from kvalitetsapp.gui.pages.reports_page import ReportsPage
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.services import reports
from kvalitetsapp.services.report_making import Order
from support import county_store, leaving, pages
from support.counties import PASSPHRASE
from support.keys import focused, press_mnemonic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.make_report_view import MakeReportView

PROVIDER = "Fjällkliniken"
KINDS = (".pdf", ".xlsx")
TITLE = f"Uppföljning av vårdgivare: {PROVIDER}"


@pytest.fixture
def page(qtbot: QtBot, leaving_store: Path, tmp_path: Path) -> Iterator[ReportsPage]:
    with pages.shown(qtbot, ReportsPage, leaving_store) as each:
        (tmp_path / "ut").mkdir()
        each.make.form.folder.set_path(tmp_path / "ut")
        yield each


@pytest.fixture
def view(page: ReportsPage) -> MakeReportView:
    return page.make


@pytest.fixture
def released_earlier(leaving_store: Path, tmp_path: Path) -> None:
    """Let a report on fewer persons have left before."""
    with county_store.opened(leaving_store) as workspace:
        order = Order(ReportKind.COMPARISON, USUAL_INDICATOR, SmallNumbers.PLAIN, as_of=leaving.EARLIER)
        reports.write(workspace, order, tmp_path / "förr.pdf")


def choose(view: MakeReportView, kind: ReportKind = ReportKind.PROVIDER, subject: str = "P01") -> None:
    view.form.choose(kind, subject)
    assert (view.form.subject.kind, view.form.subject.subject) == (kind, subject)


def made(view: MakeReportView) -> list[str]:
    return [str(row["about"]) for row in view.made.table.model.table.records()]


def test_the_total_report_is_made_listed_and_opened(
    view: MakeReportView, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    assert not view.made.open.isEnabled()
    view.make.click()
    assert not view.make.isEnabled()
    pages.settle(qtbot, view)
    path = tmp_path / "ut" / "Uppföljning – All köpt vård.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert view.make.isEnabled()
    view.made.open.click()
    view.made.open_folder.click()
    assert opened == [str(path), str(path.parent)]


def test_a_provider_is_chosen_by_name_and_made_again_it_is_listed_once(
    view: MakeReportView, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(view)
    for _ in range(2):
        view.make_draft()
        pages.settle(qtbot, view)
    assert made(view) == [TITLE]
    assert (tmp_path / "ut" / file_name(PROVIDER)).is_file()


def test_a_folder_that_cannot_be_written_to_is_said(view: MakeReportView, qtbot: QtBot, tmp_path: Path) -> None:
    view.form.folder.set_path(tmp_path / "finns inte")
    with qtbot.waitSignal(view.runner.failed):
        view.make_draft()
    pages.settle(qtbot, view)
    assert view.make.isEnabled()
    assert made(view) == []


def test_the_form_is_filled_in_by_letters_and_remembers_its_folder(
    view: MakeReportView, qtbot: QtBot, page: ReportsPage, tmp_path: Path
) -> None:
    the_way_with_small_numbers_is_come_to_by_its_letter_and_changed_with_an_arrow(view, qtbot)
    the_account_of_claims_is_of_all_together_or_of_one_as_it_stands_today(view)
    the_folder_is_remembered(page, tmp_path, qtbot)


def the_folder_is_remembered(page: ReportsPage, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "rapporter"
    with messages.answering(str(other)):
        page.make.form.folder.button.click()
    assert page.make.form.remember_folder() == other
    again = ReportsPage(page.runner)
    qtbot.addWidget(again)
    assert again.make.form.folder.path() == other


def test_a_receiver_is_asked_for_only_of_what_may_leave_and_stands_in_the_log(page: ReportsPage, qtbot: QtBot) -> None:
    form = page.make.form
    assert not form.receiver.isEnabled()
    form.receiver.setText("Fjällkliniken AB")
    assert form.order().receiver.name == ""
    form.small_numbers.set_mode(SmallNumbers.PLAIN)
    assert form.receiver.isEnabled()
    choose(page.make)
    page.make.make_draft()
    pages.settle(qtbot, page)
    page.show_wanted("releases")
    pages.settle(qtbot, page)
    (row,) = page.releases.table.model.table.records()
    assert row["receiver"] == "Fjällkliniken AB"


@pytest.mark.usefixtures("released_earlier")
def test_a_report_that_gives_away_a_small_number_stays_and_the_strict_one_is_a_key_away(
    view: MakeReportView, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(view)
    view.form.small_numbers.set_mode(SmallNumbers.PLAIN)
    view.make_draft()
    pages.settle(qtbot, view)
    assert "tillsammans med förr.pdf" in view.message.text
    assert list((tmp_path / "ut").iterdir()) == []
    press_mnemonic(qtbot, view, Qt.Key.Key_V, view.message.way_out)
    assert view.form.small_numbers.mode is SmallNumbers.STRICT
    assert focused() is view.make
    view.make_draft()
    pages.settle(qtbot, view)
    assert view.message.text == ""
    assert made(view) == [TITLE]


@pytest.mark.usefixtures("released_earlier")
def test_all_providers_are_made_in_one_go_and_the_one_that_must_stay_says_why(
    view: MakeReportView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.form.choose(ReportKind.PROVIDER, every=True)
    assert not view.sign.isEnabled()
    view.form.small_numbers.set_mode(SmallNumbers.PLAIN)
    view.make_draft()
    pages.settle(qtbot, view)
    own, refused = view.made.table.model.table.records()
    assert (own["file"], own["why_not"]) == ("Uppföljning – Egna kliniken.pdf", "")
    assert (refused["file"], "tillsammans med" in str(refused["why_not"])) == ("", True)
    assert view.message.text.startswith("1 rapport lämnas inte ut.")
    assert [path.name for path in (tmp_path / "ut").iterdir()] == [own["file"]]
    view.made.table.choose_row(1)
    assert not view.made.open.isEnabled()


def test_all_providers_can_be_cancelled_and_what_was_written_stays(view: MakeReportView, qtbot: QtBot) -> None:
    view.form.choose(ReportKind.PROVIDER, every=True)
    view.make_draft()
    view.progress.stop.click()
    pages.settle(qtbot, view)
    assert view.message.text.startswith("Avbrutet. ")
    assert view.make.isEnabled()


def test_a_workbook_comes_with_the_draft_and_a_comparison_is_made_as_of_another_day(
    view: MakeReportView, qtbot: QtBot, tmp_path: Path
) -> None:
    form = view.form
    choose(view, ReportKind.COMPARISON, "revision_2y")
    assert (form.indicator.isVisible(), form.provider.isVisible(), form.until.isVisible()) == (True, False, True)
    assert form.order().as_of is None
    form.until.set_day(leaving.EARLIER)
    assert form.order().as_of == leaving.EARLIER
    press_mnemonic(qtbot, view, Qt.Key.Key_E, form.workbook)
    assert form.workbook.isChecked()
    view.make_draft()
    pages.settle(qtbot, view)
    about = form.indicator.currentText()
    assert made(view) == [f"Vårdgivarjämförelse: {about}"] * 2
    assert {path.name for path in (tmp_path / "ut").iterdir()} == {f"Jämförelse – {about}{kind}" for kind in KINDS}


def the_account_of_claims_is_of_all_together_or_of_one_as_it_stands_today(view: MakeReportView) -> None:
    form = view.form
    form.until.set_day(leaving.EARLIER)
    choose(view, ReportKind.CLAIMS, "")
    assert form.provider.currentText() == "Alla vårdgivare"
    assert (form.order().as_of, form.until.isVisible(), view.sign.isEnabled()) == (None, False, True)
    choose(view, ReportKind.CLAIMS)
    form.choose(ReportKind.PROVIDER, "P01")
    assert form.subject.name == PROVIDER
    assert all(field.accessibleName() for field in (form.kind, form.provider, form.indicator, form.until))


def test_things_that_are_counted_are_told_by_their_number(qtbot: QtBot, runner: StoreRunner) -> None:
    from kvalitetsapp.gui.operations import Operation

    line = ProgressLine()
    qtbot.addWidget(line)
    operation = Operation("", runner)
    line.follow(operation, counted=True)
    operation.progressed.emit(1, 12, PROVIDER)
    assert line.said.text() == f"2 av 12: {PROVIDER}"
    operation.progressed.emit(12, 12, "Klart")
    assert line.said.text() == "12 av 12: Klart"
    operation.ended.emit()


def test_in_a_store_that_is_only_read_no_report_can_be_made_and_it_is_said(qtbot: QtBot, leaving_store: Path) -> None:
    with pages.shown(qtbot, ReportsPage, leaving_store, write=False) as page:
        assert not page.make.make.isEnabled()
        assert "öppnad för läsning" in page.make.explained.text()


# the page


def test_every_tab_is_come_to_by_its_name_and_its_letters(page: ReportsPage, qtbot: QtBot) -> None:
    a_tab_is_shown_by_its_name_and_takes_the_focus(page, qtbot)
    every_letter_is_used_once_in_each_tab(page)


def a_tab_is_shown_by_its_name_and_takes_the_focus(page: ReportsPage, qtbot: QtBot) -> None:
    page.setFocus()
    for name, each in page.views.items():
        page.show_wanted(name)
        pages.settle(qtbot, page)
        assert page.tabs.currentWidget() is each
        assert each.isAncestorOf(focused())


def mnemonics(widget: QWidget) -> list[str]:
    """Return the letters that Alt is pressed with on a tab, in the order of their widgets."""
    texts = [button.text() for button in widget.findChildren(QAbstractButton)]
    texts += [label.text() for label in widget.findChildren(QLabel) if label.buddy() is not None]
    return [letter.lower() for text in texts for letter in re.findall(r"&(\w)", text)]


def every_letter_is_used_once_in_each_tab(page: ReportsPage) -> None:
    page.make.message.say("", way_out="&Välj det stränga läget")
    for name, each in page.views.items():
        found = mnemonics(each)
        assert len(found) == len(set(found)), name
        assert found or name == "releases"


def the_way_with_small_numbers_is_come_to_by_its_letter_and_changed_with_an_arrow(
    view: MakeReportView, qtbot: QtBot
) -> None:
    view.activateWindow()
    QTest.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert focused() is view.form.folder.text
    QTest.keyClick(view, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert focused() is view.form.small_numbers.buttons[SmallNumbers.OPEN]
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert view.form.small_numbers.mode is SmallNumbers.PLAIN


def test_help_opens_at_the_section_of_the_tab(
    window: MainWindow, runner: StoreRunner, leaving_store: Path, settle: Callable[[], None]
) -> None:

    runner.open(leaving_store, PASSPHRASE, lambda _store: None)
    settle()
    window.go_to("reports", "notes")
    settle()
    window.open_help()
    dialog = window.dialogs[-1]
    assert isinstance(dialog, HelpDialog)
    assert dialog.text.textCursor().block().text() == "Anteckningar"
    dialog.close()


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("Ortopedi A/S: Höft", "Uppföljning – Ortopedi A-S- Höft.pdf"),
        ("..\\..\\x", "Uppföljning – -..-x.pdf"),
    ],
)
def test_a_file_name_holds_no_sign_that_leads_elsewhere(about: str, name: str) -> None:
    assert file_name(about) == name
