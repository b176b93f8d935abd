"""A reviewer's answer on one event: the structured form, what it still lacks, and how it is kept as text.

An answer holds coded facts, a pointer to where the record tells it, and a short comment; never a copy of the record.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.review_words import Relation
from kvalitetsapp.domain.words import ComplicationClass, Verdict
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kvalitetsapp.domain.patient import Link

LONGEST_COMMENT: Final = 300
LONGEST_POINTER: Final = 80
MOST_CULTURES: Final = 99
SINGLE_WORDS: Final = {
    "relation": N_("Samband"),
    "complication_class": N_("Komplikation"),
    "harm_severity": N_("Skadans allvar"),
    "clavien_dindo": N_("Clavien-Dindo"),
    "avoidability": N_("Undvikbarhet"),
    "infection_level": N_("Infektionens säkerhet"),
    "organism": N_("Bakterie"),
    "treatment": N_("Behandling"),
    "outcome": N_("Utfall"),
}
"""The questions that are answered with one word of a vocabulary of the same name, and what they are called."""
_OF_INFECTIONS: Final = frozenset({"infection_level", "organism"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer has filled in; unfinished it is a draft, and "" or None stands for what is not answered.

    No class: the one derived from the codes stands. `infection_level` follows from `criteria` (`domain/infection.py`).
    `follow_ups` are the episodes taken into the case as follow-up contacts of the event.
    """

    decision: Verdict | None = None
    index_ref: str = ""
    complication_class: str = ""
    comment: str = ""
    relation: str = ""
    harm_severity: str = ""
    clavien_dindo: str = ""
    avoidability: str = ""
    criteria: tuple[str, ...] = ()
    infection_level: str = ""
    organism: str = ""
    cultures_taken: int | None = None
    cultures_positive: int | None = None
    treatment: str = ""
    outcome: str = ""
    pointer: str = ""
    follow_ups: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been filled in."""
        return self == Answer()

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain values under the names of its questions."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}


def from_dict(told: Mapping[str, Any]) -> Answer:
    """Return the answer that `as_dict` told; questions that are not there are not answered."""
    known = {one.name for one in fields(Answer)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items() if name in known
    }
    decision = values.pop("decision", None)
    return Answer(Verdict(decision) if decision else None, **values)


def decision_of(relation: str) -> Verdict | None:
    """Return what a relation decides about the link: certain and probable confirm it, the others reject it."""
    if not relation:
        return None
    return Verdict.CONFIRMED if relation in {Relation.CERTAIN, Relation.PROBABLE} else Verdict.REJECTED


def class_of(answer: Answer, link: Link) -> str:
    """Return the class that an answer gives the event: its own, else the derived one."""
    return answer.complication_class or link.complication_class


def missing_in(answer: Answer, link: Link, required: Collection[str] = ()) -> str:
    """Return what an answer still lacks, in a Swedish sentence, "" where it is complete.

    `required` names questions that a confirmed event must have an answer to, as a review round may ask.
    """
    if answer.decision is None:
        return _("Välj hur händelsen hör ihop med operationen.")
    if answer.decision is Verdict.REJECTED and not answer.comment.strip():
        return _("Skriv varför kopplingen avvisas.")
    if answer.decision is Verdict.CONFIRMED and not answer.index_ref:
        return _("Välj vilken primäroperation som händelsen hör till.")
    moved = answer.decision is Verdict.CONFIRMED and answer.index_ref != link.index_ref
    if moved and link.index_ref and not answer.comment.strip():
        return _("Skriv varför händelsen flyttas till en annan operation.")
    return _contradiction(answer) or _free_text(answer) or _unanswered(answer, link, required)


def _contradiction(answer: Answer) -> str:
    if answer.relation and decision_of(answer.relation) is not answer.decision:
        return _("Sambandet och beslutet säger olika saker.")
    taken, positive = answer.cultures_taken, answer.cultures_positive
    if positive is not None and (taken is None or positive > taken):
        return _("Fler positiva odlingar än tagna.")
    return ""


def _free_text(answer: Answer) -> str:
    """Keep copied records out: short texts only, and no personal number in them."""
    if len(answer.comment) > LONGEST_COMMENT:
        return _("Kommentaren är för lång: högst {n} tecken. Hänvisa till journalen i stället.").format(
            n=LONGEST_COMMENT
        )
    if len(answer.pointer) > LONGEST_POINTER:
        return _("Hänvisningen är för lång: högst {n} tecken.").format(n=LONGEST_POINTER)
    if any(identity.hidden(text) != text for text in (answer.comment, answer.pointer)):
        return _("Skriv inga personnummer i kommentaren eller hänvisningen.")
    return ""


def _unanswered(answer: Answer, link: Link, required: Collection[str]) -> str:
    """Tell which questions a round requires of a confirmed event; those about infections only of an infection."""
    if answer.decision is not Verdict.CONFIRMED:
        return ""
    asked = set(required)
    if class_of(answer, link) != ComplicationClass.INFECTION:
        asked -= _OF_INFECTIONS
    # Without a choice the derived class stands, and that is an answer.
    asked.discard("complication_class")
    missing = [_(name) for code, name in SINGLE_WORDS.items() if code in asked and not getattr(answer, code)]
    return _("Omgången kräver svar på: {questions}.").format(questions=", ".join(missing)) if missing else ""


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
