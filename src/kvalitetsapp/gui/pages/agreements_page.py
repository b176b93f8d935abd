"""Avtal: every agreement as a row, and the one that is chosen as a card that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import agreement_card
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.services import agreements
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.agreement_card import AgreementCard
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class AgreementsPage(Page):
    """What the agreements hold."""

    title: ClassVar[str] = N_("Avtal")
    icon_name: ClassVar[str] = "agreements"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.AGREEMENTS, Changed.LINKS, Changed.IMPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.table = DataTable("agreements", key=("agreement_id",))
        self.table.hide_columns("agreement_id")
        self.name = QLabel()
        self.warning = QLabel(_("⚠ Ej kontrollerat mot undertecknat avtal"))
        self.coverage = QLabel()
        self.facts = FactsView(_("Avtalets villkor"))
        self._cards: tuple[AgreementCard, ...] = ()
        self._wanted: object = None
        self._stack = self._arrange()
        self.table.current_row_changed.connect(self._show_card)

    def refresh(self) -> None:
        """Read the agreements."""
        self.runner.run(_cards, self._set_cards)

    def show_wanted(self, wanted: object) -> None:
        """Choose an agreement by its id, as soon as it has been read."""
        self._wanted = wanted
        for row, card in enumerate(self._cards):
            if card.agreement.agreement_id == wanted:
                self.table.choose_row(row)
                self._wanted = None

    def focus_find(self) -> None:
        """Put the cursor in the filter."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Avtal"))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(self._card())
        splitter.setSizes([spacing.letters(self, 125), spacing.letters(self, 80)])
        splitter.setChildrenCollapsible(False)
        filled = QWidget()
        column = QVBoxLayout(filled)
        spacing.pad(column, self, 0.8)
        column.addWidget(splitter)
        empty = EmptyState(
            _("Inga avtal är inlästa. De läses in som en TOML-fil på sidan Import; utan avtal kan inget krävas."),
            _("Gå till Import"),
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, filled, empty)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self.name.setObjectName("sectionTitle")
        self.name.setWordWrap(True)
        self.warning.setObjectName("warning")
        self.coverage.setObjectName("muted")
        column = QVBoxLayout(card)
        spacing.pad(column, self, 0.8, 0.4)
        for widget in (self.name, self.warning, self.coverage):
            column.addWidget(widget)
        column.addWidget(self.facts, 1)
        return card

    def _set_cards(self, cards: tuple[AgreementCard, ...]) -> None:
        self._cards = cards
        self._stack.show_empty(on=not cards)
        self.table.set_table(agreement_card.agreement_table(cards))
        if cards and self.table.current_row() < 0:
            self.table.choose_row(0)
        if self._wanted is not None:
            self.show_wanted(self._wanted)
        self._show_card(self.table.current_row())

    def _show_card(self, row: int) -> None:
        if not 0 <= row < len(self._cards):
            return
        card = self._cards[row]
        self.name.setText(card.agreement.name)
        self.warning.setVisible(not card.agreement.verified)
        operations = ngettext("{n} operation", "{n} operationer", card.operations).format(n=number(card.operations))
        cases = ngettext("{n} ärende", "{n} ärenden", card.cases).format(n=number(card.cases))
        text = _("Gäller {operations} och {cases} i det som är inläst.")
        self.coverage.setText(text.format(operations=operations, cases=cases))
        self.facts.show_facts(("", card.facts))


def _cards(workspace: Workspace, _progress: Progress) -> tuple[AgreementCard, ...]:
    return agreements.cards(workspace)
