"""The search for missed events on a store: it offers, people decide, and what they find enters no rate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.missed_event import LISTED, SHOWN, MissedKey
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import linking, missed_events, summaries
from kvalitetsapp.store import audit
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

HARM, NO_HARM = MissedDecision.HARM, MissedDecision.NO_HARM


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


def offered(workspace: Workspace, *, in_queue: bool = False) -> list[MissedKey]:
    """Keys of what is found: what is to be decided in the search, or what waits in the queue."""
    found = missed_events.search(workspace)
    links = {
        (episode, index_episode, joint, side)
        for episode, index_episode, joint, side in workspace.store.rows(
            "SELECT l.episode, o.episode, o.joint, o.side FROM links l JOIN index_operations o USING (operation)"
        )
    }
    return [key for key in found.keys if ((key.episode, key.index_episode, key.joint, key.side) in links) is in_queue]


def harm(workspace: Workspace, key: MissedKey) -> None:
    missed_events.decide(workspace, key, HARM, complication_class="wound", comment="Sårruptur enligt journalen")


def test_the_county_is_searched_and_every_row_tells_who_when_and_why(workspace: Workspace) -> None:
    found = missed_events.search(workspace)
    rows = found.table.records()
    assert (found.operations, len(rows)) == (1122, 177)
    assert (found.in_queue, found.to_decide) == (len(offered(workspace, in_queue=True)), len(offered(workspace)))
    assert len(found.keys) == len(rows)
    assert found.table.columns == SHOWN
    assert all(row["personal_id"] and row["index_provider"] and row["event_provider"] for row in rows)
    assert any("Infektion" in str(row["codes"]) for row in rows), "codes are told with their titles"


def test_the_list_is_sorted_and_nobody_is_named_in_it(workspace: Workspace) -> None:
    listed = missed_events.listed(workspace)
    keys = [(row[0], row[2]) for row in listed.rows]
    assert listed.columns == LISTED
    assert keys == sorted(keys)
    assert missed_events.listed(workspace, 30, 0).rows != listed.rows
    assert {row["condition"] for row in missed_events.listed(workspace, 0, 0).records()} <= {
        "index_any_or_later_main",
        "later_main",
    }


@pytest.mark.parametrize("days", [(-1, 730), (731, 730), (90, 731)])
def test_days_outside_what_is_searched_are_refused(workspace: Workspace, days: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="mellan 0 och 730"):
        missed_events.search(workspace, *days)


def test_harm_that_was_found_is_kept_with_its_class_and_reason_and_is_not_offered_again(workspace: Workspace) -> None:
    key = offered(workspace)[0]
    harm(workspace, key)
    assert key not in missed_events.search(workspace).keys
    (found,) = missed_events.found(workspace)
    assert (found.key, found.complication_class, found.who) == (key, "wound", "granskare2")
    assert (found.comment, found.is_event) == ("Sårruptur enligt journalen", False)
    assert missed_events.decided(workspace) == {HARM: 1, NO_HARM: 0}
    entry = audit.entries(workspace.store, 1)[0]
    assert (entry.action, json.loads(entry.detail)["decision"]) == (missed_events.DECIDED, "harm")
    assert entry.object == f"{found.event_ref} {found.index_ref}"


def test_r9_harm_that_was_found_changes_no_rate_and_no_claim(workspace: Workspace) -> None:
    def figures() -> list[object]:
        return [summaries.reoperations(workspace), summaries.recovery(workspace, potential=True)]

    before = figures()
    for key in offered(workspace)[:10]:
        harm(workspace, key)
    linking.run_links(workspace)
    assert figures() == before
    assert len(missed_events.found(workspace)) == 10


def test_what_is_no_harm_is_not_offered_again_and_is_not_told_as_found(workspace: Workspace) -> None:
    key = offered(workspace)[0]
    missed_events.decide(workspace, key, NO_HARM, comment="Känd före operationen")
    assert key not in missed_events.search(workspace).keys
    assert missed_events.found(workspace) == ()


def test_a_decision_taken_back_is_offered_again_and_can_be_made_anew(workspace: Workspace) -> None:
    key = offered(workspace)[0]
    harm(workspace, key)
    missed_events.withdraw(workspace, key)
    assert key in missed_events.search(workspace).keys
    assert missed_events.found(workspace) == ()
    harm(workspace, key)
    assert len(missed_events.found(workspace)) == 1
    assert workspace.store.value("SELECT count(*) FROM missed_decisions") == 2


def test_nothing_to_take_back_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="inget beslut"):
        missed_events.withdraw(workspace, offered(workspace)[0])


def test_the_second_to_decide_sees_the_first(workspace: Workspace) -> None:
    key = offered(workspace)[0]
    harm(workspace, key)
    workspace.user = "granskare3"
    with pytest.raises(RefusedError, match="granskare2 beslutade om"):
        harm(workspace, key)


def test_an_event_of_the_operation_is_decided_in_the_queue(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="redan en händelse"):
        harm(workspace, offered(workspace, in_queue=True)[0])


@pytest.mark.parametrize(
    ("complication_class", "comment", "lacking"),
    [
        ("", "Sårruptur", "Välj vilket slags"),
        ("påhittad", "Sårruptur", "Välj vilket slags"),
        ("wound", " ", "Skriv kort varför"),
        ("wound", "x" * 301, "för lång"),
        ("wound", "Gäller 19681209-9874", "inga personnummer"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    workspace: Workspace, complication_class: str, comment: str, lacking: str
) -> None:
    key = offered(workspace)[0]
    with pytest.raises(InputError, match=lacking):
        missed_events.decide(workspace, key, HARM, complication_class=complication_class, comment=comment)
    assert workspace.store.value("SELECT count(*) FROM missed_decisions") == 0


def test_an_operation_or_a_person_that_does_not_fit_is_refused(workspace: Workspace) -> None:
    one, other = offered(workspace)[0], offered(workspace)[-1]
    for key in (
        MissedKey(one.index_episode, one.joint, one.side, other.episode),
        MissedKey(one.index_episode, "shoulder", one.side, one.episode),
        MissedKey(one.index_episode, one.joint, one.side, 10**9),
    ):
        with pytest.raises(RefusedError, match="har ändrats"):
            harm(workspace, key)
