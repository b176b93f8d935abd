"""Every part of a recipe as a field of its kind; only those that the chosen counting uses are shown."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain import adverse_event, words
from kvalitetsapp.domain import indicator as parts
from kvalitetsapp.domain.indicator_checks import PARTS, WINDOWED
from kvalitetsapp.domain.indicator_form import IndicatorForm
from kvalitetsapp.domain.indicator_recipe import INSTRUMENTS, OCCASIONS
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS, LEVELS
from kvalitetsapp.gui import followed, spacing
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.widgets.check_list import CheckList
from kvalitetsapp.gui.widgets.faulted import Faulted, typed
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.field_fault import FieldFault

    Choices = Sequence[tuple[str, str]]

_SECTIONS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        N_("Receptet i ord"),
        (
            ("indicator_id", N_("&Beteckning")),
            ("name", N_("&Namn")),
            ("purpose", N_("&Syfte")),
            ("numerator", N_("&Täljare")),
            ("denominator", N_("Nämn&are")),
            ("exclusions", N_("&Undantag")),
            ("source", N_("&Källa")),
            ("note", N_("Anmärkning")),
        ),
    ),
    (
        N_("Vad som räknas"),
        (
            ("kind", N_("&Räkna")),
            ("measure", N_("&Mått")),
            ("direction", N_("Önskad riktning")),
            ("nature", N_("Slag av mått")),
            ("levels", N_("Kirurgi")),
            ("classes", N_("Komplikationer")),
            ("reviewed", N_("Vilka händelser")),
            ("groups", N_("Grupper")),
            ("codes", N_("Koder, en per rad")),
            ("position", N_("Koden står som")),
            ("instruments", N_("Formulär")),
            ("items", N_("Frågor")),
            ("occasion", N_("Tillfälle")),
            ("answered", N_("Av svaret tas")),
            ("before", N_("Förbättring sedan")),
            ("at_least", N_("Minst")),
            ("at_most", N_("Högst")),
            ("published", N_("Publicerad siffra")),
            ("first", N_("Från dag")),
            ("last", N_("Till och med dag")),
            ("anchor", N_("Räknat från")),
        ),
    ),
    (
        N_("Vilka operationer (tomt: alla)"),
        (
            ("joints", N_("Leder")),
            ("prostheses", N_("Proteser")),
            ("payer_routes", N_("Ersättningsvägar")),
            ("care_forms", N_("Vårdformer")),
            ("cohort_codes", N_("Åtgärder, en per rad")),
            ("diagnoses", N_("Huvuddiagnoser, en per rad")),
            ("not_diagnoses", N_("Inte huvuddiagnoser, en per rad")),
        ),
    ),
    (
        N_("Hur siffran läses"),
        (
            ("level", N_("Kan delas upp efter")),
            ("benchmark", N_("Jämförs med")),
            ("decimals", N_("Decimaler")),
            ("verified", ""),
        ),
    ),
)
_SHORT: Final = ("first", "last", "decimals", "at_least", "at_most")
_LONG: Final = ("purpose", "numerator", "denominator", "exclusions", "source", "note")
_CODES: Final = ("codes", "cohort_codes", "diagnoses", "not_diagnoses")
_OF_WINDOW: Final = ("first", "last", "anchor")
_OF_A_KIND: Final = frozenset(name for used in PARTS.values() for name in used)
_MOST_ROWS: Final = 6
_UNITS: Final = {"first": N_("dagar efter"), "last": N_("dagar efter")}


class IndicatorFields(QWidget):
    """Shows a recipe and returns it as typed; `changed` tells of everything that becomes another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs: dict[str, Any] = {each.name: self._made(each.name) for each in fields(IndicatorForm)}
        self.fields = {name: Faulted(field, _(_UNITS.get(name, ""))) for name, field in self.inputs.items()}
        self._rows = Form()
        self._order: list[str] = []
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.6)
        column.addWidget(self._rows)
        for title, rows in _SECTIONS:
            self._rows.title(_(title))
            for name, label in rows:
                self._rows.add(_(label) if label else "", self.fields[name])
                self._order.append(name)
        column.addStretch(1)
        self.inputs["kind"].currentIndexChanged.connect(lambda _place: self.show_used())
        self.inputs["answered"].currentIndexChanged.connect(lambda _place: self.show_used())
        self.show_used()

    def set_form(self, form: IndicatorForm) -> None:
        """Show a recipe."""
        for name, field in self.inputs.items():
            _put(field, getattr(form, name))
        self.show_used()

    def form(self) -> IndicatorForm:
        """Return the recipe as it is filled in."""
        return IndicatorForm(**{name: _taken(field) for name, field in self.inputs.items()})

    def keep_id(self) -> None:
        """Let the id be as it is: it is what the indicator is known by."""
        self.inputs["indicator_id"].setReadOnly(True)

    def used(self) -> frozenset[str]:
        """Return the fields that the chosen counting uses."""
        kind = parts.Counted(str(self.inputs["kind"].currentData()))
        unused = {*(_OF_A_KIND - set(PARTS[kind])), *(() if kind in WINDOWED else _OF_WINDOW)}
        answered = self.inputs["answered"].currentData()
        if answered != parts.Answered.GAIN:
            unused.add("before")
        if answered != parts.Answered.REACHED:
            unused |= {"at_least", "at_most"}
        return frozenset(self.inputs) - unused

    def show_used(self) -> None:
        """Show the fields that the chosen counting uses and no others."""
        used = self.used()
        for name in self._order:
            self._rows.set_visible(self.fields[name], on=name in used)

    def show_faults(self, faults: Iterable[FieldFault]) -> list[QWidget]:
        """Tell what is wrong at each field, and return the fields that are wrong in the order of the form."""
        told: dict[str, list[str]] = {}
        for fault in faults:
            name, _dot, line = fault.field.partition(".")
            text = _("Rad {n}: {message}").format(n=line, message=fault.message) if line else fault.message
            told.setdefault(name, []).append(text)
        for name, field in self.fields.items():
            field.say("\n".join(told.get(name, ())))
        return [self.fields[name] for name in self._order if name in told]

    def _made(self, name: str) -> QWidget:
        """Return the field of a part, empty."""
        choices = _choices()
        if name == "verified":
            box = QCheckBox(_("Receptet är prövat mot källan"))
            box.toggled.connect(lambda _on: self.changed.emit())
            return box
        if name in choices:
            return self._chooser(choices[name])
        ticked = _ticks()
        if name in ticked:
            ticks = CheckList(ticked[name])
            rows = min(len(ticked[name]), _MOST_ROWS)
            ticks.setFixedHeight(ticks.sizeHintForRow(0) * rows + spacing.lines(ticks, 0.5))
            ticks.changed.connect(self.changed)
            return ticks
        if name in (*_LONG, *_CODES):
            return self._lines(2 if name in _LONG else 3)
        return typed(self.changed.emit, width=10 if name in _SHORT else 0)

    def _chooser(self, choices: Choices) -> QComboBox:
        box = QComboBox()
        for code, text in choices:
            box.addItem(text, code)
        box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        return box

    def _lines(self, count: int) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(spacing.lines(self, count + 0.8))
        field.textChanged.connect(self.changed)
        return field


