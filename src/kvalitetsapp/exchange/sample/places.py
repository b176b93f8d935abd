"""The providers of the sample county: every name is invented, organisation numbers lie in ranges never issued."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.exchange.sample.shapes import Place

MUNICIPALITIES: Final = (
    ("2380", 50), ("2309", 12), ("2321", 10), ("2313", 9), ("2361", 8), ("2326", 6), ("2305", 5), ("2303", 4),
)  # fmt: skip
_CHOICE: Final = (("choice_of_care", 88), ("care_guarantee", 12))
_NATIONAL: Final = (("riksavtal", 85), ("other", 15))


def luhn_digit(digits: str) -> str:
    """Return the check digit that completes `digits` (Luhn, as in personnummer and organisation numbers)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _org(nine: str) -> str:
    return nine + luhn_digit(nine)


_REGION: Final = _org("232199900")

ORTHOPAEDICS: Final = Place(
    "OSV", "Ortopedi Storvattnet", "own", "23", _REGION, "ortopedi@storvattnet.example",
    share=0.32, reoperated=(0.024, 0.022, 0.03), mild=0.035,
    answering=0.74, better=32.0, registered=0.985,
)  # fmt: skip
MEDICINE: Final = Place("MSV", "Medicin Storvattnet", "own", "23", _REGION, "medicin@storvattnet.example")
INFECTION: Final = Place("ISV", "Infektion Storvattnet", "own", "23", _REGION, "infektion@storvattnet.example")

OPERATING: Final = (
    ORTHOPAEDICS,
    Place(
        "P01", "Rimfjärdens Ledklinik", "private", "01", _org("559999910"), "faktura@rimfjarden.example",
        share=0.15, reoperated=(0.011, 0.011, 0.0), mild=0.02, routes=_CHOICE, price=59_000,
        answering=0.85, better=38.0, registered=0.98,
        units=(("Rimfjärden Hamnen", 60), ("Rimfjärden Torget", 40)),
    ),
    Place(
        "P02", "Skarhöjdens Ortopedi", "private", "01", _org("559999920"), "ekonomi@skarhojden.example",
        share=0.20, reoperated=(0.064, 0.042, 0.0), mild=0.05, hips=0.60, routes=_CHOICE, price=58_200,
        answering=0.58, better=28.0, registered=0.97,
        units=(("Skarhöjden Norra", 55), ("Skarhöjden Södra", 45)),
    ),
    Place(
        "P03", "Tranmyrans Specialistvård", "private", "01", _org("559999930"), "faktura@tranmyran.example",
        share=0.10, reoperated=(0.022, 0.022, 0.0), mild=0.035, routes=_CHOICE, price=59_400,
        answering=0.79, better=35.0, registered=0.96,
    ),
    Place(
        "P04", "Kvarnuddens Protescentrum", "private", "22", _org("559999940"), "reskontra@kvarnudden.example",
        share=0.08, reoperated=(0.036, 0.024, 0.0), mild=0.04, routes=(("contract", 100),), price=59_800,
        answering=0.68, better=33.0, registered=0.965,
    ),
    Place(
        "P05", "Lomvikens Kirurgi", "private", "24", _org("559999950"), "info@lomviken.example",
        share=0.03, hips=0.40, routes=(("care_guarantee", 70), ("other", 30)), price=61_500,
        answering=0.55, better=36.0, registered=0.78,
    ),
    Place(
        "U01", "Länssjukhuset Älvhamra", "public", "22", _org("232199910"), "fakturor@alvhamra.example",
        share=0.08, reoperated=(0.022, 0.022, 0.05), mild=0.03, routes=_NATIONAL, price=68_000,
        answering=0.72, better=34.0, registered=0.975,
    ),
    Place(
        "U02", "Universitetssjukhuset Kungsmo", "public", "24", _org("232199920"), "fakturor@kungsmo.example",
        share=0.04, reoperated=(0.03, 0.015, 0.0), mild=0.03, routes=_NATIONAL, price=74_000,
        answering=0.62, better=30.0, registered=0.96,
    ),
)  # fmt: skip

PLACES: Final = (OPERATING[0], MEDICINE, INFECTION, *OPERATING[1:])
SHOULDER_PLACES: Final = ("OSV", "U01")


def price_in(place: Place, year: int, first_year: int) -> int:
    """The price of an index operation in öre: it rises by 1.2 % a year and is rounded to hundreds of kronor."""
    return round(place.price / 100 * 1.012 ** (year - first_year)) * 10_000
