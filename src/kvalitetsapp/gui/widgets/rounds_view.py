"""Omgångar: every review round, the chosen one with its cases, and what is done with rounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.compare_rounds import CompareRoundsDialog
from kvalitetsapp.gui.dialogs.new_round import NewRoundDialog
from kvalitetsapp.gui.models import round_tables
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.round_detail import RoundDetail
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.domain.round_progress import RoundCase, RoundProgress
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.review_rounds import RoundOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rounds:
    """Every round, the latest first, with its definition in words by its number."""

    rounds: tuple[RoundProgress, ...]
    definitions: Mapping[int, str]


class RoundsView(RowsView["RoundProgress"]):
    """The rounds, to be shown as a tab; it reads when first shown and when rounds or decisions have changed."""

    title: ClassVar[str] = N_("Omgångar")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.ROUNDS, Changed.VERDICTS, Changed.LINKS, Changed.EPISODES}
    )

    review_asked = Signal(int)  # the round whose cases are to be the queue
    case_asked = Signal(int, object)  # the same, with the EventKey to begin at

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("rounds", key=("name",)))
        self._definitions: Mapping[int, str] = {}
        self._asked: int | None = None
        self.new = QPushButton(_("&Ny omgång …"))
        self.detail = RoundDetail(runner)
        self.empty = EmptyState(
            _(
                "En omgång är en fryst lista över händelser som granskas tillsammans, till exempel alla som har "
                "opererats för en proteskomplikation vid egna kliniken under ett halvår. Den går att följa, stänga, "
                "upprepa och jämföra med en tidigare."
            ),
            _("&Ny omgång …"),
        )
        self._stack = self._arrange()
        self._connect()
        self.begins_at = self.table

    def refresh(self) -> None:
        """Read the rounds, and the chosen one's cases again."""
        self.runner.run(_rounds, self._set_rounds, label=_("Läser omgångar"))

    def show_round(self, round_id: int) -> None:
        """Choose a round, as soon as the rounds have been read."""
        self._wanted = round_id
        self._choose_row()

    def focus_find(self) -> None:
        """Put the cursor in the filter of the cases."""
        self.detail.focus_find()

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Granskningsomgångar"))
        self.table.show_tools(on=False)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(titled(_("Granskningsomgångar"), self.table, self.new))
        splitter.addWidget(self.detail)
        splitter.setSizes([spacing.lines(self, 11), spacing.lines(self, 32)])
        splitter.setChildrenCollapsible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8, 0.5)
        column.addWidget(splitter)
        return Stack(self, content, self.empty)

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self._open_new(None))
        self.empty.asked.connect(lambda: self._open_new(None))
        self.table.row_activated.connect(lambda _row: self._review())
        self.detail.review.clicked.connect(self._review)
        self.detail.case_asked.connect(self._review_case)
        self.detail.close_round.clicked.connect(self._close)
        self.detail.repeat.clicked.connect(self._repeat)
        self.detail.compare.clicked.connect(self._compare)
        self.detail.discard.clicked.connect(self._discard)
        self.detail.protocol.told.connect(self.told)

    # what it shows

    def _set_rounds(self, read: Rounds) -> None:
        self._definitions = read.definitions
        self._asked = None
        self.new.setEnabled(self.runner.can_write)
        self._stack.show_empty(on=not read.rounds)
        table = round_tables.overview_table(read.rounds, read.definitions)
        self._put(read.rounds, table, round_tables.durations(table, "seconds"))

    def _number_of(self, row: RoundProgress) -> int:
        return row.round.round_id

    def _choose(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        number_ = chosen.round.round_id
        self.detail.show_round(
            chosen,
            self._definitions[number_],
            can_write=self.runner.can_write,
            can_compare=bool(self._earlier_than(number_)),
        )
        if self._asked != number_:
            self._asked = number_
            self.runner.run(partial(_cases, number_), partial(self._set_cases, number_), label=_("Läser händelser"))

    def _set_cases(self, round_id: int, found: tuple[tuple[RoundCase, ...], tuple[ReviewerAgreement, ...]]) -> None:
        chosen = self.current()
        if chosen is not None and chosen.round.round_id == round_id:
            self.detail.show_cases(*found)

    def _earlier_than(self, round_id: int) -> list[RoundProgress]:
        return [one for one in self._rows if one.round.round_id < round_id]

    # what is done

    def _review(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.review_asked.emit(chosen.round.round_id)

    def _review_case(self, key: EventKey) -> None:
        chosen = self.current()
        if chosen is not None:
            self.case_asked.emit(chosen.round.round_id, key)

    def _repeat(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self._open_new(chosen.round.round_id)

    def _open_new(self, previous: int | None) -> None:
        dialog = NewRoundDialog(self.runner, previous, self)
        dialog.made.connect(self._made)
        dialog.open()

    def _made(self, outcome: RoundOutcome) -> None:
        self._wanted = outcome.round_id
        self._done(outcome)

    def _compare(self) -> None:
        chosen = self.current()
        if chosen is not None:
            earlier = [one.round for one in self._earlier_than(chosen.round.round_id)]
            CompareRoundsDialog(self.runner, chosen.round, earlier, self).open()

    def _close(self) -> None:
        chosen = self.current()
        if chosen is not None and self._may_close(chosen):
            self.runner.run(partial(_close, chosen.round.round_id, bool(chosen.left)), self._done)

    def _may_close(self, chosen: RoundProgress) -> bool:
        question = _("En stängd omgång ändras inte mer. Stänga ”{name}”?").format(name=chosen.round.name)
        if not chosen.left:
            return messages.ask(self, question, yes=_("Stäng omgången"))
        left = ngettext(
            "{n} händelse är inte klar och blir utan beslut.",
            "{n} händelser är inte klara och blir utan beslut.",
            chosen.left,
        ).format(n=number(chosen.left))
        return messages.ask(self, f"{left} {question}", yes=_("Stäng utan dem"))

    def _discard(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        question = _("Ingen har svarat i ”{name}”. Ta bort omgången?").format(name=chosen.round.name)
        if messages.ask(self, question, yes=_("Ta bort")):
            self.runner.run(partial(_discard, chosen.round.round_id), self._done)


def _rounds(workspace: Workspace, _progress: Progress) -> Rounds:
    from kvalitetsapp.services import round_definitions, round_overview

    found = round_overview.rounds(workspace)
    definitions = {one.round.round_id: round_definitions.text(workspace, one.round.definition) for one in found}
    return Rounds(found, definitions)


def _cases(
    round_id: int, workspace: Workspace, _progress: Progress
) -> tuple[tuple[RoundCase, ...], tuple[ReviewerAgreement, ...]]:
    from kvalitetsapp.services import reviewer_agreement, round_overview

    return round_overview.cases(workspace, round_id), reviewer_agreement.agreement(workspace, round_id)


def _close(round_id: int, leave_open: bool, workspace: Workspace, _progress: Progress) -> RoundOutcome:
    from kvalitetsapp.services import review_rounds

    return review_rounds.close(workspace, round_id, leave_open=leave_open)


def _discard(round_id: int, workspace: Workspace, _progress: Progress) -> RoundOutcome:
    from kvalitetsapp.services import review_rounds

    return review_rounds.discard(workspace, round_id)
