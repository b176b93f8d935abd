"""The round's definition as its protocol tells it."""

from __future__ import annotations

from datetime import date

from kvalitetsapp.domain.review_protocol import definition_in_words
from kvalitetsapp.domain.review_round import RoundDefinition

YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def test_what_is_not_limited_is_told_as_all() -> None:
    told = dict(definition_in_words(RoundDefinition(*YEAR, surgery_levels=(), own_care=False, required=()), {}))
    assert told["Händelser"] == "2023-01-01 till och med 2023-12-31"
    assert (told["Leder"], told["Kirurgi"], told["Komplikation"], told["Opererad hos"]) == ("Alla",) * 4
    assert (told["Vårdad"], told["Primäroperation"]) == ("Hos alla vårdgivare", "Hos alla vårdgivare")
    assert (told["Granskare per ärende"], told["Måste besvaras"]) == ("En", "Bara beslutet")


def test_every_limit_is_told_in_words_and_providers_by_name() -> None:
    definition = RoundDefinition(
        *YEAR,
        joints=("hip",),
        surgery_levels=("revision",),
        complication_classes=("infection", "dislocation"),
        index_providers=("P1", "P9"),
        purchased=True,
        reviewers_per_case=2,
    )
    told = dict(definition_in_words(definition, {"P1": "Fjällkliniken"}))
    assert (told["Leder"], told["Kirurgi"]) == ("Höft", "Revision")
    assert told["Komplikation"] == "Infektion, Luxation"
    assert told["Opererad hos"] == "Fjällkliniken, P9"
    assert (told["Vårdad"], told["Primäroperation"]) == ("I egen regi", "Hos andra än egen regi")
    assert (told["Granskare per ärende"], told["Måste besvaras"]) == (
        "Två, oberoende",
        "Skadans allvar, Undvikbarhet",
    )
