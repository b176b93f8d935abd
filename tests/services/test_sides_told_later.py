"""An event whose side a correction tells keeps its decision, the history of it, and the questions about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import linking, provider_questions, reviews
from kvalitetsapp.store import provider_questions as stored
from support import reviewing
from support.reviewing import ANNA, BO, EVENT, event, rejected
from support.undo_stores import episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

WITHOUT_SIDE = EVENT.replace("bok;2", "bok;9").replace("2020-03", "2020-09").replace(" ZXA00", "")
WITH_SIDE = WITHOUT_SIDE.replace("NFC49", "NFC49 ZXA00")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with reviewing.make(tmp_path) as opened:
        reviewing.take(opened, tmp_path, "episodes", episodes(WITHOUT_SIDE))
        yield opened


def tell_side(workspace: Workspace, folder: Path) -> None:
    reviewing.take(workspace, folder, "episodes", episodes(WITH_SIDE))
    linking.run_links(workspace)
    assert event(workspace, "bok/9").key.side == "right"


def test_the_history_tells_who_decided_it_before_its_side_was_known(workspace: Workspace, tmp_path: Path) -> None:
    reviewing.decide(workspace, ANNA, "bok/9", reject=True)
    tell_side(workspace, tmp_path)
    found = event(workspace, "bok/9")
    case = reviews.case(workspace, found.key)
    assert case is not None
    assert (found.status, [one.reviewer for one in case.history]) == (LinkStatus.REJECTED, [ANNA])


def test_the_refusal_tells_who_decided_it_before_its_side_was_known(workspace: Workspace, tmp_path: Path) -> None:
    tell_side(workspace, tmp_path)
    shown = event(workspace, "bok/9")
    reviewing.take(workspace, tmp_path, "episodes", episodes(WITHOUT_SIDE.replace("NFC49", "NFC49 ZXA05")))
    reviewing.decide(workspace, BO, "bok/9", reject=True)
    tell_side(workspace, tmp_path)
    with pytest.raises(RefusedError, match="Bo har redan avvisat kopplingen"):
        reviews.decide(workspace, shown, rejected())


def test_a_question_and_the_providers_comment_follow_it(workspace: Workspace, tmp_path: Path) -> None:
    link = event(workspace, "bok/9")
    provider_questions.ask(workspace, link.key, wording="Hur?", channel="brev", deadline=None, ground="uppföljning")
    provider_questions.record_answer(workspace, 1, workspace.today, "Så.", "Vi minns det.")
    tell_side(workspace, tmp_path)
    now = event(workspace, "bok/9")
    assert [one.question_id for one in provider_questions.of_event(workspace, now.key)] == [1]
    (comment,) = stored.comments_of_provider(workspace.store, "P01")
    assert (comment.event_date, comment.complication_class) == ("2020-09-01", now.complication_class)
