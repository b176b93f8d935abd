"""A case as the review form meets it, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.follow_up import FollowUpOffer
from kvalitetsapp.domain.infection import Criterion, Weight
from kvalitetsapp.domain.patient import EventKey, Link, Operation
from kvalitetsapp.domain.review import Candidate, ReviewCase
from kvalitetsapp.domain.review_round import CaseState, GivenAnswer, Novelty, Part, RoundPlace
from kvalitetsapp.domain.timeline import Mark, MarkKind, Tie, TieKind, Timeline
from kvalitetsapp.domain.words import Verdict

INDEX: Final = "bok/1/hip/right"
OTHER: Final = "bok/3/hip/right"
KEY: Final = EventKey(2, "hip", "right")
LINK: Final = Link(
    KEY, "bok/2", 7, "196812099874", date(2020, 5, 1), "Ortopedi", INDEX, "Fjällkliniken", "right", date(2020, 1, 1),
    121, "proposed", competing=False, complication_class="infection", surgery_level="revision", triggers=("T845F",),
    candidates=1, another_look=False, verdict=None,
)  # fmt: skip
OPERATIONS: Final = (
    Candidate(
        Operation(1, INDEX, "hip", "right", date(2020, 1, 1), "Fjällkliniken", "NFB49"), 121, fits=True, possible=True,
        proposed=True, note="samma led, samma sida, 121 dagar före",
    ),
    Candidate(
        Operation(3, OTHER, "hip", "right", date(2018, 1, 1), "Bergens ortopedi", "NFB49"), 851, fits=True,
        possible=True, proposed=False, note="samma led, samma sida, 851 dagar före",
    ),
)  # fmt: skip
CRITERIA: Final = (
    Criterion("sinus_tract", Weight.CONFIRMS, "Kliniska fynd", "Fistel till leden eller synlig protes"),
    Criterion("two_cultures", Weight.CONFIRMS, "Odling", "Samma bakterie i minst två prov"),
    Criterion("purulence", Weight.SIGN, "Kliniska fynd", "Var runt protesen"),
    Criterion("crp_10", Weight.SIGN, "Blodprov", "CRP över 10 mg per liter"),
    Criterion("one_culture", Weight.TEST, "Odling", "Växt i ett enda prov"),
)
OFFERS: Final = (
    FollowUpOffer(8, "bok/8", date(2020, 6, 1), "Ortopedi", ("Z479",), "samma led", 1_234_50),
    FollowUpOffer(9, "bok/9", date(2020, 6, 20), "Ortopedi", (), "samma diagnoskapitel", None),
)
TIMELINE: Final = Timeline(
    ("Höger höft", "Vänster höft", "Övriga vårdkontakter"),
    (
        Mark(MarkKind.OPERATION, 0, date(2020, 1, 1), date(2020, 1, 3), 1, INDEX, ("Primäroperation 2020-01-01",)),
        Mark(
            MarkKind.EVENT, 0, date(2020, 5, 1), date(2020, 5, 9), 2, "bok/2", ("Händelse 2020-05-01",), selected=True
        ),
        Mark(MarkKind.CONTACT, 2, date(2020, 6, 1), date(2020, 6, 1), 8, "bok/8", ("Öppenvård 2020-06-01",)),
        Mark(MarkKind.CONTACT, 2, date(2020, 6, 20), date(2020, 6, 20), 9, "bok/9", ("Öppenvård 2020-06-20",)),
    ),
    (Tie(TieKind.LINKED, 1, 0),),
)  # fmt: skip
GIVEN: Final = Answer(
    Verdict.CONFIRMED, INDEX, comment="Odling växte", relation="certain", harm_severity="F", clavien_dindo="IIIb",
    avoidability="2", criteria=("two_cultures",), infection_level="confirmed", organism="s_aureus", cultures_taken=5,
    cultures_positive=4, treatment="dair", outcome="recovered", pointer="op-berättelse 2020-05-02", follow_ups=(8,),
)  # fmt: skip


def case(link: Link = LINK, **changes: Any) -> ReviewCase:  # noqa: ANN401 - fields of the case
    """Return a case of infection with two operations and two offers, changed as told."""
    made = ReviewCase(
        link, "Kopplas till primäroperationen.", (), (), OPERATIONS, TIMELINE, (), Answer(), OFFERS, CRITERIA
    )
    return replace(made, **changes)


def given(number: int, reviewer: str, answer: Answer = GIVEN, part: Part = Part.FIRST) -> GivenAnswer:
    """Return an answer as stored."""
    return GivenAnswer(number, KEY, 1, part, reviewer, "2026-03-01T10:00:00", answer, 60)


def place(state: CaseState = CaseState.OPEN, **changes: Any) -> RoundPlace:  # noqa: ANN401 - fields of the place
    """Return a place in a blinded round that requires severity and avoidability."""
    made = RoundPlace(2, "Hösten", state, Novelty.NEW, ("harm_severity", "avoidability"), is_blinded=True)
    return replace(made, **changes)
