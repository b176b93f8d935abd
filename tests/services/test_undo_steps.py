"""Undo and redo: one's own steps, by name, also after a restart, refused where someone has built on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.undo_step import StepState
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.errors import CancelledError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import reviews, undo_import, undo_steps
from kvalitetsapp.store import audit, review_answers, verdicts
from kvalitetsapp.store.migrations import m0006_reviews
from support import reviewing
from support.reviewing import ANNA, BO, EVENT, VISIT, event
from support.undo_stores import episodes

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

DONE, UNDONE, DROPPED = StepState.DONE, StepState.UNDONE, StepState.DROPPED


def states(workspace: Workspace) -> list[tuple[str, StepState]]:
    return [(one.name, one.state) for one in undo_steps.history(workspace)]


def test_redo_gives_the_same_decision_again(workspace: Workspace) -> None:
    before = event(workspace)
    reviewing.decide(workspace, ANNA, complication_class="wound")
    decided = event(workspace)
    assert undo_steps.undo(workspace).said == "Ångrat: bekräftad koppling av bok/2"
    assert event(workspace) == before
    assert (undo_steps.undo_name(workspace), undo_steps.redo_name(workspace)) == ("", "bekräftad koppling av bok/2")
    done = undo_steps.redo(workspace)
    assert (done.said, done.key) == ("Gjort om: bekräftad koppling av bok/2", before.key)
    assert event(workspace) == decided
    assert not review_answers.of_event(workspace.store, before.key)[0].withdrawn


def test_redo_takes_the_replaced_answer_out_of_effect_again(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    reviewing.decide(workspace, ANNA, reject=True)
    undo_steps.undo(workspace)
    assert event(workspace).status == LinkStatus.CONFIRMED
    undo_steps.redo(workspace)
    assert event(workspace).status == LinkStatus.REJECTED
    given = review_answers.of_event(workspace.store, event(workspace).key)
    assert [one.withdrawn for one in given] == [False, True]


def test_the_history_names_every_step_of_ones_own_newest_first(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    reviewing.decide(workspace, BO, "bok/3")
    reviewing.decide(workspace, ANNA, "bok/3", reject=True)
    undo_steps.undo(workspace)
    assert states(workspace) == [
        ("Avvisad koppling av bok/3", UNDONE),
        ("Bekräftad koppling av bok/2", DONE),
    ]
    assert undo_steps.history(workspace, limit=1)[0].state.label == "Ångrad"


def test_a_new_step_drops_what_was_undone(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    reviewing.decide(workspace, ANNA, reject=True)
    assert states(workspace) == [("Avvisad koppling av bok/2", DONE), ("Bekräftad koppling av bok/2", DROPPED)]
    with pytest.raises(RefusedError, match="inget att göra om"):
        undo_steps.redo(workspace)
    undo_steps.undo(workspace)
    assert event(workspace).status == LinkStatus.PROPOSED


def test_anothers_new_step_drops_nothing_of_ones_own(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    reviewing.decide(workspace, BO, "bok/3")
    undo_steps.redo(workspace)
    assert event(workspace).status == LinkStatus.CONFIRMED


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        reviewing.decide(workspace, ANNA)
        reviewing.decide(workspace, ANNA, "bok/3")
        undo_steps.undo(workspace)
    with reviewing.reopened(workspace, ANNA) as workspace:
        assert undo_steps.redo_name(workspace) == "bekräftad koppling av bok/3"
        undo_steps.redo(workspace)
        undo_steps.undo(workspace)
        undo_steps.undo(workspace)
        assert [event(workspace, ref).status for ref in ("bok/2", "bok/3")] == [LinkStatus.PROPOSED] * 2


def test_undo_is_refused_where_someone_decided_afterwards_and_says_who(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    reviewing.decide(workspace, BO, reject=True)
    words = (
        rf"^Bo har redan avvisat kopplingen {workspace.today} \(annan orsak\)\. Ditt tidigare svar ändras därför inte"
    )
    with pytest.raises(RefusedError, match=words):
        undo_steps.undo(workspace)
    assert states(workspace) == [("Bekräftad koppling av bok/2", DONE)]
    with reviewing.at_work(workspace, BO):
        undo_steps.undo(workspace)
    undo_steps.undo(workspace)
    assert event(workspace).status == LinkStatus.PROPOSED


def test_redo_is_refused_where_someone_decided_meanwhile(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    reviewing.decide(workspace, BO, reject=True)
    with pytest.raises(RefusedError, match="Bo har redan avvisat"):
        undo_steps.redo(workspace)
    assert event(workspace).status == LinkStatus.REJECTED


def test_redo_is_refused_where_the_event_has_changed_meanwhile(workspace: Workspace, tmp_path: Path) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    reviewing.take(workspace, tmp_path, "episodes", episodes(EVENT.replace("T84.5", "T84.0")))
    with pytest.raises(RefusedError, match="komplikation mekanisk komplikation, förut infektion"):
        undo_steps.redo(workspace)


def test_redo_is_refused_where_a_follow_up_contact_is_another_persons_now(
    workspace: Workspace, tmp_path: Path
) -> None:
    visit = workspace.store.value("SELECT episode FROM episodes WHERE episode_id = '4'")
    reviewing.decide(workspace, ANNA, follow_ups=(visit,))
    reviews.undo_last(workspace)
    reviewing.take(workspace, tmp_path, "episodes", episodes(VISIT.replace("196812099874", "195403159865")))
    with pytest.raises(RefusedError, match="hör inte till personens andra vårdkontakter"):
        reviews.redo_last(workspace)
    assert event(workspace).status == LinkStatus.PROPOSED


def test_undo_and_redo_are_refused_where_the_event_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    gone = episodes(EVENT.replace("T84.5;NFC49 ZXA00", "Z09.0;ZXA00"))
    reviewing.decide(workspace, ANNA)
    batch = reviewing.take(workspace, tmp_path, "episodes", gone)
    with pytest.raises(RefusedError, match=f"bok/2/hip/right finns inte längre: .*rättad av import {batch}"):
        undo_steps.undo(workspace)
    undo_import.undo_import(workspace, batch, "prov")
    undo_steps.undo(workspace)
    reviewing.take(workspace, tmp_path, "episodes", gone)
    with pytest.raises(RefusedError, match="finns inte längre"):
        undo_steps.redo(workspace)


def test_a_decision_whose_event_has_been_given_its_side_can_be_undone(workspace: Workspace, tmp_path: Path) -> None:
    without_side = EVENT.replace("bok;2", "bok;9").replace("2020-03", "2020-09").replace(" ZXA00", "")
    reviewing.take(workspace, tmp_path, "episodes", episodes(without_side))
    link = event(workspace, "bok/9")
    assert link.key.side == "unknown"
    reviewing.decide(workspace, ANNA, "bok/9")
    reviewing.take(workspace, tmp_path, "episodes", episodes(without_side.replace("NFC49", "NFC49 ZXA00")))
    moved = event(workspace, "bok/9")
    assert (moved.key.side, moved.status) == ("right", LinkStatus.CONFIRMED)
    assert undo_steps.undo(workspace).key == moved.key
    assert event(workspace, "bok/9").verdict is None


def test_a_step_whose_import_was_undone_has_a_name_still_and_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    late = EVENT.replace("bok;2", "bok;9").replace("2020-03", "2020-09")
    batch = reviewing.take(workspace, tmp_path, "episodes", episodes(late))
    reviewing.decide(workspace, ANNA, "bok/9")
    undo_steps.undo(workspace)
    undo_import.undo_import(workspace, batch, "fel fil")
    assert states(workspace) == [("Beslut om bok/9/hip/right", UNDONE)]
    with pytest.raises(RefusedError, match="importen som det byggde på är ångrad"):
        undo_steps.redo(workspace)


def test_an_imported_decision_that_was_replaced_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    header = "event_ref;joint;side;verdict;reviewer;reviewed_on\n"
    row = f"bok/2;hip;right;rejected;{ANNA};{workspace.today}\n"
    reviewing.take(workspace, tmp_path, "verdicts", header + row)
    imported = event(workspace)
    assert imported.status == LinkStatus.REJECTED
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    assert event(workspace) == imported


def test_a_decision_read_in_meanwhile_for_the_same_day_is_not_doubled_by_redo(
    workspace: Workspace, tmp_path: Path
) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    header = "event_ref;joint;side;verdict;reviewer;reviewed_on;index_ref\n"
    row = f"bok/2;hip;right;confirmed;{ANNA};{workspace.today};bok/1/hip/right\n"
    reviewing.take(workspace, tmp_path, "verdicts", header + row)
    with pytest.raises(RefusedError, match=r"har ändrats|har lästs in efteråt"):
        undo_steps.redo(workspace)


def test_every_undo_and_redo_leaves_its_own_entry(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    undo_steps.redo(workspace)
    entries = audit.entries(workspace.store)[:3]
    assert [one.action for one in entries] == [verdicts.RESTORED, verdicts.WITHDRAWN, verdicts.GIVEN]
    given = json.loads(entries[2].detail)
    assert (given["decision"], given["replaced"]) == ("confirmed", None)
    assert json.loads(entries[0].detail)["verdict"] == json.loads(entries[1].detail)["verdict"] == given["verdict"]


def test_a_cancelled_undo_leaves_everything(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    before, progress = event(workspace), Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        undo_steps.undo(workspace, progress)
    assert event(workspace) == before
    assert states(workspace) == [("Bekräftad koppling av bok/2", DONE)]


def test_an_answer_in_a_closed_round_stays(workspace: Workspace) -> None:
    link = event(workspace)
    round_id = reviewing.make_round(workspace, link.key, reviewers=1)
    reviews.decide(workspace, link, reviewing.confirmed(link), round_id=round_id)
    reviewing.close_round(workspace, round_id)
    with pytest.raises(RefusedError, match="Våren avslutades"):
        undo_steps.undo(workspace)


# decisions from before steps were kept


def carry_over(workspace: Workspace) -> None:
    """Forget the steps and make them as the upgrade to version 6 makes them from what was decided."""
    with workspace.store.transaction():
        workspace.store.write("DELETE FROM undo_steps")
        workspace.store.write(m0006_reviews._STEPS_OF_ANSWERS)


def test_decisions_from_before_steps_were_kept_have_names_and_are_undone_one_by_one(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    reviewing.decide(workspace, ANNA, reject=True)
    reviewing.decide(workspace, ANNA, "bok/3")
    carry_over(workspace)
    assert [name for name, _state in states(workspace)] == [
        "Bekräftad koppling av bok/3",
        "Avvisad koppling av bok/2",
        "Bekräftad koppling av bok/2",
    ]
    undo_steps.undo(workspace)
    undo_steps.undo(workspace)
    assert [event(workspace, ref).status for ref in ("bok/2", "bok/3")] == [LinkStatus.CONFIRMED, LinkStatus.PROPOSED]
    undo_steps.redo(workspace)
    assert event(workspace).status == LinkStatus.REJECTED
    undo_steps.undo(workspace)
    undo_steps.undo(workspace)
    assert event(workspace).status == LinkStatus.PROPOSED


def test_a_decision_that_was_undone_before_steps_were_kept_has_no_step(workspace: Workspace) -> None:
    reviewing.decide(workspace, ANNA)
    undo_steps.undo(workspace)
    reviewing.decide(workspace, ANNA, reject=True)
    carry_over(workspace)
    assert states(workspace) == [("Avvisad koppling av bok/2", DONE)]


def test_an_imported_decision_that_was_replaced_before_steps_were_kept_comes_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = "event_ref;joint;side;verdict;reviewer;reviewed_on\n"
    reviewing.take(workspace, tmp_path, "verdicts", header + f"bok/2;hip;right;rejected;{ANNA};{workspace.today}\n")
    imported = event(workspace)
    reviewing.decide(workspace, ANNA)
    carry_over(workspace)
    undo_steps.undo(workspace)
    assert event(workspace) == imported
