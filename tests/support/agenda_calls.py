"""How the services of the quality agenda and of gap analyses are asked, call by call, on papers made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.agenda import RowWords
from kvalitetsapp.domain.gap_form import GapForm
from kvalitetsapp.domain.gap_paper import Goal
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.services import agenda, gaps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

    Call = Callable[[Workspace, Path], object]

INDICATOR: Final = "reoperation_2y"
FORM: Final = GapForm("Höften", "Rut", goal="två av hundra", indicator=INDICATOR, joint="hip", limit="2 %")
WORDS: Final = {"enps": RowWords("Mätt i våras.", "21")}


def kept_quarter(workspace: Workspace) -> Quarter:
    """Return a quarter that is kept."""
    wanted = Quarter.of(workspace.today)
    if wanted not in {one.quarter.quarter for one in agenda.quarters(workspace)}:
        _save(workspace, wanted)
    return wanted


def _save(workspace: Workspace, wanted: Quarter) -> object:
    """Keep a quarter anew, however it stands."""
    versions = {one.quarter.quarter: one.paper.version for one in agenda.quarters(workspace)}
    return agenda.save_quarter(workspace, wanted, WORDS, based_on=versions.get(wanted))


def gap(workspace: Workspace) -> int:
    """Return an analysis that is kept."""
    return gaps.save(workspace, FORM).paper


CALLS: Final[dict[Any, Call]] = {
    agenda.quarter: lambda at, _to: agenda.quarter(at, kept_quarter(at)),
    agenda.quarter_table: lambda at, _to: agenda.quarter_table(at, kept_quarter(at)).rows,
    agenda.save_quarter: lambda at, _to: _save(at, Quarter.of(at.today)),
    gaps.one: lambda at, _to: gaps.one(at, gap(at)),
    gaps.present: lambda at, _to: gaps.present(at, Goal("två av hundra", INDICATOR, "hip")),
    gaps.save: lambda at, _to: gaps.save(at, FORM),
    gaps.told: lambda at, _to: gaps.told(at, gap(at)).rows,
}
