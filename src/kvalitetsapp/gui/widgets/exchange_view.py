"""Utbyte: packages made and taken, and what could not be taken of them, side by side until somebody has settled it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain import exchange_tables
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.make_package import FOLDER, MakePackageDialog
from kvalitetsapp.gui.dialogs.settle_conflict import SettleConflictDialog
from kvalitetsapp.gui.dialogs.take_package import TakePackageDialog
from kvalitetsapp.gui.remembered import recall
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import ALL, PartedView
from kvalitetsapp.gui.widgets.sides_view import SidesView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.exchange_conflict import Conflict
    from kvalitetsapp.domain.exchanged import Exchange
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Found = tuple[tuple[Conflict, ...], tuple[Exchange, ...]]

WAITING: Final = "waiting"
SETTLED: Final = "settled"
_HIDDEN_AT_FIRST: Final = ("settled_because", "settled_at", "settled_by")


class ExchangeView(PartedView["Conflict"]):
    """What waits to be settled, the chosen conflict side by side below it, and the way to make and take packages."""

    title: ClassVar[str] = N_("Utbyte")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.EXCHANGES})

    def __init__(self, runner: StoreRunner) -> None:
        parts = {WAITING: _("Väntar"), SETTLED: _("Avgjorda"), ALL: _("Alla")}
        super().__init__(runner, parts, DataTable("exchange-conflicts", key=("conflict",)))
        self._conflicts: tuple[Conflict, ...] = ()
        self.latest = PlainLabel()
        self.sides = SidesView(_("Konflikten sida vid sida"))
        self.make = QPushButton(_("&Skapa paket …"))
        self.take = QPushButton(_("&Ta emot paket …"))
        self.settle = QPushButton(_("&Avgör …"))
        self._arrange()
        self.begins_at = self.table
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the conflicts and the packages."""
        self.runner.run(_found, self._set_found)

    # how it looks

    def _arrange(self) -> None:
        self.latest.setObjectName("muted")
        self.latest.setWordWrap(True)
        self.table.view.setAccessibleName(_("Konflikter"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.parts)
        column.addWidget(arrangement.above((self.table, 12), (self.sides, 20)), 1)
        column.addWidget(self.latest)
        column.addLayout(arrangement.ends((self.make, self.take), (self.settle,)))

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.settle.click())
        self.make.clicked.connect(lambda: self._open(MakePackageDialog(self.runner, self)))
        self.take.clicked.connect(self._choose_file)
        self.settle.clicked.connect(self._ask_to_settle)

    # what it shows

    def _set_found(self, found: Found) -> None:
        self._conflicts, packages = found
        self.latest.setText(_told_of(packages))
        self._show_found()

    def _in_part(self, part: str) -> list[Conflict]:
        return [one for one in self._conflicts if part == ALL or (part == WAITING) == (one.settled is None)]

    def _table_of(self, rows: Sequence[Conflict]) -> tuple[Table, Labels]:
        moments = {moment: to_the_minute(moment) for one in rows for moment in (one.noted_at, one.settled_at)}
        return exchange_tables.conflicts(rows), {"noted_at": moments, "settled_at": moments}

    def _choose(self) -> None:
        conflict, can_write = self.current(), self.runner.can_write
        for button in (self.make, self.take):
            button.setEnabled(can_write)
        self.settle.setEnabled(can_write and conflict is not None and conflict.settled is None)
        if conflict is None:
            self.sides.show_paragraphs([self._nothing_chosen()])
        else:
            self.runner.run(partial(_sides, conflict.number), partial(self._show_sides, conflict))

    def _show_sides(self, conflict: Conflict, told: Table) -> None:
        if (current := self.current()) is not None and current.number == conflict.number:
            self.sides.show_sides(told, _("Här"), _("I paketet från {who}").format(who=conflict.other_user))

    def _nothing_chosen(self) -> str:
        if self._conflicts:
            return _("Ingen konflikt är vald.")
        return _(
            "Inga konflikter finns. Skapa ett paket åt den andra databasen, eller ta emot ett därifrån: det som är "
            "nytt tas emot, det som är lika lämnas, och det som har gått isär väntar här."
        )

    # what is done

    def _choose_file(self) -> None:
        kinds = _("Utbytespaket (*.kvpaket);;Alla filer (*)")
        folder = recall(FOLDER) or str(Path.home())
        chosen = messages.choose_file(self, _("Ta emot paket"), folder, kinds)
        if chosen:
            self._open(TakePackageDialog(self.runner, Path(chosen), self))

    def _ask_to_settle(self) -> None:
        conflict = self.current()
        if conflict is not None:
            self._open(SettleConflictDialog(self.runner, conflict, self))


def _told_of(packages: Sequence[Exchange]) -> str:
    """Tell which package was made last, and which was taken last."""
    made = next((one for one in packages if one.direction == "made"), None)
    taken = next((one for one in packages if one.direction == "taken"), None)
    told = []
    if made is not None:
        told.append(_("Senast skapat: {at}, {who}.").format(at=to_the_minute(made.happened_at), who=made.who))
    if taken is not None:
        at = to_the_minute(taken.happened_at)
        told.append(_("Senast mottaget: {at}, från {who}.").format(at=at, who=taken.other_user))
    return " ".join(told)


def _found(workspace: Workspace, _progress: Progress) -> Found:
    from kvalitetsapp.services import exchange_conflicts, exchange_packages

    return exchange_conflicts.conflicts(workspace), exchange_packages.all_exchanges(workspace)


def _sides(number: int, workspace: Workspace, _progress: Progress) -> Table:
    from kvalitetsapp.services import exchange_conflicts

    return exchange_conflicts.sides(workspace, number)
