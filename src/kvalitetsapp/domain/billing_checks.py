"""What the one who claims and the one who pays must have told before a document can be issued, field by field.

Form is checked when something is saved; what is missing only when a document is to be issued, so that a half-filled
form can be kept.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kvalitetsapp.domain import bankgiro, organisation
from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.basis import Address, BillingRules, Issuer, Receiver

    _Told = TypeVar("_Told", Issuer, Receiver, Address)

ORGANISATION_SCHEME: Final = "0007"
LONGEST_PERIOD: Final = 365
LONGEST_TEXT: Final = 200
_SCHEME: Final = re.compile(r"[0-9]{4}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_POSTCODE: Final = re.compile(r"[0-9]{3} ?[0-9]{2}")
_VAT_NUMBER: Final = re.compile(r"SE([0-9]{10})01")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_MISSING: Final = {
    "name": N_("Namnet saknas."),
    "org_number": N_("Organisationsnumret saknas."),
    "address.street": N_("Gatuadressen saknas."),
    "address.postcode": N_("Postnumret saknas."),
    "address.city": N_("Orten saknas."),
    "bankgiro": N_("Bankgirot saknas."),
    "endpoint": N_("Adressen för e-faktura saknas."),
}
_OF_ISSUER: Final = tuple(_MISSING)
_OF_RECEIVER: Final = tuple(name for name in _MISSING if name not in ("bankgiro", "endpoint"))


def tidied_rules(rules: BillingRules) -> BillingRules:
    """Return rules without blanks around what was typed, and with numbers in the form in which they are kept."""
    return replace(rules, issuer=tidied_issuer(rules.issuer), vat_reason=rules.vat_reason.strip())


def tidied_issuer(issuer: Issuer) -> Issuer:
    """Return an issuer as it is kept: a valid organisation number or bankgiro as digits, anything else as typed."""
    told = _stripped(replace(issuer, address=_tidied_address(issuer.address)))
    return replace(
        told,
        org_number=organisation.canonical(told.org_number) or told.org_number,
        bankgiro=bankgiro.canonical(told.bankgiro.replace(" ", "")) or told.bankgiro,
        vat_number=told.vat_number.upper().replace(" ", ""),
        endpoint=_tidied_endpoint(told.endpoint_scheme, told.endpoint),
    )


def tidied_receiver(receiver: Receiver) -> Receiver:
    """Return a receiver as it is kept, in the way of `tidied_issuer`."""
    told = _stripped(replace(receiver, address=_tidied_address(receiver.address)))
    return replace(
        told,
        org_number=organisation.canonical(told.org_number) or told.org_number,
        endpoint=_tidied_endpoint(told.endpoint_scheme, told.endpoint),
    )


def addressable(receiver: Receiver) -> Receiver:
    """Return a receiver whose e-invoices go to its organisation number where nobody has told another address."""
    if receiver.endpoint or receiver.endpoint_scheme != ORGANISATION_SCHEME:
        return receiver
    return replace(receiver, endpoint=receiver.org_number)


def malformed_rules(rules: BillingRules) -> tuple[FieldFault, ...]:
    """Return what is filled in but cannot be right, in rules as tidied."""
    found = [*_malformed_issuer(rules.issuer), *_too_long("", (("vat_reason", rules.vat_reason),))]
    for field, days in (("payment_days", rules.payment_days), ("reminder_days", rules.reminder_days)):
        if not 0 <= days <= LONGEST_PERIOD:
            found.append(FieldFault(field, _("Ange mellan 0 och {n} dagar.").format(n=LONGEST_PERIOD)))
    return tuple(found)


def malformed_receiver(receiver: Receiver) -> tuple[FieldFault, ...]:
    """Return what is filled in but cannot be right, in a receiver as tidied."""
    return tuple(_malformed_party("receiver", receiver))


def lacking_to_issue(rules: BillingRules, receiver: Receiver) -> tuple[FieldFault, ...]:
    """Return everything that keeps a document from being issued between these two, all at once."""
    return (
        *_missing("issuer", rules.issuer, _OF_ISSUER),
        *_lacking_vat(rules),
        *malformed_rules(rules),
        *_missing("receiver", receiver, _OF_RECEIVER),
        *_lacking_reference(receiver),
        *malformed_receiver(receiver),
    )


def _lacking_vat(rules: BillingRules) -> Iterator[FieldFault]:
    """Give what the tax needs: a reason always, and someone registered where the service is exempt (EN 16931)."""
    if not rules.vat_reason:
        yield FieldFault("vat_reason", _("Skälet till att ingen moms tas ut saknas."))
    registered = rules.issuer.vat_number or rules.issuer.f_tax
    if rules.vat_category is VatCategory.EXEMPT and not registered:
        yield FieldFault(
            "issuer.vat_number", _("Undantag från moms kräver momsregistreringsnummer eller godkännande för F-skatt.")
        )


def _lacking_reference(receiver: Receiver) -> Iterator[FieldFault]:
    if not (receiver.buyer_reference or receiver.order_reference):
        yield FieldFault("receiver.buyer_reference", _("Köparens referens eller ordernummer krävs."))


def _missing(party: str, told: Issuer | Receiver, needed: Iterable[str]) -> Iterator[FieldFault]:
    for field in needed:
        if not _value(told, field):
            yield FieldFault(f"{party}.{field}", _(_MISSING[field]))


def _malformed_issuer(issuer: Issuer) -> Iterator[FieldFault]:
    yield from _malformed_party("issuer", issuer)
    if issuer.bankgiro and bankgiro.canonical(issuer.bankgiro) is None:
        message = _("Bankgirot stämmer inte: 7 eller 8 siffror med rätt kontrollsiffra.")
        yield FieldFault("issuer.bankgiro", message)
    if issuer.vat_number and not _is_vat_number(issuer.vat_number):
        message = _("Momsregistreringsnumret skrivs SE, organisationsnumrets tio siffror och 01.")
        yield FieldFault("issuer.vat_number", message)


def _malformed_party(party: str, told: Issuer | Receiver) -> Iterator[FieldFault]:
    if told.org_number and organisation.canonical(told.org_number) is None:
        message = _("Organisationsnumret stämmer inte: tio siffror med rätt kontrollsiffra.")
        yield FieldFault(f"{party}.org_number", message)
    if told.email and _EMAIL.fullmatch(told.email) is None:
        yield FieldFault(f"{party}.email", _("E-postadressen skrivs namn@plats.se."))
    yield from _malformed_endpoint(party, told)
    yield from _malformed_address(party, told.address)
    yield from _too_long(f"{party}.", _texts(told))


def _malformed_endpoint(party: str, told: Issuer | Receiver) -> Iterator[FieldFault]:
    if _SCHEME.fullmatch(told.endpoint_scheme) is None:
        yield FieldFault(f"{party}.endpoint_scheme", _("Schemat för e-fakturaadressen har fyra siffror, som 0007."))
    elif (
        told.endpoint and told.endpoint_scheme == ORGANISATION_SCHEME and organisation.canonical(told.endpoint) is None
    ):
        message = _("Med schemat 0007 är e-fakturaadressen ett organisationsnummer med rätt kontrollsiffra.")
        yield FieldFault(f"{party}.endpoint", message)


def _malformed_address(party: str, told: Address) -> Iterator[FieldFault]:
    if _COUNTRY.fullmatch(told.country) is None:
        yield FieldFault(f"{party}.address.country", _("Landet skrivs med två versaler, som SE."))
    elif told.country == "SE" and told.postcode and _POSTCODE.fullmatch(told.postcode) is None:
        yield FieldFault(f"{party}.address.postcode", _("Postnumret har fem siffror."))
    yield from _too_long(f"{party}.address.", _texts(told))


def _too_long(prefix: str, texts: Iterable[tuple[str, str]]) -> Iterator[FieldFault]:
    for field, text in texts:
        if len(text) > LONGEST_TEXT:
            yield FieldFault(f"{prefix}{field}", _("För långt: högst {n} tecken.").format(n=LONGEST_TEXT))
        elif _CONTROL.search(text):
            yield FieldFault(f"{prefix}{field}", _("Texten innehåller styrtecken eller radbrytningar. Skriv om den."))


def _is_vat_number(written: str) -> bool:
    found = _VAT_NUMBER.fullmatch(written)
    return found is not None and organisation.canonical(found[1]) is not None


def _tidied_address(address: Address) -> Address:
    told = _stripped(address)
    country = told.country.upper()
    digits = told.postcode.replace(" ", "")
    is_swedish = country == "SE" and _POSTCODE.fullmatch(digits) is not None
    return replace(told, country=country, postcode=f"{digits[:3]} {digits[3:]}" if is_swedish else told.postcode)


def _tidied_endpoint(scheme: str, endpoint: str) -> str:
    return (organisation.canonical(endpoint) or endpoint) if scheme == ORGANISATION_SCHEME else endpoint


def _texts(told: Issuer | Receiver | Address) -> list[tuple[str, str]]:
    values = [(field.name, getattr(told, field.name)) for field in fields(told)]
    return [(name, value) for name, value in values if isinstance(value, str)]


def _stripped(told: _Told) -> _Told:
    changed: dict[str, Any] = {name: value.strip() for name, value in _texts(told)}
    return replace(told, **changed)


def _value(told: object, dotted: str) -> object:
    for name in dotted.split("."):
        told = getattr(told, name)
    return told
