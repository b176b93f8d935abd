"""Gap analyses: kept as working papers, with the present figure and what it costs frozen when they are made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import gap_form, gap_paper, gap_tables
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.gap_form import GapForm, ReadGap
from kvalitetsapp.domain.gap_paper import CaseCost, GapPaper, GapState, Goal, Present
from kvalitetsapp.domain.indicator import Counted, Direction
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import PaperDraft, PaperKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import (
    frozen_figures,
    indicator_source,
    indicators,
    outcome_figures,
    papers,
    summaries,
)
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

_COSTS: Final = frozenset({Counted.LINKED})
"""What is counted in these is a case whose cost is known where an event's is."""


@dataclass(frozen=True, slots=True)
class KeptGap:
    """An analysis as it is kept."""

    paper: Paper
    gap: GapPaper

    @property
    def state(self) -> GapState:
        """Return how far it has come."""
        return GapState(self.paper.state)

    @property
    def form(self) -> GapForm:
        """Return it as it is typed."""
        paper = self.paper
        return gap_form.form_of(self.gap, paper.title, paper.owner, paper.follow_up_on, self.state)


@dataclass(frozen=True, slots=True)
class GapOutcome:
    """Which version of which analysis stands now and what to say; or, with nothing written, what is wrong."""

    paper: int = 0
    version: int = 0
    said: str = ""
    faults: tuple[FieldFault, ...] = ()
    changes: Changes = NOTHING_CHANGED


@needs(Right.READ_FIGURES)
def gaps(workspace: Workspace) -> tuple[KeptGap, ...]:
    """Return every analysis that is in use, the one with the nearest follow-up first."""
    found = [_kept(one) for one in papers.of_kind(workspace, PaperKind.GAP)]
    return tuple(sorted(found, key=lambda one: (str(one.paper.follow_up_on or "9999"), one.paper.paper)))


@needs(Right.READ_FIGURES)
def one(workspace: Workspace, paper: int, version: int | None = None) -> KeptGap:
    """Return an analysis, its latest version unless told.

    Raises:
        InputError: there is no such analysis, or no such version of it.
    """
    found = papers.one(workspace, paper, version)
    if found.kind is not PaperKind.GAP:
        raise InputError(_("Arbetspapper {paper} är ingen gapanalys.").format(paper=paper))
    return _kept(found)


@needs(Right.READ_FIGURES)
def table(workspace: Workspace) -> Table:
    """Return `gap list`."""
    return gap_tables.listed((one.paper, one.gap) for one in gaps(workspace))


@needs(Right.READ_FIGURES)
def told(workspace: Workspace, paper: int) -> Table:
    """Return `gap show`: an analysis laid out part by part.

    Raises:
        InputError: there is no such analysis.
    """
    found = one(workspace, paper)
    return gap_tables.laid_out(found.paper, found.gap)


@needs(Right.READ_FIGURES)
def present(workspace: Workspace, goal: Goal, words: str = "") -> Present:
    """Return how it is today: the figure, a year's operations, and what a case has cost where that is known.

    Raises:
        InputError: there is no such indicator.
    """
    if not goal.indicator:
        return Present(words)
    indicator = indicators.one(workspace, goal.indicator)
    scope = OutcomeScope(goal.joint, "", goal.provider_id)
    figure = frozen_figures.freeze(workspace, goal.indicator, scope)
    return Present(
        words,
        figure,
        _operations(workspace, indicator, scope),
        _case_cost(workspace, indicator, goal) if indicator.count.kind in _COSTS else None,
    )


