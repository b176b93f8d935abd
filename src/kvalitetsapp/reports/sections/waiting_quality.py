"""How far the lists can be trusted, what is amiss with them and what it does, and how everything is reckoned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.ledger_of_waiting import NOT_TOLD, amiss, waits
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting_report import FoundRow, WaitingReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_SIZE: Final = 6.8
_METHOD_ROOM: Final = 95 * mm  # what the chapter takes, so that no line of it is left alone on a page


def add(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Datumkvalitet och fynd"), new_page=False)
    month = data.day[:7]
    composer.table(
        _("Hur långt beslutsdagarna kan litas på."),
        Grid(
            (
                words(escaped(_("Kontroll")), 1.9),
                Column(escaped(_("Antal")), 0.6),
                Column(escaped(_("Av")), 0.6),
                words(escaped(_("Gäller")), 0.9),
                words(escaped(_("Betyder för siffrorna")), 3.2),
            ),
            [_check(one, data, cells) for one in data.checks],
            size=_SIZE,
        ),
        Notes(footnotes.suppressed(cells)),
    )
    findings = [one for one in data.findings if not (cells.suppress and one.what in NOT_TOLD)]
    if not findings:
        composer.text(_("Listorna har inga andra fynd."))
        return
    shown = [one for one in findings if not one.month or one.month > _year_before(data.day)]
    composer.table(
        _("Fynd i listorna de senaste tolv månaderna och vad de betyder för siffrorna."),
        Grid(
            (
                words(escaped(_("Fynd")), 1.7),
                words(escaped(_("Månad")), 0.7),
                words(escaped(_("Gäller")), 1.0),
                Column(escaped(_("Antal")), 0.6),
                words(escaped(_("Betyder för siffrorna")), 3.3),
            ),
            [_finding(one, month, cells) for one in shown],
            size=_SIZE,
        ),
        Notes(_earlier(len(findings) - len(shown)), footnotes.suppressed(cells)),
    )


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1}{day[4:7]}"


def _earlier(many: int) -> str:
    """Say that there are findings of earlier months."""
    if not many:
        return ""
    text = ngettext(
        "{n} äldre fynd står på sidan Väntande i programmet.",
        "{n} äldre fynd står på sidan Väntande i programmet.",
        many,
    )
    return text.format(n=number(many))


def method(composer: Composer) -> None:
    """Add how everything is reckoned."""
    composer.chapter(_("Hur det är räknat"), new_page=False, room=_METHOD_ROOM)
    composer.terms([*_counted(), *_to_mind()])


def _counted() -> list[tuple[str, str]]:
    return [
        (
            _("Väntande."),
            _(
                "Varje rad på den sista lista som en källa har lämnat för månaden. Väntan räknas från "
                "beslutsdagen till listans dag."
            ),
        ),
        (
            _("Utan MOV och PVV."),
            _(
                "Utan medicinskt orsakad och patientvald väntan. Den som saknar uppgift om avvikelse räknas med. "
                "Andra sammanställningar visar ibland bara dessa tal; här står båda."
            ),
        ),
        (
            _("Lång väntan."),
            _("Längre än 90 dagar (vårdgarantins gräns för åtgärd) och längre än 150 dagar."),
        ),
        (
            _("Per 100 000 invånare."),
            _("De som väntar i län och kommuner med känd folkmängd, delat med deras folkmängd."),
        ),
    ]


def _to_mind() -> list[tuple[str, str]]:
    return [
        (
            _("Medicinskt område."),
            _(
                "Åtgärdskoden (KVÅ) grupperad efter tabellen över områden, som går att ändra. Längsta början av "
                "koden gäller."
            ),
        ),
        (
            _("Månad utan lista."),
            _("Saknar en källa sin lista för en månad är månaden en lucka. Inget uppskattas."),
        ),
        (
            _("Vad antalet inte säger."),
            _(
                "Antal och väntetid säger inget om vem som har störst behov. Indikationer, rutiner och tidpunkten "
                "för beslut skiljer sig mellan vårdgivare; prioritering kräver sakkunniga."
            ),
        ),
    ]


def _check(one: FoundRow, data: WaitingReport, cells: Cells) -> tuple[str, ...]:
    month = data.day[:7]
    return (
        word("waiting_date_check", one.what),
        *(_entries(one, month, cells), _of(one, data, cells), _about(one, month, cells), _effect(one, cells)),
    )


def _of(one: FoundRow, data: WaitingReport, cells: Cells) -> str:
    """Return of how many a check is; outside the department not with rows turned away, which it would tell."""
    if one.of is None or (cells.suppress and one.of != data.whole.waiting):
        return NOTHING
    return cells.at(waits("waiting", month=data.day[:7]), one.of)


def _finding(one: FoundRow, month: str, cells: Cells) -> tuple[str, ...]:
    return (
        *(word("waiting_found", one.what), one.month or NOTHING, _about(one, month, cells)),
        *(_entries(one, month, cells), _effect(one, cells)),
    )


def _entries(one: FoundRow, month: str, cells: Cells) -> str:
    return cells.at(amiss(one, month), one.entries) if cells.suppress else number(one.entries)


def _about(one: FoundRow, month: str, cells: Cells) -> str:
    """Return what a finding is about; a day of few persons is not told."""
    few = cells.hides(amiss(one, month), one.entries)
    return NOTHING if few or not one.about else one.about


def _effect(one: FoundRow, cells: Cells) -> str:
    """Return what a finding does; outside the department not in words that hold counts."""
    counts = cells.suppress and any(letter.isdigit() for letter in one.effect)
    return NOTHING if counts or not one.effect else one.effect
