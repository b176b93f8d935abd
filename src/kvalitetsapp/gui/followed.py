"""The families of procedures that can be chosen anywhere in the window: those that the open store follows.

There is one store open at a time, so like the catalogue of texts this is one for the whole window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import word

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

_followed: tuple[str, ...] = ()


def note(followed: tuple[str, ...]) -> None:
    """Offer these from now on; none stands for those that every store follows."""
    global _followed  # noqa: PLW0603 - the window has one store open
    _followed = followed


def choices() -> list[tuple[str, str]]:
    """Return what can be chosen, as codes with their words."""
    return [(family, word("joint", family)) for family in _followed or families.from_start()]


def offer(box: QComboBox, *others: tuple[str, str]) -> None:
    """Let a box offer the families and then the others, codes with their words; what was chosen stays if it can."""
    offered = [*choices(), *others]
    if [box.itemData(place) for place in range(box.count())] == [code for code, _text in offered]:
        return
    chosen = box.currentData()
    box.clear()
    for code, text in offered:
        box.addItem(text, code)
    box.setCurrentIndex(max(box.findData(chosen), 0))
