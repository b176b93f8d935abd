"""The wizard's last steps: what would happen, the profile to be kept, and then what did happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.mapping import Lacks, Open
from kvalitetsapp.domain.mapping_words import open_text
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.models import import_tables
from kvalitetsapp.gui.models.import_tables import column_text
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.import_details import ImportDetailsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reconciliation import ReconciliationView
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.gui.mapping_state import MappingState
    from kvalitetsapp.services.import_plan import Tried

_OPEN: Final = Qt.ItemDataRole.UserRole


class MappingReviewStep(QWidget):
    """What would happen row by row, or what has to be said first."""

    open_wanted = Signal(object)  # Open: go to where it is said
    save_wanted = Signal(str)

    def __init__(self, state: MappingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.left = QListWidget()
        self.left.setObjectName("choices")
        self.left.setAccessibleName(_("Det som återstår"))
        self.left_told = PlainLabel()
        self.account = ReconciliationView()
        self.details = ImportDetailsView(with_account=False)
        self.name = QLineEdit()
        self.save = QPushButton(_("&Spara profil"))
        self.either = QStackedWidget()
        self._arrange()
        self.left.itemActivated.connect(self._go)
        self.left.itemClicked.connect(self._go)
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.name.text()))
        self.name.returnPressed.connect(lambda: self.save_wanted.emit(self.name.text()))

    def first_focus(self) -> QWidget:
        """Return what has the focus when the step begins."""
        return self.left if self.either.currentIndex() == 0 else self.details.rejects

    def show_open(self) -> None:
        """Show what is still to be said."""
        mapping = self._state.mapping
        opened = () if mapping is None else mapping.open()
        self.left.clear()
        for one in opened:
            QListWidgetItem(open_text(one, column_text(one.column)), self.left).setData(_OPEN, one)
        self.left.setCurrentRow(0)
        n = len(opened)
        told = ngettext(
            "{n} sak återstår innan filen kan provläsas:", "{n} saker återstår innan filen kan provläsas:", n
        )
        self.left_told.setText(told.format(n=number(n)))
        self.either.setCurrentIndex(0)

    def show_tried(self, tried: Tried | None) -> None:
        """Show what would happen; None while it is being worked out."""
        self.either.setCurrentIndex(1)
        self.account.show_outcome(None if tried is None else tried.outcome)
        if tried is None:
            self.details.clear()
            self.details.heading.setText(_("Filen provläses. Inget sparas."))
        else:
            self.details.show_file(tried)

    def _arrange(self) -> None:
        first = QWidget()
        column = QVBoxLayout(first)
        pad(column, self, 0, 0.6)
        column.addWidget(self.left_told)
        column.addWidget(self.left, 1)
        second = QWidget()
        column = QVBoxLayout(second)
        pad(column, self, 0, 0.6)
        column.addWidget(self.account)
        column.addWidget(self.details, 1)
        column.addLayout(self._profile_line())
        self.either.addWidget(first)
        self.either.addWidget(second)
        whole = QVBoxLayout(self)
        pad(whole, self, 0)
        whole.addWidget(self.either)

    def _profile_line(self) -> QHBoxLayout:
        label = PlainLabel(_("Profilens &namn"))
        label.setBuddy(self.name)
        self.name.setAccessibleName(_("Profilens namn"))
        self.name.setMinimumWidth(letters(self, 34))
        self.name.setMaximumWidth(letters(self, 50))
        hint = PlainLabel(_("Nästa fil med samma rubriker läses då likadant."))
        hint.setObjectName("muted")
        line = QHBoxLayout()
        for widget in (label, self.name, self.save, hint):
            line.addWidget(widget)
        line.addStretch(1)
        return line

    def _go(self, item: QListWidgetItem) -> None:
        self.open_wanted.emit(item.data(_OPEN))


class MappingImportStep(QWidget):
    """Takes the file in, shows the account of what was done, and lets it be undone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.account = ReconciliationView()
        self.take = primary_button(_("Läs &in"))
        self.undo = QPushButton(_("Ån&gra import"))
        line = QHBoxLayout()
        line.addWidget(self.take)
        line.addWidget(self.undo)
        line.addStretch(1)
        column = QVBoxLayout(self)
        pad(column, self, 0, 0.8)
        column.addWidget(self.told)
        column.addWidget(self.account)
        column.addLayout(line)
        column.addStretch(1)
        self.undo.hide()

    def first_focus(self) -> QWidget:
        """Return what has the focus when the step begins."""
        return self.undo if self.undo.isVisibleTo(self) else self.take

    def show_tried(self, tried: Tried | None) -> None:
        """Show what would be taken in."""
        outcome = None if tried is None else tried.outcome
        self.take.setEnabled(outcome is not None)
        self.account.show_outcome(outcome)
        if outcome is None:
            self.told.setText(_("Filen måste provläsas innan den kan läsas in."))
            return
        self.told.setText(
            _("{file}: {account}. Inget är sparat ännu.").format(file=outcome.file, account=_account(tried))
        )

    def show_taken(self, tried: Tried) -> None:
        """Show what was done."""
        self.take.setEnabled(False)
        if tried.outcome is None:
            self.told.setText(tried.problem)
            return
        self.account.show_outcome(tried.outcome)
        self.take.hide()
        self.undo.show()
        self.told.setText(
            _("Inläst som import nr {batch}: {account}.").format(
                batch=number(tried.outcome.batch or 0), account=_account(tried)
            )
        )

    def show_undone(self) -> None:
        """Show that nothing of the import is left."""
        self.account.show_outcome(None)
        self.undo.hide()
        self.told.setText(_("Importen är ångrad. Inget av filen är kvar."))


def _account(tried: Tried | None) -> str:
    return import_tables.sum_account([] if tried is None else [tried])


def step_of(one: Open) -> int:
    """Return the place of the step in which something is said."""
    return {Lacks.QUESTION: 0, Lacks.VALUE: 2}.get(one.lacks, 1)