@needs(Right.WRITE_PAPERS)
def save(
    workspace: Workspace,
    form: GapForm,
    *,
    paper: int | None = None,
    based_on: int | None = None,
    anew: bool = False,
) -> GapOutcome:
    """Keep an analysis; with faults nothing is written.

    The present figure is frozen when the goal's indicator or scope is chosen, and again when it is asked for `anew`.
    What came of a decision is kept with the figure of that day.

    Raises:
        InputError: there is no such analysis or indicator, or a text cannot be kept.
        RefusedError: another version has been saved since, or it has been withdrawn.
    """
    about = indicators.one(workspace, form.indicator) if form.indicator else None
    read = gap_form.read(
        form,
        is_share=about is not None and about.is_share,
        at_most=about is None or about.direction is not Direction.HIGH,
    )
    if not isinstance(read, ReadGap):
        return GapOutcome(faults=read)
    before = None if paper is None else one(workspace, paper)
    gap = _with_figures(workspace, read, before, anew=anew)
    faults = (*_step_faults(gap, form.state, before), *gap_paper.missing(gap, form.state))
    if faults:
        return GapOutcome(faults=faults)
    until = None if form.state is GapState.FOLLOWED_UP else read.follow_up_on  # it falls due no more
    draft = PaperDraft(PaperKind.GAP, form.title.strip(), form.owner.strip(), until, form.state.value, gap.contents())
    done = papers.save(workspace, draft, paper=paper, based_on=based_on)
    return GapOutcome(done.paper, done.version, done.said, changes=done.changes)


def _kept(paper: Paper) -> KeptGap:
    return KeptGap(paper, GapPaper.from_contents(paper.contents))


def _with_figures(workspace: Workspace, read: ReadGap, before: KeptGap | None, *, anew: bool) -> GapPaper:
    """Return what was read with its frozen figures: those of the version before where they are about the same."""
    gap, was = read.paper, None if before is None else before.gap
    same = was is not None and _about(was.goal) == _about(gap.goal)
    if was is not None and same and not anew:
        known = replace(was.present, words=read.present_words)
    else:
        known = present(workspace, gap.goal, read.present_words)
    after = gap.followed_up
    if after is not None:
        kept = None if was is None else was.followed_up
        figure = kept.figure if kept is not None and kept.on == after.on else _figure_now(workspace, gap.goal)
        after = replace(after, figure=figure)
    return replace(gap, present=known, followed_up=after)


def _figure_now(workspace: Workspace, goal: Goal) -> FrozenFigure | None:
    return present(workspace, goal).figure


def _about(goal: Goal) -> tuple[str, str, str]:
    return goal.indicator, goal.joint, goal.provider_id


def _step_faults(gap: GapPaper, state: GapState, before: KeptGap | None) -> tuple[FieldFault, ...]:
    """Return why an analysis cannot come to a state, or be changed, after what stands of it."""
    was = GapState.DRAFT if before is None else before.state
    if state not in gap_paper.MAY_FOLLOW[was] and not (before is None and state is GapState.READY):
        return (FieldFault("state", gap_tables.step_refused(was, state)),)
    if before is None or was not in (GapState.DECIDED, GapState.FOLLOWED_UP):
        return ()
    if gap.for_decision != before.gap.for_decision or gap.decision != before.gap.decision:
        told = _("Det som är beslutat ändras inte. Gör en ny gapanalys, eller fyll bara i uppföljningen.")
        return (FieldFault("state", told),)
    return ()


def _operations(workspace: Workspace, indicator: Indicator, scope: OutcomeScope) -> int | None:
    """Return how many operations the indicator is about in a year, None where it is about none of ours."""
    source = indicator_source.source_on(workspace, None)
    if source is None or indicator.count.kind is Counted.PUBLISHED:
        return None
    from kvalitetsapp.analysis.indicators import yearly

    return yearly.operations(source, outcome_figures.members(workspace, indicator, source, scope))


def _case_cost(workspace: Workspace, indicator: Indicator, goal: Goal) -> CaseCost | None:
    """Return what a confirmed case of the scope has cost, of the indicator's only class where it has one."""
    of = {"provider_id": goal.provider_id, "joint": goal.joint or _only_joint(indicator)}
    if len(indicator.count.classes) == 1:
        of["complication_class"] = indicator.count.classes[0]
    by = [name.removesuffix("_id").removeprefix("complication_") for name, value in of.items() if value]
    wanted = {name: value for name, value in of.items() if value}
    for row in summaries.complication_cost(workspace, by=by).records():
        if all(row[name] == value for name, value in wanted.items()) and row["mean"] is not None:
            ends = (None if row[name] is None else int(row[name] or 0) for name in ("mean_low", "mean_high"))
            return CaseCost(int(row["cases"] or 0), int(row["mean"]), *ends)
    return None


def _only_joint(indicator: Indicator) -> str:
    return indicator.cohort.joints[0] if len(indicator.cohort.joints) == 1 else ""
