"""Structured answers in the store: kept whole, taken out of effect, never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.store import patients, review_answers
from kvalitetsapp.store.review_answers import NewAnswer
from support import queues
from support.county_store import opened
from support.review_cases import GIVEN

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
    return next(link for link in queues.all_links(workspace) if link.index_ref)


def new_answer(workspace: Workspace, link: Link) -> NewAnswer:
    patient = patients.patient(workspace.store, link.person)
    operation = next(one for one in patient.operations if one.index_ref == link.index_ref)
    named = (operation.episode, operation.joint, operation.side)
    answer = replace(GIVEN, index_ref=link.index_ref, complication_class="infection", follow_ups=(operation.episode,))
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
