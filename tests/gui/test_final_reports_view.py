"""Fastställ and Fastställda: a report is signed in the window, saved again, checked and recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.hand_out_report import HandOutReportDialog
from kvalitetsapp.gui.dialogs.sign_report import SignReportDialog
from kvalitetsapp.gui.dialogs.withdraw_report import WithdrawReportDialog
from kvalitetsapp.gui.pages.reports_page import ReportsPage
from kvalitetsapp.gui.widgets.final_reports_view import STANDING, FinalReportsView
from kvalitetsapp.services import final_reports, reports
from kvalitetsapp.services.report_making import Order
from support import county_store, leaving, pages
from support.keys import press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog, QWidget
    from pytestqt.qtbot import QtBot

    DialogT = TypeVar("DialogT", bound=QDialog)

P01 = Order(ReportKind.PROVIDER, "P01")
PROVIDER = "Fjällkliniken"
TITLE = f"Uppföljning av vårdgivare: {PROVIDER}"


@pytest.fixture
def page(qtbot: QtBot, leaving_store: Path, tmp_path: Path) -> Iterator[ReportsPage]:
    with pages.shown(qtbot, ReportsPage, leaving_store) as each:
        each.make.form.folder.set_path(tmp_path)
        yield each


@pytest.fixture(scope="module")
def made_final(_made_leaving: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store in which one report replaces another."""
    folder = tmp_path_factory.mktemp("final")
    path = county_store.copy(_made_leaving, folder)
    with county_store.opened(path) as workspace:
        first = final_reports.sign(workspace, P01, folder / "1.pdf", by="Anna Exempel", role="chef").final
        final_reports.sign(workspace, P01, folder / "2.pdf", by="Anna Exempel", role="chef", replaces=first.number)
    return path


@pytest.fixture
def view(qtbot: QtBot, made_final: Path, tmp_path: Path) -> Iterator[FinalReportsView]:
    with pages.shown(qtbot, FinalReportsView, county_store.copy(made_final, tmp_path)) as each:
        yield each


def dialog(parent: QWidget, kind: type[DialogT], qtbot: QtBot) -> DialogT:
    (found,) = [each for each in parent.findChildren(kind) if each.isVisible()]
    qtbot.waitUntil(found.isActiveWindow)
    return found


def ask_to_sign(page: ReportsPage, qtbot: QtBot, mode: SmallNumbers = SmallNumbers.OPEN) -> SignReportDialog:
    page.make.form.choose(ReportKind.PROVIDER, "P01")
    page.make.form.small_numbers.set_mode(mode)
    press_mnemonic(qtbot, page.make, Qt.Key.Key_F, page.make.sign)
    found = dialog(page.make, SignReportDialog, qtbot)
    pages.settle(qtbot, page)
    return found


def numbers(view: FinalReportsView) -> list[str]:
    return [one.number for one in view._rows]


# signing


