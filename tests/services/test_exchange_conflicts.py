"""What went apart in two stores, settled by a person: each way once, with a reason, and undone like anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.exchange_conflict import Settled
from kvalitetsapp.domain.missed_event import MissedKey
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_drafts, exchange_conflicts, exchange_merge, missed_events, undo_steps
from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import audit, exchanges
from support import claiming, reviewing, two_stores
from support.claiming import INDEX_REF
from support.reviewing import ANNA, BO, decide, event
from support.two_stores import send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

PATIENT = "196812099874"


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Return two stores where Bo has confirmed and Anna rejected the same event, Bo's noted at Anna's."""
    parted = two_stores.parted(reviewing.make(tmp_path), tmp_path)
    there, here = next(parted), next(parted)
    here.user = ANNA
    decide(there, BO)
    decide(here, ANNA, reject=True)
    send(there, here, tmp_path)
    yield there, here
    assert audit.first_broken(here.store) is None
    assert list(parted) == []


def only(workspace: Workspace) -> int:
    (found,) = exchanges.conflicts(workspace.store)
    return found.number


def test_both_sides_are_told_in_words_and_where_they_differ(apart: tuple[Workspace, Workspace]) -> None:
    _there, here = apart
    told = exchange_conflicts.sides(here, only(here))
    rows = {row[1]: row[2:] for row in told.rows}
    assert rows["Beslut"] == ("Avvisad", "Bekräftad", 1)
    assert rows["Granskare"] == (ANNA, BO, 1)
    assert audit.entries(here.store)[0].patients == (PATIENT,)


def test_ours_is_kept_with_a_reason_and_theirs_does_not_come_back(
    apart: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = apart
    for reason in ("", "19681209-9874 är patienten"):
        with pytest.raises(InputError):
            exchange_conflicts.settle(here, only(here), Settled.OURS, reason)
    exchange_conflicts.settle(here, only(here), Settled.OURS, "journalen säger annat")
    assert event(here).status == "rejected"
    assert send(there, here, tmp_path).held == ()
    with pytest.raises(RefusedError, match="redan avgjord av Anna"):
        exchange_conflicts.settle(here, only(here), Settled.THEIRS, "ändrade mig")
    entry = next(one for one in audit.entries(here.store) if one.action == exchange_conflicts.SETTLED)
    assert entry.patients == (PATIENT,)


def test_theirs_is_taken_under_their_name_and_undone_as_any_decision(
    apart: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = apart
    outcome = exchange_conflicts.settle(here, only(here), Settled.THEIRS, "Bo läste journalen")
    assert outcome.said == "Deras är taget: bok/2/hip/right"
    assert event(here).status == "confirmed"
    undo_steps.undo(here)
    assert event(here).status == "rejected"
    undo_steps.redo(here)
    assert event(here).status == "confirmed"
    assert send(here, there, tmp_path).held == ()  # what was settled here has gone further than there
    assert send(there, here, tmp_path).taken == 0
    ours, theirs = (exchange_merge.things_here(one)[0] for one in (here, there))
    assert (set(ours.told_acts), ours.state["stand"]) == (set(theirs.told_acts), theirs.state["stand"])


def test_decisions_about_missed_events_travel_and_are_settled(tmp_path: Path) -> None:
    parted = two_stores.parted(reviewing.make(tmp_path), tmp_path)
    there, here = next(parted), next(parted)
    (operation,) = there.store.rows("SELECT episode, joint, side FROM index_operations WHERE index_ref LIKE 'bok/1/%'")
    (visit,) = there.store.rows("SELECT episode FROM episodes WHERE episode_id = '4'")
    episode, joint, side = operation
    key = MissedKey(episode, joint, side, visit[0])
    missed_events.decide(there, key, MissedDecision.HARM, complication_class="infection", comment="antibiotika")
    assert send(there, here, tmp_path).taken == 1
    missed_events.withdraw(here, key)
    assert send(here, there, tmp_path).taken == 1
    missed_events.decide(there, key, MissedDecision.NO_HARM, comment="planerat besök")
    missed_events.decide(here, key, MissedDecision.HARM, complication_class="mechanical", comment="värk")
    assert len(send(there, here, tmp_path).held) == 1
    exchange_conflicts.settle(here, only(here), Settled.THEIRS, "planerat")
    assert [one.decision for one in missed_events.judged(here)] == [MissedDecision.NO_HARM]
    assert list(parted) == []


def test_a_draft_that_the_cap_had_no_room_for_is_taken_when_it_has(tmp_path: Path) -> None:
    from kvalitetsapp.services import claim_life

    parted = two_stores.parted(claiming.make(tmp_path), tmp_path, ANNA, BO)
    there, here = next(parted), next(parted)
    claim_drafts.draft(there, [INDEX_REF])
    claim_life.redraft(there, 1, "på nytt")
    claim_drafts.draft(here, [INDEX_REF])
    (held,) = [one for one in send(there, here, tmp_path).held if one.theirs[0].base["claim"] == 2]
    number = next(one.number for one in exchanges.conflicts(here.store) if one.reason == held.reason)
    with pytest.raises(RefusedError, match="Deras kan inte tas"):
        exchange_conflicts.settle(here, number, Settled.THEIRS, "deras gäller")
    claim_life.withdraw(here, 1, "deras gäller")
    exchange_conflicts.settle(here, number, Settled.THEIRS, "deras gäller")
    assert demanded(here, 2).drafted_by == ANNA
    undo_steps.undo(here)
    assert sum(claiming.drawn(here, 2).values()) == 0
    assert list(parted) == []
