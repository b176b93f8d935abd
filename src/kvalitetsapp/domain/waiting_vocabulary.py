"""The Swedish words of waiting lists: deviations, findings, outlooks, checks of dates."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "deviation": {
        "mov": N_("Medicinskt orsakad väntan (MOV)"),
        "pvv": N_("Patientvald väntan (PVV)"),
        "none": N_("Ingen avvikelse"),
        "missing": N_("Avvikelseorsak saknas"),
        "": "",
    },
    "waiting_found": {
        "missing_month": N_("En lista saknas för månaden"),
        "source_begins": N_("En källa börjar leverera"),
        "source_ended": N_("En källa har slutat leverera"),
        "returned": N_("Väntande som kom tillbaka"),
        "decision_changed": N_("Beslutsdagen ändrades"),
        "decided_after_snapshot": N_("Beslut efter listans dag"),
        "decided_after_planned": N_("Beslut efter planerad dag"),
        "no_deviation": N_("Avvikelseorsak saknas"),
        "no_county": N_("Län saknas"),
        "no_area": N_("Kod utan medicinskt område"),
        "no_population": N_("Kommun utan folkmängd"),
        "no_municipality": N_("Kommun saknas"),
        "invented_population": N_("Folkmängden är påhittad"),
        "old_population": N_("Folkmängden är från ett annat år"),
        "few": N_("Grupper med färre än fem"),
    },
    "waiting_outlook": {
        "weeks": N_("Listan töms"),
        "never": N_("Aldrig: inflödet är minst lika stort"),
        "empty": N_("Ingen väntar"),
        "no_capacity": N_("Kapacitet saknas"),
        "no_inflow": N_("Inflödet går inte att räkna"),
    },
    "waiting_date_check": {
        "missing": N_("Beslutsdag saknas eller går inte att läsa"),
        "after_snapshot": N_("Beslut efter listans dag"),
        "after_planned": N_("Beslut efter planerad dag"),
        "same_day": N_("Samma beslutsdag"),
        "first_of_month": N_("Beslut den första i månaden"),
        "changed": N_("Ändrad sedan förra listan"),
        "old": N_("Beslut äldre än tre år"),
    },
    "waiting_specialised": {
        "mark": N_("Ja, märkt i listan"),
        "table": N_("Ja, enligt områdestabellen"),
        "no": N_("Nej"),
    },
}
