"""Jämlik vård: groups beside each other, the profile of women and men, and the working papers, for a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.equity_groups_view import EquityGroupsView
from kvalitetsapp.gui.widgets.equity_papers_view import EquityPapersView
from kvalitetsapp.gui.widgets.equity_profile_view import EquityProfileView
from kvalitetsapp.gui.widgets.part_bar import PartBar
from kvalitetsapp.gui.widgets.scope_bar import ScopeBar
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.outcome_figures import OutcomeChoices
    from kvalitetsapp.services.workspace import Workspace

GROUPS: Final = "groups"
PROFILE: Final = "profile"
PAPERS: Final = "papers"


class EquityView(Page):
    """The tab of equal care; its parts read for themselves when they are shown."""

    title: ClassVar[str] = N_("Jämlik vård")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.LINKS, Changed.BENCHMARKS, Changed.EPISODES, Changed.INDICATORS, Changed.IMPORTS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.parts = PartBar({GROUPS: _("Grupper"), PROFILE: _("Profildiagram"), PAPERS: _("Arbetspapper")})
        self.scope = ScopeBar()
        self.groups, self.profile, self.papers = (
            EquityGroupsView(runner),
            EquityProfileView(runner),
            EquityPapersView(runner),
        )
        self.views: dict[str, Page] = {GROUPS: self.groups, PROFILE: self.profile, PAPERS: self.papers}
        self._pages = QStackedWidget()
        self._stack = self._arrange()
        self._connect()
        self.begins_at = self.parts.buttons[GROUPS]

    def refresh(self) -> None:
        """Read what there is to choose from; the parts read the figures."""
        self.runner.run(_choices, self._set_choices, label=_("Läser grupper"))

    def show_wanted(self, wanted: object) -> None:
        """Show a part by its name, or a working paper by its number."""
        name = str(wanted)
        if name in self.views:
            self.show_part(name)
        elif name.isdigit():
            self.show_part(PAPERS)
            self.papers.show_wanted(name)

    def show_part(self, name: str) -> None:
        """Show a part."""
        self.parts.set_part(name)
        self._pages.setCurrentWidget(self.views[name])
        self.scope.setVisible(name != PAPERS)

    def focus_find(self) -> None:
        """Put the cursor where one searches in the part that is shown."""
        self.views[self.parts.part].focus_find()

    def help_topic(self) -> str:
        """Return the page of the manual about equal care."""
        return "07f-jamlik-vard"

    def _arrange(self) -> Stack:
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.parts)
        column.addWidget(self.scope)
        column.addWidget(self._pages, 1)
        for view in self.views.values():
            self._pages.addWidget(view)
        empty = EmptyState(
            _("Det finns inga operationer att jämföra. De kommer när vårdkontakter är inlästa."), _("Gå till Import")
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _connect(self) -> None:
        self.parts.chosen.connect(self.show_part)
        self.scope.changed.connect(self._set_scope)
        for view in self.views.values():
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        self.profile.indicator_asked.connect(self._show_indicator)
        self.papers.groups_asked.connect(lambda: self.show_part(GROUPS))
        self.groups.paper_begun.connect(lambda number: self.show_wanted(str(number)))

    def _set_choices(self, choices: OutcomeChoices) -> None:
        self._stack.show_empty(on=choices.latest is None)
        self.scope.set_choices(choices.providers, choices.latest)
        self.groups.set_choices(choices.indicators, dict(choices.providers), self.scope.scope())
        self.profile.set_scope(self.scope.scope())

    def _set_scope(self) -> None:
        scope = self.scope.scope()
        self.groups.set_scope(scope)
        self.profile.set_scope(scope)

    def _show_indicator(self, indicator_id: str) -> None:
        """Lead from a line of the profile to women and men of that indicator."""
        self.groups.show_indicator(indicator_id, "sex")
        self.show_part(GROUPS)


def _choices(workspace: Workspace, _progress: Progress) -> OutcomeChoices:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.choices(workspace)
