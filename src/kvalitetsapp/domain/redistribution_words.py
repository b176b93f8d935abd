"""The Swedish words of scenarios that move those who wait, and the columns of their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.waiting import MISSING, WaitingKey
from kvalitetsapp.texts import N_, _, decimal, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.redistribution import QueueEffect, Received, Redistribution, RedistributionScenario
    from kvalitetsapp.domain.table import Row

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "stays": {
        "highly_specialised": N_("Högspecialiserad vård"),
        "no_area": N_("Medicinskt område okänt"),
        "deviation": N_("Avvikelseorsak (MOV, PVV)"),
        "planned": N_("Har planerad dag"),
        "short": N_("Har väntat kortare än gränsen"),
        "no_offer": N_("Ingen annan vårdgivare har ledig kapacitet"),
        "distance_unknown": N_("Avståndet är inte känt"),
        "too_far": N_("Längre bort än gränsen"),
        "no_room": N_("Kapaciteten räcker inte"),
    },
    "price_source": {
        "capacity": N_("Kapacitetstabellen"),
        "agreement": N_("Avtalet"),
        "own_cost": N_("Egen kostnad, median"),
        "none": N_("Pris saknas"),
    },
    "days_source": {
        "capacity": N_("Kapacitetstabellen"),
        "entries": N_("Väntelistan"),
        "none": N_("Uppgift saknas"),
    },
    "offer_lack": {
        "capacity": N_("ledig kapacitet"),
        "price": N_("pris"),
        "waiting": N_("väntetid"),
        "outcome": N_("utfall"),
        "distance": N_("avstånd"),
    },
}


def _count(name: str, heading: str) -> Column:
    return Column(name, Kind.INTEGER, heading)


RECEIVED: Final[tuple[Column, ...]] = (
    Column("area", Kind.TEXT, N_("Medicinskt område")),
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("provider_kind", Kind.CODE, N_("Slag"), "provider_kind"),
    Column("free_per_week", Kind.DECIMAL, N_("Lediga per vecka")),
    _count("room", N_("Plats för")),
    _count("moved", N_("Flyttas hit")),
    Column("weeks", Kind.INTEGER, N_("Veckor")),
    Column("price", Kind.MONEY, N_("Pris per operation")),
    Column("price_source", Kind.CODE, N_("Pris enligt"), "price_source"),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    _count("waiting_days", N_("Väntan där, dagar")),
    Column("days_source", Kind.CODE, N_("Väntan enligt"), "days_source"),
    Column("mean_km", Kind.DECIMAL, N_("Avstånd i medel, km")),
    Column("rate", Kind.RATE, N_("Reopererade inom två år")),
    Column("rate_low", Kind.RATE, N_("95 % från")),
    Column("rate_high", Kind.RATE, N_("95 % till")),
    _count("operations", N_("Operationer bakom")),
    Column("lacks", Kind.TEXT, N_("Uppgift saknas om")),
)
"""A row per provider and area. `price` and `cost` in öre; what is empty is not known.

