"""Betalningar and Obetalt: typed, read from a file, placed, taken off and reminded of in the window."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.import_payments import ImportPaymentsDialog
from kvalitetsapp.gui.dialogs.place_payment import PlacePaymentDialog
from kvalitetsapp.gui.dialogs.record_payment import RecordPaymentDialog
from kvalitetsapp.gui.dialogs.undo_payment import UnplacePaymentDialog, WithdrawPaymentDialog
from kvalitetsapp.gui.widgets.ageing_view import AgeingView
from kvalitetsapp.gui.widgets.payments_view import PLACED, UNPLACED, PaymentsView
from kvalitetsapp.gui.widgets.rows_view import ALL
from kvalitetsapp.services import payments
from support import pages
from support.claim_year import DatedWorkspace
from support.claims_at_work import asked
from support.county_store import opened
from support.keys import focused, press_mnemonic, type_text
from support.made_bases import MadeBasis, issue, set_status
from support.payment_files import csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.payment import Payment
    from kvalitetsapp.services.workspace import Workspace

    DialogT = TypeVar("DialogT", bound=QDialog)

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(county: Path) -> list[MadeBasis]:
    """Issue three documents, the second half disputed; two payments, one of them placed and with something left."""
    with opened(county) as workspace:
        today = workspace.today
        rows = workspace.store.rows("SELECT provider_id FROM providers WHERE kind = 'private' ORDER BY provider_id")
        (first,), (second,) = rows[:2]
        found = [
            issue(workspace, 84_512_37, issued_on=today - timedelta(days=80), provider=first),
            issue(workspace, 60_000_00, 40_000_00, issued_on=today - timedelta(days=45), provider=first),
            issue(workspace, 200_000_00, issued_on=today - timedelta(days=130), provider=second),
        ]
        set_status(workspace, found[1].lines[0][0], ClaimStatus.DISPUTED, today - timedelta(days=3))
        payments.record(workspace, NewPayment(today, 90_000_00, found[0].number, "Fjällkliniken AB"))
        payments.record(workspace, NewPayment(today, 1_000_00, "utan referens"))
        payments.record(workspace, NewPayment(today, 50_000_00, found[2].number))
    return found


@pytest.fixture
def view(qtbot: QtBot, county: Path, made: list[MadeBasis]) -> Iterator[PaymentsView]:
    with pages.shown(qtbot, PaymentsView, county) as each:
        yield each


@pytest.fixture
def ages(qtbot: QtBot, county: Path, made: list[MadeBasis]) -> Iterator[AgeingView]:
    with pages.shown(qtbot, AgeingView, county) as each:
        yield each


def dialog(view: PaymentsView, kind: type[DialogT], qtbot: QtBot) -> DialogT:
    (found,) = [each for each in view.findChildren(kind) if each.isVisible()]
    qtbot.waitUntil(found.isActiveWindow)
    pages.settle(qtbot, view)
    return found


def stored(view: PaymentsView, county: Path) -> dict[int, Payment]:
    view.runner.close()
    with opened(county) as workspace:
        return {one.payment: one for one in payments.payments(workspace)}


def numbers(view: PaymentsView) -> list[object]:
    return [row["payment"] for row in view.table.model.table.records()]


def choose(view: PaymentsView, number: int) -> None:
    view.table.choose_row(numbers(view).index(number))


def test_what_is_not_placed_stands_first_with_its_sums(view: PaymentsView) -> None:
    assert [button.text() for button in view.parts.buttons.values()] == ["Ej placerade  2", "Placerade  1", "Alla  3"]
    assert numbers(view) == [2, 1]
    assert view.sums.text().replace("\u00a0", " ") == (
        "2 betalningar   ·   91 000,00 kr   ·   placerat 84 512,37 kr   ·   ej placerat 6 487,63 kr"
    )
    view.parts.buttons[PLACED].click()
    assert numbers(view) == [3]
    view.show_wanted(ALL)
    assert numbers(view) == [3, 2, 1]
    assert view.parts.part == ALL


def test_a_payment_is_typed_with_the_keyboard_and_what_is_wrong_stands_at_its_field(
    view: PaymentsView, made: list[MadeBasis], qtbot: QtBot, county: Path
) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_S, view.record)
    asked = dialog(view, RecordPaymentDialog, qtbot)
    assert focused() is asked.amount.edit
    type_text(asked.amount.edit, "1.234")
    assert asked.amount.wrong.text() == "Beloppet kan läsas på två sätt. Skriv till exempel 60000,50."
    assert asked.amount.edit.accessibleDescription() == asked.amount.wrong.text()
    asked.amount.edit.clear()
    asked.save.click()
    assert asked.amount.wrong.text().startswith("Inget belopp")
    type_text(asked.amount.edit, "0")
    assert asked.amount.wrong.text() == "Beloppet är noll. Skriv vad som betalades."
    asked.amount.edit.clear()
    type_text(asked.amount.edit, "40000")
    type_text(asked.payer.edit, "19681209-9874")
    assert asked.payer.wrong.text() == "Betalaren innehåller ett personnummer. Ta bort det."
    asked.payer.edit.clear()
    type_text(asked.reference.edit, made[1].number)
    QTest.keyClick(asked.reference.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    kept = stored(view, county)[4]
    assert (kept.amount, kept.placed) == (40_000_00, 40_000_00)


def test_a_payment_is_placed_by_hand_never_with_more_than_fits(
    view: PaymentsView, made: list[MadeBasis], qtbot: QtBot, county: Path
) -> None:
    choose(view, 2)
    press_mnemonic(qtbot, view, Qt.Key.Key_P, view.place)
    asked = dialog(view, PlacePaymentDialog, qtbot)
    assert [made[2].number in asked.basis.itemText(0), asked.basis.count()] == [True, 2]
    assert asked.amount.text().replace("\u00a0", " ") == "1 000,00"
    asked.amount.set_text("1 000,01")
    assert asked.amount.wrong.text() == "Bara 1\u00a0000,00\u00a0kr är kvar av betalningen."
    asked.save.click()
    assert focused() is asked.amount.edit
    asked.amount.set_text("600")
    QTest.keyClick(asked.amount.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert stored(view, county)[2].left == 400_00


def test_a_placing_is_taken_away_and_a_payment_taken_back_only_with_a_reason(
    view: PaymentsView, qtbot: QtBot, county: Path
) -> None:
    choose(view, 1)
    press_mnemonic(qtbot, view, Qt.Key.Key_B, view.unplace)
    asked = dialog(view, UnplacePaymentDialog, qtbot)
    asked.save.click()
    assert asked.reason.wrong.text() == "Skriv varför. Skälet sparas i loggen."
    type_text(asked.reason.edit, "Hör till ett annat")
    QTest.keyClick(asked.reason.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    choose(view, 2)
    press_mnemonic(qtbot, view, Qt.Key.Key_T, view.withdraw)
    asked_back = dialog(view, WithdrawPaymentDialog, qtbot)
    type_text(asked_back.reason.edit, "Gällde inte oss")
    QTest.keyClick(asked_back.reason.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    kept = stored(view, county)
    assert sorted(kept) == [1, 3]
    assert kept[1].placed == 0


def test_a_file_is_previewed_and_then_taken_in(
    view: PaymentsView, made: list[MadeBasis], qtbot: QtBot, county: Path, tmp_path: Path
) -> None:
    path = csv(tmp_path / "bank.csv", f"2024-02-01;500;{made[2].number};;;", "2024-02-30;1;x;;;")
    with messages.answering(str(path)):
        press_mnemonic(qtbot, view, Qt.Key.Key_L, view.import_it)
    asked = dialog(view, ImportPaymentsDialog, qtbot)
    assert [row["placed"] for row in asked.table.model.table.records()] == [500_00]
    assert "2 rader lästa = 1 nya (500,00\u00a0kr)" in asked.explained.text()
    assert "Rad 3 avvisas, received_on ”2024-02-30”" in asked.remarks.toPlainText()
    said: list[str] = []
    view.told.connect(said.append)
    asked.save.click()
    pages.settle(qtbot, view)
    assert said == ["1 ny betalning inläst"]
    assert stored(view, county)[4].placed == 500_00


def test_a_file_that_is_no_payments_is_refused_in_the_dialog(view: PaymentsView, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "fel.xml"
    path.write_text("<Document><Annat/></Document>", encoding="utf-8")
    with messages.answering(str(path)):
        view.import_it.click()
    asked = dialog(view, ImportPaymentsDialog, qtbot)
    assert asked.wrong.text().startswith("fel.xml är ingen camt.054 utan Annat.")
    assert not asked.save.isEnabled()
    asked.reject()


def test_a_store_opened_to_be_read_shows_payments_and_changes_none(
    qtbot: QtBot, county: Path, made: list[MadeBasis]
) -> None:
    with pages.shown(qtbot, PaymentsView, county, write=False) as view:
        assert numbers(view) == [2, 1]
        buttons = (view.record, view.import_it, view.place, view.unplace, view.withdraw)
        assert not any(button.isEnabled() for button in buttons)
    with pages.shown(qtbot, AgeingView, county, write=False) as ages:
        assert not ages.remind.isEnabled()


def test_without_payments_the_view_says_how_they_come(qtbot: QtBot, county: Path) -> None:
    with pages.shown(qtbot, PaymentsView, county) as view:
        assert view.facts.toPlainText().startswith("Inga betalningar finns.")
        assert view.parts.part == UNPLACED


def test_what_is_owed_is_told_by_age_and_comes_to_the_sum(ages: AgeingView) -> None:
    names = ("bases", "late_1_30", "late_over_90", "disputed", "open")
    rows = sorted(tuple(row[name] for name in names) for row in ages.table.model.table.records())
    assert rows == [(1, 0, 150_000_00, 0, 150_000_00), (1, 40_000_00, 0, 60_000_00, 100_000_00)]
    assert ages.sums.text().replace("\u00a0", " ").startswith("Öppet 250 000,00 kr: ej förfallet 0,00 kr")
    assert "bestritt 60 000,00 kr" in ages.sums.text().replace("\u00a0", " ")


def test_another_day_is_read_when_it_has_been_typed(ages: AgeingView, qtbot: QtBot) -> None:
    ages.as_of.set_day(ages.as_of.day() - timedelta(days=100))
    ages.as_of.editingFinished.emit()
    pages.settle(qtbot, ages)
    assert ages.sums.text().replace("\u00a0", " ").startswith("Öppet 200 000,00 kr: ej förfallet 200 000,00 kr")


def test_what_is_owed_follows_the_calendar_past_midnight_unless_another_day_is_wanted(
    ages: AgeingView, qtbot: QtBot
) -> None:
    before = ages.as_of.day()
    asked(ages, qtbot, lambda workspace: _becomes(workspace, before + timedelta(days=1)))
    ages.refresh()
    pages.settle(qtbot, ages)
    assert ages.as_of.day() == before + timedelta(days=1)
    ages.as_of.set_day(before)
    ages.as_of.editingFinished.emit()
    pages.settle(qtbot, ages)
    ages.refresh()
    pages.settle(qtbot, ages)
    assert ages.as_of.day() == before


def _becomes(workspace: Workspace, day: date) -> None:
    workspace.__class__ = DatedWorkspace
    assert isinstance(workspace, DatedWorkspace)
    workspace.day = day


def test_a_reminder_is_registered_when_it_is_confirmed(ages: AgeingView, qtbot: QtBot) -> None:
    before = len(ages.reminders.model.table.rows)
    reminder = ages.current()
    assert reminder is not None
    with messages.answering(False):  # noqa: FBT003 - no
        ages.remind.click()
    with messages.answering(True, False), qtbot.waitSignal(ages.reminded) as told:  # noqa: FBT003 - yes, no letter
        press_mnemonic(qtbot, ages, Qt.Key.Key_P, ages.remind)
        qtbot.waitUntil(lambda: not ages.runner.is_busy and len(ages.reminders.model.table.rows) < before)
    assert told.args == [reminder]
    assert len(ages.reminders.model.table.rows) == before - 1


def test_everything_that_is_filled_in_has_a_name(view: PaymentsView, qtbot: QtBot) -> None:
    view.record.click()
    asked = dialog(view, RecordPaymentDialog, qtbot)
    fields = (asked.received_on, asked.amount.edit, asked.reference.edit, asked.payer.edit, asked.note.edit)
    assert all(field.accessibleName() for field in (*fields, view.table.view))
    asked.reject()
