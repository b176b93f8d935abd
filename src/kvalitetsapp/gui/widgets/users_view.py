"""Användare och nycklar: one's own passphrase, and for an administrator the users, the recovery key and a new key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.rights import Right, roles_in_words
from kvalitetsapp.domain.table import Row, Table
from kvalitetsapp.domain.user_table import SHOWN
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.change_passphrase import ChangePassphraseDialog, RememberDialog, ResetPassphraseDialog
from kvalitetsapp.gui.dialogs.edit_user import AddUserDialog, ChangeUserDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import Outcome, RowsView
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.rekeying import RekeyOutcome
    from kvalitetsapp.services.users import KnownUser
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Read:
    """What the view shows; `users` and `recovery` only for those who may see them."""

    name: str
    unit: str
    roles: str
    is_remembered: bool
    users: tuple[KnownUser, ...] = ()
    recovery: str = ""


class UsersView(RowsView["KnownUser"]):
    """Oneself above; below, for those who may, all users in a table and the keys of the store."""

    title: ClassVar[str] = N_("Användare och nycklar")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.USERS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("users", key=("user",)))
        self.you = PlainLabel()
        self.recovery_told = PlainLabel()
        self.passphrase = QPushButton(_("&Byt min lösenfras …"))
        self.remember = QPushButton()
        self.add = QPushButton(_("&Lägg till …"))
        self.change = QPushButton(_("Än&dra …"))
        self.reset = QPushButton(_("Ny &första lösenfras …"))
        self.remove = QPushButton(_("&Ta bort …"))
        self.recovery = QPushButton(_("Ny åte&rställningsnyckel …"))
        self.rekey = QPushButton(_("Byt databasens n&yckel …"))
        self._found: _Read | None = None
        self._arrange()
        self.begins_at = self.passphrase
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read who one is, and what one may see of the others."""
        self.runner.run(_read, self._show)

    # how it looks

    def _arrange(self) -> None:
        rights = self.runner.store.rights if self.runner.store is not None else frozenset()
        self.table.view.setAccessibleName(_("Användare"))
        for label in (self.you, self.recovery_told):
            label.setWordWrap(True)
        self._users = QWidget()
        inner = QVBoxLayout(self._users)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(titled(_("Användare"), self.table), 1)
        inner.addLayout(arrangement.ends((self.add,), (self.change, self.reset, self.remove)))
        self._keys = QWidget()
        below = QVBoxLayout(self._keys)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(titled(_("Databasens nycklar"), self.recovery_told))
        below.addLayout(arrangement.ends((self.recovery, self.rekey)))
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(titled(_("Du"), self.you))
        column.addLayout(arrangement.ends((self.passphrase, self.remember)))
        column.addWidget(self._users, 1)
        column.addWidget(self._keys)
        column.addStretch(0 if Right.MANAGE_USERS in rights else 1)
        self._users.setVisible(Right.MANAGE_USERS in rights)
        self._keys.setVisible(Right.MANAGE_KEYS in rights)

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.change.click())
        for button, ask in (
            (self.passphrase, self._ask_for_passphrase),
            (self.remember, self._ask_to_remember),
            (self.add, self._ask_whom_to_add),
            (self.change, self._ask_what_to_change),
            (self.reset, self._ask_for_first_passphrase),
            (self.remove, self._ask_to_remove),
            (self.recovery, self._ask_where_to_write),
            (self.rekey, self._ask_to_rekey),
        ):
            button.clicked.connect(ask)

    # what it shows

    def _show(self, found: _Read) -> None:
        self._found = found
        unit = _(", {unit}").format(unit=found.unit) if found.unit else ""
        self.you.setText(_("{user}{unit}: {roles}").format(user=found.name, unit=unit, roles=found.roles))
        self.recovery_told.setText(
            _("Återställningsnyckeln är framtagen {made}.").format(made=found.recovery)
            if found.recovery
            else _(
                "Det finns ingen återställningsnyckel. Glömmer alla administratörer sina lösenfraser går databasen "
                "inte att öppna. Ta fram en, skriv ut arket och lås in det."
            )
        )
        self.remember.setText(
            _("&Glöm mig på den här datorn") if found.is_remembered else _("&Kom ihåg mig på den här datorn …")
        )
        rows: list[Row] = [
            (*(user.name, user.unit, roles_in_words(user.roles)), int(user.opens), user.added_at[:10], user.added_by)
            for user in found.users
        ]
        self._put(found.users, Table(SHOWN, rows))

    def _choose(self) -> None:
        user, can_write = self.current(), self.runner.can_write
        is_other = user is not None and not user.is_you
        for button in (self.passphrase, self.remember, self.add, self.recovery, self.rekey):
            button.setEnabled(can_write and self._found is not None)
        self.change.setEnabled(can_write and user is not None)
        self.reset.setEnabled(can_write and is_other)
        self.remove.setEnabled(can_write and is_other)

    def _done(self, outcome: Outcome) -> None:
        self.told.emit(outcome.said)
        self.mark_stale()
        if self._users.isVisibleTo(self):
            self.table.view.setFocus()

    # what is done

    def _ask_for_passphrase(self) -> None:
        if self._found is not None:
            self._open(ChangePassphraseDialog(self.runner, (self._found.name, self._found.unit), self))

    def _ask_to_remember(self) -> None:
        if self._found is not None and self._found.is_remembered:
            self.runner.run(_forget, self._done)
        else:
            self._open(RememberDialog(self.runner, self))

    def _ask_whom_to_add(self) -> None:
        self._open(AddUserDialog(self.runner, self))

    def _ask_what_to_change(self) -> None:
        user = self.current()
        if user is not None:
            self._open(ChangeUserDialog(self.runner, user, self))

    def _ask_for_first_passphrase(self) -> None:
        user = self.current()
        if user is not None:
            self._open(ResetPassphraseDialog(self.runner, user.name, user.unit, self))

    def _ask_to_remove(self) -> None:
        user = self.current()
        if user is None:
            return
        question = _(
            "Ta bort {user}? Användaren kommer inte längre in. Det som användaren har gjort står kvar i loggen."
        ).format(user=user.name)
        if messages.ask(self, question, yes=_("Ta bort")):
            self.runner.run(partial(_remove, user.name), self._done)

    def _ask_where_to_write(self) -> None:
        proposed = Path.home() / _("aterstallningsnyckel.pdf")
        chosen = messages.choose_new_file(self, _("Var ska arket ligga?"), proposed, _("PDF (*.pdf)"))
        if chosen:
            self.runner.run(partial(_make_recovery_key, Path(chosen)), self._done)

    def _ask_to_rekey(self) -> None:
        question = _(
            "Ge databasen en ny nyckel? Hela databasen skrivs om, och ingen annan får ha den öppen. Det tar ungefär "
            "lika lång tid som att kopiera den."
        )
        if messages.ask(self, question, yes=_("Byt nyckel")):
            self.runner.run(_rekey, self._done, label=_("Byter databasens nyckel"))


def _read(workspace: Workspace, _progress: Progress) -> _Read:
    from kvalitetsapp.services import access, recovery, remembering, users

    return _Read(
        workspace.account,
        workspace.unit,
        roles_in_words(workspace.roles),
        remembering.is_remembered(workspace.path, workspace.account),
        users.list_users(workspace) if access.may(workspace, Right.MANAGE_USERS) else (),
        recovery.made(workspace) if access.may(workspace, Right.MANAGE_KEYS) else "",
    )


def _forget(workspace: Workspace, _progress: Progress) -> Outcome:
    from kvalitetsapp.services import remembering

    return remembering.forget(workspace)


def _remove(name: str, workspace: Workspace, _progress: Progress) -> Outcome:
    from kvalitetsapp.services import users

    return users.remove(workspace, name)


def _make_recovery_key(out: Path, workspace: Workspace, _progress: Progress) -> Outcome:
    from kvalitetsapp.services import recovery

    return recovery.make_key(workspace, out)


def _rekey(workspace: Workspace, progress: Progress) -> RekeyOutcome:
    from kvalitetsapp.services import rekeying

    return rekeying.rekey(workspace, progress)
