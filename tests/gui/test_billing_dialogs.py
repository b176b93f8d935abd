"""Who claims, who pays and how documents are made, filled in in the window; and what is lacking to issue one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.billing_rules import BillingRulesDialog
from kvalitetsapp.gui.dialogs.receiver_details import ReceiverDetailsDialog
from kvalitetsapp.gui.widgets.bases_view import BasesView
from kvalitetsapp.services import billing
from support import issued_store, made_claims, made_documents, pages, reviewing
from support.keys import focused, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog, QWidget
    from pytestqt.qtbot import QtBot

    DialogT = TypeVar("DialogT", bound=QDialog)

CTRL = Qt.KeyboardModifier.ControlModifier
FIRST = 1  # the claim of the store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a closed store with an approved claim where nobody has told how documents are made."""
    with reviewing.make(tmp_path) as workspace:
        assert made_claims.approved(workspace, 100_00) == FIRST
        return workspace.path


@pytest.fixture
def view(qtbot: QtBot, path: Path) -> Iterator[BasesView]:
    with pages.shown(qtbot, BasesView, path) as each:
        yield each


def dialog(within: QWidget, kind: type[DialogT], view: BasesView, qtbot: QtBot) -> DialogT:
    (found,) = [each for each in within.findChildren(kind) if each.isVisible()]
    qtbot.waitUntil(found.isActiveWindow)
    pages.settle(qtbot, view)
    return found


def fill_in_issuer(asked: BillingRulesDialog) -> None:
    asked.issuer.show_party(made_documents.ISSUER)
    asked.f_tax.setChecked(made_documents.ISSUER.f_tax)


def test_the_rules_are_filled_in_and_what_cannot_be_right_stands_at_its_field(
    view: BasesView, path: Path, qtbot: QtBot
) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_K, view.rules)
    asked = dialog(view, BillingRulesDialog, view, qtbot)
    assert focused() is asked.issuer.edit("name")
    fill_in_issuer(asked)
    asked.issuer.edit("org_number").setText("123")
    asked.issuer.edit("bankgiro").setText("1234567")
    asked.days.set_days(366)
    asked.save.click()
    pages.settle(qtbot, view)
    wrong = {name: field.wrong.text() for name, field in asked.issuer.fields.items() if field.wrong.text()}
    assert list(wrong) == ["org_number", "bankgiro"]
    assert asked.place_of("payment_days") is not None
    assert [place.wrong.text() for place in asked.places()][-2:] == ["Ange mellan 0 och 365 dagar.", ""]
    assert focused() is asked.issuer.edit("org_number")
    asked.issuer.edit("org_number").setText("232100-9991")
    asked.issuer.edit("bankgiro").setText("991-2346")
    asked.days.set_days(20)
    asked.vat_category.setCurrentIndex(1)
    asked.reason.setPlainText("Utanför momsen\nenligt ekonomi")
    asked.four_eyes.setChecked(False)
    QTest.keyClick(asked.issuer.edit("name"), Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    view.runner.close()
    with issued_store.reopened(path) as workspace:
        kept = billing.rules(workspace)
    assert kept.issuer == made_documents.ISSUER
    assert (kept.vat_category, kept.vat_reason) == (VatCategory.OUTSIDE, "Utanför momsen enligt ekonomi")
    assert (kept.payment_days, kept.reminder_days, kept.four_eyes) == (20, 10, False)


def test_a_provider_is_filled_in_and_another_asks_before_it_throws_away(
    view: BasesView, path: Path, qtbot: QtBot
) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_V, view.details)
    asked = dialog(view, ReceiverDetailsDialog, view, qtbot)
    assert [asked.provider.itemText(place) for place in range(asked.provider.count())] == ["Fjällkliniken"]
    asked.fields.show_party(replace(made_documents.RECEIVER, email="ingen adress"))
    asked.save.click()
    pages.settle(qtbot, view)
    assert asked.fields.fields["email"].wrong.text() == "E-postadressen skrivs namn@plats.se."
    assert focused() is asked.fields.edit("email")
    asked.fields.edit("email").clear()
    type_text(asked.fields.edit("email"), made_documents.RECEIVER.email)
    QTest.keyClick(asked.fields.edit("email"), Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    view.runner.close()
    with issued_store.reopened(path) as workspace:
        assert billing.receiver(workspace, "P01") == made_documents.RECEIVER


def test_what_is_typed_of_one_provider_is_not_lost_by_choosing_another(qtbot: QtBot, county: Path) -> None:
    with pages.shown(qtbot, BasesView, county) as view:
        view.details.click()
        asked = dialog(view, ReceiverDetailsDialog, view, qtbot)
        first, other = asked.provider.currentIndex(), asked.provider.currentIndex() + 1
        asked.provider.setCurrentIndex(other)
        assert asked.fields.edit("name").text() == asked.provider.itemText(other)
        asked.provider.setCurrentIndex(first)
        asked.fields.edit("buyer_reference").setText("REF-1")
        with messages.answering(False):  # noqa: FBT003 - no
            asked.provider.setCurrentIndex(other)
        assert (asked.provider.currentIndex(), asked.fields.edit("buyer_reference").text()) == (first, "REF-1")
        with messages.answering(True):  # noqa: FBT003 - yes
            asked.provider.setCurrentIndex(other)
        assert (asked.provider.currentIndex(), asked.fields.edit("buyer_reference").text()) == (other, "")
        asked.reject()


def test_what_is_lacking_to_issue_is_filled_in_from_there(view: BasesView, qtbot: QtBot) -> None:
    asked = view.issue((FIRST,))
    pages.settle(qtbot, view)
    assert "Utställaren: Bankgirot saknas." in asked.wrong.text()
    assert "Mottagaren: Köparens referens eller ordernummer krävs." in asked.wrong.text()
    assert not asked.save.isEnabled()
    asked.rules.click()
    rules = dialog(asked, BillingRulesDialog, view, qtbot)
    fill_in_issuer(rules)
    rules.save.click()
    qtbot.waitUntil(lambda: not asked.rules.isVisible())
    assert "Utställaren" not in asked.wrong.text()
    asked.details.click()
    details = dialog(asked, ReceiverDetailsDialog, view, qtbot)
    details.fields.show_party(made_documents.RECEIVER)
    details.save.click()
    qtbot.waitUntil(asked.save.isEnabled)
    assert not asked.wrong.isVisible()
    assert asked.receiver.text().startswith("Fjällkliniken AB, 556999-9997")
    asked.reject()
