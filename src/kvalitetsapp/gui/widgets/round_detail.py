"""One review round: its definition, how far it has come, who has worked, its cases and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.round_definition import requirements_text
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.models import round_tables
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.protocol_bar import ProtocolBar
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.domain.round_progress import RoundCase, RoundProgress
    from kvalitetsapp.gui.operations import StoreRunner


class RoundDetail(QWidget):
    """Shows a round; whoever holds it connects the buttons."""

    case_asked = Signal(object)  # EventKey

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[EventKey, ...] = ()
        self.heading = PlainLabel()
        self.definition = PlainLabel()
        self.bar = QProgressBar()
        self.progress = PlainLabel()
        self.review = primary_button(_("&Granska"))
        self.close_round = QPushButton(_("&Stäng omgången …"))
        self.repeat = QPushButton(_("&Upprepa …"))
        self.compare = QPushButton(_("&Jämför …"))
        self.discard = QPushButton(_("&Ta bort"))
        self.protocol = ProtocolBar(runner)
        self.cases = DataTable("round-cases", key=("event_ref", "joint", "side"))
        note_copies(runner, self.cases)
        self.work = DataTable("round-work", key=("reviewer",))
        self.agreement = DataTable("round-kappa", key=("question",))
        self.tabs = QTabWidget()
        self._arrange()
        self.cases.row_activated.connect(lambda row: self.case_asked.emit(self._keys[row]))

    def show_round(self, progress: RoundProgress, definition: str, *, can_write: bool, can_compare: bool) -> None:
        """Show a round; its cases come with `show_cases`."""
        one = progress.round
        self.heading.setText(one.name)
        parts = [definition, requirements_text(one.definition), _history(progress)]
        self.definition.setText(" ".join(f"{part}." for part in parts if part))
        self.bar.setRange(0, max(1, progress.cases))
        self.bar.setValue(progress.states[CaseState.DONE])
        self.progress.setText(round_tables.progress_text(progress))
        work = round_tables.work_table(progress.reviewers)
        self.work.set_table(work, round_tables.durations(work, "seconds", "median_seconds"))
        self.review.setText(_("&Granska") if one.is_open else _("&Visa i kön"))
        self.close_round.setEnabled(can_write and one.is_open)
        self.repeat.setEnabled(can_write)
        self.compare.setEnabled(can_compare)
        self.compare.setToolTip("" if can_compare else _("Det finns ingen tidigare omgång att jämföra med."))
        self.discard.setEnabled(can_write and one.is_open and not progress.reviewers)
        self.discard.setToolTip(_("Bara en omgång som ingen har svarat i kan tas bort."))
        self._agreement_part.setVisible(one.is_blinded)
        self.protocol.show_round(one)

    def show_cases(self, cases: Sequence[RoundCase], agreement: Sequence[ReviewerAgreement]) -> None:
        """Show the cases of the round, and how its two reviewers agree."""
        self._keys = tuple(one.key for one in cases)
        self.cases.set_table(round_tables.cases_table(cases), round_tables.short_words())
        self.agreement.set_table(round_tables.agreement_table(agreement))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the cases."""
        self.tabs.setCurrentIndex(0)
        self.cases.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        self.heading.setObjectName("sectionTitle")
        self.heading.setWordWrap(True)
        spacing.enlarge(self.heading, 1.1, bold=True)
        self.definition.setObjectName("muted")
        self.definition.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Hur långt omgången har kommit"))
        self.bar.setFixedWidth(spacing.letters(self, 32))
        how_far = QHBoxLayout()
        how_far.addWidget(self.bar)
        how_far.addWidget(self.progress, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, spacing.lines(self, 0.4), 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.definition)
        column.addLayout(how_far)
        column.addLayout(self._buttons())
        column.addWidget(self._tables(), 1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in (self.review, self.close_round, self.repeat, self.compare, self.discard):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.protocol)
        return row

    def _tables(self) -> QTabWidget:
        self.cases.view.setAccessibleName(_("Händelser i omgången"))
        self.work.view.setAccessibleName(_("Granskare"))
        self.agreement.view.setAccessibleName(_("Överensstämmelse mellan granskarna"))
        self.cases.hide_columns("side", "surgery_level")
        for table in (self.work, self.agreement):
            table.show_tools(on=False)
        self._agreement_part = titled(_("Överensstämmelse mellan granskarna"), self.agreement)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(titled(_("Tid och svar"), self.work))
        both.addWidget(self._agreement_part)
        both.setSizes([spacing.letters(self, 70), spacing.letters(self, 110)])
        both.setChildrenCollapsible(False)
        self.tabs.addTab(_padded(self.cases), _("Händelser"))
        self.tabs.addTab(_padded(both), _("Granskare"))
        return self.tabs


def _padded(content: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spacing.pad(column, made, 0.5)
    column.addWidget(content)
    return made


def _history(progress: RoundProgress) -> str:
    """Return who froze and closed the round, in one sentence without its full stop."""
    one = progress.round
    frozen = _("Fryst {day} av {who} med {n} händelser").format(
        day=one.created_at[:10], who=one.created_by, n=number(progress.cases)
    )
    if one.is_open:
        return frozen
    return _("{frozen}, stängd {day} av {who}").format(frozen=frozen, day=one.closed_at[:10], who=one.closed_by)
