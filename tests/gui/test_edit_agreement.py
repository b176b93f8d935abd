"""Agreements made, changed, verified and ended in the window: over a real store, with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from kvalitetsapp.domain.agreement_form import form_of
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.agreement_steps import (
    AgreementHistoryDialog,
    EndAgreementDialog,
    VerifyAgreementDialog,
)
from kvalitetsapp.gui.dialogs.edit_agreement import EditAgreementDialog
from kvalitetsapp.gui.pages.agreements_page import AgreementsPage
from kvalitetsapp.services import agreement_edits
from kvalitetsapp.store.agreements import of_id
from support import drawn_claims, pages
from support.county_store import opened
from support.keys import focused, press, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.agreement import Agreement

ID = "a-hoft-kna-2014"


@pytest.fixture
def page(qtbot: QtBot, county_copy: Path) -> Iterator[AgreementsPage]:
    with pages.shown(qtbot, AgreementsPage, county_copy) as each:
        each.show_wanted(ID)
        yield each
        for dialog in dialogs(each):
            dialog.close()
        pages.settle(qtbot, each)


def dialogs(page: AgreementsPage) -> list[QDialog]:
    kinds = (EditAgreementDialog, VerifyAgreementDialog, EndAgreementDialog, AgreementHistoryDialog)
    return [one for kind in kinds for one in page.findChildren(kind) if one.isVisible()]


def edit(qtbot: QtBot, page: AgreementsPage, key: Qt.Key = Qt.Key.Key_Adiaeresis) -> EditAgreementDialog:
    press_mnemonic(qtbot, page, key, page.new if key is Qt.Key.Key_N else page.change)
    return ready(qtbot, page, EditAgreementDialog)


def ready(qtbot: QtBot, page: AgreementsPage, kind: type) -> EditAgreementDialog:
    pages.settle(qtbot, page)
    (dialog,) = dialogs(page)
    assert isinstance(dialog, kind)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog  # type: ignore[return-value]


def effect_of(qtbot: QtBot, page: AgreementsPage, dialog: EditAgreementDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._pause.isActive(), timeout=pages.PATIENCE_MS)
    pages.settle(qtbot, page)


def save(qtbot: QtBot, page: AgreementsPage, dialog: QDialog) -> None:
    press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.save.click() if dialog.isVisible() and not page.runner.is_busy else None  # type: ignore[attr-defined]
    pages.settle(qtbot, page)


def stored(path: Path, agreement_id: str = ID) -> Agreement | None:
    with opened(path, write=False) as workspace:
        return of_id(workspace.store, agreement_id)


def typed(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def test_what_is_shown_and_not_touched_is_the_agreement_as_it_is(
    qtbot: QtBot, page: AgreementsPage, county_copy: Path
) -> None:
    dialog = edit(qtbot, page)
    was = stored(county_copy)
    assert was is not None
    assert dialog.fields.form() == form_of(was)
    assert not dialog.fields.texts["agreement_id"].isEnabled()


def test_the_effect_is_shown_before_anything_is_saved(qtbot: QtBot, page: AgreementsPage, county_copy: Path) -> None:
    dialog = edit(qtbot, page)
    typed(dialog.fields.texts["cap"], "50000")
    assert "Räknar" in dialog.effect.state.text()
    effect_of(qtbot, page, dialog)
    assert dialog.effect.tabs.isVisible()
    assert "→" in dialog.effect.sums.toPlainText()
    shown = dialog.effect.sums.toPlainText()
    dialog.effect.potential.click()
    assert dialog.effect.sums.toPlainText() != shown
    assert "ändras" in dialog.effect.tabs.tabText(1)
    was = stored(county_copy)
    assert was is not None
    assert was.cap != 50_000_00


def test_a_changed_agreement_is_saved_with_the_reason_and_shown(
    qtbot: QtBot, page: AgreementsPage, county_copy: Path
) -> None:
    dialog = edit(qtbot, page)
    typed(dialog.fields.texts["cap"], "175 000,50")
    reason = dialog.reason.field
    assert isinstance(reason, QLineEdit)
    typed(reason, "Nytt tak enligt tilläggsavtal")
    save(qtbot, page, dialog)
    assert dialogs(page) == []
    assert "Tak\n175 000,50 kr" in page.facts.toPlainText()
    now = stored(county_copy)
    assert now is not None
    assert (now.cap, now.verified) == (175_000_50, False)
    assert page.warning.isVisible()


def test_faults_stand_at_their_fields_and_the_first_has_the_focus(qtbot: QtBot, page: AgreementsPage) -> None:
    dialog = edit(qtbot, page)
    typed(dialog.fields.texts["cap"], "200.000")
    typed(dialog.fields.warranties.cards[0].days, "två år")
    save(qtbot, page, dialog)
    assert "två sätt" in dialog.fields.fields["cap"].wrong.text()
    assert "antal dagar" in dialog.fields.warranties.cards[0].fields["days"].wrong.text()
    assert dialog.reason.wrong.isVisible()
    assert focused() is dialog.fields.texts["cap"]
    assert focused().accessibleDescription() == dialog.fields.fields["cap"].wrong.text()
    effect_of(qtbot, page, dialog)
    assert "fält" in dialog.effect.state.text()
    typed(dialog.fields.texts["cap"], "200000")
    save(qtbot, page, dialog)
    assert not dialog.fields.fields["cap"].wrong.isVisible()


def test_r12_an_overlap_and_a_cap_that_is_used_are_told_at_the_field(qtbot: QtBot, county_copy: Path) -> None:
    with opened(county_copy) as workspace:
        event = drawn_claims.draw(workspace, 40_000_00)
    with pages.shown(qtbot, AgreementsPage, county_copy) as page:
        page.show_wanted(event["agreement_id"])
        dialog = edit(qtbot, page)
        typed(dialog.fields.texts["cap"], "30000")
        save(qtbot, page, dialog)
        assert "40\u00a0000,00\u00a0kr" in dialog.fields.fields["cap"].wrong.text()
        dialog.reject()
        page.show_wanted(ID)
        dialog = edit(qtbot, page)
        dialog.fields.validity.no_end.click()
        save(qtbot, page, dialog)
        assert "a-hoft-kna-2020" in dialog.fields.fields["valid_from"].wrong.text()
        dialog.reject()
        pages.settle(qtbot, page)


def test_a_new_agreement_is_typed_with_the_keyboard_alone(
    qtbot: QtBot, page: AgreementsPage, county_copy: Path
) -> None:
    dialog = edit(qtbot, page, Qt.Key.Key_N)
    assert focused() is dialog.fields.texts["agreement_id"]
    type_text(focused(), "axel-2010")
    tab_to(dialog.fields.providers)
    press(focused(), Qt.Key.Key_Space)
    tab_to(dialog.fields.joints)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Space)
    tab_to(dialog.fields.payer_routes)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Space)
    tab_to(dialog.fields.texts["cap"])
    type_text(focused(), "200000")
    tab_to(dialog.fields.warranties.cards[0].days)
    type_text(focused(), "730")
    save(qtbot, page, dialog)
    assert dialogs(page) == []
    made = stored(county_copy, "axel-2010")
    assert made is not None
    assert (made.joints, made.payer_routes, made.cap) == (("shoulder",), ("contract",), 200_000_00)
    assert made.warranties[0].classes == ("*",)
    assert page.name.text() == "axel-2010"


def tab_to(field: object) -> None:
    passed = []
    for _press in range(60):
        if QApplication.focusWidget() is field:
            return
        passed.append(focused().accessibleName() or type(focused()).__name__)
        press(focused(), Qt.Key.Key_Tab)
    raise AssertionError(passed)


def test_warranties_are_added_and_taken_away(qtbot: QtBot, page: AgreementsPage) -> None:
    dialog = edit(qtbot, page)
    before = dialog.fields.warranties.warranties()
    press_mnemonic(qtbot, dialog, Qt.Key.Key_G, dialog.fields.warranties.add)
    assert focused() is dialog.fields.warranties.cards[-1].classes
    assert len(dialog.fields.warranties.warranties()) == len(before) + 1
    dialog.fields.warranties.cards[-1].remove.click()
    assert dialog.fields.warranties.warranties() == before
    for card in list(dialog.fields.warranties.cards):
        card.remove.click()
    save(qtbot, page, dialog)
    assert "garanti" in dialog.fields.warranties.wrong.text()


def test_the_card_tells_what_is_agreed_and_who_verified_it(page: AgreementsPage, qtbot: QtBot, tmp_path: Path) -> None:
    operations_without_agreement_are_told(page)
    all_agreements_are_written_to_a_file(qtbot, page, tmp_path)
    verified_by_whom_and_when_stands_on_the_card(qtbot, page)


def verified_by_whom_and_when_stands_on_the_card(qtbot: QtBot, page: AgreementsPage) -> None:
    page.show_wanted("a-hoft-kna-2020")
    assert page.warning.isVisible()
    press_mnemonic(qtbot, page, Qt.Key.Key_L, page.verify)
    dialog = ready(qtbot, page, VerifyAgreementDialog)
    dialog.save.click()
    pages.settle(qtbot, page)
    assert not page.warning.isVisible()
    assert page.runner.store is not None
    assert page.runner.store.user in page.verified.text()


def test_an_agreement_is_ended_and_its_history_tells_why(
    qtbot: QtBot, page: AgreementsPage, county_copy: Path
) -> None:
    press_mnemonic(qtbot, page, Qt.Key.Key_V, page.end)
    dialog = ready(qtbot, page, EndAgreementDialog)
    assert isinstance(dialog, EndAgreementDialog)
    dialog.save.click()
    pages.settle(qtbot, page)
    assert dialog.reason.wrong.isVisible()
    typed(dialog.why, "Uppsagt")
    dialog.last_day.setDate(dialog.last_day.date().addYears(-1))
    dialog.save.click()
    pages.settle(qtbot, page)
    press_mnemonic(qtbot, page, Qt.Key.Key_H, page.history)
    shown = ready(qtbot, page, AgreementHistoryDialog)
    assert isinstance(shown, AgreementHistoryDialog)
    text = shown.facts.toPlainText()
    assert "Uppsagt" in text
    assert "Var: " in text
    assert "Inläst med import" in text
    with opened(county_copy, write=False) as workspace:
        assert len(agreement_edits.history(workspace, ID)) == 2


def operations_without_agreement_are_told(page: AgreementsPage) -> None:
    assert "hör inte till något avtal" in page.gaps_notice.text()
    assert "Operationer utan avtal hos samma vårdgivare" in page.facts.toPlainText()


def all_agreements_are_written_to_a_file(qtbot: QtBot, page: AgreementsPage, tmp_path: Path) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    with messages.answering(str(tmp_path / "ut.toml")):
        page.export.click()
    pages.settle(qtbot, page)
    assert (tmp_path / "ut.toml").read_text(encoding="utf-8").count("[[agreement]]") == len(page._cards)
    assert told == [f"{len(page._cards)} avtal skrivna till ut.toml"]


def test_a_store_that_is_only_read_lets_nothing_be_changed(qtbot: QtBot, county_store: Path) -> None:
    with pages.shown(qtbot, AgreementsPage, county_store, write=False) as page:
        enabled = [one.isEnabled() for one in (page.new, page.change, page.verify, page.end, page.export)]
        assert not any(enabled)
        assert page.history.isEnabled()
