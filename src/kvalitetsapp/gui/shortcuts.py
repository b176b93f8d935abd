"""Every shortcut of the window in one place, so that none stands for two things."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Shortcut(Enum):
    """A key and what it does, as the help says it."""

    PAGE_1 = ("Ctrl+1", N_("Gå till Översikt"))
    PAGE_2 = ("Ctrl+2", N_("Gå till Import"))
    PAGE_3 = ("Ctrl+3", N_("Gå till Datakvalitet"))
    PAGE_4 = ("Ctrl+4", N_("Gå till Vårdkontakter"))
    PAGE_5 = ("Ctrl+5", N_("Gå till Granskning"))
    PAGE_6 = ("Ctrl+6", N_("Gå till Avtal"))
    PAGE_7 = ("Ctrl+7", N_("Gå till Krav"))
    PAGE_8 = ("Ctrl+8", N_("Gå till Kvalitet"))
    PAGE_9 = ("Ctrl+9", N_("Gå till Rapporter"))
    PAGE_10 = ("Ctrl+0", N_("Gå till Skydd"))
    PAGE_11 = ("Ctrl+Shift+8", N_("Gå till Väntande"))
    PAGE_12 = ("Ctrl+Shift+9", N_("Gå till Utveckling"))
    FIND = ("Ctrl+F", N_("Sök på sidan"))
    HELP = ("F1", N_("Hjälp om det som visas"))
    PALETTE = ("Ctrl+K", N_("Kommandon"))
    OPEN_STORE = ("Ctrl+O", N_("Öppna en annan databas"))
    LOCK = ("Ctrl+L", N_("Lås"))
    CHANGE_USER = ("Ctrl+Shift+L", N_("Byt användare"))
    REFRESH = ("F5", N_("Läs om sidan"))
    QUIT = ("Ctrl+Q", N_("Avsluta"))
    IMPORT_FILES = ("Ctrl+I", N_("Välj filer att läsa in"))
    NEXT_CASE = ("Alt+Down", N_("Nästa i granskningskön"))
    PREVIOUS_CASE = ("Alt+Up", N_("Föregående i granskningskön"))
    SAVE_AND_NEXT = ("Ctrl+Return", N_("Spara beslutet och gå till nästa"))
    COMMENT = ("F2", N_("Skriv en kommentar till beslutet"))
    SAME_ANSWER = ("F3", N_("Svara som i den förra omgången"))
    UNDO = ("Ctrl+Z", N_("Ångra det senaste beslutet"))
    REDO = ("Ctrl+Y", N_("Gör om det som ångrades"))
    NEXT_STEP = ("Alt+Right", N_("Nästa steg i mappningen"))
    PREVIOUS_STEP = ("Alt+Left", N_("Föregående steg i mappningen"))
    SAVE_CHART = ("Ctrl+S", N_("Spara diagrammet som fil"))
    TABLE_TWIN = ("Ctrl+T", N_("Byt mellan diagram och tabell"))
    RECIPE = ("F4", N_("Visa receptet bakom siffran"))

    @property
    def keys(self) -> str:
        """Return the keys as Qt writes them."""
        return str(self.value[0])

    @property
    def shown(self) -> str:
        """Return the keys as people read them."""
        return QKeySequence(self.keys).toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def text(self) -> str:
        """Return what it does."""
        return _(str(self.value[1]))


def action(owner: QWidget, shortcut: Shortcut, do: Callable[[], object]) -> QAction:
    """Return an action of `owner` that does `do` on its shortcut."""
    made = QAction(shortcut.text, owner)
    made.setShortcut(QKeySequence(shortcut.keys))
    made.triggered.connect(lambda _checked=False: do())
    owner.addAction(made)
    return made


def action_within(owner: QWidget, shortcut: Shortcut, do: Callable[[], object]) -> QAction:
    """Return an action as `action` does, which answers only while the focus is in `owner`."""
    made = action(owner, shortcut, do)
    made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return made
