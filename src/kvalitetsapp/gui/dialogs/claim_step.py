"""A step in the life of a claim: the day it holds for, an amount and why, as far as the step needs them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import money
from kvalitetsapp.domain.claim_checks import wrong_with_amount, wrong_with_reason
from kvalitetsapp.domain.claim_views import place_of
from kvalitetsapp.domain.claim_words import ClaimStep
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import N_, _, kronor

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.claim_views import ClaimSeen
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StepForm:
    """What a step asks for, in Swedish that is translated when it is shown."""

    title: str
    save: str
    explained: str
    reason: str = N_("&Varför")
    asks_day: bool = True
    asks_amount: bool = False
    needs_reason: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """What someone has filled in for a step of a claim."""

    claim: int
    day: date
    amount: int
    reason: str


FORMS: Final[dict[ClaimStep, StepForm]] = {
    ClaimStep.RETURNED: StepForm(
        N_("Tillbaka till utkast"),
        N_("&Tillbaka till utkast"),
        N_("Kravet blir ett utkast igen och kan ändras. Dess del av taket är kvar."),
        asks_day=False,
    ),
    ClaimStep.DRAFTED: StepForm(
        N_("Gör om utkastet"),
        N_("Gör &om utkastet"),
        N_("Kravet återtas och ett nytt utkast görs av det som kan krävas för operationen nu."),
        asks_day=False,
    ),
    ClaimStep.WITHDRAWN: StepForm(
        N_("Återta krav"),
        N_("Åter&ta kravet"),
        N_("Kravet ställs inte ut, och dess del av taket ges tillbaka. Det som då kan krävas står under Att kräva."),
        asks_day=False,
    ),
    ClaimStep.ACCEPTED: StepForm(
        N_("Accepterat av vårdgivaren"),
        N_("&Spara svaret"),
        N_("Vårdgivaren godtar hela kravet."),
        reason=N_("A&nteckning"),
        needs_reason=False,
    ),
    ClaimStep.PARTLY_ACCEPTED: StepForm(
        N_("Delvis accepterat av vårdgivaren"),
        N_("&Spara svaret"),
        N_("Vårdgivaren godtar en del av kravet. Skriv varför den inte godtar resten, med dess egna ord."),
        asks_amount=True,
    ),
    ClaimStep.DISPUTED: StepForm(
        N_("Bestritt av vårdgivaren"),
        N_("&Spara bestridandet"),
        N_("Skriv dagen på vårdgivarens brev och varför den bestrider kravet, med dess egna ord."),
    ),
    ClaimStep.ANSWERED: StepForm(
        N_("Svara på bestridandet"),
        N_("&Spara svaret"),
        N_("Skriv vad regionen har svarat. Kravet är bestritt tills det godtas, omprövas eller skrivs av."),
        reason=N_("S&var"),
    ),
    ClaimStep.REDETERMINED: StepForm(
        N_("Ompröva krav"),
        N_("&Spara beslutet"),
        N_("Skriv vad regionen står fast vid. Är det mindre än kravet ska resten krediteras."),
        asks_amount=True,
    ),
    ClaimStep.WRITTEN_OFF: StepForm(
        N_("Avskriv krav"),
        N_("Avs&kriv kravet"),
        N_("Regionen avstår från det som är kvar att betala. Kravet kan öppnas igen."),
    ),
    ClaimStep.REOPENED: StepForm(
        N_("Öppna krav igen"),
        N_("Öppna &igen"),
        N_("Kravet väntar på betalning igen."),
        asks_day=False,
    ),
}
"""What each step asks for; `DRAFTED` is a claim that is withdrawn and drafted again."""


class ClaimStepDialog(SavingDialog):
    """Takes one step of one claim."""

    def __init__(self, runner: StoreRunner, seen: ClaimSeen, step: ClaimStep, parent: QWidget | None = None) -> None:
        super().__init__(runner, _(FORMS[step].title), _(FORMS[step].save), parent)
        self.asked = FORMS[step]
        self._seen = seen
        self._step = step
        self.day = DayField()
        self.amount = CheckedText(lambda text: wrong_with_amount(text, seen.net), width=24)
        self.reason = CheckedText(partial(wrong_with_reason, required=self.asked.needs_reason), rows=3)
        self._fill()
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.amount, self.reason) if self.asked.asks_amount else (self.reason,)

    def work(self) -> Work:
        """Return what takes the step."""
        amount = money.parse(self.amount.text()) if self.asked.asks_amount else 0
        assert isinstance(amount, int)  # noqa: S101 - the field has been checked
        return partial(_take, self._step, Given(self._seen.claim.claim, self.day.day(), amount, self.reason.text()))

    def _fill(self) -> None:
        claim = self._seen.claim
        self.explained.setText(_(self.asked.explained))
        self.tell(_("Krav"), ", ".join((claim.number, claim.provider, place_of(claim), kronor(self._seen.net))))
        if self._step is ClaimStep.DRAFTED and self._seen.changed:
            self.tell(_("Ändrat sedan dess"), "\n".join(self._seen.changed))
        self.form.add(_("&Dag"), self.day)
        self.form.add(_("&Belopp, kr"), self.amount)
        self.form.add(_(self.asked.reason), self.reason)
        self.form.set_visible(self.day, on=self.asked.asks_day)
        self.form.set_visible(self.amount, on=self.asked.asks_amount)
        (self.amount if self.asked.asks_amount else self.reason).setFocus()

    def _set_today(self, today: date) -> None:
        self.day.set_limits(None, today)
        self.day.set_day(today)
        self.save.setEnabled(self.runner.can_write)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _take(step: ClaimStep, given: Given, workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_answers, claim_approval, claim_life

    claim, day, reason = given.claim, given.day, given.reason
    takes: dict[ClaimStep, Callable[[], ClaimOutcome]] = {
        ClaimStep.RETURNED: partial(claim_approval.return_to_draft, workspace, claim, reason),
        ClaimStep.DRAFTED: partial(claim_life.redraft, workspace, claim, reason),
        ClaimStep.WITHDRAWN: partial(claim_life.withdraw, workspace, claim, reason),
        ClaimStep.ACCEPTED: partial(claim_answers.accept, workspace, claim, day, reason),
        ClaimStep.PARTLY_ACCEPTED: partial(claim_answers.accept_partly, workspace, claim, given.amount, day, reason),
        ClaimStep.DISPUTED: partial(claim_answers.dispute, workspace, claim, reason, day),
        ClaimStep.ANSWERED: partial(claim_answers.answer, workspace, claim, reason, day),
        ClaimStep.REDETERMINED: partial(claim_answers.redetermine, workspace, claim, given.amount, reason, day),
        ClaimStep.WRITTEN_OFF: partial(claim_answers.write_off, workspace, claim, reason, day),
        ClaimStep.REOPENED: partial(claim_answers.reopen, workspace, claim, reason),
    }
    return takes[step]()
