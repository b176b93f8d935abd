"""What is done with a document in the window: its files, that it was sent, its invoice number, and credit notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kvalitetsapp.domain.claim_words import DocumentType
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.file_password import SHORTEST
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.basis_sent import BasisSentDialog
from kvalitetsapp.gui.dialogs.credit_basis import CreditBasisDialog
from kvalitetsapp.gui.dialogs.legal_number import LegalNumberDialog
from kvalitetsapp.gui.dialogs.write_basis_files import WriteBasisFilesDialog
from kvalitetsapp.gui.widgets.bases_view import TO_SEND, BasesView
from kvalitetsapp.services import bases
from kvalitetsapp.store import audit, disclosures
from support import issued_store, pages
from support.keys import focused, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.domain.basis import BasisView
    from support.issued_store import IssuedStore

    DialogT = TypeVar("DialogT", bound=QDialog)

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(tmp_path: Path) -> IssuedStore:
    return issued_store.make(tmp_path)


@pytest.fixture
def view(qtbot: QtBot, made: IssuedStore) -> Iterator[BasesView]:
    with pages.shown(qtbot, BasesView, made.path) as each:
        each.show_wanted(made.new)
        yield each


def dialog(view: BasesView, kind: type[DialogT], qtbot: QtBot) -> DialogT:
    (found,) = [each for each in view.findChildren(kind) if each.isVisible()]
    qtbot.waitUntil(found.isActiveWindow)
    pages.settle(qtbot, view)
    return found


def stored(view: BasesView, made: IssuedStore, number: str) -> BasisView:
    view.runner.close()
    with issued_store.reopened(made.path) as workspace:
        return bases.view(workspace, number)


def test_files_are_written_with_a_password_that_is_proposed_and_copied(
    view: BasesView, made: IssuedStore, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    view.told.connect(said.append)
    press_mnemonic(qtbot, view, Qt.Key.Key_S, view.files)
    asked = dialog(view, WriteBasisFilesDialog, qtbot)
    assert focused() is asked.password.field
    assert f"minst {SHORTEST} tecken" in asked.explained.text()
    folder = tmp_path / "ut"
    folder.mkdir()
    with messages.answering(str(folder)):
        asked.folder.path_field.button.click()
    press_mnemonic(qtbot, asked, Qt.Key.Key_F, asked.password.propose)
    password = asked.password.proposed.text()
    press_mnemonic(qtbot, asked, Qt.Key.Key_O, asked.password.copy)
    assert QGuiApplication.clipboard().text() == password
    QTest.keyClick(asked.password.field, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    names = sorted(path.name for path in folder.iterdir())
    assert f"{made.new}-specifikation.pdf" in names
    assert said == [f"Underlagets filer är skrivna i {folder}."]
    sealed = pypdf.PdfReader(folder / f"{made.new}-specifikation.pdf")
    assert sealed.decrypt(password)
    now = stored(view, made, made.new)
    assert now.steps[-1].content["files"] == ", ".join(names)
    with issued_store.reopened(made.path) as workspace:
        assert password not in "".join(one.detail for one in audit.entries(workspace.store))


def test_a_password_or_folder_that_cannot_be_used_is_told_at_its_field(
    view: BasesView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.files.click()
    asked = dialog(view, WriteBasisFilesDialog, qtbot)
    asked.folder.path_field.set_path(tmp_path / "finns inte")
    type_text(asked.password.field, "kort")
    asked.save.click()
    assert [place.wrong.text() for place in asked.places()] == ["Mappen finns inte. Välj en mapp.", "", ""]
    asked.folder.path_field.set_path(tmp_path)
    asked.save.click()
    assert asked.places()[2].wrong.text() == "Lösenorden är olika. Skriv samma två gånger."
    assert focused() is asked.password.again
    type_text(asked.password.again, "kort")
    asked.save.click()
    pages.settle(qtbot, view)
    assert [place.wrong.text() for place in asked.places()] == ["", "Lösenordet är för kort: minst 12 tecken.", ""]
    assert asked.password.field.accessibleDescription() == "Lösenordet är för kort: minst 12 tecken."
    assert focused() is asked.password.field
    assert asked.save.isEnabled()
    asked.folder.path_field.text.clear()  # no folder is not the one that the program stands in
    asked.save.click()
    assert asked.places()[0].wrong.text() == "Mappen finns inte. Välj en mapp."
    asked.reject()


def test_a_proposed_password_goes_when_another_is_typed_and_a_broken_rule_is_told_by_its_name(
    view: BasesView, qtbot: QtBot
) -> None:
    view.files.click()
    asked = dialog(view, WriteBasisFilesDialog, qtbot)
    asked.password.propose.click()
    assert asked.password.field.text() == asked.password.again.text() == asked.password.proposed.text()
    type_text(asked.password.field, "x")
    assert (asked.password.proposed.text(), asked.password.copy.isVisible()) == ("", False)
    asked.show_faults((FieldFault("BR-E-10", "Skälet saknas."), FieldFault("password", "För kort.")))
    assert asked.wrong.text() == "BR-E-10: Skälet saknas."
    assert asked.places()[1].wrong.text() == "För kort."
    asked.reject()


def test_that_a_document_was_sent_is_noted_and_logged_with_its_ground(
    view: BasesView, made: IssuedStore, qtbot: QtBot
) -> None:
    view.parts.buttons[TO_SEND].click()
    press_mnemonic(qtbot, view, Qt.Key.Key_T, view.sent)
    asked = dialog(view, BasisSentDialog, qtbot)
    assert focused() is asked.channel.edit
    asked.save.click()
    assert asked.channel.wrong.text() == "Hur det skickades saknas. Skriv något."
    assert asked.ground.wrong.text() == "Välj grunden för utlämnandet."
    type_text(asked.channel.edit, "Rekommenderat brev")
    QTest.keyClick(asked.ground.offered, Qt.Key.Key_Down)
    ground = asked.ground.offered.currentText()
    QTest.keyClick(asked.ground.offered, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert made.new not in [row["basis_number"] for row in view.table.model.table.records()]  # no longer to be sent
    step = stored(view, made, made.new).steps[-1]
    assert step.content == {"channel": "Rekommenderat brev", "receiver": "Fjällkliniken AB", "ground": ground}
    with issued_store.reopened(made.path) as workspace:
        assert any(made.new in one.what for one in disclosures.all_disclosures(workspace.store))


def test_an_invoice_number_is_noted_and_corrected_only_with_a_reason(
    view: BasesView, made: IssuedStore, qtbot: QtBot
) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_N, view.legal)
    asked = dialog(view, LegalNumberDialog, qtbot)
    assert not asked.reason.isVisible()
    type_text(asked.number.edit, issued_store.LEGAL_NUMBER)
    QTest.keyClick(asked.number.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert asked.wrong.text() == f"Fakturanumret 90012345 står redan på underlaget {made.followed}."
    asked.number.set_text("90012399")
    asked.save.click()
    pages.settle(qtbot, view)
    view.legal.click()
    again = dialog(view, LegalNumberDialog, qtbot)
    type_text(again.number.edit, "90012399")
    again.save.click()
    assert again.number.wrong.text() == "Underlaget har redan fakturanumret 90012399."
    assert again.reason.wrong.text() == "Skriv varför. Skälet sparas i loggen."
    again.number.set_text("90012400")
    type_text(again.reason.edit, "felskrivet")
    QTest.keyClick(again.reason.edit, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    assert stored(view, made, made.new).legal_number == "90012400"


def test_what_is_left_is_credited_after_a_question_with_the_amount(
    view: BasesView, made: IssuedStore, qtbot: QtBot
) -> None:
    view.show_wanted(made.followed)
    press_mnemonic(qtbot, view, Qt.Key.Key_D, view.credit)
    asked = dialog(view, CreditBasisDialog, qtbot)
    assert asked.whole.text().replace("\u00a0", " ") == "&Allt som är kvar, 850,50 kr"
    assert not asked.lines.isVisible()
    asked.save.click()
    assert asked.places()[-2].wrong.text() == "Välj ett av de nio kreditskälen."
    asked.code.setCurrentIndex(7)
    asked.save.click()
    pages.settle(qtbot, view)
    assert asked.places()[-1].wrong.text() == "Skriv varför raden krediteras."
    assert focused() is asked.reason
    type_text(asked.reason, "Samma vård på två underlag")
    with messages.answering(True), qtbot.waitSignal(asked.saved):  # noqa: FBT003 - yes
        QTest.keyClick(asked.reason, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, view)
    now = stored(view, made, made.followed)
    assert [now.left_of(line.line) for line in now.basis.lines] == [0, 0]
    note = now.credit_notes[-1]
    assert (note.document_type, note.amount) == (DocumentType.CREDIT_NOTE, 850_50)
    assert {(one.credit_reason, one.reason) for one in note.lines} == {(7, "Samma vård på två underlag")}


def test_a_part_of_a_line_is_credited_and_no_more_than_is_left(
    view: BasesView, made: IssuedStore, qtbot: QtBot
) -> None:
    view.show_wanted(made.followed)
    view.credit.click()
    asked = dialog(view, CreditBasisDialog, qtbot)
    asked.some.click()
    asked.code.setCurrentIndex(2)
    asked.reason.setText("Priset")
    asked.save.click()
    pages.settle(qtbot, view)
    assert asked.wrong.text() == "Välj minst en rad att kreditera."
    asked.lines.checks[1].click()
    asked.lines.edits[1].setText("1.234")
    asked.save.click()
    assert asked.lines.amounts[1].wrong.text().startswith("Beloppet kan läsas på två sätt.")
    asked.lines.edits[1].setText("600,01")
    asked.save.click()
    pages.settle(qtbot, view)
    assert asked.lines.amounts[1].wrong.text().replace("\u00a0", " ") == (
        "Högst 600,00 kr är kvar att kreditera på raden."
    )
    assert focused() is asked.lines.edits[1]
    asked.lines.edits[1].setText("99,50")
    assert asked.amount.text().replace("\u00a0", " ") == "99,50 kr"
    with messages.answering(True), qtbot.waitSignal(asked.saved):  # noqa: FBT003 - yes
        asked.save.click()
    pages.settle(qtbot, view)
    assert [one.amount for one in stored(view, made, made.followed).credit_notes] == [400_00, 99_50]


def test_nothing_is_credited_where_the_question_is_answered_no(
    view: BasesView, made: IssuedStore, qtbot: QtBot
) -> None:
    view.credit.click()
    asked = dialog(view, CreditBasisDialog, qtbot)
    asked.code.setCurrentIndex(1)
    asked.reason.setText("Fel region")
    with messages.answering(False):  # noqa: FBT003 - no
        asked.save.click()
        pages.settle(qtbot, view)
        qtbot.waitUntil(asked.save.isEnabled)
        qtbot.wait(50)
    assert asked.isVisible()
    asked.reject()
    assert stored(view, made, made.new).credit_notes == ()


def test_everything_that_is_filled_in_has_a_name(view: BasesView, qtbot: QtBot) -> None:
    view.credit.click()
    asked = dialog(view, CreditBasisDialog, qtbot)
    fields = (*asked.lines.edits.values(), asked.code, asked.reason, view.table.view, view.said, view.after)
    assert all(field.accessibleName() for field in fields)
    asked.reject()
    view.files.click()
    files = dialog(view, WriteBasisFilesDialog, qtbot)
    assert all(
        field.accessibleName() for field in (files.folder.path_field.text, files.password.field, files.password.again)
    )
    files.reject()
