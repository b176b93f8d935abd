"""Avsluta arbetspapper: what the follow-up of a paper of equal care gave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import paper
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


class CloseEquityPaperDialog(SavingDialog):
    """Asks for the result, after which the paper falls due no more."""

    def __init__(self, runner: StoreRunner, about: Paper, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Avsluta arbetspapper"), _("&Avsluta"), parent)
        self._about = about
        self.gave = CheckedText(paper.wrong_with_text, rows=5)
        self.explained.setText(
            _("”{title}” är genomgånget i fem steg. Det följs inte upp fler gånger när det är avslutat.").format(
                title=about.title
            )
        )
        self.form.add(_("&Uppföljningen gav"), self.gave)
        self.save.setEnabled(runner.can_write)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.gave,)

    def work(self) -> Work:
        """Return what closes the paper."""
        return partial(_close, self._about.paper, self.gave.text(), self._about.version)


def _close(number: int, result: str, based_on: int, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import equity_papers

    return equity_papers.close(workspace, number, result, based_on=based_on)
