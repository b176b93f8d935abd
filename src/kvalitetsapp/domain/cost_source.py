"""Where an event's cost comes from (R14), in words: every source that is known of, which is used, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import drg
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.words import CareForm, CostBasis, word
from kvalitetsapp.texts import N_, _, kronor, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.manual_cost import ManualCost


@dataclass(frozen=True, slots=True)
class CostSource:
    """An event's cost in öre (None: not known), its basis ("": none), where it comes from, the year of its prices."""

    cost: int | None
    basis: str
    source: str
    price_year: int | None


NO_SOURCE: Final = CostSource(None, "", "", None)


@dataclass(frozen=True, slots=True)
class CostItem:
    """A row of the costs of a contact as delivered; `cost_type` "" is the whole contact."""

    cost_type: str
    line: str
    cost: int
    price_year: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """The import that an episode's cost came with; `file` "" where that is not known any more."""

    file: str
    imported_on: str


@dataclass(frozen=True, slots=True)
class DrgFacts:
    """What is known of an episode's DRG in the year of its discharge; weight in ten-thousandths, price in öre."""

    code: str
    weight: int | None
    weight_source: str
    price: int | None
    price_source: str


@dataclass(frozen=True, slots=True)
class EpisodeCosts:
    """What is stored of an episode's costs.

    `items` are the rows of the costs as delivered, the whole contact's and its types; none where they are not what the
    episode's cost is made of, since another file has told that.
    """

    episode: int
    event_ref: str
    care_form: str
    admitted: date
    discharged: date
    cost: int | None
    delivery: Delivery
    items: tuple[CostItem, ...]
    drg: DrgFacts
    manual: ManualCost | None


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source of a cost: its amount (None: it has none, and `source` says why), and whether and why it is used."""

    basis: str
    cost: int | None
    source: str
    price_year: int | None
    used: bool
    why: str


SOURCES: Final[tuple[Column, ...]] = (
    Column("cost_basis", Kind.CODE, N_("Kostnadsgrund"), "cost_basis"),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("source", Kind.TEXT, N_("Källa")),
    Column("price_year", Kind.INTEGER, N_("Prisår")),
    Column("why", Kind.TEXT, N_("Används")),
)
_ALL: Final = (CostBasis.KPP, CostBasis.DRG, CostBasis.TARIFF)


def order_of(agreement: Agreement | None) -> tuple[str, ...]:
    """Return the sources that can count, in order: the agreement's, KPP without one, and at last the cost by hand."""
    listed = (CostBasis.KPP.value,) if agreement is None else agreement.cost_basis
    return (*listed, CostBasis.MANUAL.value)


def own(costs: EpisodeCosts, agreement: Agreement | None) -> CostSource:
    """Return what the episode costs by the first source that has a value, whoever shares it."""
    found = (by(basis, costs, agreement) for basis in order_of(agreement))
    return next((one for one in found if one.cost is not None), NO_SOURCE)


def by(basis: str, costs: EpisodeCosts, agreement: Agreement | None) -> CostSource:
    """Return what the episode costs by one source, `NO_SOURCE` where that has no value."""
    match basis:
        case CostBasis.KPP:
            return _kpp(costs)
        case CostBasis.DRG:
            return _drg(costs)
        case CostBasis.TARIFF:
            return NO_SOURCE if agreement is None else _tariff(costs, agreement)
        case CostBasis.MANUAL:
            return _manual(costs.manual)
        case _:
            return NO_SOURCE


def shared(place: str) -> CostSource:
    """Return the cost of an event whose episode's cost counts on another one, named by its `place`."""
    text = _("Räknas på vårdkontaktens händelse: {place}").format(place=place[:1].lower() + place[1:])
    return CostSource(0, CostBasis.SHARED.value, text, None)


def lacking(basis: str, costs: EpisodeCosts, agreement: Agreement | None, today: date) -> str:
    """Return why a source has no value for the episode, in a Swedish sentence."""
    match basis:
        case CostBasis.KPP:
            days = (today - costs.discharged).days
            return ngettext(
                "Ingen KPP levererad än: vården avslutades för {n} dag sedan.",
                "Ingen KPP levererad än: vården avslutades för {n} dagar sedan.",
                days,
            ).format(n=number(days))
        case CostBasis.DRG:
            return _lacking_drg(costs)
        case CostBasis.TARIFF:
            return _lacking_tariff(costs, agreement)
        case _:
            return _("Ingen kostnad är ifylld för hand.")


def known_sources(
    costs: EpisodeCosts, agreement: Agreement | None, today: date, shares: CostSource | None = None
) -> tuple[KnownSource, ...]:
    """Return every source in the order in which they count, those that the agreement leaves out before the manual one.

    `shares` is the event's cost where it counts on another event: it comes first, and is then what is used.
    """
    order = order_of(agreement)
    used = shares or own(costs, agreement)
    rows = [_as_known(shares, used=True, why=_("Ja: vårdkontaktens kostnad räknas en gång"))] if shares else []
    left_out = [basis.value for basis in _ALL if basis not in order]
    for basis in (*order[:-1], *left_out, order[-1]):
        found = by(basis, costs, agreement)
        is_used = found.cost is not None and basis == used.basis
        if found.cost is None:
            why = _("Nej: inget värde")
            rows.append(KnownSource(basis, None, lacking(basis, costs, agreement, today), None, used=False, why=why))
        else:
            why = _used(basis) if is_used else _unused(basis, order, agreement, used)
            rows.append(_as_known(found, used=is_used, why=why))
    return tuple(rows)


