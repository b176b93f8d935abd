"""Avtal: every agreement as a row, the chosen one as a card, and what is done to them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import agreement_card
from kvalitetsapp.domain.agreement_gaps import gap_text
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.agreement_steps import (
    AgreementHistoryDialog,
    EndAgreementDialog,
    VerifyAgreementDialog,
)
from kvalitetsapp.gui.dialogs.edit_agreement import EditAgreementDialog
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.services import agreements
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_card import AgreementCard
    from kvalitetsapp.domain.agreement_gaps import Gap
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.agreement_edits import AgreementOutcome
    from kvalitetsapp.services.agreements import AgreementsShown, Written
    from kvalitetsapp.services.workspace import Workspace


class AgreementsPage(Page):
    """What the agreements hold, and the way to change them."""

    title: ClassVar[str] = N_("Avtal")
    icon_name: ClassVar[str] = "agreements"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.AGREEMENTS, Changed.LINKS, Changed.IMPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.table = DataTable("agreements", key=("agreement_id",))
        self.table.hide_columns("agreement_id")
        self.name = PlainLabel()
        self.warning = QLabel(_("⚠ Ej kontrollerat mot undertecknat avtal"))
        self.verified = PlainLabel()
        self.coverage = QLabel()
        self.gaps_notice = QLabel()
        self.facts = FactsView(_("Avtalets villkor"))
        self.new = QPushButton(_("&Nytt …"))
        self.change = QPushButton(_("&Ändra …"))
        self.verify = QPushButton(_("Kontro&llerat …"))
        self.end = QPushButton(_("A&vsluta …"))
        self.history = QPushButton(_("&Historik …"))
        self.export = QPushButton(_("&Exportera …"))
        self._cards: tuple[AgreementCard, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        self._wanted: object = None
        self._empty = EmptyState(
            _(
                "Inga avtal finns än; utan avtal kan inget krävas. Tryck på Nytt för att skriva ett, eller läs in en "
                "TOML-fil på sidan Import."
            ),
            _("Gå till Import"),
        )
        self._filled = self._arrange()
        self.table.current_row_changed.connect(self._show_card)

    def refresh(self) -> None:
        """Read the agreements."""
        self.runner.run(_shown, self._set_shown)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no agreement to show."""
        return self._filled.isHidden()

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

    def chosen(self) -> Agreement | None:
        """Return the agreement that is chosen, None where none is."""
        row = self.table.current_row()
        return self._cards[row].agreement if 0 <= row < len(self._cards) else None

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the page; what it saves is shown and told."""
        if isinstance(dialog, SavingDialog):
            dialog.saved.connect(self._saved)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _arrange(self) -> QWidget:
        self.table.view.setAccessibleName(_("Avtal"))
        self._filled = QSplitter(Qt.Orientation.Horizontal)
        self._filled.addWidget(self.table)
        self._filled.addWidget(self._card())
        self._filled.setSizes([spacing.letters(self, 125), spacing.letters(self, 80)])
        self._filled.setChildrenCollapsible(False)
        self.gaps_notice.setObjectName("warning")
        self.gaps_notice.setWordWrap(True)
        self.gaps_notice.hide()
        self._empty.asked.connect(lambda: self.page_requested.emit("import", None))
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addLayout(self._buttons())
        column.addWidget(self.gaps_notice)
        column.addWidget(self._filled, 1)
        column.addWidget(self._empty, 1)
        self._empty.hide()
        return self._filled

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button, do in (
            (self.new, lambda: self.open_dialog(EditAgreementDialog(self.runner, None, self))),
            (self.change, partial(self._open, EditAgreementDialog)),
            (self.verify, partial(self._open, VerifyAgreementDialog)),
            (self.end, partial(self._open, EndAgreementDialog)),
            (self.history, partial(self._open, AgreementHistoryDialog)),
            (self.export, self._export),
        ):
            button.clicked.connect(lambda _checked=False, do=do: do())
            row.addWidget(button)
        row.addStretch(1)
        self._enable()
        return row

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self.name.setObjectName("sectionTitle")
        self.name.setWordWrap(True)
        self.warning.setObjectName("warning")
        for label in (self.verified, self.coverage):
            label.setObjectName("muted")
            label.setWordWrap(True)
        column = QVBoxLayout(card)
        spacing.pad(column, self, 0.8, 0.4)
        for widget in (self.name, self.warning, self.verified, self.coverage):
            column.addWidget(widget)
        column.addWidget(self.facts, 1)
        return card

    def _open(self, kind: Callable[[StoreRunner, Agreement, QWidget], QDialog]) -> None:
        one = self.chosen()
        if one is not None:
            self.open_dialog(kind(self.runner, one, self))

    def _export(self) -> None:
        out = messages.choose_new_file(self, _("Exportera avtal"), Path("avtal.toml"), _("Avtal (*.toml)"))
        if out:
            self.runner.run(partial(_written, Path(out)), self._tell_written)

    def _tell_written(self, written: Written) -> None:
        text = ngettext("{n} avtal skrivet till {file}", "{n} avtal skrivna till {file}", written.agreements)
        self.told.emit(text.format(n=number(written.agreements), file=written.path.name))

    def _saved(self, outcome: AgreementOutcome) -> None:
        if outcome.agreement is None:
            return
        self._wanted = outcome.agreement.agreement_id
        saved = _("{name} är sparat").format(name=outcome.agreement.name)
        left = sum(gap.operations for gap in outcome.gaps)
        without = ngettext("{n} operation saknar avtal", "{n} operationer saknar avtal", left).format(n=number(left))
        self.told.emit(f"{saved}. {without}" if left else saved)

    def _enable(self) -> None:
        can_write = self.runner.can_write
        is_one = self.chosen() is not None
        self.new.setEnabled(can_write)
        self.export.setEnabled(can_write and bool(self._cards))
        self.history.setEnabled(is_one)
        for button in (self.change, self.verify, self.end):
            button.setEnabled(can_write and is_one)

    def _set_shown(self, shown: AgreementsShown) -> None:
        self._cards, self._gaps = shown.cards, shown.gaps
        self._filled.setVisible(bool(shown.cards))
        self._empty.setVisible(not shown.cards)
        self.table.set_table(agreement_card.agreement_table(shown.cards))
        self.table.choose_one()
        if self._wanted is not None:
            self.show_wanted(self._wanted)
        self._show_gaps()
        self._show_card(self.table.current_row())

    def _show_gaps(self) -> None:
        operations = sum(gap.operations for gap in self._gaps)
        events = sum(gap.events for gap in self._gaps)
        text = _("⚠ {operations} och {events} hos vårdgivare som ni har avtal med hör inte till något avtal.")
        self.gaps_notice.setText(
            text.format(
                operations=ngettext("{n} operation", "{n} operationer", operations).format(n=number(operations)),
                events=ngettext("{n} händelse", "{n} händelser", events).format(n=number(events)),
            )
        )
        self.gaps_notice.setVisible(bool(self._gaps))

    def _show_card(self, row: int) -> None:
        self._enable()
        if not 0 <= row < len(self._cards):
            return
        card = self._cards[row]
        one = card.agreement
        self.name.setText(one.name)
        self.warning.setVisible(not one.verified)
        self.verified.setVisible(one.verified)
        self.verified.setText(_("Kontrollerat: {text}").format(text=agreement_card.verified_text(one)))
        operations = ngettext("{n} operation", "{n} operationer", card.operations).format(n=number(card.operations))
        cases = ngettext("{n} ärende", "{n} ärenden", card.cases).format(n=number(card.cases))
        text = _("Gäller {operations} och {cases} i det som är inläst.")
        self.coverage.setText(text.format(operations=operations, cases=cases))
        gaps = tuple(gap_text(gap) for gap in self._gaps if gap.provider_id in one.providers)
        without = (Fact(_("Utan avtal"), gaps),) if gaps else ()
        self.facts.show_facts(("", card.facts), (_("Operationer utan avtal hos samma vårdgivare"), without))


def _shown(workspace: Workspace, _progress: Progress) -> AgreementsShown:
    return agreements.shown(workspace)


def _written(out: Path, workspace: Workspace, _progress: Progress) -> Written:
    return agreements.export(workspace, out)
