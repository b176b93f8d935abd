"""Kostnad för händelsen: every source of an event's cost, and a cost entered or taken away by hand with a reason."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QPushButton

from kvalitetsapp.domain import money
from kvalitetsapp.domain.cost_source import sources_table
from kvalitetsapp.domain.manual_cost import CostPart, wrong_with
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.texts import NO_BREAK_SPACE, _, kronor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.event_cost import EventCost
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.manual_costs import ManualCostOutcome
    from kvalitetsapp.services.workspace import Workspace


class EventCostDialog(SavingDialog):
    """Shows where the cost of one event comes from, and lets one enter it where no source has it."""

    def __init__(self, runner: StoreRunner, key: EventKey, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Kostnad för händelsen"), _("&Fyll i"), parent)
        self._key = key
        self._found: EventCost | None = None
        self._today = date.max
        self.sources = DataTable("event-cost", key=("cost_basis", "source"))
        self.amount = CheckedText(partial(self._wrong_with, CostPart.AMOUNT), width=24)
        self.year = CheckedText(partial(self._wrong_with, CostPart.YEAR), width=12)
        self.reason = CheckedText(partial(self._wrong_with, CostPart.REASON), rows=2)
        self.remove = QPushButton(_("&Ta bort den ifyllda"))
        self._arrange()
        self.remove.clicked.connect(self._try_to_remove)
        self._allow()
        runner.run(partial(_read, key), self._set_found)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.amount, self.year, self.reason)

    def work(self) -> Work:
        """Return what enters the cost."""
        amount = money.parse(self.amount.text())
        if self._found is None or not isinstance(amount, int):
            raise RuntimeError("saved before it was checked")
        return partial(_enter, self._found.event_ref, amount, int(self.year.text()), self.reason.text())

    def _arrange(self) -> None:
        self.setMinimumWidth(letters(self, 170))
        self.sources.show_tools(on=False)
        self.sources.view.setAccessibleName(_("Källor till kostnaden"))
        self.sources.setMinimumHeight(lines(self, 12))
        for label, field in (
            (_("&Belopp i kronor"), self.amount),
            (_("&Prisår"), self.year),
            (_("&Skäl"), self.reason),
        ):
            self.form.add(label, field)
        self.remove.setAutoDefault(False)
        self.form.add("", self.remove)
        column = self.layout()
        if isinstance(column, QBoxLayout):
            column.insertWidget(1, self.sources, 1)
        self.amount.setFocus()

    def _set_found(self, read: tuple[EventCost, date]) -> None:
        self._found, self._today = read
        found = self._found
        self.explained.setText(_told(found))
        self.sources.set_table(sources_table(found.sources, found.items))
        standing = found.standing
        if standing is None:
            self.year.set_text(str(found.discharged.year))
        else:
            self.amount.set_text(_typed(standing.cost))
            self.year.set_text(str(standing.price_year or found.discharged.year))
            self.reason.set_text(standing.reason)
        self._allow()

    def _allow(self) -> None:
        can_write = self._found is not None and self.runner.can_write and self.runner.may(Right.SET_COSTS)
        self.save.setEnabled(can_write)
        self.remove.setEnabled(can_write)
        self.form.set_visible(self.remove, on=self._found is not None and self._found.standing is not None)

    def _wrong_with(self, part: CostPart, text: str) -> str:
        return wrong_with(part, text, self._today)

    def _try_to_remove(self) -> None:
        """Take the cost away, or go to the reason where that is wrong."""
        self.say("")
        if self._found is None:
            return
        if not self.reason.check():
            self.reason.setFocus()
            return
        self.remove.setEnabled(False)
        work = partial(_withdraw, self._found.event_ref, self.reason.text())
        self.runner.run(work, self._done, on_failed=self._not_removed)

    def _not_removed(self, error: BaseException) -> None:
        self._refused(error)
        self._allow()


def _typed(ore: int) -> str:
    """Return an amount as it is typed: `84 512,37`."""
    return kronor(ore).rsplit(NO_BREAK_SPACE, 1)[0].replace(NO_BREAK_SPACE, " ")


def _told(found: EventCost) -> str:
    agreement = _("Avtal: {name}.").format(name=found.agreement) if found.agreement else _("Inget avtal gäller.")
    cost = (
        _("Kostnaden saknas.")
        if found.used.cost is None
        else _("Kostnad: {amount}.").format(amount=kronor(found.used.cost))
    )
    by_hand = _("En kostnad som fylls i för hand används när ingen annan källa har ett värde.")
    return f"{found.event_ref}. {agreement} {cost} {by_hand}"


def _read(key: EventKey, workspace: Workspace, _progress: Progress) -> tuple[EventCost, date]:
    from kvalitetsapp.services import event_costs

    return event_costs.of_event(workspace, key), workspace.today


def _enter(
    ref: str, amount: int, year: int, reason: str, workspace: Workspace, progress: Progress
) -> ManualCostOutcome:
    from kvalitetsapp.services import manual_costs

    return manual_costs.enter(workspace, ref, amount, year, reason, progress)


def _withdraw(ref: str, reason: str, workspace: Workspace, progress: Progress) -> ManualCostOutcome:
    from kvalitetsapp.services import manual_costs

    return manual_costs.withdraw(workspace, ref, reason, progress)
