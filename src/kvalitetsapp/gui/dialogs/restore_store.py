"""Återställ: which backup takes the store's place, what that undoes, and the passphrase of whoever does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from kvalitetsapp.domain.backups import age_in_words, on_the_wall
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import PathField, passphrase_field
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.restoring import Consequences, Restored
    from kvalitetsapp.services.workspace import Workspace


class RestoreDialog(MakingDialog):
    """Restores the store at `path`, which is the one that is open in the runner or one that does not open."""

    def __init__(
        self, runner: StoreRunner, path: Path, folder: Path, name: str = "", parent: QWidget | None = None
    ) -> None:
        self.lost = PlainLabel()
        stopped = _("Avbrutet. Databasen är som den var.")
        super().__init__(runner, _("Återställ från säkerhetskopia"), _("Å&terställ"), stopped, parent)
        self._is_open = runner.store is not None and runner.store.path == path
        self._name = name
        self.path = PathField(self._choose_path)
        self.folder = PathField(self._choose_folder)
        self.backup = QComboBox()
        self.user = QLineEdit()
        self.passphrase = passphrase_field()
        self._fill(path, folder)
        self.folder.changed.connect(self._list)
        self.backup.currentIndexChanged.connect(lambda _row: self._look())
        self._list()

    def beneath(self) -> tuple[QWidget, ...]:
        """Return what the restoring would undo."""
        return (self.lost,)

    def start(self) -> None:
        """Restore: the store is closed meanwhile."""
        self.save.setEnabled(False)
        label = _("Återställer")
        name, folder, path, said = self._chosen(), self.folder.path(), self.path.path(), self.passphrase.text()
        if self._is_open:
            work = partial(_restore_open, path, folder, name, said)
            self._operation = self.runner.run_closed(
                partial(_proved, said), work, said, self._done, self._refused, label=label
            )
        else:
            user = self.user.text().strip() or None
            self._operation = self.runner.run_outside(
                partial(_restore, path, folder, name, said, user), self._done, label=label, on_failed=self._refused
            )
        self.progress.follow(self._operation)

    def _done(self, outcome: object) -> None:
        """Say what became of it; the page that asked for it is gone with the store that was open."""
        self._operation = None
        self.saved.emit(outcome)
        self.form.hide()
        self.lost.hide()
        self.explained.setText(restored_in_words(cast("Restored", outcome), is_open=self.runner.store is not None))
        self.save.clicked.disconnect()
        self.save.clicked.connect(self.accept)
        self.save.setText(_("&Stäng"))
        self.save.setEnabled(True)
        self.leave.hide()
        self.save.setFocus()

    # how it looks

    def _fill(self, path: Path, folder: Path) -> None:
        self.explained.setText(
            _(
                "Kopian läses igenom och tar sedan databasens plats. Den databas som ligger där sparas bredvid under "
                "ett annat namn, och säkerhetskopieras först om den går att öppna. Ingen annan får ha den öppen."
            )
        )
        self.path.set_path(path)
        self.folder.set_path(folder)
        for label, field in (
            (_("&Databas"), self.path),
            (_("&Mapp med kopior"), self.folder),
            (_("&Kopia"), self.backup),
            (_("&Användare"), self.user),
            (_("&Lösenfras"), self.passphrase),
        ):
            self.form.add(label, field)
        self.user.setPlaceholderText(_("Behövs bara om databasen har flera användare"))
        for field in (self.path, self.user):
            self.form.set_visible(field, on=not self._is_open)
        self.lost.setWordWrap(True)
        self.backup.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.passphrase.setFocus()

    def _choose_path(self) -> str:
        return messages.choose_new_file(self, _("Var ska databasen ligga?"), self.path.path(), _("Databaser (*.kvdb)"))

    def _choose_folder(self) -> str:
        return messages.choose_folder(self, _("Välj mapp med säkerhetskopior"), str(self.folder.path()))

    # what there is

    def _chosen(self) -> str:
        return str(self.backup.currentData() or "")

    def _list(self) -> None:
        self.save.setEnabled(False)
        self.runner.run_outside(partial(_found, self.folder.path()), self._show_found, on_failed=self._none_found)

    def _show_found(self, found: tuple[tuple[Backup, ...], datetime]) -> None:
        backups, now = found
        wanted = self._chosen() or self._name
        self.say("" if backups else _("Det finns inga säkerhetskopior i mappen."))
        self.backup.clear()
        for one in backups:
            told = (on_the_wall(one.note.made_at), age_in_words(one.note.made_at, now))
            words = (word("backup_reason", one.note.reason), word("backup_state", one.state(now)))
            self.backup.addItem(" · ".join((*told, *words)), one.name)
        good = next((one.name for one in backups if not one.fault), "")
        self.backup.setCurrentIndex(max(0, self.backup.findData(wanted or good)))
        self.save.setEnabled(bool(backups))

    def _none_found(self, error: BaseException) -> None:
        self.backup.clear()
        self.say(error.message if isinstance(error, UserError) else "")

    def _look(self) -> None:
        """Say what the chosen backup would undo, where that can be known."""
        self.lost.setText("")
        if self._is_open and self._chosen():
            work = partial(_consequences, self.folder.path(), self._chosen())
            self.runner.run(work, self._show_lost, on_failed=self._not_known)

    def _show_lost(self, found: Consequences) -> None:
        if found.backup.name == self._chosen():
            self.lost.setText(lost_in_words(found))

    def _not_known(self, error: BaseException) -> None:
        self.lost.setText(error.message if isinstance(error, UserError) else "")


def lost_in_words(found: Consequences) -> str:
    """Return what a restoring would undo."""
    told = ngettext(
        "{n} post i loggen har tillkommit sedan dess.", "{n} poster i loggen har tillkommit sedan dess.", found.entries
    ).format(n=number(found.entries))
    lines = [_("Det här går förlorat: {entries}").format(entries=told), *found.differences()]
    if not found.same_history:
        lines.insert(0, _("Databasen kommer inte ur kopian: deras loggar är olika."))
    return "\n".join(lines)


def restored_in_words(done: Restored, *, is_open: bool) -> str:
    """Return what became of a restoring."""
    told = [_("Databasen är återställd från {name}.").format(name=done.backup)]
    if done.aside is not None:
        told.append(_("Den som fanns ligger kvar som {name}.").format(name=done.aside.name))
    if done.returned:
        names = ", ".join(done.returned)
        told.append(_("De här får öppna databasen igen, fast de var borttagna: {names}.").format(names=names))
    if not is_open:
        told.append(_("Öppna den med lösenfrasen som gällde när kopian gjordes."))
    return " ".join(told)


def _found(folder: Path, _progress: Progress) -> tuple[tuple[Backup, ...], datetime]:
    from kvalitetsapp.services import saved_copies

    return saved_copies.in_folder(folder), saved_copies.now()


def _consequences(folder: Path, name: str, workspace: Workspace, _progress: Progress) -> Consequences:
    from kvalitetsapp.services import restoring

    return restoring.consequences(workspace, folder, name)


def _proved(passphrase: str, workspace: Workspace, _progress: Progress) -> str | None:
    from kvalitetsapp.services import restoring

    return restoring.proved(workspace, passphrase)


def _restore_open(
    path: Path, folder: Path, name: str, passphrase: str, user: str | None, progress: Progress
) -> Restored:
    return _restore(path, folder, name, passphrase, user, progress)


def _restore(path: Path, folder: Path, name: str, passphrase: str, user: str | None, progress: Progress) -> Restored:
    from kvalitetsapp.services import restoring

    return restoring.restore(path, folder, name, passphrase, user=user, progress=progress)
