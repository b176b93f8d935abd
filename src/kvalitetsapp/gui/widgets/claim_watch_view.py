"""Bevakning: the lists that never forget, one at a time, each row a key from the case or the event behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.claim_watch import Place, corrections_table
from kvalitetsapp.domain.claim_words import CorrectionReason, PastDeadline
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.leave_correction import LeaveCorrectionDialog
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.cases_view import days_left_in_words
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.missing_costs_view import MissingCostsView
from kvalitetsapp.gui.widgets.part_bar import PartBar
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.claim_watch import Watched, WatchList
    from kvalitetsapp.domain.correction import Correction
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace

DEADLINES: Final = "deadlines"
WITHOUT_REVIEW: Final = "without_review"
PAST_DEADLINE: Final = "past_deadline"
CORRECTIONS: Final = "corrections"
MISSING_COSTS: Final = "missing_costs"
_EXPLAINED: Final = {
    DEADLINES: N_("Händelser som inte är krävda än. Den närmaste sista anspråksdagen står först, passerade sist."),
    WITHOUT_REVIEW: N_("Utställda krav som ingen signerad granskning står bakom."),
    PAST_DEADLINE: N_("Det som inte krävdes före sista anspråksdagen, och varför. Den senaste står först."),
}
_OF_THE_REVIEW: Final = (CorrectionReason.RELINKED, CorrectionReason.NOT_CONFIRMED, CorrectionReason.REJECTED)
_KEYS: Final = {
    DEADLINES: ("event_ref", "index_ref"),
    WITHOUT_REVIEW: ("claim", "line"),
    PAST_DEADLINE: ("event_ref", "index_ref"),
    CORRECTIONS: ("claim", "line"),
}


class ClaimWatchView(Page):
    """What must not be forgotten; `case_wanted`, `event_wanted` and `credit_asked` lead on from the chosen row."""

    title: ClassVar[str] = N_("Bevakning")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.LINKS, Changed.VERDICTS, Changed.EPISODES, Changed.COSTS),
            *(Changed.AGREEMENTS, Changed.CLAIMS, Changed.BASES),
        }
    )

    case_wanted = Signal(str)  # reference of the index operation
    event_wanted = Signal(object)  # EventKey
    credit_asked = Signal(str, int)  # number of the document, and its line

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._watched: Watched | None = None
        self.parts = PartBar(
            {
                DEADLINES: _("Frister"),
                WITHOUT_REVIEW: _("Utan granskning"),
                PAST_DEADLINE: _("Frist passerad"),
                CORRECTIONS: _("Att rätta"),
                MISSING_COSTS: _("Kostnad saknas"),
            }
        )
        self.explained = PlainLabel()
        self.tables = {part: DataTable(f"watch-{part}", key=key) for part, key in _KEYS.items()}
        note_copies(runner, *self.tables.values())
        self.missing = MissingCostsView(runner)
        self.leave = QPushButton(_("&Lämna som det är …"))
        self.take_up = QPushButton(_("&Ta upp igen"))
        self.credit = QPushButton(_("&Kreditera …"))
        self.supplement = QPushButton(_("&Gör tilläggskrav"))
        self.open_case = QPushButton(_("Öppna ä&rendet"))
        self.open_event = QPushButton(_("Öppna &händelsen"))
        self._shown = QStackedWidget()
        self._arrange()
        self._connect()
        self._show_part()

    def refresh(self) -> None:
        """Read the lists."""
        self.runner.run(_watched, self._set_watched)

    def focus_find(self) -> None:
        """Put the cursor in the filter of the list that is shown."""
        if self.parts.part == MISSING_COSTS:
            self.missing.focus_find()
        else:
            self.tables[self.parts.part].search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_wanted(self, wanted: object) -> None:
        """Show a list by its name."""
        if wanted in self.parts.buttons:
            self.parts.set_part(str(wanted))
            self._show_part()

    def correction(self) -> Correction | None:
        """Return the chosen correction, None where none is or another list is shown."""
        row = self._row()
        if self._watched is None or self.parts.part != CORRECTIONS:
            return None
        return self._watched.corrections[row] if 0 <= row < len(self._watched.corrections) else None

    # how it looks

    def _arrange(self) -> None:
        self.explained.setObjectName("muted")
        self.explained.setWordWrap(True)
        for part, table in self.tables.items():
            table.view.setAccessibleName(self.parts.buttons[part].text())
            table.hide_columns("index_ref", *(("event_ref", "left_by") if part == CORRECTIONS else ()))
            self._shown.addWidget(table)
        around = self.missing.layout()
        if around is not None:
            around.setContentsMargins(0, 0, 0, 0)
        self._shown.addWidget(self.missing)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.parts)
        column.addWidget(self.explained)
        column.addWidget(self._shown, 1)
        column.addLayout(arrangement.ends(self._of_corrections(), (self.open_case, self.open_event)))

    def _of_corrections(self) -> tuple[QPushButton, ...]:
        return (self.credit, self.supplement, self.leave, self.take_up)

    def _connect(self) -> None:
        self.parts.chosen.connect(lambda _part: self._show_part())
        for table in self.tables.values():
            table.current_row_changed.connect(lambda _row: self._choose())
            table.row_activated.connect(lambda _row: self._lead_on())
        self.missing.told.connect(self.told)
        self.leave.clicked.connect(self._leave)
        self.take_up.clicked.connect(self._take_up)
        self.credit.clicked.connect(self._find_document)
        self.supplement.clicked.connect(self._draft)
        self.open_case.clicked.connect(self._open_case)
        self.open_event.clicked.connect(self._open_event)

    # what it shows

    def _set_watched(self, found: Watched) -> None:
        self._watched = found
        names = {"provider_id": found.providers}
        days = {"days_left": days_left_in_words(found.deadlines.table)}
        self.tables[DEADLINES].set_table(found.deadlines.table, {**names, **days})
        self.tables[WITHOUT_REVIEW].set_table(found.without_review.table, names)
        self.tables[PAST_DEADLINE].set_table(found.past_deadline.table, names)
        self.tables[CORRECTIONS].set_table(corrections_table(found.corrections), names)
        for table in self.tables.values():
            table.choose_one()
        self.parts.set_counts(
            {
                DEADLINES: len(found.deadlines),
                WITHOUT_REVIEW: len(found.without_review),
                PAST_DEADLINE: len(found.past_deadline),
                CORRECTIONS: sum(not one.is_left for one in found.corrections),
                MISSING_COSTS: found.missing_costs,
            }
        )
        self._show_part()

    def _show_part(self) -> None:
        part = self.parts.part
        self.begins_at = self.tables.get(part, self.missing)
        self._shown.setCurrentWidget(self.begins_at)
        self.explained.setText(self._explanation(part))
        self.explained.setVisible(bool(self.explained.text()))
        for button in self._of_corrections():
            button.setVisible(part == CORRECTIONS)
        for button in (self.open_case, self.open_event):
            button.setVisible(part != MISSING_COSTS)
        self._choose()

    def _explanation(self, part: str) -> str:
        if part != CORRECTIONS:
            return _(_EXPLAINED[part]) if part in _EXPLAINED else ""
        text = _(
            "Utställda krav vars händelse skulle ge ett annat belopp nu. Kravet ändras aldrig: kreditera, kräv till, "
        )
        text += _("eller lämna det som det är med ett skäl.")
        left = 0 if self._watched is None else sum(one.is_left for one in self._watched.corrections)
        if left:
            told = ngettext("{n} är lämnad som den är.", "{n} är lämnade som de är.", left)
            text = f"{text} {told.format(n=number(left))}"
        return text

    def _choose(self) -> None:
        can_write = self.runner.can_write
        one = self.correction()
        self.leave.setEnabled(can_write and one is not None and not one.is_left)
        self.take_up.setEnabled(can_write and one is not None and one.is_left)
        self.credit.setEnabled(can_write and one is not None and one.difference < 0)
        self.supplement.setEnabled(can_write and one is not None and one.difference > 0 and not one.is_left)
        place = self._place()
        self.open_case.setEnabled(place is not None and bool(place.index_ref))
        self.open_event.setEnabled(place is not None)

    def _row(self) -> int:
        table = self.tables.get(self.parts.part)
        return -1 if table is None else table.current_row()

    def _place(self) -> Place | None:
        """Return where the chosen row leads."""
        one = self.correction()
        if one is not None:
            return Place(one.key, one.index_ref)
        found, row = self._list(), self._row()
        return found.places[row] if found is not None and 0 <= row < len(found) else None

    def _list(self) -> WatchList | None:
        if self._watched is None:
            return None
        lists = {
            DEADLINES: self._watched.deadlines,
            WITHOUT_REVIEW: self._watched.without_review,
            PAST_DEADLINE: self._watched.past_deadline,
        }
        return lists.get(self.parts.part)

    # what is done

    def _lead_on(self) -> None:
        """Go where the row is handled: what nobody has signed in the review, everything else among the cases."""
        if self._wants_review() or not self.open_case.isEnabled():
            self._open_event()
        else:
            self._open_case()

    def _wants_review(self) -> bool:
        part, one = self.parts.part, self.correction()
        if part == PAST_DEADLINE:
            why = self.tables[part].model.value(self._row(), "past_deadline")
            return why == PastDeadline.NOT_REVIEWED.value
        return part == WITHOUT_REVIEW or (one is not None and one.reason in _OF_THE_REVIEW)

    def _open_case(self) -> None:
        place = self._place()
        if place is not None:
            self.case_wanted.emit(place.index_ref)

    def _open_event(self) -> None:
        place = self._place()
        if place is not None:
            self.event_wanted.emit(place.key)

    def _leave(self) -> None:
        one = self.correction()
        if one is not None:
            dialog = LeaveCorrectionDialog(self.runner, one, self)
            dialog.saved.connect(self._done)
            dialog.open()

    def _take_up(self) -> None:
        one = self.correction()
        if one is not None:
            self.runner.run(partial(_take_up, one.claim, one.line), self._done)

    def _draft(self) -> None:
        one = self.correction()
        if one is not None:
            self.runner.run(partial(_draft, one.index_ref), self._done)

    def _find_document(self) -> None:
        one = self.correction()
        if one is not None:
            self.runner.run(partial(_document, one.claim, one.line), self._ask_credit)

    def _ask_credit(self, found: tuple[str, int]) -> None:
        self.credit_asked.emit(*found)

    def _done(self, outcome: ClaimOutcome) -> None:
        self.told.emit(outcome.said)
        self.tables[CORRECTIONS].view.setFocus()


def _watched(workspace: Workspace, _progress: Progress) -> Watched:
    from kvalitetsapp.services import claim_lists

    return claim_lists.watched(workspace)


def _take_up(claim: int, line: int, workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_corrections

    return claim_corrections.take_up(workspace, claim, line)


def _draft(index_ref: str, workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_drafts

    return claim_drafts.draft(workspace, [index_ref])


def _document(claim: int, line: int, workspace: Workspace, _progress: Progress) -> tuple[str, int]:
    from kvalitetsapp.services import bases

    return bases.place_of(workspace, claim, line)
