"""An indicator put together from parts, and beside it what it would come to on all that is stored."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.domain.indicator_form import IndicatorForm, form_of
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.trying import TryingDialog
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.gui.widgets.indicator_fields import IndicatorFields
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.domain.outcome_tables import IndicatorFigures
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.indicators import OwnOutcome
    from kvalitetsapp.services.workspace import Workspace


class EditIndicatorDialog(TryingDialog[IndicatorForm, "IndicatorFigures | None"]):
    """Changes a user's own indicator, or makes a new one, from `start` where it came along with the program."""

    fields: IndicatorFields

    def __init__(
        self, runner: StoreRunner, start: Indicator | None, scope: OutcomeScope, parent: QWidget | None = None
    ) -> None:
        self.was = start if start is not None and start.family == OWN else None
        title = _("Ny indikator") if self.was is None else _("Ändra indikator")
        super().__init__(runner, title, _("S&para indikatorn"), parent)
        self._scope = scope
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
        self.fit(120, 48)
        self.fields.changed.connect(self.try_soon)
        self.fields.inputs["indicator_id" if self.was is None else "name"].setFocus()
        self.try_soon()

    def content(self) -> QWidget:
        """Return the parts, what they come to, and why they change."""
        self.fields = IndicatorFields()
        self.preview = PlainLabel()
        self.preview.setObjectName("sectionTitle")
        self.preview.setWordWrap(True)
        self.preview.setMinimumHeight(spacing.lines(self, 2.2))
        self.reason = Faulted(QLineEdit())
        self.form.add(_("Varför ändras receptet?"), self.reason)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scrolling(self.fields), 1)
        column.addWidget(self.preview)
        column.addWidget(self.form)
        return made

    def work(self) -> Work:
        """Return what saves the indicator."""
        return partial(_save, self.fields.form(), self.was, self.because())

    # what it comes to

    def trial(self, form: IndicatorForm) -> Callable[[Workspace, Progress], IndicatorFigures | None]:
        """Return what works out the recipe on what is stored."""
        return partial(_preview, form, self._scope)

    def tell_trial(self, text: str) -> None:
        """Tell a sentence in place of what the recipe comes to."""
        self.preview.setText(text)

    def show_tried(self, found: IndicatorFigures | None) -> None:
        """Tell what the recipe comes to."""
        self.preview.setText(_comes_to(found))


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
