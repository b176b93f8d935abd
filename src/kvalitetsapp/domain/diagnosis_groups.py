"""The groups of diagnoses that case mix is told by, as words."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.texts import N_, _

_WORDS: Final = {
    "osteoarthritis": N_("Artros (M16–M17)"),
    "fracture": N_("Höftfraktur (S72)"),
    "inflammatory": N_("Inflammatorisk ledsjukdom (M05–M14)"),
    "other": N_("Annan diagnos"),
    "": N_("Diagnos saknas"),
}


def diagnosis_word(group: str) -> str:
    """Return a group of diagnoses as words."""
    return _(_WORDS[group])
