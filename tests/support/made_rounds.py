"""Review rounds in a county: answers given as the program stores them, and the definitions that tests use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.review_round import Part, RoundDefinition
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import linking, review_rounds, round_overview
from kvalitetsapp.store import patients, review_answers, verdicts
from kvalitetsapp.store.review_answers import NewAnswer
from kvalitetsapp.store.verdicts import NewVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.domain.round_progress import RoundCase, RoundProgress
    from kvalitetsapp.services.workspace import Workspace

EVERYTHING: Final = RoundDefinition(date(1990, 1, 1), date(2100, 1, 1), surgery_levels=(), own_care=False)
OPERATED: Final = RoundDefinition(date(1990, 1, 1), date(2100, 1, 1))
REJECTED: Final = Answer(Verdict.REJECTED, comment="ny skada")
CONFIRMED: Final = Answer(Verdict.CONFIRMED, harm_severity="F", avoidability="2")


def blinded(definition: RoundDefinition) -> RoundDefinition:
    return replace(definition, reviewers_per_case=2)


def new_round(workspace: Workspace, name: str, definition: RoundDefinition, previous: int | None = None) -> int:
    return review_rounds.create(workspace, name, definition, previous=previous).round_id


def keys(workspace: Workspace, round_id: int) -> list[EventKey]:
    return [case.key for case in round_overview.cases(workspace, round_id)]


def case(workspace: Workspace, round_id: int, key: EventKey) -> RoundCase:
    return next(one for one in round_overview.cases(workspace, round_id) if one.key == key)


def progress(workspace: Workspace, round_id: int) -> RoundProgress:
    return next(one for one in round_overview.rounds(workspace) if one.round.round_id == round_id)


def answer(
    workspace: Workspace,
    round_id: int | None,
    key: EventKey,
    given: Answer = CONFIRMED,
    *,
    part: Part = Part.SOLE,
    who: str = "",
    seconds: int = 30,
) -> int:
    """Store an answer with the decision that it leads to, without linking anew; its number is returned."""
    link = patients.link(workspace.store, key)
    assert link is not None
    named = _operation(workspace, link) if given.decision is Verdict.CONFIRMED else None
    given = replace(given, index_ref=link.index_ref) if named else replace(given, decision=Verdict.REJECTED)
    reviewer = who or workspace.user
    with workspace.store.transaction():
        verdict = None if part is Part.FIRST else _verdict(workspace, key, given, named, reviewer)
        new = NewAnswer(key, round_id, part, reviewer, given, named, seconds, "{}", verdict)
        return review_answers.add(workspace.store, new)


def answer_all(workspace: Workspace, round_id: int, keys_: Iterable[EventKey]) -> None:
    """Confirm what can be confirmed and reject the rest, and link anew."""
    for key in keys_:
        answer(workspace, round_id, key)
    link_anew(workspace)


def link_anew(workspace: Workspace) -> None:
    with workspace.store.transaction():
        linking.derive(workspace, Progress())


def withdraw(workspace: Workspace, number: int) -> None:
    given = review_answers.of_number(workspace.store, number)
    assert given is not None
    assert given.verdict is not None
    with workspace.store.transaction():
        verdicts.withdraw(workspace.store, given.verdict)
        review_answers.withdraw(workspace.store, number)


def forget_codes(workspace: Workspace, key: EventKey) -> None:
    """Correct an episode so that nothing in it makes an event."""
    with workspace.store.transaction():
        workspace.store.write(
            "UPDATE episodes SET main_diagnosis = 'Z000', other_diagnoses = '', procedures = '' WHERE episode = ?",
            (key.episode,),
        )
        workspace.store.write("DELETE FROM procedure_details WHERE episode = ?", (key.episode,))
        linking.derive(workspace, Progress())


def move_event(workspace: Workspace, key: EventKey) -> None:
    """Correct an episode so that it, and its event, were a day later."""
    with workspace.store.transaction():
        workspace.store.write(
            "UPDATE procedure_details SET performed_on = date(performed_on, '+1 day') WHERE episode = ?",
            (key.episode,),
        )
        workspace.store.write(
            "UPDATE episodes SET admitted = date(admitted, '+1 day'), discharged = date(discharged, '+1 day'), "
            "procedure_date = date(procedure_date, '+1 day') WHERE episode = ?",
            (key.episode,),
        )
        linking.derive(workspace, Progress())


def _operation(workspace: Workspace, link: Link) -> tuple[int, str, str] | None:
    for one in patients.patient(workspace.store, link.person).operations:
        if one.index_ref == link.index_ref:
            return one.episode, one.joint, one.side
    return None


def _verdict(
    workspace: Workspace, key: EventKey, given: Answer, named: tuple[int, str, str] | None, reviewer: str
) -> int:
    episode, joint, side = named or (None, None, None)
    new = NewVerdict(
        key,
        str(given.decision),
        given.complication_class or None,
        reviewer,
        workspace.today,
        episode,
        joint,
        side,
        given.comment or None,
    )
    return verdicts.add(workspace.store, new)
