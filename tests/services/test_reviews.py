"""Reviewing: decisions that stand, refusals when the ground has shifted, and undo from the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.audit_words import ActionKind, kind_of
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import linking, review_queue, reviews
from kvalitetsapp.store import audit, identities, patients, verdicts
from support import queues
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


def first(workspace: Workspace, status: LinkStatus, place: int = 0) -> Link:
    return [link for link in queues.all_links(workspace) if link.status == status][place]


def now(workspace: Workspace, link: Link) -> Link:
    found = patients.link(workspace.store, link.key)
    assert found is not None
    return found


def confirm(
    workspace: Workspace, link: Link, *, index_ref: str = "", complication_class: str = "", comment: str = ""
) -> None:
    answer = Answer(Verdict.CONFIRMED, index_ref or link.index_ref, complication_class, comment)
    reviews.decide(workspace, link, answer)


def reject(workspace: Workspace, link: Link, comment: str = "hör inte dit") -> None:
    reviews.decide(workspace, link, Answer(Verdict.REJECTED, comment=comment))


def decide_as_someone_else(workspace: Workspace, link: Link) -> None:
    mine, workspace.user = workspace.user, "någon annan"
    reject(workspace, link)
    workspace.user = mine


def number_of_verdicts(workspace: Workspace) -> int:
    return int(workspace.store.value("SELECT count(*) FROM verdicts"))


def with_two_operations(workspace: Workspace) -> tuple[Link, str]:
    """A proposed link and another of the person's operations that one may move it to."""
    for link in queues.all_links(workspace):
        if link.status == LinkStatus.PROPOSED:
            case = reviews.case(workspace, link.key)
            assert case is not None
            for one in case.candidates:
                if one.possible and not one.proposed:
                    return link, one.operation.index_ref
    raise AssertionError("the county has no such link")


