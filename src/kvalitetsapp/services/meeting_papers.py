"""Follow-up meetings: planned, held with the figures of that day frozen into the minutes, and closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import meeting_facts
from kvalitetsapp.domain import meeting_paper as domain
from kvalitetsapp.domain.facts import facts_table
from kvalitetsapp.domain.meeting_facts import SeenMeeting
from kvalitetsapp.domain.meeting_paper import Activity, Meeting, MeetingState, Planned, Said
from kvalitetsapp.domain.paper import PaperDraft, PaperKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import frozen_figures, indicators, overview, papers
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.paper import Cover, Paper
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_FIGURES)
def every(workspace: Workspace) -> tuple[Paper, ...]:
    """Return every meeting that is in use, the latest first."""
    found = papers.of_kind(workspace, PaperKind.MEETING)
    return tuple(sorted(found, key=lambda one: str(one.contents["planned"]["held_on"]), reverse=True))


@needs(Right.READ_FIGURES)
def listed(workspace: Workspace) -> Table:
    """Return `meeting list`."""
    return domain.meetings_table(every(workspace))


@needs(Right.READ_FIGURES)
def one(workspace: Workspace, paper: int, version: int | None = None) -> SeenMeeting:
    """Return a meeting, its latest version unless told, with its figures beside those of today.

    Raises:
        InputError: there is no such meeting or version.
    """
    found = papers.one(workspace, paper, version)
    if found.kind is not PaperKind.MEETING:
        raise InputError(_("Arbetspapper {paper} är ingen avstämning.").format(paper=paper))
    meeting = domain.from_contents(found.contents)
    names = {each.indicator_id: each.name for each in indicators.all_indicators(workspace)}
    return SeenMeeting(
        found,
        meeting,
        dict(overview.provider_names(workspace)).get(meeting.planned.provider_id, meeting.planned.provider_id),
        tuple(names.get(each, each) for each in meeting.planned.indicators),
        frozen_figures.compare_all(workspace, meeting.figures),
        workspace.today,
    )


@needs(Right.READ_FIGURES)
def shown(workspace: Workspace, paper: int) -> Table:
    """Return `meeting show`.

    Raises:
        InputError: there is no such meeting.
    """
    return facts_table(meeting_facts.sections(one(workspace, paper)))


@needs(Right.WRITE_PAPERS)
def save(
    workspace: Workspace,
    cover: Cover,
    planned: Planned,
    said: Said,
    activities: Sequence[Activity],
    *,
    paper: int | None = None,
    based_on: int | None = None,
) -> PaperOutcome:
    """Keep a new meeting, or what has been changed of one; a closed one still has no day of follow-up.

    Raises:
        InputError: an indicator or the provider that is chosen does not exist, an activity says nothing, a text cannot
            be kept, or there is no such meeting.
        RefusedError: what its frozen figures are about is changed, or as `papers.save`.
    """
    if wrong := domain.wrong_with(planned, activities):
        raise InputError(wrong)
    if paper is None:
        _demand_there(workspace, planned, known=None)
        meeting = Meeting(planned, said, tuple(activities))
        draft = PaperDraft(
            *(PaperKind.MEETING, cover.title, cover.owner, cover.follow_up_on),
            *(MeetingState.PLANNED.value, meeting.contents()),
        )
        return papers.save(workspace, draft)
    found, before = _of_number(workspace, paper)
    if wrong := domain.wrong_with_change(before, planned):
        raise RefusedError(wrong)
    _demand_there(workspace, planned, known=before.planned)
    after = replace(before, planned=planned, said=said, activities=tuple(activities))
    until = None if found.state == MeetingState.CLOSED else cover.follow_up_on  # it falls due no more
    headed = replace(found, title=cover.title, owner=cover.owner, follow_up_on=until)
    return _save(workspace, headed, after, MeetingState(found.state), based_on)


@needs(Right.WRITE_PAPERS)
def hold(workspace: Workspace, paper: int, *, based_on: int | None = None) -> PaperOutcome:
    """Freeze the figures of a meeting as they are now into its minutes.

    Raises:
        InputError: there is no such meeting, or one of its indicators is no longer there.
        RefusedError: it lies ahead, is about no indicators, has its figures already, or as `papers.save`.
    """
    found, meeting = _of_number(workspace, paper)
    if wrong := domain.wrong_with_holding(meeting, workspace.today):
        raise RefusedError(wrong)
    figures = frozen_figures.freeze_all(workspace, meeting.planned.indicators, meeting.planned.scope)
    frozen = replace(meeting, figures=figures, frozen_on=workspace.today)
    return _save(workspace, found, frozen, MeetingState.HELD, based_on)


@needs(Right.WRITE_PAPERS)
def close(workspace: Workspace, paper: int, *, based_on: int | None = None) -> PaperOutcome:
    """Close a meeting that has been held: nothing of it is waited for any more.

    Raises:
        InputError: there is no such meeting.
        RefusedError: it has not been held or is closed already, or as `papers.save`.
    """
    found, meeting = _of_number(workspace, paper)
    if found.state != MeetingState.HELD:
        raise RefusedError(_("Bara en avstämning som har hållits kan avslutas."))
    return _save(workspace, replace(found, follow_up_on=None), meeting, MeetingState.CLOSED, based_on)


def _demand_there(workspace: Workspace, planned: Planned, *, known: Planned | None) -> None:
    """Demand that the provider and the indicators of a meeting exist, but for those that it was about before."""
    provider = "" if known is not None and planned.provider_id == known.provider_id else planned.provider_id
    if provider and provider not in dict(overview.provider_names(workspace)):
        raise InputError(_("Vårdgivaren finns inte."))
    for each in set(planned.indicators) - set(() if known is None else known.indicators):
        indicators.one(workspace, each)


def _of_number(workspace: Workspace, paper: int) -> tuple[Paper, Meeting]:
    found = papers.one(workspace, paper)
    if found.kind is not PaperKind.MEETING:
        raise InputError(_("Arbetspapper {paper} är ingen avstämning.").format(paper=paper))
    return found, domain.from_contents(found.contents)


def _save(
    workspace: Workspace, found: Paper, meeting: Meeting, state: MeetingState, based_on: int | None
) -> PaperOutcome:
    draft = replace(found.draft, state=state.value, contents=meeting.contents())
    return papers.save(workspace, draft, paper=found.paper, based_on=found.version if based_on is None else based_on)
