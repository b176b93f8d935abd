"""The closed vocabularies of the field: the code in data and files, the Swedish word on screen and paper."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kvalitetsapp.domain import (
    agenda_words,
    audit_words,
    backups,
    claim_words,
    comparison_words,
    editable_words,
    exchange_words,
    families,
    indicator_words,
    paper_words,
    redistribution_words,
    retention,
    review_words,
    rights,
    waiting_vocabulary,
)
from kvalitetsapp.texts import N_, _


class Side(StrEnum):
    """A side of the body; `both` only in files, never on an operation (R2)."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"
    UNKNOWN = "unknown"


class PayerRoute(StrEnum):
    """By which arrangement the region pays for an episode."""

    OWN = "own"
    CONTRACT = "contract"
    CHOICE_OF_CARE = "choice_of_care"
    RIKSAVTAL = "riksavtal"
    CARE_GUARANTEE = "care_guarantee"
    OTHER = "other"


class CareForm(StrEnum):
    """Overnight or not."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"


class ProviderKind(StrEnum):
    """Who runs a provider: the region itself, a company, another region."""

    OWN = "own"
    PRIVATE = "private"
    PUBLIC = "public"


class Sex(StrEnum):
    """Legal sex."""

    MALE = "male"
    FEMALE = "female"


class Role(StrEnum):
    """What a procedure does to a joint with a prosthesis (`procedure_roles.csv`)."""

    PRIMARY = "primary"
    REVISION = "revision"
    ADDITION = "addition"
    EXTRACTION = "extraction"
    REOPERATION = "reoperation"
    CLOSED_REDUCTION = "closed_reduction"
    FIXATION_REMOVAL = "fixation_removal"
    OTHER = "other"


class LinkStatus(StrEnum):
    """How sure the link from an event to an index operation is (R6)."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    UNLINKED = "unlinked"


class Verdict(StrEnum):
    """What a reviewer decided about an event's link."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class SurgeryLevel(StrEnum):
    """The heaviest surgery of an event (R8)."""

    REVISION = "revision"
    REOPERATION = "reoperation"
    CLOSED_REDUCTION = "closed_reduction"
    NONE = "none"


class ComplicationClass(StrEnum):
    """Complication classes in the order in which the first one counts (R7)."""

    INFECTION = "infection"
    PERIPROSTHETIC_FRACTURE = "periprosthetic_fracture"
    DISLOCATION = "dislocation"
    MECHANICAL = "mechanical"
    BLEEDING = "bleeding"
    WOUND = "wound"
    NERVE_VESSEL = "nerve_vessel"
    THROMBOEMBOLISM = "thromboembolism"
    CARDIOVASCULAR = "cardiovascular"
    REVISION_UNSPECIFIED = "revision_unspecified"
    OTHER_SURGICAL = "other_surgical"
    OTHER_MEDICAL = "other_medical"


class Reason(StrEnum):
    """Why an event is not covered, the first that applies (R13)."""

    NOT_CONFIRMED = "not_confirmed"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    NO_AGREEMENT = "no_agreement"
    NOT_OWN_PROVIDER = "not_own_provider"
    CLASS_NOT_COVERED = "class_not_covered"
    OUTSIDE_WINDOW = "outside_window"
    ONSET_OUTSIDE = "onset_outside"


class CostBasis(StrEnum):
    """Where an event's cost comes from (R14)."""

    KPP = "kpp"
    DRG = "drg"
    TARIFF = "tariff"
    MANUAL = "manual"
    SHARED = "shared"


