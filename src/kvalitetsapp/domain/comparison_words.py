"""The Swedish words of comparisons between providers: how sure, from where, and defined how."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "certainty": {
        "certainly_higher": N_("Säkert högre"),
        "likely_higher": N_("Tyder på högre"),
        "not_told_apart": N_("Kan inte skiljas"),
        "too_little": N_("Underlaget räcker inte"),
        "likely_lower": N_("Tyder på lägre"),
        "certainly_lower": N_("Säkert lägre"),
        "no_comparison": N_("Inget att jämföra med"),
    },
    "waiting_source": {
        "entries": N_("Väntelistan"),
        "published": N_("Publicerad siffra"),
        "none": N_("Uppgift saknas"),
    },
    "definition": {
        "same": N_("Samma som vår"),
        "other_national": N_("En annan"),
        "unknown": N_("Okänd"),
        "none": N_("Ingen siffra"),
    },
    "own_check": {
        "fits": N_("Går ihop"),
        "does_not_fit": N_("Går inte ihop"),
        "untried": N_("Kan inte prövas"),
        "": "",
    },
}
