"""Every reading of a person's page is noted before the page is handed over, once for each opening."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.audit_words import ActionKind, kind_of
from kvalitetsapp.domain.joining import Permit
from kvalitetsapp.domain.missed_event import MissedKey
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import (
    claim_drafts,
    claim_views,
    episodes,
    event_costs,
    frames_of_store,
    indicator_source,
    joining,
    missed_case,
    readings,
    reviews,
)
from kvalitetsapp.services.workspace import Workspace, open_workspace
from kvalitetsapp.store import audit
from support import impatient, reviewing
from support.counties import PASSPHRASE
from support.county_store import opened
from support.reviewing import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PERSON, ANOTHER = "196812099874", "195403159865"
DAY = date(2020, 12, 31)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with reviewing.make(tmp_path) as made:
        yield made
        assert audit.first_broken(made.store) is None


def read(workspace: Workspace) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return what the trace tells of readings, the latest first."""
    found = audit.entries(workspace.store)
    return [(one.who, one.action, one.object, one.patients) for one in found if kind_of(one.action) == ActionKind.READ]


def case(workspace: Workspace) -> None:
    assert reviews.case(workspace, reviewing.event(workspace).key) is not None


def stay(workspace: Workspace) -> None:
    assert episodes.view(workspace, reviewing.event(workspace).key.episode) is not None


def missed(workspace: Workspace) -> None:
    visit = workspace.store.value("SELECT episode FROM episodes WHERE episode_id = '4'")
    operated = workspace.store.value("SELECT episode FROM episodes WHERE episode_id = '1'")
    assert missed_case.case(workspace, MissedKey(operated, "hip", "right", visit)) is not None


def cost(workspace: Workspace) -> None:
    event_costs.of_event(workspace, reviewing.event(workspace).key)


def two_numbers(workspace: Workspace) -> None:
    joining.consequences(workspace, PERSON, ANOTHER, permits=list(Permit))


READINGS: dict[str, tuple[Callable[[Workspace], None], str, tuple[str, ...]]] = {
    readings.CASE_READ: (case, "bok/2/hip/right", (PERSON,)),
    readings.EPISODE_READ: (stay, "bok/2", (PERSON,)),
    readings.MISSED_CASE_READ: (missed, "bok/4", (PERSON,)),
    readings.COST_READ: (cost, "bok/2", (PERSON,)),
    readings.NUMBERS_COMPARED: (two_numbers, "2 / 1", (ANOTHER, PERSON)),
}


@pytest.mark.parametrize("action", READINGS)
def test_a_page_about_a_person_leaves_an_entry_with_the_number(workspace: Workspace, action: str) -> None:
    page, target, patients = READINGS[action]
    page(workspace)
    page(workspace)
    assert read(workspace) == [(ANNA, action, target, patients)], "the same opening is noted once"


def test_another_user_or_a_later_time_is_another_opening(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(workspace)
    with reviewing.at_work(workspace, BO):
        case(workspace)
    assert [who for who, *_rest in read(workspace)] == [BO, ANNA]
    monkeypatch.setattr(readings, "SAME_OPENING_SECONDS", 0)
    case(workspace)
    assert [who for who, *_rest in read(workspace)] == [ANNA, BO, ANNA]


def test_a_case_that_is_read_ahead_is_noted_when_it_is_shown(workspace: Workspace) -> None:
    link = reviewing.event(workspace)
    ahead = reviews.case(workspace, link.key, ahead=True)
    assert ahead is not None
    assert read(workspace) == []
    reviews.opened(workspace, ahead.link)
    assert [action for _who, action, *_rest in read(workspace)] == [readings.CASE_READ]


def test_a_claim_is_read_about_the_person_of_its_operation(county_copy: Path) -> None:
    with opened(county_copy) as workspace:
        basis = frames_of_store.load(workspace).claims_basis(potential=False)
        ref = str(basis[basis["claimable"] > 0]["index_ref"].iloc[0])
        made = claim_drafts.draft(workspace, [ref])
        claim_views.past(workspace, made.claims[0])
        (_who, action, target, patients), *_others = read(workspace)
        assert (action, len(patients)) == (readings.CLAIM_READ, 1)
        number = workspace.store.value(
            "SELECT personal_id FROM index_operations JOIN identities ON identity = person WHERE index_ref = ?", (ref,)
        )
        assert patients == (number,)
        drafted = next(one for one in audit.entries(workspace.store) if one.action == claim_drafts.DRAFTED)
        assert (drafted.object, drafted.patients) == (target, patients)


def test_a_reading_that_cannot_be_noted_is_refused(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient.become(monkeypatch)
    other = open_workspace(workspace.path, PASSPHRASE, write=False)
    with other, workspace.store.transaction():
        for page in (case, stay, cost):
            with pytest.raises(RefusedError):
                page(other)
    assert read(workspace) == []


@pytest.mark.parametrize("write", [True, False])
def test_opening_a_person_s_page_does_not_let_figures_be_worked_out_again(tmp_path: Path, write: bool) -> None:
    with reviewing.make(tmp_path) as made:
        path = made.path
    with open_workspace(path, PASSPHRASE, write=write) as again:
        worked_out = indicator_source.source_of(again, DAY).links
        mark = again.store.mark()
        case(again)
        assert len(read(again)) == 1
        assert again.store.mark() == mark
        assert indicator_source.source_of(again, DAY).links is worked_out


def test_what_another_writes_is_seen_although_a_reader_has_noted_something(workspace: Workspace) -> None:
    with open_workspace(workspace.path, PASSPHRASE, write=False) as reader:
        case(reader)
        mark = reader.store.mark()
        reviewing.decide(workspace, BO)
        assert reader.store.mark() != mark
