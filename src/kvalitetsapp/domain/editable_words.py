"""Vocabularies of the tables that people keep themselves."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kvalitetsapp.texts import N_


class QualityArea(StrEnum):
    """Which part of the quality agenda a target belongs to."""

    CLINICAL = "clinical"
    PROM = "prom"
    PREM = "prem"
    SAFETY = "safety"
    ACCESS = "access"
    ECONOMY = "economy"
    STAFF = "staff"


class NationalLevel(StrEnum):
    """Where a target wants a figure to stand among those of the nation."""

    BETTER = "better"
    UPPER_QUARTILE = "upper_quartile"


class SourceKind(StrEnum):
    """What kind of source of data something is."""

    QUALITY_REGISTER = "quality_register"
    HEALTH_DATA_REGISTER = "health_data_register"
    OWN = "own"
    KPP = "kpp"
    SURVEY = "survey"
    OTHER = "other"


class RowOrigin(StrEnum):
    """Where a row of such a table comes from."""

    DEFAULT = "default"
    CHANGED = "changed"
    OWN = "own"


SWEDISH: Final[dict[str, dict[str, str]]] = {
    "quality_area": {
        QualityArea.CLINICAL: N_("Medicinska resultat"),
        QualityArea.PROM: N_("Patientrapporterade utfall (PROM)"),
        QualityArea.PREM: N_("Patientupplevelse (PREM)"),
        QualityArea.SAFETY: N_("Patientsäkerhet"),
        QualityArea.ACCESS: N_("Tillgänglighet"),
        QualityArea.ECONOMY: N_("Ekonomi"),
        QualityArea.STAFF: N_("Medarbetare"),
    },
    "national_level": {
        NationalLevel.BETTER: N_("Bättre än riket"),
        NationalLevel.UPPER_QUARTILE: N_("Övre kvartilen i riket"),
    },
    "data_source_kind": {
        SourceKind.QUALITY_REGISTER: N_("Kvalitetsregister"),
        SourceKind.HEALTH_DATA_REGISTER: N_("Hälsodataregister"),
        SourceKind.OWN: N_("Regionens egen källa"),
        SourceKind.KPP: N_("Kostnad per patient (KPP)"),
        SourceKind.SURVEY: N_("Enkät"),
        SourceKind.OTHER: N_("Annan källa"),
    },
    "row_origin": {
        RowOrigin.DEFAULT: N_("Medföljer"),
        RowOrigin.CHANGED: N_("Medföljer, ändrad"),
        RowOrigin.OWN: N_("Egen"),
    },
    "yes_no": {"yes": N_("Ja"), "no": N_("Nej")},
}
"""Vocabularies that `domain.words` takes in."""
