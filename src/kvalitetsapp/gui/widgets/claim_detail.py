"""One claim in full: its lines, the ledger of its operation's cap, and what has been done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.claim_views import lines_table, place_of, steps_as_facts
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.claim_views import ClaimPast, ClaimSeen


class ClaimDetail(QWidget):
    """Shows a claim, and its past when that has been read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = PlainLabel()
        self.changed = PlainLabel()
        self.lines = DataTable("claim-lines", key=("event_ref", "event_date"))
        self.ledger = DataTable("cap-ledger")
        self.past = FactsView(_("Kravets historik"))
        self._tables = QSplitter(Qt.Orientation.Vertical)
        self._seen: ClaimSeen | None = None
        self._arrange()
        self.show_claim(None, "")

    def show_claim(self, seen: ClaimSeen | None, otherwise: str) -> None:
        """Show a claim, what is said `otherwise` where there is none."""
        self._seen = seen
        self._tables.setVisible(seen is not None)
        self.changed.setVisible(seen is not None and bool(seen.changed))
        if seen is None:
            self.heading.setText(otherwise)
            return
        claim = seen.claim
        told = (claim.number, claim.provider, place_of(claim), claim.operated_on.isoformat(), claim.terms.name)
        self.heading.setText(f"{', '.join(told)}   {word('claim_status', claim.status)}")
        self.changed.setText(_("Ändrat sedan utkastet gjordes: {what}").format(what="; ".join(seen.changed)))
        self.lines.set_table(lines_table(claim))

    def show_past(self, past: ClaimPast) -> None:
        """Show the past of the claim that is shown."""
        if self._seen is None or past.number != self._seen.claim.claim:
            return
        self.ledger.set_table(past.account.table())
        self.past.show_facts(("", [*_sums(self._seen), *steps_as_facts(past.steps)]))

    def _arrange(self) -> None:
        self.heading.setObjectName("sectionTitle")
        self.changed.setObjectName("warning")
        for label in (self.heading, self.changed):
            label.setWordWrap(True)
        for table, name in ((self.lines, _("Kravets rader")), (self.ledger, _("Takets historik"))):
            table.view.setAccessibleName(name)
            table.show_tools(on=False)
        self.lines.hide_columns("event_ref")
        self.ledger.hide_columns("event_ref", "cap")
        lower = QSplitter(Qt.Orientation.Horizontal)
        lower.addWidget(titled(_("Operationens tak"), self.ledger))
        lower.addWidget(titled(_("Historik"), self.past))
        lower.setSizes([spacing.letters(self, 112), spacing.letters(self, 72)])
        self._tables.addWidget(self.lines)
        self._tables.addWidget(lower)
        self._tables.setSizes([spacing.lines(self, 7), spacing.lines(self, 14)])
        for splitter in (lower, self._tables):
            splitter.setHandleWidth(spacing.lines(self, 0.5))
            splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.changed)
        column.addWidget(self._tables, 1)


def _sums(seen: ClaimSeen) -> list[Fact]:
    """Return what has become of a claim's money, as far as anything has."""
    found = [Fact(_("Belopp"), (kronor(seen.claim.amount),))]
    if seen.document:
        found.append(Fact(_("Underlag"), (seen.document,)))
    if seen.claim.accepted is not None:
        found.append(Fact(_("Godtaget"), (kronor(seen.claim.accepted),)))
    if seen.to_credit:
        found.append(Fact(_("Att kreditera"), (kronor(seen.to_credit),)))
    return found
