"""An agreement as a person reads it, with how much of what is stored it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.case import PER_OPERATION, warranty_text
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, NOTHING, _, kronor, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.agreement import Agreement


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """An agreement, its terms in words, and the operations and cases that it covers."""

    agreement: Agreement
    facts: tuple[Fact, ...]
    operations: int
    cases: int


AGREEMENTS: Final[tuple[Column, ...]] = (
    Column("name", Kind.TEXT, N_("Avtal")),
    Column("valid_from", Kind.DATE, N_("Från")),
    Column("valid_to", Kind.DATE, N_("Till")),
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("cases", Kind.INTEGER, N_("Ärenden")),
    Column("verified", Kind.TEXT, N_("Kontrollerat")),
    Column("agreement_id", Kind.TEXT, N_("Beteckning")),
)


def agreement_table(cards: Iterable[AgreementCard]) -> Table:
    """Return agreements as rows of `AGREEMENTS`, in their order."""
    return Table(AGREEMENTS, [_row(card) for card in cards])


def facts_of(one: Agreement, providers: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return the terms in words, in the order in which an agreement is read."""
    return (
        Fact(_("Giltighet"), (_validity(one),)),
        Fact(_("Vårdgivare"), tuple(providers.get(each, each) for each in one.providers)),
        Fact(_("Leder"), (", ".join(word("joint", each) for each in one.joints),)),
        Fact(_("Ersättningsvägar"), (", ".join(word("payer_route", each) for each in one.payer_routes),)),
        Fact(_("Pris per operation"), (kronor(one.unit_price),)),
        Fact(_("Förväntad andel reoperationer"), (percent(one.expected_reoperation_rate),)),
        Fact(_("Tak"), (_cap(one),)),
        Fact(_("Självrisk"), (_deductible(one),)),
        Fact(_("Garantier"), tuple(warranty_text(each) for each in one.warranties) or (NOTHING,)),
        Fact(
            _("Kostnadsgrund"),
            (_("{first}, i andra hand {second}").format(**_bases(one)),) if _two(one) else _one(one),
        ),
        Fact(_("Taxa"), _tariff(one)),
        Fact(_("Anspråksfrist"), (_deadline(one),)),
    )


def _validity(one: Agreement) -> str:
    if one.valid_to is None:
        return _("Operationer från och med {start}, tills vidare").format(start=one.valid_from.isoformat())
    return _("Operationer från och med {start} till och med {end}").format(
        start=one.valid_from.isoformat(), end=one.valid_to.isoformat()
    )


def _cap(one: Agreement) -> str:
    scope = _("per primäroperation") if one.cap_scope == PER_OPERATION else _("per vårdtillfälle")
    return f"{kronor(one.cap)} {scope}"


def _deductible(one: Agreement) -> str:
    if not one.deductible:
        return _("Ingen")
    return _("{amount}, en gång per primäroperation").format(amount=kronor(one.deductible))


def _two(one: Agreement) -> bool:
    return len(one.cost_basis) > 1


def _bases(one: Agreement) -> dict[str, str]:
    first, second = (_basis(each) for each in one.cost_basis[:2])
    return {"first": first, "second": second[:1].lower() + second[1:]}


def _one(one: Agreement) -> tuple[str, ...]:
    return tuple(_basis(each) for each in one.cost_basis) or (NOTHING,)


def _basis(basis: str) -> str:
    texts = {"kpp": _("Vårdkontaktens KPP-kostnad"), "tariff": _("Avtalets taxa")}
    return texts.get(basis, basis)


def _tariff(one: Agreement) -> tuple[str, ...]:
    lines = []
    if one.tariff.inpatient_day is not None:
        lines.append(_("{amount} per vårddygn i slutenvård").format(amount=kronor(one.tariff.inpatient_day)))
    if one.tariff.outpatient_visit is not None:
        lines.append(_("{amount} per besök i öppenvård").format(amount=kronor(one.tariff.outpatient_visit)))
    return tuple(lines) or (NOTHING,)


def _deadline(one: Agreement) -> str:
    if one.claim_deadline_days is None:
        return _("Ingen angiven")
    days = one.claim_deadline_days
    return ngettext("{n} dag efter utskrivning", "{n} dagar efter utskrivning", days).format(n=number(days))


def _row(card: AgreementCard) -> Row:
    one = card.agreement
    return (
        one.name,
        one.valid_from.isoformat(),
        "" if one.valid_to is None else one.valid_to.isoformat(),
        card.operations,
        card.cases,
        _("Ja") if one.verified else _("Nej"),
        one.agreement_id,
    )
