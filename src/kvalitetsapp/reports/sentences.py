"""Plain sentences by rule: each says what the figures carry and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.report_data import CLAIMED_LINE, PRICE_LINE
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.ledger_of_events import PER_CASE
from kvalitetsapp.reports.ledger_of_operations import may_tell, what
from kvalitetsapp.texts import _, decimal, kronor_rounded, ngettext, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_chapters import Standing
    from kvalitetsapp.domain.report_data import CostDistribution, Outcome, ProviderReport, Recovery, Review

_LEAST_FOR_A_MEAN = 10
_INSIDE = Cells()


def of_provider(report: ProviderReport, cells: Cells) -> list[str]:
    """Return the three sentences of a provider's summary: outcome, money, how complete the figures are."""
    outcome = two_years(report.outcomes)
    standing = report.chapters.standing
    late = too_late([standing], cells) if standing else ""
    money = _own() if report.is_own else _money(report.recovery, cells) + late
    return [_outcome(outcome, cells), money, _completeness(report.review, report.recovery, cells)]


def two_years(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return reoperation within two years of each joint."""
    return [one for one in outcomes if one.within == DAYS_TWO_YEARS and one.level == "reoperation"]


def high(outcomes: Sequence[Outcome], cells: Cells) -> list[Outcome]:
    """Return the joints with more reoperations within two years than chance often gives, where it may be told."""
    found = two_years(outcomes)
    return [one for one in found if one.share.n and one.flag.startswith("high") and may_tell(one, cells)]


def _outcome(outcomes: Sequence[Outcome], cells: Cells) -> str:
    followed = [one for one in outcomes if one.share.n]
    if not followed:
        return _("Inga operationer har ännu följts i två år, så reoperationer kan inte bedömas.")
    above = high(outcomes, cells)
    low = [one for one in followed if one.flag.startswith("low") and may_tell(one, cells)]
    if above:
        return _(
            "Fler än väntat har reopererats inom två år efter {which}; så stor skillnad ger slumpen sällan."
        ).format(which=_joined([_case(one, cells) for one in above]))
    if low:
        return _(
            "Färre än väntat har reopererats inom två år efter {which}; så stor skillnad ger slumpen sällan."
        ).format(which=_joined([_case(one, cells) for one in low]))
    return _inside(followed, cells)


def _inside(followed: Sequence[Outcome], cells: Cells) -> str:
    largest = max(followed, key=lambda one: one.share.n)
    begins = _("Andelen reopererade inom två år skiljer sig inte säkert från jämförelsevärdet {anywhere}.").format(
        anywhere=phrases.in_any_of_them(one.joint for one in followed)
    )
    n = cells.at(names.followed(largest.within, largest.joint), largest.share.n)
    if largest.detectable is None or cells.is_hidden(n):
        return begins
    return _("{begins} Med {n} uppföljda {operations} syns först en sann andel kring {rate}.").format(
        begins=begins,
        n=n,
        operations=phrases.operations(largest.joint),
        rate=percent(largest.detectable, 0 if cells.strict else 1),
    )


def _case(one: Outcome, cells: Cells) -> str:
    compared = _("; riket {rate}").format(rate=percent(one.benchmark)) if one.benchmark is not None else ""
    return _("{what} ({events} av {n}, {rate}{compared})").format(
        what=phrases.prosthesis(one.joint),
        events=cells.at(names.happened(what(one), one.joint), one.share.events),
        n=cells.at(names.followed(one.within, one.joint), one.share.n),
        rate=cells.rate(one.share),
        compared=compared,
    )


def _joined(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("{first} och {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def _own() -> str:
    return _("Vårdgivaren är regionens egen; komplikationer efter egna operationer ger inga krav.")


def _money(recovery: Sequence[Recovery], cells: Cells) -> str:
    if not recovery or not recovery[-1].events:
        return _("Ingen händelse är bekräftad än, så inget kan krävas.")
    total, cases = recovery[-1], names.in_account("cases")
    if cells.hides(cases, total.cases):
        return _("De bekräftade händelserna är så få att kostnaden inte visas utanför kliniken.")
    return _("Bekräftat: {events} i {cases}. Kostnad: {cost}. Av den kan {claimable} krävas enligt avtal.").format(
        events=phrases.events(total.events, cells, names.in_account("events")),
        cases=phrases.cases(total.cases, cells, cases),
        cost=cells.money_at(cases, total.cost_total, total.cases),
        claimable=cells.money_at(cases, total.claimable, total.cases),
    )


def _completeness(review: Sequence[Review], recovery: Sequence[Recovery], cells: Cells) -> str:
    if not review or not review[-1].events:
        return _("Inga händelser är kopplade till operationerna.")
    total = review[-1]
    waiting = total.events - total.reviewed
    missing = recovery[-1].missing_cost_events if recovery else 0
    lacking = (
        _(" Kostnad saknas för {n} täckta händelser, så beloppet är det minsta möjliga.").format(
            n=cells.at(names.in_account("missing_cost_events"), missing)
        )
        if missing
        else ""
    )
    events = cells.at(names.in_review("events"), total.events)
    if not waiting:
        return _("Alla händelser ({n}) är granskade.").format(n=events) + lacking
    return (
        _("Av {events} väntar {waiting} på granskning, så siffrorna kan ändras.").format(
            events=phrases.events(total.events, cells, names.in_review("events")),
            waiting=cells.at(names.in_review("waiting"), waiting),
        )
        + lacking
    )


def answer(costs: Sequence[CostDistribution], cells: Cells = _INSIDE) -> list[str]:
    """Return what the actual costs say about 60 000, 200 000 and 800 000 kr, and about 8–10 times the price."""
    by_group = {one.group: one for one in costs}
    chosen = _chosen(by_group)
    if chosen is None or chosen.mean is None:
        return [_("Inget ärende har en känd kostnad än. Frågan kan inte besvaras ur det här underlaget.")]
    if cells.hides(_of(chosen, "cases"), chosen.cases):
        return [_("Ärendena är för få för att visas utanför kliniken.")]
    said = [_level(chosen, cells), _claim(chosen, cells)]
    if chosen.priced:
        said.append(_times(chosen, cells))
    infection = by_group.get(f"{chosen.group}/infection")
    if infection is not None and infection.mean is not None and not _gives_away(infection, chosen, cells):
        said.append(_infection(infection, cells))
    if chosen.under_agreement:
        said.append(_cap(chosen, cells))
    return said


def _of(one: CostDistribution, column: str) -> names.Name:
    return names.in_costs(PER_CASE, one.group, column)


def too_late(standings: Sequence[Standing], cells: Cells) -> str:
    """Return how much of what can be claimed has a last day that has passed, "" where that is nothing.

    Outside the department no amount stands: what is left of the whole may be that of a few.
    """
    events = sum(one.passed for one in standings)
    if not events or cells.small(events):
        return ""
    if cells.suppress:
        return _(" Sista anspråksdagen har passerat för en del av det.")
    amount = cells.money(sum(one.passed_amount for one in standings), events)
    return _(" För {amount} av det har sista anspråksdagen passerat.").format(amount=amount)


def recovered(recovery: Sequence[Recovery], cells: Cells, standings: Sequence[Standing] = ()) -> str:
    """Return what can be claimed of the costs, and what became of that so far."""
    total = recovery[-1] if recovery else None
    if total is None or not total.events:
        return _("Ingen händelse är bekräftad än, så inget kan krävas.")
    begins = _("Av kostnaden kan {claimable} krävas enligt avtalen.").format(
        claimable=cells.money_at(names.in_account("cases"), total.claimable, total.cases)
    ) + too_late(standings, cells)
    if not total.claimed:
        return _("{begins} Inget krav är utfärdat än.").format(begins=begins)
    return _("{begins} Krävt: {claimed}. Krediterat: {credited}. Betalt: {paid}.").format(
        begins=begins,
        claimed=cells.money_at(names.in_account("cases"), total.claimed, total.cases),
        credited=cells.money_at(names.in_account("cases"), total.credited, total.cases),
        paid=cells.money_at(names.in_account("cases"), total.paid, total.cases),
    )


def reviewed(review: Sequence[Review], cells: Cells) -> str:
    """Return how many of the linked events a person has decided on."""
    if not review or not review[-1].events:
        return _("Inga händelser är kopplade till operationerna.")
    total = review[-1]
    return _("Av {events} kopplade händelser är {reviewed} granskade och {waiting} väntar på granskning.").format(
        events=cells.at(names.in_review("events"), total.events),
        reviewed=cells.at(names.in_review("reviewed"), total.reviewed),
        waiting=cells.at(names.in_review("waiting"), total.events - total.reviewed),
    )


def _gives_away(part: CostDistribution, whole: CostDistribution, cells: Cells) -> bool:
    """Tell whether a part, or what is left of the whole without it, is too small to be told."""
    hidden = cells.hides(_of(part, "cases"), part.cases)
    return hidden or cells.small(part.cases) or cells.small(whole.cases - part.cases)


def _times(one: CostDistribution, cells: Cells) -> str:
    eight, ten = one.times
    return _(
        "Mot den egna operationens pris ({price} i median) kostade {eight} av {n} ärenden minst 8 gånger så mycket, "
        "och {ten} minst 10 gånger."
    ).format(
        price=kronor_rounded(one.price),
        eight=cells.at(_of(one, "times_0"), eight),
        n=cells.at(_of(one, "priced"), one.priced),
        ten=cells.at(_of(one, "times_1"), ten),
    )


def chosen_group(costs: Sequence[CostDistribution]) -> CostDistribution | None:
    """Return the distribution that the answer rests on: confirmed cases, or linked ones where none is confirmed."""
    return _chosen({one.group: one for one in costs})


def _chosen(by_group: dict[str, CostDistribution]) -> CostDistribution | None:
    return next(
        (by_group[name] for name in ("confirmed", "potential") if name in by_group and by_group[name].cases), None
    )


def _level(one: CostDistribution, cells: Cells) -> str:
    kind = _("bekräftade") if one.group == "confirmed" else _("föreslagna, ännu inte granskade")
    interval = ""
    if one.mean_low is not None and one.mean_high is not None:
        interval = _(" (95 % intervall {low}–{high})").format(
            low=kronor_rounded(one.mean_low).removesuffix("\u00a0kr"), high=kronor_rounded(one.mean_high)
        )
    begins = ngettext(
        "I {n} ärende med {kind} händelser har komplikationerna kostat {mean} i medel{interval}.",
        "I {n} ärenden med {kind} händelser har komplikationerna kostat {mean} i medel{interval}.",
        one.cases,
    ).format(n=cells.at(_of(one, "cases"), one.cases), kind=kind, mean=kronor_rounded(one.mean), interval=interval)
    rest = _("Hälften av ärendena kostade högst {median}, nio av tio högst {p90} och det dyraste {largest}.").format(
        median=kronor_rounded(one.median), p90=kronor_rounded(one.p90), largest=kronor_rounded(one.largest)
    )
    if cells.suppress:
        rest = ""
    lacking = ngettext(
        "För {n} ärende till saknas kostnad.", "För {n} ärenden till saknas kostnad.", one.without_cost
    ).format(n=cells.at(_of(one, "without_cost"), one.without_cost))
    small = _("Så få ärenden räcker inte för ett säkert medelvärde.") if one.cases < _LEAST_FOR_A_MEAN else ""
    return " ".join(part for part in (begins, rest, lacking if one.without_cost else "", small) if part)


def _claim(one: CostDistribution, cells: Cells) -> str:
    above = one.over[-1]
    mean = one.mean or 0
    times = decimal(mean / PRICE_LINE, 1)
    shown, n = cells.at(_of(one, "over_2"), above), cells.at(_of(one, "cases"), one.cases)
    if cells.is_hidden(shown):
        reached = _("Av {n} ärenden har {above} kostat mer än 800 000 kr.").format(n=n, above=shown)
    elif not above:
        reached = _("Inget ärende har kostat mer än 800 000 kr.")
    else:
        reached = _("Av {n} ärenden har {above} ({rate}) kostat mer än 800 000 kr.").format(
            n=n, above=shown, rate=cells.part(above, one.cases)
        )
    compared = _("Medelkostnaden är {times} gånger priset för en operation (60 000 kr).").format(times=times)
    return " ".join((reached, compared, _verdict(one)))


def _verdict(one: CostDistribution) -> str:
    high = one.mean_high if one.mean_high is not None else one.mean or 0
    low = one.mean_low if one.mean_low is not None else one.mean or 0
    if one.cases < _LEAST_FOR_A_MEAN:
        return _("Underlaget är för litet för att pröva påståendet om 8–10 gånger högre kostnad.")
    if high < CLAIMED_LINE and high < 8 * PRICE_LINE:
        return _(
            "Underlaget ger inte stöd för att en komplikation i medel skulle kosta 800 000 kr eller 8–10 gånger "
            "operationens pris; enstaka ärenden kan ändå bli mycket dyra."
        )
    if low >= 8 * PRICE_LINE:
        return _("Underlaget stöder att en komplikation i medel kostar minst 8 gånger operationens pris.")
    return _("Underlaget utesluter inte att medelkostnaden når 8 gånger operationens pris.")


def _infection(one: CostDistribution, cells: Cells) -> str:
    begins = _("Påståendet gällde infektion: i {cases} med infektion är medelkostnaden {mean}").format(
        cases=phrases.cases(one.cases, cells, _of(one, "cases")), mean=kronor_rounded(one.mean)
    )
    if one.mean_low is not None and one.mean_high is not None:
        begins += _(" (95 % intervall {low}–{high})").format(
            low=kronor_rounded(one.mean_low).removesuffix("\u00a0kr"), high=kronor_rounded(one.mean_high)
        )
    if cells.suppress:
        return f"{begins}."
    return _("{begins} och det dyraste kostade {largest}.").format(begins=begins, largest=kronor_rounded(one.largest))


def _cap(one: CostDistribution, cells: Cells) -> str:
    under, capped = (cells.at(_of(one, name), getattr(one, name)) for name in ("under_agreement", "capped"))
    if not one.capped:
        return _("Inget av de {n} ärenden där ett avtal gäller har gått över avtalets tak.").format(n=under)
    hidden = cells.is_hidden(under) or cells.is_hidden(capped)
    share = "" if hidden else f" ({cells.part(one.capped, one.under_agreement)})"
    return _("Av {n} ärenden där ett avtal gäller har {capped}{share} gått över avtalets tak.").format(
        n=under, capped=capped, share=share
    )
