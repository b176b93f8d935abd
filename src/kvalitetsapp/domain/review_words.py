"""The closed vocabularies of the record review: what a reviewer ticks, and the Swedish words for it.

Harm by NCC-MERP's index for errors that reached the patient with harm (E–I); surgical complications by Clavien-Dindo
(Dindo et al., Ann Surg 2004;240:205); avoidability in four steps, where 3 and 4 are an avoidable injury (vårdskada).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kvalitetsapp.texts import N_


class Relation(StrEnum):
    """How the event relates to the index operation."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    UNLIKELY = "unlikely"
    NONE = "none"


class HarmSeverity(StrEnum):
    """How much harm came of it, the least first."""

    E = "E"
    F = "F"
    G = "G"
    H = "H"
    I = "I"  # noqa: E741 - the index's own letter


class ClavienDindo(StrEnum):
    """What treatment a surgical complication asked for, the least first."""

    I = "I"  # noqa: E741 - the grade's own numeral
    II = "II"
    IIIA = "IIIa"
    IIIB = "IIIb"
    IVA = "IVa"
    IVB = "IVb"
    V = "V"


class Avoidability(StrEnum):
    """Whether it could have been avoided; it never decides what can be claimed (R16)."""

    NOT_AVOIDABLE = "1"
    PROBABLY_NOT = "2"
    PROBABLY = "3"
    AVOIDABLE = "4"


class InfectionLevel(StrEnum):
    """How sure an infection of the joint is by the criteria ticked, the surest first (EBJIS 2021)."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    UNLIKELY = "unlikely"


class Organism(StrEnum):
    """What grew."""

    S_AUREUS = "s_aureus"
    MRSA = "mrsa"
    COAGULASE_NEGATIVE = "coagulase_negative"
    STREPTOCOCCI = "streptococci"
    ENTEROCOCCI = "enterococci"
    CUTIBACTERIUM = "cutibacterium"
    ENTEROBACTERALES = "enterobacterales"
    PSEUDOMONAS = "pseudomonas"
    OTHER_BACTERIA = "other_bacteria"
    SEVERAL = "several"
    FUNGI = "fungi"
    NO_GROWTH = "no_growth"


class Treatment(StrEnum):
    """The heaviest treatment of the event."""

    DAIR = "dair"
    ONE_STAGE = "one_stage"
    TWO_STAGE = "two_stage"
    EXTRACTION = "extraction"
    ANTIBIOTICS_ONLY = "antibiotics_only"
    REVISION = "revision"
    OTHER_SURGERY = "other_surgery"
    CLOSED_REDUCTION = "closed_reduction"
    CONSERVATIVE = "conservative"


class Outcome(StrEnum):
    """How it went, as far as the record tells."""

    RECOVERED = "recovered"
    UNDER_TREATMENT = "under_treatment"
    LASTING_TROUBLE = "lasting_trouble"
    PROSTHESIS_LOST = "prosthesis_lost"
    DIED = "died"
    NOT_KNOWN = "not_known"


class LinkChange(StrEnum):
    """What a link run did to an event."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


class MissedDecision(StrEnum):
    """What a person says of an episode that may hold a complication no rule made an event of."""

    HARM = "harm"
    NO_HARM = "no_harm"


