"""Two reviewers: first answers that decide nothing and stay unseen, agreement, differences and consensus."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import reviews, undo_steps
from kvalitetsapp.services.two_reviewers import differences
from kvalitetsapp.store import audit, review_answers
from support import reviewing
from support.reviewing import ANNA, BO, CIA, confirmed, event, rejected
from support.undo_stores import episodes

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.review_round import RoundPlace
    from kvalitetsapp.services.reviews import ReviewOutcome
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def round_id(workspace: Workspace) -> int:
    return reviewing.make_round(workspace, event(workspace).key)


def answer(workspace: Workspace, round_id: int, user: str, given: Answer) -> ReviewOutcome:
    with reviewing.at_work(workspace, user):
        return reviews.decide(workspace, event(workspace), given, seconds=30, round_id=round_id)


def yes(workspace: Workspace, **more: object) -> Answer:
    return confirmed(event(workspace), **more)


def place(workspace: Workspace, round_id: int, user: str) -> RoundPlace:
    with reviewing.at_work(workspace, user):
        found = reviews.case(workspace, event(workspace).key, round_id)
    assert found is not None
    assert found.place is not None
    return found.place


def seen(workspace: Workspace, round_id: int, user: str) -> list[tuple[str, Part]]:
    return [(one.reviewer, one.part) for one in place(workspace, round_id, user).visible]


def undo(workspace: Workspace, user: str) -> None:
    with reviewing.at_work(workspace, user):
        undo_steps.undo(workspace)


def redo(workspace: Workspace, user: str) -> None:
    with reviewing.at_work(workspace, user):
        undo_steps.redo(workspace)


def test_a_first_answer_decides_nothing(workspace: Workspace, round_id: int) -> None:
    before = event(workspace)
    said = answer(workspace, round_id, ANNA, yes(workspace))
    assert said.said == "Första svar sparat: bok/2"
    assert event(workspace) == before
    assert workspace.store.value("SELECT count(*) FROM verdicts") == 0
    assert place(workspace, round_id, ANNA).state is CaseState.WAITING


def test_nothing_tells_the_other_what_was_answered_first(workspace: Workspace, round_id: int) -> None:
    reviews.keep_draft(workspace, event(workspace).key, yes(workspace, comment="hemligt"), round_id=round_id)
    answer(workspace, round_id, ANNA, yes(workspace, comment="hemligt", treatment="dair"))
    with reviewing.at_work(workspace, BO):
        found = reviews.case(workspace, event(workspace).key, round_id)
        assert "hemligt" not in repr(found)
        assert "dair" not in repr(found)
        assert found is not None
        assert (found.history, found.place and found.place.visible) == ((), ())
        assert (undo_steps.history(workspace), undo_steps.undo_name(workspace)) == ((), "")
    told = [one.detail for one in audit.entries(workspace.store) if one.action.startswith("first_answer")]
    assert [set(json.loads(detail)) for detail in told] == [{"round", "answer"}]


def test_who_has_answered_sees_ones_own_answer_and_not_the_others(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    mine = place(workspace, round_id, ANNA)
    assert [one.reviewer for one in mine.visible] == [ANNA]
    assert mine.mine == mine.visible[0]
    assert seen(workspace, round_id, CIA) == []
    for other in (BO, CIA):
        assert place(workspace, round_id, other).state is CaseState.OPEN


def test_a_new_answer_of_ones_own_replaces_the_first_while_the_other_waits(
    workspace: Workspace, round_id: int
) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, ANNA, rejected())
    assert place(workspace, round_id, ANNA).state is CaseState.WAITING
    assert seen(workspace, round_id, ANNA) == [(ANNA, Part.FIRST)]
    undo(workspace, ANNA)
    mine = place(workspace, round_id, ANNA).mine
    assert mine is not None
    assert mine.answer.decision == "confirmed"


def test_two_equal_answers_become_one_with_a_verdict_and_both_names(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, BO, yes(workspace, comment="tydligt"))
    said = answer(workspace, round_id, ANNA, yes(workspace, comment="säkert", complication_class="infection"))
    assert said.said == "Båda svarade lika: bok/2"
    assert event(workspace).status == LinkStatus.CONFIRMED
    assert seen(workspace, round_id, CIA) == [(BO, Part.FIRST), (ANNA, Part.FIRST), ("Anna, Bo", Part.AGREED)]
    both = place(workspace, round_id, CIA).visible[-1]
    assert (both.answer.comment, both.seconds) == ("tydligt / säkert", 0)
    assert both.verdict == event(workspace).verdict
    assert place(workspace, round_id, ANNA).state is CaseState.DONE


def test_two_answers_that_differ_are_listed_and_decide_nothing(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace, avoidability="3"))
    said = answer(workspace, round_id, BO, yes(workspace, avoidability="2", treatment="dair"))
    assert said.said == "Svaren skiljer sig på 2 frågor: undvikbarhet, behandling"
    assert event(workspace).status == LinkStatus.PROPOSED
    both = place(workspace, round_id, CIA)
    assert both.state is CaseState.DIFFERS
    one, other = both.visible
    assert [found.name for found in differences(one.answer, other.answer)] == ["avoidability", "treatment"]


def test_a_consensus_with_its_reason_decides_and_may_come_from_anyone(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, BO, rejected())
    with reviewing.at_work(workspace, CIA):
        with pytest.raises(InputError, match="varför ni kom fram"):
            reviews.settle(workspace, round_id, event(workspace), yes(workspace))
        settled = yes(workspace, comment="enligt odlingssvaret")
        reviews.settle(workspace, round_id, event(workspace), settled, seconds=60)
    assert event(workspace).status == LinkStatus.CONFIRMED
    assert seen(workspace, round_id, ANNA)[-1] == (CIA, Part.CONSENSUS)
    assert place(workspace, round_id, ANNA).state is CaseState.DONE
    with pytest.raises(RefusedError, match="Cia har redan svarat slutligt på bok/2"):
        reviews.settle(workspace, round_id, event(workspace), settled)
    undo(workspace, CIA)
    assert event(workspace).status == LinkStatus.PROPOSED
    assert place(workspace, round_id, ANNA).state is CaseState.DIFFERS
    redo(workspace, CIA)
    assert place(workspace, round_id, ANNA).state is CaseState.DONE


def test_a_consensus_waits_for_both_first_answers(workspace: Workspace, round_id: int) -> None:
    settled = yes(workspace, comment="skäl")
    for before in ([], [ANNA]):
        for user in before:
            answer(workspace, round_id, user, yes(workspace))
        with pytest.raises(RefusedError, match="Båda granskarna måste ha svarat"):
            reviews.settle(workspace, round_id, event(workspace), settled)


def test_first_answers_are_fixed_once_both_have_answered(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, BO, rejected())
    fixed = "Båda granskarna har svarat på bok/2: de första svaren ligger fast. Skriv ett gemensamt svar."
    for user in (ANNA, BO, CIA):
        with pytest.raises(RefusedError, match=fixed):
            answer(workspace, round_id, user, yes(workspace))
    for user in (ANNA, BO):
        with pytest.raises(RefusedError, match=fixed):
            undo(workspace, user)
    assert seen(workspace, round_id, CIA) == [(ANNA, Part.FIRST), (BO, Part.FIRST)]


def test_first_answers_are_fixed_also_where_both_agreed_or_settled(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, BO, yes(workspace))
    done = "Båda granskarna har svarat på bok/2 och ärendet är klart"
    with pytest.raises(RefusedError, match=done):
        answer(workspace, round_id, CIA, yes(workspace))
    for user in (ANNA, BO):
        with pytest.raises(RefusedError, match=done):
            undo(workspace, user)
    assert event(workspace).status == LinkStatus.CONFIRMED
    other_round = reviewing.make_round(workspace, event(workspace, "bok/3").key, name="Annan")
    later = event(workspace, "bok/3")
    for user, given in ((ANNA, confirmed(later)), (BO, rejected())):
        with reviewing.at_work(workspace, user):
            reviews.decide(workspace, later, given, round_id=other_round)
    reviews.settle(workspace, other_round, later, confirmed(later, comment="skäl"))
    with pytest.raises(RefusedError, match="ligger fast"):
        undo(workspace, BO)


def test_nobody_answers_anew_after_having_seen_the_others_answer(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, ANNA, rejected())
    undo(workspace, ANNA)
    answer(workspace, round_id, BO, rejected())
    for again in (undo, redo):
        with pytest.raises(RefusedError, match="Skriv ett gemensamt svar"):
            again(workspace, ANNA)
    assert seen(workspace, round_id, CIA) == [(ANNA, Part.FIRST), (BO, Part.FIRST)]


@pytest.mark.parametrize("agree", [True, False])
def test_a_first_answer_given_again_meets_the_others_as_if_it_came_last(
    workspace: Workspace, round_id: int, *, agree: bool
) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    undo(workspace, ANNA)
    answer(workspace, round_id, BO, yes(workspace) if agree else rejected())
    redo(workspace, ANNA)
    parts = [part for _who, part in seen(workspace, round_id, CIA)]
    assert parts == [Part.FIRST, Part.FIRST, *([Part.AGREED] if agree else [])]
    assert event(workspace).status == (LinkStatus.CONFIRMED if agree else LinkStatus.PROPOSED)
    with pytest.raises(RefusedError, match="ligger fast"):
        undo(workspace, ANNA)


def test_a_consensus_is_not_given_again_beside_another(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, BO, rejected())
    settled = yes(workspace, comment="skäl")
    reviews.settle(workspace, round_id, event(workspace), settled)
    undo(workspace, ANNA)
    with reviewing.at_work(workspace, CIA):
        reviews.settle(workspace, round_id, event(workspace), settled)
    with pytest.raises(RefusedError, match="Cia har redan svarat slutligt"):
        redo(workspace, ANNA)


def test_equal_answers_on_an_event_that_changed_between_them_do_not_agree(
    workspace: Workspace, round_id: int, tmp_path: Path
) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    assert place(workspace, round_id, ANNA).changed_between == ""
    reviewing.take(workspace, tmp_path, "episodes", episodes(reviewing.EVENT.replace("T84.5", "T84.7")))
    said = answer(workspace, round_id, BO, yes(workspace)).said
    what = "utlösande koder NFC49 T847, förut NFC49 T845"
    assert said == f"Underlaget ändrades mellan svaren: bok/2, {what}"
    assert event(workspace).status == LinkStatus.PROPOSED
    waits = place(workspace, round_id, CIA)
    assert (waits.state, waits.changed_between) == (CaseState.DIFFERS, what)
    reviews.settle(workspace, round_id, event(workspace), yes(workspace, comment="samma infektion"))
    assert event(workspace).status == LinkStatus.CONFIRMED


def test_the_second_answer_is_held_against_the_event_as_it_was_shown(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    stale = replace(event(workspace), status="ambiguous")
    with reviewing.at_work(workspace, BO), pytest.raises(RefusedError, match="har ändrats"):
        reviews.decide(workspace, stale, yes(workspace), round_id=round_id)
    assert seen(workspace, round_id, ANNA) == [(ANNA, Part.FIRST)]


def test_nobody_decides_past_the_two_while_their_round_is_open(workspace: Workspace, round_id: int) -> None:
    other_round = reviewing.make_round(workspace, event(workspace).key, name="Annan", reviewers=1)
    for elsewhere in (None, other_round):
        with pytest.raises(RefusedError, match="bok/2 granskas av två i omgången Våren"):
            reviews.decide(workspace, event(workspace), yes(workspace), round_id=elsewhere)
    reviewing.decide(workspace, ANNA, "bok/3")
    reviewing.close_round(workspace, round_id)
    reviewing.decide(workspace, ANNA)
    assert event(workspace).status == LinkStatus.CONFIRMED


def test_a_decision_from_before_the_round_is_not_done_again_past_the_two(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    undo(workspace, ANNA)
    reviewing.make_round(workspace, event(workspace).key)
    with pytest.raises(RefusedError, match="granskas av två"):
        redo(workspace, ANNA)


def test_the_steps_of_two_reviewers_have_names(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    answer(workspace, round_id, BO, rejected())
    reviews.settle(workspace, round_id, event(workspace), yes(workspace, comment="skäl"))
    assert [one.name for one in undo_steps.history(workspace)] == ["Gemensamt svar om bok/2", "Första svar om bok/2"]


def test_an_answer_that_was_taken_back_stays_to_be_read(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, yes(workspace))
    undo(workspace, ANNA)
    (kept,) = review_answers.of_event(workspace.store, event(workspace).key)
    assert (kept.withdrawn, kept.verdict) == (True, None)
    assert place(workspace, round_id, ANNA).state is CaseState.OPEN
