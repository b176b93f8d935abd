"""Follow-up contacts on a store: the rule is kept, contacts are offered, and those taken in are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.follow_up import TAKEN, FollowUpRule
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import follow_ups, reviews
from kvalitetsapp.store import audit, patients, review_answers
from support import queues, reviewing
from support.county_store import opened
from support.undo_stores import episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.follow_up import FollowUpOffer
    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


def offers(workspace: Workspace, link: Link) -> tuple[FollowUpOffer, ...]:
    return follow_ups.offers_for(workspace, link, patients.patient(workspace.store, link.person))


def with_an_offer(workspace: Workspace) -> tuple[Link, FollowUpOffer]:
    """The first proposed event that a contact is offered to."""
    for link in queues.all_links(workspace):
        if link.status == "proposed" and (found := offers(workspace, link)):
            return link, found[0]
    raise AssertionError("the county has no such event")


def taken_in(workspace: Workspace, link: Link, *episodes: int, decision: Verdict = Verdict.CONFIRMED) -> int:
    """Decide on an event with contacts taken into its case, and return the number of the answer."""
    answer = Answer(decision, link.index_ref, comment="kort skäl", follow_ups=episodes)
    reviews.decide(workspace, link, answer)
    return review_answers.of_event(workspace.store, link.key)[0].answer_id


def test_the_rule_is_ninety_days_by_joint_and_chapter_until_it_is_set(workspace: Workspace) -> None:
    assert follow_ups.rule(workspace) == FollowUpRule(90, same_joint=True, same_chapter=True)
    wanted = FollowUpRule(30, same_joint=True, same_chapter=False)
    outcome = follow_ups.set_rule(workspace, wanted)
    assert outcome.changes == {Changed.FOLLOW_UP_RULE}
    assert follow_ups.rule(workspace) == wanted
    entry = audit.entries(workspace.store, 1)[0]
    assert (entry.action, entry.detail) == (
        follow_ups.RULE_SET,
        '{"days": 30, "same_joint": true, "same_chapter": false}',
    )


def test_a_rule_that_cannot_be_used_is_refused_and_the_old_one_stands(workspace: Workspace) -> None:
    for rule in (FollowUpRule(731), FollowUpRule(same_joint=False, same_chapter=False)):
        with pytest.raises(InputError):
            follow_ups.set_rule(workspace, rule)
    assert follow_ups.rule(workspace) == FollowUpRule()


def test_what_is_offered_follows_the_rule(workspace: Workspace) -> None:
    link, offer = with_an_offer(workspace)
    assert offer.why
    follow_ups.set_rule(workspace, FollowUpRule(days=0))
    assert offer not in offers(workspace, link) or offer.why.endswith("samma dag som utskrivningen")


def test_a_contact_that_was_taken_in_is_listed_with_its_cost_and_reviewer(workspace: Workspace) -> None:
    link, offer = with_an_offer(workspace)
    assert follow_ups.taken(workspace) == ()
    taken_in(workspace, link, offer.episode)
    (one,) = follow_ups.taken(workspace)
    assert (one.key, one.episode, one.cost, one.reviewer) == (link.key, offer.episode, offer.cost, "granskare2")
    listed = follow_ups.listed(workspace)
    assert listed.columns == TAKEN
    assert [row["episode_ref"] for row in listed.records()] == [offer.episode_ref]


def test_a_contact_is_in_a_case_only_while_its_answer_is_in_effect(workspace: Workspace) -> None:
    link, offer = with_an_offer(workspace)
    taken_in(workspace, link, offer.episode)
    reviews.undo_last(workspace)
    assert follow_ups.taken(workspace) == ()


def test_a_contact_that_is_another_persons_now_is_in_no_case(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        visit = workspace.store.value("SELECT episode FROM episodes WHERE episode_id = '4'")
        reviewing.decide(workspace, reviewing.ANNA, follow_ups=(visit,))
        assert [one.episode_ref for one in follow_ups.taken(workspace)] == ["bok/4"]
        moved = reviewing.VISIT.replace("196812099874", "195403159865")
        reviewing.take(workspace, tmp_path, "episodes", episodes(moved))
        assert follow_ups.taken(workspace) == ()
        reviewing.take(workspace, tmp_path, "aliases", "personal_id;same_as\n195403159865;196812099874\n")
        assert [one.episode_ref for one in follow_ups.taken(workspace)] == ["bok/4"]


def test_a_rejected_event_has_no_contacts(workspace: Workspace) -> None:
    link, offer = with_an_offer(workspace)
    taken_in(workspace, link, offer.episode, decision=Verdict.REJECTED)
    assert follow_ups.taken(workspace) == ()


def test_a_contact_of_another_event_is_offered_with_the_name_of_that_event(workspace: Workspace) -> None:
    for link in queues.all_links(workspace):
        others = [one for one in patients.patient(workspace.store, link.person).links if one.key != link.key]
        proposed = [one for one in others if one.status == "proposed"]
        if proposed and (found := offers(workspace, link)):
            taken_in(workspace, proposed[0], found[0].episode)
            assert offers(workspace, link)[0].taken_by == proposed[0].event_ref
            assert all(one.taken_by == "" for one in offers(workspace, proposed[0]))
            return
    raise AssertionError("the county has no such event")
