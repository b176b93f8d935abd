"""Arbetspapper om jämlik vård: the five steps, a tab each; a step can be written when those before it are done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain import equity_paper as domain
from kvalitetsapp.domain import equity_paper_words, equity_words, frozen_figure, paper
from kvalitetsapp.domain.equity_paper import (
    STEPS,
    Action,
    EquityWork,
    Factor,
    FactorFinding,
    Factors,
    Interview,
    Outcome,
)
from kvalitetsapp.domain.paper import Cover
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.choice_group import Choice
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.line_rows import LineRows, choice_column, day_column, text_column, tick_column
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.tick_list import TickList
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.equity import EquityGroup
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.equity_papers import SeenPaper
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

_IN_TIME: Final = timedelta(days=90)
_WIDTH, _HEIGHT = 150, 40


class EquityPaperDialog(SavingDialog):
    """Shows a paper as it was last saved, at the step to do next."""

    def __init__(self, runner: StoreRunner, seen: SeenPaper, today: date, parent: QWidget | None = None) -> None:
        self._seen = seen
        self.title, self.owner, self.follow_up_on = (
            QLineEdit(seen.paper.title),
            QLineEdit(seen.paper.owner),
            DayField(),
        )
        self.found = CheckedText(paper.wrong_with_text, rows=6)
        self.groups = TickList()
        self.area, self.fetch = QComboBox(), QPushButton(_("&Hämta områdets faktorer"))
        self.factors, self.interviews, self.planned = _factors(), _interviews(today), _actions(today)
        self.steps = QTabWidget()
        self.lacks = PlainLabel()
        super().__init__(runner, _("Arbetspapper om jämlik vård"), _("&Spara"), parent)
        self.resize(spacing.letters(self, _WIDTH), spacing.lines(self, _HEIGHT))
        self._fill()
        self._connect()
        self._follow()
        step = seen.work.next_step
        self.steps.setCurrentIndex(len(STEPS) - 1 if step is None else STEPS.index(step))
        self.save.setEnabled(runner.can_write and runner.may(Right.WRITE_PAPERS))

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.found,)

    def content(self) -> QWidget:
        """Return the five steps, and under them what the next one lacks."""
        made = QWidget()
        pages: tuple[QWidget, ...] = (
            self._measurement(),
            self._outcome(),
            self._known(),
            self.interviews,
            self.planned,
        )
        for number, (step, page) in enumerate(zip(STEPS, pages, strict=True), start=1):
            inside = QWidget()
            column = QVBoxLayout(inside)
            spacing.pad(column, self, 0.6, 0.4)
            about = PlainLabel(_(equity_paper_words.ABOUT[step]))
            about.setObjectName("muted")
            about.setWordWrap(True)
            column.addWidget(about)
            column.addWidget(page, 1)
            self.steps.addTab(
                spacing.scrolling(inside), _("&{n} {step}").format(n=number, step=word("equity_step", step))
            )
        self.lacks.setWordWrap(True)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.steps, 1)
        column.addWidget(self.lacks)
        return made

    def work(self) -> Work:
        """Return what keeps the paper."""
        cover = (self.title.text(), self.owner.text(), self.follow_up_on.day())
        return partial(_write, self._seen.paper.paper, self.written(), cover, self._seen.paper.version)

    def written(self) -> EquityWork:
        """Return the work as it is filled in."""
        return replace(
            self._seen.work,
            outcome=Outcome(self.found.text(), self.groups.values()),
            factors=Factors(
                str(self.area.currentData() or ""),
                tuple(Factor(factor, FactorFinding(code), found) for factor, code, found in self.factors.values()),
            ),
            interviews=tuple(Interview(*line) for line in self.interviews.values()),
            actions=tuple(Action(*line) for line in self.planned.values()),
        )

    # how it looks

    def _measurement(self) -> QWidget:
        made = QWidget()
        form = Form()
        form.add(_("&Rubrik"), self.title)
        form.add(_("&Ansvarig"), self.owner)
        form.add(_("&Följs upp"), self.follow_up_on)
        measured = self._seen.work.measurement
        table = DataTable("equity-measured")
        table.show_tools(on=False)
        table.view.setAccessibleName(_("Grupperna som de mättes"))
        table.set_table(equity_paper_words.measured_table(self._seen.work))
        figure = PlainLabel(_figure_text(self._seen))
        figure.setWordWrap(True)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addWidget(figure)
        column.addWidget(table, 1)
        findings = PlainLabel("\n".join(measured.findings))
        findings.setObjectName("muted")
        findings.setWordWrap(True)
        column.addWidget(findings)
        return made

    def _outcome(self) -> QWidget:
        made = QWidget()
        form = Form()
        form.add(_("&Vilka skillnader syns"), self.found)
        form.add(_("&Grupper som det gäller"), self.groups)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)
        return made

    def _known(self) -> QWidget:
        made = QWidget()
        label = PlainLabel(_("&Område"))
        label.setBuddy(self.area)
        self.area.setAccessibleName(_("Område"))
        self.fetch.setAutoDefault(False)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(arrangement.ends((label, self.area, self.fetch)))
        column.addWidget(self.factors, 1)
        return made

    def _fill(self) -> None:
        seen, work = self._seen, self._seen.work
        if seen.paper.follow_up_on is not None:
            self.follow_up_on.set_day(seen.paper.follow_up_on)
        self.found.set_text(work.outcome.found)
        names = [_name(work, one) for one in work.measurement.groups]
        differing = [_name(work, one) for one in work.measurement.groups if one.differs]
        self.groups.set_choices([Choice(name, name) for name in names])
        self.groups.set_values(work.outcome.groups if work.outcome.found else differing)
        for area, _known in seen.known_factors:
            self.area.addItem(area, area)
        if work.factors.area and self.area.findData(work.factors.area) < 0:
            self.area.addItem(work.factors.area, work.factors.area)
        self.area.setCurrentIndex(max(self.area.findData(work.factors.area), 0))
        self.factors.set_values((one.factor, one.finding.value, one.found) for one in work.factors.factors)
        self.interviews.set_values((one.role, one.on, one.said) for one in work.interviews)
        self.planned.set_values((one.cause, one.action, one.responsible, one.due, one.is_done) for one in work.actions)

    def _connect(self) -> None:
        self.fetch.clicked.connect(self._fetch)
        self.found.changed.connect(self._follow)
        for lines in (self.factors, self.interviews, self.planned):
            lines.changed.connect(self._follow)

    # what is done

    def _fetch(self) -> None:
        """Add the known factors of the area that are not there yet."""
        there = self.factors.values()
        known = dict(self._seen.known_factors).get(str(self.area.currentData()), ())
        named = {line[0] for line in there}
        new = [(factor, FactorFinding.OPEN.value, "") for factor in known if factor not in named]
        self.factors.set_values([*there, *new])

    def _follow(self) -> None:
        """Let the steps be written whose turn it is, and say what the first that is not done lacks."""
        work = self.written()
        lacking = next(((n, step) for n, step in enumerate(STEPS) if domain.lacking(work, step)), None)
        for place in range(len(STEPS)):
            self.steps.setTabEnabled(place, lacking is None or place <= lacking[0])
        self.lacks.setText(
            _("Alla fem stegen är klara.")
            if lacking is None
            else _("Steg {n}: {lacking}").format(n=lacking[0] + 1, lacking=domain.lacking(work, lacking[1]))
        )


def _factors() -> LineRows:
    return LineRows(
        (
            text_column(_("Påverkansfaktor"), stretch=3),
            choice_column(_("Utfall"), "factor_finding", FactorFinding),
            text_column(_("Vad som framkom"), stretch=5),
        ),
        ("", FactorFinding.OPEN.value, ""),
        _("Lägg till &faktor"),
    )


def _interviews(today: date) -> LineRows:
    columns = (
        text_column(_("Med vem (roll)"), stretch=2),
        day_column(_("När")),
        text_column(_("Vad som sades"), stretch=5),
    )
    return LineRows(columns, ("", today, ""), _("Lägg till &intervju"))


def _actions(today: date) -> LineRows:
    return LineRows(
        (
            text_column(_("Möjlig orsak"), stretch=3),
            text_column(_("Åtgärd"), stretch=3),
            text_column(_("Ansvarig"), stretch=2),
            day_column(_("Klar senast")),
            tick_column(_("Klar")),
        ),
        ("", "", "", today + _IN_TIME, False),
        _("Lägg till &åtgärd"),
    )


def _name(work: EquityWork, one: EquityGroup) -> str:
    return equity_words.group_name(work.measurement.by, one.words, work.measurement.names)


def _figure_text(seen: SeenPaper) -> str:
    figure, told = seen.work.measurement.figure, seen.figure
    now = _("inget") if told.now is None else frozen_figure.value_text(told.now)
    return _("{subject}, {scope}, data till {as_of}: {value} ({count}). I dag: {now}, {change}.").format(
        subject=domain.subject(seen.work),
        scope=frozen_figure.scope_text(figure),
        as_of=figure.as_of.isoformat() if figure.as_of else "",
        value=frozen_figure.value_text(figure),
        count=frozen_figure.count_text(figure),
        now=now,
        change=word("figure_change", told.change).lower(),
    )


def _write(
    number: int,
    work: EquityWork,
    told: tuple[str, str, date],
    based_on: int,
    workspace: Workspace,
    _progress: Progress,
) -> PaperOutcome:
    from kvalitetsapp.services import equity_papers

    return equity_papers.write(workspace, number, work, Cover(*told), based_on=based_on)
