"""An indicator put together from parts, and beside it what it would come to on all that is stored."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.domain.indicator_form import IndicatorForm, form_of
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.gui.widgets.indicator_fields import IndicatorFields
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.domain.outcome_tables import IndicatorFigures
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.indicators import OwnOutcome
    from kvalitetsapp.services.workspace import Workspace

PAUSE_MS: Final = 700


class EditIndicatorDialog(FaultingDialog):
    """Changes a user's own indicator, or makes a new one, from `start` where it came along with the program."""

    def __init__(
        self, runner: StoreRunner, start: Indicator | None, scope: OutcomeScope, parent: QWidget | None = None
    ) -> None:
        self.was = start if start is not None and start.family == OWN else None
        title = _("Ny indikator") if self.was is None else _("Ändra indikator")
        super().__init__(runner, title, _("&Spara indikatorn"), parent)
        self._scope = scope
        self._operation: Operation | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.explained.setText(
            _(
                "Skriv receptet i ord, och välj delarna som säger samma sak till programmet. Nederst räknas på det "
                "som är inläst vad receptet ger, innan du sparar."
            )
        )
        self.fields.set_form(IndicatorForm() if start is None else _begun(start))
        if self.was is not None:
            self.fields.keep_id()
        self.form.set_visible(self.reason, on=self.was is not None)
        wanted = QSize(spacing.letters(self, 120), spacing.lines(self, 48))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self._pause.timeout.connect(self._ask_preview)
        self.fields.changed.connect(self._changed)
        self.fields.inputs["indicator_id" if self.was is None else "name"].setFocus()
        self._changed()

    def content(self) -> QWidget:
        """Return the parts, what they come to, and why they change."""
        self.fields = IndicatorFields()
        self.preview = PlainLabel()
        self.preview.setObjectName("sectionTitle")
        self.preview.setWordWrap(True)
        self.preview.setMinimumHeight(spacing.lines(self, 2.2))
        self.reason = Faulted(QLineEdit())
        self._scrolled = spacing.scrolling(self.fields)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.add(_("Varför ändras receptet?"), self.reason)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scrolled, 1)
        column.addWidget(self.preview)
        column.addWidget(self.form)
        return made

    def work(self) -> Work:
        """Return what saves the indicator."""
        reason = self.reason.field.text() if isinstance(self.reason.field, QLineEdit) else ""
        return partial(_save, self.fields.form(), self.was, reason)

    def show_faults(self, faults: Iterable[FieldFault]) -> None:
        """Tell what is wrong at each field and go to the first."""
        found = tuple(faults)
        wrong = self.fields.show_faults(found)
        told = {one.field: one.message for one in found}
        self.reason.say(told.get("reason", ""))
        self.say(told.get("", ""))
        wrong += [self.reason] if "reason" in told else []
        if wrong:
            wrong[0].setFocus()
            self._scrolled.ensureWidgetVisible(wrong[0])

    def done(self, result: int) -> None:
        """Stop what is still being worked out."""
        self._pause.stop()
        self._forget()
        super().done(result)

    # what it comes to

    def _changed(self) -> None:
        self._forget()
        self.preview.setText(_("Räknar …"))
        self._pause.start()

    def _forget(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None

    def _ask_preview(self) -> None:
        asked = self.fields.form()
        self._operation = self.runner.run(
            partial(_preview, asked, self._scope), partial(self._show_preview, asked), on_failed=self._no_preview
        )

    def _show_preview(self, asked: IndicatorForm, found: IndicatorFigures | None) -> None:
        if asked != self.fields.form():
            return
        self._operation = None
        self.preview.setText(_comes_to(found))

    def _no_preview(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self.preview.setText(_("Det gick inte. Se felrapporten."))


def _begun(start: Indicator) -> IndicatorForm:
    """Return a recipe as it is changed; of one that came along its parts under a name that is to be given."""
    form = form_of(start)
    return form if start.family == OWN else replace(form, indicator_id="", verified=False)


def _comes_to(found: IndicatorFigures | None) -> str:
    """Return in a sentence what a recipe comes to."""
    if found is None:
        return _("Det går inte att räkna än: något fält är tomt eller fel. Spara visar vilka.")
    if found.whole is None or not found.whole["n"]:
        return _("Det här ger inga operationer i det urval som är valt på sidan.")
    n, events = int(found.whole["n"]), found.whole["events"]
    told = outcome_tables.headline(found)
    if events is None:
        text = ngettext("Det här ger {n} operation: {told}", "Det här ger {n} operationer: {told}", n)
        return text.format(n=number(n), told=told)
    text = ngettext(
        "Det här ger {n} operation, {x} i täljaren: {told}", "Det här ger {n} operationer, {x} i täljaren: {told}", n
    )
    return text.format(n=number(n), x=number(int(events)), told=told)


def _preview(
    form: IndicatorForm, scope: OutcomeScope, workspace: Workspace, _progress: Progress
) -> IndicatorFigures | None:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.preview(workspace, form, scope)


def _save(
    form: IndicatorForm, was: Indicator | None, reason: str, workspace: Workspace, _progress: Progress
) -> OwnOutcome:
    from kvalitetsapp.services import indicators

    if was is None:
        return indicators.add_own(workspace, form, reason)
    return indicators.change_own(workspace, was, form, reason)
