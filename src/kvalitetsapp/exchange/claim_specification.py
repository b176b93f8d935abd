"""The national claim specification (Inera ProcessClaimSpecification 1.1) as a table: one row per billed line.

The names of elements are those of Inera's contract description of 2025-10-13 (urn:riv:financial:billing:claim). They
are compared without namespace and case, so that a message in its SOAP envelope and one without it read alike. What
the contract's own rules would have turned away is refused whole: sums that do not agree (ÖR5, ÖR6), line numbers that
do not rise (ÖR43), another currency (ÖR35). Anything with a document type is refused before it is looked at.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from kvalitetsapp import texts
from kvalitetsapp.domain import identity, money
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.table_source import BATCH, Batch
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from kvalitetsapp.domain.dates import DateFormat
    from kvalitetsapp.progress import Progress

HEADER: Final = (
    "underlag_id",
    "fakturatyp",
    "betalningsforbindelse",
    "rad",
    "vardkontakt_id",
    "person_id",
    "leverantor",
    "vardenhet_id",
    "vardenhet",
    "vardform",
    "in_datum",
    "ut_datum",
    "drg",
    "huvuddiagnos",
    "bidiagnoser",
    "atgarder",
    "brutto",
    "netto",
)
_ROOTS: Final = frozenset({"claimspecification", "processclaimspecification"})
_LINE: Final = "healthcareservicesspecificationline"
_ORGANISATION: Final = "1.3.7"
_CREDIT: Final = "381"
_OUTPATIENT: Final = "01"
_NOTHING: Final = "-"
_BLOCK: Final = 1 << 20
_ONE_KRONA: Final = Decimal(1)
_LARGEST: Final = money.LARGEST_ORE // 100
_LONGEST_NUMBER: Final = 15


def claim_specification_file(file: BinaryIO, name: str, progress: Progress) -> ClaimSpecification:
    """Return an open claim specification as a table, its sums held against each other.

    Raises:
        InputError: it cannot be read, may do harm, is no claim specification, or does not add up.
    """
    hashed, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        hashed.update(block)
        size += len(block)
    found = ClaimSpecification(name, hashed.hexdigest(), size, file)
    found.add_up(progress)
    return found


@dataclass(slots=True)
class _Message:
    """What stands once in the message; `number` is the last line's."""

    is_one: bool = False
    message_id: str = ""
    type_of_invoice: str = ""
    supplier: str = ""
    payable: Decimal | None = None
    currency: str = ""
    net: Decimal = Decimal(0)
    number: int = 0

    def note(self, name: str, element: Element) -> None:
        """Take in an element that has ended."""
        match name:
            case "id":
                self.message_id = _text(element)
            case "typeofinvoice":
                self.type_of_invoice = _text(element)
            case "supplierparty":
                self.supplier = _identification(element)
            case "payableamount":
                self.payable = _decimal(_text(element, "amount"))
                self.currency = _text(element, "currency", "code")


