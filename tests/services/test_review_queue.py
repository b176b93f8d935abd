"""The queue from the store: order, parts and filters in SQL, held against the same said in plain Python."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import review_priority
from kvalitetsapp.domain.review_priority import DEFAULT_POINTS, Reason
from kvalitetsapp.domain.review_queue import COLUMNS, Preset, QueueFilter
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import review_queue
from kvalitetsapp.store import audit, meta
from support import county_store as stores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kvalitetsapp.domain.review_queue import QueueEntry
    from kvalitetsapp.services.workspace import Workspace

WORTH = """
UPDATE links SET at_stake = abs(episode * 791931) % 15000000, claim_by = date(?, (episode % 400 - 100) || ' days')
WHERE index_ref IS NOT NULL AND episode % 3 > 0
"""
ALL = QueueFilter(Preset.ALL)


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    """Give the county with money and deadlines on most of its links."""
    with stores.opened(county_copy) as opened:
        with opened.store.transaction():
            opened.store.write(WORTH, (opened.today.isoformat(),))
        yield opened


def found(workspace: Workspace, asked: QueueFilter) -> list[QueueEntry]:
    view = review_queue.look(workspace, asked, block_size=200)
    assert view.rows == len(view.keys) == view.counts[asked.preset]
    return review_queue.entries(workspace, view.keys)


def kept(workspace: Workspace, holds: Callable[[QueueEntry], bool]) -> list[QueueEntry]:
    return [entry for entry in found(workspace, ALL) if holds(entry)]


def urgency_key(workspace: Workspace, entry: QueueEntry) -> tuple[object, ...]:
    urgency = entry.urgency
    worth = review_priority.points(review_priority.reasons(urgency, workspace.today), DEFAULT_POINTS)
    done = urgency.status in ("confirmed", "rejected") and not urgency.another_look
    coming = urgency.claim_by is not None and urgency.claim_by >= workspace.today
    deadline = urgency.claim_by if coming else date.max
    return done, -worth, deadline, entry.event_date, entry.event_ref, entry.key.joint, entry.key.side


def test_the_most_urgent_comes_first_as_the_domain_counts_it(workspace: Workspace) -> None:
    entries = found(workspace, ALL)
    assert len(entries) == 1085
    assert entries == sorted(entries, key=lambda entry: urgency_key(workspace, entry))
    assert len({urgency_key(workspace, entry)[1] for entry in entries}) > 10


def test_points_that_are_set_change_the_order_and_leave_their_trace(workspace: Workspace) -> None:
    only = {reason.value: 100 if reason is Reason.INFECTION else 0 for reason in Reason}
    outcome = review_queue.set_weights(workspace, only)
    assert outcome.weights == review_queue.weights(workspace) == {Reason(name): worth for name, worth in only.items()}
    infected = [entry.urgency.complication_class == "infection" for entry in found(workspace, QueueFilter())]
    assert infected == sorted(infected, reverse=True)
    assert any(infected)
    last = audit.entries(workspace.store, 1)[0]
    assert (last.action, json.loads(last.detail)) == ("review_priority_set", only)


def test_points_out_of_range_are_refused_and_those_that_stand_stay(workspace: Workspace) -> None:
    with pytest.raises(InputError):
        review_queue.set_weights(workspace, {**{reason.value: 1 for reason in Reason}, "infection": 1000})
    assert review_queue.weights(workspace) == DEFAULT_POINTS


@pytest.mark.parametrize("kept", ["{", "[1]", '{"infection": "mycket"}', ""])
def test_points_that_can_no_longer_be_read_are_the_programs_own(workspace: Workspace, kept: str) -> None:
    with workspace.store.transaction():
        meta.put(workspace.store, "review_priority", kept)
    assert review_queue.weights(workspace) == DEFAULT_POINTS


@pytest.mark.parametrize("pasted", ["bok " * 3_000, "%" * 200_000])
def test_a_text_pasted_into_the_search_by_mistake_finds_nothing(workspace: Workspace, pasted: str) -> None:
    view = review_queue.look(workspace, QueueFilter(Preset.ALL, text=pasted), block_size=50)
    assert (view.rows, len(view.keys), view.counts[Preset.ALL]) == (0, 0, 0)


def test_the_first_rows_are_the_first_of_all(workspace: Workspace) -> None:
    first = review_queue.open_queue(workspace, ALL, block_size=50)
    keys = review_queue.find(workspace, ALL)
    assert first.keys == keys[:50]
    assert first.rows == len(keys) == first.total
    assert [entry.key for entry in first.entries] == [entry.key for entry in found(workspace, ALL)[:50]]


def test_the_wanted_event_comes_with_the_rows_around_it(workspace: Workspace) -> None:
    wanted = found(workspace, ALL)[777].key
    view = review_queue.look(workspace, ALL, wanted, block_size=200)
    assert (view.place, view.block) == (777, 3)
    assert view.entries[777 - 600].key == wanted


def test_an_event_outside_of_what_is_asked_for_has_no_place(workspace: Workspace) -> None:
    decided = found(workspace, QueueFilter(Preset.DECIDED))[0].key
    assert review_queue.look(workspace, QueueFilter(), decided, block_size=200).place is None


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_can_be_sorted_by_and_nothing_comes_last(
    workspace: Workspace, column: str, descending: bool
) -> None:
    entries = found(workspace, replace(ALL, sort=column, descending=descending))
    assert len(entries) == 1085
    place = COLUMNS.index(column)
    values = [entry.row(workspace.today)[place] for entry in entries]
    if column in ("joint", "side", "status", "complication_class", "surgery_level"):
        values = [word(column, str(value)) for value in values]
    elif column in ("priority", "flags"):
        return
    something = [value for value in values if value not in (None, "")]
    assert something == sorted(something, reverse=descending)
    if column != "complication_class":
        assert values[: len(something)] == something


def test_parts_are_counted_for_the_same_filter(workspace: Workspace) -> None:
    narrow = QueueFilter(Preset.ALL, joints=("knee",))
    counts = review_queue.look(workspace, narrow, block_size=10).counts
    for preset in Preset:
        assert counts[preset] == len(found(workspace, replace(narrow, preset=preset)))
    assert counts[Preset.TO_REVIEW] + counts[Preset.UNLINKED] + counts[Preset.DECIDED] == counts[Preset.ALL]
    assert 0 < counts[Preset.ALL] < 1085


def _costly_or_competing(entry: QueueEntry) -> bool:
    return entry.urgency.competing or (entry.urgency.at_stake or 0) >= review_priority.LARGE_ORE


FILTERS: list[tuple[QueueFilter, Callable[[QueueEntry], bool]]] = [
    (replace(ALL, joints=("hip", "knee")), lambda e: e.key.joint in ("hip", "knee")),
    (replace(ALL, sides=("left",)), lambda e: e.key.side == "left"),
    (replace(ALL, statuses=("ambiguous",)), lambda e: e.urgency.status == "ambiguous"),
    (replace(ALL, classes=("infection",)), lambda e: e.urgency.complication_class == "infection"),
    (replace(ALL, surgery_levels=("revision",)), lambda e: e.surgery_level == "revision"),
    (replace(ALL, hidden=(("surgery_level", "none"),)), lambda e: e.surgery_level != "none"),
    (replace(ALL, hidden=(("index_provider", ""),)), lambda e: bool(e.provider_id)),
    (replace(ALL, event_from=date(2020, 1, 1), event_to=date(2020, 12, 31)), lambda e: e.event_date[:4] == "2020"),
    (replace(ALL, person=3), lambda e: e.person == 3),
    (replace(ALL, reasons=(Reason.COMPETING, Reason.STAKE_LARGE)), _costly_or_competing),
]


@pytest.mark.parametrize(("asked", "holds"), FILTERS, ids=[str(asked.as_dict()) for asked, _holds in FILTERS])
def test_a_filter_gives_exactly_what_it_says(
    workspace: Workspace, asked: QueueFilter, holds: Callable[[QueueEntry], bool]
) -> None:
    assert found(workspace, asked) == kept(workspace, holds)
    assert 0 < len(found(workspace, asked)) < 1085 or asked.person == 3


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_asks_for_the_events_that_the_domain_says_have_it(workspace: Workspace, reason: Reason) -> None:
    asked = replace(ALL, reasons=(reason,))
    assert found(workspace, asked) == kept(
        workspace, lambda entry: reason in review_priority.reasons(entry.urgency, workspace.today)
    )


def test_own_care_is_what_the_region_cares_for_itself(workspace: Workspace) -> None:
    own = workspace.store.rows(
        "SELECT l.event_ref FROM links l JOIN providers p ON p.provider_id = l.event_provider_id WHERE p.kind = 'own'"
    )
    shown = found(workspace, replace(ALL, own_care_only=True))
    assert sorted(entry.event_ref for entry in shown) == sorted(ref for (ref,) in own)
    assert 0 < len(shown) < 1085


def test_words_are_found_in_references_names_and_the_beginning_of_personal_numbers(workspace: Workspace) -> None:
    entry = found(workspace, QueueFilter())[5]
    for text in (entry.event_ref, entry.personal_id, entry.personal_id[2:10], f"{entry.personal_id[:8]}-"):
        assert entry in found(workspace, replace(ALL, text=text))
    assert entry in found(workspace, replace(ALL, text=f"{entry.event_ref} {entry.index_provider.split()[0].upper()}"))
    assert found(workspace, replace(ALL, text="%")) == []


def test_begun_answers_of_ones_own_and_of_nobody_are_a_part(workspace: Workspace) -> None:
    mine, ownerless, others = found(workspace, QueueFilter())[:3]
    with workspace.store.transaction():
        for entry, who in ((mine, workspace.user), (ownerless, ""), (others, "någon annan")):
            workspace.store.write(
                "INSERT INTO review_drafts VALUES (?, ?, ?, ?, 0, '{}', '', '')",
                (entry.key.episode, entry.key.joint, entry.key.side, who),
            )
    assert {entry.key for entry in found(workspace, QueueFilter(Preset.MINE))} == {mine.key, ownerless.key}


def test_a_deadline_is_counted_from_the_day_that_it_is(workspace: Workspace) -> None:
    today = workspace.today
    with workspace.store.transaction():
        workspace.store.write("UPDATE links SET claim_by = NULL")
        for days, left in ((-1, 2), (0, 3), (30, 4), (31, 5)):
            day = (today + timedelta(days=days)).isoformat()
            workspace.store.write("UPDATE links SET claim_by = ? WHERE link % 7 = ?", (day, left))
    near = found(workspace, replace(ALL, reasons=(Reason.DEADLINE_NEAR,)))
    assert {entry.urgency.claim_by for entry in near} == {today, today + timedelta(days=30)}
    passed = found(workspace, replace(ALL, reasons=(Reason.DEADLINE_PASSED,)))
    assert len(passed) > 10
    assert all(entry.urgency.claim_by is not None and entry.urgency.claim_by < today for entry in passed)