def _choices() -> Mapping[str, Choices]:
    """Return what one can be chosen of."""
    occasions = [("", _("välj")), *((code, _(text)) for code, text in OCCASIONS.items())]
    known = sorted((words.word("indicator", code), code) for code in words.codes("indicator") if code)
    published = [("", _("ingenting")), *((code, text) for text, code in known)]
    return {
        "kind": _words("counted", parts.Counted),
        "measure": _words("measure", parts.Measure),
        "direction": _words("direction", parts.Direction),
        "nature": [("", _("efter vad som räknas")), *_words("nature", parts.Nature)],
        "reviewed": _words("reviewed", parts.Reviewed),
        "position": _words("code_position", parts.Position),
        "answered": _words("answered", parts.Answered),
        "anchor": _words("anchor", parts.Anchor),
        "occasion": occasions,
        "before": occasions,
        "benchmark": published,
        "published": published,
    }


def _ticks() -> Mapping[str, Choices]:
    """Return what several can be ticked of."""
    return {
        "levels": _words("surgery_level", words.SurgeryLevel),
        "classes": _words("complication_class", words.ComplicationClass),
        "groups": [(group, group) for group in adverse_event.GROUPS],
        "instruments": [(code, _(text)) for code, text in INSTRUMENTS.items()],
        "joints": followed.choices(),
        "prostheses": _words("prosthesis", parts.Prosthesis),
        "payer_routes": _words("payer_route", words.PayerRoute),
        "care_forms": _words("care_form", words.CareForm),
        "level": [(key, _(INDICATOR_KEYS[key].heading)) for key in LEVELS],
    }


def _words(vocabulary: str, codes: Iterable[str]) -> Choices:
    return [(str(code), words.word(vocabulary, str(code))) for code in codes]


def _put(field: QWidget, value: Any) -> None:  # noqa: ANN401 - texts, ticks and yes or no
    if isinstance(field, QComboBox):
        if field.findData(value) < 0:
            field.addItem(str(value), value)
        field.setCurrentIndex(field.findData(value))
    elif isinstance(field, CheckList):
        field.set_ticked(value)
    elif isinstance(field, QCheckBox):
        field.setChecked(value)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
    elif isinstance(field, QLineEdit):
        field.setText(value)


def _taken(field: QWidget) -> Any:  # noqa: ANN401 - texts, ticks and yes or no
    if isinstance(field, QComboBox):
        return str(field.currentData())
    if isinstance(field, CheckList):
        return field.ticked()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()  # type: ignore[attr-defined]
