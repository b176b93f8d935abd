"""What a change of an agreement would do: the sums before and after, by provider, case by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain import agreement_effect
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.agreement_effect import AgreementEffect


class EffectPanel(QWidget):
    """Shows an effect, or a sentence that says why there is none to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._effect: AgreementEffect | None = None
        self.state = PlainLabel()
        self.potential = QCheckBox(_("Räkna även föreslagna k&opplingar"))
        self.sums = FactsView(_("Summor före och efter"))
        self.providers = DataTable("effect-providers", key=("provider_id",))
        self.cases = DataTable("effect-cases", key=("index_ref",))
        self.corrections = DataTable("effect-corrections", key=("claim",))
        self.tabs = QTabWidget()
        self._arrange()
        self.potential.toggled.connect(lambda _on: self._show())

    def tell(self, text: str) -> None:
        """Say what is going on; what was worked out before holds no more."""
        self._effect = None
        self.state.setText(text)
        self.state.show()
        self._show()

    def show_effect(self, effect: AgreementEffect) -> None:
        """Show what the change would do."""
        self._effect = effect
        self.state.hide()
        self._show()

    def _arrange(self) -> None:
        heading = PlainLabel(_("Vad skulle ändringen göra?"))
        heading.setObjectName("sectionTitle")
        self.state.setObjectName("muted")
        self.state.setWordWrap(True)
        self.sums.setFixedHeight(spacing.lines(self, 8.5))
        for table, name in (
            (self.providers, _("Per vårdgivare")),
            (self.cases, _("Ärenden som ändras")),
            (self.corrections, _("Utställda krav att rätta")),
        ):
            table.view.setAccessibleName(name)
            self.tabs.addTab(table, name)
        self.providers.hide_columns("provider_id")
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(heading)
        column.addWidget(self.state)
        column.addWidget(self.potential)
        column.addWidget(self.sums)
        column.addWidget(self.tabs, 100)
        column.addStretch(1)  # what is told stands at the top
        self._show()

    def _show(self) -> None:
        effect = self._effect
        for widget in (self.potential, self.sums, self.tabs):
            widget.setVisible(effect is not None)
        if effect is None:
            return
        effects = effect.potential if self.potential.isChecked() else effect.confirmed
        self.sums.show_facts(("", agreement_effect.total_facts(effects)))
        self.providers.set_table(agreement_effect.provider_table(effects))
        self.cases.set_table(agreement_effect.case_table(effects))
        self.corrections.set_table(agreement_effect.correction_table(effect))
        cases = ngettext("{n} ärende ändras", "{n} ärenden ändras", len(effects.cases))
        claims = ngettext("{n} krav att rätta", "{n} krav att rätta", len(effect.corrections))
        self.tabs.setTabText(1, cases.format(n=number(len(effects.cases))))
        self.tabs.setTabText(2, claims.format(n=number(len(effect.corrections))))
