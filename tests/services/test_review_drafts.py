"""Unfinished answers: one's own, at the question one was in, in its round, and gone with the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.services import reviews
from kvalitetsapp.services.workspace import open_workspace
from support import queues, reviewing
from support.counties import PASSPHRASE
from support.reviewing import ANNA, BO, event, rejected
from support.undo_stores import episodes

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

DRAFT = Answer(relation="probable", criteria=("sinus_tract",), cultures_taken=5, follow_ups=(1,), comment="åäö")


def draft(workspace: Workspace, user: str = ANNA, round_id: int | None = None) -> tuple[Answer, str]:
    with reviewing.at_work(workspace, user):
        found = reviews.case(workspace, event(workspace).key, round_id)
    assert found is not None
    return found.draft, found.draft_field


def keep_nobodys(workspace: Workspace) -> None:
    """Write down a draft from before reviewers had drafts of their own."""
    key = event(workspace).key
    with workspace.store.transaction():
        workspace.store.write(
            "INSERT INTO review_drafts VALUES (?, ?, ?, '', 0, ?, '', '')",
            (key.episode, key.joint, key.side, '{"decision": "rejected", "comment": "gammalt"}'),
        )


def test_a_draft_comes_back_whole_at_the_question_that_was_left_also_after_a_restart(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        reviews.keep_draft(workspace, event(workspace).key, DRAFT, field="criteria")
    with reviewing.reopened(workspace, ANNA) as workspace:
        assert draft(workspace) == (DRAFT, "criteria")


def test_a_reviewer_never_sees_anothers_draft(workspace: Workspace) -> None:
    key = event(workspace).key
    reviews.keep_draft(workspace, key, DRAFT)
    assert draft(workspace, BO) == (Answer(), "")
    with reviewing.at_work(workspace, BO):
        reviews.keep_draft(workspace, key, rejected())
        assert queues.begun(workspace) == {key}
        reviews.decide(workspace, event(workspace), rejected())
        assert queues.begun(workspace) == set()
    assert draft(workspace) == (DRAFT, "")


def test_a_draft_in_a_round_is_another_than_the_one_outside(workspace: Workspace) -> None:
    key = event(workspace).key
    round_id = reviewing.make_round(workspace, key)
    reviews.keep_draft(workspace, key, DRAFT, field="comment", round_id=round_id)
    assert draft(workspace) == (Answer(), "")
    assert draft(workspace, round_id=round_id) == (DRAFT, "comment")
    assert draft(workspace, BO, round_id) == (Answer(), "")
    reviews.decide(workspace, event(workspace), rejected(), round_id=round_id)
    assert draft(workspace, round_id=round_id) == (Answer(), "")


def test_going_to_another_question_is_kept_though_the_answer_is_the_same(workspace: Workspace) -> None:
    key = event(workspace).key
    reviews.keep_draft(workspace, key, DRAFT, field="criteria")
    reviews.keep_draft(workspace, key, DRAFT, field="organism")
    assert draft(workspace) == (DRAFT, "organism")


def test_a_draft_of_nobody_is_shown_to_all_until_someone_goes_on_with_it(workspace: Workspace) -> None:
    keep_nobodys(workspace)
    key = event(workspace).key
    assert draft(workspace)[0].comment == draft(workspace, BO)[0].comment == "gammalt"
    assert draft(workspace, round_id=reviewing.make_round(workspace, key)) == (Answer(), "")
    assert queues.begun(workspace) == {key}
    reviews.keep_draft(workspace, key, DRAFT)
    assert draft(workspace) == (DRAFT, "")
    assert draft(workspace, BO) == (Answer(), "")


def test_a_draft_of_nobody_is_gone_once_it_was_emptied_or_decided(workspace: Workspace) -> None:
    keep_nobodys(workspace)
    reviews.keep_draft(workspace, event(workspace).key, Answer())
    assert draft(workspace, BO) == (Answer(), "")
    keep_nobodys(workspace)
    reviewing.decide(workspace, ANNA)
    assert draft(workspace, BO) == (Answer(), "")


def test_a_draft_on_an_event_that_goes_and_comes_back_is_still_there(workspace: Workspace, tmp_path: Path) -> None:
    reviews.keep_draft(workspace, event(workspace).key, DRAFT)
    gone = reviewing.EVENT.replace("T84.5;NFC49 ZXA00", "Z09.0;ZXA00")
    reviewing.take(workspace, tmp_path, "episodes", episodes(gone))
    assert queues.begun(workspace) == set()
    reviewing.take(workspace, tmp_path, "episodes", episodes(reviewing.EVENT))
    assert draft(workspace) == (DRAFT, "")


def test_a_store_that_is_only_read_keeps_no_draft(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        key = event(workspace).key
    with open_workspace(workspace.path, PASSPHRASE, write=False) as read:
        reviews.keep_draft(read, key, DRAFT)
        assert queues.begun(read) == set()