ORDERED: Final = ("relation", "harm_severity", "clavien_dindo", "avoidability", "infection_level")
"""Vocabularies whose words stand in an order, so that a small difference weighs less than a large one."""

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "relation": {
        "certain": N_("Säkert samband"),
        "probable": N_("Sannolikt samband"),
        "unlikely": N_("Osannolikt samband"),
        "none": N_("Inget samband"),
        "": "",
    },
    "harm_severity": {
        "E": N_("E: övergående skada som krävde åtgärd"),
        "F": N_("F: övergående skada som krävde sjukhusvård"),
        "G": N_("G: bestående skada"),
        "H": N_("H: livshotande skada"),
        "I": N_("I: skada som bidrog till dödsfall"),
        "": "",
    },
    "clavien_dindo": {
        "I": N_("I: avvikelse utan särskild behandling"),
        "II": N_("II: läkemedel eller blod"),
        "IIIa": N_("IIIa: ingrepp utan narkos"),
        "IIIb": N_("IIIb: ingrepp i narkos eller ryggbedövning"),
        "IVa": N_("IVa: svikt i ett organ"),
        "IVb": N_("IVb: svikt i flera organ"),
        "V": N_("V: död"),
        "": "",
    },
    "avoidability": {
        "1": N_("1: inte undvikbar"),
        "2": N_("2: sannolikt inte undvikbar"),
        "3": N_("3: sannolikt undvikbar"),
        "4": N_("4: undvikbar"),
        "": "",
    },
    "infection_level": {
        "confirmed": N_("Bekräftad infektion"),
        "likely": N_("Sannolik infektion"),
        "unlikely": N_("Osannolik infektion"),
        "": "",
    },
    "organism": {
        "s_aureus": N_("Staphylococcus aureus"),
        "mrsa": N_("MRSA"),
        "coagulase_negative": N_("Koagulasnegativa stafylokocker"),
        "streptococci": N_("Streptokocker"),
        "enterococci": N_("Enterokocker"),
        "cutibacterium": N_("Cutibacterium"),
        "enterobacterales": N_("Tarmbakterier"),
        "pseudomonas": N_("Pseudomonas"),
        "other_bacteria": N_("Andra bakterier"),
        "several": N_("Flera slag"),
        "fungi": N_("Svamp"),
        "no_growth": N_("Ingen växt"),
        "": "",
    },
    "treatment": {
        "dair": N_("DAIR: spolning med protesen kvar"),
        "one_stage": N_("Byte i en seans"),
        "two_stage": N_("Byte i två seanser"),
        "extraction": N_("Protesen togs ut"),
        "antibiotics_only": N_("Enbart antibiotika"),
        "revision": N_("Annat byte av protesdel"),
        "other_surgery": N_("Annan operation"),
        "closed_reduction": N_("Sluten reposition"),
        "conservative": N_("Utan ingrepp"),
        "": "",
    },
    "outcome": {
        "recovered": N_("Återställd"),
        "under_treatment": N_("Behandling pågår"),
        "lasting_trouble": N_("Kvarstående besvär"),
        "prosthesis_lost": N_("Utan protes"),
        "died": N_("Avliden"),
        "not_known": N_("Framgår inte"),
        "": "",
    },
    "novelty": {"new": N_("Ny"), "changed": N_("Ändrad"), "known": N_("Känd sedan tidigare")},
    "case_state": {
        "open": N_("Ej granskad"),
        "waiting": N_("Väntar på den andra granskaren"),
        "differs": N_("Svaren skiljer sig"),
        "done": N_("Klar"),
        "gone": N_("Händelsen finns inte längre"),
    },
    "answer_part": {
        "sole": N_("Ensamt svar"),
        "first": N_("Första svar"),
        "agreed": N_("Lika svar"),
        "consensus": N_("Gemensamt svar"),
    },
    "question_status": {
        "sent": N_("Skickad"),
        "answered": N_("Besvarad"),
        "closed": N_("Avslutad"),
        "withdrawn": N_("Återtagen"),
    },
    "link_change": {"added": N_("Ny händelse"), "changed": N_("Ändrad"), "gone": N_("Borta")},
    "missed_decision": {"harm": N_("Skada"), "no_harm": N_("Ingen skada")},
    "missed_condition": {
        "home_surgery": N_("Kirurgi i egen regi"),
        "index_any_or_later_main": N_("Diagnos vid operationen eller senare huvuddiagnos"),
        "later_main": N_("Senare huvuddiagnos"),
        "later_procedure": N_("Senare åtgärd"),
    },
}
