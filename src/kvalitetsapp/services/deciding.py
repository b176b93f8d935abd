"""Deciding on an event: one reviewer's answer, stored with its verdict, outside rounds or in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import answer as answers
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import answered_rounds, kept_answers, linking, refusals, two_reviewers
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.kept_answers import Given
from kvalitetsapp.services.review_outcome import LINKS_CHANGED, ReviewOutcome
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.REVIEW)
def decide(
    workspace: Workspace,
    shown: Link,
    answer: Answer,
    progress: Progress | None = None,
    *,
    seconds: int = 0,
    round_id: int | None = None,
) -> ReviewOutcome:
    """Store an answer on an event as it was shown, and link anew, in one transaction.

    In a round that two reviewers answer it decides nothing until both have (`two_reviewers`).

    Raises:
        InputError: the answer lacks something.
        RefusedError: the event is gone or has changed, someone else has decided on it meanwhile, the round is closed
            or does not hold the event, or another round that two reviewers answer does.
    """
    complete = kept_answers.worked_out(workspace, shown, answer)
    with workspace.store.transaction():
        round_ = answered_rounds.demand(workspace, shown.key, shown.event_ref, round_id)
        required = () if round_ is None else round_.definition.required
        if lacking := answers.missing_in(complete, shown, required):
            raise InputError(lacking)
        refusals.check_unchanged(workspace, shown)
        if round_ is not None and round_.is_blinded:
            first = Given(shown, complete, Part.FIRST, workspace.user, round_id, seconds)
            return two_reviewers.keep_first(workspace, first, progress or Progress())
        given = Given(shown, complete, Part.SOLE, workspace.user, round_id, seconds)
        kept = kept_answers.keep_with_verdict(workspace, given)
        kept_answers.finish(workspace, given, kept_answers.step_content(kept))
        linking.after_decision(workspace, shown.person, progress or Progress())
    said = _("Bekräftad: {ref}") if complete.decision is Verdict.CONFIRMED else _("Avvisad: {ref}")
    return ReviewOutcome(shown.key, said.format(ref=shown.event_ref), LINKS_CHANGED)
