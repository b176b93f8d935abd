"""What can be operated on against what comes in, and the operating time that the list takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.ledger_of_waiting import at_provider
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, decimal, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting_report import CapacityRow, OperatingRow, WaitingReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_SIZE: Final = 6.8
_MINUTES: Final = 60


def add(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Kapacitet"))
    composer.text(
        _(
            "Operationer per vecka står i tabellen över kapaciteter. Inflödet är medelvärdet av dem som har "
            "tillkommit per vecka under de senaste tolv månader som går att räkna. Veckor till tom lista är de "
            "väntande delat med det som opereras utöver inflödet."
        )
    )
    _providers(composer, data, cells)
    _operating(composer, data, cells)


def _providers(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    composer.table(
        _("Operationer per vecka mot inflöde, per vårdgivare och medicinskt område."),
        Grid(
            (
                words(escaped(_("Vårdgivare")), 1.9),
                words(escaped(_("Medicinskt område")), 1.4),
                Column(escaped(_("Väntande")), 0.8),
                Column(escaped(_("Operationer per vecka")), 1.0),
                Column(escaped(_("Inflöde per vecka")), 0.8),
                Column(escaped(_("Veckor till tom lista")), 0.8),
                words(escaped(_("Utsikt")), 1.9),
            ),
            [_provider(one, cells) for one in data.capacity],
            size=_SIZE,
        ),
        Notes(_("Streck: uppgift saknas, inte noll."), footnotes.suppressed(cells)),
    )


def _provider(one: CapacityRow, cells: Cells) -> tuple[str, ...]:
    name = at_provider(one.provider, one.area)
    hidden = cells.hides(name, one.waiting) or cells.small(one.came)
    return (
        *(one.provider, one.area, cells.at(name, one.waiting), _decimal(one.per_week)),
        *((NOTHING, NOTHING) if hidden or cells.strict else (_decimal(one.inflow), _decimal(one.weeks))),
        word("waiting_outlook", one.outlook),
    )


def _operating(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    if cells.suppress:
        composer.text(
            _("Operationstiden per åtgärdskod står bara i rapporten för klinikens eget bruk: tiden ger antalet.")
        )
        return
    minutes = sum(one.waiting * (one.minutes or 0) for one in data.operating)
    lacking = sum(one.waiting for one in data.operating if one.minutes is None)
    composer.table(
        _("Operationstid som listan motsvarar: {hours} timmar. Utan känd tid: {n} väntande.").format(
            hours=number(round(minutes / _MINUTES)), n=number(lacking)
        ),
        Grid(
            (
                words(escaped(_("Kod")), 0.7),
                words(escaped(_("Åtgärd")), 3.2),
                Column(escaped(_("Väntande")), 0.9),
                Column(escaped(_("Utan MOV/PVV")), 0.8),
                Column(escaped(_("Minuter per operation")), 1.0),
                Column(escaped(_("Timmar")), 0.8),
                Column(escaped(_("utan MOV/PVV")), 0.8),
            ),
            [_code(one) for one in data.operating],
            size=_SIZE,
        ),
        Notes(_("Minuter per operation står i tabellen över operationstider, som är antaganden att rätta.")),
    )


def _code(one: OperatingRow) -> tuple[str, ...]:
    return (
        *(one.code, one.name if one.name != one.code else NOTHING),
        *(number(one.waiting), number(one.waiting_without)),
        *(NOTHING if one.minutes is None else number(one.minutes), _decimal(one.hours), _decimal(one.hours_without)),
    )


def _decimal(value: str) -> str:
    return decimal(float(value), 1) if value else NOTHING
