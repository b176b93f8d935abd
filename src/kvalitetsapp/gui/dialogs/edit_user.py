"""Ny användare, and Ändra användare: who may open the store, where they work and as what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from kvalitetsapp.domain import user_name
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.new_passphrase import NewPassphrase
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.users import KnownUser, UserOutcome
    from kvalitetsapp.services.workspace import Workspace

_MEANS = {
    Role.REVIEWER: N_("Läser in, granskar, beslutar, skriver rapporter"),
    Role.FINANCE: N_("Avtal, kostnader, krav, underlag, betalningar"),
    Role.ANALYST: N_("Nyckeltal och rapporter, inga personnummer"),
    Role.LOG_CONTROLLER: N_("Läser och kontrollerar loggen"),
    Role.ADMINISTRATOR: N_("Användare, nycklar, återställning"),
}


class RoleTicks(QWidget):
    """A box for every role, with what it means; at least one has to be ticked."""

    def __init__(self, roles: Collection[Role] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wrong = PlainLabel(_("Välj minst en roll för användaren."))
        self.wrong.setObjectName("bad")
        self.wrong.hide()
        self.boxes = {role: QCheckBox(word("role", role).capitalize()) for role in Role}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(spacing.lines(self, 0.3))
        grid.setColumnStretch(1, 1)
        for row, (role, box) in enumerate(self.boxes.items()):
            box.setChecked(role in roles)
            box.setAccessibleDescription(_(_MEANS[role]))
            box.clicked.connect(lambda _checked=False: self.wrong.hide())
            means = PlainLabel(_(_MEANS[role]))
            means.setObjectName("muted")
            grid.addWidget(box, row, 0)
            grid.addWidget(means, row, 1)
        grid.addWidget(self.wrong, len(self.boxes), 0, 1, 2)
        self.setFocusProxy(self.boxes[Role.REVIEWER])

    def roles(self) -> frozenset[Role]:
        """Return the roles that are ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def check(self) -> bool:
        """Say so where no role is ticked, and tell whether one is."""
        self.wrong.setVisible(not self.roles())
        return bool(self.roles())


class AddUserDialog(SavingDialog):
    """Asks for a name, a unit, roles and the first passphrase."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ny användare"), _("&Lägg till"), parent)
        self.explained.setText(
            _(
                "Lämna över den första lösenfrasen muntligt. Användaren byter den själv, här under Användare och "
                "nycklar."
            )
        )
        self.name = CheckedText(user_name.fault)
        self.unit = QLineEdit()
        self.roles = RoleTicks()
        self.form.add(_("&Namn"), self.name)
        self.form.add(_("En&het"), self.unit)
        self.form.add(_("&Roller"), self.roles)
        self.passphrase = NewPassphrase(self.form, _("&Första lösenfras"), self._known)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return self.name, self.roles, self.passphrase

    def work(self) -> Work:
        """Return what adds the user."""
        return partial(_add, self.name.text(), self.unit.text(), self.roles.roles(), self.passphrase.text())

    def _known(self) -> tuple[str, str]:
        return self.name.text(), self.unit.text()


class ChangeUserDialog(SavingDialog):
    """Asks for another unit and other roles of a user."""

    def __init__(self, runner: StoreRunner, user: KnownUser, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ändra användare"), _("&Spara"), parent)
        self._name = user.name
        self.unit = QLineEdit(user.unit)
        self.roles = RoleTicks(user.roles)
        self.tell(_("Namn"), user.name)
        self.form.add(_("En&het"), self.unit)
        self.form.add(_("&Roller"), self.roles)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.roles,)

    def work(self) -> Work:
        """Return what changes the user."""
        return partial(_change, self._name, self.unit.text(), self.roles.roles())


def _add(
    name: str, unit: str, roles: frozenset[Role], passphrase: str, workspace: Workspace, _progress: Progress
) -> UserOutcome:
    from kvalitetsapp.services import users

    return users.add(workspace, name, unit, roles, passphrase)


def _change(name: str, unit: str, roles: frozenset[Role], workspace: Workspace, _progress: Progress) -> UserOutcome:
    from kvalitetsapp.services import users

    return users.change(workspace, name, unit=unit, roles=roles)
