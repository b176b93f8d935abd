"""Two reviewers of one event: first answers that neither sees of the other, agreement, and consensus.

A first answer decides nothing. When the second comes the two are compared: without a difference they are stored once
more as what both agreed on, with a verdict; otherwise the case waits for a consensus, which anyone may write down.
From then on both first answers are fixed: whoever has seen the other's cannot answer for oneself again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import answer as answers
from kvalitetsapp.domain import answer_differences, event_content
from kvalitetsapp.domain.answer_differences import Difference, differences
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import answered_rounds, kept_answers, linking, refusals
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.kept_answers import Given
from kvalitetsapp.services.review_outcome import ANSWERS_CHANGED, LINKS_CHANGED, ReviewOutcome
from kvalitetsapp.store import audit, review_answers
from kvalitetsapp.texts import _, ngettext

if TYPE_CHECKING:
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.domain.review_round import GivenAnswer, Round
    from kvalitetsapp.services.workspace import Workspace

__all__ = ["Difference", "check_not_fixed", "demand_differing", "differences", "keep_first", "meet", "settle", "trace"]

FIRST_GIVEN: Final = "first_answer_given"
FIRST_WITHDRAWN: Final = "first_answer_withdrawn"
FIRST_RESTORED: Final = "first_answer_restored"


def keep_first(workspace: Workspace, given: Given, progress: Progress) -> ReviewOutcome:
    """Store a reviewer's own answer, and where it is the second one what both agree on; inside a transaction.

    Raises:
        RefusedError: two have answered, and so their first answers are fixed.
    """
    round_id, key = given.round_id or 0, given.shown.key
    check_not_fixed(workspace, round_id, key, given.shown.event_ref)
    before = review_answers.of_case(workspace.store, round_id, key)
    replaced = next((one.answer_id for one in before if one.reviewer == workspace.user), None)
    if replaced is not None:
        review_answers.withdraw(workspace.store, replaced)
    kept = replace(kept_answers.keep(workspace, given), replaced=replaced)
    trace(workspace, FIRST_GIVEN, given.shown.ref, round_id, kept.answer, given.shown.personal_id)
    kept_answers.finish(workspace, given, kept_answers.step_content(kept))
    said, changes = meet(workspace, given, progress)
    return ReviewOutcome(key, said, changes)


def meet(workspace: Workspace, given: Given, progress: Progress) -> tuple[str, Changes]:
    """Hold a first answer that is in effect against the other's, and store what both agree on; inside a transaction.

    Two equal answers on an event that changed between them do not agree: they were not given on the same facts.
    """
    store = workspace.store
    others = review_answers.of_case(store, given.round_id or 0, given.shown.key)
    other = next((one for one in others if one.reviewer != given.reviewer), None)
    if other is None:
        return _("Första svar sparat: {ref}").format(ref=given.shown.event_ref), ANSWERS_CHANGED
    found = _differences(workspace, given, other.answer)
    changed = event_content.differences(review_answers.shown(store, other.answer_id), given.shown)
    if found or changed:
        return _differing(given, found, changed), ANSWERS_CHANGED
    _agree(workspace, given, other)
    linking.after_decision(workspace, given.shown.person, progress)
    return _("Båda svarade lika: {ref}").format(ref=given.shown.event_ref), LINKS_CHANGED


@needs(Right.REVIEW)
def settle(
    workspace: Workspace,
    round_id: int,
    shown: Link,
    answer: Answer,
    progress: Progress | None = None,
    *,
    seconds: int = 0,
) -> ReviewOutcome:
    """Store what the two reviewers came to where their first answers differ, with the reason, and link anew.

    Raises:
        InputError: the answer lacks something, such as the reason.
        RefusedError: the case does not wait for a consensus, or `deciding.decide` would refuse it.
    """
    complete = kept_answers.worked_out(workspace, shown, answer)
    with workspace.store.transaction():
        round_ = answered_rounds.demand(workspace, shown.key, shown.event_ref, round_id)
        _check_complete(complete, shown, round_)
        demand_differing(workspace, round_id, shown.key, shown.event_ref)
        refusals.check_unchanged(workspace, shown)
        given = Given(shown, complete, Part.CONSENSUS, workspace.user, round_id, seconds)
        kept = kept_answers.keep_with_verdict(workspace, given)
        kept_answers.finish(workspace, given, kept_answers.step_content(kept))
        linking.after_decision(workspace, shown.person, progress or Progress())
    return ReviewOutcome(shown.key, _("Gemensamt svar sparat: {ref}").format(ref=shown.event_ref), LINKS_CHANGED)


def check_not_fixed(workspace: Workspace, round_id: int, key: EventKey, event_ref: str) -> None:
    """Make sure that first answers on a case can still be given, taken back and given again.

    Raises:
        RefusedError: two have answered.
    """
    given = review_answers.of_case(workspace.store, round_id, key)
    if any(one.part is not Part.FIRST for one in given):
        raise RefusedError(
            _("Båda granskarna har svarat på {ref} och ärendet är klart: de första svaren ligger fast.").format(
                ref=event_ref
            )
        )
    if len({one.reviewer for one in given}) > 1:
        raise RefusedError(
            _("Båda granskarna har svarat på {ref}: de första svaren ligger fast. Skriv ett gemensamt svar.").format(
                ref=event_ref
            )
        )


def demand_differing(workspace: Workspace, round_id: int, key: EventKey, event_ref: str) -> None:
    """Make sure that a case waits for a consensus.

    Raises:
        RefusedError: it is done, or has not been answered by both.
    """
    given = review_answers.of_case(workspace.store, round_id, key)
    done = next((one for one in given if one.part is not Part.FIRST), None)
    if done is not None:
        raise RefusedError(
            _("{who} har redan svarat slutligt på {ref}, {day}. Läs svaret.").format(
                who=done.reviewer, ref=event_ref, day=done.answered_at[:10]
            )
        )
    if len({one.reviewer for one in given}) < 2:
        raise RefusedError(
            _("Båda granskarna måste ha svarat på {ref} innan ni skriver ett gemensamt svar.").format(ref=event_ref)
        )


def trace(workspace: Workspace, action: str, target: str, round_id: int, answer: int, personal_id: str) -> None:
    """Leave in the audit trail that a first answer was given, taken back or put back, and never what it says."""
    detail = json.dumps({"round": round_id, "answer": answer})
    audit.append(workspace.store, workspace.user, action, target=target, detail=detail, patients=[personal_id])


def _differences(workspace: Workspace, given: Given, other: Answer) -> tuple[Difference, ...]:
    return differences(
        other,
        given.answer,
        derived_class=given.shown.complication_class,
        criteria=workspace.infection_criteria,
    )


def _agree(workspace: Workspace, given: Given, other: GivenAnswer) -> None:
    both = ", ".join(sorted((other.reviewer, given.reviewer)))
    agreed = answer_differences.agreed(other.answer, given.answer)
    kept_answers.keep_with_verdict(workspace, Given(given.shown, agreed, Part.AGREED, both, given.round_id, seconds=0))


def _differing(given: Given, found: tuple[Difference, ...], changed: str) -> str:
    if not found:
        return _("Underlaget ändrades mellan svaren: {ref}, {what}").format(ref=given.shown.event_ref, what=changed)
    questions = ", ".join(one.question.lower() for one in found)
    told = ngettext(
        "Svaren skiljer sig på {n} fråga: {questions}", "Svaren skiljer sig på {n} frågor: {questions}", len(found)
    ).format(n=len(found), questions=questions)
    return f"{told}. {_('Underlaget ändrades mellan svaren: {what}').format(what=changed)}" if changed else told


def _check_complete(answer: Answer, shown: Link, round_: Round | None) -> None:
    lacking = answers.missing_in(answer, shown, () if round_ is None else round_.definition.required)
    if not lacking and not answer.comment.strip():
        lacking = _("Skriv i kommentaren varför ni kom fram till det gemensamma svaret.")
    if lacking:
        raise InputError(lacking)
