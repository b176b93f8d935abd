"""Keeps what a reviewer answers: a draft at every answer, decisions, undo and redo, all through the store's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from kvalitetsapp.services import reviews
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.reviews import ReviewOutcome
    from kvalitetsapp.services.workspace import Workspace

DRAFT_PAUSE_MS: Final = 400


@dataclass(frozen=True, slots=True)
class Deciding:
    """An answer on its way to the store: the event as it was shown, the round, the time, and if it is a consensus."""

    shown: Link
    answer: Answer
    round_id: int | None
    seconds: int
    is_consensus: bool = False


@dataclass(frozen=True, slots=True)
class StepNames:
    """What an undo would take back and a redo would do again, "" where there is nothing."""

    undo: str
    redo: str


class AnswerKeeper(QObject):
    """Holds unfinished answers, in the round that they are given in, until the store has them."""

    told = Signal(str)
    decided = Signal(object)  # EventKey
    not_decided = Signal(object, object)  # EventKey, the error
    stepped = Signal(object)  # EventKey that an undo or redo was about, or None
    names_read = Signal(object)  # StepNames

    def __init__(self, runner: StoreRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._drafts: dict[tuple[int | None, EventKey], Answer] = {}
        self._fields: dict[tuple[int | None, EventKey], str] = {}
        self._unsaved: tuple[int | None, EventKey] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def answer(self, round_id: int | None, key: EventKey, otherwise: Answer) -> Answer:
        """Return the unfinished answer on an event, `otherwise` where there is none."""
        return self._drafts.get((round_id, key), otherwise)

    def field(self, round_id: int | None, key: EventKey, otherwise: str) -> str:
        """Return the question that an event was left at."""
        return self._fields.get((round_id, key), otherwise)

    def note(self, round_id: int | None, key: EventKey, answer: Answer, field: str) -> None:
        """Take a changed answer; it goes to the store after a short pause, or with `keep`."""
        self._drafts[round_id, key] = answer
        self._fields[round_id, key] = field
        self._unsaved = (round_id, key)
        self._pause.start()

    def leave(self, round_id: int | None, key: EventKey, field: str) -> None:
        """Note the question that an event is left at, and keep what is unfinished."""
        if field:
            self._fields[round_id, key] = field
        self.keep()

    def keep(self) -> None:
        """Put what is unfinished into the store now."""
        self._pause.stop()
        place, self._unsaved = self._unsaved, None
        if place is not None and self._runner.store is not None:
            work = partial(_keep, place, self._drafts[place], self._fields.get(place, ""))
            self._runner.run(work, self._kept)

    def decide(self, deciding: Deciding) -> None:
        """Store a finished answer."""
        self._pause.stop()
        self._unsaved = None
        self._runner.run(
            partial(_decide, deciding),
            partial(self._decided, deciding.round_id),
            label=_("Sparar beslutet"),
            on_failed=partial(self.not_decided.emit, deciding.shown.key),
        )

    def undo(self) -> None:
        """Take back the user's latest step."""
        self._runner.run(_undo, self._stepped, label=_("Ångrar beslutet"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._runner.run(_redo, self._stepped, label=_("Gör om beslutet"))

    def read_names(self) -> None:
        """Read what undo and redo would do."""
        self._runner.run(_names, self.names_read.emit)

    def _kept(self, _nothing: object) -> None:
        self.told.emit(_("Utkast sparat {time}").format(time=_now()))

    def _decided(self, round_id: int | None, outcome: ReviewOutcome) -> None:
        if outcome.key is not None:
            self._drafts.pop((round_id, outcome.key), None)
            self._fields.pop((round_id, outcome.key), None)
            self.decided.emit(outcome.key)
        self.told.emit(_("Sparat {time}. {what}").format(time=_now(), what=outcome.said))

    def _stepped(self, outcome: ReviewOutcome) -> None:
        self.stepped.emit(outcome.key)
        self.told.emit(outcome.said)


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M")


def _decide(deciding: Deciding, workspace: Workspace, progress: Progress) -> ReviewOutcome:
    shown, answer, round_id, seconds = deciding.shown, deciding.answer, deciding.round_id, deciding.seconds
    if deciding.is_consensus and round_id is not None:
        return reviews.settle(workspace, round_id, shown, answer, progress, seconds=seconds)
    return reviews.decide(workspace, shown, answer, progress, seconds=seconds, round_id=round_id)


def _undo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    return reviews.undo_last(workspace, progress)


def _redo(workspace: Workspace, progress: Progress) -> ReviewOutcome:
    return reviews.redo_last(workspace, progress)


def _names(workspace: Workspace, _progress: Progress) -> StepNames:
    return StepNames(reviews.undo_name(workspace), reviews.redo_name(workspace))


def _keep(
    place: tuple[int | None, EventKey], answer: Answer, field: str, workspace: Workspace, _progress: Progress
) -> None:
    round_id, key = place
    reviews.keep_draft(workspace, key, answer, field=field, round_id=round_id)
