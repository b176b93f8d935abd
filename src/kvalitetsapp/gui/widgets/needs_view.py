"""Behov: needs of data with their owners and days, the chosen one in full, and the steps that it can take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import need_facts
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.need_paper import NeedState, NeedStep, from_contents, needs_table, wrong_with_step
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, permissions, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_need import EditNeedDialog
from kvalitetsapp.gui.dialogs.need_steps import ClarifyNeedDialog, KeepNeedDialog, LinkNeedDialog, ReviewNeedDialog
from kvalitetsapp.gui.flow_layout import flowing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.need_flow import NeedFlow
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.need_facts import SeenNeed
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.indicators import OwnOutcome
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = ("asked_by", "registered", "version", "saved_at", "who")
_DIALOGS: Final = {
    NeedStep.LINK: LinkNeedDialog,
    NeedStep.REVIEW: ReviewNeedDialog,
    NeedStep.KEEP: KeepNeedDialog,
    NeedStep.CLARIFY: ClarifyNeedDialog,
}
_STEPS: Final = {
    NeedStep.LINK: N_("&Koppla recept …"),
    NeedStep.DELIVER: N_("L&everera siffror"),
    NeedStep.REVIEW: N_("&Gå igenom …"),
    NeedStep.KEEP: N_("Låt &bli kvar …"),
    NeedStep.CLARIFY: N_("&Förtydliga …"),
}

_ONWARD: Final = {
    NeedState.RECORDED: NeedStep.LINK,
    NeedState.RECIPE: NeedStep.DELIVER,
    NeedState.DELIVERED: NeedStep.REVIEW,
    NeedState.REVIEWED: NeedStep.KEEP,
}


@dataclass(frozen=True, slots=True)
class _Read:
    """The needs, and what the data sources and the recipes that they name are called."""

    needs: tuple[Paper, ...]
    sources: dict[str, str]
    recipes: dict[str, str]


class NeedsView(RowsView["Paper"]):
    """Needs in a table; below it the way of the chosen one with its steps, and all that is known of it."""

    title: ClassVar[str] = N_("Behov")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAPERS, Changed.INDICATORS, Changed.TABLES})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("needs", key=("paper",)))
        self.flow = NeedFlow()
        self.facts = FactsView(_("Behovet"))
        self.lacks = PlainLabel()
        self.new = QPushButton(_("&Nytt behov …"))
        self.change = QPushButton(_("Än&dra …"))
        self.withdraw = QPushButton(_("&Ta bort"))
        self.write = QPushButton(_("Skriv &recept …"))
        self.steps = {step: QPushButton(_(text)) for step, text in _STEPS.items()}
        self.undo = StepUndo(runner, self)
        self.empty = EmptyState(
            _(
                "Inga behov är antecknade. Ett behov av data börjar med en fråga och går via ett recept till siffror "
                "som ni går igenom tillsammans."
            ),
            _("Anteckna ett behov"),
        )
        self._wanted = 0
        self._stack = self._arrange()
        self.begins_at = self.table.view
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the needs."""
        self.undo.read()
        self.runner.run(_needs, self._show)

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab."""
        return "behov#Behov"

    def show_wanted(self, wanted: object) -> None:
        """Show a need by its number as soon as it has been read."""
        if isinstance(wanted, str) and wanted.isdecimal():
            self._wanted = int(wanted)
            self._choose_row()

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Behov av data"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.undo.setMinimumWidth(spacing.letters(self, 44))
        for step, button in self.steps.items():
            button.setToolTip(word("need_step", step))
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        self.lacks.setWordWrap(True)
        lower.addWidget(self.flow)
        lower.addWidget(self.lacks)
        lower.addWidget(self.facts, 1)
        in_order = [self.steps[NeedStep.LINK], self.write, *list(self.steps.values())[1:]]
        lower.addLayout(flowing(self, in_order))
        inner = QWidget()
        stack = Stack(inner, arrangement.above((self.table, 12), (below, 24)), self.empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(inner, 1)
        column.addLayout(flowing(self, (self.new, self.change, self.withdraw), (self.undo,)))
        return stack

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.change.click())
        self.new.clicked.connect(self._ask_for_new)
        self.empty.asked.connect(self._ask_for_new)
        self.change.clicked.connect(self._ask_to_change)
        self.withdraw.clicked.connect(self._ask_to_withdraw)
        self.write.clicked.connect(self._write_recipe)
        for step, button in self.steps.items():
            button.clicked.connect(partial(self._take, step))
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)

    # what it shows

    def _show(self, found: _Read) -> None:
        needs = found.needs
        self._stack.show_empty(on=not needs)
        self._put(needs, needs_table(needs), {"source_id": found.sources, "indicator_id": found.recipes})

    def _choose_row(self) -> None:
        numbers = [one.paper for one in self._rows]
        if self._wanted in numbers:
            self.table.choose_row(numbers.index(self._wanted))
            self._wanted = 0
        super()._choose_row()

    def _choose(self) -> None:
        paper, can_write = self.current(), self.runner.can_write
        state = None if paper is None else NeedState(paper.state)
        self.flow.show_state(state)
        self.new.setEnabled(can_write)
        for button in (self.change, self.withdraw):
            button.setEnabled(can_write and paper is not None)
        wrong = dict.fromkeys(NeedStep, "-")
        if paper is not None and state is not None:
            need = from_contents(paper.contents)
            wrong = {step: wrong_with_step(need, state, step) for step in NeedStep}
        for step, button in self.steps.items():
            button.setEnabled(can_write and not wrong[step])
            button.setToolTip(word("need_step", step) if wrong[step] in {"", "-"} else wrong[step])
        lacking = "" if state is None or state not in _ONWARD else wrong[_ONWARD[state]]
        self.lacks.setText(lacking)
        self.lacks.setVisible(bool(lacking))
        may_define = self.runner.may(Right.DEFINE_INDICATORS)
        self.write.setEnabled(can_write and not wrong[NeedStep.LINK] and may_define)
        about = _("Skriv en ny indikator som besvarar behovet; den kopplas när den sparas")
        refused = "" if may_define else permissions.refusal(Right.DEFINE_INDICATORS)
        self.write.setToolTip((wrong[NeedStep.LINK] if paper is not None else "") or refused or about)
        if paper is None:
            self.facts.show_paragraphs([_("Inget behov är valt.")])
        else:
            self.runner.run(partial(_seen, paper.paper), self._show_facts)

    def _show_facts(self, seen: SeenNeed) -> None:
        paper = self.current()
        if paper is not None and paper.paper == seen.paper.paper:
            self.facts.show_facts(*need_facts.sections(seen))

    # what is done

    def _ask_for_new(self) -> None:
        if self.new.isEnabled():
            self._open(EditNeedDialog(self.runner, None, self))

    def _ask_to_change(self) -> None:
        paper = self.current()
        if paper is not None and self.change.isEnabled():
            self._open(EditNeedDialog(self.runner, paper, self))

    def _ask_to_withdraw(self) -> None:
        paper = self.current()
        if paper is None:
            return
        question = _("Ta bort behovet ”{title}”? Dess versioner står kvar, och Ångra ger det tillbaka.")
        if messages.ask(self, question.format(title=paper.title), yes=_("Ta bort")):
            self.runner.run(partial(_withdraw, paper.paper), self._done)

    def _take(self, step: NeedStep, *_checked: bool) -> None:
        paper = self.current()
        if paper is None:
            return
        if step is NeedStep.DELIVER:
            self.runner.run(partial(_deliver, paper), self._done, label=_("Räknar siffrorna"))
        else:
            self._open(_DIALOGS[step](self.runner, paper, self))

    def _done(self, outcome: PaperOutcome) -> None:  # type: ignore[override]  # the paper besides
        self._wanted = outcome.paper
        self._choose_row()
        super()._done(outcome)

    def _write_recipe(self) -> None:
        """Open the dialog of indicators; the recipe that is saved is linked to the need."""
        from kvalitetsapp.gui.dialogs.edit_indicator import EditIndicatorDialog

        paper = self.current()
        if paper is not None:
            dialog = EditIndicatorDialog(self.runner, None, OutcomeScope(), self)
            dialog.saved.connect(partial(self._link_written, paper))
            dialog.open()

    def _link_written(self, paper: Paper, outcome: OwnOutcome) -> None:
        if outcome.indicator is not None:
            self.runner.run(partial(_link, paper, outcome.indicator.indicator_id), self._done)


def _needs(workspace: Workspace, _progress: Progress) -> _Read:
    from kvalitetsapp.services import need_papers

    recipes = {one.indicator_id: one.name for one in need_papers.recipes(workspace)}
    return _Read(need_papers.every(workspace), dict(need_papers.sources(workspace)), recipes)


def _seen(paper: int, workspace: Workspace, _progress: Progress) -> SeenNeed:
    from kvalitetsapp.services import need_papers

    return need_papers.one(workspace, paper)


def _deliver(paper: Paper, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    return need_papers.deliver(workspace, paper.paper, based_on=paper.version)


def _link(paper: Paper, indicator_id: str, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    return need_papers.link(workspace, paper.paper, indicator_id, based_on=paper.version)


def _withdraw(paper: int, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import papers

    return papers.withdraw(workspace, paper)
