"""Findings of waiting lists in words: what each of them does to the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.waiting import WaitingFinding, WaitingFound
from kvalitetsapp.domain.waiting_tables import FINDINGS
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(findings: Iterable[WaitingFinding]) -> Table:
    """Return findings as a table."""
    return Table(FINDINGS, [(one.found.value, one.month, one.about, one.entries, one.effect) for one in findings])


def missing_month(month: str, source: str, before: int) -> WaitingFinding:
    """Tell of a month without a list from a source, whose last list before had `before` entries of the scope."""
    effect = _(
        "Månaden är en lucka i utvecklingen, inte ett uppskattat värde. Vilka som tillkom och försvann går inte att "
        "räkna för månaden och månaden efter."
    )
    return WaitingFinding(WaitingFound.MISSING_MONTH, month, source, before, effect)


def source_begins(month: str, source: str, entries: int) -> WaitingFinding:
    """Tell of a source whose first list comes after others' and has `entries` of the scope."""
    effect = _("Antalet stiger den månaden för att källan kommer med, inte för att fler väntar.")
    return WaitingFinding(WaitingFound.SOURCE_BEGINS, month, source, entries, effect)


def source_ended(month: str, source: str, entries: int) -> WaitingFinding:
    """Tell of a source that has delivered nothing since the month before, when it had `entries` of the scope."""
    effect = _("Antalet sjunker den månaden för att källan är borta, inte för att färre väntar.")
    return WaitingFinding(WaitingFound.SOURCE_ENDED, month, source, entries, effect)


def returned(month: str, entries: int) -> WaitingFinding:
    """Tell of entries that were gone from a list and came back."""
    effect = _(
        "De räknas som försvunna den månad de var borta och som tillkomna när de kom tillbaka. Väntan räknas från "
        "beslutsdagen, alltså även tiden då de inte stod på listan."
    )
    return WaitingFinding(WaitingFound.RETURNED, month, "", entries, effect)


def decision_changed(month: str, entries: int, later: int, days: int) -> WaitingFinding:
    """Tell of days of decision that are others than in the list before, `later` of them later by `days` in median."""
    effect = _("{later} av dem har fått en senare beslutsdag och ser ut att ha väntat kortare").format(
        later=number(later)
    )
    if later:
        effect += _(", i mitten {days} dagar").format(days=number(days))
    return WaitingFinding(WaitingFound.DECISION_CHANGED, month, "", entries, f"{effect}.")


def decided_after_snapshot(month: str, entries: int) -> WaitingFinding:
    """Tell of decisions later than the list."""
    effect = _("De räknas bland väntande, men har ingen väntetid: de är inte med i median, kvartiler och andelar.")
    return WaitingFinding(WaitingFound.DECIDED_AFTER_SNAPSHOT, month, "", entries, effect)


def decided_after_planned(month: str, entries: int) -> WaitingFinding:
    """Tell of decisions later than the day that care is planned for."""
    effect = _("Beslutsdagen används som den är. Är den för sen blir väntan för kort.")
    return WaitingFinding(WaitingFound.DECIDED_AFTER_PLANNED, month, "", entries, effect)


def no_deviation(month: str, entries: int) -> WaitingFinding:
    """Tell of entries of which it is not said whether the wait has a deviation."""
    effect = _("De räknas med i siffrorna utan MOV/PVV. Har några av dem en avvikelse är de siffrorna för höga.")
    return WaitingFinding(WaitingFound.NO_DEVIATION, month, "", entries, effect)


def no_county(month: str, entries: int) -> WaitingFinding:
    """Tell of entries without county whose municipality does not tell it either."""
    effect = _("De står som en egen grupp och räknas inte per invånare.")
    return WaitingFinding(WaitingFound.NO_COUNTY, month, "", entries, effect)


def no_area(month: str, code: str, entries: int) -> WaitingFinding:
    """Tell of a code that the table of areas has no area for."""
    effect = _("De står under Utan område. Lägg till koden, eller dess början, i tabellen Medicinska områden.")
    return WaitingFinding(WaitingFound.NO_AREA, month, code, entries, effect)


def no_population(month: str, municipality: str, entries: int) -> WaitingFinding:
    """Tell of a municipality that the population lacks, "" where there is no population at all."""
    if not municipality:
        effect = _("Ingen folkmängd är inläst: inget räknas per invånare.")
    else:
        effect = _("Varken kommunens väntande eller dess invånare är med i talen per 100\u00a0000.")
    return WaitingFinding(WaitingFound.NO_POPULATION, month, municipality, entries, effect)


def no_municipality(month: str, entries: int) -> WaitingFinding:
    """Tell of entries without municipality."""
    effect = _("De räknas per invånare i länet, men inte i någon kommun.")
    return WaitingFinding(WaitingFound.NO_MUNICIPALITY, month, "", entries, effect)


def invented_population(month: str, year: int, entries: int) -> WaitingFinding:
    """Tell that the population is made up, so that every figure per inhabitant is."""
    effect = _("Alla tal per 100\u00a0000 bygger på påhittade invånare och säger inget om verkligheten.")
    return WaitingFinding(WaitingFound.INVENTED_POPULATION, month, str(year), entries, effect)


def old_population(month: str, year: int, entries: int) -> WaitingFinding:
    """Tell that the population is not that of the last turn of the year."""
    effect = _("Talen per 100\u00a0000 räknas på folkmängden den 31 december {year}.").format(year=year)
    return WaitingFinding(WaitingFound.OLD_POPULATION, month, str(year), entries, effect)


def few(month: str, level: str, groups: int, entries: int) -> WaitingFinding:
    """Tell of groups of a level in which fewer than five wait."""
    effect = ngettext(
        "En grupp är så liten att den döljs i det som lämnas ut; mått på väntan i den säger lite.",
        "{n} grupper är så små att de döljs i det som lämnas ut; mått på väntan i dem säger lite.",
        groups,
    ).format(n=number(groups))
    return WaitingFinding(WaitingFound.FEW, month, level, entries, effect)
