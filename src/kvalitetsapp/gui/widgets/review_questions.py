"""The questions of a record review in the order of the work, and the answer that they make together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain.answer import Answer, decision_of
from kvalitetsapp.domain.answer_words import title_of
from kvalitetsapp.domain.review_words import (
    Avoidability,
    ClavienDindo,
    HarmSeverity,
    Organism,
    Outcome,
    Relation,
    Treatment,
)
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.domain.words import ComplicationClass, Verdict, word
from kvalitetsapp.gui.widgets.choice_group import Choice
from kvalitetsapp.gui.widgets.choice_question import ChoiceQuestion
from kvalitetsapp.gui.widgets.criteria_question import CriteriaQuestion
from kvalitetsapp.gui.widgets.cultures_question import CulturesQuestion
from kvalitetsapp.gui.widgets.follow_up_question import FollowUpQuestion
from kvalitetsapp.gui.widgets.question_list import QuestionList
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from enum import StrEnum

    from kvalitetsapp.domain.review import Candidate, ReviewCase

DERIVED: Final = "derived"
OF_INFECTIONS: Final = frozenset({"criteria", "organism", "cultures"})
_WORDS: Final[dict[str, type[StrEnum]]] = {
    "harm_severity": HarmSeverity,
    "clavien_dindo": ClavienDindo,
    "avoidability": Avoidability,
    "treatment": Treatment,
    "outcome": Outcome,
}
_KEYS: Final = {
    "relation": "S",
    "index_ref": "P",
    "complication_class": "K",
    "criteria": "R",
    "organism": "B",
    "cultures": "O",
    "harm_severity": "A",
    "clavien_dindo": "C",
    "avoidability": "U",
    "treatment": "E",
    "outcome": "T",
    "follow_ups": "F",
}
"""The letter that takes one to a question together with Alt."""


class ReviewQuestions(QWidget):
    """Shows the questions that an answer so far makes one ask."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QuestionList()
        self.relation = _words("relation", Relation)
        self.operation = ChoiceQuestion(title_of("index_ref"), _KEYS["index_ref"])
        self.complication = ChoiceQuestion(title_of("complication_class"), _KEYS["complication_class"])
        self.criteria = CriteriaQuestion(title_of("criteria"), _KEYS["criteria"])
        self.organism = _words("organism", Organism)
        self.cultures = CulturesQuestion(title_of("cultures"), _KEYS["cultures"])
        self.words = {name: _words(name, vocabulary) for name, vocabulary in _WORDS.items()}
        self.follow_ups = FollowUpQuestion(title_of("follow_ups"), _KEYS["follow_ups"])
        self._case: ReviewCase | None = None
        self._decided: Verdict | None = None
        self._arrange()
        self.list.changed.connect(self.changed)

    def show_case(self, case: ReviewCase, answer: Answer) -> None:
        """Offer what can be chosen in a case, and show an answer to it."""
        self.list.set_filling(on=True)
        self._case = case
        self.operation.set_choices([_operation_choice(one) for one in case.candidates])
        self.complication.set_choices(_classes(case))
        self.criteria.set_criteria(case.criteria)
        self.follow_ups.set_offers(case.follow_ups)
        self.show_answer(answer)
        self.list.set_filling(on=False)

    def show_answer(self, answer: Answer) -> None:
        """Show an answer; an operation that cannot be chosen any more is not."""
        self._decided = answer.decision
        self.relation.set_value(answer.relation)
        possible = {one.operation.index_ref for one in self._candidates() if one.possible}
        self.operation.set_value(answer.index_ref if answer.index_ref in possible else self._preselected())
        self.complication.set_value(answer.complication_class or DERIVED)
        self.criteria.set_values(answer.criteria, answer.infection_level)
        self.organism.set_value(answer.organism)
        self.cultures.set_values(answer.cultures_taken, answer.cultures_positive)
        for name, question in self.words.items():
            question.set_value(getattr(answer, name))
        self.follow_ups.set_values(answer.follow_ups)
        self.relation.note = self._decision_without_relation()
        self.relation.refresh()

    def answer(self, pointer: str, comment: str) -> Answer:
        """Return the answer with two texts to it; a question that is not asked has none."""
        relation = self.relation.value()
        decision = decision_of(relation) if relation else self._decided
        if decision is Verdict.REJECTED:
            return Answer(decision, relation=relation, comment=comment)
        chosen, infected = self.operation.value(), self.is_infection()
        told = decision is not None or chosen != self._preselected()
        taken, positive = self.cultures.values() if infected else (None, None)
        return Answer(
            decision,
            chosen if told else "",
            self._class(),
            comment,
            relation,
            criteria=self.criteria.values() if infected else (),
            infection_level=self.criteria.level() if infected else "",
            organism=self.organism.value() if infected else "",
            cultures_taken=taken,
            cultures_positive=positive,
            pointer=pointer,
            follow_ups=self.follow_ups.values(),
            **{name: question.value() for name, question in self.words.items()},
        )

    def ask(self, answer: Answer) -> None:
        """Ask what an answer so far makes one ask: a rejecting relation asks for nothing else."""
        asked = {"relation"}
        if answer.decision is not Verdict.REJECTED:
            asked |= {"complication_class", *self.words}
            asked |= {"index_ref"} if self._candidates() else set()
            asked |= OF_INFECTIONS if self.is_infection() else set()
            asked |= {"follow_ups"} if self._case is not None and self._case.follow_ups else set()
        self.list.set_asked(frozenset(asked))
        required = {"relation", "index_ref", *self.required()}
        for name, question in self.list.questions():
            question.set_required(on=name in required or (name == "criteria" and "infection_level" in required))

    def required(self) -> frozenset[str]:
        """Return which of the questions that a round requires are asked."""
        place = None if self._case is None else self._case.place
        wanted = frozenset(() if place is None else place.required)
        return wanted if self.is_infection() else wanted - {"infection_level", "organism"}

    def is_infection(self) -> bool:
        """Tell whether the class chosen, or derived where none is, is infection."""
        derived = "" if self._case is None else self._case.link.complication_class
        return (self._class() or derived) == ComplicationClass.INFECTION

    def _class(self) -> str:
        chosen = self.complication.value()
        return "" if chosen == DERIVED else chosen

    def _candidates(self) -> Sequence[Candidate]:
        return () if self._case is None else self._case.candidates

    def _preselected(self) -> str:
        return next((one.operation.index_ref for one in self._candidates() if one.proposed), "")

    def _decision_without_relation(self) -> str:
        """Return what was decided before, or outside the program, where nobody has said how sure the relation is."""
        if self._decided is None or self.relation.value():
            return ""
        return _("{decision}, samband inte angivet").format(decision=word("verdict", self._decided))

    def _arrange(self) -> None:
        for name, question in (
            ("relation", self.relation),
            ("index_ref", self.operation),
            ("complication_class", self.complication),
            ("criteria", self.criteria),
            ("organism", self.organism),
            ("cultures", self.cultures),
            *self.words.items(),
            ("follow_ups", self.follow_ups),
        ):
            self.list.add(name, question)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)


def _words(name: str, vocabulary: Iterable[StrEnum]) -> ChoiceQuestion:
    choices = [Choice(each.value, word(name, each)) for each in vocabulary]
    return ChoiceQuestion(title_of(name), _KEYS[name], choices)


def _classes(case: ReviewCase) -> list[Choice]:
    derived = word("complication_class", case.link.complication_class)
    first = Choice(DERIVED, _("Enligt underlaget: {name}").format(name=derived))
    return [first, *(Choice(each.value, word("complication_class", each)) for each in ComplicationClass)]


def _operation_choice(one: Candidate) -> Choice:
    place = lane_label(one.operation.joint, one.operation.side)
    text = f"{place} {one.operation.operated_on.isoformat()}"
    note = _("föreslagen: {note}").format(note=one.note) if one.proposed else one.note
    return Choice(one.operation.index_ref, text, f"{one.operation.provider}; {note}", one.possible)
