"""The steps that chosen claims can take, as buttons; each can be pressed exactly when its step is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from kvalitetsapp.domain.claim_words import ClaimStep
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from kvalitetsapp.domain.claim_views import ClaimSeen

_FIRST: Final = {
    ClaimStep.APPROVED: N_("&Godkänn"),
    ClaimStep.RETURNED: N_("&Tillbaka till utkast …"),
    ClaimStep.DRAFTED: N_("Gör &om utkastet …"),
    ClaimStep.CHANGED: N_("Än&dra …"),
    ClaimStep.WITHDRAWN: N_("Återt&a …"),
    ClaimStep.ISSUED: N_("&Ställ ut …"),
}
_ANSWERS: Final = {
    ClaimStep.ACCEPTED: N_("&Accepterat …"),
    ClaimStep.PARTLY_ACCEPTED: N_("&Delvis accepterat …"),
    ClaimStep.DISPUTED: N_("&Bestritt …"),
    ClaimStep.ANSWERED: N_("&Svara …"),
    ClaimStep.REDETERMINED: N_("&Ompröva …"),
}
_LAST: Final = {ClaimStep.WRITTEN_OFF: N_("Avs&kriv …"), ClaimStep.REOPENED: N_("Öppna &igen …")}


class ClaimStepBar(QWidget):
    """Offers steps; `asked` tells which one the user wants."""

    asked = Signal(object)  # ClaimStep

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: dict[ClaimStep, QPushButton | QAction] = {}
        self.answers = QPushButton(_("&Vårdgivarens svar"))
        self._menu = QMenu(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._add(_FIRST)
        for step, text in _ANSWERS.items():
            action = self._menu.addAction(_(text))
            action.triggered.connect(lambda _checked=False, step=step: self.asked.emit(step))
            self.steps[step] = action
        self.answers.setMenu(self._menu)
        self._row.addWidget(self.answers)
        self._add(_LAST)
        self._row.addStretch(1)
        self.offer((), can_write=False)

    def offer(self, chosen: Sequence[ClaimSeen], *, can_write: bool) -> None:
        """Let the steps be taken that are possible for all of the chosen claims together."""
        for step, shown in self.steps.items():
            shown.setEnabled(can_write and _possible(chosen, step))
        self.answers.setEnabled(any(self.steps[step].isEnabled() for step in _ANSWERS))

    def _add(self, texts: dict[ClaimStep, str]) -> None:
        for step, text in texts.items():
            button = QPushButton(_(text))
            button.clicked.connect(lambda _checked=False, step=step: self.asked.emit(step))
            self._row.addWidget(button)
            self.steps[step] = button


def _possible(chosen: Sequence[ClaimSeen], step: ClaimStep) -> bool:
    """Tell whether a step is possible: several claims are approved at once, and those of one provider issued."""
    if not chosen or not all(one.can(step) for one in chosen):
        return False
    if step is ClaimStep.APPROVED:
        return True
    if step is ClaimStep.ISSUED:
        return len({one.claim.provider_id for one in chosen}) == 1
    return len(chosen) == 1
