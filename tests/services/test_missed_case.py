"""One possible missed event as a person reads it: both episodes, the timeline, and the event that it is already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.missed_event import JUDGED, judged_table
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.services import missed_case, missed_events
from support import queues
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.missed_event import MissedEvents
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


@pytest.fixture
def found(workspace: Workspace) -> MissedEvents:
    return missed_events.search(workspace)


def test_every_row_that_was_found_has_its_case(workspace: Workspace, found: MissedEvents) -> None:
    rows = found.table.records()
    for row, key in zip(rows[:40], found.keys[:40], strict=True):
        case = missed_case.case(workspace, key)
        assert case is not None
        assert (case.event_ref, case.personal_id) == (row["event_ref"], row["personal_id"])
        assert case.episode_facts[0].lines == (row["event_ref"],)
        assert str(row["index_ref"]).startswith(case.operation_facts[0].lines[0])
        assert any(mark.episode == key.episode and mark.selected for mark in case.timeline.marks)
        assert (case.event is not None) == bool(row["status"])


def test_the_event_of_the_operation_comes_before_others(workspace: Workspace, found: MissedEvents) -> None:
    links = {link.key: link for link in queues.all_links(workspace)}
    waiting = [place for place, waits in enumerate(found.waits) if waits]
    for place in waiting[:20]:
        case = missed_case.case(workspace, found.keys[place])
        assert case is not None
        assert case.event is not None
        assert links[case.event].index_ref == found.table.records()[place]["index_ref"]


def test_what_is_gone_has_no_case(workspace: Workspace, found: MissedEvents) -> None:
    key = found.keys[0]
    assert missed_case.case(workspace, replace(key, episode=10**9)) is None
    assert missed_case.case(workspace, replace(key, index_episode=10**9)) is None


def test_a_row_that_is_taken_out_leaves_the_others_as_they_were(found: MissedEvents) -> None:
    left = found.without(found.keys[1])
    assert left.keys == (found.keys[0], *found.keys[2:])
    assert left.table.rows == [found.table.rows[0], *found.table.rows[2:]]
    assert left.in_queue + left.to_decide == len(found.keys) - 1


def test_decisions_of_both_kinds_are_told_the_latest_first(workspace: Workspace, found: MissedEvents) -> None:
    first, second = [key for key, waits in zip(found.keys, found.waits, strict=True) if not waits][:2]
    missed_events.decide(workspace, first, MissedDecision.HARM, complication_class="wound", comment="Sårruptur")
    missed_events.decide(workspace, second, MissedDecision.NO_HARM, comment="Känd")
    judged = missed_events.judged(workspace)
    assert [(one.key, one.decision) for one in judged] == [
        (second, MissedDecision.NO_HARM),
        (first, MissedDecision.HARM),
    ]
    table = judged_table(judged)
    assert table.columns == JUDGED
    assert [row["complication_class"] for row in table.records()] == ["", "wound"]
    missed_events.withdraw(workspace, second)
    assert [one.key for one in missed_events.judged(workspace)] == [first]
