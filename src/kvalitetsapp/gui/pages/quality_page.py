"""Kvalitet: every indicator for a scope, one of them read to the operations behind it, and pictures of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.comparison_view import ComparisonView
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.indicator_list_view import IndicatorListView
from kvalitetsapp.gui.widgets.indicator_view import FIRST, IndicatorView
from kvalitetsapp.gui.widgets.outcome_overview import OutcomeOverview
from kvalitetsapp.gui.widgets.scope_bar import ScopeBar
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.outcome_figures import OutcomeChoices
    from kvalitetsapp.services.workspace import Workspace

_TOPICS: Final = {"list": "indicators"}


class QualityPage(Page):
    """Outcomes for a scope that is chosen once for all tabs; every tab reads for itself when it is shown."""

    title: ClassVar[str] = N_("Kvalitet")
    icon_name: ClassVar[str] = "quality"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.LINKS, Changed.VERDICTS, Changed.EPISODES, Changed.BENCHMARKS, Changed.IMPORTS),
            *(Changed.INDICATORS, Changed.COSTS, Changed.AGREEMENTS, Changed.CLAIMS, Changed.PAYMENTS),
            Changed.FAMILIES,
        }
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.scope = ScopeBar()
        self.list = IndicatorListView(runner)
        self.one = IndicatorView(runner)
        self.overview = OutcomeOverview(runner)
        self.comparison = ComparisonView(runner)
        self.tabs = QTabWidget()
        self.views: dict[str, QWidget] = {}
        self._indicators: dict[str, Indicator] = {}
        views: tuple[tuple[str, Page], ...] = (
            *(("list", self.list), ("one", self.one), ("overview", self.overview)),
            ("comparison", self.comparison),
        )
        for name, view in views:
            self.add_view(name, view, _(view.title))
        self._stack = self._arrange()
        self._connect()
        self.begins_at = self.list

    def add_view(self, name: str, view: QWidget, title: str) -> None:
        """Add a tab under a name that other pages may ask for."""
        self.views[name] = view
        self.tabs.addTab(view, title)

    def refresh(self) -> None:
        """Read what there is to choose from; the tabs read the figures."""
        self.runner.run(_choices, self._set_choices, label=_("Läser utfall"))

    def show_wanted(self, wanted: object) -> None:
        """Show a tab by its name, an indicator (`indicator/death_90d`), or a provider's reoperations."""
        name, _slash, rest = wanted.partition("/") if isinstance(wanted, str) else ("", "", "")
        if name in self.views:
            self.tabs.setCurrentWidget(self.views[name])
        elif name == "indicator":
            self.show_indicator(rest, "")
        elif name:
            self.show_indicator(FIRST, name)

    def show_indicator(self, indicator_id: str, provider_id: str) -> None:
        """Show an indicator on its tab, with a provider chosen."""
        self.tabs.setCurrentWidget(self.one)
        self.one.show_indicator(indicator_id, provider_id)

    def show_recipe(self, indicator_id: str) -> None:
        """Open the recipe behind a figure."""
        from kvalitetsapp.gui.dialogs.recipe import RecipeDialog

        dialog = RecipeDialog(self.runner, indicator_id, self)
        dialog.told.connect(self.told)
        dialog.open()

    def focus_find(self) -> None:
        """Put the cursor where one searches on the tab that is shown."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, Page):
            shown.focus_find()

    def help_topic(self) -> str:
        """Return the page of the manual that tells of the tab that is shown."""
        shown = self.tabs.currentWidget()
        return next((_TOPICS[name] for name, view in self.views.items() if view is shown and name in _TOPICS), "")

    # how it looks

    def _arrange(self) -> Stack:
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8, 0.4)
        column.addWidget(self.scope)
        column.addWidget(self.tabs, 1)
        empty = EmptyState(
            _("Det finns inga operationer att följa. De kommer när vårdkontakter är inlästa."), _("Gå till Import")
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, spacing.scrolling(content), empty)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._come_to_tab)
        self.scope.changed.connect(self._set_scope)
        for view in (self.list, self.one, self.overview, self.comparison):
            view.told.connect(self.told)
            view.page_requested.connect(self.page_requested)
        self.list.opened.connect(lambda indicator_id: self.show_indicator(indicator_id, ""))
        self.overview.indicator_asked.connect(self.show_indicator)
        for asking in (self.list, self.one, self.comparison):
            asking.recipe_asked.connect(self.show_recipe)
        self.comparison.cases_asked.connect(
            lambda provider_id: self.show_indicator(self.comparison.indicator_id, provider_id)
        )
        self.list.edit_asked.connect(self._edit)
        self.list.import_asked.connect(self._import)
        self.list.export_asked.connect(self._export)

    def _come_to_tab(self, _place: int) -> None:
        """Put the focus where the work of a tab begins; who walks along the tabs with the arrows stays among them."""
        shown = self.tabs.currentWidget()
        self.begins_at = shown
        self.scope.setVisible(shown is not self.comparison)  # it asks for joint and outcome by itself
        if not self.tabs.tabBar().hasFocus():
            shown.setFocus()

    # what it shows

    def _set_choices(self, choices: OutcomeChoices) -> None:
        self._stack.show_empty(on=choices.latest is None)
        self._indicators = {one.indicator_id: one for one in choices.indicators}
        self.scope.set_choices(choices.providers, choices.latest)
        scope = self.scope.scope()
        self.list.set_indicators(choices.indicators, scope)
        self.one.set_choices(choices.indicators, dict(choices.providers), scope)
        self.overview.set_scope(scope)

    def _set_scope(self) -> None:
        scope = self.scope.scope()
        self.list.set_indicators(tuple(self._indicators.values()), scope)
        self.one.set_scope(scope)
        self.overview.set_scope(scope)

    # a user's own indicators

    def _edit(self, indicator_id: str) -> None:
        from kvalitetsapp.gui.dialogs.edit_indicator import EditIndicatorDialog

        EditIndicatorDialog(self.runner, self._indicators.get(indicator_id), self.scope.scope(), self).open()

    def _import(self) -> None:
        from kvalitetsapp.gui.dialogs.indicator_files import import_recipes

        import_recipes(self, self.runner, self.told.emit)

    def _export(self, indicator_id: str) -> None:
        from kvalitetsapp.gui.dialogs.indicator_files import save_recipe

        save_recipe(self, self.runner, indicator_id, self.told.emit)


def _choices(workspace: Workspace, _progress: Progress) -> OutcomeChoices:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.choices(workspace)
