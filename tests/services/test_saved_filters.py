"""Filters that are kept under a name: saved, replaced, renamed, taken away, and never dropped for being old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import saved_filters
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

HIPS = QueueFilter(Preset.ALL, joints=("hip",))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as made:
        yield made


def names(workspace: Workspace) -> list[str]:
    return [one.name for one in saved_filters.saved_filters(workspace)]


def actions(workspace: Workspace) -> list[tuple[str, str]]:
    return [(entry.action, entry.object) for entry in reversed(audit.entries(workspace.store)) if entry.object]


def test_a_saved_filter_comes_back_as_it_was(workspace: Workspace) -> None:
    made = saved_filters.save_filter(workspace, "  Mina   höfter ", HIPS)
    assert saved_filters.saved_filters(workspace) == (made,)
    assert (made.name, made.asked, made.who) == ("Mina höfter", HIPS, workspace.user)


def test_a_filter_of_the_same_name_is_replaced(workspace: Workspace) -> None:
    saved_filters.save_filter(workspace, "Höfter", QueueFilter())
    saved_filters.save_filter(workspace, "höfter", HIPS)
    assert [one.asked for one in saved_filters.saved_filters(workspace)] == [HIPS]


def test_every_change_leaves_its_trace(workspace: Workspace) -> None:
    one = saved_filters.save_filter(workspace, "Höfter", HIPS)
    saved_filters.rename(workspace, one.filter_id, "Alla höfter")
    saved_filters.delete(workspace, one.filter_id)
    assert names(workspace) == []
    told = [("filter_saved", "Höfter"), ("filter_renamed", "Höfter"), ("filter_deleted", "Alla höfter")]
    assert actions(workspace)[-3:] == told


def test_a_filter_that_can_no_longer_be_read_is_shown_as_such(workspace: Workspace) -> None:
    one = saved_filters.save_filter(workspace, "Gammalt", HIPS)
    for content in ('{"färg": "röd"}', "inte json", '{"event_from": 7}', f'{{"person": {2**63}}}'):
        with workspace.store.transaction():
            workspace.store.write("UPDATE saved_filters SET definition = ? WHERE filter = ?", (content, one.filter_id))
        assert [(old.name, old.asked) for old in saved_filters.saved_filters(workspace)] == [("Gammalt", None)]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_is_empty_or_too_long_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(InputError):
        saved_filters.save_filter(workspace, name, HIPS)
    assert names(workspace) == []


def test_two_filters_cannot_share_a_name_and_one_that_is_gone_cannot_be_changed(workspace: Workspace) -> None:
    one = saved_filters.save_filter(workspace, "Höfter", HIPS)
    saved_filters.save_filter(workspace, "Knän", QueueFilter(joints=("knee",)))
    with pytest.raises(InputError, match="Det finns redan ett sparat filter som heter knän"):
        saved_filters.rename(workspace, one.filter_id, "knän")
    saved_filters.delete(workspace, one.filter_id)
    for change in (saved_filters.delete, lambda w, i: saved_filters.rename(w, i, "Nytt")):
        with pytest.raises(RefusedError, match="finns inte längre"):
            change(workspace, one.filter_id)


def test_personal_numbers_are_kept_out_of_saved_filters(workspace: Workspace) -> None:
    for name, text in (
        ("Anna 19681209-9874", ""),
        ("Anna", "196812099874"),
        ("Anna", "knä 681209-9874"),
        ("Anna", "681209 9874"),
    ):
        with pytest.raises(InputError, match="personnummer"):
            saved_filters.save_filter(workspace, name, QueueFilter(text=text))
    assert names(workspace) == []
