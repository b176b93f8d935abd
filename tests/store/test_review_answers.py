"""Structured answers in the store: kept whole, taken out of effect, never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.store import patients, review_answers
from kvalitetsapp.store.review_answers import NewAnswer
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


def linked(workspace: Workspace) -> Link:
    return next(link for link in patients.all_links(workspace.store) if link.index_ref)


def full_answer(link: Link, episodes: tuple[int, ...]) -> Answer:
    return Answer(
        decision=Verdict.CONFIRMED,
        index_ref=link.index_ref,
        complication_class="infection",
        comment="enligt odling",
        relation="certain",
        harm_severity="F",
        clavien_dindo="IIIb",
        avoidability="2",
        criteria=("sinus_tract", "crp_10"),
        infection_level="confirmed",
        organism="s_aureus",
        cultures_taken=5,
        cultures_positive=4,
        treatment="dair",
        outcome="recovered",
        pointer="op-berättelse",
        follow_ups=episodes,
    )


def new_answer(workspace: Workspace, link: Link) -> NewAnswer:
    patient = patients.patient(workspace.store, link.person)
    operation = next(one for one in patient.operations if one.index_ref == link.index_ref)
    named = (operation.episode, operation.joint, operation.side)
    answer = full_answer(link, (operation.episode,))
    return NewAnswer(link.key, None, Part.SOLE, "granskare1", answer, named, 34, "{}", None)


def test_an_answer_comes_back_as_it_was_given(workspace: Workspace) -> None:
    link = linked(workspace)
    new = new_answer(workspace, link)
    with workspace.store.transaction():
        number = review_answers.add(workspace.store, new)
    given = review_answers.of_number(workspace.store, number)
    assert given is not None
    assert (given.answer, given.key, given.seconds, given.withdrawn) == (new.answer, link.key, 34, False)
    assert review_answers.of_event(workspace.store, link.key)[0] == given


def test_a_withdrawn_answer_stays_to_be_read_and_comes_into_effect_again(workspace: Workspace) -> None:
    link = linked(workspace)
    with workspace.store.transaction():
        number = review_answers.add(workspace.store, new_answer(workspace, link))
        review_answers.withdraw(workspace.store, number)
    withdrawn = review_answers.of_event(workspace.store, link.key)[0]
    assert withdrawn.withdrawn
    with workspace.store.transaction():
        review_answers.restore(workspace.store, number)
    assert review_answers.of_number(workspace.store, number) == replace(withdrawn, withdrawn=False)


def test_only_answers_in_effect_that_decided_a_link_stand(workspace: Workspace) -> None:
    with workspace.store.transaction():
        review_answers.add(workspace.store, new_answer(workspace, linked(workspace)))
    assert review_answers.standing(workspace.store) == ()
