"""Undoing an answer and giving it again: the answer that it replaced comes into effect, and goes out of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import event_content
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import answered_rounds, kept_answers, linking, refusals, two_reviewers
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
    """Take the answer out of effect, and what both agreed on with it, and let what it replaced stand again.

    Raises:
        RefusedError: the event is gone, someone else has answered after it, or its round is closed.
    """
    given, link = _demand(workspace, step)
    if given.round_id is not None:
        answered_rounds.demand_open(workspace, given.round_id)
    _check_firsts(workspace, step, given)
    _check_nobody_after(workspace, step, given, link)
    verdict = _verdict_of(workspace, step, given)
    if given.part is Part.FIRST:
        review_answers.withdraw(workspace.store, given.answer_id)
        two_reviewers.trace(
            workspace, two_reviewers.FIRST_WITHDRAWN, step.target, given.round_id or 0, given.answer_id
        )
    if verdict is not None:
        verdicts.withdraw(workspace.store, verdict)
    _restore_replaced(workspace, step)
    if verdict is None:
        return link.key, ANSWERS_CHANGED
    detail = json.dumps({"verdict": verdict, "restored": step.content.get("replaced_verdict")})
    audit.append(workspace.store, workspace.user, verdicts.WITHDRAWN, target=step.target, detail=detail)
    linking.derive(workspace, progress)
    return link.key, LINKS_CHANGED


def redo(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey, Changes]:
    """Put the answer into effect again, in the place of what it replaced.

    Raises:
        RefusedError: the event is gone or is not what it was, someone else has answered since, or its round is closed.
    """
    given, link = _demand(workspace, step)
    answered_rounds.demand(workspace, given.key, link.event_ref, given.round_id)
    _check_firsts(workspace, step, given)
    _check_nobody_after(workspace, step, given, link)
    _check_as_shown(workspace, given, link)
    verdict = _verdict_of(workspace, step, given)
    _withdraw_replaced(workspace, step)
    if given.part is Part.FIRST:
        review_answers.restore(workspace.store, given.answer_id)
        two_reviewers.trace(workspace, two_reviewers.FIRST_RESTORED, step.target, given.round_id or 0, given.answer_id)
    if verdict is None:
        return link.key, ANSWERS_CHANGED
    _restore(workspace, step, verdict)
    detail = json.dumps({"verdict": verdict, "withdrawn": step.content.get("replaced_verdict")})
    audit.append(workspace.store, workspace.user, verdicts.RESTORED, target=step.target, detail=detail)
    linking.derive(workspace, progress)
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


def _check_firsts(workspace: Workspace, step: Step, given: GivenAnswer) -> None:
    """Refuse where the answers beside this one in its round are not those that it was given beside."""
    if "firsts" not in step.content or given.round_id is None:
        return
    own = {given.answer_id, step.content["replaced"], step.content.get("agreed")}
    beside = [
        one for one in review_answers.of_case(workspace.store, given.round_id, given.key) if one.answer_id not in own
    ]
    if [one.answer_id for one in beside] != step.content["firsts"]:
        raise RefusedError(
            _("En annan granskare har svarat på {ref} eller ändrat sitt svar efteråt. Läs ärendet.").format(
                ref=step.target
            )
        )


def _check_nobody_after(workspace: Workspace, step: Step, given: GivenAnswer, link: Link) -> None:
    verdict = _verdict_of(workspace, step, given)
    after = None if verdict is None else verdicts.decided_after(workspace.store, link.key, verdict)
    if after is not None and after.reviewer != workspace.user:
        told = refusals.decided_by(after, workspace.user, link.complication_class)
        raise RefusedError(_("{told}. Ditt tidigare svar ändras därför inte.").format(told=told))


def _check_as_shown(workspace: Workspace, given: GivenAnswer, link: Link) -> None:
    shown = review_answers.shown(workspace.store, given.answer_id)
    if event_content.differences(shown, link):
        raise refusals.changed(link, shown)
    if given.answer.decision is Verdict.CONFIRMED and given.answer.index_ref:
        patient = patients.patient(workspace.store, link.person)
        kept_answers.chosen(workspace, link, patient, given.answer.index_ref)


def _verdict_of(workspace: Workspace, step: Step, given: GivenAnswer) -> int | None:
    """Return the verdict that came with the answer: its own, or that of what both agreed on."""
    if step.content.get("agreed") is None:
        return given.verdict
    agreed = review_answers.of_number(workspace.store, step.content["agreed"])
    return None if agreed is None else agreed.verdict


def _restore(workspace: Workspace, step: Step, verdict: int) -> None:
    if verdicts.is_taken(workspace.store, verdict):
        raise RefusedError(
            _("Ett annat beslut om {ref} av samma granskare och dag har lästs in efteråt. Läs ärendet.").format(
                ref=step.target
            )
        )
    verdicts.restore(workspace.store, verdict)


def _restore_replaced(workspace: Workspace, step: Step) -> None:
    content: dict[str, Any] = step.content
    if content["replaced"] is not None:
        review_answers.restore(workspace.store, content["replaced"])
    if content.get("replaced_verdict") is not None:
        _restore(workspace, step, content["replaced_verdict"])


def _withdraw_replaced(workspace: Workspace, step: Step) -> None:
    content: dict[str, Any] = step.content
    if content["replaced"] is not None:
        review_answers.withdraw(workspace.store, content["replaced"])
    if content.get("replaced_verdict") is not None:
        verdicts.withdraw(workspace.store, content["replaced_verdict"])