def sources_table(sources: Sequence[KnownSource], items: Sequence[CostItem]) -> Table:
    """Return sources as rows of `SOURCES`, with the types of cost as they were delivered under KPP."""
    rows: list[Row] = []
    for one in sources:
        rows.append((one.basis, one.cost, one.source, one.price_year, one.why))
        if one.basis == CostBasis.KPP and one.cost is not None:
            rows += _item_rows(items)
    return Table(SOURCES, rows)


def price_years_text(years: Sequence[int]) -> str:
    """Return price years as in `2023 och 2024`."""
    texts = [str(year) for year in years]
    return texts[0] if len(texts) == 1 else _("{first} och {last}").format(first=", ".join(texts[:-1]), last=texts[-1])


def _kpp(costs: EpisodeCosts) -> CostSource:
    if costs.cost is None:
        return NO_SOURCE
    whole = [item for item in costs.items if not item.cost_type]
    years = sorted({item.price_year for item in whole or costs.items if item.price_year is not None})
    what = _("KPP per kostnadsslag") if costs.items and not whole else _("KPP")
    if costs.delivery.file:
        what = _("{what} ur {file}, inläst {day}").format(
            what=what, file=costs.delivery.file, day=costs.delivery.imported_on
        )
    if len(years) > 1:
        what = _("{what} i prisår {years}").format(what=what, years=price_years_text(years))
    year = costs.discharged.year if not years else years[0] if len(years) == 1 else None
    return CostSource(costs.cost, CostBasis.KPP.value, what, year)


def _drg(costs: EpisodeCosts) -> CostSource:
    facts = costs.drg
    if facts.weight is None or facts.price is None:
        return NO_SOURCE
    text = _("DRG {code}: vikt {weight} × {price}").format(
        code=facts.code, weight=drg.weight_text(facts.weight), price=kronor(facts.price)
    )
    named = list(dict.fromkeys(one for one in (facts.weight_source, facts.price_source) if one))
    source = f"{text} ({'; '.join(named)})" if named else text
    return CostSource(drg.cost(facts.weight, facts.price), CostBasis.DRG.value, source, costs.discharged.year)


def _tariff(costs: EpisodeCosts, agreement: Agreement) -> CostSource:
    tariff = agreement.tariff
    year = agreement.valid_from.year
    if costs.care_form == CareForm.INPATIENT and tariff.inpatient_day is not None:
        days = max(1, (costs.discharged - costs.admitted).days)
        text = ngettext("Taxa i {name}: {n} vårddag × {price}", "Taxa i {name}: {n} vårddagar × {price}", days)
        said = text.format(name=agreement.name, n=number(days), price=kronor(tariff.inpatient_day))
        return CostSource(days * tariff.inpatient_day, CostBasis.TARIFF.value, said, year)
    if costs.care_form == CareForm.OUTPATIENT and tariff.outpatient_visit is not None:
        said = _("Taxa i {name}: ett besök").format(name=agreement.name)
        return CostSource(tariff.outpatient_visit, CostBasis.TARIFF.value, said, year)
    return NO_SOURCE


def _manual(manual: ManualCost | None) -> CostSource:
    if manual is None:
        return NO_SOURCE
    text = _("Ifylld för hand av {who} {day}: {reason}").format(
        who=manual.who, day=manual.entered_at[:10], reason=manual.reason
    )
    return CostSource(manual.cost, CostBasis.MANUAL.value, text, manual.price_year)


def _lacking_drg(costs: EpisodeCosts) -> str:
    facts, year = costs.drg, costs.discharged.year
    if not facts.code:
        return _("Vårdkontakten har ingen DRG-kod.")
    if facts.weight is None and facts.price is None:
        return _("Både vikt för DRG {code} och pris saknas för {year}.").format(code=facts.code, year=year)
    if facts.weight is None:
        return _("DRG {code} har ingen vikt för {year}.").format(code=facts.code, year=year)
    return _("DRG {code} har vikt, men priset för {year} saknas.").format(code=facts.code, year=year)


def _lacking_tariff(costs: EpisodeCosts, agreement: Agreement | None) -> str:
    if agreement is None:
        return _("Inget avtal gäller, så ingen taxa finns.")
    form = word("care_form", costs.care_form).lower()
    return _("Avtalets taxa har inget pris för {form}.").format(form=form)


def _as_known(found: CostSource, *, used: bool, why: str) -> KnownSource:
    return KnownSource(found.basis, found.cost, found.source, found.price_year, used, why)


def _used(basis: str) -> str:
    if basis == CostBasis.MANUAL:
        return _("Ja: ingen annan källa har ett värde")
    return _("Ja: den första som har ett värde")


def _unused(basis: str, order: Sequence[str], agreement: Agreement | None, used: CostSource) -> str:
    if used.basis == CostBasis.SHARED:
        return _("Nej: kostnaden räknas på en annan händelse")
    if basis in order:
        return _("Nej: {other} kommer före").format(other=word("cost_basis", used.basis))
    if agreement is None:
        return _("Nej: utan avtal räknas bara KPP och det som är ifyllt för hand")
    return _("Nej: avtalets kostnadsgrund nämner inte {basis}").format(basis=word("cost_basis", basis))


def _item_rows(items: Sequence[CostItem]) -> Iterator[Row]:
    for item in items:
        if item.cost_type:
            text = _("varav {type}").format(type=item.cost_type)
            yield (CostBasis.KPP.value, item.cost, text, item.price_year, "")
