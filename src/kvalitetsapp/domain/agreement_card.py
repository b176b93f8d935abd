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

    from kvalitetsapp.domain.agreement import Agreement, Overlap


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


LISTED: Final[tuple[Column, ...]] = (
    Column("agreement_id", Kind.TEXT, N_("Beteckning")),
    Column("name", Kind.TEXT, N_("Avtal")),
    Column("providers", Kind.TEXT, N_("Vårdgivare")),
    Column("joints", Kind.TEXT, N_("Leder")),
    Column("payer_routes", Kind.TEXT, N_("Ersättningsvägar")),
    Column("valid_from", Kind.DATE, N_("Från")),
    Column("valid_to", Kind.DATE, N_("Till")),
    Column("cap", Kind.MONEY, N_("Tak")),
    Column("cap_scope", Kind.TEXT, N_("Taket gäller")),
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("cases", Kind.INTEGER, N_("Ärenden")),
    Column("verified", Kind.FLAG, N_("Kontrollerat")),
    Column("verified_by", Kind.TEXT, N_("Kontrollerat av")),
    Column("verified_on", Kind.DATE, N_("Kontrolldag")),
)


def listed_table(cards: Iterable[AgreementCard]) -> Table:
    """Return agreements as rows of `LISTED`, by id; several codes have spaces between them."""
    return Table(LISTED, [_listed_row(card) for card in sorted(cards, key=lambda card: card.agreement.agreement_id)])


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
        Fact(_("Undantag"), (_classes(one.exclusions),)),
        Fact(_("Kostnadsgrund"), (_cost_basis(one),)),
        Fact(_("Taxa"), _tariff(one)),
        Fact(_("Anspråksfrist"), (_deadline(one),)),
        Fact(_("Anteckning"), tuple(one.note.splitlines()) or (NOTHING,)),
        Fact(_("Kontrollerat"), (verified_text(one),)),
    )


def verified_text(one: Agreement) -> str:
    """Return whether the terms were compared with the signed text, by whom and when as far as it is told."""
    if not one.verified:
        return _("Nej")
    if one.verified_by and one.verified_on is not None:
        return _("Ja, av {who} {day}").format(who=one.verified_by, day=one.verified_on.isoformat())
    if one.verified_by:
        return _("Ja, av {who}").format(who=one.verified_by)
    return _("Ja") if one.verified_on is None else _("Ja, {day}").format(day=one.verified_on.isoformat())


def overlap_text(shared: Overlap, providers: Mapping[str, str]) -> str:
    """Return which operations two agreements share: `A; höft, knä; eget avtal, operationer från och med …`."""
    parts = (
        ", ".join(providers.get(each, each) for each in shared.providers),
        ", ".join(word("joint", each).lower() for each in shared.joints),
        ", ".join(_lowered(word("payer_route", each)) for each in shared.payer_routes),
    )
    start = shared.valid_from.isoformat()
    if shared.valid_to is None:
        return _("{what}, operationer från och med {start}").format(what="; ".join(parts), start=start)
    return _("{what}, operationer från och med {start} till och med {end}").format(
        what="; ".join(parts), start=start, end=shared.valid_to.isoformat()
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


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


def _classes(classes: Iterable[str]) -> str:
    words = [word("complication_class", each) for each in classes]
    return ", ".join([*words[:1], *(each.lower() for each in words[1:])]) or NOTHING


def _cost_basis(one: Agreement) -> str:
    """Return in which order costs are looked for: `Vårdkontaktens KPP-kostnad, därefter avtalets taxa`."""
    first, *others = (_basis(each) for each in one.cost_basis)
    return _(", därefter ").join([first, *(_lowered(each) for each in others)])


def _basis(basis: str) -> str:
    texts = {
        "kpp": _("Vårdkontaktens KPP-kostnad"),
        "drg": _("DRG-vikt gånger årets pris"),
        "tariff": _("Avtalets taxa"),
    }
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
        verified_text(one),
        one.agreement_id,
    )


def _listed_row(card: AgreementCard) -> Row:
    one = card.agreement
    return (
        *(one.agreement_id, one.name, " ".join(one.providers), " ".join(one.joints), " ".join(one.payer_routes)),
        *(one.valid_from.isoformat(), "" if one.valid_to is None else one.valid_to.isoformat()),
        *(one.cap, one.cap_scope, card.operations, card.cases, int(one.verified), one.verified_by),
        "" if one.verified_on is None else one.verified_on.isoformat(),
    )
