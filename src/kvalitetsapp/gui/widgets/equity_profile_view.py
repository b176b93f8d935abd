"""Profildiagram: how far women and men lie from the nation, indicator by indicator, and what is left out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kvalitetsapp.domain import equity_words
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.changes import Changed
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.equity_profile import EquityProfile
    from kvalitetsapp.services.workspace import Workspace


class EquityProfileView(Page):
    """Draws the profile of a scope; `indicator_asked` tells whose line was opened."""

    title: ClassVar[str] = N_("Profildiagram")
    interests: ClassVar[frozenset[Changed]] = frozenset()  # the tab tells it when to read again

    indicator_asked = Signal(str)

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.panel = ChartPanel(runner)
        self.left_out = PlainLabel()
        self._scope = OutcomeScope()
        self._operation: Operation | None = None
        self.left_out.setObjectName("muted")
        self.left_out.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel, 1)
        column.addWidget(self.left_out)
        self.panel.chosen.connect(self.indicator_asked)
        self.panel.told.connect(self.told)
        self.begins_at = self.panel
        self.panel.set_chart(None, _("Räknar …"))

    def set_scope(self, scope: OutcomeScope) -> None:
        """Draw for a scope."""
        self._scope = scope
        self.mark_stale()

    def refresh(self) -> None:
        """Work out the profile in the background; what was asked for before is not wanted any more."""
        if self._operation is not None:
            self._operation.cancel()
        work = partial(_profile, self._scope)
        self._operation = self.runner.run(work, partial(self._show, self._scope), label=_("Ritar profildiagrammet"))

    def _show(self, scope: OutcomeScope, found: EquityProfile) -> None:
        if scope == self._scope:
            self.panel.set_chart(found.chart, equity_words.profile_reading(found.chart))
            self.left_out.setText(" ".join(equity_words.left_out(found.no_direction, found.no_data)))


def _profile(scope: OutcomeScope, workspace: Workspace, progress: Progress) -> EquityProfile:
    from kvalitetsapp.services import equity_profile

    return equity_profile.profile(workspace, scope, progress)
