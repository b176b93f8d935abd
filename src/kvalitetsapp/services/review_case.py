"""One event as its reviewer meets it: facts, choices, history, the draft, and where it stands in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import event_content, explanation, facts, review_round, timeline
from kvalitetsapp.domain.review import ReviewCase
from kvalitetsapp.domain.review_round import Part, RoundPlace
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.round_progress import state_of
from kvalitetsapp.services import follow_ups, inner_secrecy, provider_questions, readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import patients, review_answers, review_drafts, review_rounds, round_cohorts, verdicts

if TYPE_CHECKING:
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import EventKey, Link, Operation, Patient
    from kvalitetsapp.domain.review_round import GivenAnswer
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.round_cohorts import CasePlace


@needs(Right.READ_PERSONS)
def case(
    workspace: Workspace, key: EventKey, round_id: int | None = None, *, ahead: bool = False
) -> ReviewCase | None:
    """Return an event with all that is needed to decide on it, None where there is no such event any more.

    First answers of two reviewers give no verdict, so the history never tells them; `place` shows those that this
    reviewer may see. That the case is read stands in the trace; with `ahead`, for a case that nobody sees yet, it does
    so first when whoever shows it calls `opened`.

    Raises:
        RefusedError: that it is read cannot be noted in the trace.
    """
    link = patients.link(workspace.store, key)
    if link is None:
        return None
    if not ahead:
        opened(workspace, link)
    tables = workspace.code_tables
    patient = _patient(workspace, link)
    operation = _operation(patient, link.index_ref)
    operated = () if operation is None else facts.of_episode(patient.episode(operation.episode), tables)
    draft = review_drafts.draft(workspace.store, key, workspace.user, round_id)
    found = ReviewCase(
        link,
        explanation.why(link, patient.operations, tables),
        facts.of_episode(patient.episode(key.episode), tables),
        operated,
        explanation.candidates(link, patient.operations, tables),
        timeline.of_patient(patient, selected=key),
        verdicts.history(workspace.store, key),
        draft.answer,
        criteria=workspace.infection_criteria,
        place=None if round_id is None else place(workspace, round_id, key),
        draft_field=draft.question,
        why_not=explanation.why_not(link, patient.operations, tables),
        missing=explanation.missing(link, patient, tables),
        follow_ups=follow_ups.offers_for(workspace, link, patient),
        questions=provider_questions.of_event(workspace, key),
    )
    return inner_secrecy.of_case(workspace, found)


def opened(workspace: Workspace, link: Link) -> None:
    """Note in the trace that the case of an event is read.

    Raises:
        RefusedError: it cannot be noted, so that the case must not be shown.
    """
    readings.note(workspace, readings.CASE_READ, link.ref, [link.personal_id])


def place(workspace: Workspace, round_id: int, key: EventKey) -> RoundPlace | None:
    """Return where an event stands in a round as this reviewer may know it, None where it is not in it."""
    store = workspace.store
    round_ = review_rounds.of_number(store, round_id)
    case_ = round_cohorts.place(store, round_id, key, workspace.user)
    if round_ is None or case_ is None:
        return None
    everything = review_answers.of_event(store, key)
    given = tuple(one for one in reversed(everything) if one.round_id == round_id and not one.withdrawn)
    visible = review_round.visible_to(workspace.user, given)
    return RoundPlace(
        round_id,
        round_.name,
        state_of(case_.standing),
        case_.novelty,
        round_.definition.required,
        round_.is_blinded,
        next((one for one in reversed(visible) if one.reviewer == workspace.user), None),
        visible,
        _earlier(workspace, case_, everything, round_id),
        _changed_between(workspace, visible),
    )


@needs(Right.REVIEW)
def keep_draft(
    workspace: Workspace, key: EventKey, answer: Answer, *, field: str = "", round_id: int | None = None
) -> None:
    """Keep what a reviewer has filled in and the question the reviewer is in; an empty answer is no draft.

    A store that is only read keeps none.
    """
    kept = review_drafts.Draft(answer, field)
    before = review_drafts.draft(workspace.store, key, workspace.user, round_id)
    if workspace.read_only or kept == before or (answer.is_empty and before.answer.is_empty):
        return
    with workspace.store.transaction():
        if answer.is_empty:
            review_drafts.forget(workspace.store, key, workspace.user, round_id)
        else:
            review_drafts.keep(workspace.store, key, workspace.user, round_id, kept)


def _earlier(
    workspace: Workspace, case_: CasePlace, everything: tuple[GivenAnswer, ...], round_id: int
) -> GivenAnswer | None:
    """Return the answer that the round was made with, else the latest that stands outside it and decided the event."""
    if case_.earlier is not None:
        return review_answers.of_number(workspace.store, case_.earlier)
    others = (one for one in everything if one.round_id != round_id and one.verdict is not None and not one.withdrawn)
    return next(others, None)


def _changed_between(workspace: Workspace, visible: tuple[GivenAnswer, ...]) -> str:
    firsts = [review_answers.shown(workspace.store, one.answer_id) for one in visible if one.part is Part.FIRST]
    return event_content.between(firsts[0], firsts[-1]) if firsts else ""


def _patient(workspace: Workspace, link: Link) -> Patient:
    """Return whose event it is; rows that are not linked yet may have given its episode to another person."""
    patient = patients.patient(workspace.store, link.person)
    if any(one.episode == link.key.episode for one in patient.episodes):
        return patient
    person = patients.person_of_episode(workspace.store, link.key.episode)
    return patient if person is None else patients.patient(workspace.store, person)


def _operation(patient: Patient, index_ref: str) -> Operation | None:
    return next((one for one in patient.operations if one.index_ref == index_ref), None)
