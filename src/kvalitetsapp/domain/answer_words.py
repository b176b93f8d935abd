"""An answer in words, question by question in the order of the work, and where two answers differ."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.answer import SINGLE_WORDS, Answer
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.review import ReviewCase

QUESTIONS: Final = {
    "decision": N_("Beslut"),
    "relation": N_("Samband"),
    "index_ref": N_("Primäroperation"),
    "complication_class": N_("Komplikation"),
    "criteria": N_("EBJIS-kriterier"),
    "infection_level": N_("Infektionens säkerhet"),
    "organism": N_("Bakterie"),
    "cultures": N_("Odlingar"),
    "harm_severity": N_("Skadans allvar"),
    "clavien_dindo": N_("Clavien-Dindo"),
    "avoidability": N_("Undvikbarhet"),
    "treatment": N_("Behandling"),
    "outcome": N_("Utfall"),
    "follow_ups": N_("Uppföljning"),
    "pointer": N_("Hänvisning"),
    "comment": N_("Skäl eller kommentar"),
}
"""What an answer tells, and what each part is called; `cultures` are those taken and those positive together."""


def in_words(answer: Answer, case: ReviewCase) -> dict[str, str]:
    """Return what is answered of each question, in words; questions without an answer are left out."""
    told = {name: _of(name)(answer, case) for name in QUESTIONS}
    return {name: text for name, text in told.items() if text}


def differing(first: Answer, second: Answer, case: ReviewCase) -> tuple[str, ...]:
    """Return the questions that two answers tell different things of."""
    one, other = in_words(first, case), in_words(second, case)
    return tuple(name for name in QUESTIONS if one.get(name) != other.get(name))


def common(first: Answer, second: Answer) -> Answer:
    """Return what two answers have in common, the rest not answered: where a consensus begins."""
    blank = Answer()
    kept: dict[str, Any] = {}
    for one in fields(Answer):
        value = getattr(first, one.name)
        kept[one.name] = value if value == getattr(second, one.name) else getattr(blank, one.name)
    if first.relation != second.relation:
        kept["decision"] = None  # it follows from the relation, which is what they differ on
    return Answer(**kept)


def summary(answer: Answer, case: ReviewCase) -> str:
    """Return an answer in a line, without free text."""
    told = in_words(answer, case)
    names = ("relation", "complication_class", "infection_level", "harm_severity", "avoidability")
    parts = [told[name] for name in names if name in told]
    return ", ".join(parts) or told.get("decision", "")


def _of(name: str) -> Callable[[Answer, ReviewCase], str]:
    if name in SINGLE_WORDS:
        return lambda answer, _case: _word(name, getattr(answer, name))
    return _OTHERS[name]


def _word(vocabulary: str, code: str) -> str:
    return word(vocabulary, code) if code else ""


def _decision(answer: Answer, _case: ReviewCase) -> str:
    """The relation tells the decision; alone it stands only where nobody has told the relation."""
    return "" if answer.decision is None or answer.relation else word("verdict", answer.decision)


def _operation(answer: Answer, case: ReviewCase) -> str:
    for one in case.candidates:
        if one.operation.index_ref == answer.index_ref:
            return f"{lane_label(one.operation.joint, one.operation.side)} {one.operation.operated_on.isoformat()}"
    return answer.index_ref


def _criteria(answer: Answer, case: ReviewCase) -> str:
    titles = {one.code: one.title for one in case.criteria}
    return "; ".join(titles.get(code, code) for code in answer.criteria)


def _cultures(answer: Answer, _case: ReviewCase) -> str:
    if answer.cultures_taken is None:
        return ""
    taken = ngettext("{n} tagen", "{n} tagna", answer.cultures_taken).format(n=answer.cultures_taken)
    if answer.cultures_positive is None:
        return taken
    positive = ngettext("{n} positiv", "{n} positiva", answer.cultures_positive).format(n=answer.cultures_positive)
    return f"{taken}, {positive}"


def _follow_ups(answer: Answer, case: ReviewCase) -> str:
    known = {one.episode: f"{one.day.isoformat()} {one.provider}" for one in case.follow_ups}
    named = [known[episode] for episode in answer.follow_ups if episode in known]
    unknown = len(answer.follow_ups) - len(named)
    if unknown:
        named.append(ngettext("{n} vårdkontakt", "{n} vårdkontakter", unknown).format(n=unknown))
    return "; ".join(named)


_OTHERS: Final[dict[str, Callable[[Answer, ReviewCase], str]]] = {
    "decision": _decision,
    "index_ref": _operation,
    "criteria": _criteria,
    "cultures": _cultures,
    "follow_ups": _follow_ups,
    "pointer": lambda answer, _case: answer.pointer,
    "comment": lambda answer, _case: answer.comment.strip(),
}


def title_of(name: str) -> str:
    """Return what a question is called."""
    return _(QUESTIONS[name])
