"""An answer belongs to its round: the same reviewer answers the same event anew elsewhere, and both answers stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import reviews, round_overview, undo_steps
from kvalitetsapp.store import dialect, review_answers, verdicts
from support import reviewing, trials
from support.reviewing import ANNA, BO, confirmed, event, rejected

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

Standing: TypeAlias = dict[int | None, str]


def decide(workspace: Workspace, round_id: int | None, *, reject: bool = False) -> None:
    link = event(workspace)
    reviews.decide(workspace, link, rejected() if reject else confirmed(link), round_id=round_id)


def stands(workspace: Workspace) -> Standing:
    """Return the decision in effect of every round that has one; outside rounds is None."""
    found = [one for one in review_answers.of_event(workspace.store, event(workspace).key) if not one.withdrawn]
    assert len(found) == len({one.round_id for one in found})
    return {one.round_id: str(one.answer.decision) for one in found}


def resting(workspace: Workspace) -> list[int | None]:
    """Return the rounds of the answers that links rest on."""
    return [one.round_id for one in review_answers.standing(workspace.store)]


def test_the_answer_of_a_closed_round_stands_whatever_is_answered_afterwards(workspace: Workspace) -> None:
    round_id = reviewing.make_round(workspace, event(workspace).key, reviewers=1)
    decide(workspace, round_id)
    reviewing.close_round(workspace, round_id)
    before = round_overview.cases(workspace, round_id)
    for rejects in (True, False, True):
        decide(workspace, None, reject=rejects)
    assert stands(workspace) == {round_id: "confirmed", None: "rejected"}
    assert round_overview.cases(workspace, round_id)[0].decision == before[0].decision == "confirmed"
    assert round_overview.cases(workspace, round_id)[0].state is CaseState.DONE
    assert (event(workspace).status, resting(workspace)) == (LinkStatus.REJECTED, [None])


def test_undo_and_redo_outside_a_round_leave_its_answer(workspace: Workspace) -> None:
    round_id = reviewing.make_round(workspace, event(workspace).key, reviewers=1)
    decide(workspace, round_id)
    decide(workspace, None, reject=True)
    reviewing.close_round(workspace, round_id)
    undo_steps.undo(workspace)
    assert (stands(workspace), resting(workspace)) == ({round_id: "confirmed"}, [round_id])
    assert event(workspace).status == LinkStatus.CONFIRMED
    undo_steps.redo(workspace)
    assert (stands(workspace), resting(workspace)) == ({round_id: "confirmed", None: "rejected"}, [None])
    undo_steps.undo(workspace)
    with pytest.raises(RefusedError, match="Våren avslutades"):
        undo_steps.undo(workspace)


def test_an_answer_takes_the_place_of_ones_own_in_the_round_past_one_given_elsewhere(workspace: Workspace) -> None:
    round_id = reviewing.make_round(workspace, event(workspace).key, reviewers=1)
    decide(workspace, round_id)
    decide(workspace, None)
    decide(workspace, round_id, reject=True)
    assert (stands(workspace), resting(workspace)) == ({round_id: "rejected", None: "confirmed"}, [round_id])
    undo_steps.undo(workspace)
    assert (stands(workspace), resting(workspace)) == ({round_id: "confirmed", None: "confirmed"}, [None])


def test_what_two_agreed_on_stands_in_its_round_when_they_agree_again_in_another(workspace: Workspace) -> None:
    key = event(workspace).key
    rounds = [reviewing.make_round(workspace, key, name=name) for name in ("Våren", "Hösten")]
    for round_id in rounds:
        for who in (ANNA, BO):
            with reviewing.at_work(workspace, who):
                decide(workspace, round_id)
    given = review_answers.of_event(workspace.store, key)
    assert sorted(one.round_id or 0 for one in given if one.part is Part.AGREED and not one.withdrawn) == rounds
    assert resting(workspace) == rounds[1:]


def test_a_consensus_undone_brings_back_the_decision_that_it_took_the_place_of(workspace: Workspace) -> None:
    decide(workspace, None)
    round_id = reviewing.make_round(workspace, event(workspace).key)
    for who, rejects in ((ANNA, False), (BO, True)):
        with reviewing.at_work(workspace, who):
            decide(workspace, round_id, reject=rejects)
    reviews.settle(workspace, round_id, event(workspace), rejected())
    assert (event(workspace).status, resting(workspace)) == (LinkStatus.REJECTED, [round_id])
    undo_steps.undo(workspace)
    assert (event(workspace).status, resting(workspace)) == (LinkStatus.CONFIRMED, [None])
    undo_steps.redo(workspace)
    assert (event(workspace).status, resting(workspace)) == (LinkStatus.REJECTED, [round_id])


def test_a_carried_over_step_brings_back_answer_and_verdict(workspace: Workspace) -> None:
    from kvalitetsapp.store.migrations import m0006_reviews

    decide(workspace, None)
    decide(workspace, None, reject=True)
    with workspace.store.transaction():
        workspace.store.write("DELETE FROM undo_steps")
        workspace.store.write(m0006_reviews._STEPS_OF_ANSWERS)
    undo_steps.undo(workspace)
    assert stands(workspace) == {None: "confirmed"}
    undo_steps.redo(workspace)
    assert stands(workspace) == {None: "rejected"}


_STEPS = st.lists(
    st.one_of(st.tuples(st.sampled_from([None, 1, 2]), st.booleans()), st.sampled_from(["undo", "redo"])),
    min_size=3,
    max_size=12,
)


@settings(max_examples=trials.few(5, at_length=40), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=_STEPS)
def test_every_round_says_what_was_last_answered_in_it_and_the_event_what_was_answered_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str | tuple[int | None, bool]]
) -> None:
    with reviewing.make(tmp_path_factory.mktemp("omgångar")) as workspace:
        for name in ("Våren", "Hösten"):
            reviewing.make_round(workspace, event(workspace).key, name=name, reviewers=1)
        states: list[tuple[Standing, int | None]] = [({}, None)]
        place = 0
        for step in steps:
            if isinstance(step, tuple):
                round_id, reject = step
                decide(workspace, round_id, reject=reject)
                said = states[place][0] | {round_id: "rejected" if reject else "confirmed"}
                states[place + 1 :] = [(said, round_id)]
                place += 1
            elif 0 <= (goal := place + (1 if step == "redo" else -1)) < len(states):
                (undo_steps.redo if step == "redo" else undo_steps.undo)(workspace)
                place = goal
            said, last = states[place]
            assert stands(workspace) == said
            assert resting(workspace) == ([last] if place else [])
            assert event(workspace).status == (said[last] if place else LinkStatus.PROPOSED)
            given_ = verdicts.history(workspace.store, event(workspace).key)
            assert sum(not one.withdrawn for one in given_) == min(place, 1)
        assert dialect.faults(workspace.store.conn) == []
