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
    "figure_change": {
        "unchanged": N_("Oförändrad"),
        "same_value": N_("Samma värde, andra operationer"),
        "changed": N_("Ändrad"),
        "gone": N_("Finns inte längre"),
    },
}
"""Vocabularies that `domain.words` takes in."""
