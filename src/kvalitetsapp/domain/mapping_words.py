"""What a mapping in the making says to people: how sure a match is and why, and what is still to be said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.inspection import Asked, Looks
from kvalitetsapp.domain.mapped_values import Offered
from kvalitetsapp.domain.mapping import NUMBERED, Certainty, Lacks, Why
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.mapping import Open

_WHY: Final = {
    Why.SAME_NAME: N_("samma namn"),
    Why.SYNONYM: N_("känt namn"),
    Why.CONTENT: N_("innehållet liknar"),
    Why.DOUBTFUL_NAME: N_("namnet liknar"),
    Why.CONTRADICTED: N_("namnet stämmer men innehållet ser ut som något annat"),
    Why.SEVERAL: N_("flera kolumner passar"),
    Why.BY_HAND: N_("valt av dig"),
    Why.PROFILE: N_("ur profilen"),
    Why.NOTHING: "",
}
_CERTAINTY: Final = {
    Certainty.SURE: N_("Säker"),
    Certainty.LIKELY: N_("Förslag"),
    Certainty.CHOSEN: N_("Vald"),
    Certainty.OPEN: N_("Saknas"),
}


def why_text(why: Why) -> str:
    """Return what a match rests on, in Swedish."""
    return _(_WHY[why]) if _WHY[why] else ""


def certainty_text(certainty: Certainty) -> str:
    """Return how sure a match is, in Swedish."""
    return _(_CERTAINTY[certainty])


_VALUE_CERTAINTY: Final = {
    Offered.SURE: N_("Säker"),
    Offered.LIKELY: N_("Förslag"),
    Offered.CHOSEN: N_("Vald"),
    Offered.OPEN: N_("Saknas"),
}
_LOOKS: Final = {
    Looks.EMPTY: N_("tom"),
    Looks.TEXT: N_("text"),
    Looks.DATE: N_("datum"),
    Looks.AMOUNT: N_("belopp"),
    Looks.WHOLE_NUMBER: N_("heltal"),
    Looks.PERSONAL_ID: N_("personnummer"),
    Looks.DIAGNOSES: N_("diagnoskoder"),
    Looks.PROCEDURES: N_("åtgärdskoder"),
}
_QUESTIONS: Final = {
    Asked.DATE_FORMAT: N_("Datumen i ”{header}” kan läsas på flera sätt. Hur är de skrivna?"),
    Asked.NO_DATE_FORMAT: N_("Alla värden i ”{header}” är inte datum i samma form. Vilken form gäller?"),
    Asked.DECIMAL: N_("Belopp i ”{header}” kan läsas på två sätt. Vilket är decimaltecknet?"),
    Asked.ENCODING: N_("Bokstäverna passar flera teckenkodningar lika bra. Vilken är filen sparad i?"),
    Asked.SHEET: N_("Flera blad i arbetsboken har en tabell. Vilket ska läsas?"),
}
_LETTERS: Final = {"%Y": "ÅÅÅÅ", "%m": "MM", "%d": "DD", "%H": "tt", "%M": "mm", "%S": "ss"}


def value_certainty_text(certainty: Offered) -> str:
    """Return how sure the meaning of a value is, in Swedish."""
    return _(_VALUE_CERTAINTY[certainty])


def looks_text(looks: Looks) -> str:
    """Return what a column's values look like, in Swedish."""
    return _(_LOOKS[looks])


def question_text(asked: Asked, header: str) -> str:
    """Return a question as it is put to a person."""
    return _(_QUESTIONS[asked]).format(header=header)


def date_format_text(pattern: str) -> str:
    """Return a date format as Swedish readers know it: `%Y-%m-%d` → `ÅÅÅÅ-MM-DD`."""
    return re.sub("%.", lambda found: _LETTERS[found[0]], pattern)


def open_text(one: Open, column: str) -> str:
    """Return what is still to be said as a sentence; `column` is the canonical column's name for people."""
    if one.lacks is Lacks.QUESTION and one.asked is not None:
        return question_text(one.asked, one.header)
    match one.lacks:
        case Lacks.VALUE:
            return _("{column}: vad betyder ”{value}”?").format(column=column, value=one.value)
        case Lacks.LONG_ID:
            return _("{column}: numren är ett främmande systems. Ska de kortas?").format(column=column)
        case _:
            return _("{column} krävs. Vilken kolumn är det, eller vilket fast värde?").format(column=column)


def header_text(header: str) -> str:
    """Return a header for people; one that stands for numbered columns as `Bidiagnos1, 2 …`."""
    return _("{header}1, 2 …").format(header=header.removesuffix(NUMBERED)) if header.endswith(NUMBERED) else header
