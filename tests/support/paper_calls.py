"""How the services of working papers are asked, call by call, on papers that are made for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.equity import Comparison
from kvalitetsapp.domain.equity_paper import Action, Factor, FactorFinding, Factors, Interview, Outcome
from kvalitetsapp.domain.gap_paper import GapPaper, Goal
from kvalitetsapp.domain.meeting_paper import Activity, Planned, Said
from kvalitetsapp.domain.need_paper import Known, Told
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import Cover, PaperDraft, PaperKind
from kvalitetsapp.services import equity_papers, frozen_figures, meeting_papers, minutes, need_papers, papers
from support import pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.services.workspace import Workspace

    Call = Callable[[Workspace, Path], object]

INDICATOR: Final = "reoperation_2y"
BY_SEX: Final = Comparison(INDICATOR, OutcomeScope(), ("sex",))
HEADER: Final = Cover("Höften", "Rut", date(2024, 6, 1))
TOLD: Final = Told(
    "Hur ofta?", registered=Known.YES, source_id="datalager", definition="Ny operation", extract=Known.YES
)
PLANNED: Final = Planned(date(2024, 1, 1), "Rut", "Höften", "", "hip", (INDICATOR,))


def paper(workspace: Workspace) -> int:
    """Return a paper that has been saved."""
    gap = GapPaper(Goal("två av hundra"))
    draft = PaperDraft(PaperKind.GAP, "Höften", "Rut", workspace.today, "draft", gap.contents())
    return papers.save(workspace, draft).paper


def need(workspace: Workspace) -> int:
    """Return a need that has been recorded."""
    return need_papers.save(workspace, HEADER, TOLD).paper


def linked(workspace: Workspace) -> int:
    """Return a need with a recipe."""
    return need_papers.link(workspace, need(workspace), INDICATOR).paper


def delivered(workspace: Workspace) -> int:
    """Return a need whose figures are delivered."""
    return need_papers.deliver(workspace, linked(workspace)).paper


def reviewed(workspace: Workspace) -> int:
    """Return a need that is reviewed."""
    return need_papers.review(workspace, delivered(workspace), "", as_expected=True).paper


def meeting(workspace: Workspace) -> int:
    """Return a meeting that is planned."""
    return meeting_papers.save(workspace, HEADER, PLANNED, Said(), [Activity("Gör")]).paper


def held(workspace: Workspace) -> int:
    """Return a meeting that has been held."""
    return meeting_papers.hold(workspace, meeting(workspace)).paper


def _frozen(workspace: Workspace) -> FrozenFigure:
    return frozen_figures.freeze(workspace, INDICATOR, OutcomeScope())


def _minutes(workspace: Workspace, folder: Path) -> str:
    return pdf.read(minutes.write(workspace, held(workspace), folder / "protokoll.pdf").read_bytes()).text


def measured(workspace: Workspace) -> int:
    """Return a paper of equal care that has been begun."""
    cover = Cover("Kvinnor och män", "Rut", date(2024, 6, 1))
    return equity_papers.begin(workspace, cover, BY_SEX).paper


def _analysed(workspace: Workspace) -> object:
    number = measured(workspace)
    work = equity_papers.one(workspace, number).work
    return equity_papers.write(workspace, number, replace(work, outcome=Outcome("Ingen skillnad syns.")))


def concluded(workspace: Workspace) -> int:
    """Return a paper of equal care whose five steps are done."""
    number, day = measured(workspace), date(2024, 3, 1)
    work = replace(
        equity_papers.one(workspace, number).work,
        outcome=Outcome("En skillnad syns."),
        factors=Factors("Höften", (Factor("Rökning", FactorFinding.NO_DIFFERENCE, "Lika många röker."),)),
        interviews=(Interview("Sektionschef", day, "Vakanser."),),
        actions=(Action("Vakanser", "Rekrytera", "Verksamhetschefen", day),),
    )
    return equity_papers.write(workspace, number, work).paper


CALLS: Final[dict[Callable[..., Any], Call]] = {
    equity_papers.about: lambda at, _to: equity_papers.about(at, BY_SEX) or measured(at),
    equity_papers.begin: lambda at, _to: measured(at),
    equity_papers.close: lambda at, _to: equity_papers.close(at, concluded(at), "Skillnaden är borta."),
    equity_papers.every: lambda at, _to: (measured(at), equity_papers.every(at)),
    equity_papers.listed: lambda at, _to: (measured(at), equity_papers.listed(at)),
    equity_papers.one: lambda at, _to: equity_papers.one(at, measured(at)),
    equity_papers.seen: lambda at, _to: equity_papers.seen(at, BY_SEX),
    equity_papers.write: lambda at, _to: _analysed(at),
    frozen_figures.compare: lambda at, _to: frozen_figures.compare(at, _frozen(at)),
    frozen_figures.compare_all: lambda at, _to: frozen_figures.compare_all(at, [_frozen(at)]),
    frozen_figures.freeze: lambda at, _to: _frozen(at),
    frozen_figures.freeze_all: lambda at, _to: frozen_figures.freeze_all(at, [INDICATOR], OutcomeScope()),
    meeting_papers.close: lambda at, _to: meeting_papers.close(at, held(at)),
    meeting_papers.hold: lambda at, _to: held(at),
    meeting_papers.one: lambda at, _to: meeting_papers.one(at, held(at)),
    meeting_papers.save: lambda at, _to: meeting(at),
    meeting_papers.shown: lambda at, _to: meeting_papers.shown(at, held(at)),
    minutes.write: _minutes,
    need_papers.clarify: lambda at, _to: need_papers.clarify(at, linked(at), "Bara höften"),
    need_papers.deliver: lambda at, _to: delivered(at),
    need_papers.keep: lambda at, _to: need_papers.keep(at, reviewed(at)),
    need_papers.link: lambda at, _to: linked(at),
    need_papers.one: lambda at, _to: need_papers.one(at, delivered(at)),
    need_papers.review: lambda at, _to: reviewed(at),
    need_papers.save: lambda at, _to: need(at),
    need_papers.shown: lambda at, _to: need_papers.shown(at, delivered(at)),
    papers.due: lambda at, _to: papers.due(at, at.today),
    papers.of_kind: lambda at, _to: [papers.of_kind(at, kind) for kind in PaperKind],
    papers.one: lambda at, _to: papers.one(at, paper(at)),
    papers.save: lambda at, _to: paper(at),
    papers.versions: lambda at, _to: papers.versions(at, paper(at)),
    papers.withdraw: lambda at, _to: papers.withdraw(at, paper(at)),
}
"""How a service that has to be told more than the store is asked."""
