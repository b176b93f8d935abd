"""A made-up review round with two reviewers, large enough that every part of its protocol has something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from kvalitetsapp.analysis import review_results, reviewer_agreement
from kvalitetsapp.domain.answer import Answer, decision_of
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import ImportedFile, Manifest
from kvalitetsapp.domain.review_protocol import (
    MissedFindings,
    ProtocolAnswer,
    ProtocolCase,
    ProtocolData,
    ProtocolHead,
    QuestionsAsked,
    ReviewerWork,
    Settled,
    definition_in_words,
    sealed,
)
from kvalitetsapp.domain.review_round import CaseState, Novelty, Part, RoundDefinition

if TYPE_CHECKING:
    from random import Random

REVIEWERS = ("Granskare Ett", "Granskare Två")
PROVIDERS = ("Fjällkliniken", "Norrskenets ortopedi", "Åsens kirurgi & knä <AB>", "")
CASES = 48
_FIRST_DAY = date(2022, 1, 3)
_CLASSES = ("infection", "infection", "dislocation", "periprosthetic_fracture", "mechanical", "wound")
_SURGERY = ("revision", "reoperation", "closed_reduction")
_RELATIONS = ("certain", "certain", "probable", "certain", "unlikely", "probable", "none")
_HARM = ("F", "G", "F", "E", "F", "H")
_CLAVIEN = ("IIIb", "IIIb", "II", "IIIa", "IVa")
_AVOIDABLE = ("1", "2", "2", "3", "1", "4", "2")
_LEVELS = ("confirmed", "confirmed", "likely", "confirmed")
_ORGANISMS = ("s_aureus", "coagulase_negative", "s_aureus", "several", "no_growth")
_INFECTION_TREATMENTS = ("dair", "two_stage", "one_stage", "dair")
_OTHER_TREATMENTS = ("closed_reduction", "revision", "other_surgery")
_OUTCOMES = ("recovered", "recovered", "lasting_trouble", "under_treatment", "not_known")
DEFINITION = RoundDefinition(date(2022, 1, 1), date(2023, 3, 31), joints=("hip", "knee"), reviewers_per_case=2)
HEAD = ProtocolHead(
    name="Opererade för proteskomplikation januari 2022 – mars 2023",
    definition=definition_in_words(DEFINITION, {}),
    frozen_on="2023-09-01",
    frozen_by="Samordnaren",
    closed_on="2023-11-30",
    closed_by="Samordnaren",
    data_cut="2023-08-31",
    is_blinded=True,
    sample=False,
    small_numbers=SmallNumbers.OPEN,
    program_version="9.9.9",
)
MANIFEST = Manifest(
    files=(ImportedFile(1, "episodes", "vård <maj> & juni.csv", "ab" * 32, "2023-08-31T03:04:05", 1000, 20),),
    definitions=(("Kodtabeller, utgåva", "2020-abc"), ("Infektionskriterier", "EBJIS 2021")),
    parameters=(("Omgång nr", "2"), ("Jämförs med omgång nr", "1")),
)


def _of(values: tuple[str, ...], number: int) -> str:
    return values[number % len(values)]


def answer(number: int, *, shift: int = 0) -> Answer:
    """Return a full answer on the case of a number; a `shift` answers some questions otherwise."""
    relation = _of(_RELATIONS, number + (shift if number % 8 == 0 else 0))
    if decision_of(relation) == "rejected":
        return Answer(decision_of(relation), relation=relation, comment="Annan orsak")
    infected = _of(_CLASSES, number) == "infection"
    return Answer(
        decision_of(relation),
        complication_class=_of(_CLASSES, number),
        relation=relation,
        harm_severity=_of(_HARM, number + (shift if number % 9 == 0 else 0)),
        clavien_dindo=_of(_CLAVIEN, number),
        avoidability="" if number == 2 else _of(_AVOIDABLE, number + (shift if number % 5 == 0 else 0)),
        infection_level=_of(_LEVELS, number) if infected else "",
        organism=_of(_ORGANISMS, number) if infected else "",
        cultures_taken=5 if infected else None,
        cultures_positive=number % 5 if infected else None,
        treatment=_of(_INFECTION_TREATMENTS if infected else _OTHER_TREATMENTS, number + (number % 11 == 0) * shift),
        outcome=_of(_OUTCOMES, number),
        pointer=f"Op-berättelse 2022-{number % 12 + 1:02d}",
    )


def case(number: int) -> ProtocolCase:
    """Return the case of a number; the last ones are not done."""
    states = {CASES - 1: CaseState.OPEN, CASES - 2: CaseState.WAITING, CASES - 3: CaseState.DIFFERS, 7: CaseState.GONE}
    state = states.get(number, CaseState.DONE)
    return ProtocolCase(
        event_ref=f"vårdsystem/{90_000 + number}",
        joint="hip" if number % 3 else "knee",
        side=("right", "left", "unknown")[number % 3],
        event_date=(_FIRST_DAY + timedelta(days=9 * number)).isoformat(),
        provider=PROVIDERS[-1] if number == 20 else PROVIDERS[(number % 5) // 2],
        days=None if number == 20 else 20 + number * 11,
        surgery_level=_of(_SURGERY, number),
        state=state,
        novelty=(Novelty.NEW, Novelty.KNOWN, Novelty.NEW, Novelty.CHANGED)[number % 4],
        answer=answer(number) if state is CaseState.DONE else Answer(),
        part=None if state is not CaseState.DONE else Part.CONSENSUS if number % 5 == 0 else Part.AGREED,
        reviewers=() if state is not CaseState.DONE else REVIEWERS,
    )


CASE_LIST = tuple(case(number) for number in range(CASES))
ANSWERS = tuple(
    ProtocolAnswer(one, reviewer, Part.FIRST, f"2023-10-{number % 28 + 1:02d}", 60 + number, answer(number, shift=n))
    for number, one in enumerate(CASE_LIST)
    for n, reviewer in enumerate(REVIEWERS)
    if number < CASES - 2 + (1 - n) and number != 7
)
SETTLED = tuple(
    Settled(
        one.event_ref,
        ("avoidability", "harm_severity") if number % 9 == 0 else ("avoidability",),
        "Odlingssvaren fanns i journalen men sågs bara av den ena granskaren; 3 enligt båda efter genomgång.",
        "Granskare Ett",
        "2023-11-20",
    )
    for number, one in enumerate(CASE_LIST)
    if one.part is Part.CONSENSUS and one.is_confirmed
)


def earlier_cases() -> tuple[ProtocolCase, ...]:
    """Return the cases of the round before: half of these, some answered otherwise."""
    kept = [one for one in CASE_LIST[:30] if one.state is CaseState.DONE]
    other = answer(4), answer(2)
    return tuple(
        replace(one, novelty=Novelty.NEW, answer=other[n % 2] if n in {3, 8} else one.answer)
        for n, one in enumerate(kept)
    )


def protocol(*, closed: bool = True, small_numbers: SmallNumbers = SmallNumbers.OPEN) -> ProtocolData:
    """Return the protocol of the round, closed or while it goes on."""
    head = replace(HEAD, small_numbers=small_numbers)
    cases = tuple(one for one in CASE_LIST if one.state in {CaseState.DONE, CaseState.GONE}) if closed else CASE_LIST
    answers = tuple(one for one in ANSWERS if one.case in cases)
    return sealed(
        ProtocolData(
            head=head if closed else replace(head, closed_on="", closed_by=""),
            reviewers=tuple(_work(name, answers) for name in REVIEWERS),
            median_seconds=160,
            progress=review_results.progress(cases),
            results=review_results.results(cases),
            agreement=reviewer_agreement.of_round(_pairs(answers)),
            settled=SETTLED,
            earlier=review_results.compared("Hösten 2022", "2023-02-15", earlier_cases(), cases),
            questions=QuestionsAsked(12, 9, 2),
            missed=MissedFindings(6, 7),
            cases=cases,
            answers=answers,
            manifest=MANIFEST,
        )
    )


def varied(random: Random, small_numbers: SmallNumbers = SmallNumbers.PLAIN) -> ProtocolData:
    """Return the protocol of another round: some of the cases, as far as chance has it, some of them half answered."""
    chosen = sorted(random.sample(range(CASES), random.randint(12, CASES)))
    states = random.choices(list(CaseState), [1, 1, 1, random.choice((5, 20)), 1], k=len(chosen))
    blank = set(random.sample(chosen, random.randint(0, 5)))
    cases, answers = [], []
    for number, state in zip(chosen, states, strict=True):
        given = [answer(number, shift=n) for n in range({CaseState.OPEN: 0, CaseState.WAITING: 1}.get(state, 2))]
        if number in blank:
            given = [replace(one, avoidability="") for one in given]
        made = replace(case(number), state=state, answer=given[0] if state is CaseState.DONE else Answer())
        cases.append(made)
        answers += [
            ProtocolAnswer(made, REVIEWERS[n], Part.FIRST, "2023-10-01", 60, one) for n, one in enumerate(given)
        ]
    before = [replace(one, state=CaseState.DONE, answer=answer(n)) for n, one in zip(chosen, cases, strict=True)]
    asked, late = random.randint(0, 12), random.randint(0, 3)
    return sealed(
        replace(
            protocol(closed=False, small_numbers=small_numbers),
            reviewers=tuple(_work(name, tuple(answers)) for name in REVIEWERS),
            progress=review_results.progress(cases),
            results=review_results.results(cases),
            agreement=reviewer_agreement.of_round(_pairs(tuple(answers))),
            settled=SETTLED[: random.randint(0, 6)],
            earlier=review_results.compared("Hösten 2022", "2023-02-15", before[: len(before) * 2 // 3], cases),
            questions=QuestionsAsked(asked + late, asked, late),
            missed=MissedFindings(random.randint(0, 8), random.randint(0, 8)),
            cases=tuple(cases),
            answers=tuple(answers),
        )
    )


def _pairs(answers: tuple[ProtocolAnswer, ...]) -> list[tuple[Answer, Answer]]:
    by_case: dict[tuple[str, str, str], list[Answer]] = {}
    for one in answers:
        by_case.setdefault(one.case.key, []).append(one.answer)
    return [(given[0], given[1]) for given in by_case.values() if len(given) > 1]


def _work(name: str, answers: tuple[ProtocolAnswer, ...]) -> ReviewerWork:
    own = [one.seconds for one in answers if one.reviewer == name]
    return ReviewerWork(name, len(own), sum(own), round(median(own)))


def empty_protocol() -> ProtocolData:
    """Return the protocol of a round with one reviewer in which nobody has done anything."""
    data = ProtocolData(
        head=replace(HEAD, name="Ny omgång", closed_on="", closed_by="", is_blinded=False, sample=True),
        reviewers=(),
        median_seconds=None,
        progress=review_results.progress(()),
        results=review_results.results(()),
        agreement=(),
        settled=(),
        earlier=None,
        questions=QuestionsAsked(0, 0, 0),
        missed=MissedFindings(0, 0),
        cases=(),
        answers=(),
        manifest=Manifest((), (), ()),
    )
    return sealed(data)
