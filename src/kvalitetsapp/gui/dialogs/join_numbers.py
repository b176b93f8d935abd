"""Two numbers of one person: what joining them would change stands there before they can be joined."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.joining import Permit, consequences_table
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.gui.dialogs.form import Form, primary_button
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.gui.widgets.reveal import Reveal
from kvalitetsapp.services import joining
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.joining import Consequences
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.joining import Joined
    from kvalitetsapp.services.workspace import Workspace


class NumberField(QLineEdit):
    """A number that is typed, or one that is known: then it is masked until it is revealed, and cannot be changed."""

    def __init__(self, reveal: Reveal, known: str = "") -> None:
        super().__init__()
        self._reveal = reveal
        self._known = known
        self.setReadOnly(bool(known))
        reveal.changed.connect(lambda _on: self._show())
        self._show()

    def number(self) -> str:
        """Return the number."""
        return self._known or self.text().strip()

    def set_number(self, number: str) -> None:
        """Put another number in its place."""
        if self._known:
            self._known = number
            self._show()
        else:
            self.setText(number)

    def _show(self) -> None:
        if self._known:
            self.setText(self._reveal.shown(self._known))
            self.setToolTip(_("Håll Ctrl för att se hela numret"))


class JoinNumbersDialog(QDialog):
    """Shows what joining would change, and joins only what has been shown; accepted when the numbers are joined."""

    joined = Signal(object)  # Joined

    def __init__(
        self, runner: StoreRunner, personal_id: str = "", same_as: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Hör ihop två nummer"))
        self._runner = runner
        self._permits: set[Permit] = set()
        self._asked_for: Permit | None = None
        self._shown: tuple[str, str, frozenset[Permit]] | None = None
        self._operation: Operation | None = None
        self.reveal = Reveal(self)
        self.personal_id = NumberField(self.reveal, personal_id)
        self.same_as = NumberField(self.reveal, same_as)
        self.turn = QPushButton(_("&Byt håll"))
        self.look = QPushButton(_("&Visa följderna"))
        self.permit = QCheckBox()
        self.said = PlainLabel()
        self.table = DataTable("join-consequences", key=("effect", "ref"))
        note_copies(runner, self.table)
        self.progress = ProgressLine()
        self.buttons = QDialogButtonBox()
        self.cancel = self.buttons.addButton(_("Avbryt"), QDialogButtonBox.ButtonRole.RejectRole)
        self.join = primary_button(_("&Hör ihop"))
        self._arrange()
        self._connect()
        self._forget()
        if personal_id and same_as:
            self.show_consequences()

    def show_consequences(self) -> None:
        """Find out what joining the two numbers would change."""
        self._forget()
        wanted = self._wanted()
        self.look.setEnabled(False)
        self._operation = self._runner.run(
            partial(_consequences, *wanted),
            partial(self._show, wanted),
            label=_("Prövar hopföringen"),
            on_failed=self._refuse,
        )
        self.progress.follow(self._operation)

    def reject(self) -> None:
        """Close; what is under way is cancelled and nothing of it remains."""
        if self._operation is not None:
            self._operation.cancel()
        super().reject()

    def _arrange(self) -> None:
        self.setMinimumSize(letters(self, 110), lines(self, 34))
        form = Form()
        form.add(_("&Nummer"), self.personal_id)
        form.add(_("&Är samma person som"), self.same_as)
        explained = PlainLabel(
            _(
                "Det första numret blir ett tidigare nummer för det andra. Vård under båda räknas som en persons. "
                "Hopföringen sparas som en import för hand och kan ångras på sidan Import."
            )
        )
        explained.setObjectName("muted")
        explained.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.turn)
        row.addWidget(self.look)
        row.addStretch(1)
        for button in (self.turn, self.look, self.cancel):
            button.setAutoDefault(False)  # Return in a field shows the consequences and does nothing else
        self.said.setObjectName("bad")
        self.said.setWordWrap(True)
        self.table.view.setAccessibleName(_("Vad som skulle ändras"))
        self.table.show_tools(on=False)
        room = self.table.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.table.setSizePolicy(room)
        self.buttons.addButton(self.join, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(form)
        column.addWidget(explained)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.permit)
        column.addWidget(self.table, 1)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.turn.clicked.connect(self._turn)
        self.look.clicked.connect(self.show_consequences)
        self.permit.toggled.connect(self._allow)
        self.join.clicked.connect(self._join)
        self.buttons.rejected.connect(self.reject)
        for field in (self.personal_id, self.same_as):
            field.textEdited.connect(lambda _text: self._start_over())
            field.returnPressed.connect(self.show_consequences)

    def _wanted(self) -> tuple[str, str, frozenset[Permit]]:
        return self.personal_id.number(), self.same_as.number(), frozenset(self._permits)

    def _turn(self) -> None:
        first, second = self.personal_id.number(), self.same_as.number()
        self.personal_id.set_number(second)
        self.same_as.set_number(first)
        self._start_over()
        if first and second:
            self.show_consequences()

    def _start_over(self) -> None:
        """Other numbers are other questions: what was permitted is asked again."""
        self._permits.clear()
        self._forget()

    def _forget(self) -> None:
        self._shown = None
        self.join.setEnabled(False)
        self.look.setEnabled(True)
        self._say("")
        self.permit.setVisible(self.permit.isChecked() and bool(self._permits))
        self.table.setVisible(False)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _show(self, wanted: tuple[str, str, frozenset[Permit]], found: Consequences) -> None:
        self._operation = None
        if wanted != self._wanted():
            return
        self._shown = wanted
        self.look.setEnabled(True)
        self.table.set_table(consequences_table(found))
        self.table.setVisible(True)
        if not found.changes_links:
            self._say(_("Ingen koppling ändras: numren blir en person, men inga händelser hör till operationer."))
        self.join.setEnabled(self._runner.can_write)
        self.join.setFocus()

    def _refuse(self, error: BaseException) -> None:
        self._operation = None
        self.look.setEnabled(True)
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, UserError):
            self._say(_("Det gick inte. Se felrapporten."))
            return
        self._say(identity.hidden(error.message))
        self._asked_for = getattr(error, "permit", None)
        if self._asked_for is not None:
            self._offer(self._asked_for)

    def _offer(self, permit: Permit) -> None:
        self.permit.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.permit.setChecked(False)
        self.permit.blockSignals(False)  # noqa: FBT003 - Qt's call
        texts = {
            Permit.CHANGE_EXISTING: _("Ändra den hopföring som &finns"),
            Permit.TWO_PERSONAL_NUMBERS: _("Båda numren är &riktiga och hör till samma person"),
        }
        self.permit.setText(texts[permit])
        self.permit.setVisible(True)
        self.permit.setFocus()

    def _allow(self, on: bool) -> None:
        if self._asked_for is None:
            return
        if on:
            self._permits.add(self._asked_for)
            self.show_consequences()
        else:
            self._start_over()
            self.permit.setVisible(False)

    def _join(self) -> None:
        if self._shown is None or self._shown != self._wanted():
            return
        self.join.setEnabled(False)
        self._operation = self._runner.run(
            partial(_join, *self._shown), self._done, label=_("För ihop numren"), on_failed=self._refuse
        )
        self.progress.follow(self._operation)

    def _done(self, joined: Joined) -> None:
        self._operation = None
        self.joined.emit(joined)
        self.accept()


def _consequences(
    personal_id: str, same_as: str, permits: frozenset[Permit], workspace: Workspace, progress: Progress
) -> Consequences:
    return joining.consequences(workspace, personal_id, same_as, permits=permits, progress=progress)


def _join(
    personal_id: str, same_as: str, permits: frozenset[Permit], workspace: Workspace, progress: Progress
) -> Joined:
    return joining.join(workspace, personal_id, same_as, permits=permits, progress=progress)
