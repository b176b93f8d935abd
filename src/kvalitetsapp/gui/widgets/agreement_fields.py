"""Every term of an agreement as a field of its kind, with what is wrong beneath each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain.agreement_form import CAP_SCOPES, AgreementForm
from kvalitetsapp.domain.words import ComplicationClass, PayerRoute, word
from kvalitetsapp.gui import followed, spacing
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.widgets.check_list import CheckList
from kvalitetsapp.gui.widgets.cost_order import CostOrder
from kvalitetsapp.gui.widgets.faulted import Faulted, typed
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.validity_field import ValidityField
from kvalitetsapp.gui.widgets.warranty_list import WarrantyList
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from enum import StrEnum

    from kvalitetsapp.domain.field_fault import FieldFault

_SCOPES: Final = (N_("per primäroperation"), N_("per vårdtillfälle"))
_KRONOR: Final = ("unit_price", "cap", "deductible", "inpatient_day", "outpatient_visit")
_TEXTS: Final = ("agreement_id", "name")


class AgreementFields(QWidget):
    """Shows the terms and returns them as typed; `changed` tells of everything that becomes another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts: dict[str, QLineEdit] = {name: typed(self.changed.emit) for name in _TEXTS}
        self.texts |= {name: typed(self.changed.emit, width=16) for name in _KRONOR}
        self.texts |= {
            name: typed(self.changed.emit, width=9) for name in ("expected_reoperation_rate", "claim_deadline_days")
        }
        self.validity = ValidityField()
        self.providers, self.joints = CheckList(), CheckList(followed.choices())
        self.payer_routes = CheckList(_words("payer_route", PayerRoute))
        self.exclusions = CheckList(_words("complication_class", ComplicationClass))
        self.cap_scope = QComboBox()
        self.warranties = WarrantyList(self.texts["deductible"])
        self.cost_basis = CostOrder()
        self.note = QPlainTextEdit()
        self.fields: dict[str, Faulted] = {}
        self._make_fields()
        self._arrange()
        self._connect()

    def set_providers(self, names: Mapping[str, str]) -> None:
        """Offer providers by their names."""
        self.providers.set_choices(names.items())

    def set_form(self, form: AgreementForm, today: date) -> None:
        """Show terms."""
        for name, field in self.texts.items():
            field.setText(getattr(form, name))
        self.validity.set_days(form.valid_from, form.valid_to, today)
        for name, ticks in self._ticks().items():
            ticks.set_ticked(getattr(form, name))
        self.cap_scope.setCurrentIndex(max(self.cap_scope.findData(form.cap_scope), 0))
        self.warranties.set_warranties(form.warranties)
        self.cost_basis.set_order(form.cost_basis)
        self.note.setPlainText(form.note)

    def form(self) -> AgreementForm:
        """Return the terms as they are filled in."""
        start, end = self.validity.days()
        told: dict[str, Any] = {name: field.text() for name, field in self.texts.items()}
        told |= {name: ticks.ticked() for name, ticks in self._ticks().items()}
        return AgreementForm(
            **told,
            valid_from=start,
            valid_to=end,
            cap_scope=str(self.cap_scope.currentData()),
            warranties=self.warranties.warranties(),
            cost_basis=self.cost_basis.order(),
            note=self.note.toPlainText(),
        )

    def keep_id(self) -> None:
        """Let the id be as it is: it is what the agreement is known by."""
        self.texts["agreement_id"].setEnabled(False)

    def show_faults(self, faults: Sequence[FieldFault]) -> list[QWidget]:
        """Tell what is wrong at each field, and return the fields that are wrong in the order of the form."""
        told = {one.field: one.message for one in faults}
        told["valid_from"] = "\n".join(told[name] for name in ("valid_from", "valid_to") if name in told)
        of_warranties = self.warranties.show_faults(faults)
        wrong: list[QWidget] = []
        for name, field in self.fields.items():
            field.say(told.get(name, ""))
            wrong += [field] if told.get(name) else []
            wrong += of_warranties if name == "deductible" else []
        return wrong

    def _ticks(self) -> dict[str, CheckList]:
        return {
            "providers": self.providers,
            "joints": self.joints,
            "payer_routes": self.payer_routes,
            "exclusions": self.exclusions,
        }

    def _make_fields(self) -> None:
        """Make the fields in the order in which they are read, each with its unit."""
        for scope, text in zip(CAP_SCOPES, _SCOPES, strict=True):
            self.cap_scope.addItem(_(text), scope)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(spacing.lines(self, 4))
        units = dict.fromkeys(_KRONOR, _("kr"))
        units |= {
            "expected_reoperation_rate": _("procent"),
            "claim_deadline_days": _("dagar efter utskrivning"),
            "inpatient_day": _("kr per vårddygn"),
            "outpatient_visit": _("kr per besök"),
        }
        made: dict[str, QWidget] = {
            **{name: self.texts[name] for name in _TEXTS},
            "valid_from": self.validity,
            **{name: self._ticks()[name] for name in ("providers", "joints", "payer_routes")},
            **{name: self.texts[name] for name in ("unit_price", "expected_reoperation_rate", "cap")},
            "cap_scope": self.cap_scope,
            **{name: self.texts[name] for name in ("deductible", "claim_deadline_days")},
            "exclusions": self.exclusions,
            "cost_basis": self.cost_basis,
            **{name: self.texts[name] for name in ("inpatient_day", "outpatient_visit")},
            "note": self.note,
        }
        self.fields = {name: Faulted(field, units.get(name, "")) for name, field in made.items()}

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.6)
        column.addWidget(
            self._form(
                (_("&Beteckning"), "agreement_id"), (_("&Namn"), "name"), (_("Operationer &från"), "valid_from")
            )
        )
        column.addLayout(self._scope())
        column.addWidget(
            self._form(
                (_("&Pris per operation"), "unit_price"),
                (_("Förväntad andel reoperationer"), "expected_reoperation_rate"),
                (_("&Tak"), "cap"),
                (_("Taket gäller"), "cap_scope"),
                (_("S&jälvrisk"), "deductible"),
            )
        )
        for title, content in ((_("Garantier"), self.warranties), (_("Undantag, som ingen garanti täcker"), None)):
            column.addWidget(_title(title))
            column.addWidget(self.fields["exclusions"] if content is None else content)
        self.fields["exclusions"].setAccessibleName(_("Undantag"))
        column.addWidget(
            self._form(
                (_("&Kostnadsgrund"), "cost_basis"),
                (_("Taxa, slutenvård"), "inpatient_day"),
                (_("Taxa, öppenvård"), "outpatient_visit"),
                (_("&Anspråksfrist"), "claim_deadline_days"),
                (_("Anteckning"), "note"),
            )
        )

    def _form(self, *rows: tuple[str, str]) -> Form:
        form = Form()
        for label, name in rows:
            form.add(label, self.fields[name])
        return form

    def _scope(self) -> QHBoxLayout:
        """Return whose operations are taken: three lists beside each other."""
        row = QHBoxLayout()
        row.setSpacing(spacing.lines(self, 0.8))
        for text, name, stretch in (
            (_("Vårdgivare"), "providers", 4),
            (_("Leder"), "joints", 2),
            (_("Ersättningsvägar"), "payer_routes", 3),
        ):
            column = QVBoxLayout()
            column.addWidget(PlainLabel(text))
            column.addWidget(self.fields[name])
            self.fields[name].setAccessibleName(text)
            self._ticks()[name].setMinimumWidth(spacing.letters(self, 16))
            row.addLayout(column, stretch)
        return row

    def _connect(self) -> None:
        for ticks in self._ticks().values():
            ticks.changed.connect(self.changed)
        for field in (self.validity, self.cost_basis, self.warranties):
            field.changed.connect(self.changed)
        self.cap_scope.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.note.textChanged.connect(self.changed)


def _words(vocabulary: str, codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(code.value, word(vocabulary, code)) for code in codes]


def _title(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setObjectName("sectionTitle")
    return label
