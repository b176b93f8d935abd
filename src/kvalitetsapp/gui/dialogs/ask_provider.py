"""A question to the provider of an event's operation: sent outside the program, kept here with what was disclosed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.ground_field import GroundField
from kvalitetsapp.gui.widgets.limited_text import LimitedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kvalitetsapp.domain.facts import Fact
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.provider_question import Ground
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_questions import QuestionOutcome
    from kvalitetsapp.services.workspace import Workspace

DAYS_TO_ANSWER: Final = 30


def ask(
    parent: QWidget,
    runner: StoreRunner,
    key: EventKey,
    facts: Sequence[Fact],
    *,
    provider: str = "",
    on_asked: Callable[[QuestionOutcome], object] | None = None,
) -> AskProviderDialog:
    """Open the dialog on an event; `facts` stand above the fields, `provider` is proposed as receiver."""
    dialog = AskProviderDialog(runner, key, facts, provider, parent)
    if on_asked is not None:
        dialog.saved.connect(on_asked)
    dialog.open()
    return dialog


class AskProviderDialog(SavingDialog):
    """Asks for the question, how it was sent, when an answer is due, and what was disclosed on what ground."""

    def __init__(
        self,
        runner: StoreRunner,
        key: EventKey,
        facts: Sequence[Fact],
        provider: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, _("Fråga vårdgivaren"), _("&Spara frågan"), parent)
        self._key = key
        self.wording = LimitedText(TextPart.WORDING, rows=5)
        self.channel = LimitedText(TextPart.CHANNEL)
        self.deadline = DayField()
        self.no_deadline = QCheckBox(_("&Utan svarsdag"))
        self.ground = GroundField()
        self.disclosed = LimitedText(TextPart.DISCLOSED, rows=2, required=False)
        self.receiver = LimitedText(TextPart.RECEIVER, required=False)
        self._arrange(facts)
        self.receiver.set_text(provider)
        self.no_deadline.toggled.connect(lambda on: self.deadline.setEnabled(not on))
        self.save.setEnabled(False)
        runner.run(_basis, self._set_basis)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.wording, self.channel, self.ground, self.disclosed, self.receiver)

    def work(self) -> Work:
        """Return what keeps the question."""
        told = {
            "wording": self.wording.text(),
            "channel": self.channel.text(),
            "ground": self.ground.ground(),
            "disclosed": self.disclosed.text(),
            "receiver": self.receiver.text(),
        }
        deadline = None if self.no_deadline.isChecked() else self.deadline.day()
        return partial(_ask, self._key, deadline, told)

    def _arrange(self, facts: Sequence[Fact]) -> None:
        self.explained.setText(
            _(
                "Frågan skickas utanför programmet. Här sparas vad ni frågade, och utlämnandet antecknas. "
                "Skriv inga personnummer och skriv inte av journalen."
            )
        )
        self.channel.set_hint(_("Säker e-post, brev, möte …"))
        self.disclosed.set_hint(_("Lämna tomt om det bara var frågan"))
        for fact in facts:
            self.tell(fact.label, "\n".join(fact.lines))
        due = QWidget()
        row = QHBoxLayout(due)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.deadline)
        row.addWidget(self.no_deadline)
        row.addStretch(1)
        due.setFocusProxy(self.deadline)
        for label, field in (
            (_("&Frågan"), self.wording),
            (_("S&kickad genom"), self.channel),
            (_("S&var senast"), due),
            (_("&Grund för utlämnandet"), self.ground),
            (_("Vad som lämnas u&t"), self.disclosed),
            (_("&Mottagare"), self.receiver),
        ):
            self.form.add(label, field)
        self.deadline.setAccessibleName(_("Svar senast"))
        self.wording.setFocus()

    def _set_basis(self, basis: tuple[tuple[Ground, ...], date]) -> None:
        grounds, today = basis
        self.ground.offer(grounds)
        self.deadline.set_limits(today, None)
        self.deadline.set_day(today + timedelta(days=DAYS_TO_ANSWER))
        self.save.setEnabled(self.runner.can_write)


def _basis(workspace: Workspace, _progress: Progress) -> tuple[tuple[Ground, ...], date]:
    from kvalitetsapp.services import provider_questions

    return provider_questions.grounds(workspace), workspace.today


def _ask(
    key: EventKey, deadline: date | None, told: dict[str, str], workspace: Workspace, _progress: Progress
) -> QuestionOutcome:
    from kvalitetsapp.services import provider_questions

    return provider_questions.ask(workspace, key, deadline=deadline, **told)
