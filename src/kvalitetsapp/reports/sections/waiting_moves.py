"""The scenario of moving those who wait: what it tries, who would receive, and what becomes of the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import redistribution_words
from kvalitetsapp.domain.redistribution import Stays
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.ledger_of_waiting import moved, queue, stays
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, decimal, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.redistribution import OfferOutcome, QueueEffect, Received
    from kvalitetsapp.domain.waiting_report import WaitingReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_SIZE: Final = 6.6
_QUEUES: Final = ("waiting", "over_90", "over_150")


def add(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Omfördelning: ett scenario"))
    found = data.scenario
    composer.text(_("Prövat: {what}.").format(what=redistribution_words.scenario_told(found.scenario)))
    if not cells.suppress:
        composer.text(" ".join(redistribution_words.told(found)))
    composer.bullets(redistribution_words.reservations(found))
    if found.received:
        _received(composer, data, cells)
    else:
        composer.text(_("Ingen vårdgivare har en rad i tabellen över kapaciteter, så inget kan flyttas."))
    _effects(composer, data, cells)
    _staying(composer, data, cells)


def _received(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    notes = Notes()
    outcome = notes.mark(_("Andel reopererade inom två år efter operationer i området. Intervall: se programmet."))
    lacks = [
        (one, ", ".join(word("offer_lack", lack.value) for lack in one.lacks())) for one in data.scenario.received
    ]
    notes.remark(_("Streck: uppgift saknas, inte noll."))
    notes.remark(footnotes.suppressed(cells))
    composer.table(
        _("Vad varje vårdgivare skulle ta emot, och vad som är känt om den."),
        Grid(
            (
                words(escaped(_("Medicinskt område")), 1.25),
                words(escaped(_("Vårdgivare")), 1.7),
                words(escaped(_("Slag")), 0.9),
                Column(escaped(_("Lediga per vecka")), 0.75),
                Column(escaped(_("Flyttas hit")), 0.7),
                Column(escaped(_("Pris, kr")), 0.85),
                Column(escaped(_("Kostnad, kr")), 1.0),
                Column(escaped(_("Väntan, dagar")), 0.75),
                Column(escaped(_("Avstånd, km")), 0.8),
                Column(escaped(_("Reop.")) + outcome, 0.7),
                words(escaped(_("Saknas")), 1.0),
            ),
            [_offer(one, told, cells) for one, told in lacks],
            size=_SIZE,
        ),
        notes,
    )


def _offer(one: Received, lacks: str, cells: Cells) -> tuple[str, ...]:
    offer, name = one.offer, moved(one.offer.area, one.offer.provider_id)
    hidden = cells.hides(name, one.moved) or cells.strict
    km = NOTHING if one.mean_km is None or hidden else decimal(one.mean_km, 0)
    return (
        *(offer.area, offer.name, word("provider_kind", offer.kind) if offer.kind else NOTHING),
        # where an offer is full what is free of it tells how many it receives
        NOTHING if offer.free_per_week is None or hidden else decimal(offer.free_per_week, 2),
        cells.at(name, one.moved),
        _kronor(offer.price),
        NOTHING if hidden else _kronor(one.cost),
        *(NOTHING if offer.waiting_days is None else number(offer.waiting_days), km),
        NOTHING if offer.outcome is None else cells.rate(_share(offer.outcome)),
        lacks or NOTHING,
    )


def _share(outcome: OfferOutcome) -> Share:
    return Share(outcome.events, outcome.n, outcome.rate, outcome.low, outcome.high)


def _kronor(ore: int | None) -> str:
    return NOTHING if ore is None else number(round(ore / 100))


def _effects(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    heads = (_("Väntande"), _("Över 90 dagar"), _("Över 150 dagar"))
    columns = [
        column
        for head in heads
        for column in (
            Column(escaped(_("{what} före").format(what=head)), 0.95),
            Column(escaped(_("efter")), 0.7),
        )
    ]
    rows = [_effect(one, cells) for one in data.scenario.effects]
    composer.table(
        _("Väntelistan den {day} med och utan dem som flyttas.").format(day=data.day),
        Grid(
            (words(escaped(_("Medicinskt område")), 1.8), Column(escaped(_("Flyttas")), 0.8), *columns),
            rows,
            totals=1,
            size=_SIZE,
        ),
        Notes(footnotes.suppressed(cells)),
    )


def _effect(one: QueueEffect, cells: Cells) -> tuple[str, ...]:
    area = ANY if one.is_whole else one.area or "-"
    told = [redistribution_words.area_name(one), cells.at(moved(area), one.moved)]
    for column in _QUEUES:
        told.append(cells.at(queue(column, "before", area), getattr(one.before, column)))
        told.append(cells.at(queue(column, "after", area), getattr(one.after, column)))
    return tuple(told)


def _staying(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    met = [reason for reason in Stays if any(reason in dict(one.stays) for one in data.scenario.effects)]
    if not met:
        return
    composer.table(
        _("Varför de andra inte flyttas: det första skälet som gäller."),
        Grid(
            (
                words(escaped(_("Medicinskt område")), 1.8),
                *(Column(escaped(word("stays", reason.value)), 1.0) for reason in met),
            ),
            [
                (
                    redistribution_words.area_name(one),
                    *(
                        cells.at(
                            stays(reason.value, ANY if one.is_whole else one.area or "-"),
                            dict(one.stays).get(reason, 0),
                        )
                        for reason in met
                    ),
                )
                for one in data.scenario.effects
            ],
            totals=1,
            size=_SIZE,
        ),
        Notes(footnotes.suppressed(cells)),
    )
