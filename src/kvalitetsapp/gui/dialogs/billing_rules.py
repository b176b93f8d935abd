"""Faktureringsuppgifter: the region as the one who claims, and how documents are made here; finance decides."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain.basis import BillingRules
from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.days_field import DaysField
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.gui.widgets.party_fields import PartyFields
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.billing import BillingOutcome
    from kvalitetsapp.services.workspace import Workspace

LABELS: Final = {
    "name": N_("Namn"),
    "org_number": N_("Organisationsnummer"),
    "vat_number": N_("Momsregistreringsnummer"),
    "address.street": N_("Gatuadress"),
    "address.extra": N_("Adresstillägg"),
    "address.postcode": N_("Postnummer"),
    "address.city": N_("Ort"),
    "address.country": N_("Land"),
    "bankgiro": N_("Bankgiro"),
    "endpoint_scheme": N_("Schema för e-faktura"),
    "endpoint": N_("Adress för e-faktura"),
    "hsa_id": N_("HSA-id"),
    "contact": N_("Kontakt"),
    "phone": N_("Telefon"),
    "email": N_("E-post"),
}
_DAYS: Final = 30


class BillingRulesDialog(FaultingDialog):
    """Asks for the issuer to the left, and for tax, days and approval to the right."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Faktureringsuppgifter"), _("&Spara"), parent)
        self._before = BillingRules()
        self.setMinimumWidth(letters(self, 176))
        self.explained.setText(
            _(
                "Gäller nya underlag. De som är utställda ändras inte. "
                "Det som saknas sägs när ett underlag ska ställas ut."
            )
        )
        self.save.setEnabled(False)
        runner.run(_rules, self._show)

    def content(self) -> QWidget:
        """Return the issuer beside the rules."""
        self.issuer = PartyFields({name: _(label) for name, label in LABELS.items()})
        self.f_tax = QCheckBox(_("Godkänd för F-skatt"))
        self.issuer.add("", self.f_tax)
        self.vat_category = QComboBox()
        for category in VatCategory:
            self.vat_category.addItem(word("vat_category", category), category)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(lines(self, 5))
        self.days, self.between = DaysField(_DAYS), DaysField(_DAYS)
        self.four_eyes = QCheckBox(_("En annan ska &godkänna utkastet"))
        self._rules = {
            "vat_category": Faulted(self.vat_category),
            "vat_reason": Faulted(self.reason),
            "payment_days": Faulted(self.days, _("dagar")),
            "reminder_days": Faulted(self.between, _("dagar")),
        }
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(lines(self, 2))
        row.addWidget(titled(_("Utställare"), self.issuer), 1)
        row.addWidget(titled(_("Så görs underlag"), self._rules_form()), 1)
        return made

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields in their order."""
        return (*self.issuer.fields.values(), *self._rules.values())

    def place_of(self, field: str) -> Faulted | None:
        """Return the field that a fault is of."""
        return self._rules.get(field) or self.issuer.fields.get(field.removeprefix("issuer."))

    def work(self) -> Work:
        """Return what keeps the rules as they are filled in."""
        issuer = replace(self.issuer.party(self._before.issuer), f_tax=self.f_tax.isChecked())
        return partial(
            _save,
            BillingRules(
                issuer=issuer,
                vat_category=VatCategory(self.vat_category.currentData()),
                vat_reason=" ".join(self.reason.toPlainText().split()),
                payment_days=self.days.days(),
                reminder_days=self.between.days(),
                four_eyes=self.four_eyes.isChecked(),
            ),
        )

    def _rules_form(self) -> QWidget:
        form = Form()
        for label, name in (
            (_("&Moms"), "vat_category"),
            (_("Skäl till att &ingen moms tas ut"), "vat_reason"),
            (_("&Betalas inom"), "payment_days"),
            (_("&Påminns efter"), "reminder_days"),
        ):
            form.add(label, self._rules[name])
        form.add("", self.four_eyes)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)
        return made

    def _show(self, rules: BillingRules) -> None:
        self._before = rules
        self.issuer.show_party(rules.issuer)
        self.f_tax.setChecked(rules.issuer.f_tax)
        self.vat_category.setCurrentIndex(self.vat_category.findData(rules.vat_category))
        self.reason.setPlainText(rules.vat_reason)
        self.days.set_days(rules.payment_days)
        self.between.set_days(rules.reminder_days)
        self.four_eyes.setChecked(rules.four_eyes)
        self.save.setEnabled(self.can_write)
        self.issuer.edit("name").setFocus()


def _rules(workspace: Workspace, _progress: Progress) -> BillingRules:
    from kvalitetsapp.services import billing

    return billing.rules(workspace)


def _save(changed: BillingRules, workspace: Workspace, _progress: Progress) -> BillingOutcome:
    from kvalitetsapp.services import billing

    return billing.save_rules(workspace, changed)
