"""A gap analysis, typed part by part in the order in which one is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

from kvalitetsapp.domain import gap_tables
from kvalitetsapp.domain.gap_form import GapForm
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.widgets.gap_fields import GapFields
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QScrollArea, QWidget

    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.faulted import Faulted
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.gaps import GapOutcome, KeptGap
    from kvalitetsapp.services.outcome_figures import OutcomeChoices
    from kvalitetsapp.services.workspace import Workspace


class EditGapDialog(FaultingDialog):
    """Changes an analysis, or begins a new one where there is none; every saving is a version of its own."""

    def __init__(self, runner: StoreRunner, kept: KeptGap | None, parent: QWidget | None = None) -> None:
        title = _("Ny gapanalys") if kept is None else _("Ändra gapanalys")
        super().__init__(runner, title, _("&Spara"), parent)
        self._kept = kept
        self.explained.setText(
            _(
                "Målet, nuläget, orsakerna, förslagen och konsekvenserna är tillsammans ett heltäckande underlag för "
                "beslut. Utkastet kan sparas när som helst; för att bli redo för beslut ska alla delar vara skrivna."
            )
        )
        if kept is None:
            self.fields.show_form(GapForm(), "")
        else:
            self.fields.show_form(kept.form, gap_tables.present_text(kept.gap))
        wanted = QSize(spacing.letters(self, 118), spacing.lines(self, 46))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self.fields.places["title"].setFocus()
        runner.run(_offers, self.fields.offer)

    def content(self) -> QWidget:
        """Return the fields, scrolled up and down."""
        self.fields = GapFields()
        self._area: QScrollArea = spacing.scrolling(self.fields)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._area

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields from the first to the last."""
        return tuple(self.fields.places.values())

    def place_of(self, field: str) -> Faulted | None:
        """Return the field that a fault is about."""
        return self.fields.place_of(field)

    def show_faults(self, faults: Iterable[FieldFault]) -> None:
        """Tell every fault at its field, and bring the first into view."""
        found = tuple(faults)
        super().show_faults(found)
        first = next((place for one in found if (place := self.place_of(one.field)) is not None), None)
        if first is not None:
            self._area.ensureWidgetVisible(first)

    def work(self) -> Work:
        """Return what saves the analysis."""
        paper = None if self._kept is None else self._kept.paper
        number, version = (None, None) if paper is None else (paper.paper, paper.version)
        return partial(_save, self.fields.value(), number, version, self.fields.anew.isChecked())


def _offers(workspace: Workspace, _progress: Progress) -> OutcomeChoices:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.choices(workspace)


def _save(
    form: GapForm,
    paper: int | None,
    based_on: int | None,
    anew: bool,
    workspace: Workspace,
    _progress: Progress,
) -> GapOutcome:
    from kvalitetsapp.services import gaps

    return gaps.save(workspace, form, paper=paper, based_on=based_on, anew=anew)
