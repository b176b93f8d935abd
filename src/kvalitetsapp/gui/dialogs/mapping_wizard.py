"""The mapping wizard: from a file in an unknown form to an account that adds up, and a profile for the next time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.mapping import Lacks
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.gui import before_import
from kvalitetsapp.gui.mapping_state import FileForm, Looked, MappingState
from kvalitetsapp.gui.shortcuts import Shortcut, action
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.mapping_columns import MappingColumnsStep
from kvalitetsapp.gui.widgets.mapping_file import MappingFileStep
from kvalitetsapp.gui.widgets.mapping_review import MappingImportStep, MappingReviewStep, step_of
from kvalitetsapp.gui.widgets.mapping_values import MappingValuesStep
from kvalitetsapp.gui.widgets.message_panel import MessagePanel
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.mapping import ColumnMapping, Open
    from kvalitetsapp.gui.dialogs.undo_import import UndoImportDialog
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.import_plan import PlannedFile, Taken, Tried
    from kvalitetsapp.services.workspace import Workspace

T = TypeVar("T")
STEPS: Final = (N_("Fil"), N_("Kolumner"), N_("Värden"), N_("Granska"), N_("Läs in"))
FILE, COLUMNS, VALUES, REVIEW, IMPORT = range(len(STEPS))


class MappingWizard(QDialog):
    """Five steps in a window that does not keep the rest of the program waiting."""

    taken = Signal(object)  # Path of a file that was taken in
    profile_saved = Signal(object)  # Path of the profile

    def __init__(self, runner: StoreRunner, planned: PlannedFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._planned = planned
        self._running: list[Operation] = []
        self.tried: Tried | None = None
        self.done_file: Tried | None = None
        self._tried_mapping: ColumnMapping | None = None
        self.undo_dialog: UndoImportDialog | None = None
        self.state = MappingState(planned.path, self)
        self.setWindowTitle(_("Mappa {file}").format(file=planned.path.name))
        self.message = MessagePanel()
        self.progress = ProgressLine()
        self.steps = QListWidget()
        self.stack = QStackedWidget()
        self.file = MappingFileStep(self.state)
        self.columns = MappingColumnsStep(self.state)
        self.values = MappingValuesStep(self.state)
        self.review = MappingReviewStep(self.state)
        self.importing = MappingImportStep()
        self.back, self.forward = QPushButton(_("&Tillbaka")), QPushButton(_("&Nästa"))
        self.leave = QPushButton(_("Stäng"))
        self._arrange()
        self._connect()
        self.resize(letters(self, 192), lines(self, 46))
        self._look()

    def go_to(self, step: int) -> None:
        """Show a step."""
        self.steps.setCurrentRow(max(FILE, min(step, IMPORT)))

    # making

    def _arrange(self) -> None:
        self.steps.setObjectName("choices")
        self.steps.setAccessibleName(_("Steg"))
        self.steps.addItems([_(step) for step in STEPS])
        self.steps.setFixedWidth(letters(self, 24))
        for step in self._pages():
            self.stack.addWidget(step)
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress)
        buttons.addStretch(1)
        for button in (self.back, self.forward, self.leave):
            buttons.addWidget(button)
        right = QVBoxLayout()
        right.addWidget(self.stack, 1)
        right.addLayout(buttons)
        inside = QHBoxLayout()
        pad(inside, self, 0.9, 0.9)
        inside.addWidget(self.steps)
        inside.addLayout(right, 1)
        whole = QVBoxLayout(self)
        pad(whole, self, 0, 0)
        whole.addWidget(self.message)
        whole.addLayout(inside, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return in a field is for the field

    def _connect(self) -> None:
        self.steps.currentRowChanged.connect(self._show_step)
        self.back.clicked.connect(lambda: self.go_to(self.stack.currentIndex() - 1))
        self.forward.clicked.connect(lambda: self.go_to(self.stack.currentIndex() + 1))
        self.leave.clicked.connect(self.close)
        self.finished.connect(self._stop)
        action(self, Shortcut.PREVIOUS_STEP, self.back.click)
        action(self, Shortcut.NEXT_STEP, self.forward.click)
        self.file.form_changed.connect(self._look)
        self.file.kind_chosen.connect(self._take_kind)
        self.file.profile_chosen.connect(self._take_profile)
        self.review.open_wanted.connect(self._go_to_open)
        self.review.save_wanted.connect(self._save)
        self.importing.take.clicked.connect(self._take)
        self.importing.undo.clicked.connect(self._ask_to_undo)
        self.state.changed.connect(self._count_open)
        self.steps.setCurrentRow(FILE)

    def _pages(self) -> tuple[QWidget, ...]:
        return (self.file, self.columns, self.values, self.review, self.importing)

    # looking the file through

    def _look(self) -> None:
        work = partial(_look, self._planned, self.state.form)
        self._run(work, self._show_looked, _("Går igenom filen"))

    def _show_looked(self, found: Looked) -> None:
        self.state.take(found)
        self.review.name.setText(found.profile_name or self._planned.path.stem)
        self._enable()

    def _take_kind(self, kind: str) -> None:
        found = self.state.found
        if found is not None:
            self._run(partial(_suggest, found, KindOfFile(kind)), self._show_looked, "")

    def _take_profile(self, place: int) -> None:
        found = self.state.found
        if found is not None:
            self._run(partial(_change, found, place), self._show_looked, "")

    # steps

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self._enable()
        if step in {REVIEW, IMPORT}:
            self._try()
        page = self._pages()[step]
        if isinstance(
            page, MappingFileStep | MappingColumnsStep | MappingValuesStep | MappingReviewStep | MappingImportStep
        ):
            page.first_focus().setFocus()

    def _enable(self) -> None:
        step, known = self.stack.currentIndex(), self.state.mapping is not None
        self.back.setEnabled(step > FILE)
        self.forward.setEnabled(step < IMPORT and known)
        self.steps.setEnabled(known)

    def _count_open(self) -> None:
        mapping = self.state.mapping
        opened = () if mapping is None else mapping.open()
        counts = {step: sum(1 for one in opened if step_of(one) == step) for step in (FILE, COLUMNS, VALUES)}
        for step, name in enumerate(STEPS):
            left = counts.get(step, 0)
            told = _("{step} ({n} kvar)").format(step=_(name), n=number(left)) if left else _(name)
            self.steps.item(step).setText(told)

    def _go_to_open(self, one: Open) -> None:
        mapping = self.state.mapping
        self.go_to(step_of(one))
        if mapping is None:
            return
        if one.lacks is Lacks.VALUE:
            found = [
                row
                for row, each in enumerate(mapping.values())
                if (each.column, each.value) == (one.column, one.value)
            ]
            self.values.table.choose_row(found[0] if found else 0)
        elif one.lacks is Lacks.QUESTION and one.asked is not None:
            group = self.file.questions.get((one.asked, one.header))
            if group is not None:
                group.take_focus()
        else:
            self.columns.table.choose_row([each.name for each in mapping.wanted].index(one.column))

    # trying and taking in

    def _try(self) -> None:
        mapping = self.state.mapping
        if mapping is None or self.done_file is not None:
            return
        if not mapping.is_complete:
            self.tried = self._tried_mapping = None
            self.review.show_open()
            self.importing.show_tried(None)
            return
        if mapping == self._tried_mapping and self.tried is not None:
            return
        self.review.show_tried(None)
        self.importing.show_tried(None)
        self._run(partial(_preview, self._planned.path, mapping), partial(self._show_tried, mapping), _("Provläser"))

    def _show_tried(self, mapping: ColumnMapping, tried: Tried) -> None:
        self.tried, self._tried_mapping = tried, mapping
        self.review.show_tried(tried)
        self.importing.show_tried(tried)
        self._allow_taking()
        if self.stack.currentIndex() in {REVIEW, IMPORT}:
            self.focus_step()

    def focus_step(self) -> None:
        """Put the focus where the step that is shown begins."""
        page = self.review if self.stack.currentIndex() == REVIEW else self.importing
        page.first_focus().setFocus()

    def _allow_taking(self) -> None:
        writable = self.runner.can_write
        can = self.tried is not None and self.tried.outcome is not None and self.done_file is None
        self.importing.take.setEnabled(can and writable)

    def _take(self) -> None:
        mapping = self.state.mapping
        if mapping is None or self.tried is None:
            return
        self.importing.take.setEnabled(False)
        work = partial(_take, self._planned.path, mapping, self.review.name.text().strip())
        take = partial(self._run, work, self._show_taken, _("Läser in"))
        self._follow(before_import.back_up(self.runner, self, take, self._failed))

    def _show_taken(self, taken: Taken) -> None:
        (self.done_file,) = taken.files
        self.importing.show_taken(self.done_file)
        for step in (FILE, COLUMNS, VALUES, REVIEW):
            self.steps.item(step).setFlags(Qt.ItemFlag.NoItemFlags)
        self.back.setEnabled(False)
        self.importing.first_focus().setFocus()
        self.taken.emit(self._planned.path)

    def _ask_to_undo(self) -> None:
        outcome = None if self.done_file is None else self.done_file.outcome
        if outcome is not None and outcome.batch is not None:
            from kvalitetsapp.gui.dialogs.undo_import import UndoImportDialog

            self.undo_dialog = UndoImportDialog(self.runner, [outcome.batch], self)
            self.undo_dialog.undone.connect(self._show_undone)
            self.undo_dialog.open()

    def _show_undone(self, _count: int) -> None:
        self.importing.show_undone()
        self.leave.setFocus()

    def _save(self, name: str) -> None:
        mapping = self.state.mapping
        if mapping is not None:
            self._run(partial(_save, name, mapping), self._show_saved, "")

    def _show_saved(self, path: Path) -> None:
        self.message.say(_("Profilen {name} är sparad.").format(name=path.stem), calm=True)
        self.profile_saved.emit(path)

    # work on the store's thread

    def _run(self, work: Callable[[Workspace, Progress], T], on_done: Callable[[T], None], label: str) -> None:
        self._follow(self.runner.run(work, on_done, label=label, on_failed=self._failed))

    def _follow(self, operation: Operation) -> None:
        self._running.append(operation)
        operation.ended.connect(partial(self._ended, operation))
        if operation.label:
            self.progress.follow(operation)

    def _ended(self, operation: Operation) -> None:
        self._running = [one for one in self._running if one is not operation]

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.message.say(error.message)
            self.review.show_tried(None)
            self.review.details.heading.setText(error.message)
        elif isinstance(error, CancelledError):
            self.message.say(_("Avbrutet. Inget har sparats."), calm=True)
        self._allow_taking()

    def _stop(self) -> None:
        """Cancel what is under way when the window is left."""
        for operation in self._running:
            operation.cancel()


def _look(planned: PlannedFile, form: FileForm, workspace: Workspace, progress: Progress) -> Looked:
    from kvalitetsapp.services import known_profiles, mapping

    seen = mapping.inspect(
        planned.path,
        progress,
        encoding=form.encoding,
        delimiter=form.delimiter,
        sheet=form.sheet,
        header_row=form.header_row,
    )
    ranked = mapping.likely_kinds(seen)
    kind = planned.kind or (ranked[0][0] if ranked else KindOfFile.EPISODES)
    providers = mapping.providers_of(workspace)
    fitting = known_profiles.recognise(planned.path)
    if planned.profile is not None:
        made, name = mapping.change(seen, planned.profile, providers), planned.profile_name
    else:
        made, name = mapping.suggest(seen, kind, providers), ""
    return Looked(seen, ranked, made, dict(providers), fitting, name, mapping.ENCODINGS)


def _suggest(found: Looked, kind: KindOfFile, _workspace: Workspace, _progress: Progress) -> Looked:
    from kvalitetsapp.services import mapping

    made = mapping.suggest(found.seen, kind, tuple(found.providers.items()))
    return Looked(found.seen, found.kinds, made, found.providers, found.profiles, "", found.encodings)


def _change(found: Looked, place: int, _workspace: Workspace, _progress: Progress) -> Looked:
    from kvalitetsapp.services import mapping

    providers = tuple(found.providers.items())
    if place < 0:
        made, name = mapping.suggest(found.seen, found.mapping.kind, providers), ""
    else:
        made, name = mapping.change(found.seen, found.profiles[place].profile, providers), found.profiles[place].name
    return Looked(found.seen, found.kinds, made, found.providers, found.profiles, name, found.encodings)


def _preview(path: Path, made: ColumnMapping, workspace: Workspace, progress: Progress) -> Tried:
    from kvalitetsapp.services import mapping

    return mapping.preview(workspace, path, made, progress)


def _take(path: Path, made: ColumnMapping, name: str, workspace: Workspace, progress: Progress) -> Taken:
    from kvalitetsapp.services import mapping

    return mapping.take(workspace, path, made, name, progress)


def _save(name: str, made: ColumnMapping, _workspace: Workspace, _progress: Progress) -> Path:
    from kvalitetsapp.services import mapping

    return mapping.save_profile(name, made)
