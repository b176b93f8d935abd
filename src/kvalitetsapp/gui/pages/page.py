"""What every page of the window is: a title, an icon, and a promise to read again when what it shows has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kvalitetsapp.domain.changes import EVERYTHING, Changed, Changes

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QShowEvent

    from kvalitetsapp.gui.operations import StoreRunner


class Page(QWidget):
    """A page. It reads in `refresh` through its runner, on first show and whenever its interests have changed.

    `title` is marked with N_ and translated where it is shown; the window shows the title, so pages do not.
    """

    title: ClassVar[str] = ""
    icon_name: ClassVar[str] = ""
    interests: ClassVar[frozenset[Changed]] = EVERYTHING

    page_requested = Signal(str, object)  # name of another page, and what it should show
    told = Signal(str)  # a short word for the status bar, such as "Sparat 14:02"

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__()
        self.runner = runner
        self.begins_at: QWidget | None = None
        """Where the focus goes when it comes to the page itself. It is no focus proxy, which Tab would follow past all
        that stands before it."""
        self._stale = True
        runner.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read again what the page shows, through `self.runner`, without waiting for it."""

    def show_wanted(self, wanted: object) -> None:
        """Show what another page asked for with `page_requested`, for example a filter; called before it shows."""

    def focus_find(self) -> None:
        """Put the cursor where one searches on this page (Ctrl+F)."""

    def help_topic(self) -> str:
        """Return the page of the manual that tells of what is shown, "" for the one that has the page's name."""
        return ""

    def mark_stale(self) -> None:
        """Read again now if the page is in view, otherwise the next time it is."""
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Lead the focus to where the work begins, or to what stands in its place while there is nothing to do."""
        super().focusInEvent(event)
        if self.begins_at is None:
            return
        if self.begins_at.isVisibleTo(self):
            self.begins_at.setFocus(event.reason())
        else:
            self.focusNextChild()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what has changed since the page was last in view."""
        super().showEvent(event)
        self._refresh_if_stale()

    def _on_changed(self, changes: Changes) -> None:
        if changes & self.interests:
            self.mark_stale()

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()
