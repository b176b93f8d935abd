"""How to read the report: limits against intervals, small numbers, what a group of this size can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.notes import Notes, suppressed
from kvalitetsapp.reports.tables import Column, Grid
from kvalitetsapp.texts import NOTHING, _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Outcome
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, outcomes: Sequence[Outcome], cells: Cells, *, new_page: bool = True) -> None:
    """Add the chapter; the detectable difference is that of reoperation within two years."""
    composer.chapter(_("Så läser du rapporten"), new_page=new_page)
    composer.terms([*_about_figures(), *_about_judgement()])
    _detectable(composer, outcomes, cells)


def _about_figures() -> list[tuple[str, str]]:
    return [
        (
            _("Andel och intervall."),
            _(
                "En andel ur ett fåtal operationer säger lite om den risk som ligger bakom. Det 95-procentiga "
                "intervallet visar vilka risker som rimligen kan ha gett det antal som sågs. "
                "Läs intervallet först."
            ),
        ),
        (
            _("Gränserna i trattdiagrammet"),
            _(
                "är något annat: de visar hur långt från jämförelsevärdet en vårdgivare med så många operationer "
                "kan hamna av slumpen. Mellan 95 %-gränserna ryms 19 av 20 vårdgivare som ligger på "
                "jämförelsevärdet, mellan 99,8 %-gränserna nästan alla. Den som ligger utanför bör granskas; det "
                "är en anledning att fråga, inte ett svar."
            ),
        ),
        (
            _("Inom gränserna"),
            _(
                "betyder inte att allt är bra, bara att antalet operationer inte räcker för att visa något annat. "
                "Tabellen nedan visar hur stor skillnaden måste vara för att synas."
            ),
        ),
    ]


def _about_judgement() -> list[tuple[str, str]]:
    return [
        (
            _("Ingen rangordning."),
            _(
                "Vårdgivare jämförs med ett jämförelsevärde, inte med varandra. Ordningen i tabeller följer "
                "antalet operationer."
            ),
        ),
        (
            _("En händelse är en misstanke tills någon har granskat den."),
            _(
                "Programmet hittar händelser genom koder. Kopplingen till en operation bekräftas eller avvisas av "
                "en person. Reoperationer räknas både som föreslagna och bekräftade; belopp som kan krävas räknas "
                "bara på bekräftade."
            ),
        ),
        (
            _("Streck och noll."),
            _("Ett streck betyder att uppgift saknas eller inte kan räknas ut. Noll betyder att inget hände."),
        ),
    ]


def _detectable(composer: Composer, outcomes: Sequence[Outcome], cells: Cells) -> None:
    shown = [
        one
        for one in outcomes
        if one.within == DAYS_TWO_YEARS and one.level == "reoperation" and one.detectable is not None
    ]
    if not shown:
        composer.section(_("Hur stor skillnad som syns"))
        composer.text(_("Inga operationer har ännu följts i två år. Därför kan ingen skillnad mot riket visas."))
        return
    composer.table(
        _(
            "Minsta sanna andel reopererade inom två år som med 80 procents sannolikhet hamnar över den övre "
            "95 %-gränsen."
        ),
        Grid(
            (
                phrases.joint_column((one.joint for one in shown), 2),
                Column(_("Uppföljda operationer")),
                Column(_("Riket")),
                Column(_("Syns först vid")),
            ),
            [
                (word("joint", one.joint), _followed(one, cells), percent(one.benchmark), _least(one, cells))
                for one in shown
            ],
        ),
        Notes(_in_words(shown, cells), suppressed(cells)),
    )


def _in_words(shown: Sequence[Outcome], cells: Cells) -> str:
    """Say what the row with the largest difference means, "" where every row is of a few."""
    told = [one for one in shown if not _hides(one, cells)]
    if not told:
        return ""
    least = max(told, key=lambda one: one.detectable or 0)
    return _(
        "Läs den så här: med {n} uppföljda {operations} måste den sanna risken vara minst {rate} för "
        "att den sannolikt ska synas. Mindre skillnader kan finnas utan att märkas."
    ).format(n=_followed(least, cells), operations=phrases.operations(least.joint), rate=_least(least, cells))


def _least(one: Outcome, cells: Cells) -> str:
    """Return the rate that shows; it follows from the number of operations, and goes where that goes."""
    if _hides(one, cells):
        return NOTHING
    return percent(one.detectable, 0 if cells.strict else 1)


def _followed(one: Outcome, cells: Cells) -> str:
    return cells.at(names.followed(one.within, one.joint), one.share.n)


def _hides(one: Outcome, cells: Cells) -> bool:
    return cells.is_hidden(_followed(one, cells))
