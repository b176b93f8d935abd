"""The fields of a gap analysis, in the order in which one is made: gap, causes, proposals, consequences, decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain.gap_form import GapForm
from kvalitetsapp.domain.gap_paper import MAY_FOLLOW, GapState
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import followed
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.proposals_field import ProposalsField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.outcome_figures import OutcomeChoices

_DAY: Final = 20
_PLACES: Final = {"decision": "decided", "followed_up": "result"}
"""Where a fault of a whole part stands."""
_DECIDED: Final = (GapState.DECIDED, GapState.FOLLOWED_UP)
_AFTER_DECISION: Final = frozenset({"title", "owner", "follow_up_on", "state", "result", "followed_up_on"})


class GapFields(QWidget):
    """Everything that is typed of an analysis; `places` holds each field under its name in the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form()
        self.places: dict[str, Faulted] = {}
        self.now = PlainLabel()
        self.now.setObjectName("muted")
        self.now.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.now.setSizePolicy(policy)
        self.anew = QCheckBox(_("Frys nuläget på nytt, med dagens siffra"))
        self._was = GapForm()
        self._arrange()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, lines(self, 0.5), 0)
        column.addWidget(self.form)

    def value(self) -> GapForm:
        """Return the form as it is filled in."""
        texts = {name: _text_of(place.field) for name, place in self.places.items() if name not in _CHOSEN}
        return GapForm(
            **texts,
            state=GapState(self._combo("state").currentData()),
            indicator=str(self._combo("indicator").currentData() or ""),
            joint=str(self._combo("joint").currentData() or ""),
            provider_id=str(self._combo("provider_id").currentData() or ""),
            proposals=self._proposals.texts(),
        )

    def offer(self, choices: OutcomeChoices) -> None:
        """Offer the indicators and providers that a goal can be about; what was chosen stays chosen."""
        for name, offered in (
            ("indicator", [(one.indicator_id, one.name) for one in choices.indicators]),
            ("provider_id", list(choices.providers)),
        ):
            combo = self._combo(name)
            while combo.count() > 1:
                combo.removeItem(1)
            for code, told in offered:
                combo.addItem(told, code)
            wanted = getattr(self._was, name)
            if wanted and combo.findData(wanted) < 0:
                combo.addItem(wanted, wanted)
            combo.setCurrentIndex(max(0, combo.findData(wanted)))

    def show_form(self, form: GapForm, now: str) -> None:
        """Show an analysis, with what its frozen figure says; what is decided is not changed."""
        self._was = form
        for name, place in self.places.items():
            if name not in _CHOSEN:
                _set_text(place.field, str(getattr(form, name)))
        self._proposals.set_texts(form.proposals)
        self._offer_states(form.state)
        for name in ("joint", "indicator", "provider_id"):
            combo = self._combo(name)
            if (wanted := getattr(form, name)) and combo.findData(wanted) < 0:
                combo.addItem(word("joint", wanted) if name == "joint" else wanted, wanted)
            combo.setCurrentIndex(max(0, combo.findData(wanted)))
        self.now.setText(now or _("Siffran fryses när analysen sparas."))
        self.anew.setVisible(bool(now))
        is_decided = form.state in _DECIDED
        self.anew.setEnabled(not is_decided)
        for name, place in self.places.items():
            place.field.setEnabled(not is_decided or name in _AFTER_DECISION)

    def place_of(self, field: str) -> Faulted | None:
        """Return the field that a fault is about."""
        first = field.partition(".")[0]
        return self.places.get(_PLACES.get(first, first))

    # how it looks

    def _arrange(self) -> None:
        add, title = self._add, self.form.title
        add("title", _("&Rubrik"), QLineEdit())
        title(_("Gap: målet och nuläget"))
        add("goal", _("&Mål i ord"), _lines(2))
        add("indicator", _("Indi&kator"), _combo(_("Ingen: målet mäts inte")))
        add("joint", _("&Led"), _combo(_("Alla leder"), followed.choices()))
        add("provider_id", _("&Vårdgivare"), _combo(_("All köpt vård")))
        add("limit", _("&Gräns"), QLineEdit())
        add("present", _("N&uläge i ord"), _lines(2))
        self.form.add("", self.now)
        self.form.add("", self.anew)
        title(_("Orsaker"))
        add("causes", _("&Orsaker, en på varje rad"), _lines(3))
        title(_("Områden att påverka och förslag till förändringar"))
        add("areas", _("Områden, ett på varje rad"), _lines(2))
        self._proposals = ProposalsField()
        add("proposals", _("&Förslag, i den ordning de görs"), self._proposals)
        title(_("Konsekvenser"))
        add("acting", _("Av att &arbeta med frågan"), _lines(2))
        add("not_acting", _("Om ni inte &tar tag i den"), _lines(2))
        add("order", _("I vilken or&dning, och varför"), _lines(2))
        title(_("Ansvar och läge"))
        add("owner", _("Ansvarig"), QLineEdit())
        add("follow_up_on", _("Följs u&pp"), _day())
        add("state", _("Läg&e"), QComboBox())
        title(_("Beslut och uppföljning"))
        add("decided", _("&Beslut"), _lines(2))
        add("decided_by", _("Beslutat av"), QLineEdit())
        add("decided_on", _("Beslutat den"), _day())
        add("result", _("Vad det har gett"), _lines(2))
        add("followed_up_on", _("Uppföljt den"), _day())
        limit = self.places["limit"].field
        if isinstance(limit, QLineEdit):
            limit.setPlaceholderText(_("Till exempel 2,1 % eller 54"))

    def _add(self, name: str, label: str, field: QWidget) -> None:
        self.places[name] = Faulted(field)
        self.form.add(label, self.places[name])

    def _offer_states(self, was: GapState) -> None:
        state = self._combo("state")
        state.clear()
        for each in MAY_FOLLOW[was]:
            state.addItem(word("gap_state", each), each.value)
        state.setCurrentIndex(max(0, state.findData(was.value)))

    def _combo(self, name: str) -> QComboBox:
        field = self.places[name].field
        assert isinstance(field, QComboBox)  # noqa: S101 - made so above
        return field


_CHOSEN: Final = frozenset({"state", "indicator", "joint", "provider_id", "proposals"})
"""Fields that hold something else than a text."""


def _lines(count: int) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(lines(field, count + 0.9))
    return field


def _day() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(_("ÅÅÅÅ-MM-DD"))
    field.setFixedWidth(field.fontMetrics().averageCharWidth() * _DAY)
    return field


def _combo(nothing: str, choices: list[tuple[str, str]] | None = None) -> QComboBox:
    field = QComboBox()
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    field.addItem(nothing, "")
    for code, told in choices or ():
        field.addItem(told, code)
    return field


def _text_of(field: QWidget) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""


def _set_text(field: QWidget, text: str) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)
