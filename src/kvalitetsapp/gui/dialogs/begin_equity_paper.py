"""Nytt arbetspapper: what a paper of equal care is called, who sees to it and when it is followed up."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit

from kvalitetsapp.domain.paper import Cover
from kvalitetsapp.domain.printed_words import LONGEST_LINE
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.equity import Comparison
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

MONTHS_3: Final = timedelta(days=90)


class BeginEquityPaperDialog(SavingDialog):
    """Begins a paper with the figures that are shown, frozen as step 1."""

    def __init__(self, runner: StoreRunner, measured: Comparison, title: str, parent: object = None) -> None:
        super().__init__(runner, _("Nytt arbetspapper"), _("&Påbörja"), parent)  # type: ignore[arg-type]
        self._measured = measured
        self.title, self.owner, self.follow_up_on = QLineEdit(title[:LONGEST_LINE]), QLineEdit(), DayField()
        self.explained.setText(
            _("Siffrorna fryses som steg 1, Mätning. De övriga stegen görs i ordning under Arbetspapper.")
        )
        self.form.add(_("&Rubrik"), self.title)
        self.form.add(_("&Ansvarig"), self.owner)
        self.form.add(_("&Följs upp"), self.follow_up_on)
        self.title.setFocus()
        self.save.setEnabled(False)
        runner.run(_by_and_on, self._propose)

    def work(self) -> Work:
        """Return what begins the paper."""
        return partial(_begin, self.title.text(), self.owner.text(), self.follow_up_on.day(), self._measured)

    def _propose(self, found: tuple[str, date]) -> None:
        user, today = found
        self.owner.setText(user)
        self.follow_up_on.set_day(today + MONTHS_3)
        self.save.setEnabled(self.runner.can_write)


def _by_and_on(workspace: Workspace, _progress: Progress) -> tuple[str, date]:
    return workspace.user, workspace.today


def _begin(
    title: str, owner: str, follow_up_on: date, measured: Comparison, workspace: Workspace, _progress: Progress
) -> PaperOutcome:
    from kvalitetsapp.services import equity_papers

    return equity_papers.begin(workspace, Cover(title, owner, follow_up_on), measured)
