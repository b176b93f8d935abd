"""What is done with persons' data carries their numbers: decisions, claims, questions, papers, lists and copies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.audit_words import ActionKind, kind_of
from kvalitetsapp.domain.identity_pairs import PairKey
from kvalitetsapp.domain.joining import Permit
from kvalitetsapp.domain.missed_event import MissedKey
from kvalitetsapp.domain.review_round import RoundDefinition
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.services import (
    identity_pairs,
    joining,
    listings,
    manual_costs,
    missed_events,
    provider_questions,
    review_protocols,
    review_rounds,
    reviews,
)
from kvalitetsapp.store import audit, identities
from support import reviewing
from support.reviewing import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

PERSON, ANOTHER = "196812099874", "195403159865"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with reviewing.make(tmp_path) as made:
        yield made


def verdict(workspace: Workspace, _folder: Path) -> None:
    reviewing.decide(workspace, ANNA)


def undone_and_done_again(workspace: Workspace, _folder: Path) -> None:
    reviewing.decide(workspace, ANNA)
    reviews.undo_last(workspace)
    reviews.redo_last(workspace)


def two_firsts(workspace: Workspace, _folder: Path) -> None:
    link = reviewing.event(workspace)
    number = reviewing.make_round(workspace, link.key)
    for who in (ANNA, BO):
        with reviewing.at_work(workspace, who):
            reviews.decide(workspace, link, reviewing.confirmed(link), round_id=number)


def missed(workspace: Workspace, _folder: Path) -> None:
    visit, operated = (
        int(workspace.store.value("SELECT episode FROM episodes WHERE episode_id = ?", (ref,))) for ref in "41"
    )
    key = MissedKey(operated, "hip", "right", visit)
    missed_events.decide(workspace, key, MissedDecision.HARM, complication_class="wound", comment="sår")
    missed_events.withdraw(workspace, key)


def cost(workspace: Workspace, _folder: Path) -> None:
    manual_costs.enter(workspace, "bok/2", 100_00, 2020, "faktura")
    manual_costs.withdraw(workspace, "bok/2", "fel")


def question(workspace: Workspace, _folder: Path) -> None:
    told = {"wording": "Vad hände?", "channel": "brev", "deadline": None, "ground": "consent"}
    done = provider_questions.ask(workspace, reviewing.event(workspace).key, **told)  # type: ignore[arg-type]
    provider_questions.close(workspace, done.question_id)


def disclosure(workspace: Workspace, _folder: Path) -> None:
    key = reviewing.event(workspace).key
    provider_questions.log_disclosure(workspace, "kopia", "Fjällkliniken", workspace.today, "consent", key)


def protocol(workspace: Workspace, folder: Path) -> None:
    definition = RoundDefinition(date(2020, 1, 1), date(2020, 12, 31), purchased=True)
    number = review_rounds.create(workspace, "Våren", definition).round_id
    review_protocols.protocol_pdf(workspace, number, folder / "p.pdf")
    review_protocols.protocol_workbook(workspace, number, folder / "p.xlsx")


DONE: dict[str, Callable[[Workspace, Path], None]] = {
    one.__name__: one
    for one in (verdict, undone_and_done_again, two_firsts, missed, cost, question, disclosure, protocol)
}
OF_PERSONS = {ActionKind.DECIDE, ActionKind.DISCLOSE, ActionKind.PRINT, ActionKind.EXPORT, ActionKind.CLAIM}


@pytest.mark.parametrize("name", DONE)
def test_what_is_done_about_a_person_carries_the_number(workspace: Workspace, tmp_path: Path, name: str) -> None:
    before = {one.entry for one in audit.entries(workspace.store)}
    DONE[name](workspace, tmp_path)
    entries = [one for one in audit.entries(workspace.store) if one.entry not in before]
    told = [one for one in entries if kind_of(one.action) in OF_PERSONS]
    assert told
    assert {(one.action, one.patients) for one in told} == {(one.action, (PERSON,)) for one in told}


def test_numbers_that_are_joined_or_told_apart_both_stand_there(workspace: Workspace) -> None:
    known = identities.known(workspace.store, [PERSON, ANOTHER])
    pair = PairKey.of(known[PERSON], known[ANOTHER])
    identity_pairs.dismiss(workspace, pair, "syskon")
    identity_pairs.take_back(workspace, pair)
    joining.join(workspace, ANOTHER, PERSON, permits=list(Permit))
    entries = [one for one in audit.entries(workspace.store) if one.action.startswith("identities_")]
    assert [one.action for one in entries] == [
        "identities_joined",
        "identities_proposed_again",
        "identities_told_apart",
    ]
    assert {one.patients for one in entries} == {(ANOTHER, PERSON)}


def test_a_list_with_numbers_carries_everyone_in_it(workspace: Workspace) -> None:
    table = listings.index_operations(workspace, identified=True)
    (entry, *_others) = audit.entries(workspace.store, 1)
    assert entry.action == "identities_disclosed"
    assert set(entry.patients) == {row["personal_id"] for row in table.records()}