`lacks` are words of `Lack` separated by a space.
"""

EFFECTS: Final[tuple[Column, ...]] = (
    Column("area", Kind.TEXT, N_("Medicinskt område")),
    _count("moved", N_("Flyttas")),
    _count("waiting", N_("Väntande före")),
    _count("waiting_after", N_("Väntande efter")),
    _count("over_90", N_("Över 90 dagar före")),
    _count("over_90_after", N_("Över 90 dagar efter")),
    _count("over_150", N_("Över 150 dagar före")),
    _count("over_150_after", N_("Över 150 dagar efter")),
)
STAYING: Final[tuple[Column, ...]] = (
    Column("area", Kind.TEXT, N_("Medicinskt område")),
    Column("reason", Kind.CODE, N_("Flyttas inte därför att"), "stays"),
    _count("persons", N_("Antal")),
)


def received_table(found: Redistribution) -> Table:
    """Return what every offer would receive."""
    return Table(RECEIVED, [_received(one) for one in found.received])


def effects_table(found: Redistribution) -> Table:
    """Return the queue with and without those who are moved, by area, all of them last."""
    return Table(EFFECTS, [_effect(one) for one in found.effects])


def staying_table(found: Redistribution) -> Table:
    """Return why the others stay, by area."""
    rows: list[Row] = [(area_name(one), reason.value, count) for one in found.effects for reason, count in one.stays]
    return Table(STAYING, rows)


def area_name(one: QueueEffect) -> str:
    """Return what an effect is on."""
    from kvalitetsapp.domain.waiting_words import key_name

    return _("Alla områden") if one.is_whole else one.area or key_name(WaitingKey.AREA, MISSING)


def lacks_told(codes: str) -> str:
    """Return what is not known of an offer in words, as a column `lacks` has it in codes."""
    from kvalitetsapp.domain.words import word

    return ", ".join(word("offer_lack", code) for code in codes.split())


def told(found: Redistribution) -> tuple[str, ...]:
    """Return what a scenario comes to, in sentences; nothing of it is advice."""
    whole = found.whole
    moved = ngettext(
        "{n} av {all} väntande skulle kunna erbjudas en annan vårdgivare.",
        "{n} av {all} väntande skulle kunna erbjudas en annan vårdgivare.",
        found.moved,
    )
    sentences = [moved.format(n=number(found.moved), all=number(whole.before.waiting))]
    if found.moved:
        sentences += [*_money(found), *_way(found)]
        sentences.append(
            _("Över 90 dagar går från {before} till {after}, över 150 dagar från {long} till {left}.").format(
                before=number(whole.before.over_90),
                after=number(whole.after.over_90),
                long=number(whole.before.over_150),
                left=number(whole.after.over_150),
            )
        )
    return tuple(sentences)


def reservations(found: Redistribution) -> tuple[str, ...]:
    """Return how a scenario is to be read."""
    return (
        _(
            "Ett scenario visar vad som är möjligt på papperet: den som har väntat längst går först, därefter lägst "
            "kostnad och kortast avstånd. Det säger inget om enskilda patienter, och vården avgör vad som är lämpligt."
        ),
        _(
            "Före och efter är listan den {day} med och utan dem som flyttas. Nya som sätts upp under tiden är "
            "inte med."
        ).format(day=found.snapshot_on),
        _("Uppgifter som saknas är inte gissade: de står som tomma, och kända pris och avstånd används först."),
    )


def scenario_told(one: RedistributionScenario) -> str:
    """Return what a scenario tries, in a line."""
    parts = [
        ngettext("{n} vecka", "{n} veckor", one.weeks).format(n=number(one.weeks)),
        _("utan gräns för avstånd")
        if one.farthest_km is None
        else _("högst {n} km").format(n=number(one.farthest_km)),
        _("väntat mer än {n} dagar").format(n=number(one.over_days)),
    ]
    if one.leave_deviations:
        parts.append(_("inte MOV och PVV"))
    if one.leave_planned:
        parts.append(_("inte de som har planerad dag"))
    if one.areas:
        parts.append(", ".join(one.areas))
    return "; ".join(parts)


def _money(found: Redistribution) -> list[str]:
    told = []
    if found.cost is not None:
        told.append(_("Kostnaden är {cost}.").format(cost=kronor_rounded(found.cost)))
    if found.without_price:
        text = ngettext(
            "För {n} av dem är priset inte känt, och kostnaden är utan dem.",
            "För {n} av dem är priset inte känt, och kostnaden är utan dem.",
            found.without_price,
        )
        told.append(text.format(n=number(found.without_price)))
    return told


def _way(found: Redistribution) -> list[str]:
    told = []
    if found.mean_km is not None:
        told.append(_("Avståndet är i medel {km} km.").format(km=decimal(found.mean_km, 0)))
    if found.without_distance:
        told.append(
            ngettext(
                "För {n} är avståndet inte känt.", "För {n} är avståndet inte känt.", found.without_distance
            ).format(n=number(found.without_distance))
        )
    if found.weeks is not None:
        weeks = ngettext("Det tar {n} vecka.", "Det tar {n} veckor.", found.weeks)
        told.append(weeks.format(n=number(found.weeks)))
    return told


def _received(one: Received) -> Row:
    offer, outcome = one.offer, one.offer.outcome
    figures = (None, None, None, None) if outcome is None else (outcome.rate, outcome.low, outcome.high, outcome.n)
    return (
        *(offer.area, offer.name, offer.kind),
        *(_decimal(offer.free_per_week), one.room, one.moved, one.weeks),
        *(offer.price, offer.price_source.value, one.cost),
        *(offer.waiting_days, offer.days_source.value, "" if one.mean_km is None else f"{one.mean_km:.0f}"),
        *figures,
        " ".join(lack.value for lack in one.lacks()),
    )


def _effect(one: QueueEffect) -> Row:
    before, after = one.before, one.after
    return (
        *(area_name(one), one.moved, before.waiting, after.waiting),
        *(before.over_90, after.over_90, before.over_150, after.over_150),
    )


def _decimal(value: float | None) -> str:
    """Return a number with the decimals that it needs, at most two."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
