"""The closed words of the files beside the care itself: registers, waiting lists and patients' answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class DiagnosisRole(StrEnum):
    """What a diagnosis of an episode is there: the main one, another, or the external cause of an injury."""

    MAIN = "main"
    OTHER = "other"
    EXTERNAL_CAUSE = "external_cause"


class OperationKind(StrEnum):
    """What an operation in a joint register is."""

    PRIMARY = "primary"
    REVISION = "revision"
    REOPERATION = "reoperation"


class Deviation(StrEnum):
    """Why a wait counts apart: medically caused, chosen by the patient, or neither."""

    MEDICAL = "mov"
    PATIENT = "pvv"
    NONE = "none"


class Instrument(StrEnum):
    """What patients answer: questionnaires, and what they weigh (the whole is excess weight lost, in per cent)."""

    HOOS12 = "hoos12"
    KOOS12 = "koos12"
    EQ5D = "eq5d"
    EQVAS = "eqvas"
    SATISFACTION = "satisfaction"
    PREM = "prem"
    WEIGHT = "weight"


class Occasion(StrEnum):
    """When an answer was given, counted from the operation."""

    PREOP = "preop"
    DAYS_90 = "90d"
    YEAR_1 = "1y"
    YEAR_2 = "2y"
    YEAR_6 = "6y"
    YEAR_10 = "10y"


SCORES: Final[dict[str, tuple[float, float]]] = {
    Instrument.HOOS12: (0, 100),
    Instrument.KOOS12: (0, 100),
    Instrument.EQVAS: (0, 100),
    Instrument.SATISFACTION: (1, 5),
    Instrument.WEIGHT: (-100, 200),
}
"""The lowest and highest value of a whole instrument (an answer without `item`), where it has fixed ends."""
ITEMS: Final[dict[str, tuple[float, float]]] = {
    Instrument.HOOS12: (0, 4),
    Instrument.KOOS12: (0, 4),
    Instrument.EQ5D: (1, 5),
    Instrument.WEIGHT: (20, 500),
}
"""The lowest and highest value of one question of an instrument, where `_OF_ITEM` does not tell it."""
WEIGHT_KG: Final = "weight_kg"
HEIGHT_CM: Final = "height_cm"
_OF_ITEM: Final[dict[tuple[str, str], tuple[float, float]]] = {
    (Instrument.WEIGHT, WEIGHT_KG): (25, 400),
    (Instrument.WEIGHT, HEIGHT_CM): (120, 230),
}


def ends(instrument: str, item: str) -> tuple[float, float] | None:
    """Return the lowest and highest value of a question, or of the whole where `item` is ""; None: no fixed ends."""
    if not item:
        return SCORES.get(instrument)
    return _OF_ITEM.get((instrument, item), ITEMS.get(instrument))
