"""Deciding: the structured answer is stored with the verdict, in one transaction, in a round or outside."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import reviews
from kvalitetsapp.store import audit, review_answers, undo_steps
from support import queues, reviewing
from support.reviewing import ANNA, BO, confirmed, event, rejected

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_round import GivenAnswer
    from kvalitetsapp.services.workspace import Workspace


def stored(workspace: Workspace, ref: str = "bok/2") -> GivenAnswer:
    return review_answers.of_event(workspace.store, event(workspace, ref).key)[0]


def episode(workspace: Workspace, number: str) -> int:
    return int(workspace.store.value("SELECT episode FROM episodes WHERE episode_id = ?", (number,)))


def test_the_whole_answer_is_stored_with_its_verdict(workspace: Workspace) -> None:
    link = event(workspace)
    answer = confirmed(
        link,
        clavien_dindo="IIIb",
        criteria=("sinus_tract",),
        organism="s_aureus",
        cultures_taken=5,
        cultures_positive=4,
        treatment="dair",
        outcome="recovered",
        pointer="op-berättelse",
        comment="tydligt",
        follow_ups=(episode(workspace, "4"),),
    )
    reviews.decide(workspace, link, answer, seconds=45)
    given = stored(workspace)
    assert given.answer == replace(answer, infection_level="confirmed")
    assert (given.part, given.reviewer, given.seconds, given.round_id) == (Part.SOLE, ANNA, 45, None)
    assert given.verdict == event(workspace).verdict
    shown = json.loads(review_answers.shown(workspace.store, given.answer_id))
    assert (shown["status"], shown["event_date"], shown["complication_class"]) == (
        "proposed",
        "2020-03-01",
        "infection",
    )


@pytest.mark.parametrize(
    ("ref", "more", "level"),
    [
        ("bok/2", {"criteria": ("crp_10", "one_culture")}, "likely"),
        ("bok/2", {"criteria": ("crp_10",)}, "unlikely"),
        ("bok/2", {}, "unlikely"),
        ("bok/2", {"complication_class": "wound"}, ""),
        ("bok/3", {}, ""),
        ("bok/3", {"criteria": ("sinus_tract",)}, "confirmed"),
        ("bok/3", {"complication_class": "infection", "infection_level": "confirmed"}, "unlikely"),
    ],
)
def test_how_sure_an_infection_is_follows_from_the_criteria(
    workspace: Workspace, ref: str, more: dict[str, object], level: str
) -> None:
    link = event(workspace, ref)
    reviews.decide(workspace, link, confirmed(link, **more))
    assert stored(workspace, ref).answer.infection_level == level


@pytest.mark.parametrize(("seconds", "kept"), [(-5, 0), (0, 0), (3600, 3600), (90_000, 3600)])
def test_the_time_used_is_kept_within_an_hour(workspace: Workspace, seconds: int, kept: int) -> None:
    reviews.decide(workspace, event(workspace), rejected(), seconds=seconds)
    assert stored(workspace).seconds == kept


def test_a_rejection_names_no_operation(workspace: Workspace) -> None:
    link = event(workspace)
    reviews.decide(workspace, link, replace(rejected(), index_ref=link.index_ref))
    assert stored(workspace).answer.index_ref == ""


@pytest.mark.parametrize("number", ["6", "2"])
def test_a_follow_up_contact_is_another_contact_of_the_same_person(workspace: Workspace, number: str) -> None:
    link = event(workspace)
    with pytest.raises(RefusedError, match="hör inte till personens"):
        reviews.decide(workspace, link, confirmed(link, follow_ups=(episode(workspace, number),)))
    assert review_answers.of_event(workspace.store, link.key) == ()


def test_a_second_answer_the_same_day_withdraws_the_first_and_its_verdict(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    reviewing.decide(workspace, ANNA, reject=True)
    given = review_answers.of_event(workspace.store, event(workspace).key)
    assert [(one.answer.decision, one.withdrawn) for one in given] == [
        (Verdict.REJECTED, False),
        (Verdict.CONFIRMED, True),
    ]


def test_a_cancelled_decision_leaves_no_answer_no_step_and_the_draft(workspace: Workspace) -> None:
    link, progress = event(workspace), Progress()
    reviews.keep_draft(workspace, link.key, rejected())
    entries = len(audit.entries(workspace.store))
    progress.cancel()
    with pytest.raises(CancelledError):
        reviews.decide(workspace, link, rejected(), progress)
    assert review_answers.of_event(workspace.store, link.key) == ()
    assert undo_steps.of_user(workspace.store, ANNA, 10) == ()
    assert queues.begun(workspace) == {link.key}
    assert len(audit.entries(workspace.store)) == entries


# in a round that one reviewer answers


def test_an_answer_in_a_round_belongs_to_it_and_the_case_is_done(workspace: Workspace) -> None:
    link = event(workspace)
    round_id = reviewing.make_round(workspace, link.key, reviewers=1)
    before = reviews.case(workspace, link.key, round_id)
    assert before is not None
    assert before.place is not None
    assert (before.place.round_name, before.place.state, before.place.mine) == ("Våren", CaseState.OPEN, None)
    reviews.decide(workspace, link, confirmed(link), round_id=round_id)
    after = reviews.case(workspace, link.key, round_id)
    assert after is not None
    assert after.place is not None
    assert after.place.state is CaseState.DONE
    assert after.place.mine == after.place.visible[0] == stored(workspace)
    assert event(workspace).status == LinkStatus.CONFIRMED


def test_a_round_tells_the_answer_that_was_given_outside_it(workspace: Workspace) -> None:
    reviewing.decide(workspace, BO)
    key = event(workspace).key
    found = reviews.case(workspace, key, reviewing.make_round(workspace, key, reviewers=1))
    assert found is not None
    assert found.place is not None
    assert found.place.earlier == stored(workspace)


def test_a_round_asks_for_what_it_requires_and_of_infections_only_what_is_about_them(workspace: Workspace) -> None:
    required = ("harm_severity", "organism", "complication_class", "infection_level")
    first, second = event(workspace), event(workspace, "bok/3")
    round_id = reviewing.make_round(workspace, first.key, second.key, reviewers=1, required=required)
    with pytest.raises(InputError, match=r"^Omgången kräver svar på: Skadans allvar, Bakterie\.$"):
        reviews.decide(workspace, first, Answer(Verdict.CONFIRMED, first.index_ref), round_id=round_id)
    reviews.decide(workspace, second, confirmed(second), round_id=round_id)


def test_an_answer_in_a_round_that_is_closed_or_without_the_event_is_refused(workspace: Workspace) -> None:
    link, other = event(workspace), event(workspace, "bok/3")
    round_id = reviewing.make_round(workspace, link.key, reviewers=1)
    with pytest.raises(RefusedError, match="bok/3 ingår inte i granskningsomgången Våren"):
        reviews.decide(workspace, other, confirmed(other), round_id=round_id)
    with pytest.raises(RefusedError, match="finns inte längre"):
        reviews.decide(workspace, link, confirmed(link), round_id=99)
    reviewing.close_round(workspace, round_id)
    with pytest.raises(RefusedError, match="Våren avslutades 2021-06-01 av Cia"):
        reviews.decide(workspace, link, confirmed(link), round_id=round_id)
    assert event(workspace) == link


def test_an_event_that_is_not_in_the_round_has_no_place_in_it(workspace: Workspace) -> None:
    link = event(workspace)
    found = reviews.case(
        workspace, link.key, reviewing.make_round(workspace, EventKey(link.key.episode, "knee", "left"))
    )
    assert found is not None
    assert found.place is None
