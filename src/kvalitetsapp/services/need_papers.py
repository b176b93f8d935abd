"""Needs of data: recorded, made into recipes, delivered as figures, reviewed, and kept or clarified."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import need_facts
from kvalitetsapp.domain import need_paper as domain
from kvalitetsapp.domain.facts import facts_table
from kvalitetsapp.domain.need_facts import SeenNeed
from kvalitetsapp.domain.need_paper import Clarified, Need, NeedState, NeedStep, Reviewed, Told
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import PaperDraft, PaperKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import editable_tables, frozen_figures, indicators, papers
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.paper import Cover, Paper
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_FIGURES)
def every(workspace: Workspace) -> tuple[Paper, ...]:
    """Return every need that is in use."""
    return papers.of_kind(workspace, PaperKind.NEED)


@needs(Right.READ_FIGURES)
def listed(workspace: Workspace) -> Table:
    """Return `need list`."""
    return domain.needs_table(every(workspace))


@needs(Right.READ_FIGURES)
def one(workspace: Workspace, paper: int) -> SeenNeed:
    """Return a need with what it points at.

    Raises:
        InputError: there is no such need.
    """
    found = _of_number(workspace, paper)
    need = domain.from_contents(found.contents)
    known = {each.indicator_id: each for each in indicators.all_indicators(workspace)}
    return SeenNeed(
        found,
        need,
        known.get(need.indicator_id),
        dict(sources(workspace)).get(need.told.source_id, need.told.source_id),
        frozen_figures.compare_all(workspace, need.figures),
    )


@needs(Right.READ_FIGURES)
def sources(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return the data sources that a need can point at, by key and name."""
    rows = editable_tables.rows(workspace, "data_sources")
    return tuple((str(row["source_id"]), str(row["name"])) for row in rows)


@needs(Right.READ_FIGURES)
def shown(workspace: Workspace, paper: int) -> Table:
    """Return `need show`.

    Raises:
        InputError: there is no such need.
    """
    return facts_table(need_facts.with_state(one(workspace, paper)))


@needs(Right.READ_FIGURES)
def recipes(workspace: Workspace) -> tuple[Indicator, ...]:
    """Return the indicators that a need, or a meeting, can be about."""
    return indicators.all_indicators(workspace)


@needs(Right.WRITE_PAPERS)
def save(
    workspace: Workspace, cover: Cover, told: Told, *, paper: int | None = None, based_on: int | None = None
) -> PaperOutcome:
    """Record a need, or change what is written of one.

    Raises:
        InputError: the question is missing, the source is none, a text cannot be kept, or there is no such need.
        RefusedError: it has come too far to be changed but by being clarified, or as `papers.save`.
    """
    _demand(domain.wrong_with_told(told))
    if paper is None:
        _demand_source(workspace, told)
        draft = PaperDraft(
            *(PaperKind.NEED, cover.title, cover.owner, cover.follow_up_on),
            *(NeedState.RECORDED.value, Need(told).contents()),
        )
        return papers.save(workspace, draft)
    found = _of_number(workspace, paper)
    need = domain.from_contents(found.contents)
    if wrong := domain.wrong_with_change(need.told, told, NeedState(found.state)):
        raise RefusedError(wrong)
    if told.source_id != need.told.source_id:
        _demand_source(workspace, told)
    headed = replace(found, title=cover.title, owner=cover.owner, follow_up_on=cover.follow_up_on)
    return _save(workspace, headed, replace(need, told=told), NeedState(found.state), based_on)


@needs(Right.WRITE_PAPERS)
def link(workspace: Workspace, paper: int, indicator_id: str, *, based_on: int | None = None) -> PaperOutcome:
    """Let a recipe, own or that comes along, be what answers a need.

    Raises:
        InputError: there is no such need or indicator.
        RefusedError: the data are not told of yet, the need has come further, or as `papers.save`.
    """
    found, need = _about_to(workspace, paper, NeedStep.LINK)
    recipe = indicators.one(workspace, indicator_id)
    done = _save(workspace, found, replace(need, indicator_id=indicator_id), NeedState.RECIPE, based_on)
    if recipe.nature is need.told.nature:
        return done
    said = _("Kopplat. Obs: receptet är {recipe}, behovet {need}.").format(
        recipe=word("nature", recipe.nature).lower(), need=word("nature", need.told.nature).lower()
    )
    return replace(done, said=said)


