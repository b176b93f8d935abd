"""Anteckningar: comments, actions and follow-ups are written, done and taken out of the report in the window."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.provider_note import NoteOnProvider, followed_table, state_of
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.note_done import NoteDoneDialog
from kvalitetsapp.gui.dialogs.write_note import WriteNoteDialog
from kvalitetsapp.gui.widgets.provider_notes_view import ProviderNotesView
from support import pages
from support.keys import press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TODAY = date(2026, 3, 2)


@pytest.fixture
def view(qtbot: QtBot, leaving_store: Path) -> Iterator[ProviderNotesView]:
    with pages.shown(qtbot, ProviderNotesView, leaving_store) as each:
        each.show_wanted("P01")
        pages.settle(qtbot, each)
        yield each


def write(view: ProviderNotesView, qtbot: QtBot, kind: ProviderNote, text: str) -> WriteNoteDialog:
    """Open the dialog and fill in a kind and a text."""
    press_mnemonic(qtbot, view, Qt.Key.Key_N, view.write)
    (asked,) = [each for each in view.findChildren(WriteNoteDialog) if each.isVisible()]
    pages.settle(qtbot, view)
    asked.kind.setCurrentIndex(asked.kind.findData(kind.value))
    type_text(asked.text.edit, text)
    return asked


def save(view: ProviderNotesView, qtbot: QtBot, asked: WriteNoteDialog | NoteDoneDialog) -> None:
    with qtbot.waitSignal(view.told):
        asked.save.click()
    pages.settle(qtbot, view)


def states(view: ProviderNotesView) -> list[object]:
    return [row["state"] for row in view.table.model.table.records()]


def test_an_action_is_written_becomes_late_is_followed_up_and_done(view: ProviderNotesView, qtbot: QtBot) -> None:
    assert view._stack.is_empty
    asked = write(view, qtbot, ProviderNote.ACTION, "Ny rutin")
    asked.responsible.setText("B. Exempel")
    today = asked.said_on.day()
    asked.said_on.set_day(today - timedelta(days=3))
    asked.due_on.set_day(today - timedelta(days=2))
    save(view, qtbot, asked)
    assert states(view) == ["▲ 2 dagar sen"]
    asked = write(view, qtbot, ProviderNote.FOLLOW_UP, "Införd på en enhet")
    assert not asked.responsible.isVisible()
    save(view, qtbot, asked)
    view.table.choose_row(1)
    assert "Införd på en enhet" in view.facts.toPlainText()
    press_mnemonic(qtbot, view, Qt.Key.Key_K, view.done)
    (done,) = [each for each in view.findChildren(NoteDoneDialog) if each.isVisible()]
    pages.settle(qtbot, view)
    save(view, qtbot, done)
    assert str(states(view)[1]).startswith("✓ Klar ")
    assert not view.done.isEnabled()


def test_a_note_with_a_personal_number_is_not_kept_and_a_comment_can_be_taken_out(
    view: ProviderNotesView, qtbot: QtBot
) -> None:
    asked = write(view, qtbot, ProviderNote.COMMENT, "Se 19121212-1212")
    assert asked.kind.findData(ProviderNote.FOLLOW_UP.value) == -1, "there is nothing to follow up"
    asked.save.click()
    assert "personnummer" in asked.text.wrong.text()
    asked.text.set_text("Vi har bytt rutin")
    save(view, qtbot, asked)
    assert not view.done.isEnabled()
    with messages.answering("ja"):
        press_mnemonic(qtbot, view, Qt.Key.Key_T, view.withdraw)
    pages.settle(qtbot, view)
    assert view._stack.is_empty


def test_notes_are_of_one_provider_and_in_parts(view: ProviderNotesView, qtbot: QtBot) -> None:
    save(view, qtbot, write(view, qtbot, ProviderNote.COMMENT, "Vi har bytt rutin"))
    view.parts.buttons[ProviderNote.ACTION].click()
    assert view.table.model.rowCount() == 0
    assert view.facts.toPlainText() == "Ingen anteckning är vald."
    view.show_wanted("OWN")
    pages.settle(qtbot, view)
    assert view._stack.is_empty


def note(kind: ProviderNote, due_on: date | None = None, done_on: date | None = None) -> NoteOnProvider:
    return NoteOnProvider(1, "P01", kind, "Text", "", due_on, done_on, 0, TODAY, "Anna")


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (note(ProviderNote.COMMENT), ""),
        (note(ProviderNote.ACTION), "Pågår"),
        (note(ProviderNote.ACTION, TODAY), "Pågår"),
        (note(ProviderNote.ACTION, TODAY - timedelta(days=1)), "▲ 1 dag sen"),
        (note(ProviderNote.ACTION, TODAY - timedelta(days=1), TODAY), "✓ Klar 2026-03-02"),
    ],
)
def test_how_an_action_stands_is_told_by_sign_and_word(one: NoteOnProvider, told: str) -> None:
    assert state_of(one, TODAY) == told
    assert followed_table([one], TODAY).records()[0]["state"] == told
