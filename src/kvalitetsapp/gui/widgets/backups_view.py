"""Säkerhetskopior: what there is to go back to, how good it is, and making, checking, trying and restoring it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain.backups import age_in_words, backups_table, on_the_wall
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.backup_drill import BackupDrillDialog
from kvalitetsapp.gui.dialogs.carry_store import ExportStoreDialog
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.dialogs.restore_store import RestoreDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from datetime import datetime

    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.backup_drill import Drill
    from kvalitetsapp.services.backups import Standing
    from kvalitetsapp.services.store_export import Exported
    from kvalitetsapp.services.workspace import Workspace

_BACKED_UP: Final = frozenset({Changed.BACKUPS})


class BackupsView(RowsView["Backup"]):
    """The backups of the store, the newest first."""

    title: ClassVar[str] = N_("Säkerhetskopior")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[Changes] = _BACKED_UP

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("backups", key=("backup",)))
        self._operation: Operation | None = None
        self._folder: Path | None = None
        self._is_elsewhere = False
        rights = runner.store.rights if runner.store is not None else frozenset()
        self._may_restore, self._may_export = Right.RESTORE in rights, Right.EXPORT_STORE in rights
        self.standing = PlainLabel()
        self.warning = PlainLabel()
        self.make = primary_button(_("&Säkerhetskopiera nu"))
        self.check = QPushButton(_("&Kontrollera alla"))
        self.drill = QPushButton(_("&Prova att återställa …"))
        self.restore = QPushButton(_("Å&terställ …"))
        self.choose_folder = QPushButton(_("&Välj mapp …"))
        self.beside = QPushButton(_("Lägg &bredvid databasen"))
        self.export = QPushButton(_("&Exportera hela databasen …"))
        self.begins_at = self.table
        self._arrange()
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the folder, and how well the store is backed up."""
        self.runner.run(_read, self._show)

    # how it looks

    def _arrange(self) -> None:
        self.table.view.setAccessibleName(_("Säkerhetskopior"))
        self.table.hide_columns("checked_at", "fault")
        self.warning.setObjectName("warning")
        for label in (self.standing, self.warning):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.standing)
        column.addWidget(self.warning)
        column.addWidget(self.table, 1)
        column.addLayout(arrangement.ends((self.choose_folder, self.beside, self.export)))
        column.addLayout(arrangement.ends(last=(self.check, self.drill, self.restore, self.make)))

    def _connect(self) -> None:
        self.make.clicked.connect(self._make)
        self.check.clicked.connect(self._check)
        self.drill.clicked.connect(self._ask_to_drill)
        self.restore.clicked.connect(self._ask_to_restore)
        self.choose_folder.clicked.connect(self._ask_for_folder)
        self.beside.clicked.connect(lambda: self._set_folder(None))
        self.export.clicked.connect(self._ask_to_export)

    # what it shows

    def _show(self, found: tuple[tuple[Backup, ...], Standing, datetime]) -> None:
        backups, standing, now = found
        self._folder, self._is_elsewhere = standing.folder, standing.is_elsewhere
        self.standing.setText(standing_in_words(standing, now))
        warnings = [standing.warning]
        if standing.is_old:
            warnings.insert(0, _("Det finns ändringar som ingen säkerhetskopia från de två senaste dygnen har."))
        self.warning.setText(" ".join(filter(None, warnings)))
        self.warning.setVisible(bool(self.warning.text()))
        self._put(backups, backups_table(backups, now))

    def _choose(self) -> None:
        one, idle = self.current(), self._operation is None
        can_write = self.runner.can_write
        self.make.setEnabled(idle)
        self.check.setEnabled(idle and bool(self._rows))
        self.drill.setEnabled(idle and one is not None and not one.fault)
        self.restore.setVisible(self._may_restore)
        self.restore.setEnabled(idle and can_write and one is not None and not one.fault)
        self.choose_folder.setVisible(self._may_restore)
        self.beside.setVisible(self._may_restore and self._is_elsewhere)
        for button in (self.choose_folder, self.beside):
            button.setEnabled(idle and can_write)
        self.export.setVisible(self._may_export)
        self.export.setEnabled(idle)

    # what is done

    def _make(self) -> None:
        self._operation = self.runner.run(_make, self._made, label=_("Säkerhetskopierar"), on_failed=self._stopped)
        self._choose()

    def _made(self, made: Backup) -> None:
        self._tell(_("Säkerhetskopian {name} är gjord och kontrollerad").format(name=made.name))

    def _check(self) -> None:
        self._operation = self.runner.run(
            _check, self._checked, label=_("Kontrollerar säkerhetskopior"), on_failed=self._stopped
        )
        self._choose()

    def _checked(self, checked: tuple[Backup, ...]) -> None:
        damaged = sum(bool(one.fault) for one in checked)
        told = ngettext("{n} kopia är skadad", "{n} kopior är skadade", damaged).format(n=number(damaged))
        self._tell(told if damaged else _("Alla kopior är hela"))

    def _ask_to_drill(self) -> None:
        one = self.current()
        if one is not None:
            dialog = BackupDrillDialog(self.runner, one.name, on_the_wall(one.note.made_at), self)
            dialog.saved.connect(self._drilled)
            dialog.open()

    def _drilled(self, drill: Drill) -> None:
        self._tell(drill.in_words)

    def _ask_to_restore(self) -> None:
        one, store = self.current(), self.runner.store
        if one is not None and store is not None and self._folder is not None:
            dialog = RestoreDialog(self.runner, store.path, self._folder, one.name, self.window())
            dialog.open()

    def _ask_for_folder(self) -> None:
        chosen = messages.choose_folder(self, _("Var ska säkerhetskopior läggas?"), str(self._folder or ""))
        if chosen:
            self._set_folder(Path(chosen))

    def _set_folder(self, folder: Path | None) -> None:
        self.runner.run(partial(_set_folder, folder), lambda _warning: self.runner.announce(_BACKED_UP))

    def _ask_to_export(self) -> None:
        store = self.runner.store
        if store is not None:
            dialog = ExportStoreDialog(self.runner, Path.home() / f"{store.path.stem}.kvexport", self)
            dialog.saved.connect(self._exported)
            dialog.open()

    def _exported(self, exported: Exported) -> None:
        self.told.emit(_("Hela databasen är skriven i {name}").format(name=exported.path.name))

    def _tell(self, text: str) -> None:
        self._operation = None
        self.told.emit(text)
        self.runner.announce(_BACKED_UP)
        self._choose()

    def _stopped(self, error: BaseException) -> None:
        self._operation = None
        self._choose()
        self.runner.tell(error)


