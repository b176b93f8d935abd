"""The banks' notification of what was booked on an account: ISO 20022 camt.054, any version of it.

Elements are compared without namespace, so that camt.054.001.02 and its followers read alike. Every transaction of a
booked entry is a payment, or the entry itself where the bank gives no transactions. `CdtDbtInd` says which way money
went also for a reversal: `RvslInd` only tells that something was undone. A file with a document type is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.domain import identity, money
from kvalitetsapp.domain.claim_words import PaymentOrigin
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.payment_rows import ReadPayments, WrongRowError, refuse_late
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_MESSAGE: Final = "BkToCstmrDbtCdtNtfctn"
_BOOKED: Final = "BOOK"
_SIGNS: Final = {"CRDT": 1, "DBIT": -1}
_CURRENCY: Final = "SEK"
_NO_REFERENCE: Final = "NOTPROVIDED"
_DAY: Final = len("2024-03-31")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


@dataclass(slots=True)
class _Entry:
    """An entry of a notification: its place in the file, the account and the message that it stands in."""

    place: int
    account: str
    message: str
    element: Element

    def transactions(self) -> list[tuple[str, Element]]:
        """Return its transactions with where they stand in it, itself where it has none."""
        details = [one for part in _all(self.element, "NtryDtls") for one in _all(part, "TxDtls")]
        return [(f"TxDtls[{place}]/", one) for place, one in enumerate(details, 1)] or [("", self.element)]

    def reference(self) -> str:
        """Return what the bank knows it by; its place in the message where the bank says nothing."""
        own = _text(self.element, "AcctSvcrRef")
        if own:
            return f"{self.account}:{own}"
        return f"{self.account}:{self.message}:{_text(self.element, 'NtryRef') or self.place}"


def read_notification(file: BinaryIO, name: str, today: date) -> ReadPayments:
    """Read every payment of a notification; a row's number is the place of its entry in the file, from 1.

    Raises:
        InputError: it is no XML, may do harm, or is another message.
    """
    content = file.read()
    root = _root(content, name)
    found = ReadPayments(PaymentOrigin.CAMT_054, name, hashlib.sha256(content).hexdigest())
    seen: Counter[str] = Counter()
    for entry in _entries(root):
        status = _text(entry.element, "Sts", "Cd") or _text(entry.element, "Sts")
        if status != _BOOKED:
            remark = _("Posten är inte bokförd ({status}) och läses inte.").format(status=identity.hidden(status))
            found.remarks.append((entry.place, remark))
            continue
        _take(found, entry, today, seen)
    return found


def _root(content: bytes, name: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        document: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(
            _("{file} har en dokumenttyp (DTD) eller egna entiteter och läses inte. Begär filen utan dem.").format(
                file=name
            )
        ) from None
    except (ParseError, ValueError, LookupError):
        raise InputError(_("{file} är inte hel XML. Hämta filen på nytt från banken.").format(file=name)) from None
    for element in (document, *document):
        if _local(element) == _MESSAGE:
            found: Element = element
            return found
    inside = next(iter(document), document)
    raise InputError(
        _("{file} är ingen camt.054 utan {found}. Hämta filen över inbetalningar från banken.").format(
            file=name, found=identity.hidden(_local(inside))
        )
    )


def _entries(root: Element) -> Iterator[_Entry]:
    place = 0
    for notification in _all(root, "Ntfctn"):
        account = _text(notification, "Acct", "Id", "IBAN") or _text(notification, "Acct", "Id", "Othr", "Id")
        message = _text(notification, "Id")
        for element in _all(notification, "Ntry"):
            place += 1
            yield _Entry(place, account, message, element)


def _take(found: ReadPayments, entry: _Entry, today: date, seen: Counter[str]) -> None:
    """Take in every transaction of an entry, and say so where they do not come to what was booked."""
    transactions = entry.transactions()
    alone, summed = len(transactions) == 1, 0
    for within, details in transactions:
        amount = None
        try:
            amount = _amount(entry, details, within, alone=alone)
            summed += amount
            new = _payment(entry, details, within, amount, today)
        except WrongRowError as wrong:
            found.reject(entry.place, wrong, amount)
            continue
        seen[new.entry_reference] += 1
        if (times := seen[new.entry_reference]) > 1:
            new = NewPayment(
                new.received_on, new.amount, new.reference, new.payer, f"{new.entry_reference}#{times}", new.note
            )
        found.payments.append((entry.place, new))
    whole = not any(reject.row == entry.place for reject in found.rejects)
    found.remarks += [(entry.place, remark) for remark in _disagreements(entry, summed if whole else None)]


def _payment(entry: _Entry, details: Element, within: str, amount: int, today: date) -> NewPayment:
    day = _day(entry)
    refuse_late("BookgDt", day, today)
    party = "Dbtr" if amount > 0 else "Cdtr"
    payer = (
        _text(details, "RltdPties", party, "Nm")
        or _text(details, "RltdPties", party, "Pty", "Nm")
        or _text(details, "RltdPties", f"Ultmt{party}", "Nm")
    )
    note = _text(details, "AddtlTxInf") or _text(entry.element, "AddtlNtryInf")
    return NewPayment(
        day,
        amount,
        _references(details),
        identity.hidden(payer),
        f"camt.054:{day.isoformat()}:{entry.reference()}:{_own_reference(details, within)}",
        identity.hidden(note),
    )


def _amount(entry: _Entry, details: Element, within: str, *, alone: bool) -> int:
    """Return the öre of a transaction, below zero where money left the account; the entry's where it stands alone."""
    element = _first(details, "Amt")
    if element is None:
        element = _first(details, "AmtDtls", "TxAmt", "Amt")
    if element is None and alone:
        element, within = _first(entry.element, "Amt"), ""
    if element is None:
        raise WrongRowError(f"{within}Amt", "", "missing")
    text, currency = (element.text or "").strip(), element.get("Ccy", "")
    if currency != _CURRENCY:
        raise WrongRowError(
            f"{within}Amt", f"{text} {currency}", "currency", _("Bara belopp i svenska kronor (SEK) läses in.")
        )
    ore = _ore(text)
    if isinstance(ore, AmountFault):
        raise WrongRowError(f"{within}Amt", text, ore.value)
    if ore == 0:
        raise WrongRowError(f"{within}Amt", text, "no_amount", _("Beloppet är noll. Skriv vad som betalades."))
    direction = _text(details, "CdtDbtInd") or _text(entry.element, "CdtDbtInd")
    if direction not in _SIGNS:
        raise WrongRowError(f"{within}CdtDbtInd", direction, "not_in_list", choices=", ".join(_SIGNS))
    return _SIGNS[direction] * ore


