"""Undoing an answer and giving it again: what it replaced in its round comes into effect, and goes out of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kvalitetsapp.domain import event_content
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import answered_rounds, kept_answers, linking, refusals, two_reviewers
from kvalitetsapp.services.kept_answers import Given
from kvalitetsapp.services.review_outcome import ANSWERS_CHANGED, LINKS_CHANGED
from kvalitetsapp.store import audit, patients, review_answers, verdicts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.domain.review_round import GivenAnswer
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.undo_steps import Step


def name(workspace: Workspace, step: Step) -> str:
    """Return what the answer was: `bekräftad koppling av cosmic/8841207`."""
    given = review_answers.of_number(workspace.store, step.content["answer"])
    if given is None:
        return _("beslut om {ref}").format(ref=step.target)
    ref = _event_ref(step, given)
    if given.part is Part.FIRST:
        return _("första svar om {ref}").format(ref=ref)
    if given.part is Part.CONSENSUS:
        return _("gemensamt svar om {ref}").format(ref=ref)
    confirmed = given.answer.decision is Verdict.CONFIRMED
    text = _("bekräftad koppling av {ref}") if confirmed else _("avvisad koppling av {ref}")
    return text.format(ref=ref)


def undo(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey, Changes]:
    """Take the answer out of effect, with the verdict that it gave, and let what they replaced stand again.

    Raises:
        RefusedError: the event is gone, someone else has answered after it, it is a first answer and both reviewers
            have answered, or its round is closed.
    """
    store = workspace.store
    given, link = _demand(workspace, step)
    if given.round_id is not None:
        answered_rounds.demand_open(workspace, given.round_id)
    _check_not_fixed(workspace, given, link)
    _check_nobody_after(workspace, given, link)
    review_answers.withdraw(store, given.answer_id)
    if given.verdict is not None:
        verdicts.withdraw(store, given.verdict)
    _restore_replaced(workspace, step)
    if given.verdict is None:
        _trace(workspace, two_reviewers.FIRST_WITHDRAWN, step, given, link)
        return link.key, ANSWERS_CHANGED
    detail = json.dumps({"verdict": given.verdict, "restored": step.content["replaced_verdict"]})
    audit.append(
        store, workspace.user, verdicts.WITHDRAWN, target=step.target, detail=detail, patients=[link.personal_id]
    )
    linking.after_decision(workspace, link.person, progress)
    return link.key, LINKS_CHANGED


def redo(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey, Changes]:
    """Put the answer into effect again, in the place of what it replaced; a first answer then meets the other's.

    Raises:
        RefusedError: the event is gone or is not what it was, someone else has answered since, it is a first answer
            and both reviewers have answered, or its round is closed.
    """
    store = workspace.store
    given, link = _demand(workspace, step)
    answered_rounds.demand(workspace, given.key, link.event_ref, given.round_id)
    _check_not_fixed(workspace, given, link)
    _check_nobody_after(workspace, given, link)
    _check_as_shown(workspace, given, link)
    _withdraw_replaced(workspace, step)
    review_answers.restore(store, given.answer_id)
    if given.verdict is None:
        _trace(workspace, two_reviewers.FIRST_RESTORED, step, given, link)
        again = Given(link, given.answer, given.part, given.reviewer, given.round_id, given.seconds)
        _said, changes = two_reviewers.meet(workspace, again, progress)
        return link.key, changes
    _restore(workspace, step, given.verdict)
    detail = json.dumps({"verdict": given.verdict, "withdrawn": step.content["replaced_verdict"]})
    audit.append(
        store, workspace.user, verdicts.RESTORED, target=step.target, detail=detail, patients=[link.personal_id]
    )
    linking.after_decision(workspace, link.person, progress)
    return link.key, LINKS_CHANGED


def _event_ref(step: Step, given: GivenAnswer) -> str:
    place = "/".join(part for part in (given.key.joint, given.key.side) if part)
    return step.target.removesuffix(f"/{place}")


def _demand(workspace: Workspace, step: Step) -> tuple[GivenAnswer, Link]:
    """Return the answer with its event as it is now; a correction may have given the event another side since."""
    given = review_answers.of_number(workspace.store, step.content["answer"])
    if given is None:
        raise RefusedError(
            _("Svaret om {ref} finns inte längre: importen som det byggde på är ångrad.").format(ref=step.target)
        )
    link = patients.link(workspace.store, given.key)
    if link is None and given.verdict is not None:
        moved = verdicts.key_of(workspace.store, given.verdict)
        link = None if moved is None else patients.link(workspace.store, moved)
    if link is None:
        raise refusals.gone(workspace, given.key, step.target)
    return given, link


def _check_not_fixed(workspace: Workspace, given: GivenAnswer, link: Link) -> None:
    """Refuse to touch a first answer that the other's has met, and a consensus to come beside another."""
    if given.round_id is None:
        return
    if given.part is Part.FIRST:
        two_reviewers.check_not_fixed(workspace, given.round_id, given.key, link.event_ref)
    elif given.part is Part.CONSENSUS and given.withdrawn:
        two_reviewers.demand_differing(workspace, given.round_id, given.key, link.event_ref)


def _check_nobody_after(workspace: Workspace, given: GivenAnswer, link: Link) -> None:
    after = None if given.verdict is None else verdicts.decided_after(workspace.store, link.key, given.verdict)
    if after is not None and after.reviewer != workspace.user:
        told = refusals.decided_by(after, workspace.user, link.complication_class)
        raise RefusedError(_("{told}. Ditt tidigare svar ändras därför inte.").format(told=told))


def _check_as_shown(workspace: Workspace, given: GivenAnswer, link: Link) -> None:
    refusals.check_linked(workspace)
    shown = review_answers.shown(workspace.store, given.answer_id)
    if event_content.differences(shown, link):
        raise refusals.changed(link, shown)
    patient = patients.patient(workspace.store, link.person)
    kept_answers.check_contacts(patient, link, given.answer)
    if given.answer.decision is Verdict.CONFIRMED and given.answer.index_ref:
        kept_answers.chosen(workspace, link, patient, given.answer.index_ref)


def _trace(workspace: Workspace, action: str, step: Step, given: GivenAnswer, link: Link) -> None:
    two_reviewers.trace(workspace, action, step.target, given.round_id or 0, given.answer_id, link.personal_id)


def _restore(workspace: Workspace, step: Step, verdict: int) -> None:
    if verdicts.is_taken(workspace.store, verdict):
        raise RefusedError(
            _("Ett annat beslut om {ref} av samma granskare och dag har lästs in efteråt. Läs ärendet.").format(
                ref=step.target
            )
        )
    verdicts.restore(workspace.store, verdict)


def _restore_replaced(workspace: Workspace, step: Step) -> None:
    if step.content["replaced"] is not None:
        review_answers.restore(workspace.store, step.content["replaced"])
    if step.content["replaced_verdict"] is not None:
        _restore(workspace, step, step.content["replaced_verdict"])


def _withdraw_replaced(workspace: Workspace, step: Step) -> None:
    if step.content["replaced"] is not None:
        review_answers.withdraw(workspace.store, step.content["replaced"])
    if step.content["replaced_verdict"] is not None:
        verdicts.withdraw(workspace.store, step.content["replaced_verdict"])
