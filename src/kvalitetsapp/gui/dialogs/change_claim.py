"""A draft that is to claim less: another amount for some of its lines, nothing to leave one out, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import money
from kvalitetsapp.domain.claim_checks import wrong_with_amount, wrong_with_reason
from kvalitetsapp.domain.claim_views import place_of
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.claim import Claim, ClaimLine
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace


class ChangeClaimDialog(SavingDialog):
    """Asks for an amount of every line, never above what stands."""

    def __init__(self, runner: StoreRunner, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ändra utkast"), _("&Spara ändringen"), parent)
        self.setMinimumWidth(letters(self, 120))  # the labels tell an event each
        self._claim = claim
        self.amounts = {line.line: CheckedText(partial(_wrong_with, line.amount), width=24) for line in claim.lines}
        self.reason = CheckedText(wrong_with_reason, rows=2)
        self.explained.setText(
            _("Beloppen kan bara sänkas. Skriv 0 för att utelämna en händelse: då återtas kravet och ett nytt görs.")
        )
        self.tell(_("Krav"), ", ".join((claim.number, claim.provider, place_of(claim))))
        for line in claim.lines:
            field = self.amounts[line.line]
            field.set_text(_typed(line.amount))
            field.changed.connect(self._tell_sum)
            self.form.add(_label(line), field)
        self.sum = self.tell(_("Summa"), kronor(claim.amount))
        self.form.add(_("&Varför"), self.reason)
        next(iter(self.amounts.values())).setFocus()
        self.save.setEnabled(runner.can_write)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (*self.amounts.values(), self.reason)

    def work(self) -> Work:
        """Return what changes the draft."""
        return partial(_change, self._claim.claim, self._given(), self.reason.text())

    def _given(self) -> dict[int, int]:
        """Return the amounts as far as they can be read."""
        found = {line: money.parse(field.text()) for line, field in self.amounts.items()}
        return {line: amount for line, amount in found.items() if isinstance(amount, int)}

    def _tell_sum(self) -> None:
        given = self._given()
        self.sum.setText(kronor(sum(given.values()) if len(given) == len(self.amounts) else None))


def _label(line: ClaimLine) -> str:
    told = _("{day}, {what}, högst {amount}")
    what = word("complication_class", line.complication_class)
    return told.format(day=line.event_date.isoformat(), what=what, amount=kronor(line.amount))


def _wrong_with(most: int, text: str) -> str:
    return wrong_with_amount(text, most)


def _typed(ore: int) -> str:
    """Return an amount as it is typed in a field."""
    return kronor(ore).removesuffix("\u00a0kr")


def _change(
    claim: int, amounts: Mapping[int, int], reason: str, workspace: Workspace, _progress: Progress
) -> ClaimOutcome:
    from kvalitetsapp.services import claim_life

    return claim_life.change(workspace, claim, amounts, reason)
