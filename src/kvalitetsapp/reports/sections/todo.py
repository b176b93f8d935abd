"""What the figures say that there is to do: a sentence for each rule that holds, never more than they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.ledger_of_operations import may_tell
from kvalitetsapp.texts import _, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.domain.report_chapters import Standing
    from kvalitetsapp.domain.report_data import Outcome, TotalReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

LEAST_REVIEWED: Final = 0.5
LEAST_EVENTS: Final = 5
TOO_LITTLE: Final = 2.0
"""A group that first shows twice the nation's rate is too small to be judged."""


def add(composer: Composer, data: TotalReport, cells: Cells) -> None:
    """Add the sentences to the page with the answer."""
    composer.section(_("Vad siffrorna säger att ni ska göra"))
    composer.bullets(sentences(data, cells) or [nothing()])


def nothing() -> str:
    """Return what is said where there is nothing to do."""
    return _("Inget i siffrorna kräver en åtgärd just nu.")


def sentences(data: TotalReport, cells: Cells) -> list[str]:
    """Return what there is to do: ask, review, wait, claim, find costs, in that order."""
    return [*_ask(data, cells), *_review(data, cells), *_wait(data), *_claim(data, cells), *_costs(data, cells)]


def _two_years(data: TotalReport) -> Iterator[tuple[str, Outcome]]:
    for provider in data.providers:
        for one in provider.outcomes:
            if one.within == DAYS_TWO_YEARS and one.level == "reoperation" and one.share.n:
                yield provider.name, one


def _ask(data: TotalReport, cells: Cells) -> Iterator[str]:
    high = [
        (name, one) for name, one in _two_years(data) if one.flag.startswith("high") and may_tell(one, cells, name)
    ]
    if high:
        joints: dict[str, list[str]] = {}
        for name, one in high:
            joints.setdefault(name, []).append(phrases.joint(one.joint))
        named = [_("{name} ({joints})").format(name=name, joints=", ".join(each)) for name, each in joints.items()]
        yield _(
            "Fråga {names} hur de ser på sina reoperationer: fler än väntat inom två år. Det är en anledning att "
            "fråga, inte ett svar."
        ).format(names=joined(named))


def _review(data: TotalReport, cells: Cells) -> Iterator[str]:
    few = [one for one in data.chapters.standings if is_little_reviewed(one)]
    if few:
        named = [
            one.name
            if cells.suppress
            else _("{name} ({reviewed} av {events})").format(
                name=one.name, reviewed=number(one.reviewed), events=number(one.events)
            )
            for one in few
        ]
        yield _("Granska fler händelser efter operationer hos {names}: färre än hälften är granskade.").format(
            names=joined(named)
        )


def _wait(data: TotalReport) -> Iterator[str]:
    short = sorted({name for name, one in _two_years(data) if is_too_little(one)})
    if short and len(short) == len({name for name, _one in _two_years(data)}):
        yield _(
            "Dra ingen slutsats av att en vårdgivare ligger inom gränserna: hos ingen räcker operationerna i någon av "
            "lederna för att visa en sann andel som är mindre än dubbelt så hög som rikets."
        )
    elif short:
        yield _(
            "Vänta med slutsatser om {names}: operationerna i någon led är för få för att visa en sann andel som är "
            "mindre än dubbelt så hög som rikets."
        ).format(names=joined(short))
    followed = {name for name, _one in _two_years(data)}
    new = [one.name for one in data.providers if one.name not in followed]
    if new:
        yield _("Bedöm inte {names} än: inga operationer är följda i två år.").format(names=joined(new))


def _claim(data: TotalReport, cells: Cells) -> Iterator[str]:
    for one in data.chapters.standings:
        yield from to_claim(one, one.name, cells)
    late = [one for one in data.chapters.standings if is_late(one, cells)]
    if late:
        named = [
            one.name
            if cells.suppress
            else _("{name} ({amount})").format(name=one.name, amount=kronor_rounded(one.passed_amount))
            for one in late
        ]
        yield _("Pröva vad som kan krävas fast sista anspråksdagen har passerat: {names}.").format(names=joined(named))


def to_claim(one: Standing, name: str, cells: Cells) -> Iterator[str]:
    """Say what is to be claimed of a provider before it is too late."""
    if one.unclaimed and not cells.small(one.unclaimed):
        yield ngettext(
            "Kräv {amount} av {name} för {n} händelse senast {day}.",
            "Kräv {amount} av {name} för {n} händelser; den första sista anspråksdagen är {day}.",
            one.unclaimed,
        ).format(
            amount=cells.money(one.to_claim, one.unclaimed),
            name=name,
            n=cells.count(one.unclaimed),
            day=one.first_deadline,
        )


def is_late(one: Standing, cells: Cells) -> bool:
    """Tell whether the last day of events that nobody claimed for has passed, and that may be told."""
    return bool(one.passed) and not cells.small(one.passed)


def is_little_reviewed(one: Standing) -> bool:
    """Tell whether so few of the events are reviewed that the figures say little."""
    return one.events >= LEAST_EVENTS and one.reviewed < LEAST_REVIEWED * one.events


def is_too_little(one: Outcome) -> bool:
    """Tell whether the operations are too few to show twice the nation's rate."""
    return bool(one.benchmark) and (one.detectable is None or one.detectable >= TOO_LITTLE * (one.benchmark or 0))


def _costs(data: TotalReport, cells: Cells) -> Iterator[str]:
    lacking = [one for one in data.chapters.standings if one.missing_costs]
    if lacking:
        named = [
            one.name if cells.suppress else _("{name} ({n})").format(name=one.name, n=number(one.missing_costs))
            for one in lacking
        ]
        yield _(
            "Ta fram kostnaden för täckta händelser utan känd kostnad: {names}. Utan den kan inget krävas."
        ).format(names=joined(named))


def joined(parts: Sequence[str]) -> str:
    """Return the parts as a list in words."""
    if len(parts) == 1:
        return parts[0]
    return _("{first} och {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
