"""A round of the example county that two have reviewed, with the answers that a plain rule gives; nobody is real."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.answer import Answer, class_of, decision_of
from kvalitetsapp.domain.review_round import Part, RoundDefinition
from kvalitetsapp.domain.words import ComplicationClass, Verdict
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import kept_answers, review_rounds, two_reviewers
from kvalitetsapp.services.kept_answers import Given
from kvalitetsapp.store import patients
from support.reviewing import at_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.services.workspace import Workspace

ANNA, BO = "Anna Ek", "Bo Lind"
NAME: Final = "Opererade i egen regi 2022 och första kvartalet 2023"
DEFINITION: Final = RoundDefinition(date(2022, 1, 1), date(2023, 3, 31), purchased=True, reviewers_per_case=2)
_RELATIONS = ("certain", "certain", "probable", "certain", "unlikely", "probable", "none")
_HARM = ("F", "G", "F", "E", "F", "H")
_CLAVIEN = ("IIIb", "IIIb", "II", "IIIa", "IVa")
_AVOIDABLE = ("1", "2", "2", "3", "1", "4", "2")
_ORGANISMS = ("s_aureus", "coagulase_negative", "s_aureus", "several", "no_growth")
_TREATMENTS = ("dair", "two_stage", "one_stage", "dair")
_OTHER = ("closed_reduction", "revision", "other_surgery")
_OUTCOMES = ("recovered", "recovered", "lasting_trouble", "under_treatment", "not_known")


def freeze(workspace: Workspace, name: str = NAME, definition: RoundDefinition = DEFINITION) -> int:
    """Freeze a round and return its number."""
    return review_rounds.create(workspace, name, definition).round_id


def answer(workspace: Workspace, link: Link, number: int, *, shift: int = 0, words: str = "") -> Answer:
    """Return a full answer on an event; a `shift` answers some questions otherwise, `words` are its free texts."""
    relation = _of(_RELATIONS, number + (shift if number % 8 == 0 else 0))
    comment = words or "Ur op-berättelsen"
    if decision_of(relation) is Verdict.REJECTED or not link.index_ref:
        return Answer(Verdict.REJECTED, relation="none", comment=comment, pointer=words)
    infected = class_of(Answer(), link) == ComplicationClass.INFECTION
    codes = [one.code for one in workspace.infection_criteria]
    return Answer(
        Verdict.CONFIRMED,
        link.index_ref,
        relation=relation,
        comment=comment,
        pointer=words or f"Op-berättelse, sida {number % 9 + 1}",
        harm_severity=_of(_HARM, number + (shift if number % 9 == 0 else 0)),
        clavien_dindo=_of(_CLAVIEN, number),
        avoidability=_of(_AVOIDABLE, number + (shift if number % 5 == 0 else 0)),
        criteria=(codes[number % len(codes)],) if infected else (),
        organism=_of(_ORGANISMS, number) if infected else "",
        cultures_taken=5 if infected else None,
        cultures_positive=number % 5 if infected else None,
        treatment=_of(_TREATMENTS if infected else _OTHER, number),
        outcome=_of(_OUTCOMES, number),
    )


def give(workspace: Workspace, round_id: int, key: EventKey, who: str, given: Answer, seconds: int = 60) -> None:
    """Let one of two reviewers answer as the program lets them, with what follows from it."""
    with at_work(workspace, who), workspace.store.transaction():
        link = _link(workspace, key)
        complete = kept_answers.worked_out(workspace, link, given)
        two_reviewers.keep_first(workspace, Given(link, complete, Part.FIRST, who, round_id, seconds), Progress())


def settle(workspace: Workspace, round_id: int, key: EventKey, who: str, given: Answer, seconds: int = 90) -> None:
    """Let one write down what both came to."""
    with at_work(workspace, who):
        two_reviewers.settle(workspace, round_id, _link(workspace, key), given, seconds=seconds)


def _link(workspace: Workspace, key: EventKey) -> Link:
    link = patients.link(workspace.store, key)
    assert link is not None
    return link


def _of(values: Sequence[str], number: int) -> str:
    return values[number % len(values)]
