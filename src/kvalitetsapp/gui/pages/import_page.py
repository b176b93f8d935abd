"""Import: drop files, see what would happen row by row, take them in; and what was taken in before."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import before_import
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.dialogs.undo_import import UndoImportDialog
from kvalitetsapp.gui.models import import_tables
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.spacing import lines, pad
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.drop_zone import DropZone
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.import_details import ImportDetailsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.imports import ImportDetails
    from kvalitetsapp.gui.models.import_tables import Batch
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.import_plan import PlannedFile, Taken
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "import/folder"
CHOOSE: Final = "choose"


class ImportPage(Page):
    """Takes files in."""

    title: ClassVar[str] = N_("Import")
    icon_name: ClassVar[str] = "import"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.IMPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._taken: Taken | None = None
        self._planned: tuple[PlannedFile, ...] = ()
        self._earlier: list[Batch] = []
        self.wizards: list[QDialog] = []
        self.undo_dialog: UndoImportDialog | None = None
        self.zone = DropZone()
        self.files = DataTable("import-files", key=("file",))
        self.earlier = DataTable("imports", key=("batch",))
        self.details = ImportDetailsView()
        note_copies(runner, self.details.findings, self.details.changed)
        self.account = PlainLabel()
        self.take = primary_button(_("Läs in"))
        self.forget = QPushButton(_("Töm listan"))
        self.map = QPushButton(_("Mappa …"))
        self.undo = QPushButton(_("Ångra import"))
        self.undo_earlier = QPushButton(_("Ångra import …"))
        self.new = QStackedWidget()
        self.tabs = QTabWidget()
        self._arrange()
        self._connect()
        self._show_nothing()

    def refresh(self) -> None:
        """Read the list of earlier imports."""
        self.runner.run(_list_imports, self._show_earlier)

    def show_wanted(self, wanted: object) -> None:
        """Take dropped files (a tuple of paths), or let the user choose."""
        if isinstance(wanted, tuple):
            self.plan([path for path in wanted if isinstance(path, Path)])
        elif wanted == CHOOSE:
            self.choose()

    def focus_find(self) -> None:
        """Search among the rejected rows and findings."""
        self.details.focus_find()

    def choose(self) -> None:
        """Let the user choose files."""
        chosen = messages.choose_files(
            self,
            _("Välj filer att läsa in"),
            recall(FOLDER),
            _("Filer att läsa in (*.csv *.txt *.xlsx *.xls *.ods *.xml *.toml);;Alla filer (*)"),
        )
        if chosen:
            remember(FOLDER, str(Path(chosen[0]).parent))
            self.plan([Path(one) for one in chosen])

    def plan(self, paths: Sequence[Path]) -> None:
        """Recognise files and try them together with those that wait already; nothing is written."""
        waiting = [] if self._taken is not None and self._taken.applied else [file.path for file in self._planned]
        self.tabs.setCurrentIndex(0)
        self._set_busy(busy=True)
        self.runner.run(partial(_plan, [*waiting, *paths]), self._try, on_failed=self._stopped)

    def map_file(self) -> None:
        """Open the mapping wizard on the chosen file, in a window of its own."""
        file = self._chosen_file()
        if file is None:
            return
        from kvalitetsapp.gui.dialogs.mapping_wizard import MappingWizard

        wizard = MappingWizard(self.runner, file, self)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wizard.taken.connect(self._leave_out)
        wizard.profile_saved.connect(lambda _path: self.plan([]))
        self.wizards = [one for one in self.wizards if shiboken6.isValid(one)] + [wizard]
        wizard.show()

    # making

    def _arrange(self) -> None:
        self.files.view.setAccessibleName(_("Filer att läsa in"))
        self.earlier.view.setAccessibleName(_("Tidigare importer"))
        head = QHBoxLayout()
        head.addWidget(self.account, 1)
        head.addWidget(self.map)
        head.addWidget(self.undo)
        head.addWidget(self.forget)
        head.addWidget(self.take)
        chosen = QWidget()
        column = QVBoxLayout(chosen)
        pad(column, self, 0.7, 0.6)
        column.addLayout(head)
        column.addWidget(self.files, 1)
        self.new.addWidget(EmptyState(_("Inga filer är valda. Släpp dem i fönstret eller välj dem ovan.")))
        self.new.addWidget(chosen)
        before = QWidget()
        column = QVBoxLayout(before)
        pad(column, self, 0.7, 0.6)
        column.addWidget(self.earlier)
        column.addWidget(self.undo_earlier, 0, Qt.AlignmentFlag.AlignRight)
        self.tabs.addTab(self.new, _("Att läsa in"))
        self.tabs.addTab(before, _("Tidigare importer"))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.tabs)
        parts.addWidget(self.details)
        parts.setHandleWidth(lines(self, 0.6))
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        pad(whole, self, 1.2, 0.9)
        whole.addWidget(self.zone)
        whole.addWidget(parts, 1)

    def _connect(self) -> None:
        self.zone.dropped.connect(self.plan)
        self.zone.choose_wanted.connect(self.choose)
        self.take.clicked.connect(self._take)
        self.forget.clicked.connect(self._show_nothing)
        self.map.clicked.connect(self.map_file)
        self.undo.clicked.connect(lambda: self._ask_to_undo(self._just_taken()))
        self.undo_earlier.clicked.connect(lambda: self._ask_to_undo(self._chosen_batches()))
        self.files.current_row_changed.connect(self._show_file)
        self.earlier.current_row_changed.connect(self._show_batch)
        self.earlier.view.selectionModel().selectionChanged.connect(self._let_undo)
        self.tabs.currentChanged.connect(self._show_details_of_tab)

    # what happens to files

    def _try(self, planned: tuple[PlannedFile, ...]) -> None:
        self._planned, self._taken = planned, None
        self.new.setCurrentIndex(1)
        self.files.set_table(import_tables.planned_table(planned))
        self.account.setText(_("Filerna provläses. Inget sparas."))
        label = _("Provläser")
        self.runner.run(partial(_try, planned), self._show_tried, label=label, on_failed=self._stopped)

    def _show_tried(self, taken: Taken) -> None:
        self._taken = taken
        self._set_busy(busy=False)
        self.files.set_table(import_tables.tried_table(taken))
        self.account.setText(
            _("{account}. Inget är sparat ännu.").format(account=import_tables.sum_account(taken.files))
        )
        self._choose_first_with_trouble(taken)

    def _take(self) -> None:
        files = [one.file for one in self._taken.files if one.outcome is not None] if self._taken else []
        if files:
            self._set_busy(busy=True)
            before_import.back_up(self.runner, self, partial(self._take_in, files), self._stopped)

    def _take_in(self, files: Sequence[PlannedFile]) -> None:
        self.runner.run(partial(_take, files), self._show_taken, label=_("Läser in"), on_failed=self._stopped)

    def _show_taken(self, taken: Taken) -> None:
        self._taken = taken
        self._set_busy(busy=False)
        self.files.set_table(import_tables.tried_table(taken))
        self.account.setText(_("Inläst: {account}.").format(account=import_tables.sum_account(taken.files)))
        n = len(taken.files)
        self.told.emit(ngettext("{n} fil inläst", "{n} filer inlästa", n).format(n=number(n)))

    def _stopped(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        self.account.setText(_("Avbrutet. Inget har sparats."))
        self.runner.tell(error)

    def _show_nothing(self) -> None:
        self._planned, self._taken = (), None
        self.new.setCurrentIndex(0)
        self._set_busy(busy=False)
        self.details.clear()

    def _set_busy(self, *, busy: bool) -> None:
        can = self._taken is not None and not self._taken.applied and any(one.outcome for one in self._taken.files)
        writable = self.runner.can_write
        self.zone.button.setEnabled(not busy)
        self.forget.setEnabled(not busy)
        self.take.setEnabled(can and writable and not busy)
        self.undo.setVisible(bool(self._just_taken()))
        self.undo.setEnabled(writable and not busy)
        self._let_undo()
        if not writable:
            self.take.setToolTip(_("Databasen är öppnad skrivskyddad."))
        self._offer_mapping()

    def _leave_out(self, path: Path) -> None:
        """Try the files that wait anew, without the one that the wizard has taken in."""
        self._planned = tuple(file for file in self._planned if file.path != path)
        if self._planned:
            self.plan([])
        else:
            self._show_nothing()

    def _chosen_file(self) -> PlannedFile | None:
        row = self.files.current_row()
        usable = self.tabs.currentIndex() == 0 and 0 <= row < len(self._planned)
        file = self._planned[row] if usable else None
        is_taken = self._taken is not None and self._taken.applied
        return None if file is None or is_taken or file.path.suffix.lower() == ".toml" else file

    def _offer_mapping(self) -> None:
        file = self._chosen_file()
        self.map.setEnabled(file is not None and self.zone.button.isEnabled())
        self.map.setText(_("Mappa …") if file is None or file.kind is None else _("Ändra mappning …"))

    # undoing

    def _just_taken(self) -> list[int]:
        """Return the imports that the files shown have become and that stand."""
        if self._taken is None or not self._taken.applied:
            return []
        undone = {one.batch for one in self._earlier if one.undone_at is not None}
        made = [one.outcome.batch for one in self._taken.files if one.outcome is not None]
        return [batch for batch in made if batch is not None and batch not in undone]

    def _chosen_batches(self) -> list[int]:
        chosen = [self._earlier[row] for row in self.earlier.chosen_rows() if row < len(self._earlier)]
        return [one.batch for one in chosen if one.undone_at is None]

    def _let_undo(self) -> None:
        writable = self.runner.can_write
        self.undo_earlier.setEnabled(writable and bool(self._chosen_batches()))
        if not writable:
            self.undo_earlier.setToolTip(_("Databasen är öppnad skrivskyddad."))

    def _ask_to_undo(self, batches: list[int]) -> None:
        if not batches:
            return
        self.undo_dialog = UndoImportDialog(self.runner, batches, self)
        self.undo_dialog.undone.connect(self._tell_undone)
        self.undo_dialog.open()

    def _tell_undone(self, n: int) -> None:
        self.told.emit(ngettext("{n} import ångrad", "{n} importer ångrade", n).format(n=number(n)))
        if self._taken is not None and self._taken.applied:
            self._show_nothing()

    # what is shown of them

    def _choose_first_with_trouble(self, taken: Taken) -> None:
        rows = [row for row, one in enumerate(taken.files) if one.file.kind is None]
        rows += [row for row, one in enumerate(taken.files) if one.outcome is not None and one.outcome.rejected]
        self.files.choose_row(rows[0] if rows else 0)
        self._show_file(self.files.current_row())

    def _show_file(self, row: int) -> None:
        self._offer_mapping()
        if self._taken is None or not 0 <= row < len(self._taken.files):
            self.details.clear()
            return
        one = self._taken.files[row]
        self.details.show_file(one)

    def _show_earlier(self, batches: list[Batch]) -> None:
        self._earlier = batches
        self.earlier.set_table(import_tables.earlier_table(batches))
        self.undo.setVisible(bool(self._just_taken()))
        self._let_undo()
        self.tabs.setTabText(1, _("Tidigare importer ({n})").format(n=number(len(batches))))

    def _show_batch(self, row: int) -> None:
        if self.tabs.currentIndex() != 1:
            return
        if not 0 <= row < len(self._earlier):
            self.details.clear()
            return
        number_ = int(str(self.earlier.model.value(row, "batch")))
        self.runner.run(partial(_details, number_), partial(self._show_details, row))

    def _show_details(self, row: int, details: ImportDetails) -> None:
        if row == self.earlier.current_row():
            values = dict(zip(self.earlier.model.table.names(), self.earlier.model.row_values(row), strict=True))
            self.details.show_batch(values, details)

    def _show_details_of_tab(self, tab: int) -> None:
        if tab == 0:
            self._show_file(self.files.current_row())
        else:
            self._show_batch(self.earlier.current_row())


def _list_imports(workspace: Workspace, _progress: Progress) -> list[Batch]:
    from kvalitetsapp.services import imports

    return list(imports.list_imports(workspace))


def _details(batch: int, workspace: Workspace, _progress: Progress) -> ImportDetails:
    from kvalitetsapp.services import imports

    return imports.import_details(workspace, batch)


def _plan(paths: Sequence[Path], _workspace: Workspace, _progress: Progress) -> tuple[PlannedFile, ...]:
    from kvalitetsapp.services import import_plan

    return import_plan.plan(paths)


def _try(files: Sequence[PlannedFile], workspace: Workspace, progress: Progress) -> Taken:
    from kvalitetsapp.services import import_plan

    return import_plan.try_files(workspace, files, progress)


def _take(files: Sequence[PlannedFile], workspace: Workspace, progress: Progress) -> Taken:
    from kvalitetsapp.services import import_plan

    return import_plan.take_files(workspace, files, progress)
