"""The status bar, which tells the truth: which file, whether it can be written, who, how new the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from kvalitetsapp.domain.rights import roles_in_words
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.gui.store_keeper import OpenStore
    from kvalitetsapp.services.backups import Standing
    from kvalitetsapp.services.overview import Waiting

MOST_ROLES: Final = 2


class StatusBar(QStatusBar):
    """Facts about the open store to the left, what is being done to the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.file = QLabel(_("Ingen databas öppen"))
        self.read_only = QLabel(_("Skrivskyddad"))
        mark(self.read_only, "notice")
        self.user, self.cut, self.review, self.backup = QLabel(), QLabel(), QLabel(), QLabel()
        for label in (self.file, self.read_only, self.user, self.cut, self.review, self.backup):
            self.addWidget(label)
        self.word = QLabel()
        self.progress = ProgressLine()
        self.addPermanentWidget(self.word)
        self.addPermanentWidget(self.progress)
        self.show_store(None)

    def show_store(self, store: OpenStore | None) -> None:
        """Show which store is open."""
        self.file.setText(_("Ingen databas öppen") if store is None else store.path.name)
        self.file.setToolTip("" if store is None else str(store.path))
        self.read_only.setVisible(store is not None and store.read_only)
        self.user.setText("" if store is None else _who(store))
        self.user.setToolTip("" if store is None else roles_in_words(store.roles))
        for label in (self.cut, self.review, self.backup):
            label.setText("")
        mark(self.backup, "notice", on=False)

    def show_backup(self, standing: Standing) -> None:
        """Show how old the newest good backup is; marked where that is too old for what has changed since."""
        told = _("Säkerhetskopia {age}").format(age=standing.age) if standing.age else _("Ingen säkerhetskopia")
        self.backup.setText("" if standing.is_sample else told)
        warning = _("Det finns ändringar som ingen säkerhetskopia från de två senaste dygnen har.")
        self.backup.setToolTip(warning if standing.is_old else standing.warning)
        mark(self.backup, "notice", on=standing.is_old)

    def show_waiting(self, waiting: Waiting) -> None:
        """Show how new the data are and what waits for review."""
        self.cut.setText(_("Data till och med {day}").format(day=waiting.data_cut) if waiting.data_cut else "")
        n = waiting.to_review
        told = ngettext("{n} händelse att granska", "{n} händelser att granska", n).format(n=number(n))
        self.review.setText(told if waiting.episodes else "")


def _who(store: OpenStore) -> str:
    """Return who works in the store as what; more roles than fit are counted, and told where one points at them."""
    told = roles_in_words(store.roles)
    if len(store.roles) > MOST_ROLES:
        told = ngettext("{n} roll", "{n} roller", len(store.roles)).format(n=number(len(store.roles)))
    return _("{name}, {roles}").format(name=store.user, roles=told)
