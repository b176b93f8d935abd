"""Two review rounds beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.round_comparison import PlacedCase, RoundComparison, settled, side_by_side
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import review_rounds
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import review_answers, round_cohorts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_NARRATIVE)
def compare(workspace: Workspace, earlier: int, later: int) -> RoundComparison:
    """Return what two rounds say of the events in either.

    Raises:
        InputError: there is no such round, or both are the same.
    """
    if earlier == later:
        raise InputError(_("Välj två olika omgångar att jämföra."))
    first, second = (review_rounds.of_number(workspace, round_id) for round_id in (earlier, later))
    return side_by_side(first, second, _placed(workspace, earlier), _placed(workspace, later))


def _placed(workspace: Workspace, round_id: int) -> list[PlacedCase]:
    store = workspace.store
    own = settled(review_answers.of_round(store, round_id))
    carried = {one.key: one for one in review_answers.earlier_than_round(store, round_id)}
    found = []
    for one in round_cohorts.classes(store, round_id):
        given, taken_over = own.get(one.key), carried.get(one.key) if one.is_known else None
        answer = given or taken_over
        classed = one.under(None if answer is None else answer.verdict)
        found.append(PlacedCase(one.key, one.event_ref, classed, given, taken_over))
    return found
