"""Storing an answer: what it works out to, what it must hold to, and the verdict that it gives the event."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import event_content, explanation, infection
from kvalitetsapp.domain.answer import class_of
from kvalitetsapp.domain.words import ComplicationClass, Verdict
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import audit, patients, review_answers, review_drafts, undo_steps, verdicts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import Link, Operation, Patient
    from kvalitetsapp.domain.review_round import Part
    from kvalitetsapp.services.workspace import Workspace

STEP: Final = "review_answer"
MOST_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Given:
    """An answer on an event as it was shown, by whom, as what part of which round (None: outside), in what time."""

    shown: Link
    answer: Answer
    part: Part
    reviewer: str
    round_id: int | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored: the answer, its verdict, and the answer and the verdict whose places they took.

    An answer takes the place of one in its own round only; a verdict that of one from any round, for an event has one
    verdict of a reviewer and day.
    """

    answer: int
    verdict: int | None = None
    replaced: int | None = None
    replaced_verdict: int | None = None


def worked_out(workspace: Workspace, shown: Link, answer: Answer) -> Answer:
    """Return an answer with what follows from it: how sure an infection is, and no operation where none is meant."""
    confirmed = answer.decision is Verdict.CONFIRMED
    is_infection = confirmed and class_of(answer, shown) == ComplicationClass.INFECTION
    asked = bool(answer.criteria) or is_infection
    level = infection.level_of(answer.criteria, workspace.infection_criteria).value if asked else ""
    return replace(answer, infection_level=level, index_ref=answer.index_ref if confirmed else "")


def keep(workspace: Workspace, given: Given) -> Kept:
    """Store an answer that decides nothing yet; inside a transaction.

    Raises:
        RefusedError: it names an operation or a contact that the event cannot have.
    """
    return Kept(review_answers.add(workspace.store, _new(workspace, given)))


def keep_with_verdict(workspace: Workspace, given: Given) -> Kept:
    """Store an answer with its verdict, in the place of the reviewer's own of the same day; inside a transaction.

    What the reviewer answered in another round the same day stands there, although it no longer decides the event.

    Raises:
        RefusedError: it names an operation or a contact that the event cannot have.
    """
    store, key = workspace.store, given.shown.key
    new = _new(workspace, given)
    replaced_verdict = verdicts.same_day(store, key, given.reviewer, workspace.today)
    replaced = review_answers.same_day(store, key, given.round_id, given.reviewer, workspace.today)
    if replaced is not None:
        review_answers.withdraw(store, replaced)
    if replaced_verdict is not None:
        verdicts.withdraw(store, replaced_verdict)
    verdict = verdicts.add(store, _verdict(workspace, given, new.operation))
    answer = review_answers.add(store, replace(new, verdict=verdict))
    detail = {"verdict": verdict, "decision": given.answer.decision, "replaced": replaced_verdict, "answer": answer}
    audit.append(
        *(store, workspace.user, verdicts.GIVEN),
        target=given.shown.ref,
        detail=json.dumps(detail),
        patients=[given.shown.personal_id],
    )
    return Kept(answer, verdict, replaced, replaced_verdict)


def finish(workspace: Workspace, given: Given, content: dict[str, Any]) -> None:
    """Let an answer that was stored be undoable, and its draft be gone; inside a transaction."""
    undo_steps.add(workspace.store, workspace.user, STEP, given.shown.ref, content)
    review_drafts.forget(workspace.store, given.shown.key, workspace.user, given.round_id)


def step_content(kept: Kept) -> dict[str, Any]:
    """Return what an undo needs of an answer that was stored."""
    return {"answer": kept.answer, "replaced": kept.replaced, "replaced_verdict": kept.replaced_verdict}


def chosen(workspace: Workspace, shown: Link, patient: Patient, index_ref: str) -> Operation:
    """Return the operation that an answer names.

    Raises:
        RefusedError: the event cannot be its complication.
    """
    for one in explanation.candidates(shown, patient.operations, workspace.code_tables):
        if one.operation.index_ref == index_ref and one.possible:
            return one.operation
    raise RefusedError(_("Operationen {ref} går inte att välja för den här händelsen.").format(ref=index_ref))


def check_contacts(patient: Patient, shown: Link, answer: Answer) -> None:
    """Make sure that the follow-up contacts of an answer are other contacts of the event's person.

    Raises:
        RefusedError: one is not.
    """
    known = {one.episode for one in patient.episodes} - {shown.key.episode}
    if not known.issuperset(answer.follow_ups):
        raise RefusedError(
            _("En uppföljande kontakt hör inte till personens andra vårdkontakter. Läs ärendet och välj på nytt.")
        )


def _new(workspace: Workspace, given: Given) -> review_answers.NewAnswer:
    patient = patients.patient(workspace.store, given.shown.person)
    check_contacts(patient, given.shown, given.answer)
    operation = None
    if given.answer.decision is Verdict.CONFIRMED:
        named = chosen(workspace, given.shown, patient, given.answer.index_ref)
        operation = (named.episode, named.joint, named.side)
    return review_answers.NewAnswer(
        given.shown.key,
        given.round_id,
        given.part,
        given.reviewer,
        given.answer,
        operation,
        min(max(given.seconds, 0), MOST_SECONDS),
        event_content.as_text(given.shown),
        None,
    )


def _verdict(workspace: Workspace, given: Given, operation: tuple[int, str, str] | None) -> verdicts.NewVerdict:
    episode, joint, side = operation or (None, None, None)
    return verdicts.NewVerdict(
        given.shown.key,
        str(given.answer.decision),
        given.answer.complication_class or None,
        given.reviewer,
        workspace.today,
        episode,
        joint,
        side,
        given.answer.comment.strip() or None,
    )
