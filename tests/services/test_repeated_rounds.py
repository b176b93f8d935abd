"""A round repeated: earlier answers at hand, only new and changed cases open; and two rounds beside each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.review_round import CaseState, Novelty, Part
from kvalitetsapp.domain.round_comparison import Question
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import review_case, review_rounds, round_comparison, round_overview
from support import county_store as stores
from support import made_rounds, queues, trials
from support.made_rounds import CONFIRMED, EVERYTHING, OPERATED, REJECTED, answer, case, keys, new_round, progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def all_answered(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county with a round over everything, closed with every case answered."""
    path = stores.copy(county_store, tmp_path_factory.mktemp("answered"))
    with stores.opened(path) as workspace:
        round_id = new_round(workspace, "Våren", EVERYTHING)
        made_rounds.answer_all(workspace, round_id, keys(workspace, round_id))
        review_rounds.close(workspace, round_id)
    return path


@pytest.fixture
def workspace(all_answered: Path, tmp_path: Path) -> Iterator[Workspace]:
    with stores.opened(stores.copy(all_answered, tmp_path)) as each:
        yield each


def spring(workspace: Workspace) -> int:
    return review_rounds.named(workspace, "Våren").round_id


@settings(max_examples=trials.few(3, at_length=30))
@given(first=st.dates(date(2018, 1, 1), date(2022, 1, 1)), own_care=st.booleans())
def test_a_round_repeated_on_unchanged_data_has_only_known_cases(
    all_answered: Path, first: date, own_care: bool
) -> None:
    definition = replace(EVERYTHING, event_from=first, own_care=own_care)
    with stores.opened(all_answered) as workspace:
        expected = review_rounds.preview(workspace, definition, previous=spring(workspace))
        round_id = new_round(workspace, "Hösten", definition, previous=spring(workspace))
        found = progress(workspace, round_id)
        told = round_overview.cases(workspace, round_id)
        review_rounds.discard(workspace, round_id)
    assert found.novelties[Novelty.KNOWN] == found.states[CaseState.DONE] == found.cases == expected.events
    assert expected.novelties == {Novelty.KNOWN: expected.events}
    assert {one.said for one in told} == {""}
    assert all(one.earlier and one.earlier_decision for one in told)


