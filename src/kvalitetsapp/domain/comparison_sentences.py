"""What can be said of a provider beside the others, in sentences that never say more than the figures carry.

No sentence ranks: each is about one provider and what it is held against. Which numbers may be shown is decided by who
asks, so that a report that leaves says no more in words than in its tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator_tables import FigureFlag
from kvalitetsapp.domain.provider_comparison import THIN_MODEL, Certainty, is_too_thin
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, decimal, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.provider_comparison import ComparedProvider, Needed, ProviderComparison

_CLAIMS: Final = {
    Certainty.CERTAINLY_HIGHER: N_("Det är säkert högre än {around}."),
    Certainty.LIKELY_HIGHER: N_("Det tyder på mer än {around}, men en sådan skillnad ger slumpen ibland."),
    Certainty.NOT_TOLD_APART: N_("Det kan inte skiljas från {around}."),
    Certainty.TOO_LITTLE: N_("Underlaget räcker inte för att skilja det från {around}."),
    Certainty.LIKELY_LOWER: N_("Det tyder på mindre än {around}, men en sådan skillnad ger slumpen ibland."),
    Certainty.CERTAINLY_LOWER: N_("Det är säkert lägre än {around}."),
    Certainty.NO_COMPARISON: N_("Det finns inget att jämföra med."),
}
_HIGHER: Final = (Certainty.CERTAINLY_HIGHER, Certainty.LIKELY_HIGHER)
_LOWER: Final = (Certainty.CERTAINLY_LOWER, Certainty.LIKELY_LOWER)
_OPEN: Final = (Certainty.NOT_TOLD_APART, Certainty.TOO_LITTLE)


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of a sentence as they may be shown; `ratio` is "" where no model tells what was expected."""

    events: str
    n: str
    rate: str
    interval: str
    ratio: str = ""


def plainly(one: ComparedProvider, found: ProviderComparison) -> Told:
    """Return the numbers as they are."""
    ends = (one.low, one.high)
    low, high = value(one.low, found).removesuffix("\u00a0%"), value(one.high, found)
    interval = "" if None in ends else _("{low}–{high}").format(low=low, high=high)
    return Told(number(one.events or 0), number(one.followed), value(one.value, found), interval, ratio(one))


def ratio(one: ComparedProvider, digits: int = 2) -> str:
    """Return observed over expected with its interval, "" where no model tells."""
    told = one.adjusted
    if told is None or told.ratio is None or told.ratio_low is None or told.ratio_high is None:
        return ""
    return _("{ratio} ({low}–{high})").format(
        ratio=decimal(told.ratio, digits), low=decimal(told.ratio_low, digits), high=decimal(told.ratio_high, digits)
    )


def value(figure: float | None, found: ProviderComparison) -> str:
    """Return a figure as people write it: a percentage, or a number with the indicator's decimals."""
    if found.is_share or figure is None:
        return percent(figure)
    return decimal(figure, found.decimals)


def around(found: ProviderComparison) -> str:
    """Return what figures are held against, in running text."""
    return _("riket") if found.is_national else _("alla vårdgivare här tillsammans")


def sentence(one: ComparedProvider, found: ProviderComparison, told: Told | None) -> str:
    """Return what can be said of a provider; `told` None: its numbers are too small to be shown."""
    return _("{name}: {rest}").format(name=one.name, rest=said(one, found, told))


def said(one: ComparedProvider, found: ProviderComparison, told: Told | None) -> str:
    """Return the same without the name before it."""
    return " ".join(_parts(one, found, told))


def reading(found: ProviderComparison) -> tuple[str, ...]:
    """Return how the comparison is read, as sentences."""
    return tuple(_reading(found))


def _parts(one: ComparedProvider, found: ProviderComparison, told: Told | None) -> Iterator[str]:
    if not one.followed:
        yield _nobody(one, found)
        return
    if told is None:
        yield _("Talen är för små för att visas.")
        return
    yield _figure(found, told)
    yield _(_CLAIMS[one.certainty]).format(around=_around_with_value(found))
    yield from _adjusted(one, told)
    yield from _caveats(one)
    if one.certainty in _OPEN:
        yield from _needed(one, found)


def _nobody(one: ComparedProvider, found: ProviderComparison) -> str:
    if FigureFlag.NO_OPERATIONS not in one.flags and FigureFlag.NO_REPORTING in one.flags:
        return _("Ingenting är levererat som kan säga något, och det är inte noll. Underlaget räcker inte.")
    days = ngettext("{n} dag", "{n} dagar", found.follow_up_days).format(n=number(found.follow_up_days))
    return _("Ingen av operationerna har uppgiften och är följd i {days}. Underlaget räcker inte.").format(days=days)


def _figure(found: ProviderComparison, told: Told) -> str:
    if not found.is_share:
        if not told.interval:
            return _("{value} bland {n} operationer.").format(value=told.rate, n=told.n)
        return _("{value} bland {n} operationer (95 % intervall {interval}).").format(
            value=told.rate, n=told.n, interval=told.interval
        )
    return _("{events} av {n}, {rate} (95 % intervall {interval}).").format(
        events=told.events, n=told.n, rate=told.rate, interval=told.interval
    )


def _around_with_value(found: ProviderComparison) -> str:
    return _("{around} ({value})").format(around=around(found), value=value(found.target, found))


