"""An agreement to be made or changed, and beside its terms what that would do to all that is stored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.agreement_form import AgreementForm, form_of
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.trying import TryingDialog
from kvalitetsapp.gui.widgets.agreement_fields import AgreementFields
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.effect_panel import EffectPanel
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_effect import AgreementEffect
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.agreement_edits import AgreementOutcome
    from kvalitetsapp.services.workspace import Workspace

    Found = AgreementEffect | tuple[FieldFault, ...]


class EditAgreementDialog(TryingDialog[AgreementForm, "Found"]):
    """Asks for the terms; `was` is the agreement to change, None for a new one."""

    trial_label: ClassVar[str] = N_("Räknar vad ändringen gör")
    trial_told: ClassVar[str] = N_("Räknar vad ändringen gör …")

    fields: AgreementFields

    def __init__(self, runner: StoreRunner, was: Agreement | None = None, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Nytt avtal") if was is None else _("Ändra avtal"), _("&Spara avtalet"), parent)
        self.was = was
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
        self.fit(186, 46)
        self.save.setEnabled(False)
        runner.run(_basis, self._set_basis)
        note_copies(runner, self.effect.cases, self.effect.corrections)

    def content(self) -> QWidget:
        """Return the terms beside their effect, and below them why they change."""
        self.fields, self.effect = AgreementFields(), EffectPanel()
        self.reason = Faulted(QLineEdit())
        self.keep_verified = QCheckBox(
            _("Låt märket kontrollerat stå kvar: ändringen är jämförd med den underskrivna texten")
        )
        scrolled = self.scrolling(self.fields)
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
        return partial(_save, self.fields.form(), self.was, self.because(), self.keep_verified.isChecked())

    def _set_basis(self, basis: tuple[dict[str, str], date]) -> None:
        names, today = basis
        self.fields.set_providers(names)
        self.fields.set_form(AgreementForm() if self.was is None else form_of(self.was), today)
        if self.was is not None:
            self.fields.keep_id()
        self.fields.changed.connect(self.try_soon)
        self.save.setEnabled(self.can_write)
        first = "agreement_id" if self.was is None else "name"
        self.fields.fields[first].setFocus()
        self.effect.tell(_("Här räknas vad ändringen gör när villkoren är ifyllda."))

    # the effect

    def trial(self, form: AgreementForm) -> Callable[[Workspace, Progress], Found]:
        """Return what works out the terms on what is stored."""
        return partial(_effect, form, self.was)

    def tell_trial(self, text: str) -> None:
        """Tell a sentence in place of the effect."""
        self.effect.tell(text)

    def show_tried(self, found: Found) -> None:
        """Show the effect, or that it cannot be worked out yet."""
        if isinstance(found, tuple):
            self.effect.tell(_("Det går inte att räkna än: något fält är tomt eller fel. Spara visar vilka."))
        else:
            self.effect.show_effect(found)


def _basis(workspace: Workspace, _progress: Progress) -> tuple[dict[str, str], date]:
    from kvalitetsapp.services import agreement_checks

    return agreement_checks.bought_from(workspace), workspace.today


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