def test_a_known_case_is_done_from_the_start_and_never_left(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Hösten", OPERATED, previous=spring(workspace))
    assert queues.to_review(workspace, round_id) == []
    assert review_rounds.close(workspace, round_id).undecided == 0


def test_an_event_that_changed_since_its_answer_is_open_again_and_says_what(workspace: Workspace) -> None:
    key = keys(workspace, spring(workspace))[3]
    made_rounds.move_event(workspace, key)
    round_id = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    found = case(workspace, round_id, key)
    assert (found.novelty, found.state) == (Novelty.CHANGED, CaseState.OPEN)
    assert found.said.startswith("ändrad sedan förra svaret: datum")
    assert found.earlier is not None
    assert queues.to_review(workspace, round_id) == [key]


def test_an_event_that_nobody_answered_is_new(workspace: Workspace) -> None:
    key = keys(workspace, spring(workspace))[0]
    number = case(workspace, new_round(workspace, "Sommaren", EVERYTHING, spring(workspace)), key).earlier
    assert number is not None
    made_rounds.withdraw(workspace, number)
    made_rounds.link_anew(workspace)
    round_id = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    found = case(workspace, round_id, key)
    assert (found.novelty, found.state, found.earlier) == (Novelty.NEW, CaseState.OPEN, None)


def test_a_known_case_opens_when_the_answer_that_settled_it_is_taken_back(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    known = round_overview.cases(workspace, round_id)[0]
    assert known.earlier is not None
    made_rounds.withdraw(workspace, known.earlier)
    found = case(workspace, round_id, known.key)
    assert (found.novelty, found.state) == (Novelty.KNOWN, CaseState.OPEN)
    assert "svaret har tagits tillbaka" in found.said


def test_a_case_stands_alike_in_the_list_and_on_the_screen(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Hösten", made_rounds.blinded(EVERYTHING), previous=spring(workspace))
    withdrawn, *others = (one.key for one in round_overview.cases(workspace, round_id)[:4])
    number = case(workspace, round_id, withdrawn).earlier
    assert number is not None
    made_rounds.withdraw(workspace, number)
    for key, who in zip(others, ((), ("Ada",), ("Ada", "Bo")), strict=True):
        for each in who:
            answer(workspace, round_id, key, part=Part.FIRST, who=each)
    for workspace.user in ("Ada", "Bo", "Cia"):
        for one in round_overview.cases(workspace, round_id)[:4]:
            shown = review_case.case(workspace, one.key, round_id)
            assert shown is not None
            assert shown.place is not None
            assert (shown.place.state, shown.place.novelty) == (one.state, one.novelty)


def test_an_answer_is_known_through_a_round_that_only_took_it_over(workspace: Workspace) -> None:
    second = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    third = new_round(workspace, "Nästa vår", EVERYTHING, previous=second)
    assert progress(workspace, third).novelties[Novelty.KNOWN] == progress(workspace, third).cases


def test_an_answer_outside_rounds_counts_and_the_latest_one_does(workspace: Workspace) -> None:
    key = keys(workspace, spring(workspace))[0]
    number = answer(workspace, None, key, REJECTED, who="Ada")
    made_rounds.link_anew(workspace)
    round_id = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    found = case(workspace, round_id, key)
    assert (found.novelty, found.earlier, found.earlier_decision) == (Novelty.KNOWN, number, "rejected")


def test_answers_of_a_round_that_is_not_repeated_are_not_looked_at(workspace: Workspace) -> None:
    empty = new_round(workspace, "Annat", OPERATED)
    round_id = new_round(workspace, "Hösten", OPERATED, previous=empty)
    assert progress(workspace, round_id).novelties[Novelty.NEW] == progress(workspace, round_id).cases


def test_one_of_two_first_answers_settles_nothing(workspace: Workspace) -> None:
    blinded = new_round(workspace, "Annat", made_rounds.blinded(OPERATED))
    answer(workspace, blinded, keys(workspace, blinded)[0], part=Part.FIRST)
    round_id = new_round(workspace, "Hösten", OPERATED, previous=blinded)
    assert progress(workspace, round_id).novelties[Novelty.NEW] == progress(workspace, round_id).cases


def test_a_round_that_is_not_there_cannot_be_repeated(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="ingen omgång ”99”"):
        new_round(workspace, "Hösten", OPERATED, previous=99)


# comparison


def test_a_case_that_was_taken_over_is_the_same_and_no_new_opinion(workspace: Workspace) -> None:
    later = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    found = round_comparison.compare(workspace, spring(workspace), later)
    assert all(one.both_answered and one.is_carried and not one.changed for one in found.cases)
    assert found.pairs == ()
    assert {(one.same, one.changed) for one in found.agreement} == {(0, 0)}
    assert all(one.earlier == one.later for one in found.counts)


def test_what_a_second_answer_says_differently_is_told_and_counted(workspace: Workspace) -> None:
    later = new_round(workspace, "Hösten", EVERYTHING, previous=spring(workspace))
    confirmed = [one.key for one in round_overview.cases(workspace, later) if one.earlier_decision == "confirmed"]
    answer(workspace, later, confirmed[0], REJECTED, who="Ada")
    answer(workspace, later, confirmed[1], replace(CONFIRMED, avoidability="4"), who="Ada")
    answer(workspace, later, confirmed[2], who="Ada")
    found = round_comparison.compare(workspace, spring(workspace), later)
    changed = {one.key: one.changed for one in found.cases if one.changed}
    assert changed == {confirmed[0]: tuple(Question), confirmed[1]: (Question.AVOIDABILITY,)}
    told = {one.question: (one.same, one.changed) for one in found.agreement}
    assert (told[Question.DECISION], told[Question.AVOIDABILITY]) == ((2, 1), (1, 2))
    assert len(found.pairs) == 3
    rejected = next(one for one in found.counts if (one.question, one.code) == (Question.DECISION, "rejected"))
    assert rejected.later == rejected.earlier + 1


def test_an_event_of_one_round_only_is_told_as_such(workspace: Workspace) -> None:
    later = new_round(workspace, "Hösten", OPERATED)
    found = round_comparison.compare(workspace, spring(workspace), later)
    alone = [one for one in found.cases if one.later is None]
    assert len(alone) == len(keys(workspace, spring(workspace))) - len(keys(workspace, later)) > 0
    assert {one.changed for one in found.cases} == {()}


def test_a_round_is_not_compared_with_itself(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="två olika"):
        round_comparison.compare(workspace, spring(workspace), spring(workspace))