def test_a_report_is_signed_with_the_keyboard_once_it_is_said_by_whom(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    asked = ask_to_sign(page, qtbot)
    number = asked.number.text()
    assert number.endswith("-0001")
    asked.save.click()
    assert (asked.by.wrong.isHidden(), asked.role.wrong.isHidden()) == (False, False)
    type_text(asked.by.edit, "Anna Exempel")
    QTest.keyClick(asked, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    type_text(asked.role.edit, "verksamhetschef")
    with messages.answering("ja"):
        QTest.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pages.settle(qtbot, page)
    assert (tmp_path / f"Uppföljning – {PROVIDER} – {number}.pdf").is_file()
    page.show_wanted("finals")
    pages.settle(qtbot, page)
    assert numbers(page.finals) == [number]
    again = ask_to_sign_again(page, qtbot)
    assert (again.role.text(), again.by.text()) == ("verksamhetschef", "")
    assert [again.replaces.itemData(place) for place in range(again.replaces.count())] == ["", number]
    again.reject()


def ask_to_sign_again(page: ReportsPage, qtbot: QtBot) -> SignReportDialog:
    page.show_wanted("make")
    return ask_to_sign(page, qtbot)


def test_who_answers_no_has_signed_nothing_and_who_cancels_the_work_is_told(page: ReportsPage, qtbot: QtBot) -> None:
    asked = ask_to_sign(page, qtbot)
    asked.by.set_text("Anna Exempel")
    asked.role.set_text("chef")
    with messages.answering(""):
        asked.save.click()
    assert not page.runner.is_busy
    with messages.answering("ja"):
        asked.save.click()
    asked.reject()
    pages.settle(qtbot, page)
    assert asked.wrong.text() == "Avbrutet. Ingen rapport fastställdes."
    asked.reject()
    page.show_wanted("finals")
    pages.settle(qtbot, page)
    assert page.finals._stack.is_empty
    page.finals.empty.asked.emit()
    assert page.tabs.currentWidget() is page.make


def test_a_report_that_must_stay_is_signed_in_the_strict_way_from_the_same_form(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, leaving_store: Path
) -> None:
    def release(workspace: object, _progress: object) -> object:
        return reports.write(workspace, leaving.order(as_of=leaving.EARLIER), tmp_path / "förr.pdf")  # type: ignore[arg-type]

    page.runner.run(release, lambda _path: None)
    asked = ask_to_sign(page, qtbot, SmallNumbers.PLAIN)
    asked.by.set_text("Anna Exempel")
    asked.role.set_text("chef")
    with messages.answering("ja"):
        asked.save.click()
    pages.settle(qtbot, page)
    assert "tillsammans med förr.pdf" in asked.message.text
    asked.message.way_out.click()
    assert asked.mode.text().startswith("Strängt")
    assert page.make.form.small_numbers.mode is SmallNumbers.STRICT
    with messages.answering("ja"):
        asked.save.click()
    pages.settle(qtbot, page)
    assert "fastställd" not in page.make.message.text
    assert [str(row["about"]) for row in page.make.made.table.model.table.records()] == [TITLE]


# those that are signed


def test_a_recalled_report_is_marked_with_a_sign_and_told_in_full(view: FinalReportsView) -> None:
    second, first = numbers(view)
    assert [view.table.model.value(row, "replaces") for row in (0, 1)] == [first, ""]
    view.table.choose_row(1)
    shown = view.table.model.table.names().index("withdrawn")
    assert view.table.model.text(1, shown).startswith("✕ ")
    assert f"Ersatt av {second}" in view.facts.toPlainText()
    assert not view.withdraw.isEnabled()
    view.show_wanted(STANDING)
    assert numbers(view) == [second]


def test_a_report_is_saved_again_and_held_against_the_data_of_today(
    view: FinalReportsView, qtbot: QtBot, tmp_path: Path, made_final: Path
) -> None:
    with messages.answering(str(tmp_path / "igen.pdf")):
        press_mnemonic(qtbot, view, Qt.Key.Key_S, view.hand_out)
    press_mnemonic(qtbot, view, Qt.Key.Key_K, view.check)
    assert not view.check.isEnabled()
    pages.settle(qtbot, view)
    assert (tmp_path / "igen.pdf").read_bytes() == (made_final.parent / "2.pdf").read_bytes()
    assert view.checked.text() == f"✓ Dagens data ger samma rapport som {numbers(view)[0]}, byte för byte."
    view.table.choose_row(1)
    assert view.checked.text() == ""


def test_a_report_that_may_leave_is_handed_out_to_another_who_stands_in_the_log(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    asked = ask_to_sign(page, qtbot, SmallNumbers.PLAIN)
    asked.by.set_text("Anna Exempel")
    asked.role.set_text("chef")
    with messages.answering("ja"):
        asked.save.click()
    pages.settle(qtbot, page)
    page.show_wanted("finals")
    pages.settle(qtbot, page)
    press_mnemonic(qtbot, page.finals, Qt.Key.Key_S, page.finals.hand_out)
    again = dialog(page.finals, HandOutReportDialog, qtbot)
    again.save.click()
    assert again.receiver.wrong.text() == "Skriv vem som får rapporten."
    type_text(again.receiver.edit, "Regionstyrelsen")
    folder = tmp_path / "igen"
    folder.mkdir()
    again.folder.path_field.set_path(folder)
    QTest.keyClick(again, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pages.settle(qtbot, page)
    (written,) = folder.iterdir()
    assert written.read_bytes() == (tmp_path / written.name).read_bytes()
    page.show_wanted("releases")
    pages.settle(qtbot, page)
    assert [row["receiver"] for row in page.releases.table.model.table.records()] == ["Regionstyrelsen", "ej angiven"]


def test_a_report_is_recalled_with_a_reason(view: FinalReportsView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_T, view.withdraw)
    asked = dialog(view, WithdrawReportDialog, qtbot)
    asked.save.click()
    assert not asked.reason.wrong.isHidden()
    type_text(asked.reason.edit, "Fel period")
    with qtbot.waitSignal(view.told):
        asked.save.click()
    pages.settle(qtbot, view)
    assert [bool(one.withdrawn_at) for one in view._rows] == [True, True]
    assert "Fel period" in view.facts.toPlainText()
