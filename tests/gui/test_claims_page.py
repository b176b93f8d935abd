"""Krav: the tabs by name, what one tab asks of another, their counts, and the help of the tab that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.claim_words import CorrectionReason
from kvalitetsapp.gui.dialogs.help import HelpDialog
from kvalitetsapp.gui.dialogs.issue_basis import IssueBasisDialog
from kvalitetsapp.gui.dialogs.palette import CommandPalette
from kvalitetsapp.gui.pages.claims_page import ClaimsPage
from kvalitetsapp.gui.widgets.claim_watch_view import CORRECTIONS, DEADLINES
from support.counties import PASSPHRASE
from support.keys import focused, press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner


@pytest.fixture
def page(window: MainWindow, runner: StoreRunner, sample: Path, settle: Callable[[], None]) -> ClaimsPage:
    # At once, before the overview is worked out, which takes as long again.
    runner.open(sample, PASSPHRASE, lambda _store: window.go_to("claims"))
    settle()
    found = window.current_page()
    assert isinstance(found, ClaimsPage)
    return found


def test_one_finds_the_way_among_the_tabs(
    page: ClaimsPage, settle: Callable[[], None], window: MainWindow, qtbot: QtBot
) -> None:
    the_tabs_stand_in_the_order_of_the_work_and_tell_what_waits(page)
    a_tab_is_shown_by_its_name_and_a_case_by_its_reference(page, settle)
    a_case_whose_event_was_rejected_is_said_to_be_none(page, settle)
    help_opens_at_the_tab_that_is_shown(page, window)
    the_focus_comes_to_where_the_work_of_a_tab_begins(page, settle)
    tab_comes_to_the_tabs_and_to_what_stands_before_a_list_whichever_tab_is_shown(page, qtbot, settle)


def the_tabs_stand_in_the_order_of_the_work_and_tell_what_waits(page: ClaimsPage) -> None:
    titles = [page.tabs.tabText(place).partition("  ") for place in range(page.tabs.count())]
    assert [title for title, _gap, _count in titles] == [
        *("Ärenden", "Att kräva", "Krav", "Underlag", "Betalningar", "Obetalt", "Bevakning", "Sammanställningar"),
    ]
    assert ("Bevakning", "  ", "1") in titles


def a_tab_is_shown_by_its_name_and_a_case_by_its_reference(page: ClaimsPage, settle: Callable[[], None]) -> None:
    for name, view in page.views.items():
        page.show_wanted(name)
        assert page.tabs.currentWidget() is view
    page.show_wanted("watch/deadlines")
    settle()
    wanted = str(page.watch.tables[DEADLINES].model.value(0, "index_ref"))
    page.watch.open_case.click()
    settle()
    assert page.tabs.currentWidget() is page.cases
    assert wanted in page.cases.heading.text()


def test_one_list_leads_to_another(page: ClaimsPage, settle: Callable[[], None], window: MainWindow) -> None:
    a_case_without_a_covered_event_is_shown_when_it_is_asked_for(page, settle)
    a_correction_leads_to_the_document_to_credit(page, settle)
    approved_claims_are_issued_among_the_documents(page, settle)
    the_palette_goes_to_a_tab(page, window, settle)
    an_event_of_a_list_is_opened_in_the_review(page, window, settle)
    a_task_of_the_overview_leads_to_its_list(page, window, settle)


def a_case_without_a_covered_event_is_shown_when_it_is_asked_for(page: ClaimsPage, settle: Callable[[], None]) -> None:
    assert page.cases._claims is not None
    uncovered = next(case for case in page.cases._claims.cases if not case.is_covered)
    page.show_wanted(uncovered.index_ref)
    settle()
    assert page.cases.with_uncovered.isChecked()
    assert uncovered.index_ref in page.cases.heading.text()


def a_case_whose_event_was_rejected_is_said_to_be_none(page: ClaimsPage, settle: Callable[[], None]) -> None:
    page.show_wanted("watch/corrections")
    settle()
    assert page.watch.parts.part == CORRECTIONS
    gone = page.watch.correction()
    assert gone is not None
    assert gone.reason is CorrectionReason.REJECTED
    page.watch.open_case.click()
    settle()
    assert page.cases.heading.text() == f"{gone.index_ref} är inget ärende nu: ingen av dess händelser räknas."
    assert page.cases.table.current_row() == -1
    assert not page.cases.cost.isEnabled()


def an_event_of_a_list_is_opened_in_the_review(
    page: ClaimsPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    page.show_wanted("watch/without_review")
    settle()
    page.watch.open_event.click()
    settle()
    assert window.navigation.current() == "review"


def help_opens_at_the_tab_that_is_shown(page: ClaimsPage, window: MainWindow) -> None:
    told = {"cases": "Krav", "payments": "Betalningar", "ageing": "Betalningar", "summaries": "Sammanställningar"}
    for tab, heading in told.items():
        page.show_wanted(tab)
        window.open_help()
        dialog = window.dialogs[-1]
        assert isinstance(dialog, HelpDialog)
        shown = dialog.topics.currentItem()
        assert shown is not None
        assert shown.text() == heading, tab
        dialog.close()


def the_palette_goes_to_a_tab(page: ClaimsPage, window: MainWindow, settle: Callable[[], None]) -> None:
    window.go_to("overview")
    window.open_palette()
    dialog = window.dialogs[-1]
    assert isinstance(dialog, CommandPalette)
    type_text(dialog.line, "bevak")
    press(dialog.line, Qt.Key.Key_Return)
    settle()
    assert window.current_page() is page
    assert page.tabs.currentWidget() is page.watch


def a_task_of_the_overview_leads_to_its_list(page: ClaimsPage, window: MainWindow, settle: Callable[[], None]) -> None:
    from kvalitetsapp.gui.pages.overview_page import OverviewPage
    from kvalitetsapp.gui.widgets.pressable import Pressable

    window.go_to("overview")
    settle()
    overview = window.current_page()
    assert isinstance(overview, OverviewPage)
    texts = overview.tasks.texts()
    for told in ("händelser har inte krävts", "krav väntar på godkännande", "underlag är förfallna", "krav att rätta"):
        assert any(told in text for text in texts), told
    place = next(place for place, text in enumerate(texts) if "krav att rätta" in text)
    overview.tasks.findChildren(Pressable)[place].clicked.emit()
    settle()
    assert window.current_page() is page
    assert page.watch.parts.part == CORRECTIONS


def approved_claims_are_issued_among_the_documents(page: ClaimsPage, settle: Callable[[], None]) -> None:
    page.claims.issue_asked.emit((9,))
    settle()
    assert page.tabs.currentWidget() is page.bases
    (asked,) = page.bases.findChildren(IssueBasisDialog)
    assert asked.isVisible()
    asked.reject()


def a_correction_leads_to_the_document_to_credit(page: ClaimsPage, settle: Callable[[], None]) -> None:
    page.show_wanted("watch/corrections")
    settle()
    wrong = page.watch.correction()
    assert wrong is not None
    page.watch.credit.click()
    settle()
    assert page.tabs.currentWidget() is page.bases
    shown = page.bases.current()
    assert shown is not None
    assert wrong.claim in {line.claim for line in shown.basis.lines}


def tab_comes_to_the_tabs_and_to_what_stands_before_a_list_whichever_tab_is_shown(
    page: ClaimsPage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    for name in ("unclaimed", "claims", "payments"):
        page.show_wanted(name)
        settle()
        page.setFocus()
        seen = {focused()}
        for _step in range(40):
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
            seen.add(focused())
        assert page.tabs.tabBar() in seen, name
    assert page.payments.parts.buttons[page.payments.parts.part] in seen


def the_focus_comes_to_where_the_work_of_a_tab_begins(page: ClaimsPage, settle: Callable[[], None]) -> None:
    page.window().activateWindow()
    for name, view in page.views.items():
        page.show_wanted(name)
        settle()
        page.setFocus()
        assert focused() is not view, name
        assert view.isAncestorOf(focused()), name
        assert focused().isVisible(), name
