"""What two reviewers' answers on the same event differ in: facts only, not how they are commented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain.answer import LONGEST_COMMENT, LONGEST_POINTER, SINGLE_WORDS
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.infection import Criterion


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two answers differ in: its name in `Answer`, and the question and both answers in Swedish."""

    name: str
    question: str
    one: str
    other: str


def differences(
    one: Answer, other: Answer, *, derived_class: str = "", criteria: Iterable[Criterion] = ()
) -> tuple[Difference, ...]:
    """Return what two answers differ in, in the order of the form.

    `derived_class` is what an answer without class stands for; `criteria` gives the ticked codes their titles.
    """
    return tuple(
        Difference(name, question, said(one), said(other))
        for name, question, said in _questions(derived_class, {each.code: each.title for each in criteria})
        if said(one) != said(other)
    )


def agreed(one: Answer, other: Answer) -> Answer:
    """Return the answer that two answers without a difference give together, with what both wrote where it fits."""
    return replace(
        other,
        complication_class=one.complication_class or other.complication_class,
        comment=_both(one.comment, other.comment, LONGEST_COMMENT),
        pointer=_both(one.pointer, other.pointer, LONGEST_POINTER),
        follow_ups=tuple(sorted({*one.follow_ups, *other.follow_ups})),
    )


def _questions(derived_class: str, titles: dict[str, str]) -> Iterator[tuple[str, str, Callable[[Answer], str]]]:
    yield "decision", _("Beslut"), lambda answer: word("verdict", answer.decision) if answer.decision else NOTHING
    yield "index_ref", _("Primäroperation"), lambda answer: answer.index_ref or NOTHING
    for name, question in SINGLE_WORDS.items():
        yield name, _(question), _word_of(name, derived_class if name == "complication_class" else "")
    yield (
        "criteria",
        _("Kriterier"),
        lambda answer: ", ".join(titles.get(code, code) for code in sorted(answer.criteria)) or NOTHING,
    )
    yield "cultures_taken", _("Tagna odlingar"), lambda answer: _count(answer.cultures_taken)
    yield "cultures_positive", _("Positiva odlingar"), lambda answer: _count(answer.cultures_positive)


def _word_of(name: str, unanswered: str) -> Callable[[Answer], str]:
    def said(answer: Answer) -> str:
        code = getattr(answer, name) or unanswered
        return word(name, code) if code else NOTHING

    return said


def _count(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def _both(one: str, other: str, longest: int) -> str:
    """Return two texts as one; where they are too long together the first stands, and each is kept with its answer."""
    texts = list(dict.fromkeys(text.strip() for text in (one, other) if text.strip()))
    together = " / ".join(texts)
    return together if len(together) <= longest else texts[0]