class Severity(StrEnum):
    """How much a rule of data quality weighs, the heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class QualityDecision(StrEnum):
    """What someone decided about a row that a rule of data quality points out."""

    FIX = "fix"
    ACCEPT = "accept"
    IGNORE = "ignore"


AGE_GROUPS: Final = ("<55", "55-64", "65-74", "75-84", "85+")
BIRTH_REGIONS: Final = ("sweden", "nordic", "eu", "elsewhere")
DAYS_TWO_YEARS: Final = 730

_SWEDISH: Final[dict[str, dict[str, str]]] = {
    **audit_words.SWEDISH,
    **retention.SWEDISH,
    **review_words.SWEDISH,
    **claim_words.SWEDISH,
    **comparison_words.SWEDISH,
    **indicator_words.SWEDISH,
    **agenda_words.SWEDISH,
    **exchange_words.SWEDISH,
    **paper_words.SWEDISH,
    **editable_words.SWEDISH,
    **redistribution_words.SWEDISH,
    **waiting_vocabulary.SWEDISH,
    "role": rights.ROLE_WORDS,
    "right": rights.RIGHT_WORDS,
    "backup_reason": backups.REASON_WORDS,
    "backup_state": backups.STATE_WORDS,
    "joint": {"": N_("Okänd led")},  # the rest from the families
    "side": {
        "right": N_("Höger"),
        "left": N_("Vänster"),
        "both": N_("Båda"),
        "unknown": N_("Okänd sida"),
        "": N_("Okänd sida"),
    },
    "payer_route": {
        "own": N_("Egen vård"),
        "contract": N_("Eget avtal"),
        "choice_of_care": N_("Vårdval i annan region"),
        "riksavtal": N_("Riksavtalet"),
        "care_guarantee": N_("Vårdgaranti"),
        "other": N_("Övrigt"),
    },
    "care_form": {"inpatient": N_("Slutenvård"), "outpatient": N_("Öppenvård")},
    "provider_kind": {"own": N_("Egen regi"), "private": N_("Privat"), "public": N_("Annan region")},
    "education": {
        "short": N_("Kort utbildning"),
        "medium": N_("Mellanlång utbildning"),
        "long": N_("Lång utbildning"),
        "": N_("Uppgift saknas"),
    },
    "birth_region": {
        "sweden": N_("Sverige"),
        "nordic": N_("Norden utom Sverige"),
        "eu": N_("EU utom Norden"),
        "elsewhere": N_("Utanför Norden och EU"),
        "": N_("Uppgift saknas"),
    },
    "sex": {"male": N_("Man"), "female": N_("Kvinna"), "": N_("Okänt kön")},
    "status": {
        "proposed": N_("Föreslagen"),
        "confirmed": N_("Bekräftad"),
        "ambiguous": N_("Tvetydig"),
        "rejected": N_("Avvisad"),
        "unlinked": N_("Ej kopplad"),
    },
    "surgery_level": {
        "revision": N_("Revision"),
        "reoperation": N_("Reoperation"),
        "closed_reduction": N_("Sluten reposition"),
        "none": N_("Ingen kirurgi"),
    },
    "complication_class": {
        "infection": N_("Infektion"),
        "periprosthetic_fracture": N_("Periprotetisk fraktur"),
        "dislocation": N_("Luxation"),
        "mechanical": N_("Mekanisk komplikation"),
        "bleeding": N_("Blödning"),
        "wound": N_("Sårkomplikation"),
        "nerve_vessel": N_("Nerv- eller kärlskada"),
        "thromboembolism": N_("Tromboembolism"),
        "cardiovascular": N_("Hjärt-kärlkomplikation"),
        "revision_unspecified": N_("Revision utan angiven orsak"),
        "other_surgical": N_("Annan kirurgisk"),
        "other_medical": N_("Annan medicinsk"),
        "": N_("Ingen klass"),
    },
    "reason": {
        "": N_("Täcks"),
        "not_confirmed": N_("Kopplingen är inte bekräftad"),
        "ambiguous": N_("Kopplingen är tvetydig"),
        "rejected": N_("Kopplingen är avvisad"),
        "no_agreement": N_("Inget avtal gäller"),
        "not_own_provider": N_("Vårdades inte i egen regi"),
        "class_not_covered": N_("Komplikationen omfattas inte"),
        "outside_window": N_("Utanför garantitiden"),
        "onset_outside": N_("Första händelsen utanför garantitiden"),
    },
    "cost_basis": {
        "kpp": N_("KPP"),
        "drg": N_("DRG"),
        "tariff": N_("Taxa"),
        "manual": N_("Ifylld för hand"),
        "shared": N_("Räknas på annan händelse"),
        "": N_("Kostnad saknas"),
    },
    "flag": {
        "high_998": N_("Hög (99,8 %)"),
        "high_95": N_("Hög (95 %)"),
        "low_95": N_("Låg (95 %)"),
        "low_998": N_("Låg (99,8 %)"),
        "": "",
    },
    "coverage": {
        "before": N_("Före första leveransen"),
        "delivered": N_("Levererat"),
        "empty": N_("Inget levererat"),
        "silent": N_("Tyst"),
        "unfinished": N_("Ej avslutad"),
    },
    "severity": {"error": N_("Fel"), "warning": N_("Varning"), "note": N_("Upplysning")},
    "quality_decision": {
        "fix": N_("Rättas i källan"),
        "accept": N_("Godtas"),
        "ignore": N_("Bortses från"),
        "": "",
    },
    "verdict": {"confirmed": N_("Bekräftad"), "rejected": N_("Avvisad")},
    "indicator": {
        "operations": N_("Antal operationer"),
        "operations_incl_reoperations": N_("Operationer med reoperationer"),
        "share_of_national_operations": N_("Andel av rikets operationer"),
        "reoperation_30d": N_("Reoperation inom 30 dagar"),
        "reoperation_90d": N_("Reoperation inom 90 dagar"),
        "reoperation_2y": N_("Reoperation inom 2 år"),
        "not_revised_2y": N_("Ej reviderade efter 2 år"),
        "satisfaction_1y": N_("Nöjda efter 1 år"),
        "patient_satisfaction": N_("Nöjda med vården"),
        "hoos12_qol_gain_1y": N_("HOOS-12 livskvalitet, vinst 1 år"),
        "koos12_qol_gain_1y": N_("KOOS-12 livskvalitet, vinst 1 år"),
        "ewl50": N_("Över 50 % övervikt borta"),
    },
    "procedure_area": {},  # the families
    "unit_of_value": {
        "percent": N_("%"),
        "count": N_("antal"),
        "points": N_("poäng"),
    },
    "figure_verdict": {
        "remark": N_("Anmärkning"),
        "no_remark": N_("Inget att anmärka"),
        "unchecked": N_("Kan inte prövas"),
    },
    "figure_rule": {
        "value": N_("Värdet"),
        "events": N_("Helt antal händelser"),
        "share": N_("Andel av total"),
        "sum": N_("Summan av delarna"),
        "follow_up": N_("Uppföljningstiden"),
        "twice": N_("Samma siffra två gånger"),
    },
    "figure_rounding": {
        "nearest": N_("Närmaste"),
        "half_up": N_("En halv uppåt"),
        "half_even": N_("En halv till jämn siffra"),
        "half_down": N_("En halv nedåt"),
        "truncated": N_("Kapade decimaler"),
        "raised": N_("Allt uppåt"),
        "none": N_("Ingen"),
    },
}


_OF_FAMILIES: Final = frozenset({"joint", "procedure_area"})
"""The vocabularies whose codes are the families of procedures, which are data."""


def word(vocabulary: str, code: str) -> str:
    """Return the Swedish word for `code` of `vocabulary` (a name in this file); an unknown code stands as it is."""
    known = _SWEDISH[vocabulary].get(code)
    if known is None:
        return families.name(code) if vocabulary in _OF_FAMILIES else code
    return _(known) if known else ""


def codes(vocabulary: str) -> tuple[str, ...]:
    """Return the codes that a vocabulary has words for, in its order."""
    of_families = families.ids() if vocabulary in _OF_FAMILIES else ()
    return (*of_families, *_SWEDISH[vocabulary])


def vocabularies() -> frozenset[str]:
    """Return the names that `word` knows."""
    return frozenset(_SWEDISH)
