"""Fastställ: who stands behind a report, as what, which one it replaces; asked once, since it cannot be undone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.file_names import of_final
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.message_panel import MessagePanel
from kvalitetsapp.gui.widgets.report_order_form import title
from kvalitetsapp.services.releases import NotReleasedError
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.final_reports import BeforeSigning, FinalOutcome
    from kvalitetsapp.services.report_making import Order
    from kvalitetsapp.services.workspace import Workspace

ROLE: Final = "reports/role"


class SignReportDialog(MakingDialog):
    """Makes a report final; a report that must not leave can be taken in the strict way at once."""

    strict_chosen = Signal()

    def __init__(
        self, runner: StoreRunner, order: Order, about: str, folder: Path, parent: QWidget | None = None
    ) -> None:
        self.message = MessagePanel()
        stopped = _("Avbrutet. Ingen rapport fastställdes.")
        super().__init__(runner, _("Fastställ rapport"), _("&Fastställ …"), stopped, parent)
        self._order = order
        self._about = about
        self._folder = folder
        self._number = ""
        self.by = CheckedText(_lacking_name)
        self.role = CheckedText(_lacking_role)
        self.replaces = QComboBox()
        self._fill()
        self.save.setEnabled(False)
        runner.run(partial(_before, order), self._set_before)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.by, self.role)

    def beneath(self) -> tuple[QWidget, ...]:
        """Return why a report must not leave."""
        return (self.message,)

    def try_to_save(self) -> None:
        """Say no more what was refused before, and save."""
        self.message.hide()
        super().try_to_save()

    def start(self) -> None:
        """Ask once, with what and who, and make the report final."""
        if messages.ask(self, self._question(), yes=_("Fastställ")):
            remember(ROLE, self.role.text())
            super().start()

    def work(self) -> Work:
        """Return what makes the report final."""
        signer = (self.by.text(), self.role.text(), str(self.replaces.currentData() or ""))
        return partial(_sign, self._order, self._about, self._folder, signer)

    # how it looks

    def _fill(self) -> None:
        self.explained.setText(
            _(
                "Rapporten får nästa nummer i årets serie. Namn och roll skrivs på den, och den sparas i databasen så "
                "att den kan lämnas ut likadan igen. Det kan inte ångras: rapporten kan bara ersättas eller "
                "återkallas, och dess nummer används aldrig igen."
            )
        )
        self.tell(_("Rapport"), title(self._order.kind, self._about))
        self.mode = self.tell(_("Små tal"), word("small_numbers", self._order.small_numbers))
        self.number = self.tell(_("Nummer"), NOTHING)
        self.file = self.tell(_("Sparas i"), str(self._folder))
        self.role.set_text(recall(ROLE))
        self.replaces.addItem(_("Ingen"), "")
        for label, field in (
            (_("&Namn"), self.by),
            (_("&Roll"), self.role),
            (_("&Ersätter"), self.replaces),
        ):
            self.form.add(label, field)
        self.by.setFocus()

    def _set_before(self, found: BeforeSigning) -> None:
        self._number = found.number
        self.number.setText(found.number)
        self.file.setText(str(self._folder / of_final(self._about, found.number, self._order.kind)))
        for one in found.replaceable:
            told = _("{number}, fastställd {at} av {by}; den återkallas")
            at = to_the_minute(one.signature.at)
            self.replaces.addItem(told.format(number=one.number, at=at, by=one.signature.by), one.number)
        self.replaces.setEnabled(bool(found.replaceable))
        self.save.setEnabled(self.runner.store is not None and not self.runner.store.read_only)

    def _question(self) -> str:
        told = _("Fastställ rapporten om {about} som {number}, av {by}, {role}? Det kan inte ångras.")
        question = told.format(about=self._about, number=self._number, by=self.by.text(), role=self.role.text())
        if replaced := str(self.replaces.currentData() or ""):
            question += " " + _("Rapporten {number} återkallas.").format(number=replaced)
        return question

    # what comes of it

    def _refused(self, error: BaseException) -> None:
        super()._refused(error)
        if isinstance(error, NotReleasedError):
            self.say("")
            is_strict = self._order.small_numbers is SmallNumbers.STRICT
            way_out = "" if is_strict else _("&Välj det stränga läget")
            self.message.say(str(error), way_out=way_out, do=self._choose_strict)

    def _choose_strict(self) -> None:
        self._order = replace(self._order, small_numbers=SmallNumbers.STRICT)
        self.mode.setText(word("small_numbers", SmallNumbers.STRICT))
        self.strict_chosen.emit()
        self.save.setFocus()


def _lacking_name(text: str) -> str:
    return "" if text else _("Skriv vem som fastställer rapporten.")


def _lacking_role(text: str) -> str:
    return "" if text else _("Skriv i vilken roll, till exempel verksamhetschef.")


def _before(order: Order, workspace: Workspace, _progress: Progress) -> BeforeSigning:
    from kvalitetsapp.services import final_reports

    return final_reports.before_signing(workspace, order)


def _sign(
    order: Order,
    about: str,
    folder: Path,
    signer: tuple[str, str, str],
    workspace: Workspace,
    progress: Progress,
) -> FinalOutcome:
    from kvalitetsapp.services import final_reports

    by, role, replaces = signer
    number = final_reports.before_signing(workspace, order).number
    out = folder / of_final(about, number, order.kind)
    return final_reports.sign(workspace, order, out, by=by, role=role, replaces=replaces, progress=progress)
