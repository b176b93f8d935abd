"""The Swedish words of the quality agenda and of gap analyses, and the marks beside a status and a trend."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "target_status": {
        "met": N_("Nått"),
        "uncertain": N_("Nått, men osäkert"),
        "not_met": N_("Inte nått"),
        "cannot_tell": N_("Kan inte avgöras"),
    },
    "target_obstacle": {
        "": "",
        "no_figures": N_("Ingen siffra: ingen i urvalet är följd tillräckligt länge, eller inget är levererat"),
        "few": N_("Färre än tio i underlaget"),
        "no_result": N_("Inget resultat är ifyllt"),
        "no_number": N_("Resultatet är skrivet i ord"),
        "no_limit": N_("Målet har inget gränsvärde"),
        "no_direction": N_("Indikatorn har ingen önskad riktning"),
        "no_nation": N_("Riksvärdet är inte publicerat"),
        "one_joint": N_("Kvartilen finns bara för en led i taget"),
        "few_units": N_("Färre än fyra publicerade enheter"),
    },
    "target_trend": {
        "better": N_("Bättre"),
        "worse": N_("Sämre"),
        "unchanged": N_("Oförändrat"),
        "no_earlier": N_("Inget tidigare kvartal"),
        "other_recipe": N_("Receptet har ändrats"),
        "no_interval": N_("Intervall saknas"),
        "no_direction": N_("Ingen önskad riktning"),
    },
    "gap_state": {
        "draft": N_("Utkast"),
        "ready": N_("Redo för beslut"),
        "decided": N_("Beslutad"),
        "followed_up": N_("Uppföljd"),
    },
}
"""Vocabularies that `domain.words` takes in."""

STATUS_MARKS: Final[dict[str, str]] = {"met": "✓", "uncertain": "≈", "not_met": "✗", "cannot_tell": "?"}
TREND_MARKS: Final[dict[str, str]] = {"better": "▲", "worse": "▼", "unchanged": "="}
