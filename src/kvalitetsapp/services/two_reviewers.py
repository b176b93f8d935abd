"""Two reviewers of one event: first answers that neither sees of the other, agreement, and consensus.

A first answer decides nothing. When the second comes the two are compared: without a difference they are stored once
more as what both agreed on, with a verdict; otherwise the case waits for a consensus, which anyone may write down.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import answer as answers
from kvalitetsapp.domain import answer_differences
from kvalitetsapp.domain.answer_differences import Difference, differences
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import answered_rounds, kept_answers, linking, refusals
from kvalitetsapp.services.kept_answers import Given, Kept
from kvalitetsapp.services.review_outcome import ANSWERS_CHANGED, LINKS_CHANGED, ReviewOutcome
from kvalitetsapp.store import audit, review_answers
from kvalitetsapp.texts import _, ngettext

if TYPE_CHECKING:
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.domain.review_round import GivenAnswer, Round
    from kvalitetsapp.services.workspace import Workspace

__all__ = ["Difference", "differences", "keep_first", "settle"]

FIRST_GIVEN: Final = "first_answer_given"
FIRST_WITHDRAWN: Final = "first_answer_withdrawn"
FIRST_RESTORED: Final = "first_answer_restored"


def keep_first(workspace: Workspace, given: Given, progress: Progress) -> ReviewOutcome:
    """Store a reviewer's own answer, and where it is the second one what both agree on; inside a transaction.

    Raises:
        RefusedError: two others have answered, or both have and so their first answers stand.
    """
    round_id, key = given.round_id or 0, given.shown.key
    before = review_answers.of_case(workspace.store, round_id, key)
    _check_may_answer(given, before)
    own = next((one for one in before if one.reviewer == workspace.user), None)
    other = next((one for one in before if one.reviewer != workspace.user), None)
    if own is not None:
        review_answers.withdraw(workspace.store, own.answer_id)
    kept = Kept(kept_answers.keep(workspace, given).answer, replaced=None if own is None else own.answer_id)
    trace(workspace, FIRST_GIVEN, given.shown.ref, round_id, kept.answer)
    found = None if other is None else _differences(workspace, given, other.answer)
    agreed = None if other is None or found else _agree(workspace, given, other)
    content = kept_answers.step_content(kept) | {
        "firsts": [] if other is None else [other.answer_id],
        "agreed": None if agreed is None else agreed.answer,
    }
    if agreed is not None:
        content["replaced_verdict"] = agreed.replaced_verdict
    kept_answers.finish(workspace, given, content)
    if agreed is not None:
        linking.derive(workspace, progress)
    return ReviewOutcome(key, _said(given, found), ANSWERS_CHANGED if agreed is None else LINKS_CHANGED)


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
        firsts = _demand_differing(workspace, round_id, shown)
        refusals.check_unchanged(workspace, shown)
        given = Given(shown, complete, Part.CONSENSUS, workspace.user, round_id, seconds)
        kept = kept_answers.keep_with_verdict(workspace, given)
        content = kept_answers.step_content(kept) | {"firsts": [one.answer_id for one in firsts]}
        kept_answers.finish(workspace, given, content)
        linking.derive(workspace, progress or Progress())
    return ReviewOutcome(shown.key, _("Gemensamt svar sparat: {ref}").format(ref=shown.event_ref), LINKS_CHANGED)


def trace(workspace: Workspace, action: str, target: str, round_id: int, answer: int) -> None:
    """Leave in the audit trail that a first answer was given, taken back or put back, and never what it says."""
    detail = json.dumps({"round": round_id, "answer": answer})
    audit.append(workspace.store, workspace.user, action, target=target, detail=detail)


def _check_may_answer(given: Given, before: tuple[GivenAnswer, ...]) -> None:
    reviewers = {one.reviewer for one in before if one.part is Part.FIRST}
    if any(one.part is not Part.FIRST for one in before):
        raise RefusedError(_("Ärendet {ref} är redan klart i omgången.").format(ref=given.shown.event_ref))
    if len(reviewers) > 1:
        raise RefusedError(
            _("Båda granskarna har svarat på {ref}. Skriv ett gemensamt svar.").format(ref=given.shown.event_ref)
        )


def _differences(workspace: Workspace, given: Given, other: Answer) -> tuple[Difference, ...]:
    return differences(
        other,
        given.answer,
        derived_class=given.shown.complication_class,
        criteria=workspace.infection_criteria,
    )


def _agree(workspace: Workspace, given: Given, other: GivenAnswer) -> Kept:
    both = ", ".join(sorted((other.reviewer, given.reviewer)))
    agreed = answer_differences.agreed(other.answer, given.answer)
    return kept_answers.keep_with_verdict(
        workspace, Given(given.shown, agreed, Part.AGREED, both, given.round_id, seconds=0)
    )


def _said(given: Given, found: tuple[Difference, ...] | None) -> str:
    if found is None:
        return _("Första svar sparat: {ref}").format(ref=given.shown.event_ref)
    if not found:
        return _("Båda svarade lika: {ref}").format(ref=given.shown.event_ref)
    questions = ", ".join(one.question.lower() for one in found)
    return ngettext(
        "Svaren skiljer sig på {n} fråga: {questions}", "Svaren skiljer sig på {n} frågor: {questions}", len(found)
    ).format(n=len(found), questions=questions)


def _check_complete(answer: Answer, shown: Link, round_: Round | None) -> None:
    lacking = answers.missing_in(answer, shown, () if round_ is None else round_.definition.required)
    if not lacking and not answer.comment.strip():
        lacking = _("Skriv i kommentaren varför ni kom fram till det gemensamma svaret.")
    if lacking:
        raise InputError(lacking)


def _demand_differing(workspace: Workspace, round_id: int, shown: Link) -> tuple[GivenAnswer, ...]:
    given = review_answers.of_case(workspace.store, round_id, shown.key)
    done = next((one for one in given if one.part is not Part.FIRST), None)
    if done is not None:
        raise RefusedError(
            _("{who} har redan svarat slutligt på {ref}, {day}. Läs svaret.").format(
                who=done.reviewer, ref=shown.event_ref, day=done.answered_at[:10]
            )
        )
    if len(given) != len({one.reviewer for one in given}) or len(given) != 2:
        raise RefusedError(
            _("Båda granskarna måste ha svarat på {ref} innan ni skriver ett gemensamt svar.").format(
                ref=shown.event_ref
            )
        )
    return given