def _ore(text: str) -> int | AmountFault:
    """Return the öre of a decimal as XML has it: no exponent, no grouping, and no digits but 0-9."""
    if not _DECIMAL.fullmatch(text):
        return AmountFault.NOT_A_NUMBER
    return money.from_number(Decimal(text))


def _day(entry: _Entry) -> date:
    for name in ("BookgDt", "ValDt"):
        told = _text(entry.element, name, "Dt") or _text(entry.element, name, "DtTm")
        if not told:
            continue
        day = iso_format().iso(told[:_DAY])
        if day is None:
            raise WrongRowError(name, told, "bad_date", format="ÅÅÅÅ-MM-DD")
        return date.fromisoformat(day)
    raise WrongRowError("BookgDt", "", "missing")


def _references(details: Element) -> str:
    """Return what the payer wrote: structured references first, each once, then the free text."""
    found = []
    for remittance in _all(details, "RmtInf"):
        for structured in _all(remittance, "Strd"):
            found += [_text(one, "Ref") for one in _all(structured, "CdtrRefInf")]
            found += [_text(one, "Nb") for one in _all(structured, "RfrdDocInf")]
        free = " ".join(one.text or "" for one in _all(remittance, "Ustrd"))
        found.append(" ".join(free.split()))
    return ", ".join(dict.fromkeys(one for one in found if one))


def _own_reference(details: Element, within: str) -> str:
    """Return what the bank knows a transaction by; its place in the entry where the bank says nothing."""
    for name in ("AcctSvcrRef", "TxId", "InstrId", "EndToEndId"):
        told = _text(details, "Refs", name)
        if told and told != _NO_REFERENCE:
            return told
    return within.rstrip("/")


def _disagreements(entry: _Entry, summed: int | None) -> Iterator[str]:
    """Tell where the transactions do not come to the entry (None: not all could be read), or are not as many."""
    element = _first(entry.element, "Amt")
    booked = AmountFault.NOT_A_NUMBER if element is None else _ore((element.text or "").strip())
    signed = None if isinstance(booked, AmountFault) else _SIGNS.get(_text(entry.element, "CdtDbtInd"), 0) * booked
    if signed is not None and summed is not None and signed != summed:
        text = _("Posten är bokförd med {booked} men dess transaktioner är {summed} tillsammans.")
        yield text.format(booked=kronor(signed), summed=kronor(summed))
    for details in _all(entry.element, "NtryDtls"):
        count, told = len(_all(details, "TxDtls")), _text(details, "Btch", "NbOfTxs")
        if count and told.isdigit() and int(told) != count:
            text = _("Banken anger {told} transaktioner i posten men filen har {count}.")
            yield text.format(told=told, count=count)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child) == name]


def _first(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = None if found is None else next(iter(_all(found, name)), None)
    return found


def _text(element: Element, *path: str) -> str:
    found = _first(element, *path)
    return "" if found is None else (found.text or "").strip()
