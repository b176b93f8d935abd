"""Ny avstämning, Ändra avstämningen: when, who and about what, how it goes, what was concluded and is done next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QWidget

from kvalitetsapp.domain.meeting_paper import Activity, Meeting, Planned, Said, from_contents
from kvalitetsapp.domain.paper import wrong_with_text
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import followed, spacing
from kvalitetsapp.gui.dialogs.paper_form import PaperDialog
from kvalitetsapp.gui.widgets.activities_editor import ActivitiesEditor
from kvalitetsapp.gui.widgets.check_list import CheckList
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.paper import Cover, Paper
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

_SAID: Final = {
    "on_ambitions": N_("Hur går det &utifrån ambitionerna?"),
    "on_activities": N_("Hur går det utifrån a&ktiviteterna?"),
    "conclusions": N_("Slutsatser och anal&ys"),
    "next_step": N_("Nästa &steg"),
    "support": N_("&Behov av stöd"),
}
_INDICATOR_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class _Choices:
    """Providers and indicators to choose from, who writes, and which day it is."""

    providers: tuple[tuple[str, str], ...]
    indicators: tuple[Indicator, ...]
    user: str
    today: date


@dataclass(frozen=True, slots=True)
class _Filled:
    """A meeting as it is filled in."""

    cover: Cover
    planned: Planned
    said: Said
    activities: tuple[Activity, ...]


class EditMeetingDialog(PaperDialog):
    """Keeps a new meeting, or changes one; `follows` is the meeting that a new one takes over from."""

    def __init__(
        self, runner: StoreRunner, paper: Paper | None, parent: QWidget | None = None, *, follows: Paper | None = None
    ) -> None:
        title = _("Ny avstämning") if paper is None else _("Ändra avstämningen")
        super().__init__(runner, title, _("S&para avstämningen"), parent)
        self._paper, self._follows = paper, follows
        self.explained.setText(
            _(
                "Välj vad avstämningen gäller. Siffrorna fryses när den hålls; det som sägs kan skrivas före och "
                "efter. Skriv inget om enskilda patienter."
            )
        )
        self._arrange()
        self.resize(spacing.letters(self, 126), spacing.lines(self, 50))
        self.save.setEnabled(False)
        runner.run(_read, self._set_choices)

    def content(self) -> QWidget:
        """Return the fields, which scroll where the window is low."""
        self.held_on = DayField()
        self.present = CheckedText(wrong_with_text)
        self.about = CheckedText(wrong_with_text, rows=2)
        self.provider = QComboBox()
        self.provider.setMinimumContentsLength(34)
        self.joint = QComboBox()
        self.joint.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.indicators = CheckList()
        self.indicators.setFixedHeight(spacing.lines(self, _INDICATOR_LINES))
        self.said = {name: CheckedText(wrong_with_text, rows=2) for name in _SAID}
        self.activities = ActivitiesEditor()
        return super().content()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.header, self.present, self.about, *self.said.values(), self.owner)

    def work(self) -> Work:
        """Return what keeps the meeting."""
        return partial(_save, self._filled(), self._paper)

    def _arrange(self) -> None:
        self.add_title(_("Vem, när och om vad"))
        self.form.add(_("&Dag"), self.held_on)
        self.form.add(_("&Närvarande"), self.present)
        self.form.add(_("Vad det &gäller"), self.about)
        self.form.add(_("&Vårdgivare"), self.provider)
        self.form.add(_("L&ed"), self.joint)
        self.form.add(_("&Indikatorer"), self.indicators)
        self.form.title(_("Hur går det?"))
        for name in ("on_ambitions", "on_activities"):
            self.form.add(_(_SAID[name]), self.said[name])
        self.form.add(_("Aktiviteter"), self.activities)
        self.form.title(_("Slutsatser och nästa steg"))
        for name in ("conclusions", "next_step", "support"):
            self.form.add(_(_SAID[name]), self.said[name])
        self.add_follow_up(_("&Följs upp den"))
        self.header.setFocus()

    def _set_choices(self, found: _Choices) -> None:
        self._offer(found)
        source = self._paper or self._follows
        if source is None:
            meeting, owner = Meeting(Planned(found.today)), found.user
        else:
            meeting, owner = from_contents(source.contents), source.owner
        if self._paper is None and self._follows is not None:
            meeting = meeting.following(found.today)
        self.header.set_text("" if source is None else source.title)
        self.owner.set_text(owner)
        self.follow_up.set_day(None if self._paper is None else self._paper.follow_up_on, found.today)
        self._show(meeting, found.today)
        self.save.setEnabled(self.runner.can_write)

    def _offer(self, found: _Choices) -> None:
        for key, name in (("", _("All köpt vård")), *found.providers):
            self.provider.addItem(name, key)
        for code, text in (("", _("alla leder")), *followed.choices()):
            self.joint.addItem(text, code)
        self.indicators.set_choices(
            (one.indicator_id, f"{one.name} · {word('nature', one.nature).lower()}") for one in found.indicators
        )

    def _show(self, meeting: Meeting, today: date) -> None:
        planned = meeting.planned
        self.held_on.set_day(planned.held_on)
        self.present.set_text(planned.present)
        self.about.set_text(planned.about)
        self.provider.setCurrentIndex(max(0, self.provider.findData(planned.provider_id)))
        self.joint.setCurrentIndex(max(0, self.joint.findData(planned.joint)))
        self.indicators.set_ticked(planned.indicators)
        for name, field in self.said.items():
            field.set_text(getattr(meeting.said, name))
        self.activities.set_activities(meeting.activities, today)
        self.header.setFocus()
        if meeting.frozen_on is not None:
            for each in (self.held_on, self.provider, self.joint, self.indicators):
                each.setEnabled(False)
            self.explained.setText(
                _("Siffrorna frystes {day} och hör till avstämningen. Det som sagts kan ändras.").format(
                    day=meeting.frozen_on.isoformat()
                )
            )

    def _filled(self) -> _Filled:
        return _Filled(
            self.cover(),
            Planned(
                self.held_on.day(),
                self.present.text(),
                self.about.text(),
                str(self.provider.currentData()),
                str(self.joint.currentData()),
                self.indicators.ticked(),
            ),
            Said(**{each.name: self.said[each.name].text() for each in fields(Said)}),
            self.activities.activities(),
        )


def _read(workspace: Workspace, _progress: Progress) -> _Choices:
    from kvalitetsapp.services import need_papers, overview

    providers = tuple(overview.provider_names(workspace))
    return _Choices(providers, need_papers.recipes(workspace), workspace.user, workspace.today)


def _save(filled: _Filled, paper: Paper | None, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import meeting_papers

    parts = (filled.cover, filled.planned, filled.said, filled.activities)
    if paper is None:
        return meeting_papers.save(workspace, *parts)
    return meeting_papers.save(workspace, *parts, paper=paper.paper, based_on=paper.version)