@needs(Right.WRITE_PAPERS)
def deliver(
    workspace: Workspace, paper: int, scopes: Sequence[OutcomeScope] = (), *, based_on: int | None = None
) -> PaperOutcome:
    """Deliver the figures of a need's recipe as they are now, for all purchased care unless scopes are told.

    Raises:
        InputError: there is no such need, or its recipe is no longer there.
        RefusedError: it has no recipe yet, nobody has held the extract against what was expected, or as `papers.save`.
    """
    found, need = _about_to(workspace, paper, NeedStep.DELIVER)
    asked = tuple(scopes) or (OutcomeScope(),)
    figures = tuple(frozen_figures.freeze(workspace, need.indicator_id, scope) for scope in asked)
    delivered = replace(need, figures=figures, delivered_on=workspace.today)
    return _save(workspace, found, delivered, NeedState.DELIVERED, based_on)


@needs(Right.WRITE_PAPERS)
def review(
    workspace: Workspace, paper: int, comment: str, *, as_expected: bool, based_on: int | None = None
) -> PaperOutcome:
    """Say whether what was delivered became what was expected.

    Raises:
        InputError: there is no such need, or it did not and nobody says in what way.
        RefusedError: nothing is delivered, or as `papers.save`.
    """
    found, need = _about_to(workspace, paper, NeedStep.REVIEW)
    if not as_expected and not comment.strip():
        raise InputError(_("Skriv på vilket sätt det inte blev som väntat."))
    reviewed = Reviewed(as_expected, comment.strip(), workspace.user, workspace.today)
    return _save(workspace, found, replace(need, reviewed=reviewed), NeedState.REVIEWED, based_on)


@needs(Right.WRITE_PAPERS)
def keep(
    workspace: Workspace, paper: int, follow_up_on: date | None = None, *, based_on: int | None = None
) -> PaperOutcome:
    """Let the indicator of a need stay in use; it is looked at again only on a day that is told.

    Raises:
        InputError: there is no such need.
        RefusedError: it is not reviewed, or as `papers.save`.
    """
    found, need = _about_to(workspace, paper, NeedStep.KEEP)
    return _save(workspace, replace(found, follow_up_on=follow_up_on), need, NeedState.STAYS, based_on)


@needs(Right.WRITE_PAPERS)
def clarify(workspace: Workspace, paper: int, text: str, *, based_on: int | None = None) -> PaperOutcome:
    """Clarify a need, which begins anew; its earlier recipe and figures stay in its earlier versions.

    Raises:
        InputError: there is no such need, or nothing is said.
        RefusedError: it has only been recorded, or as `papers.save`.
    """
    found, need = _about_to(workspace, paper, NeedStep.CLARIFY)
    if not text.strip():
        raise InputError(_("Skriv vad som har förtydligats."))
    anew = domain.begun_anew(need, Clarified(text.strip(), workspace.user, workspace.today))
    return _save(workspace, found, anew, NeedState.RECORDED, based_on)


def _of_number(workspace: Workspace, paper: int) -> Paper:
    found = papers.one(workspace, paper)
    if found.kind is not PaperKind.NEED:
        raise InputError(_("Arbetspapper {paper} är inget behov.").format(paper=paper))
    return found


def _about_to(workspace: Workspace, paper: int, step: NeedStep) -> tuple[Paper, Need]:
    found = _of_number(workspace, paper)
    need = domain.from_contents(found.contents)
    if wrong := domain.wrong_with_step(need, NeedState(found.state), step):
        raise RefusedError(wrong)
    return found, need


def _save(workspace: Workspace, found: Paper, need: Need, state: NeedState, based_on: int | None) -> PaperOutcome:
    draft = replace(found.draft, state=state.value, contents=need.contents())
    return papers.save(workspace, draft, paper=found.paper, based_on=found.version if based_on is None else based_on)


def _demand_source(workspace: Workspace, told: Told) -> None:
    if told.source_id and told.source_id not in dict(sources(workspace)):
        raise InputError(_("Källan {source} finns inte i tabellen över datakällor.").format(source=told.source_id))


def _demand(wrong: str) -> None:
    if wrong:
        raise InputError(wrong)
