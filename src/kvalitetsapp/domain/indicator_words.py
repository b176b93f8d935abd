"""The Swedish words of indicators: what they measure and count, which way is wanted, what to mind."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "measure": {
        "share": N_("Andel med"),
        "share_without": N_("Andel utan"),
        "mean": N_("Medelvärde"),
        "median": N_("Median"),
    },
    "counted": {
        "linked": N_("Kopplade händelser"),
        "adverse": N_("Oönskade händelser enligt registret"),
        "codes": N_("Egna koder"),
        "readmission": N_("Återinläggning"),
        "death": N_("Död"),
        "stay": N_("Vårdtid"),
        "day_surgery": N_("Dagkirurgi"),
        "answer": N_("Patientens svar"),
        "coverage": N_("Finns i kvalitetsregistret"),
        "published": N_("Publicerad siffra"),
    },
    "direction": {
        "low": N_("Låg är önskvärd"),
        "high": N_("Hög är önskvärd"),
        "neither": N_("Ingen önskad riktning"),
    },
    "nature": {
        "process": N_("Processmått"),
        "outcome": N_("Resultatmått"),
        "structure": N_("Strukturmått"),
    },
    "prosthesis": {"total": N_("Totalprotes"), "partial": N_("Delprotes"), "other": N_("Annan protes"), "": ""},
    "code_position": {
        "main": N_("Huvuddiagnos"),
        "any": N_("Någon diagnos"),
        "procedure": N_("Åtgärd"),
    },
    "anchor": {"operation": N_("Operationen"), "discharge": N_("Utskrivningen")},
    "reviewed": {"counted": N_("Föreslagna och bekräftade"), "confirmed": N_("Bara bekräftade")},
    "answered": {
        "score": N_("Värdet efter operationen"),
        "gain": N_("Förbättringen"),
        "reached": N_("Nått gränsen"),
    },
    "figure_flag": {
        "no_operations": N_("Ingen uppföljd än"),
        "small_n": N_("Få operationer"),
        "short_follow_up": N_("Många ännu inte uppföljda"),
        "low_coverage": N_("Låg täckning"),
        "unreviewed": N_("Få händelser granskade"),
        "no_reporting": N_("Inget är levererat"),
        "families_pooled": N_("Flera operationsfamiljer sammanräknade"),
    },
    "picture": {
        "funnel": N_("Tratt"),
        "caterpillar": N_("Vårdgivare med intervall"),
        "time_to": N_("Tid till händelse"),
        "run": N_("Kvartal för kvartal"),
        "gaps": N_("Operationer mellan händelser"),
        "cusum": N_("Löpande bevakning (CUSUM)"),
        "ratios": N_("Observerat mot väntat"),
        "years": N_("Vårdgivare och år"),
        "profile": N_("Kvinnor och män"),
    },
    "left_out": {
        "not_followed": N_("Inte följd tillräckligt länge"),
        "no_value": N_("Värdet saknas"),
        "": "",
    },
    "report_kind": {
        "provider": N_("Uppföljning av vårdgivare"),
        "total": N_("Total uppföljning"),
        "claims": N_("Kravsammanställning"),
        "protocol": N_("Granskningsprotokoll"),
        "comparison": N_("Vårdgivarjämförelse"),
        "waiting": N_("Väntanderapport"),
        "cases": N_("Ärendebilaga"),
        "agenda": N_("Kvalitetsagenda"),
        "gap": N_("Beslutsunderlag"),
        "minutes": N_("Protokoll från avstämning"),
        "equity": N_("Jämlik vård"),
    },
    "provider_note": {
        "comment": N_("Vårdgivarens kommentar"),
        "action": N_("Överenskommen åtgärd"),
        "follow_up": N_("Uppföljning av åtgärd"),
    },
    "small_numbers": {
        "open": N_("Alla tal visas"),
        "plain": N_("Tal under fem döljs"),
        "strict": N_("Strängt: högst sju döljs, övriga avrundas till fem"),
    },
}
