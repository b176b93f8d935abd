"""Reads cases for the screen, the next one ahead of time, so that it is there when it is asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kvalitetsapp.services import reviews

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.domain.review import ReviewCase
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class CaseReader(QObject):
    """What was read ahead is shown at once, and forgotten as soon as anything in the store has changed."""

    case_read = Signal(object, object)  # EventKey, ReviewCase or None where the event is gone
    refused = Signal(object)  # EventKey, whose case must not be shown

    def __init__(self, runner: StoreRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._ahead: tuple[EventKey, ReviewCase] | None = None
        self._preparing: EventKey | None = None
        self._age = 0
        self._round: int | None = None
        runner.changed.connect(self.forget)

    def set_round(self, round_id: int | None) -> None:
        """Read cases as they stand in a round, or outside rounds."""
        self._round = round_id
        self.forget()

    def read(self, key: EventKey) -> None:
        """Give the case of an event: at once where it was read ahead, else when the store has given it.

        That a case read ahead is shown is noted in the same breath; where it cannot be, no case is shown.
        """
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == key:
            opened = partial(_opened, ahead[1].link)
            self._runner.run(opened, _nothing_more, on_failed=partial(self._take_away, key))
            self.case_read.emit(key, ahead[1])
        else:
            self.read_again(key)

    def read_again(self, key: EventKey) -> None:
        """Give the case as it is in the store now."""
        self._runner.run(partial(_case, key, self._round), partial(self._give, key))

    def prepare(self, key: EventKey) -> None:
        """Read a case ahead."""
        if key != self._preparing and (self._ahead is None or self._ahead[0] != key):
            self._preparing = key
            self._runner.run(partial(_case_ahead, key, self._round), partial(self._keep, key, self._age))

    def has_ready(self, key: EventKey) -> bool:
        """Tell whether a case was read ahead and still holds."""
        return self._ahead is not None and self._ahead[0] == key

    def forget(self) -> None:
        """Let go of what was read ahead, and of what is being read: it may have changed."""
        self._ahead, self._preparing = None, None
        self._age += 1

    def _give(self, key: EventKey, case: ReviewCase | None) -> None:
        self.case_read.emit(key, case)

    def _take_away(self, key: EventKey, error: BaseException) -> None:
        self.refused.emit(key)
        self._runner.tell(error)

    def _keep(self, key: EventKey, age: int, case: ReviewCase | None) -> None:
        if age == self._age:
            self._preparing = None
            self._ahead = None if case is None else (key, case)


def _case(key: EventKey, round_id: int | None, workspace: Workspace, _progress: Progress) -> ReviewCase | None:
    return reviews.case(workspace, key, round_id)


def _case_ahead(key: EventKey, round_id: int | None, workspace: Workspace, _progress: Progress) -> ReviewCase | None:
    return reviews.case(workspace, key, round_id, ahead=True)


def _opened(link: Link, workspace: Workspace, _progress: Progress) -> None:
    reviews.opened(workspace, link)


def _nothing_more(_done: None) -> None:
    """Take note that something was noted."""
