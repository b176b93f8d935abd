"""Nytt behov, Ändra behov: the question, and what is known of the data that would answer it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.need_paper import Known, NeedState, Told, from_contents, may_be_written
from kvalitetsapp.domain.paper import wrong_with_text
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.paper_form import PaperDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.paper import Cover, Paper
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Choices:
    """The data sources by key and name, who writes, and which day it is."""

    sources: tuple[tuple[str, str], ...]
    user: str
    today: date


class EditNeedDialog(PaperDialog):
    """Records a need, or changes one: after it was delivered only who sees to it and when."""

    def __init__(self, runner: StoreRunner, paper: Paper | None, parent: QWidget | None = None) -> None:
        title = _("Nytt behov") if paper is None else _("Ändra behovet")
        super().__init__(runner, title, _("&Spara behovet"), parent)
        self._paper = paper
        self.explained.setText(
            _(
                "Börja med frågan. Svaren om data kan fyllas på efter hand: de behövs innan behovet blir ett recept. "
                "Skriv inget om enskilda patienter."
            )
        )
        self._arrange()
        self._show(Told() if paper is None else from_contents(paper.contents).told)
        self.resize(spacing.letters(self, 100), spacing.lines(self, 44))
        self.save.setEnabled(False)
        runner.run(_read, self._set_choices)

    def content(self) -> QWidget:
        """Return the fields, which scroll where the window is low."""
        self.question = CheckedText(_wrong_with_question, rows=2)
        self.population = CheckedText(wrong_with_text)
        self.asked_by = CheckedText(wrong_with_line)
        self.nature = _chooser("nature", Nature)
        self.registered = _chooser("known", Known)
        self.source = QComboBox()
        self.source.setMinimumContentsLength(34)
        self.definition = CheckedText(wrong_with_text, rows=2)
        self.extract = _chooser("known", Known)
        self.extract_note = CheckedText(wrong_with_text, rows=2)
        return super().content()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        written = (self.question, self.population, self.asked_by, self.definition, self.extract_note)
        return (self.header, *(written if self.question.isEnabled() else ()), self.owner)

    def work(self) -> Work:
        """Return what keeps the need."""
        return partial(_save, self.cover(), self._told(), self._paper)

    def _arrange(self) -> None:
        self.add_title(_("Behovet"))
        self.form.add(_("&Fråga som ska besvaras"), self.question)
        self.form.add(_("&Population"), self.population)
        self.form.add(_("&Efterfrågat av"), self.asked_by)
        self.form.add(_("S&lag av mått"), self.nature)
        self.form.title(_("Uppgiften"))
        self.form.add(_("Registreras &uppgiften?"), self.registered)
        self.form.add(_("&Var finns den?"), self.source)
        self.form.add(_("&Hur är den definierad?"), self.definition)
        self.form.add(_("Mo&tsvarar uttaget det väntade?"), self.extract)
        self.form.add(_("A&nmärkning om uttaget"), self.extract_note)
        self.add_follow_up(_("Följs upp &den"))
        self.header.setFocus()

    def _show(self, told: Told) -> None:
        paper = self._paper
        self.header.set_text("" if paper is None else paper.title)
        self.owner.set_text("" if paper is None else paper.owner)
        self.question.set_text(told.question)
        self.population.set_text(told.population)
        self.asked_by.set_text(told.asked_by)
        self.definition.set_text(told.definition)
        self.extract_note.set_text(told.extract_note)
        for field, code in (
            (self.nature, told.nature),
            (self.registered, told.registered),
            (self.extract, told.extract),
        ):
            field.setCurrentIndex(field.findData(code.value))
        if paper is not None and not may_be_written(NeedState(paper.state)):
            for each in self._written():
                each.setEnabled(False)
            self.explained.setText(
                _("Behovet är levererat. Frågan och svaren ändras genom att behovet förtydligas och börjar om.")
            )

    def _written(self) -> tuple[QWidget, ...]:
        return (
            *(self.question, self.population, self.asked_by, self.nature, self.registered),
            *(self.source, self.definition, self.extract, self.extract_note),
        )

    def _told(self) -> Told:
        return Told(
            self.question.text(),
            self.population.text(),
            self.asked_by.text(),
            Nature(self.nature.currentData()),
            Known(self.registered.currentData()),
            str(self.source.currentData()),
            self.definition.text(),
            Known(self.extract.currentData()),
            self.extract_note.text(),
        )

    def _set_choices(self, found: _Choices) -> None:
        told = Told() if self._paper is None else from_contents(self._paper.contents).told
        known = dict(found.sources)
        named = [("", _("ingen angiven")), *sorted(found.sources, key=lambda each: each[1].casefold())]
        if told.source_id not in {"", *known}:
            named.append((told.source_id, told.source_id))
        for key, name in named:
            self.source.addItem(name, key)
        self.source.setCurrentIndex(self.source.findData(told.source_id))
        if self._paper is None:
            self.owner.set_text(found.user)
            self.follow_up.set_day(found.today)
        else:
            self.follow_up.set_day(self._paper.follow_up_on, found.today)
        self.save.setEnabled(self.runner.can_write)


def _chooser(vocabulary: str, codes: type[Nature | Known]) -> QComboBox:
    box = QComboBox()
    for code in codes:
        box.addItem(word(vocabulary, code), code.value)
    return box


def _wrong_with_question(text: str) -> str:
    return wrong_with_text(text) if text else _("Skriv vilken fråga som ska kunna besvaras.")


def _read(workspace: Workspace, _progress: Progress) -> _Choices:
    from kvalitetsapp.services import need_papers

    return _Choices(need_papers.sources(workspace), workspace.user, workspace.today)


def _save(cover: Cover, told: Told, paper: Paper | None, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    if paper is None:
        return need_papers.save(workspace, cover, told)
    return need_papers.save(workspace, cover, told, paper=paper.paper, based_on=paper.version)
