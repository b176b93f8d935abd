"""Datakvalitet: what looks wrong in the data, what is decided about it, and who delivers when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import EVERYTHING, Changed
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.coverage_view import CoverageView
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.figure_check_view import FigureCheckView
from kvalitetsapp.gui.widgets.identity_view import IdentityView
from kvalitetsapp.gui.widgets.rules_view import RulesView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class DataQualityPage(Page):
    """Views of the data's quality, one per tab; each reads when it is first seen after a change."""

    title: ClassVar[str] = N_("Datakvalitet")
    icon_name: ClassVar[str] = "data_quality"
    interests: ClassVar[frozenset[Changed]] = EVERYTHING

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.rules = RulesView(runner)
        self.coverage = CoverageView(runner)
        self.figures = FigureCheckView(runner)
        self.identities = IdentityView(runner)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.rules, _("Regler"))
        self.tabs.addTab(self.coverage, _("Täckning"))
        self.tabs.addTab(self.identities, _("Identiteter"))
        self.tabs.addTab(self.figures, _("Publicerade värden"))
        self._read: set[int] = set()
        self._stack = self._arrange()
        for view in (self.rules, self.coverage):
            view.search_wanted.connect(partial(self.page_requested.emit, "episodes"))
        self.rules.told.connect(self.told)
        for page in (self.identities, self.figures):
            page.told.connect(self.told)
            page.page_requested.connect(self.page_requested)
        self.tabs.currentChanged.connect(lambda _place: self._read_shown())

    def refresh(self) -> None:
        """Read what is seen now, and the other tabs when they are."""
        self._read.clear()
        self.runner.run(_has_data, self._set_has_data)

    def show_wanted(self, wanted: object) -> None:
        """Show a rule by its id, or the coverage."""
        if wanted == "coverage":
            self.tabs.setCurrentWidget(self.coverage)
        elif isinstance(wanted, str):
            self.tabs.setCurrentWidget(self.rules)
            self.rules.show_rule(wanted)

    def focus_find(self) -> None:
        """Put the cursor where one searches on the tab that is shown."""
        find = getattr(self.tabs.currentWidget(), "focus_find", None)
        if find is not None:
            find()

    def _arrange(self) -> Stack:
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.tabs)
        empty = EmptyState(_("Inget är inläst än, så det finns inget att pröva."), _("Gå till Import"))
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _set_has_data(self, found: bool) -> None:
        self._stack.show_empty(on=not found)
        if found:
            self._read_shown()

    def _read_shown(self) -> None:
        place = self.tabs.currentIndex()
        view = self.tabs.currentWidget()
        if place not in self._read and isinstance(view, RulesView | CoverageView):  # the others read when they show
            self._read.add(place)
            view.refresh()


def _has_data(workspace: Workspace, _progress: Progress) -> bool:
    from kvalitetsapp.services import data_quality

    return data_quality.has_data(workspace)
