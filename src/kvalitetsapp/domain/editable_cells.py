"""What is typed into the tables that people keep themselves: read into values, or told at the column why not."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity, money
from kvalitetsapp.domain.codes import normalise_code
from kvalitetsapp.domain.editable_table import NO, YES, CellKind
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.printed_words import has_unseen
from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kvalitetsapp.domain.editable_table import EditableColumn, EditableTable
    from kvalitetsapp.domain.table import Value

    Row = dict[str, Value]

LONGEST_TEXT: Final = 500
_WHOLE: Final = r"(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)"
_INTEGER: Final = re.compile(_WHOLE)
_NUMBER: Final = re.compile(rf"(-)?({_WHOLE})(?:[.,]([0-9]{{1,6}}))?([ \u00a0]?%)?")
_TWO_READINGS: Final = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_SPACES: Final = re.compile(r"[ \u00a0\u202f]")
_FORMULA: Final = ("=", "+", "-", "@")
_MOST_DIGITS: Final = 9
_ANSWERS: Final = {"yes": YES, "ja": YES, "no": NO, "nej": NO}
_AMOUNT_FAULTS: Final = {
    AmountFault.NOT_A_NUMBER: N_("Inget belopp. Skriv till exempel 60000,50."),
    AmountFault.TWO_READINGS: N_("Beloppet kan läsas på två sätt. Skriv till exempel 60000,50."),
    AmountFault.NEGATIVE: N_("Beloppet är negativt."),
    AmountFault.TOO_LARGE: N_("Beloppet är orimligt stort."),
}
_PRINTED: Final = {CellKind.INTEGER: Kind.INTEGER, CellKind.MONEY: Kind.MONEY, CellKind.NUMBER: Kind.DECIMAL}


class _WrongError(Exception):
    """Carries why a text is no value of its column."""


def read_cell(column: EditableColumn, text: str) -> Value | FieldFault:
    """Return the value of a text in a column, or why it cannot stand there.

    A number takes comma or point and may end with a percent sign, which divides it by a hundred; what can also be
    read as thousands (`1.234`) is refused.
    """
    text = text.strip()
    try:
        if text:
            return _READERS.get(column.kind, _text)(column, text)
        if column.required:
            raise _WrongError(_("Fyll i {column}.").format(column=_(column.heading)))
    except _WrongError as wrong:
        return FieldFault(column.name, str(wrong))
    return nothing(column)


def nothing(column: EditableColumn) -> Value:
    """Return what an empty cell of a column is."""
    return None if column.kind in _PRINTED else ""


def read_row(table: EditableTable, texts: Mapping[str, str]) -> Row | tuple[FieldFault, ...]:
    """Return the values of a whole row, or everything wrong with it; a column that is not named is empty."""
    known = {column.name for column in table.columns}
    faults = [FieldFault(name, _("Tabellen har ingen sådan kolumn.")) for name in texts if name not in known]
    row: Row = {}
    for column in table.columns:
        read = read_cell(column, texts.get(column.name, ""))
        if isinstance(read, FieldFault):
            faults.append(read)
        else:
            row[column.name] = read
    return tuple(faults) or _sound(row)


def write_cell(column: EditableColumn, value: Value) -> str:
    """Return the text of a value, with a decimal point and amounts in SEK; `read_cell` gives the same value back."""
    if value is None or value == "":
        return ""
    if column.kind is CellKind.MONEY:
        whole, rest = divmod(int(value), 100)
        return f"{whole}.{rest:02d}"
    if column.kind is CellKind.NUMBER:
        return _decimals(float(value))
    return str(value)


def write_row(table: EditableTable, row: Mapping[str, Value]) -> dict[str, str]:
    """Return the texts of a row by column."""
    return {column.name: write_cell(column, row[column.name]) for column in table.columns}


def printed_column(column: EditableColumn) -> Column:
    """Return a column as screens, reports and the command line know columns."""
    if column.vocabulary:
        return Column(column.name, Kind.CODE, column.heading, column.vocabulary)
    return Column(column.name, _PRINTED.get(column.kind, Kind.TEXT), column.heading)


def printed_value(column: EditableColumn, value: Value) -> Value:
    """Return a value as it stands under its `printed_column`."""
    return write_cell(column, value) if column.kind is CellKind.NUMBER else value


def _sound(row: Row) -> Row | tuple[FieldFault, ...]:
    """Return a row if its cells do not contradict each other."""
    least, most = row.get("at_least"), row.get("at_most")
    if least is not None and most is not None and float(least) > float(most):
        return (FieldFault("at_most", _("Högst kan inte vara mindre än minst.")),)
    return row


def _text(column: EditableColumn, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _WrongError(_("Texten är för lång: högst {n} tecken.").format(n=LONGEST_TEXT))
    if has_unseen(text) or len(text.splitlines()) > 1:
        raise _WrongError(_("Texten innehåller tecken som inte syns eller en ny rad. Skriv den utan dem."))
    if text.startswith(_FORMULA):
        raise _WrongError(_("Texten kan inte börja med =, +, - eller @: kalkylprogram läser den som en formel."))
    if identity.hidden(text) != text:
        raise _WrongError(_("Texten innehåller ett personnummer. Ta bort det."))
    if identity.names_pseudonym(text):
        raise _WrongError(_("Texten innehåller en patients beteckning. Ta bort den."))
    if column.kind is CellKind.TEXT:
        return unicodedata.normalize("NFC", text)  # some write ö as two signs, and keys are compared
    return normalise_code(text) if column.kind is CellKind.CODE else text


def _choice(column: EditableColumn, text: str) -> str:
    if text not in column.choices:
        raise _WrongError(_("Välj ett av {choices}.").format(choices=", ".join(column.choices)))
    return text


def _answer(_column: EditableColumn, text: str) -> str:
    found = _ANSWERS.get(text.casefold())
    if found is None:
        raise _WrongError(_("Skriv ja eller nej."))
    return found


def _integer(column: EditableColumn, text: str) -> int:
    digits = _SPACES.sub("", text)
    if not _INTEGER.fullmatch(text) or len(digits) > _MOST_DIGITS:
        raise _WrongError(_("Skriv ett helt tal, till exempel 90."))
    return int(_not_below(column, int(digits)))


def _number(column: EditableColumn, text: str) -> float:
    found = _NUMBER.fullmatch(text.replace("\u2212", "-"))
    if found is None:
        raise _WrongError(_("Skriv ett tal, till exempel 12,5."))
    if _TWO_READINGS.fullmatch(text.replace("\u2212", "-")):
        raise _WrongError(_("Talet kan läsas på två sätt. Skriv till exempel 1234 eller 1,2340."))
    minus, whole, decimals, per_cent = found.groups()
    digits = _SPACES.sub("", whole)
    if len(digits) > _MOST_DIGITS:
        raise _WrongError(_("Talet är orimligt stort."))
    value = Decimal(f"{minus or ''}{digits}.{decimals or '0'}")
    return _not_below(column, float(value / 100 if per_cent else value))


def _not_below(column: EditableColumn, value: float) -> float:
    if column.lowest is not None and value < column.lowest:
        raise _WrongError(_("Talet ska vara minst {least}.").format(least=column.lowest))
    return value or 0.0  # never a minus before nothing


def _money(_column: EditableColumn, text: str) -> int:
    found = money.parse(text)
    if isinstance(found, AmountFault):
        raise _WrongError(_(_AMOUNT_FAULTS[found]))
    return found


def _municipality(_column: EditableColumn, text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise _WrongError(_("Skriv kommunens kod med fyra siffror, till exempel 1480."))
    return text


def _decimals(value: float) -> str:
    """Return a number without an exponent, and so that no reader takes its point for one between thousands."""
    text = format(Decimal(repr(value)), "f").removesuffix(".0")
    return f"{text}0" if _TWO_READINGS.fullmatch(text) else text


_READERS: Final[dict[CellKind, Callable[[EditableColumn, str], Value]]] = {
    CellKind.CHOICE: _choice,
    CellKind.YES_NO: _answer,
    CellKind.INTEGER: _integer,
    CellKind.NUMBER: _number,
    CellKind.MONEY: _money,
    CellKind.MUNICIPALITY: _municipality,
}
