"""Spara kvartalet: a comment on each target, and a result where no indicator gives one; its figures are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain import agenda_tables
from kvalitetsapp.domain.agenda import NO_WORDS, SAID, RowWords
from kvalitetsapp.domain.quality_target import aim_text
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.agenda import AgendaNow
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a target; `result` and `said` are None where an indicator gives the result."""

    comment: QLineEdit
    result: QLineEdit | None
    said: QComboBox | None

    def words(self) -> RowWords:
        """Return what is written of the target."""
        return RowWords(
            self.comment.text().strip(),
            "" if self.result is None else self.result.text().strip(),
            "" if self.said is None else str(self.said.currentData()),
        )


class SaveQuarterDialog(SavingDialog):
    """Keeps a quarter; what was written of it, or else of the latest one, stands there to begin with."""

    def __init__(self, runner: StoreRunner, now: AgendaNow, parent: QWidget | None = None) -> None:
        self._agenda = now
        self.fields: dict[str, _Fields] = {}
        super().__init__(runner, _("Spara kvartalet"), _("&Spara kvartalet"), parent)
        self.explained.setText(
            _(
                "Siffrorna fryses som de är till kvartalets sista dag, eller till datauttaget om det är tidigare. När "
                "ett senare kvartal är sparat ändras det här inte mer."
            )
        )
        for one in _offered(now):
            self.quarter.addItem(one.in_words().capitalize(), one.code)
        self._propose()
        self.quarter.currentIndexChanged.connect(lambda _place: self._propose_words())
        self._propose_words()
        self.resize(spacing.letters(self, 130), spacing.lines(self, 34))
        self.quarter.setFocus()

    def content(self) -> QWidget:
        """Return the choice of quarter, and the targets under each other."""
        self.quarter = QComboBox()
        self.form.add(_("K&vartal"), self.quarter)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(spacing.scrolling(self._targets()), 1)
        return made

    def work(self) -> Work:
        """Return what keeps the quarter."""
        wanted = Quarter.read(str(self.quarter.currentData()))
        words = {target_id: fields.words() for target_id, fields in self.fields.items()}
        kept = next((one for one in self._agenda.kept if one.quarter.quarter == wanted), None)
        return partial(_save, wanted, words, None if kept is None else kept.paper.version)

    def _targets(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, spacing.lines(self, 0.5), 0)
        grid.setVerticalSpacing(spacing.lines(self, 0.5))
        grid.setHorizontalSpacing(spacing.lines(self, 0.8))
        for place, heading in enumerate((_("Mål"), _("Resultat"), _("Status"), _("Kommentar"))):
            told = PlainLabel(heading)
            told.setObjectName("sectionTitle")
            grid.addWidget(told, 0, place)
        for line, row in enumerate(self._agenda.table.rows, 1):
            self._add(grid, line, row)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 5)
        grid.setRowStretch(len(self._agenda.table.rows) + 1, 1)
        return made

    def _add(self, grid: QGridLayout, line: int, row: AgendaRow) -> None:
        """Add the line of a target."""
        name = PlainLabel(f"{row.target.name} ({aim_text(row.target, row.unit)})")
        name.setWordWrap(True)
        grid.addWidget(name, line, 0)
        comment, result, said = QLineEdit(), None, None
        comment.setAccessibleName(_("Kommentar: {target}").format(target=row.target.name))
        if row.takes_result:
            result, said = QLineEdit(), QComboBox()
            result.setAccessibleName(_("Resultat: {target}").format(target=row.target.name))
            result.setPlaceholderText(row.target.measured_as)
            said.addItem(_("Enligt talet"), "")
            for each in SAID:
                said.addItem(word("target_status", each), each.value)
            said.setAccessibleName(_("Status: {target}").format(target=row.target.name))
            grid.addWidget(result, line, 1)
            grid.addWidget(said, line, 2)
        else:
            for place, text in ((1, agenda_tables.result_text(row)), (2, agenda_tables.status_text(row))):
                grid.addWidget(PlainLabel(text), line, place, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(comment, line, 3)
        self.fields[row.target.target_id] = _Fields(comment, result, said)

    def _propose(self) -> None:
        """Propose the oldest quarter that can be kept and is not."""
        kept = {one.quarter.quarter.code for one in self._agenda.kept}
        codes = [str(self.quarter.itemData(place)) for place in range(self.quarter.count())]
        wanted = next((code for code in codes if code not in kept), codes[-1])
        self.quarter.setCurrentIndex(codes.index(wanted))

    def _propose_words(self) -> None:
        """Show what was written of the chosen quarter, else of the latest before it."""
        wanted = Quarter.read(str(self.quarter.currentData()))
        until = [one.quarter for one in self._agenda.kept if one.quarter.quarter <= wanted]
        for target_id, fields in self.fields.items():
            then = until[-1].row(target_id) if until else None
            words = NO_WORDS if then is None else then.words
            fields.comment.setText(words.comment)
            if fields.result is not None:
                fields.result.setText(words.result)
            if fields.said is not None:
                fields.said.setCurrentIndex(max(0, fields.said.findData(words.said)))


def _offered(now: AgendaNow) -> list[Quarter]:
    """Return the quarters that can be kept: this one, the one before, and what is kept last, the oldest first."""
    last = now.kept[-1].quarter.quarter if now.kept else None
    found = {now.quarter.before, now.quarter} | ({last} if last is not None else set())
    return sorted(one for one in found if last is None or one >= last)


def _save(
    wanted: Quarter, words: Mapping[str, RowWords], based_on: int | None, workspace: Workspace, _progress: Progress
) -> PaperOutcome:
    from kvalitetsapp.services import agenda

    return agenda.save_quarter(workspace, wanted, words, based_on=based_on)