def standing_in_words(standing: Standing, now: datetime) -> str:
    """Return how well a store is backed up, in sentences."""
    if standing.newest is None:
        told = [_("Det finns ingen säkerhetskopia än.")]
    else:
        made_at = standing.newest.note.made_at
        told = [
            _("Den nyaste hela säkerhetskopian är från {moment} ({age}).").format(
                moment=on_the_wall(made_at), age=age_in_words(made_at, now)
            ),
            _("Något har ändrats sedan dess.") if standing.is_changed else _("Inget har ändrats sedan dess."),
        ]
    told.append(_("Kopiorna ligger i {folder}.").format(folder=standing.folder))
    drilled = _("Senaste prov {moment}: {result}.").format(moment=standing.drilled_at, result=standing.drill)
    told.append(drilled if standing.drill else _("Ingen har provat att återställa."))
    if standing.is_sample:
        told.append(_("Exempeldata säkerhetskopieras bara för hand."))
    return " ".join(told)


def _read(workspace: Workspace, _progress: Progress) -> tuple[tuple[Backup, ...], Standing, datetime]:
    from kvalitetsapp.services import backups, saved_copies

    return backups.found(workspace), backups.standing(workspace), saved_copies.now()


def _make(workspace: Workspace, progress: Progress) -> Backup:
    from kvalitetsapp.services import backups

    return backups.make(workspace, progress=progress)


def _check(workspace: Workspace, progress: Progress) -> tuple[Backup, ...]:
    from kvalitetsapp.services import backups

    return backups.check(workspace, progress=progress)


def _set_folder(folder: Path | None, workspace: Workspace, _progress: Progress) -> str:
    from kvalitetsapp.services import backups

    return backups.choose_folder(workspace, folder)