@dataclass(slots=True)
class ClaimSpecification:
    """An open claim specification with the members of a table: a row per billed line, known by the line's number."""

    name: str
    sha256: str
    size: int
    file: BinaryIO = field(repr=False)
    encoding: str = "xml"
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    header: tuple[str, ...] = HEADER
    _message: _Message = field(default_factory=_Message)

    def read_header(self, row: int = 1) -> None:
        """Take no notice: the header is always the same."""

    def write_dates(self, formats: Mapping[int, DateFormat]) -> None:
        """Take no notice: dates are written in one way."""

    def beginning(self, most: int) -> list[tuple[int, list[str]]]:
        """Return the header and the first rows."""
        return [(1, list(HEADER)), *islice(self._rows(), max(most - 1, 0))]

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Give the billed lines, `BATCH` at a time; progress is told in bytes, cancel is heard."""
        rows = self._rows()
        while taken := list(islice(rows, BATCH)):
            progress.step(self.size + self.file.tell(), 2 * self.size, _("Läser filen"))
            yield Batch([number for number, _row in taken], [row for _number, row in taken], [])

    def add_up(self, progress: Progress) -> None:
        """Read the message once and hold its sums, its line numbers and its currency against the contract's rules."""
        message = _Message()
        for element in self._lines(message):
            progress.step(self.file.tell(), 2 * self.size, _("Läser filen"))
            for performed in _all(element, "healthcareperformed"):
                self._check_line(message, performed)
        self._check(message)
        self._message = message

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        for element in self._lines(_Message()):
            person = _text(element, "patientinformation", "patientidentity", "extension")
            for performed in _all(element, "healthcareperformed"):
                yield int(_text(performed, "lineid")), self._row(performed, person)

    def _lines(self, message: _Message) -> Iterator[Element]:
        """Give each line's element when it has ended, and let it go; what else the message says is noted."""
        self.file.seek(0)
        try:
            for event, element in iterparse(self.file, ("start", "end"), forbid_dtd=True):
                name = _name(element)
                if event == "start":
                    message.is_one = message.is_one or name in _ROOTS
                elif name == _LINE:
                    yield element
                    element.clear()
                else:
                    message.note(name, element)
        except DefusedXmlException:
            raise InputError(
                _("{file} har en dokumenttyp (DTD) eller egna entiteter och läses inte. Begär filen utan dem.").format(
                    file=self.name
                )
            ) from None
        except ParseError as fault:
            row, column = fault.position
            raise InputError(
                _("{file} är inte hel XML: fel på rad {row}, tecken {column}. Hämta filen på nytt.").format(
                    file=self.name, row=row, column=column + 1
                )
            ) from None
        except (ValueError, LookupError):
            raise InputError(
                _("{file} har en teckenkodning som inte kan läsas. Spara den som UTF-8.").format(file=self.name)
            ) from None

    def _check_line(self, message: _Message, performed: Element) -> None:
        number = _text(performed, "lineid")
        is_number = number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER
        if not is_number or int(number) <= message.number:
            raise InputError(
                _("{file}: radnumret ”{line}” är inget heltal större än det förra. Begär ett rättat underlag.").format(
                    file=self.name, line=identity.hidden(number)
                )
            )
        message.number = int(number)
        for code in _currencies(performed):
            self._demand_kronor(code)
        message.net += self._net(performed, number)

    def _net(self, performed: Element, line: str) -> Decimal:
        """Return the line's net amount, which must be gross + surcharge − VAT compensation − discount."""
        amounts = _first(performed, "invoicedamountdetails")
        names = ("patientcareinvoicenetamount", "patientcareinvoicegrossamount", "patientcarecharge")
        parts = []
        for name in (*names, "patientcareallowance", "patientcarediscount"):
            stated = _text(amounts, name, "amount")
            optional = name not in names[:2]
            found = Decimal(0) if optional and not stated else _decimal(stated)
            if found is None:
                raise InputError(
                    _("{file}: beloppet ”{value}” på rad {line} går inte att läsa. Begär ett rättat underlag.").format(
                        file=self.name, value=identity.hidden(stated), line=line
                    )
                )
            parts.append(found)
        net, gross, charge, allowance, discount = parts
        if abs(gross + charge - allowance - discount - net) > _ONE_KRONA:
            raise InputError(
                _(
                    "{file}: på rad {line} blir brutto, påslag, momskompensation och rabatt {worked}, men netto är "
                    "{net}. Begär ett rättat underlag."
                ).format(
                    file=self.name,
                    line=line,
                    worked=_kronor(gross + charge - allowance - discount),
                    net=_kronor(net),
                )
            )
        return net

    def _check(self, message: _Message) -> None:
        if not message.is_one:
            raise InputError(
                _(
                    "{file} är XML men inget fakturaunderlag (ProcessClaimSpecification). Kommer den ur ett "
                    "kalkylprogram: spara den som .xlsx."
                ).format(file=self.name)
            )
        if message.type_of_invoice == _CREDIT:
            raise InputError(
                _("{file} är en kreditnota. Krediteringar läses inte in: rätta eller ångra det ursprungliga.").format(
                    file=self.name
                )
            )
        if not message.message_id:
            raise InputError(_("{file} saknar id. Begär ett rättat underlag.").format(file=self.name))
        self._demand_kronor(message.currency)
        if message.payable is None:
            raise InputError(
                _("{file} saknar fakturabelopp (payableAmount). Begär ett rättat underlag.").format(file=self.name)
            )
        if abs(message.payable - message.net) > _ONE_KRONA:
            raise InputError(
                _("{file}: raderna är tillsammans {net} netto, men fakturabeloppet är {payable}. Inget läses.").format(
                    file=self.name, net=_kronor(message.net), payable=_kronor(message.payable)
                )
            )

    def _demand_kronor(self, code: str) -> None:
        if code not in {"", "SEK"}:
            raise InputError(
                _("{file} har belopp i {currency}. Bara svenska kronor läses.").format(
                    file=self.name, currency=identity.hidden(code)
                )
            )

    def _row(self, performed: Element, person: str) -> list[str]:
        message, amounts = self._message, _first(performed, "invoicedamountdetails")
        care = _text(performed, "healthcarecategory", "typeofcare", "code")
        visit = _text(performed, "timespan", "healthcarevisitdatetime", "carevisitdate")
        discharge = _text(performed, "timespan", "healthcaredischargedatetime", "caredischargedate")
        diagnosis = _first(performed, "diagnosis")
        coded = _first(diagnosis, "inpatientcarediagnosis")
        coded = coded if coded is not None else _first(diagnosis, "outpatientcarediagnosis")
        return [
            message.message_id,
            message.type_of_invoice,
            _commitment(performed),
            _text(performed, "lineid"),
            _text(performed, "carecontactid"),
            person,
            message.supplier,
            _text(performed, "healthcareunit", "careunitid", "extension"),
            _text(performed, "healthcareunit", "careunitname"),
            care,
            visit,
            discharge or (visit if care == _OUTPATIENT else ""),
            _drg(performed),
            _text(coded, "maindiagnosis", "diagnosiscode", "code"),
            " ".join(_text(each, "diagnosiscode", "code") for each in _all(coded, "bidiagnosis")),
            " ".join(_text(each, "code") for each in _all(_first(performed, "treatment"), "typeoftreatment")),
            _amount(_text(amounts, "patientcareinvoicegrossamount", "amount")),
            _amount(_text(amounts, "patientcareinvoicenetamount", "amount")),
        ]


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _all(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else [child for child in element if _name(child) == name]


def _first(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next(iter(_all(element, name)), None)
    return element


def _text(element: Element | None, *path: str) -> str:
    found = _first(element, *path)
    return "" if found is None else (found.text or "").strip()


def _identification(party: Element) -> str:
    """Return the organisation number of a party."""
    for each in _all(party, "identification"):
        if _text(each, "root") == _ORGANISATION:
            return _text(each, "extension")
    return ""


def _commitment(performed: Element) -> str:
    """Return by which agreement and which of its chapters a line is billed: `1/2`, or `-/-` for none."""
    found = _first(performed, "paymentcommitment")
    return f"{_text(found, 'typeofagreement') or _NOTHING}/{_text(found, 'typeofchapter') or _NOTHING}"


def _drg(performed: Element) -> str:
    code = _first(performed, "categorization", "drgcost", "drgcode")
    return _text(code, "originaltext") or _text(code, "code")


def _currencies(performed: Element) -> list[str]:
    return [_text(each, "code") for each in performed.iter() if _name(each) == "currency"]


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= _LARGEST else None


def _amount(text: str) -> str:
    """Return a decimal of XML with two decimals (`60000.000` is no ambiguity there); another text as it stands."""
    found = _decimal(text)
    return text if found is None or found != round(found, 2) else f"{found:.2f}"


def _kronor(amount: Decimal) -> str:
    return texts.kronor(round(amount * 100))
