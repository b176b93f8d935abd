"""An agreement to be made or changed, and beside its terms what that would do to all that is stored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.agreement_form import AgreementForm, form_of
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.widgets.agreement_fields import AgreementFields
from kvalitetsapp.gui.widgets.effect_panel import EffectPanel
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_effect import AgreementEffect
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.agreement_edits import AgreementOutcome
    from kvalitetsapp.services.workspace import Workspace

    Found = AgreementEffect | tuple[FieldFault, ...]

PAUSE_MS: Final = 700


class EditAgreementDialog(FaultingDialog):
    """Asks for the terms; `was` is the agreement to change, None for a new one."""

    def __init__(self, runner: StoreRunner, was: Agreement | None = None, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Nytt avtal") if was is None else _("Ändra avtal"), _("&Spara avtalet"), parent)
        self.was = was
        self._operation: Operation | None = None
        self._asked: AgreementForm | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_effect)
        self.explained.setText(
            _(
                "Skriv villkoren som de står i den underskrivna texten. Till höger räknas på allt som är inläst vad "
                "ändringen gör, innan du sparar."
            )
        )
        if was is None:
            for field in (self.reason, self.keep_verified):
                self.form.set_visible(field, on=False)
        self.form.set_visible(self.keep_verified, on=was is not None and was.verified)
        wanted = QSize(spacing.letters(self, 186), spacing.lines(self, 46))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self.save.setEnabled(False)
        runner.run(_basis, self._set_basis)

    def content(self) -> QWidget:
        """Return the terms beside their effect, and below them why they change."""
        self.fields, self.effect = AgreementFields(), EffectPanel()
        self.reason = Faulted(QLineEdit())
        self.keep_verified = QCheckBox(
            _("Låt märket kontrollerat stå kvar: ändringen är jämförd med den underskrivna texten")
        )
        self._scrolled = scrolled = spacing.scrolling(self.fields)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setMinimumWidth(spacing.letters(self, 92))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(scrolled)
        splitter.addWidget(self.effect)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([spacing.letters(self, 96), spacing.letters(self, 86)])
        self.form.add(_("Varf&ör ändras avtalet?"), self.reason)
        self.form.add("", self.keep_verified)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter, 1)
        column.addWidget(self.form)
        return made

    def work(self) -> Work:
        """Return what saves the agreement."""
        reason = self.reason.field.text() if isinstance(self.reason.field, QLineEdit) else ""
        return partial(_save, self.fields.form(), self.was, reason, self.keep_verified.isChecked())

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

    def _set_basis(self, basis: tuple[dict[str, str], date]) -> None:
        names, today = basis
        self.fields.set_providers(names)
        self.fields.set_form(AgreementForm() if self.was is None else form_of(self.was), today)
        if self.was is not None:
            self.fields.keep_id()
        self.fields.changed.connect(self._changed)
        self.save.setEnabled(self.can_write)
        first = "agreement_id" if self.was is None else "name"
        self.fields.fields[first].setFocus()
        self.effect.tell(_("Här räknas vad ändringen gör när villkoren är ifyllda."))

    # the effect

    def _changed(self) -> None:
        self._forget()
        self.effect.tell(_("Räknar vad ändringen gör …"))
        self._pause.start()

    def _forget(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None

    def _ask_effect(self) -> None:
        self._asked = self.fields.form()
        self._operation = self.runner.run(
            partial(_effect, self._asked, self.was),
            partial(self._show_effect, self._asked),
            label=_("Räknar vad ändringen gör"),
            on_failed=self._no_effect,
        )

    def _show_effect(self, asked: AgreementForm, found: Found) -> None:
        if asked != self.fields.form():
            return
        self._operation = None
        if isinstance(found, tuple):
            self.effect.tell(_("Det går inte att räkna än: något fält är tomt eller fel. Spara visar vilka."))
        else:
            self.effect.show_effect(found)

    def _no_effect(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self.effect.tell(_("Det gick inte. Se felrapporten."))


def _basis(workspace: Workspace, _progress: Progress) -> tuple[dict[str, str], date]:
    from kvalitetsapp.services import agreement_checks

    return agreement_checks.bought_from(workspace.store), workspace.today


def _effect(form: AgreementForm, was: Agreement | None, workspace: Workspace, progress: Progress) -> Found:
    from kvalitetsapp.services import agreement_effect

    return agreement_effect.of_form(workspace, form, was, progress)


def _save(
    form: AgreementForm,
    was: Agreement | None,
    reason: str,
    keep_verified: bool,
    workspace: Workspace,
    progress: Progress,
) -> AgreementOutcome:
    from kvalitetsapp.services import agreement_edits

    return agreement_edits.save(
        workspace, form, was=was, reason=reason, keep_verified=keep_verified, progress=progress
    )
