"""The review queue at work: reads what is asked for, keeps one event chosen, and knows which one comes next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.gui.dialogs.priority_points import PriorityPointsDialog
from kvalitetsapp.gui.models.block_model import BLOCK
from kvalitetsapp.gui.widgets.copy_notes import note_copy
from kvalitetsapp.gui.widgets.preset_bar import PresetBar
from kvalitetsapp.gui.widgets.queue_table import QueueTable
from kvalitetsapp.services import review_queue, saved_filters

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping, Sequence

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_priority import Reason
    from kvalitetsapp.domain.review_queue import QueueEntry
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.reveal import Reveal
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.review_queue import PriorityOutcome, QueueView
    from kvalitetsapp.services.saved_filters import SavedFilter
    from kvalitetsapp.services.workspace import Workspace

    Saved = tuple[SavedFilter, ...]


class QueuePanel(QWidget):
    """The table of the queue and its parts (`presets`, which the page places)."""

    chosen = Signal(object)  # EventKey, None where nothing is
    was_read = Signal(int)  # how many events there are at all

    def __init__(self, runner: StoreRunner, reveal: Reveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.table = QueueTable(reveal)
        self.table.copied.connect(partial(note_copy, runner))
        self.presets = PresetBar()
        self._wanted: EventKey | None = None
        self._chosen: EventKey | None = None
        self._left: set[EventKey] = set()
        self._coming_back: set[EventKey] = set()
        self._setting = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.setFocusProxy(self.table)
        self._connect()

    @property
    def asked(self) -> QueueFilter:
        """Return what is asked for."""
        return self.table.asked

    def read(self, wanted: EventKey | None = None) -> None:
        """Read what is asked for, and choose the wanted event, else the one that is chosen, else its place.

        Another part of the queue shows its first rows before all its keys are there.
        """
        asked, again = self.asked, self.table.shows(self.asked)
        self._wanted = wanted or self._wanted
        looked = self._wanted or (self._chosen if again else None)
        if again or looked is not None:
            self._runner.run(partial(_look, asked, looked), partial(self._set, asked, looked))
        else:
            self._runner.run(partial(_open, asked), partial(self._set, asked, None))

    def bring(self, key: EventKey) -> None:
        """Choose an event: where what is asked for does not hold it, in the whole queue."""
        asked, self._wanted = self.asked, key
        self._runner.run(partial(_look, asked, key), partial(self._set_or_widen, asked, key))

    def _set_or_widen(self, asked: QueueFilter, key: EventKey, found: QueueView) -> None:
        if found.place is None and asked == self.asked:
            self.show_filter(QueueFilter(Preset.ALL, round_id=asked.round_id), key)
        else:
            self._set(asked, key, found)

    def read_saved(self) -> None:
        """Read the saved filters."""
        self._runner.run(_saved, self._set_saved)

    def show_filter(self, asked: QueueFilter, wanted: EventKey | None = None) -> None:
        """Ask for something else, and choose the wanted event in it."""
        self.want(asked, wanted)
        self.read()

    def want(self, asked: QueueFilter, wanted: EventKey | None = None) -> None:
        """Let the next reading ask for this, and choose the wanted event in it."""
        self.table.asked = asked
        self.presets.set_part(asked.preset)
        self._wanted = wanted

    def show_preset(self, preset: Preset) -> None:
        """Show a part of the queue."""
        self.show_filter(replace(self.asked, preset=preset))

    def go(self, step: int) -> None:
        """Choose the next (1) or previous (-1) event."""
        row = self.table.current_row()
        place = row + step if row >= 0 else 0
        if 0 <= place < self.table.model.rowCount():
            self.table.choose_row(place)

    def next_key(self) -> EventKey | None:
        """Return the event that comes after the chosen one: below it, above it at the end of the queue."""
        entry = self.table.entry(self._next_row())
        return None if entry is None else entry.key

    def advance(self) -> EventKey | None:
        """Leave the chosen event for the one after it and return that, None where there is none.

        What is left is passed by until `let_back`, so that who is faster than the store never comes back to it.
        """
        if self._chosen is not None:
            self._left.add(self._chosen)
        row, following = self._next_row(), self.next_key()
        if following is not None:
            self.table.choose_row(row)
        return following

    def let_back(self, key: EventKey) -> None:
        """Let an event that was left be gone to again, from the next reading on: that tells where it belongs."""
        self._coming_back.add(key)

    def _next_row(self) -> int:
        """Return the nearest row below the chosen one, else above it, that was not left; -1 where there is none."""
        here, rows = self.table.current_row(), self.table.model.rowCount()
        for near in (range(here + 1, rows), range(here - 1, -1, -1)) if here >= 0 else ():
            for row in near:
                entry = self.table.entry(row)
                if entry is None:
                    break
                if entry.key not in self._left:
                    return row
        return -1

    def _connect(self) -> None:
        self.presets.chosen.connect(lambda part: self.show_preset(Preset(part)))
        self.table.asked_changed.connect(self.show_filter)
        self.table.row_chosen.connect(self._choose_row)
        self.table.model.block_wanted.connect(self._read_block)
        self.table.filters.points_wanted.connect(lambda: self._runner.run(_weights, self._ask_points))
        self.table.saved.save_wanted.connect(self._save)
        self.table.saved.rename_wanted.connect(self._rename)
        self.table.saved.delete_wanted.connect(self._delete)

    # the queue

    def _set(self, asked: QueueFilter, looked: EventKey | None, found: QueueView) -> None:
        if asked != self.asked:
            return
        if looked is not None and looked != (self._wanted or self._chosen):
            self.read()  # one has gone on meanwhile, and is not to be brought back
            return
        self._wanted = None
        self._left -= self._coming_back
        self._coming_back.clear()
        row = self.table.current_row() if self.table.shows(asked) else 0
        self._setting = True
        self.table.show_queue(found, asked)
        self._setting = False
        self.presets.set_counts({part.value: n for part, n in found.counts.items()})
        self.presets.set_part(asked.preset)
        self.was_read.emit(found.total)
        if not len(found.keys):
            self._choose(None)
            return
        place = min(max(row, 0), found.rows - 1) if found.place is None else found.place
        self._setting = True
        self.table.choose_row(place)
        self._setting = False
        self._choose_row(place)
        if len(found.keys) < found.rows:
            self._runner.run(partial(_find, asked), partial(self._complete, asked))

    def _complete(self, asked: QueueFilter, keys: array[int]) -> None:
        if asked == self.asked and self.table.shows(asked) and not self.table.model.complete(keys):
            self.read()

    def _read_block(self, block: int) -> None:
        keys = self.table.model.keys_of(block)
        self._runner.run(partial(_entries, keys), partial(self._put_block, block, keys))

    def _put_block(self, block: int, keys: Sequence[int], entries: list[QueueEntry]) -> None:
        self.table.model.put_block(block, keys, entries)
        row = self.table.current_row()
        if row >= 0 and row // BLOCK == block:
            self._choose_row(row)

    def _choose_row(self, row: int) -> None:
        if self._setting:
            return
        entry = self.table.entry(row)
        if entry is not None:
            self._choose(entry.key)

    def _choose(self, key: EventKey | None) -> None:
        self._chosen = key
        self.chosen.emit(key)

    # points and saved filters

    def _can(self, right: Right) -> bool:
        return self._runner.can_write and self._runner.may(right)

    def _ask_points(self, weights: Mapping[Reason, int]) -> None:
        dialog = PriorityPointsDialog(weights, self.window(), can_write=self._can(Right.LEAD_REVIEW))
        dialog.accepted.connect(lambda: self._runner.run(partial(_set_weights, dialog.points()), lambda _set: None))
        dialog.open()

    def _set_saved(self, saved: Saved) -> None:
        self.table.saved.set_saved(saved, can_write=self._can(Right.REVIEW))

    def _save(self, name: str) -> None:
        self._change_saved(partial(saved_filters.save_filter, name=name, asked=self.asked))

    def _rename(self, filter_id: int, name: str) -> None:
        self._change_saved(partial(saved_filters.rename, filter_id=filter_id, name=name))

    def _delete(self, filter_id: int) -> None:
        self._change_saved(partial(saved_filters.delete, filter_id=filter_id))

    def _change_saved(self, change: Callable[[Workspace], object]) -> None:
        self._runner.run(partial(_changed_saved, change), self._set_saved)


def _look(asked: QueueFilter, wanted: EventKey | None, workspace: Workspace, _progress: Progress) -> QueueView:
    return review_queue.look(workspace, asked, wanted, block_size=BLOCK)


def _open(asked: QueueFilter, workspace: Workspace, _progress: Progress) -> QueueView:
    return review_queue.open_queue(workspace, asked, block_size=BLOCK)


def _find(asked: QueueFilter, workspace: Workspace, _progress: Progress) -> array[int]:
    return review_queue.find(workspace, asked)


def _entries(keys: Sequence[int], workspace: Workspace, _progress: Progress) -> list[QueueEntry]:
    return review_queue.entries(workspace, keys)


def _weights(workspace: Workspace, _progress: Progress) -> Mapping[Reason, int]:
    return review_queue.weights(workspace)


def _set_weights(points: Mapping[str, int], workspace: Workspace, _progress: Progress) -> PriorityOutcome:
    return review_queue.set_weights(workspace, points)


def _saved(workspace: Workspace, _progress: Progress) -> Saved:
    return saved_filters.saved_filters(workspace)


def _changed_saved(change: Callable[[Workspace], object], workspace: Workspace, _progress: Progress) -> Saved:
    change(workspace)
    return saved_filters.saved_filters(workspace)
