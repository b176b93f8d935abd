"""Finance at the keyboard: the page Krav and its tabs as key presses in the window, wherever the focus is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from kvalitetsapp.domain.claim_words import ClaimStep
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.basis_sent import BasisSentDialog
from kvalitetsapp.gui.dialogs.billing_rules import BillingRulesDialog
from kvalitetsapp.gui.dialogs.claim_step import ClaimStepDialog
from kvalitetsapp.gui.dialogs.credit_basis import CreditBasisDialog
from kvalitetsapp.gui.dialogs.event_cost import EventCostDialog
from kvalitetsapp.gui.dialogs.import_payments import ImportPaymentsDialog
from kvalitetsapp.gui.dialogs.issue_basis import IssueBasisDialog
from kvalitetsapp.gui.dialogs.legal_number import LegalNumberDialog
from kvalitetsapp.gui.dialogs.open_store import OpenStoreDialog
from kvalitetsapp.gui.dialogs.place_payment import PlacePaymentDialog
from kvalitetsapp.gui.dialogs.receiver_details import ReceiverDetailsDialog
from kvalitetsapp.gui.dialogs.record_payment import RecordPaymentDialog
from kvalitetsapp.gui.dialogs.write_basis_files import WriteBasisFilesDialog
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.pages.claims_page import ClaimsPage
from support.claim_year import DatedWorkspace
from support.counties import PASSPHRASE
from support.keys import focused, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.pages.page import Page
    from kvalitetsapp.gui.widgets.cases_view import CasesView
    from kvalitetsapp.gui.widgets.data_table import DataTable
    from kvalitetsapp.gui.widgets.part_bar import PartBar
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Until = Callable[[Callable[[], bool]], None]
    DialogT = TypeVar("DialogT", bound=QDialog)
    PageT = TypeVar("PageT", bound=Page)

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN: Final = Qt.KeyboardModifier.NoModifier
_MOST_TABS: Final = 60


class FinanceAtKeyboard:
    """Types, and waits for nothing but what is to be seen next.

    `window` is the main window; a tab shown alone does for the steps of that tab.
    """

    def __init__(self, window: QWidget, runner: StoreRunner, until: Until) -> None:
        self.window = window
        self.runner = runner
        self.until = until

    # keys

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key wherever the focus is, and wait until the store has answered."""
        QTest.keyClick(focused(), key, modifier)
        self.until(lambda: not self.runner.is_busy)

    def write(self, text: str) -> None:
        """Write where the focus is."""
        type_text(focused(), text)

    def come_to(self, wanted: QWidget) -> None:
        """Press Tab until something has the focus."""
        for _step in range(_MOST_TABS):
            if wanted.hasFocus():
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {wanted}")

    def push(self, button: QObject) -> None:
        """Press Alt and the letter that a button shows; it is pressed in for a moment before it is clicked."""
        assert isinstance(button, QAbstractButton)
        letter = button.text().replace("&&", "").partition("&")[2][:1]
        assert letter, f"{button.text()} has no letter"
        clicked: list[bool] = []
        button.clicked.connect(lambda _checked=False: clicked.append(True))
        self.press(Qt.Key(ord(letter.upper())), ALT)
        self.until(lambda: bool(clicked) and not self.runner.is_busy)

    def fill_in(self, field: QWidget, text: str) -> None:
        """Write a text in the place of what stands in a field."""
        self.come_to(field)
        self.press(Qt.Key.Key_A, CTRL)
        self.write(text)

    def save(self) -> None:
        """Save the dialog that has the keyboard, which closes, and come back to what lies behind it."""
        dialog = QApplication.activeWindow()
        self.press(Qt.Key.Key_Return, CTRL)
        self.until(
            lambda: not (dialog and shiboken6.isValid(dialog) and dialog.isVisible()) and not self.runner.is_busy
        )
        self._come_back()

    # who, and when

    def is_now(self, user: str, day: date) -> None:
        """Let someone sit at the computer, on a day."""

        def sit_down(workspace: Workspace, _progress: Progress) -> None:
            workspace.__class__ = DatedWorkspace
            assert isinstance(workspace, DatedWorkspace)
            workspace.user, workspace.day = user, day

        self.runner.run(sit_down, lambda _done: None)
        self.press(Qt.Key.Key_F5)

    # the window

    @property
    def _main(self) -> MainWindow:
        assert isinstance(self.window, MainWindow)
        return self.window

    def open_store(self, path: Path) -> None:
        """Open a store with Ctrl+O."""
        self.window.activateWindow()
        self.window.setFocus()
        self.press(Qt.Key.Key_O, CTRL)
        form = self.dialog(OpenStoreDialog).open_form
        self.come_to(self.dialog(OpenStoreDialog).tabs.tabBar())
        self.press(Qt.Key.Key_Left)
        self.come_to(form.path.text)
        self.press(Qt.Key.Key_A, CTRL)
        self.write(str(path))
        self.come_to(form.passphrase)
        self.write(PASSPHRASE)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not self._main.dialogs and not self.runner.is_busy)
        self._come_back()

    def dialog(self, kind: type[DialogT]) -> DialogT:
        """Return the dialog that is shown, once it has the keyboard."""
        found: list[DialogT] = []

        def is_there() -> bool:
            shown = QApplication.activeWindow()
            found[:] = [shown] if isinstance(shown, kind) else []
            return bool(found)

        self.until(is_there)
        return found[0]

    def go_to(self, key: Qt.Key, kind: type[PageT]) -> PageT:
        """Go to a page with its key and return it."""
        self.press(key, CTRL)
        page = self._main.current_page()
        assert isinstance(page, kind)
        return page

    @property
    def page(self) -> ClaimsPage:
        """Return the page Krav, which is shown."""
        page = self._main.current_page()
        assert isinstance(page, ClaimsPage)
        return page

    def tabs(self) -> list[str]:
        """Return the titles of the tabs of Krav, without what waits there."""
        return [self.page.tabs.tabText(place).split("  ")[0] for place in range(self.page.tabs.count())]

    def come_to_claims(self, tab: str = "Ärenden") -> None:
        """Go to the page Krav with its key, and along its tabs with the arrows."""
        self.press(Qt.Key.Key_7, CTRL)
        titles = self.tabs()
        steps = titles.index(tab) - self.page.tabs.currentIndex()
        if steps:
            self.come_to(self.page.tabs.tabBar())
        for _step in range(abs(steps)):
            self.press(Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left)
        assert self.tabs()[self.page.tabs.currentIndex()] == tab

    # lists

    def choose_part(self, bar: PartBar, part: str) -> None:
        """Come to the parts of a list and go to one of them with the arrows."""
        self.come_to(bar.buttons[bar.part])
        places = list(bar.buttons)
        steps = places.index(part) - places.index(bar.part)
        for _step in range(abs(steps)):
            self.press(Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left)
        assert bar.part == part

    def choose(self, table: DataTable, text: str = "", *, rows: int = 1) -> None:
        """Choose all the rows that a text finds in the list that Ctrl+F leads to."""
        self.press(Qt.Key.Key_F, CTRL)
        assert table.search.hasFocus()
        self.press(Qt.Key.Key_A, CTRL)
        self.write(text or "\b")
        self.until(
            lambda: len(table.shown_rows()) == rows and all(_has(table, row, text) for row in table.shown_rows())
        )
        self.come_to(table.view)
        self.press(Qt.Key.Key_Home, CTRL)
        self.press(Qt.Key.Key_A, CTRL)

    # Krav

    def answer(self, step: ClaimStep, *, amount: str = "", reason: str = "") -> None:
        """Open the menu of the provider's answers, take one with its letter, and fill in the dialog."""
        bar = self.page.claims.step_bar
        let_go: list[bool] = []
        bar.answers.clicked.connect(lambda _checked=False: let_go.append(True))
        self.press(Qt.Key.Key_V, ALT)
        self.until(lambda: QApplication.activePopupWidget() is not None)
        menu, letter = QApplication.activePopupWidget(), bar.steps[step].text().partition("&")[2][:1].upper()
        assert menu is not None
        QTest.keyClick(menu, Qt.Key(ord(letter)))
        asked = self.dialog(ClaimStepDialog)
        self.until(asked.save.isEnabled)
        if amount:
            self.fill_in(asked.amount.edit, amount)
        self.fill_in(asked.reason.edit, reason)
        self.save()
        self.until(lambda: bool(let_go))  # a button that is still pressed in, a tenth of a second, hears nothing

    # Underlag

    def issue(self) -> IssueBasisDialog:
        """Push what issues the chosen claims, and return the dialog once it has read them."""
        self.push(self.page.claims.step_bar.steps[ClaimStep.ISSUED])
        asked = self.dialog(IssueBasisDialog)
        self.until(lambda: not self.runner.is_busy)
        return asked

    def tell_rules(self, asked: IssueBasisDialog, told: Mapping[str, str]) -> None:
        """Fill in what the issuer lacks, from the dialog that says that it is lacking."""
        self.push(asked.rules)
        rules = self.dialog(BillingRulesDialog)
        self.until(rules.save.isEnabled)
        for name, text in told.items():
            self.fill_in(rules.issuer.edit(name), text)
        self.save()

    def tell_receiver(self, asked: IssueBasisDialog, told: Mapping[str, str]) -> None:
        """Fill in what the provider lacks, from the dialog that says that it is lacking."""
        self.push(asked.details)
        receiver = self.dialog(ReceiverDetailsDialog)
        self.until(receiver.save.isEnabled)
        for name, text in told.items():
            self.fill_in(receiver.fields.edit(name), text)
        self.save()

    def write_files(self, folder: Path, password: str) -> None:
        """Write the files of the chosen document."""
        self.push(self.page.bases.files)
        asked = self.dialog(WriteBasisFilesDialog)
        self.fill_in(asked.folder.path_field.text, str(folder))
        self.fill_in(asked.password.field, password)
        self.fill_in(asked.password.again, password)
        self.save()

    def note_sent(self, channel: str) -> None:
        """Note that the chosen document was sent, on the first ground that is offered."""
        self.push(self.page.bases.sent)
        asked = self.dialog(BasisSentDialog)
        self.until(asked.save.isEnabled)
        self.fill_in(asked.channel.edit, channel)
        self.come_to(asked.ground.offered)
        self.press(Qt.Key.Key_Down)
        self.save()

    def note_legal_number(self, number: str) -> None:
        """Note what the finance system calls the chosen document."""
        self.push(self.page.bases.legal)
        self.fill_in(self.dialog(LegalNumberDialog).number.edit, number)
        self.save()

    def credit_line(self, claim: str, amount: str, reason: str) -> None:
        """Credit a part of one line in the dialog of the chosen document; "" for all of the line."""
        asked = self.dialog(CreditBasisDialog)
        line = next(line for line, check in asked.lines.checks.items() if claim in check.text())
        self.push(asked.some)
        self.come_to(asked.lines.checks[line])
        if not asked.lines.checks[line].isChecked():
            self.press(Qt.Key.Key_Space)
        if amount:
            self.fill_in(asked.lines.edits[line], amount)
        self.come_to(asked.code)
        self.press(Qt.Key.Key_Down)
        self.fill_in(asked.reason, reason)
        with messages.answering(True):  # noqa: FBT003 - yes
            self.save()

    # Ärenden

    @property
    def cases(self) -> CasesView:
        """Return the tab Ärenden."""
        return self.page.cases

    def each_case(self) -> dict[str, int]:
        """Walk down the cases and return how many öre each gives, under the reference of its operation."""
        self._to_first_case()
        read = dict([self._read_case()])
        for _row in range(self.cases.table.model.rowCount() - 1):
            self.press(Qt.Key.Key_Down)
            read |= dict([self._read_case()])
        return read

    def enter_cost(self, index_ref: str, amount: str, reason: str) -> None:
        """Enter what the first event of a case costs."""
        self._to_first_case()
        for _row in range(self.cases.table.model.rowCount()):
            if self._read_case()[0] == index_ref:
                break
            self.press(Qt.Key.Key_Down)
        assert self._read_case()[0] == index_ref
        self.press(Qt.Key.Key_K, ALT)
        asked = self.dialog(EventCostDialog)
        self.until(asked.save.isEnabled)
        self.write(amount)
        self.come_to(asked.reason.edit)
        self.write(reason)
        self.press(Qt.Key.Key_Return, CTRL)
        self._come_back()

    def _to_first_case(self) -> None:
        self.come_to(self.cases.table.view)
        self.press(Qt.Key.Key_Home, CTRL)

    def _read_case(self) -> tuple[str, int]:
        told = plain(self.cases.why.toPlainText())
        (amount,) = re.findall(r"Sammanlagt kan ([\d ,]+) kr krävas", told)
        return self.cases.heading.text().split()[-1], int(amount.replace(" ", "").replace(",", ""))

    # Bevakning

    # Betalningar

    def type_payment(self, amount: str, reference: str) -> None:
        """Type a payment on the tab Betalningar, which is shown."""
        self.press(Qt.Key.Key_S, ALT)
        asked = self.dialog(RecordPaymentDialog)
        self.write(amount)
        self.come_to(asked.reference.edit)
        self.write(reference)
        self.press(Qt.Key.Key_Return, CTRL)
        self._come_back()

    def import_payments(self, path: Path) -> None:
        """Take in the payments of a file."""
        with messages.answering(str(path)):
            self.push(self.page.payments.import_it)
        asked = self.dialog(ImportPaymentsDialog)
        self.until(asked.save.isEnabled)
        self.save()

    def place_payment(self, number: str) -> None:
        """Place what is left of the chosen payment on a document."""
        self.push(self.page.payments.place)
        asked = self.dialog(PlacePaymentDialog)
        self.until(asked.save.isEnabled)
        self.come_to(asked.basis)
        for _place in range(asked.basis.count()):
            if number in asked.basis.currentText():
                break
            self.press(Qt.Key.Key_Down)
        assert number in asked.basis.currentText()
        self.save()

    def _come_back(self) -> None:
        behind = QApplication.activeModalWidget() or self.window
        behind.activateWindow()
        self.until(behind.isActiveWindow)


def _has(table: DataTable, row: int, text: str) -> bool:
    """Tell whether a row shows a text."""
    return any(text in plain(table.model.text(row, column)) for column in range(table.model.columnCount()))


def plain(text: str) -> str:
    """Return a text with plain blanks."""
    return text.replace("\u00a0", " ")
