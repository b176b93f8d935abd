"""The steps of a need that ask for something: which recipe, how it turned out, what was clarified, when next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from kvalitetsapp.domain.need_paper import from_contents
from kvalitetsapp.domain.paper import wrong_with_text
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.optional_day import OptionalDay
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


class LinkNeedDialog(SavingDialog):
    """Asks which of the indicators that there are answers the need."""

    def __init__(self, runner: StoreRunner, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Koppla ett recept"), _("&Koppla receptet"), parent)
        self._paper = paper
        self.explained.setText(_("Välj indikatorn som besvarar behovet ”{title}”.").format(title=paper.title))
        self.indicator = QComboBox()
        self.indicator.setMinimumContentsLength(40)
        self.form.add(_("&Indikator"), self.indicator)
        self.indicator.setFocus()
        self.save.setEnabled(False)
        runner.run(_indicators, self._offer)

    def work(self) -> Work:
        """Return what links the recipe."""
        return partial(_link, self._paper, str(self.indicator.currentData()))

    def _offer(self, found: tuple[Indicator, ...]) -> None:
        """Offer the indicators, those of the nature that was asked for first."""
        need = from_contents(self._paper.contents)
        for one in sorted(found, key=lambda each: (each.nature is not need.told.nature, each.name.casefold())):
            self.indicator.addItem(f"{one.name} · {word('nature', one.nature).lower()}", one.indicator_id)
        self.indicator.setCurrentIndex(max(0, self.indicator.findData(need.indicator_id)))
        self.save.setEnabled(self.runner.can_write)


class ReviewNeedDialog(SavingDialog):
    """Asks whether what was delivered became what was expected."""

    def __init__(self, runner: StoreRunner, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Gå igenom leveransen"), _("&Spara genomgången"), parent)
        self._paper = paper
        self.explained.setText(
            _("Gå igenom siffrorna tillsammans med dem som frågade. Blev det som väntat kan måttet bli kvar.")
        )
        self.answer = QComboBox()
        for text, as_expected in ((_("Ja"), True), (_("Nej"), False)):
            self.answer.addItem(text, as_expected)
        self.comment = CheckedText(self._wrong, rows=4)
        self.form.add(_("&Blev det som förväntat?"), self.answer)
        self.form.add(_("&Kommentar"), self.comment)
        self.answer.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the field that may be wrong."""
        return (self.comment,)

    def work(self) -> Work:
        """Return what keeps the review."""
        return partial(_review, self._paper, self.comment.text(), bool(self.answer.currentData()))

    def _wrong(self, text: str) -> str:
        if not text and not self.answer.currentData():
            return _("Skriv på vilket sätt det inte blev som väntat.")
        return wrong_with_text(text)


class ClarifyNeedDialog(SavingDialog):
    """Asks what has been clarified before a need begins anew."""

    def __init__(self, runner: StoreRunner, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Förtydliga behovet"), _("&Börja om med förtydligandet"), parent)
        self._paper = paper
        self.explained.setText(
            _(
                "Behovet blir antecknat igen med det som har framkommit. Receptet och siffrorna står kvar i de "
                "tidigare versionerna."
            )
        )
        self.text = CheckedText(_wrong_with_clarified, rows=5)
        self.form.add(_("&Vad har förtydligats?"), self.text)
        self.text.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the field that may be wrong."""
        return (self.text,)

    def work(self) -> Work:
        """Return what clarifies the need."""
        return partial(_clarify, self._paper, self.text.text())


class KeepNeedDialog(SavingDialog):
    """Asks when a measure that stays is looked at again."""

    def __init__(self, runner: StoreRunner, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Låt måttet bli kvar"), _("&Låt bli kvar"), parent)
        self._paper = paper
        self.explained.setText(_("Måttet blir kvar i bruk. Ange en dag om det ska ses över igen."))
        self.follow_up = OptionalDay()
        self.follow_up.set_day(None)
        self.form.add(_("Ses över &den"), self.follow_up)
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def work(self) -> Work:
        """Return what lets it stay."""
        return partial(_keep, self._paper, self.follow_up.day())

    def _set_today(self, today: date) -> None:
        self.follow_up.set_day(None, today)
        self.save.setEnabled(self.runner.can_write)
        self.save.setFocus()  # a day is seldom wanted; else Return would cancel


def _wrong_with_clarified(text: str) -> str:
    return wrong_with_text(text) if text else _("Skriv vad som har förtydligats.")


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _indicators(workspace: Workspace, _progress: Progress) -> tuple[Indicator, ...]:
    from kvalitetsapp.services import need_papers

    return need_papers.recipes(workspace)


def _link(paper: Paper, indicator_id: str, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    return need_papers.link(workspace, paper.paper, indicator_id, based_on=paper.version)


def _review(paper: Paper, comment: str, as_expected: bool, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    return need_papers.review(workspace, paper.paper, comment, as_expected=as_expected, based_on=paper.version)


def _clarify(paper: Paper, text: str, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    return need_papers.clarify(workspace, paper.paper, text, based_on=paper.version)


def _keep(paper: Paper, follow_up_on: date | None, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import need_papers

    return need_papers.keep(workspace, paper.paper, follow_up_on, based_on=paper.version)