def test_r6_a_confirmed_link_stays_confirmed_when_links_are_run_again(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    confirm(workspace, link)
    linking.run_links(workspace)
    after = now(workspace, link)
    assert (after.status, after.index_ref) == (LinkStatus.CONFIRMED, link.index_ref)
    case = reviews.case(workspace, link.key)
    assert case is not None
    assert (case.history[0].reviewer, case.history[0].reviewed_on) == ("granskare2", workspace.today)


def test_r6_a_rejected_link_keeps_its_reason(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    reject(workspace, link, "Fallolycka, ny skada")
    case = reviews.case(workspace, link.key)
    assert case is not None
    assert case.link.status == LinkStatus.REJECTED
    assert case.history[0].comment == "Fallolycka, ny skada"


def test_r6_an_ambiguous_link_is_settled_by_a_decision(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.AMBIGUOUS)
    confirm(workspace, link)
    assert now(workspace, link).status == LinkStatus.CONFIRMED


def test_r6_a_link_can_be_moved_to_another_of_the_persons_operations(workspace: Workspace) -> None:
    link, other = with_two_operations(workspace)
    confirm(workspace, link, index_ref=other, comment="Operationen dessförinnan")
    after = now(workspace, link)
    assert (after.status, after.index_ref) == (LinkStatus.CONFIRMED, other)


def test_r6_an_unlinked_event_is_confirmed_with_an_operation_and_only_with_one(workspace: Workspace) -> None:
    for link in queues.all_links(workspace):
        case = reviews.case(workspace, link.key)
        assert case is not None
        possible = [one.operation.index_ref for one in case.candidates if one.possible]
        if link.status == LinkStatus.UNLINKED and possible:
            with pytest.raises(InputError, match="Välj vilken"):
                confirm(workspace, link)
            confirm(workspace, link, index_ref=possible[0])
            after = now(workspace, link)
            assert (after.status, after.index_ref) == (LinkStatus.CONFIRMED, possible[0])
            return
    raise AssertionError("the county has no such event")


def test_r7_a_reviewers_class_replaces_the_derived_one(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    chosen = "nerve_vessel" if link.complication_class != "nerve_vessel" else "wound"
    confirm(workspace, link, complication_class=chosen)
    assert now(workspace, link).complication_class == chosen


@pytest.mark.parametrize(
    ("answer", "lacking"),
    [
        (Answer(), "Välj"),
        (Answer(Verdict.REJECTED), "varför"),
        (Answer(Verdict.REJECTED, comment="   "), "varför"),
        (Answer(Verdict.CONFIRMED), "Välj vilken"),
        (Answer(Verdict.CONFIRMED, "a/1/hip/right"), "flyttas"),
    ],
)
def test_an_answer_that_lacks_something_is_not_stored(workspace: Workspace, answer: Answer, lacking: str) -> None:
    link, before = first(workspace, LinkStatus.PROPOSED), number_of_verdicts(workspace)
    with pytest.raises(InputError, match=lacking):
        reviews.decide(workspace, link, answer)
    assert number_of_verdicts(workspace) == before


def test_an_operation_that_was_done_after_the_event_cannot_be_chosen(workspace: Workspace) -> None:
    for link in queues.all_links(workspace):
        case = reviews.case(workspace, link.key)
        assert case is not None
        later = [one for one in case.candidates if not one.possible]
        if later and link.status == LinkStatus.PROPOSED:
            with pytest.raises(RefusedError, match="går inte att välja"):
                confirm(workspace, link, index_ref=later[0].operation.index_ref, comment="provar")
            return
    raise AssertionError("the county has no such link")


def test_a_decision_is_refused_when_someone_else_has_decided_meanwhile(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    decide_as_someone_else(workspace, link)
    with pytest.raises(RefusedError, match="någon annan har redan avvisat"):
        confirm(workspace, link)
    assert now(workspace, link).status == LinkStatus.REJECTED


def test_a_decision_is_refused_when_the_event_has_changed_since_it_was_shown(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    stale = replace(link, event_date=link.event_date - timedelta(days=1))
    with pytest.raises(RefusedError, match="har ändrats"):
        confirm(workspace, stale)
    assert now(workspace, link).status == LinkStatus.PROPOSED


def test_a_decision_is_refused_when_the_event_is_gone(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    with workspace.store.transaction():
        workspace.store.write(
            "UPDATE episodes SET main_diagnosis = 'Z000', other_diagnoses = '', procedures = '' WHERE episode = ?",
            (link.key.episode,),
        )
        workspace.store.write("DELETE FROM procedure_details WHERE episode = ?", (link.key.episode,))
        linking.derive(workspace, Progress())
    with pytest.raises(RefusedError, match="finns inte längre"):
        confirm(workspace, link)


def test_a_decision_that_would_count_for_nothing_beside_a_later_dated_one_is_refused(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.CONFIRMED)
    later = (workspace.today + timedelta(days=3)).isoformat()
    with workspace.store.transaction():
        workspace.store.write("UPDATE verdicts SET reviewed_on = ? WHERE verdict = ?", (later, link.verdict))
        linking.derive(workspace, Progress())
    with pytest.raises(RefusedError, match=later):
        reject(workspace, now(workspace, link))


def test_a_cancelled_decision_leaves_nothing(workspace: Workspace) -> None:
    link, before = first(workspace, LinkStatus.PROPOSED), number_of_verdicts(workspace)
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        reviews.decide(workspace, link, Answer(Verdict.CONFIRMED, link.index_ref), progress)
    assert number_of_verdicts(workspace) == before
    assert now(workspace, link) == link


def test_a_second_decision_the_same_day_withdraws_the_first_and_overwrites_nothing(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    confirm(workspace, link)
    reject(workspace, now(workspace, link))
    case = reviews.case(workspace, link.key)
    assert case is not None
    assert [(one.decision, one.withdrawn) for one in case.history] == [("rejected", False), ("confirmed", True)]


def test_undo_gives_the_proposed_link_back(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    confirm(workspace, link)
    assert reviews.undo_name(workspace) == f"bekräftad koppling av {link.event_ref}"
    reviews.undo_last(workspace)
    assert now(workspace, link) == link


def test_undo_brings_back_the_decision_that_was_replaced(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    confirm(workspace, link)
    reject(workspace, now(workspace, link))
    reviews.undo_last(workspace)
    assert now(workspace, link).status == LinkStatus.CONFIRMED
    reviews.undo_last(workspace)
    assert now(workspace, link).status == LinkStatus.PROPOSED


def test_a_decision_that_was_undone_does_not_come_back_when_a_later_one_is_undone(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    confirm(workspace, link)
    reviews.undo_last(workspace)
    reject(workspace, now(workspace, link))
    reviews.undo_last(workspace)
    assert now(workspace, link).status == LinkStatus.PROPOSED


def test_undo_goes_back_through_three_decisions_also_after_a_restart(county_copy: Path) -> None:
    with opened(county_copy) as workspace:
        links = [first(workspace, LinkStatus.PROPOSED, place) for place in range(3)]
        for link in links:
            confirm(workspace, link)
    with opened(county_copy) as workspace:
        undone = [reviews.undo_last(workspace).key for _each in links]
        assert undone == [link.key for link in reversed(links)]
        assert [now(workspace, link).status for link in links] == [LinkStatus.PROPOSED] * 3
        with pytest.raises(RefusedError, match="inget att ångra"):
            reviews.undo_last(workspace)


def test_undo_takes_back_nothing_that_someone_else_decided(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    decide_as_someone_else(workspace, link)
    assert reviews.undo_name(workspace) == ""
    with pytest.raises(RefusedError):
        reviews.undo_last(workspace)


def test_what_was_imported_is_not_undone_as_a_decision(workspace: Workspace) -> None:
    workspace.user = "granskare1"
    assert first(workspace, LinkStatus.CONFIRMED).verdict is not None
    assert reviews.undo_name(workspace) == ""


def test_a_draft_survives_a_restart_and_is_forgotten_with_the_decision(county_copy: Path) -> None:
    draft = Answer(Verdict.REJECTED, comment="Frågar operatören – åäö")
    with opened(county_copy) as workspace:
        link = first(workspace, LinkStatus.PROPOSED)
        reviews.keep_draft(workspace, link.key, draft)
    with opened(county_copy) as workspace:
        case = reviews.case(workspace, link.key)
        assert case is not None
        assert case.draft == draft
        assert queues.begun(workspace) == {link.key}
        reject(workspace, case.link)
        assert queues.begun(workspace) == set()


def test_an_emptied_draft_is_no_draft(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    reviews.keep_draft(workspace, link.key, Answer(comment="x"))
    reviews.keep_draft(workspace, link.key, Answer())
    assert queues.begun(workspace) == set()


def test_decisions_and_undo_stand_in_the_trace_without_personal_numbers(workspace: Workspace) -> None:
    link = first(workspace, LinkStatus.PROPOSED)
    confirm(workspace, link)
    reviews.undo_last(workspace)
    written = [one for one in audit.entries(workspace.store) if one.who == "granskare2"]
    entries = [one for one in written if kind_of(one.action) != ActionKind.READ]
    assert [one.action for one in entries] == [verdicts.WITHDRAWN, verdicts.GIVEN]
    assert audit.first_broken(workspace.store) is None
    told = " ".join(f"{one.object} {one.detail}" for one in written)
    assert not any(number in told for number in identities.personal_ids(workspace.store).values())


def test_the_parts_of_the_queue_add_up(workspace: Workspace) -> None:
    def counts() -> Mapping[Preset, int]:
        return review_queue.look(workspace, QueueFilter(), block_size=1).counts

    before = counts()
    parts = (Preset.TO_REVIEW, Preset.UNLINKED, Preset.DECIDED)
    assert sum(before[part] for part in parts) == before[Preset.ALL] == len(queues.all_links(workspace))
    confirm(workspace, first(workspace, LinkStatus.PROPOSED))
    assert counts()[Preset.TO_REVIEW] == before[Preset.TO_REVIEW] - 1


def test_every_event_of_the_county_can_be_shown_and_says_why(workspace: Workspace) -> None:
    for link in queues.all_links(workspace)[::7]:
        case = reviews.case(workspace, link.key)
        assert case is not None
        assert [one.proposed for one in case.candidates].count(True) == bool(link.index_ref)
        assert all(code in case.why for code in link.triggers)
        assert [mark.ref for mark in case.timeline.marks if mark.selected] == [link.ref]


def test_an_event_that_is_not_there_has_no_case(workspace: Workspace) -> None:
    assert reviews.case(workspace, EventKey(0, "hip", "right")) is None