def _adjusted(one: ComparedProvider, told: Told) -> Iterator[str]:
    """Say whether a difference stands when the patients are taken into account."""
    adjusted = one.adjusted
    if not told.ratio or adjusted is None or one.certainty not in (*_HIGHER, *_LOWER):
        return
    over, under = (adjusted.ratio_low or 0.0) > 1, (adjusted.ratio_high or 0.0) < 1
    stands, other = (over, under) if one.certainty in _HIGHER else (under, over)
    if stands:
        yield _("Också med hänsyn till patienterna och mot alla här: {ratio} gånger det väntade.").format(
            ratio=told.ratio
        )
    elif other:
        yield _("Med hänsyn till patienterna och mot alla här är det tvärtom: {ratio} gånger det väntade.").format(
            ratio=told.ratio
        )
    else:
        yield _("Med hänsyn till patienterna kan det inte skiljas från alla här: {ratio} gånger det väntade.").format(
            ratio=told.ratio
        )


def _caveats(one: ComparedProvider) -> Iterator[str]:
    if FigureFlag.UNREVIEWED in one.flags:
        yield _("Färre än hälften av händelserna är granskade.")
    if FigureFlag.LOW_COVERAGE in one.flags:
        yield _("Många saknar uppgiften.")
    if FigureFlag.SHORT_FOLLOW_UP in one.flags:
        yield _("Mer än en femtedel av operationerna är ännu inte följda hela tiden.")


def _needed(one: ComparedProvider, found: ProviderComparison) -> Iterator[str]:
    """Say what it would take to see the double; nothing where the operations are enough already."""
    double = next((each for each in one.needed if each.times == 2), None)
    if double is None or (double.operations is not None and double.operations <= one.followed):
        return
    rate = value(double.rate, found)
    if double.operations is None:
        yield _("Att {rate} sannolikt ska synas kräver över 100 000 operationer.").format(rate=rate)
        return
    yield _("För att {rate} sannolikt ska synas krävs {n} operationer{years}.").format(
        rate=rate, n=number(double.operations), years=_years(double)
    )


def _years(one: Needed) -> str:
    if one.years is None:
        return ""
    return _(", {years} års volym").format(years=years(one.years))


def years(amount: float) -> str:
    """Return a time in years: with a decimal under ten, whole years above, and never more than a hundred."""
    if amount > 100:
        return _("över 100")
    return decimal(amount, 1) if amount < 10 else number(round(amount))


def _reading(found: ProviderComparison) -> Iterator[str]:
    yield _(
        "Ordningen är antalet operationer och ingen rangordning: vårdgivarna hålls mot ett jämförelsevärde, inte mot "
        "varandra."
    )
    yield from _about_target(found)
    yield from _about_certainty(found)
    yield from _about_spread(found)
    yield from _about_adjusting(found)
    yield _(
        "Ingenting här säger varför någon skiljer sig. Registrering, granskning, patienter och slump ska prövas innan "
        "en skillnad blir en fråga till vårdgivaren."
    )


def _about_target(found: ProviderComparison) -> Iterator[str]:
    if found.target is None and len(found.providers) == 1:
        yield _("Riksvärde saknas och det finns bara en vårdgivare: det finns inget att jämföra med.")
    elif found.target is None:
        yield _("Riksvärde saknas: det finns inget att jämföra med.")
    elif not found.is_national:
        yield _(
            "Riksvärde saknas. Var och en hålls mot alla här tillsammans, egen regi och den själv medräknade; den som "
            "har de flesta operationerna hålls då mest mot sig själv."
        )


def _about_certainty(found: ProviderComparison) -> Iterator[str]:
    if found.target is None:
        return
    if not found.is_share:
        yield _(
            "”Tyder på” betyder att 95-procentsintervallet ligger helt på ena sidan av jämförelsen. Färre än 50 "
            "operationer räcker inte."
        )
        return
    yield _(
        "”Säkert” betyder utanför 99,8 %-gränsen och ”tyder på” utanför 95 %-gränsen, dit slumpen för en av fyrtio åt "
        "vardera hållet. ”Kan inte skiljas” betyder att en fördubbling sannolikt hade synts, ”underlaget räcker "
        "inte” att inte ens den hade gjort det: inget av dem betyder att allt är väl."
    )


def _about_spread(found: ProviderComparison) -> Iterator[str]:
    spread = None if found.funnel is None else found.funnel.overdispersion
    if spread is not None and spread.between > 0:
        yield _(
            "Vårdgivarna skiljer sig mer än slumpen ger ({phi} gånger): också en säker skillnad kan komma av att "
            "patienter eller registrering skiljer sig."
        ).format(phi=decimal(spread.phi, 1))


def _about_adjusting(found: ProviderComparison) -> Iterator[str]:
    model = found.model
    if model is None or not found.is_share:
        return
    if is_too_thin(model):
        yield _(
            "Patienternas ålder, kön, diagnos och operationsår är inte inräknade: uppgifterna eller händelserna är "
            "för få för en modell."
        )
        return
    yield _(
        "Observerat genom väntat tar hänsyn till ålder, kön, diagnos och operationsår, och jämför med alla här, inte "
        "med riket."
    )
    per_parameter = model.events_per_parameter
    if per_parameter is not None and per_parameter < THIN_MODEL:
        yield _("Modellen vilar på få händelser ({n} per parameter), så läs dess kvoter försiktigt.").format(
            n=decimal(per_parameter, 1)
        )


def heading(found: ProviderComparison) -> str:
    """Return what is compared."""
    return _("{indicator}, {joint}").format(indicator=found.indicator, joint=word("joint", found.joint).lower())
