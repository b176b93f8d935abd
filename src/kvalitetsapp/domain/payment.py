"""Payments from providers and what they pay for. Amounts are integer öre; one paid back is below zero.

A payment names documents by reference: our number, in text and with blanks as it may be, or the legal invoice number
that the finance system gave. It is laid on what it names, first due first, and never on more than is open there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity, money
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.texts import N_, _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kvalitetsapp.domain.claim_words import PaymentOrigin

LONGEST: Final = {"reference": 500, "payer": 140, "note": 500}
_OUR_NUMBER: Final = re.compile(r"ZVF[0-9]{20}")
_BETWEEN: Final = re.compile(r"[\s\-./]+")
_WORDS: Final = re.compile(r"[^\s,;]+")
_SHORTEST_IN_TEXT: Final = 4
_MINUS: Final = ("-", "\u2212")
_NAMES: Final = {"reference": N_("Referensen"), "payer": N_("Betalaren"), "note": N_("Anteckningen")}


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment as typed or read from a file; `entry_reference` is the bank's own, so that none is read twice."""

    received_on: date
    amount: int
    reference: str
    payer: str = ""
    entry_reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """So much of a payment that pays a document; `how` is `reference` or `hand`."""

    match: int
    payment: int
    basis: int
    number: str
    amount: int
    how: str
    who: str
    matched_at: str


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as stored, with what it pays for; what is left over is an overpayment until someone places it."""

    payment: int
    received_on: date
    amount: int
    reference: str
    payer: str
    origin: PaymentOrigin
    file_name: str
    note: str
    who: str
    recorded_at: str
    matches: tuple[Match, ...] = ()

    @property
    def placed(self) -> int:
        """Return how much of it pays for something."""
        return sum(match.amount for match in self.matches)

    @property
    def left(self) -> int:
        """Return how much of it pays for nothing yet."""
        return self.amount - self.placed


@dataclass(frozen=True, slots=True)
class Share:
    """So much of a payment on one document."""

    basis: int
    number: str
    amount: int


def amount_of(text: str) -> int | AmountFault:
    """Return the öre of an amount in kronor, with a minus before it where money was paid back."""
    text = text.strip()
    if text.startswith(_MINUS):
        found = money.parse(text[1:].strip())
        return found if isinstance(found, AmountFault) else -found
    return money.parse(text)


def our_numbers(reference: str) -> tuple[str, ...]:
    """Return the document numbers that stand in a reference, also with blanks and hyphens in them, each once."""
    return tuple(dict.fromkeys(_OUR_NUMBER.findall(_BETWEEN.sub("", reference).upper())))


def possible_legal_numbers(reference: str) -> Iterator[str]:
    """Give what in a reference may be a legal invoice number: the whole of it, and every word that is no short one."""
    whole = reference.strip().casefold()
    if whole:
        yield whole
    yield from (word for word in _WORDS.findall(whole) if len(word) >= _SHORTEST_IN_TEXT and word != whole)


def laid(left: int, documents: Sequence[tuple[int, str, int]]) -> tuple[Share, ...]:
    """Lay what is left of a payment on documents (key, number, open) in their order, never more than is open there.

    One paid back goes only where more is paid than is owed, which is where the open amount is below zero.
    """
    shares = []
    for basis, number, open_amount in documents:
        share = fitting(left, open_amount)
        if share:
            shares.append(Share(basis, number, share))
            left -= share
    return tuple(shares)


def fitting(left: int, open_amount: int) -> int:
    """Return how much of a payment a document can take: of the same sign as both, and no more than either."""
    if left > 0:
        return max(0, min(left, open_amount))
    return min(0, max(left, open_amount))


def lacking_in_amount(text: str) -> str:
    """Return why a text is no amount of a payment, "" where it is one."""
    found = amount_of(text)
    if found == 0:
        return _("Beloppet är noll. Skriv vad som betalades.")
    if isinstance(found, AmountFault):
        return _(_AMOUNT_FAULTS[found])
    return ""


def lacking_in_text(name: str, text: str) -> str:
    """Return why the reference, the payer or the note cannot be kept, "" where it can."""
    if len(text.strip()) > LONGEST[name]:
        return _("{name} är för lång: högst {n} tecken.").format(name=_(_NAMES[name]), n=LONGEST[name])
    # A reference may well be ten digits that are no one's number.
    if name != "reference" and identity.hidden(text) != text:
        return _("{name} innehåller ett personnummer. Ta bort det.").format(name=_(_NAMES[name]))
    return ""


def lacking_in_share(amount: int, left: int, open_amount: int) -> str:
    """Return why an amount of a payment cannot be placed on a document, in a Swedish sentence, "" where it can."""
    if left == 0:
        return _("Inget är kvar av betalningen att placera.")
    if left > 0 >= open_amount:
        return _("Underlaget är redan betalt. Inget är kvar att betala på det.")
    if left < 0 <= open_amount:
        return _("En återbetalning placeras på ett underlag som är betalt med för mycket. Det här är inte det.")
    if amount == 0 or (amount > 0) != (left > 0):
        return _("Beloppet ska ha samma tecken som betalningen och inte vara noll.")
    if abs(amount) > abs(left):
        return _("Bara {left} är kvar av betalningen.").format(left=kronor(left))
    if abs(amount) > abs(open_amount):
        return _("Bara {open} är öppet på underlaget.").format(open=kronor(open_amount))
    return ""


_AMOUNT_FAULTS: Final = {
    AmountFault.NOT_A_NUMBER: N_("Inget belopp. Skriv till exempel 60000,50."),
    AmountFault.TWO_READINGS: N_("Beloppet kan läsas på två sätt. Skriv till exempel 60000,50."),
    AmountFault.NEGATIVE: N_("Inget belopp. Skriv till exempel 60000,50."),
    AmountFault.TOO_LARGE: N_("Beloppet är orimligt stort."),
}
