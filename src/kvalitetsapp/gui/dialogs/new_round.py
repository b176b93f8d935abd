"""Ny omgång: what a review round is to hold, with how many events that is while it is being said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.round_definition import definition_text, requirements_text
from kvalitetsapp.domain.round_tables import preview_table
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.gui.dialogs.form import Form, primary_button
from kvalitetsapp.gui.spacing import enlarge, letters, lines, pad, scrolling
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel, plain_tip
from kvalitetsapp.gui.widgets.round_form import RoundForm
from kvalitetsapp.services.review_rounds import LONGEST_NAME
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.review_round import Round, RoundDefinition
    from kvalitetsapp.domain.round_definition import RoundPreview
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.review_rounds import RoundOutcome
    from kvalitetsapp.services.workspace import Workspace

    Asked = tuple[RoundDefinition, int | None]

PAUSE_MS: Final = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """What a round can be made of: providers by id, what is proposed, and the rounds that can be repeated."""

    providers: Mapping[str, str]
    proposal: RoundDefinition
    rounds: tuple[Round, ...]


class NewRoundDialog(QDialog):
    """Makes a round of what it has counted; `previous` is the round that it is to repeat."""

    made = Signal(object)  # RoundOutcome

    def __init__(self, runner: StoreRunner, previous: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Ny omgång") if previous is None else _("Upprepa omgången"))
        self._runner = runner
        self._previous = previous
        self._choices: Choices | None = None
        self._counted: Asked | None = None
        self._events = 0
        self._refused = ""
        self._operation: Operation | None = None
        self._pause = QTimer(self)
        self.name = QLineEdit()
        self.repeats = QComboBox()
        self.form = RoundForm()
        self.total = PlainLabel()
        self.preview = DataTable("round-preview", key=("by", "value"))
        self.sentence = PlainLabel()
        self.reason = PlainLabel()
        self.buttons = QDialogButtonBox()
        self.cancel = self.buttons.addButton(_("Avbryt"), QDialogButtonBox.ButtonRole.RejectRole)
        self.make = primary_button(_("&Skapa omgången"))
        self._arrange()
        self._connect()
        self._enable()
        self._let_define(on=False)  # until the proposal is there, which would overwrite what was filled in
        runner.run(_choices, self._set_choices)

    def reject(self) -> None:
        """Close; nothing is made."""
        self._forget_count()
        super().reject()

    # how it looks

    def _arrange(self) -> None:
        self.setMinimumSize(letters(self, 100), lines(self, 30))
        self.resize(letters(self, 180), lines(self, 50))
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(_("Till exempel: Hösten 2024"))
        self.repeats.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form = Form()
        form.add(_("&Namn"), self.name)
        form.add(_("&Upprepar"), self.repeats)
        self.sentence.setWordWrap(True)
        self.reason.setWordWrap(True)
        middle = QHBoxLayout()
        middle.setSpacing(lines(self, 1))
        middle.addWidget(scrolling(self.form), 3)
        middle.addLayout(self._counts(), 2)
        self.cancel.setAutoDefault(False)  # Return in a field makes the round and does nothing else
        self.buttons.addButton(self.make, QDialogButtonBox.ButtonRole.ActionRole)
        self.make.setDefault(True)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(form)
        column.addLayout(middle, 1)
        for widget in (self.sentence, self.reason, self.buttons):
            column.addWidget(widget)

    def _counts(self) -> QVBoxLayout:
        enlarge(self.total, 1.25, bold=True)
        self.preview.view.setAccessibleName(_("Vad omgången skulle innehålla"))
        self.preview.show_tools(on=False)
        explained = PlainLabel(_("Så här blir omgången om den skapas nu. Sedan ändras den inte av nya uppgifter."))
        explained.setObjectName("muted")
        explained.setWordWrap(True)
        column = QVBoxLayout()
        column.addWidget(self.total)
        column.addWidget(explained)
        column.addWidget(self.preview, 1)
        return column

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda _text: self._renamed())
        self.repeats.activated.connect(lambda _place: self._repeat())
        self.form.changed.connect(self._redefined)
        self._pause.timeout.connect(self._count)
        self.make.clicked.connect(self._create)
        self.buttons.rejected.connect(self.reject)
        self.name.setFocus()

    # what is said

    def _set_choices(self, choices: Choices) -> None:
        self._choices = choices
        self.repeats.addItem(_("Ingen tidigare omgång"), None)
        for one in choices.rounds:
            self.repeats.addItem(one.name, one.round_id)
        self.form.set_providers(choices.providers)
        self.form.set_definition(choices.proposal)
        self.repeats.setCurrentIndex(max(0, self.repeats.findData(self._previous)))
        self._repeat()
        self._let_define(on=True)

    def _let_define(self, *, on: bool) -> None:
        self.repeats.setEnabled(on)
        self.form.setEnabled(on)

    def _repeat(self) -> None:
        """Ask for the same as the round that is repeated; without one nothing that is filled in is lost."""
        wanted = self.repeats.currentData()
        for one in () if self._choices is None else self._choices.rounds:
            if one.round_id == wanted:
                self.form.set_definition(one.definition)
        self._redefined()
        self._pause.stop()
        self._count()

    def _asked(self) -> Asked:
        return self.form.definition(), self.repeats.currentData()

    def _redefined(self) -> None:
        """What was counted is no longer what is asked for; a day tells itself again when Return is pressed in it."""
        if self._counted == self._asked():
            return
        self._forget_count()
        self._refused = ""
        definition, _previous = self._asked()
        names = {} if self._choices is None else self._choices.providers
        self.sentence.setText(f"{definition_text(definition, names)}. {requirements_text(definition)}.")
        self._enable()
        self._pause.start()

    def _renamed(self) -> None:
        self._refused = ""
        self._enable()

    # counting

    def _forget_count(self) -> None:
        self._counted = None
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None

    def _count(self) -> None:
        asked = self._asked()
        self._operation = self._runner.run(
            partial(_preview, *asked), partial(self._show_count, asked), on_failed=partial(self._not_counted, asked)
        )

    def _show_count(self, asked: Asked, found: RoundPreview) -> None:
        if self._choices is None or asked != self._asked():
            return
        self._operation = None
        self._counted, self._events = asked, found.events
        events = ngettext("{n} händelse", "{n} händelser", found.events).format(n=number(found.events))
        decided = _("{n} redan beslutade").format(n=number(found.decided))
        self.total.setText(f"{events}, {decided}" if found.decided else events)
        self.preview.set_table(preview_table(found, self._choices.providers))
        self._enable()

    def _not_counted(self, asked: Asked, error: BaseException) -> None:
        if asked == self._asked() and not isinstance(error, CancelledError):
            self._operation = None
            self.total.setText("")
            self._refuse(error)

    def _refuse(self, error: BaseException) -> None:
        self._refused = error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten.")
        self._enable()

    def _lacking(self) -> str:
        """Return why the round cannot be made, "" where it can."""
        if not self._runner.can_write:
            return _("Databasen är öppnad bara för läsning.")
        name = self.name.text().strip()
        taken = self._choices is not None and any(one.name == name for one in self._choices.rounds)
        reasons = (
            (bool(self._refused), self._refused),
            (self._counted != self._asked(), _("Räknar händelser …")),
            (self._events == 0, _("Inga händelser stämmer med definitionen.")),
            (not name, _("Ge omgången ett namn.")),
            (taken, _("Det finns redan en omgång med det namnet.")),
        )
        return next((text for holds, text in reasons if holds), "")

    def _enable(self) -> None:
        lacking = self._lacking()
        self.make.setEnabled(not lacking)
        self.make.setToolTip(plain_tip(lacking))
        self.reason.setText(lacking)
        is_wrong = bool(self._refused) or (self._counted is not None and not self._events)
        self.reason.setObjectName("bad" if is_wrong else "muted")
        self.reason.style().polish(self.reason)

    # making

    def _create(self) -> None:
        if self._lacking():
            return
        self.make.setEnabled(False)
        self._runner.run(
            partial(_create, self.name.text(), *self._asked()),
            self._done,
            label=_("Skapar omgången"),
            on_failed=self._refuse,
        )

    def _done(self, outcome: RoundOutcome) -> None:
        self.made.emit(outcome)
        self.accept()


def _choices(workspace: Workspace, _progress: Progress) -> Choices:
    from kvalitetsapp.services import overview, round_definitions, round_overview

    rounds = tuple(one.round for one in round_overview.rounds(workspace))
    return Choices(dict(overview.provider_names(workspace)), round_definitions.proposal(workspace), rounds)


def _preview(
    definition: RoundDefinition, previous: int | None, workspace: Workspace, _progress: Progress
) -> RoundPreview:
    from kvalitetsapp.services import review_rounds

    return review_rounds.preview(workspace, definition, previous=previous)


def _create(
    name: str, definition: RoundDefinition, previous: int | None, workspace: Workspace, _progress: Progress
) -> RoundOutcome:
    from kvalitetsapp.services import review_rounds

    return review_rounds.create(workspace, name, definition, previous=previous)
