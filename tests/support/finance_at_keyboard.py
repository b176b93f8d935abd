"""Finance at the keyboard: the page Krav and its tabs as key presses in the window, wherever the focus is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from kvalitetsapp.gui.dialogs.event_cost import EventCostDialog
from kvalitetsapp.gui.dialogs.open_store import OpenStoreDialog
from kvalitetsapp.gui.dialogs.record_payment import RecordPaymentDialog
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.pages.claims_page import ClaimsPage
from support.counties import PASSPHRASE
from support.keys import focused, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.cases_view import CasesView

    Until = Callable[[Callable[[], bool]], None]
    DialogT = TypeVar("DialogT", bound=QDialog)

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

    @property
    def page(self) -> ClaimsPage:
        """Return the page Krav, which is shown."""
        page = self._main.current_page()
        assert isinstance(page, ClaimsPage)
        return page

    def tabs(self) -> list[str]:
        """Return the titles of the tabs of Krav."""
        return [self.page.tabs.tabText(place) for place in range(self.page.tabs.count())]

    def come_to_claims(self, tab: str = "Ärenden") -> None:
        """Go to the page Krav with its key, and along its tabs with the arrows."""
        self.press(Qt.Key.Key_7, CTRL)
        bar = self.page.tabs.tabBar()
        if self.page.tabs.tabText(self.page.tabs.currentIndex()) != tab:
            self.come_to(bar)
            self.press(Qt.Key.Key_Home)
            for _place in range(self.tabs().index(tab)):
                self.press(Qt.Key.Key_Right)
        assert self.page.tabs.tabText(self.page.tabs.currentIndex()) == tab

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

    def _come_back(self) -> None:
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)


def plain(text: str) -> str:
    """Return a text with plain blanks."""
    return text.replace("\u00a0", " ")
