"""The Swedish words of working papers, code by code: what kinds there are, and what each goes through."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_

SWEDISH: Final[dict[str, dict[str, str]]] = {
    "paper_kind": {
        "equity": N_("Jämlik vård"),
        "need": N_("Behov av data"),
        "meeting": N_("Avstämning"),
        "gap": N_("Gapanalys"),
        "quarter": N_("Kvartalsuppföljning"),
    },
    "need_state": {
        "recorded": N_("Antecknat"),
        "recipe": N_("Recept"),
        "delivered": N_("Levererat"),
        "reviewed": N_("Genomgånget"),
        "stays": N_("Blir kvar"),
    },
    "need_step": {
        "link": N_("Koppla ett recept"),
        "deliver": N_("Leverera"),
        "review": N_("Gå igenom"),
        "keep": N_("Låt bli kvar"),
        "clarify": N_("Förtydliga"),
    },
    "equity_step": {
        "measurement": N_("Mätning"),
        "outcome": N_("Analys av utfall"),
        "factors": N_("Fördjupad analys"),
        "interviews": N_("Intervjuer"),
        "actions": N_("Orsaker och åtgärder"),
    },
    "equity_state": {
        "measured": N_("Mätt"),
        "analysed": N_("Utfallet analyserat"),
        "explored": N_("Påverkansfaktorer genomgångna"),
        "interviewed": N_("Intervjuer gjorda"),
        "concluded": N_("Åtgärder föreslagna"),
        "closed": N_("Avslutat"),
    },
    "factor_finding": {
        "open": N_("Inte genomgången"),
        "no_difference": N_("Ingen skillnad mellan grupperna"),
        "difference": N_("Grupperna skiljer sig"),
    },
    "known": {
        "unknown": N_("Vet inte än"),
        "yes": N_("Ja"),
        "partly": N_("Delvis"),
        "no": N_("Nej"),
    },
    "meeting_state": {
        "planned": N_("Planerad"),
        "held": N_("Hållen"),
        "closed": N_("Avslutad"),
    },
    "activity_state": {
        "planned": N_("Planerad"),
        "ongoing": N_("Pågår"),
        "done": N_("Klar"),
        "stopped": N_("Avbruten"),
    },
    "figure_change": {
        "unchanged": N_("Oförändrad"),
        "same_value": N_("Samma värde, andra operationer"),
        "changed": N_("Ändrad"),
        "gone": N_("Finns inte längre"),
    },
}
"""Vocabularies that `domain.words` takes in."""
