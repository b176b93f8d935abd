"""Logg, Loggkontroll and Gallring in the window: searching, extract, from sample to signature, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kvalitetsapp.domain import access_log as domain
from kvalitetsapp.domain.access_log import LogQuery
from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.audit_words import LogFinding, LogOutcome
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.decide_retention import EraseDialog, KeepDialog
from kvalitetsapp.gui.dialogs.draw_sample import DrawSampleDialog
from kvalitetsapp.gui.dialogs.extract_log import ExtractLogDialog
from kvalitetsapp.gui.dialogs.log_check_rule import LogCheckRuleDialog
from kvalitetsapp.gui.dialogs.sign_log_check import SignLogCheckDialog
from kvalitetsapp.gui.widgets.access_log_view import AccessLogView
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.log_checks_view import LogChecksView
from kvalitetsapp.gui.widgets.retention_view import RetentionView
from kvalitetsapp.services import access_log, log_checks, retention, reviews
from support import logged_store, pages, reviewing
from support.county_store import opened
from support.logged_store import PERSON
from support.reviewing import BO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog, QWidget
    from pytestqt.qtbot import QtBot

    DialogT = TypeVar("DialogT", bound=QDialog)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with logged_store.make(tmp_path) as made:
        reviews.keep_draft(made, reviewing.event(made, "bok/3").key, Answer(comment="påbörjat"))
        with made.store.transaction():
            made.store.write("UPDATE review_drafts SET kept_at = '2015-03-31T08:30:15+02:00'")
        return made.path


@pytest.fixture
def view(qtbot: QtBot, path: Path) -> Iterator[AccessLogView]:
    with pages.shown(qtbot, AccessLogView, path) as each:
        yield each


@pytest.fixture
def checks(qtbot: QtBot, path: Path) -> Iterator[LogChecksView]:
    with pages.shown(qtbot, LogChecksView, path) as each:
        yield each


def dialog(parent: QWidget, kind: type[DialogT], qtbot: QtBot) -> DialogT:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in parent.findChildren(kind)))
    (found,) = [each for each in parent.findChildren(kind) if each.isVisible()]
    return found


def test_a_patient_is_searched_for_by_keyboard_and_shown_masked(view: AccessLogView, qtbot: QtBot) -> None:
    everything = view.table.model.rowCount()
    assert view.told_of.text() == f"Visar {everything} av {everything} poster."
    view.focus_find()
    QTest.keyClicks(view.filters.patient, "19681209-9874")
    QTest.keyClick(view.filters.patient, Qt.Key.Key_Return)
    pages.settle(qtbot, view)
    assert 0 < view.table.model.rowCount() < everything
    column = view.table.model.table.names().index("patient")
    shown = [view.table.model.text(row, column) for row in range(view.table.model.rowCount())]
    assert all(text.startswith("19681209-••••") for text in shown)
    assert PERSON not in view.facts.toPlainText()
    QTest.keyPress(view, Qt.Key.Key_Control)
    assert PERSON in view.facts.toPlainText()
    QTest.keyRelease(view, Qt.Key.Key_Control)
    assert PERSON not in view.facts.toPlainText()


def test_the_log_is_narrowed_and_cleared(view: AccessLogView, qtbot: QtBot) -> None:
    everything = view.table.model.rowCount()
    view.filters.user.setCurrentIndex(view.filters.user.findData(BO))
    view.filters.user.activated.emit(0)
    pages.settle(qtbot, view)
    assert {one.who for one in view._rows} == {BO}
    for days in (1, 7, -1):
        view.filters.period.setCurrentIndex(view.filters.period.findData(days))
        assert view.filters.days.isVisibleTo(view) == (days == -1)
        assert view.filters.query().last is not None
    view.filters.clear.click()
    pages.settle(qtbot, view)
    assert view.table.model.rowCount() >= everything
    assert view.filters.query() == LogQuery()


def test_older_and_newer_pages_are_gone_through(
    view: AccessLogView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = access_log.page
    monkeypatch.setattr(access_log, "page", lambda *given, **told: page(*given, **told, limit=5))
    view.mark_stale()
    pages.settle(qtbot, view)
    first = [one.entry for one in view._rows]
    assert not view.newer.isEnabled()
    view.older.click()
    pages.settle(qtbot, view)
    assert [one.entry for one in view._rows] == list(range(first[-1] - 1, first[-1] - 6, -1))
    view.newer.click()
    pages.settle(qtbot, view)
    assert [one.entry for one in view._rows] == first


def test_a_number_that_is_none_is_told(view: AccessLogView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.runner.failed):
        view.show_wanted("1,97E+11")
    assert view.told_of.text() == ""


def test_an_extract_is_written_for_the_patient_that_is_searched_for(
    view: AccessLogView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.show_wanted(PERSON)
    pages.settle(qtbot, view)
    view.extract.click()
    form = dialog(view, ExtractLogDialog, qtbot)
    assert form.patient.text() == PERSON
    form.folder.path_field.set_path(tmp_path)
    form.with_csv.setChecked(True)
    with qtbot.waitSignal(form.saved):
        form.save.click()
    written = sorted(file.suffix for file in tmp_path.glob("Loggutdrag*"))
    assert written == [".csv", ".pdf"]
    assert all(PERSON not in file.name for file in tmp_path.iterdir())
    pages.settle(qtbot, view)


def test_a_sample_is_drawn_judged_and_signed(checks: LogChecksView, qtbot: QtBot, tmp_path: Path) -> None:
    assert checks.due.text().startswith("Nästa kontroll senast")
    checks.new.click()
    wish = dialog(checks, DrawSampleDialog, qtbot)
    wish.size_of.setCurrentIndex(0)
    with qtbot.waitSignal(wish.saved):
        wish.save.click()
    form = dialog(checks, SignLogCheckDialog, qtbot)
    count = len(form._sample.entries)
    assert PERSON not in form.explained.text()
    form.save.click()
    assert form.wrong.text() == f"{count} poster är inte bedömda."
    form.table.choose_row(1)
    form.buttons[LogFinding.UNCLEAR].click()
    form.note_of.setText("frågas")
    form.note_of.editingFinished.emit()
    form.rest.click()
    assert form.left.text() == f"{count} av {count} poster är bedömda."
    form.role.set_text("loggkontrollant")
    form.save.click()
    assert "välj ett annat utfall" in form.wrong.text()
    form.outcome.setCurrentIndex(form.outcome.findData(LogOutcome.FOLLOW_UP.value))
    form.note.set_text("Användaren tillfrågas.")
    with qtbot.waitSignal(form.saved):
        form.save.click()
    pages.settle(qtbot, checks)
    (check,) = checks._rows
    assert check.count(LogFinding.UNCLEAR) == 1
    assert checks.entries.model.rowCount() == count
    with messages.answering(str(tmp_path / "k.pdf")), qtbot.waitSignal(checks.told):
        checks.printing.click()
    assert (tmp_path / "k.pdf").is_file()


def test_how_often_is_set_and_a_late_check_is_told(checks: LogChecksView, qtbot: QtBot) -> None:
    checks.rule.click()
    form = dialog(checks, LogCheckRuleDialog, qtbot)
    form.days.set_days(7)
    with qtbot.waitSignal(form.saved):
        form.save.click()
    pages.settle(qtbot, checks)
    assert checks._due is not None
    assert checks._due.days == 7


def test_what_is_old_is_kept_or_erased_on_a_decision(qtbot: QtBot, path: Path) -> None:
    with pages.shown(qtbot, RetentionView, path) as view:
        assert [one.kind.value for one in view._rows] == ["drafts"]
        view.keep.click()
        keeping = dialog(view, KeepDialog, qtbot)
        keeping.save.click()
        assert not keeping.reason.wrong.isHidden()
        keeping.reason.set_text("Behövs")
        with qtbot.waitSignal(keeping.saved):
            keeping.save.click()
        pages.settle(qtbot, view)
        assert "Behövs" in view.facts.toPlainText()
        view.erase.click()
        erasing = dialog(view, EraseDialog, qtbot)
        erasing.reason.set_text("Enligt planen")
        with messages.answering(*(True,)), qtbot.waitSignal(erasing.saved):
            erasing.save.click()
        pages.settle(qtbot, view)
        assert view._rows == ()
        assert view.decisions.model.rowCount() == 2
    with opened(path) as workspace:
        assert retention.proposals(workspace) == ()
        assert log_checks.checks(workspace) == ()


def test_the_table_has_a_column_for_everything_that_an_entry_tells(view: AccessLogView) -> None:
    assert view.table.model.table.names() == [column.name for column in domain.LOG]
    assert isinstance(view.table, DataTable)
    assert QGuiApplication.clipboard() is not None
