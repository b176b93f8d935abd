"""The words of exchange."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "exchange_thing": {
        "decision": N_("Beslut om händelser"),
        "missed": N_("Beslut om missade händelser"),
        "claim": N_("Krav"),
        "basis": N_("Underlag och kreditunderlag"),
        "payment": N_("Betalningar"),
    },
    "exchange_conflict": {"decision": N_("Beslut"), "claim": N_("Krav")},
    "exchange_settled": {"ours": N_("Vårt behölls"), "theirs": N_("Deras togs")},
}
