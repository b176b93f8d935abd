"""From the text in one field to a canonical value, a fault (the row stays out) or a doubt (let in as a finding)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import drg, families, identity, money, organisation
from kvalitetsapp.domain.codes import normalise_code
from kvalitetsapp.domain.drg import WeightFault
from kvalitetsapp.domain.identity import IdentityFault
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.words import Side
from kvalitetsapp.exchange.kinds import Field, Reading
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.dates import DateFormat

_GROUPED: Final = r"(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)"
_INTEGER: Final = re.compile(_GROUPED)
_NUMBER: Final = re.compile(rf"[-\u2212]?{_GROUPED}(?:[.,][0-9]+)?")
_SPACES: Final = re.compile(r"[ \u00a0\u202f]")
_LONGEST_NUMBER: Final = 15
_DAMAGED_KEY: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?[Ee]\+[0-9]+|#+|#[^#]*[!?]|#N/A|#SAKNAS!?")
_INDEX_SIDES: Final = frozenset({Side.RIGHT, Side.LEFT, Side.UNKNOWN})

NEEDS_DATE: Final = object()
"""Stands for a ten-digit number whose century the row's own date must tell."""

_REASONS: Final[dict[str, str]] = {
    "missing": N_("Ett obligatoriskt värde saknas."),
    "not_in_list": N_("Värdet är inte ett av {choices}."),
    "bad_date": N_("Inget kalenderdatum i formatet {format}."),
    "after_today": N_("Datumet ligger efter importdagen {today}."),
    "before_admitted": N_("Utskrivningen är före inskrivningen {admitted}."),
    "bad_number": N_("Inget tal."),
    "bad_year": N_("Inget årtal från {first} till {last}."),
    "bad_weight": N_("Ingen vikt. Skriv till exempel 0,8123."),
    "ambiguous_weight": N_("Vikten kan läsas på två sätt. Skriv till exempel 0,8123."),
    "weight_decimals": N_("Vikten har fler än fyra decimaler."),
    "weight_zero": N_("Vikten ska vara större än noll."),
    "weight_too_large": N_("Vikten är orimligt stor."),
    "bad_drg_price": N_("Priset för vikt 1,0 ska vara större än noll och högst {highest}."),
    "bad_reference": N_("Ingen hänvisning av formen {form}."),
    "same_key": N_("Samma vårdkontakt, slag och rad som på rad {row}. Ge raderna skilda radnummer."),
    "bad_municipality": N_("Ingen kommunkod av fyra siffror. Ta bara med kommuner, inte län eller riket."),
    "ages_reversed": N_("Gruppens sista ålder är lägre än den första, {first}."),
    "overlapping_ages": N_("Åldrarna överlappar dem på rad {row} för samma år, kommun och kön."),
    "same_position": N_("Samma vårdkontakt och plats som på rad {row}. Ge raderna skilda platser."),
    "joined_key": N_(
        "Samma hopsatta id som på rad {row} men annat innehåll. Lägg till en kolumn i profilens episode_id som "
        "skiljer raderna åt."
    ),
    "damaged_key": N_(
        "Kalkylprogrammet har gjort om värdet till ett tal eller ett fel. Hämta det ur källan på nytt, som text."
    ),
    "ragged": N_("Raden har {found} fält men rubrikraden har {expected}."),
    "unheaded": N_("Cellen {cell} har ett värde men ingen rubrik. Ge kolumnen en rubrik eller töm cellen."),
    "error_cell": N_("Cellen visar ett fel ({shown}) i stället för ett värde."),
    "no_result": N_("Cellens formel är inte uträknad. Öppna filen i kalkylprogrammet, spara den och läs in den igen."),
    "bad_amount": N_("Inget belopp. Skriv till exempel 60000,50."),
    "ambiguous_amount": N_("Beloppet kan läsas på två sätt. Skriv till exempel 60000,50."),
    "negative_amount": N_("Beloppet är negativt."),
    "amount_too_large": N_("Beloppet är orimligt stort."),
    "bad_identity_date": N_("Numret innehåller inget riktigt födelsedatum."),
    "bad_check_digit": N_("Numrets kontrollsiffra stämmer inte."),
    "not_a_text": N_("Ska vara en text."),
    "not_a_list": N_("Ska vara en lista av texter."),
    "not_a_table": N_("Ska vara en tabell."),
    "not_a_flag": N_("Ska vara true eller false."),
    "bad_days": N_("Ska vara ett helt antal dagar, 0 eller fler."),
    "bad_share": N_("Ska vara en andel mellan 0 och 1."),
    "ends_before_start": N_("Avtalet slutar innan det börjar, {start}."),
    "damaged_identity": N_(
        "Varken personnummer, samordningsnummer eller reservnummer (6–15 bokstäver eller siffror)."
    ),
    "identity_as_number": N_(
        "Excel har gjort om numret till ett tal. Hämta det ur källan på nytt, skriv det inte om."
    ),
    "identity_with_decimals": N_("Excel har gett numret decimaler. Hämta det ur källan på nytt, som text."),
    "rounded_identity": N_(
        "Numret slutar på nollor och stämmer inte: Excel har troligen avrundat det. Hämta det ur källan på nytt."
    ),
    "identity_broken_up": N_("Numret har mellanrum eller andra tecken inuti. Hämta det ur källan på nytt, som text."),
    "quoted_identity": N_("Numret börjar med en apostrof eller ett citattecken. Ta bort det i uttaget."),
    "identity_not_shown": N_("I stället för ett nummer står ett felvärde ur ett kalkylprogram. Hämta det ur källan."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value cannot be right: a word for programs and a Swedish sentence."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that is let in but looks wrong: the finding's rule, and what of it."""

    value: object
    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class Context:
    """What values are held against: the day of the import (ISO), the stated date format, the code tables."""

    today: str
    date_format: DateFormat
    tables: CodeTables


def fault(code: str, **details: object) -> Fault:
    """Return the fault of this code with its sentence."""
    return Fault(code, _(_REASONS[code]).format(**details))


def converter(field: Field, context: Context) -> Callable[[str], object]:
    """Return the function that reads a trimmed, non-empty text of this column; it gives a value, Fault or Doubt."""
    match field.reading:
        case Reading.CHOICE:
            return _choice(field.choices)
        case Reading.DATE | Reading.CARE_DATE:
            return _date(context, care=field.reading is Reading.CARE_DATE)
        case Reading.YEAR:
            return _year(int(context.today[:4]) + 1)
        case Reading.PLANNED_DATE:
            return _planned_date(context)
        case Reading.DIAGNOSIS | Reading.DIAGNOSES:
            return _codes(context.tables.diagnosis_titles, several=field.reading is Reading.DIAGNOSES)
        case Reading.PROCEDURE | Reading.PROCEDURES:
            return _codes(context.tables.procedure_titles, several=field.reading is Reading.PROCEDURES)
        case other:
            return _PLAIN[other]


def person(text: str, on: str, born: str) -> object:
    """Return the canonical number of a trimmed text, with `on` and `born` telling the century of ten digits."""
    found = identity.canonical_of_born(text, born, on) if born else identity.canonical(text, on)
    if isinstance(found, IdentityFault):
        return fault(found.value)
    doubt = identity.doubt(text)
    return found if doubt is None else Doubt(found, doubt.value, text)


def key_fault(text: str) -> Fault | None:
    """Return what is wrong with a key that a spreadsheet has made a number or an error of, None for any other text."""
    return fault("damaged_key") if _DAMAGED_KEY.fullmatch(text) else None


def may_be_damaged(text: str) -> bool:
    """Tell quickly whether a key is worth a closer look."""
    return "E+" in text or "e+" in text or text[:1] == "#"


def _choice(choices: tuple[str, ...]) -> Callable[[str], object]:
    allowed = {choice: choice for choice in choices}
    wrong = fault("not_in_list", choices=", ".join(choices))
    return lambda text: allowed.get(text, wrong)


def _date(context: Context, *, care: bool) -> Callable[[str], object]:
    wrong = fault("bad_date", format=shown_format(context.date_format.pattern))
    late = fault("after_today", today=context.today)

    def read(text: str) -> object:
        found = context.date_format.iso(text)
        if found is None:
            return wrong
        if found <= context.today:
            return found
        return late if care else Doubt(found, "future_date", text)

    return read


def _planned_date(context: Context) -> Callable[[str], object]:
    wrong = fault("bad_date", format=shown_format(context.date_format.pattern))
    return lambda text: context.date_format.iso(text) or wrong


def shown_format(pattern: str) -> str:
    """Return a date format as Swedish readers know it: `%Y-%m-%d` → `ÅÅÅÅ-MM-DD`."""
    letters = {"%Y": "ÅÅÅÅ", "%m": "MM", "%d": "DD", "%H": "tt", "%M": "mm", "%S": "ss"}
    for directive, word in letters.items():
        pattern = pattern.replace(directive, word)
    return pattern


def _codes(known: Collection[str], *, several: bool) -> Callable[[str], object]:
    def read(text: str) -> object:
        pieces = text.split()
        codes = [code for code in map(normalise_code, pieces if several else ["".join(pieces)]) if code]
        value = " ".join(codes) or None
        unknown = [code for code in codes if code not in known]
        return Doubt(value, "unknown_code", " ".join(unknown)) if unknown and known else value

    return read


def _undated_person(text: str) -> object:
    return NEEDS_DATE if identity.is_short(text) else person(text, "", "")


def _amount(text: str) -> object:
    found = money.parse(text)
    return fault(found.value) if isinstance(found, AmountFault) else found


def _integer(text: str) -> object:
    digits = _SPACES.sub("", text)
    return int(digits) if _INTEGER.fullmatch(text) and len(digits) <= _LONGEST_NUMBER else fault("bad_number")


def _year(last: int) -> Callable[[str], object]:
    """Read a calendar year up to `last`: prices of the next year are known before it begins."""
    wrong = fault("bad_year", first=drg.FIRST_YEAR, last=last)
    allowed = {str(year): year for year in range(drg.FIRST_YEAR, last + 1)}
    return lambda text: allowed.get(text, wrong)


def _weight(text: str) -> object:
    found = drg.parse_weight(text)
    return fault(found.value) if isinstance(found, WeightFault) else found


def _number(text: str) -> object:
    if not _NUMBER.fullmatch(text) or len(text) > 2 * _LONGEST_NUMBER:
        return fault("bad_number")
    return float(_SPACES.sub("", text).replace(",", ".").replace("\u2212", "-"))


def _organisation(text: str) -> object:
    return organisation.canonical(text) or Doubt(text, "bad_org_number", text)


def _event(text: str) -> object:
    source, _slash, episode_id = text.partition("/")
    return text if source and episode_id else fault("bad_reference", form="källa/vårdkontakt")


def _index(text: str) -> object:
    parts = text.rsplit("/", 2)
    joints, sides = families.ids(), _INDEX_SIDES
    if len(parts) != 3 or parts[1] not in joints or parts[2] not in sides or isinstance(_event(parts[0]), Fault):
        return fault("bad_reference", form="källa/vårdkontakt/led/sida")
    return tuple(parts)


_PLAIN: Final[dict[Reading, Callable[[str], object]]] = {
    Reading.TEXT: lambda text: text,
    Reading.KEY: lambda text: text,
    Reading.PERSON: _undated_person,
    Reading.AMOUNT: _amount,
    Reading.INTEGER: _integer,
    Reading.DRG: drg.normalised,
    Reading.WEIGHT: _weight,
    Reading.NUMBER: _number,
    Reading.ORGANISATION: _organisation,
    Reading.EVENT: _event,
    Reading.INDEX: _index,
}
