"""The queue of a review round: only its cases, and what is left of them for the one who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.services import review_queue
from support import county_store as stores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.services.workspace import Workspace

ROUND = 1
ANSWER = """
INSERT INTO review_answers (round, episode, joint, side, part, reviewer, answered_at, seconds, decision, relation,
    complication_class, harm_severity, clavien_dindo, avoidability, criteria, infection_level, organism, treatment,
    outcome, pointer, comment, shown)
VALUES (?, ?, ?, ?, ?, ?, '', 0, 'confirmed', '', '', '', '', '', '', '', '', '', '', '', '', '{}')
"""


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    """Give the county with a round of its first five events, the last of which is known from before."""
    with stores.opened(county_copy) as opened:
        keys = opened.store.rows("SELECT episode, joint, side, event_ref FROM links ORDER BY link LIMIT 5")
        with opened.store.transaction():
            opened.store.write("INSERT INTO review_rounds VALUES (1, 'Våren', '{}', NULL, '', '', NULL, NULL)")
            for place, (episode, joint, side, ref) in enumerate(keys):
                values = (episode, joint, side, place, ref, "known" if place == 4 else "new")
                opened.store.write("INSERT INTO round_cases VALUES (1, ?, ?, ?, ?, ?, '{}', ?, NULL)", values)
        yield opened


def cases(workspace: Workspace) -> list[EventKey]:
    view = review_queue.look(workspace, QueueFilter(Preset.ALL, round_id=ROUND, sort="event_ref"), block_size=200)
    return [entry.key for entry in view.entries]


def answered(workspace: Workspace, key: EventKey, part: str, reviewer: str) -> None:
    with workspace.store.transaction():
        workspace.store.write(ANSWER, (ROUND, key.episode, key.joint, key.side, part, reviewer))


def left(workspace: Workspace) -> set[EventKey]:
    view = review_queue.look(workspace, QueueFilter(round_id=ROUND), block_size=200)
    assert view.counts[Preset.TO_REVIEW] + view.counts[Preset.DECIDED] == view.counts[Preset.ALL] == view.total == 5
    return {entry.key for entry in view.entries}


def test_only_the_rounds_cases_are_shown_under_its_name(workspace: Workspace) -> None:
    view = review_queue.look(workspace, QueueFilter(Preset.ALL, round_id=ROUND), block_size=200)
    assert (view.rows, view.total, view.round_name) == (5, 5, "Våren")


def test_known_cases_are_not_open_from_the_start(workspace: Workspace) -> None:
    assert len(left(workspace)) == 4


def test_an_answer_outside_the_round_leaves_the_case_open(workspace: Workspace) -> None:
    before = left(workspace)
    with workspace.store.transaction():
        for key in before:
            workspace.store.write(ANSWER, (None, key.episode, key.joint, key.side, "sole", workspace.user))
    assert left(workspace) == before


def test_a_sole_answer_settles_a_case_for_everyone(workspace: Workspace) -> None:
    before = left(workspace)
    key = min(before, key=str)
    answered(workspace, key, "sole", "någon annan")
    assert left(workspace) == before - {key}


def test_a_first_answer_settles_a_case_for_its_reviewer_until_the_other_has_answered(workspace: Workspace) -> None:
    before = left(workspace)
    mine, theirs = sorted(before, key=str)[:2]
    answered(workspace, mine, "first", workspace.user)
    answered(workspace, theirs, "first", "någon annan")
    assert left(workspace) == before - {mine}
    answered(workspace, mine, "first", "någon annan")
    assert left(workspace) == before
    answered(workspace, mine, "consensus", "någon annan")
    assert left(workspace) == before - {mine}
