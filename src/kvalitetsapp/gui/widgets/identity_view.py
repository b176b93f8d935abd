"""Identiteter: numbers that may be one person as a work list, joined or told apart by a person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout

from kvalitetsapp.domain import identity_pairs as pairs_as_tables
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.join_numbers import JoinNumbersDialog
from kvalitetsapp.gui.dialogs.tell_apart import TellApartDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.services import identity_pairs
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from kvalitetsapp.domain.identity_pairs import LikelyPair, PairKey
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.identity_pairs import ToldApart
    from kvalitetsapp.services.workspace import Workspace

    AnyIndex = QModelIndex | QPersistentModelIndex


class IdentityView(RowsView["LikelyPair"]):
    """The work list, to be shown as a tab; it reads when first shown and when identities or links have changed."""

    title: ClassVar[str] = N_("Identiteter")
    icon_name: ClassVar[str] = "quality"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.EPISODES, Changed.LINKS, Changed.FINDINGS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("identity-pairs", key=("key", "same_as_key")))
        self.reveal = Reveal(self)
        self.summary = QLabel()
        self.dismissed = QCheckBox(_("Visa också de som &inte är samma person"))
        self.join = QPushButton(_("&Hör ihop …"))
        self.apart = QPushButton(_("Inte &samma person …"))
        self.again = QPushButton(_("&Föreslå igen"))
        self.free = QPushButton(_("Hör ihop &två nummer …"))
        self._arrange()
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Look for numbers that may be one person."""
        wanted = self.dismissed.isChecked()
        self.runner.run(
            partial(_likely_pairs, wanted), partial(self._set_pairs, wanted), label=_("Letar efter dubbla personer")
        )

    def _arrange(self) -> None:
        self.summary.setObjectName("muted")
        self.summary.setWordWrap(True)
        self.table.view.setAccessibleName(_("Nummer som kan vara samma person"))
        self.table.hide_columns("key", "same_as_key")
        names = [column.name for column in pairs_as_tables.PAIRS]
        for name in ("personal_id", "same_as"):
            delegate = IdentityDelegate(self.table.view, self.reveal, partial(self._number_at, name))
            self.table.view.setItemDelegateForColumn(names.index(name), delegate)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.summary)
        column.addWidget(self.dismissed)
        column.addWidget(self.table, 1)
        column.addLayout(arrangement.ends((self.join, self.apart, self.again), (self.free,)))

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self._join_pair())
        self.dismissed.toggled.connect(lambda _on: self.refresh())
        self.join.clicked.connect(self._join_pair)
        self.apart.clicked.connect(self._tell_apart)
        self.again.clicked.connect(self._propose_again)
        self.free.clicked.connect(lambda: self._join(JoinNumbersDialog(self.runner, parent=self)))

    def _number_at(self, name: str, index: AnyIndex) -> str:
        pair = self._rows[self.table.model.source_row(index.row())]
        return pair.personal_id if name == "personal_id" else pair.same_as_id

    def _set_pairs(self, wanted: bool, pairs: tuple[LikelyPair, ...]) -> None:
        if wanted != self.dismissed.isChecked():
            return
        self.summary.setText(_told(len(pairs)))
        self._put(pairs, pairs_as_tables.pairs_table(pairs))

    def _choose(self) -> None:
        pair, can_write = self.current(), self.runner.can_write
        self.join.setEnabled(pair is not None and can_write)
        self.apart.setEnabled(pair is not None and pair.dismissal is None and can_write)
        self.again.setVisible(pair is not None and pair.dismissal is not None)
        self.again.setEnabled(can_write)
        self.free.setEnabled(can_write)

    def _join_pair(self) -> None:
        pair = self.current()
        if pair is not None and self.join.isEnabled():
            self._join(JoinNumbersDialog(self.runner, pair.personal_id, pair.same_as_id, self))

    def _join(self, dialog: JoinNumbersDialog) -> None:
        dialog.joined.connect(lambda _joined: self._tell(_("Numren är hopförda")))
        dialog.open()

    def _tell_apart(self) -> None:
        pair = self.current()
        if pair is None:
            return
        dialog = TellApartDialog(pair, self.reveal, self)
        dialog.accepted.connect(lambda: self._dismiss(pair.key, dialog.reason.text()))
        dialog.open()

    def _dismiss(self, pair: PairKey, reason: str) -> None:
        self.runner.run(partial(_dismiss, pair, reason), lambda _done: self._tell(_("Sparat")))

    def _propose_again(self) -> None:
        pair = self.current()
        if pair is not None:
            self.runner.run(partial(_take_back, pair.key), lambda _done: self._tell(_("Sparat")))

    def _tell(self, text: str) -> None:
        self.told.emit(text)
        self.table.view.setFocus()


def _told(count: int) -> str:
    if not count:
        return _("Inga nummer ser ut att vara samma person.")
    return ngettext(
        "{n} par av nummer kan vara samma person. Inget förs ihop av sig självt.",
        "{n} par av nummer kan vara samma person. Inget förs ihop av sig självt.",
        count,
    ).format(n=number(count))


def _likely_pairs(dismissed: bool, workspace: Workspace, progress: Progress) -> tuple[LikelyPair, ...]:
    return identity_pairs.likely_pairs(workspace, dismissed=dismissed, progress=progress)


def _dismiss(pair: PairKey, reason: str, workspace: Workspace, _progress: Progress) -> ToldApart:
    return identity_pairs.dismiss(workspace, pair, reason)


def _take_back(pair: PairKey, workspace: Workspace, _progress: Progress) -> ToldApart:
    return identity_pairs.take_back(workspace, pair)
