"""Passphrases: one's own is changed, somebody who forgot gets a new first one, and a workstation remembers a user."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.gui.dialogs.form import passphrase_field
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.new_passphrase import NewPassphrase
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.remembering import RememberOutcome
    from kvalitetsapp.services.users import UserOutcome
    from kvalitetsapp.services.workspace import Workspace


class ChangePassphraseDialog(SavingDialog):
    """Asks for the passphrase that one has, and twice for the one that is to count from now on."""

    def __init__(self, runner: StoreRunner, known: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Byt min lösenfras"), _("&Byt"), parent)
        self.explained.setText(_("Det som en dator kommer ihåg av dig gäller inte längre när du har bytt."))
        self.old = passphrase_field()
        self.form.add(_("&Nuvarande lösenfras"), self.old)
        self.new = NewPassphrase(self.form, _("N&y lösenfras"), lambda: known)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.new,)

    def work(self) -> Work:
        """Return what changes the passphrase."""
        return partial(_change, self.old.text(), self.new.text())


class ResetPassphraseDialog(SavingDialog):
    """Asks for a new first passphrase for somebody else."""

    def __init__(self, runner: StoreRunner, name: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ny första lösenfras"), _("&Spara"), parent)
        self._name = name
        self.explained.setText(_("Den gamla lösenfrasen gäller inte längre. Lämna över den nya muntligt."))
        self.tell(_("Namn"), name)
        self.new = NewPassphrase(self.form, _("N&y lösenfras"), lambda: (name, unit))

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.new,)

    def work(self) -> Work:
        """Return what gives the user the passphrase."""
        return partial(_reset, self._name, self.new.text())


class RememberDialog(SavingDialog):
    """Asks for the passphrase before this workstation remembers the user."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Kom ihåg mig på den här datorn"), _("&Kom ihåg"), parent)
        self.explained.setText(
            _(
                "Den som är inloggad på datorn som du kan då öppna databasen utan lösenfras. Gör det bara på en dator "
                "som du själv använder."
            )
        )
        self.passphrase = passphrase_field()
        self.form.add(_("&Lösenfras"), self.passphrase)

    def work(self) -> Work:
        """Return what lets the workstation remember."""
        return partial(_remember, self.passphrase.text())


def _change(old: str, new: str, workspace: Workspace, _progress: Progress) -> UserOutcome:
    from kvalitetsapp.services import users

    return users.change_passphrase(workspace, old, new)


def _reset(name: str, new: str, workspace: Workspace, _progress: Progress) -> UserOutcome:
    from kvalitetsapp.services import users

    return users.reset_passphrase(workspace, name, new)


def _remember(passphrase: str, workspace: Workspace, _progress: Progress) -> RememberOutcome:
    from kvalitetsapp.services import remembering

    return remembering.remember(workspace, passphrase)
