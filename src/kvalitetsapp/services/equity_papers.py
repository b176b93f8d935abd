"""Working papers of equal care: begun with a measurement, taken through the five steps, and followed up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import equity_paper as domain
from kvalitetsapp.domain import equity_words
from kvalitetsapp.domain.equity_paper import EquityState, EquityWork, Measurement
from kvalitetsapp.domain.paper import PaperDraft, PaperKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import editable_tables, equity, frozen_figures, papers
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.equity import Comparison, EquityFigures
    from kvalitetsapp.domain.frozen_figure import ComparedFigure
    from kvalitetsapp.domain.paper import Cover, Paper
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SeenPaper:
    """A paper with its work, its frozen figure beside today's, and the factors that are known by area."""

    paper: Paper
    work: EquityWork
    figure: ComparedFigure
    known_factors: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FiguresSeen:
    """Groups beside each other, with the papers about the same."""

    figures: EquityFigures
    papers: tuple[Paper, ...]

    @property
    def is_processed(self) -> bool:
        """Tell whether the known factors of the difference have been gone through in some paper."""
        return any(domain.from_contents(one.contents).is_processed for one in self.papers)


@needs(Right.READ_FIGURES)
def seen(workspace: Workspace, asked: Comparison) -> FiguresSeen:
    """Return an indicator by groups, with the papers about it.

    Raises:
        InputError: as `equity.figures`.
    """
    return FiguresSeen(equity.figures(workspace, asked), about(workspace, asked))


@needs(Right.READ_FIGURES)
def every(workspace: Workspace) -> tuple[Paper, ...]:
    """Return every paper that is in use."""
    return papers.of_kind(workspace, PaperKind.EQUITY)


@needs(Right.READ_FIGURES)
def listed(workspace: Workspace) -> Table:
    """Return `equity list`."""
    return domain.papers_table(every(workspace))


@needs(Right.READ_FIGURES)
def one(workspace: Workspace, paper: int) -> SeenPaper:
    """Return a paper with what it points at.

    Raises:
        InputError: there is no such paper of equal care.
    """
    found = _of_number(workspace, paper)
    work = domain.from_contents(found.contents)
    return SeenPaper(found, work, frozen_figures.compare(workspace, work.measurement.figure), known_factors(workspace))


@needs(Right.READ_FIGURES)
def known_factors(workspace: Workspace) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the factors that people know to matter, by area of follow-up."""
    found: dict[str, list[str]] = {}
    for row in editable_tables.rows(workspace, "influences"):
        found.setdefault(str(row["area"]), []).append(str(row["factor"]))
    return tuple((area, tuple(factors)) for area, factors in found.items())


@needs(Right.READ_FIGURES)
def about(workspace: Workspace, asked: Comparison) -> tuple[Paper, ...]:
    """Return the papers that are about an indicator by the same groups in the same scope, whatever its day."""
    found = []
    for paper in every(workspace):
        measured = domain.from_contents(paper.contents).measurement
        same_scope = measured.figure.of_scope() == replace(asked.scope, as_of=None)
        if measured.figure.indicator_id == asked.indicator_id and measured.by == asked.by and same_scope:
            found.append(paper)
    return tuple(found)


@needs(Right.WRITE_PAPERS)
def begin(workspace: Workspace, cover: Cover, asked: Comparison) -> PaperOutcome:
    """Begin a paper with step 1: the indicator by groups as it is now, frozen.

    Raises:
        InputError: there is no such indicator, key or reference, nothing is followed, or the cover cannot be kept.
    """
    found = equity.figures(workspace, replace(asked, standardised=True))
    if not found.groups:
        raise InputError(_("Det finns inget att mäta i urvalet, så inget arbetspapper kan påbörjas."))
    measured = Measurement(
        frozen_figures.freeze(workspace, asked.indicator_id, asked.scope),
        found.by,
        found.reference,
        found.groups,
        equity_words.finding_texts(found),
        found.ages,
        found.names,
    )
    work = EquityWork(measured)
    draft = PaperDraft(
        *(PaperKind.EQUITY, cover.title, cover.owner, cover.follow_up_on), work.state.value, work.contents()
    )
    return papers.save(workspace, draft)


@needs(Right.WRITE_PAPERS)
def write(
    workspace: Workspace, paper: int, work: EquityWork, cover: Cover | None = None, *, based_on: int | None = None
) -> PaperOutcome:
    """Keep what is written in the steps, and the cover where it is told; the measurement stays as it was frozen.

    Raises:
        InputError: there is no such paper of equal care, or a text cannot be kept.
        RefusedError: a step is written before those before it are done, or as `papers.save`.
    """
    found = _of_number(workspace, paper)
    before = domain.from_contents(found.contents)
    after = replace(work, measurement=before.measurement, result=before.result)
    if wrong := domain.wrong_with_order(before, after):
        raise RefusedError(wrong)
    if found.state == EquityState.CLOSED:
        raise RefusedError(_("Arbetspappret är avslutat. Ångra avslutet för att ändra i det."))
    return _save(workspace, found, after, cover, based_on)


@needs(Right.WRITE_PAPERS)
def close(workspace: Workspace, paper: int, result: str, *, based_on: int | None = None) -> PaperOutcome:
    """Say what the follow-up gave, when all five steps are done; the paper then falls due no more.

    Raises:
        InputError: there is no such paper of equal care, or nothing is said.
        RefusedError: a step is not done, or as `papers.save`.
    """
    found = _of_number(workspace, paper)
    work = domain.from_contents(found.contents)
    if not result.strip():
        raise InputError(_("Skriv vad uppföljningen gav."))
    if work.next_step is not None:
        raise RefusedError(domain.lacking(work, work.next_step))
    ended = replace(found, follow_up_on=None)
    return _save(workspace, ended, replace(work, result=result.strip()), None, based_on)


def _of_number(workspace: Workspace, paper: int) -> Paper:
    found = papers.one(workspace, paper)
    if found.kind is not PaperKind.EQUITY:
        raise InputError(_("Arbetspapper {paper} handlar inte om jämlik vård.").format(paper=paper))
    return found


def _save(
    workspace: Workspace, found: Paper, work: EquityWork, cover: Cover | None, based_on: int | None
) -> PaperOutcome:
    draft = replace(found.draft, state=work.state.value, contents=work.contents())
    if cover is not None:
        draft = replace(draft, title=cover.title, owner=cover.owner, follow_up_on=cover.follow_up_on)
    return papers.save(workspace, draft, paper=found.paper, based_on=found.version if based_on is None else based_on)
