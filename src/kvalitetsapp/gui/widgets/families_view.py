"""Operationsfamiljer: which kinds of surgery are followed, and the choice of others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.family_tables import FamilyShown, families_table
from kvalitetsapp.gui import arrangement, followed, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.families import FamilyOutcome
    from kvalitetsapp.services.workspace import Workspace


class FamiliesView(RowsView[FamilyShown]):
    """Every family that the program knows; those that are not always followed can be chosen and left."""

    title: ClassVar[str] = N_("Operationsfamiljer")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.FAMILIES, Changed.LINKS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("families", key=("family",)))
        self.about = PlainLabel(
            _(
                "En operationsfamilj är ett slags operationer som följs genom samma tabeller: koder, "
                "indexoperationer, kopplade komplikationer och indikatorer. Höft, knä och axel följs alltid. När en "
                "familj till väljs kopplas alla på nytt."
            )
        )
        self.follow = QPushButton(_("&Följ familjen"))
        self.leave = QPushButton(_("&Sluta följa"))
        self.begins_at = self.table.view
        self._arrange()
        self.follow.clicked.connect(lambda: self._ask(on=True))
        self.leave.clicked.connect(lambda: self._ask(on=False))
        self.table.row_activated.connect(lambda _row: self.follow.click())

    def refresh(self) -> None:
        """Read the families."""
        self.runner.run(_read, self._show)

    def _arrange(self) -> None:
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.table.view.setAccessibleName(_("Operationsfamiljer"))
        self.table.hide_columns("family")
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.about)
        column.addWidget(self.table, 1)
        column.addLayout(arrangement.ends((self.follow, self.leave)))

    def _show(self, rows: tuple[FamilyShown, ...]) -> None:
        self._put(rows, families_table(rows))

    def _choose(self) -> None:
        row, can_write = self.current(), self.runner.can_write
        self.follow.setEnabled(can_write and row is not None and not row.followed)
        self.leave.setEnabled(can_write and row is not None and row.followed and not row.from_start)
        self.follow.setToolTip(_("Familjen följs redan") if row is not None and row.followed else "")
        self.leave.setToolTip(_why_not_left(row))

    def _ask(self, *, on: bool) -> None:
        row = self.current()
        if row is None:
            return
        told = _("Följ {name}? Alla kopplas på nytt, vilket kan ta en stund.") if on else _leaving()
        if messages.ask(self, told.format(name=row.name.lower()), yes=_("Följ") if on else _("Sluta följa")):
            work = partial(_follow, row.family, on=on)
            self.runner.run(work, self._followed, label=_("Kopplar på nytt"))

    def _followed(self, outcome: FamilyOutcome) -> None:
        followed.note(outcome.followed)
        self._done(outcome)


def _why_not_left(row: FamilyShown | None) -> str:
    """Return why a family cannot be left, "" where it can."""
    if row is not None and row.from_start:
        return _("Höft, knä och axel följs alltid")
    return "" if row is None or row.followed else _("Familjen följs inte")


def _leaving() -> str:
    return _(
        "Sluta följa {name}? Familjens operationer och kopplingar visas inte längre. Beslut och svar står kvar och "
        "gäller igen om familjen följs på nytt."
    )


def _read(workspace: Workspace, _progress: Progress) -> tuple[FamilyShown, ...]:
    from kvalitetsapp.services import families

    return families.shown(workspace)


def _follow(family: str, workspace: Workspace, progress: Progress, *, on: bool) -> FamilyOutcome:
    from kvalitetsapp.services import families

    return families.follow(workspace, family, on=on, progress=progress)
