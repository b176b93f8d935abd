"""Underlag: what is to be sent, unpaid and late, each document in full, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.issue_basis import IssueBasisDialog
from kvalitetsapp.gui.widgets.ageing_view import AgeingView
from kvalitetsapp.gui.widgets.bases_view import LATE, TO_SEND, UNPAID, BasesView
from kvalitetsapp.gui.widgets.rows_view import ALL
from kvalitetsapp.services import bases, reminders
from support import issued_store, pages, reviewing
from support.keys import press_mnemonic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from support.issued_store import IssuedStore


@pytest.fixture
def made(tmp_path: Path) -> IssuedStore:
    return issued_store.make(tmp_path)


@pytest.fixture
def view(qtbot: QtBot, made: IssuedStore) -> Iterator[BasesView]:
    with pages.shown(qtbot, BasesView, made.path) as each:
        yield each


def numbers(view: BasesView) -> list[object]:
    return [row["basis_number"] for row in view.table.model.table.records()]


def told(view: BasesView) -> str:
    return f"{view.said.toPlainText()}\n{view.after.toPlainText()}".replace("\u00a0", " ")


def enabled(view: BasesView) -> list[bool]:
    return [one.isEnabled() for one in (view.files, view.sent, view.legal, view.credit, view.letter)]


def test_each_part_has_its_documents_and_their_number(view: BasesView, made: IssuedStore) -> None:
    texts = [button.text() for button in view.parts.buttons.values()]
    assert texts == ["Att skicka  2", "Obetalda  2", "Förfallna  1", "Alla  3"]
    assert numbers(view) == [made.new, made.credit_note]
    found = {}
    for part in (UNPAID, LATE, ALL):
        view.parts.buttons[part].click()
        found[part] = numbers(view)
    assert found[UNPAID] == [made.new, made.followed]
    assert found[LATE] == [made.followed]
    assert found[ALL] == [made.new, made.credit_note, made.followed]
    assert view.sums.text().replace("\u00a0", " ") == (
        "3 underlag   ·   1 850,50 kr   ·   krediterat 400,00 kr   ·   betalt 300,00 kr   ·   öppet 1 150,50 kr"
    )


def test_the_chosen_document_is_told_in_full(view: BasesView, made: IssuedStore) -> None:
    view.show_wanted(made.followed)
    text = told(view)
    assert "krav K-2026-00001 rad 1: 1 000,00 kr\nkrediterat 400,00 kr\nbetalt 300,00 kr" in text
    assert f"{made.credit_note}: 400,00 kr" in text
    assert f"{made.followed}-specifikation.pdf" in text
    assert "Fjällkliniken AB, Säker e-post\nUppföljning enligt avtal" in text
    assert "Fakturanummer från ekonomisystemet" in text
    assert "300,00 kr av betalning nr 1" in text
    view.show_wanted(made.credit_note)
    assert f"{made.followed} av den 2026-01-20" in told(view)
    assert "Fel pris. Priset avsåg fel år" in told(view)


def test_buttons_are_on_exactly_where_they_do_something(view: BasesView, made: IssuedStore) -> None:
    view.show_wanted(made.new)
    assert enabled(view) == [True, True, True, True, False]
    view.show_wanted(made.credit_note)
    assert enabled(view) == [True, True, True, False, False]
    view.table.set_find("finns inte")
    assert enabled(view) == [False] * 5
    assert view.said.toPlainText() == "Inget underlag är valt."
    assert view.rules.isEnabled()


def test_a_store_opened_to_be_read_shows_documents_and_changes_none(qtbot: QtBot, made: IssuedStore) -> None:
    with pages.shown(qtbot, BasesView, made.path, write=False) as view:
        assert numbers(view) == [made.new, made.credit_note]
        assert [*enabled(view), view.rules.isEnabled(), view.details.isEnabled()] == [False] * 7
        dialog = view.issue((made.approved,))
        pages.settle(qtbot, view)
        assert not dialog.save.isEnabled()
        dialog.reject()


def test_without_documents_the_view_says_how_they_come(qtbot: QtBot, tmp_path: Path) -> None:
    reviewing.make(tmp_path).close()
    with pages.shown(qtbot, BasesView, tmp_path / "granskning.kvdb") as view:
        assert view.said.toPlainText().startswith("Inga underlag finns.")
        assert view.parts.part == TO_SEND


def test_claims_are_issued_after_a_question_and_the_document_is_chosen(
    view: BasesView, made: IssuedStore, qtbot: QtBot
) -> None:
    view.show_wanted(ALL)
    said: list[str] = []
    view.told.connect(said.append)
    asked = view.issue((made.approved,))
    pages.settle(qtbot, view)
    assert asked.amount.text().replace("\u00a0", " ") == "70,00 kr, 1 krav"
    assert asked.receiver.text() == "Fjällkliniken AB, 556999-9997, Vårdvägen 3, 111 22 Stockholm"
    assert [row["claim_number"] for row in asked.lines.model.table.records()] == ["K-2026-00003"]
    assert asked.lacking.isHidden()
    with messages.answering(False):  # noqa: FBT003 - no
        asked.save.click()
    assert asked.isVisible()
    with messages.answering(True):  # noqa: FBT003 - yes
        asked.save.click()
    pages.settle(qtbot, view)
    chosen = view.current()
    assert chosen is not None
    assert (view.parts.part, chosen.basis.amount) == (TO_SEND, 70_00)
    assert said == [f"Underlaget {chosen.basis.number} är utställt."]


def test_what_is_already_issued_is_refused_in_the_dialog(view: BasesView, qtbot: QtBot) -> None:
    asked = view.issue((1,))
    pages.settle(qtbot, view)
    assert isinstance(asked, IssueBasisDialog)
    assert asked.wrong.text() == "Kravet K-2026-00001 är skickat. Bara godkända krav kan ställas ut."
    assert not asked.save.isEnabled()
    assert (asked.rules.isHidden(), asked.details.isHidden()) == (True, True)
    asked.reject()


def test_the_letter_is_written_when_a_reminder_is_registered_and_again_from_the_document(
    qtbot: QtBot, made: IssuedStore, tmp_path: Path
) -> None:
    letter = tmp_path / f"{made.followed}-paminnelse-1.pdf"
    with pages.shown(qtbot, AgeingView, made.path) as ages, messages.answering(True, True, str(tmp_path)):  # noqa: FBT003
        said: list[str] = []
        ages.told.connect(said.append)
        ages.remind.click()
        qtbot.waitUntil(lambda: len(said) > 1)
        assert said[1] == f"Påminnelsen är skriven till {letter}."
    before = letter.read_bytes()
    letter.unlink()
    with pages.shown(qtbot, BasesView, made.path) as view:
        view.show_wanted(made.followed)
        assert "550,50 kr, betalas senast" in told(view)
        with messages.answering(str(tmp_path)):
            press_mnemonic(qtbot, view, Qt.Key.Key_P, view.letter)
        pages.settle(qtbot, view)
    assert letter.read_bytes() == before
    with issued_store.reopened(made.path) as workspace:
        assert reminders.due(workspace) == ()
        assert bases.view(workspace, made.followed).steps[-1].kind.value == "reminder"
