"""What the tabs of the page Väntande have in common: a scope that the page sets, and entries behind every figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal

from kvalitetsapp.domain.waiting import WaitingChoices, WaitingScope
from kvalitetsapp.gui.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.changes import Changed
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class WaitingView(Page):
    """A tab that reads for the scope that it is given; `entries_asked` tells whose entries somebody wants to see."""

    interests: ClassVar[frozenset[Changed]] = frozenset()  # the page tells it when to read again

    entries_asked = Signal(object)  # EntriesBehind

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.scope = WaitingScope()
        self.choices = WaitingChoices()
        self._operation: Operation | None = None
        self._asked = 0

    def set_scope(self, scope: WaitingScope, choices: WaitingChoices) -> None:
        """Read for another scope, now or when the tab is shown."""
        self.scope, self.choices = scope, choices
        self.mark_stale()

    def read(self, work: Callable[[Workspace, Progress], Any], show: Callable[[Any], None], label: str) -> None:
        """Read in the background; what was asked for before is not wanted any more, and never shown."""
        if self._operation is not None:
            self._operation.cancel()
        self._asked += 1
        self._operation = self.runner.run(work, partial(self._show_if_wanted, self._asked, show), label=label)

    def _show_if_wanted(self, asked: int, show: Callable[[Any], None], found: object) -> None:
        if asked == self._asked:
            show(found)
