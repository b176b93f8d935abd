"""The names of users: how they are kept, when two are the same, and which cannot be used."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 60


def tidied(name: str) -> str:
    """Return a name as it is kept: its letters composed (NFC), one blank between words and none around them."""
    return " ".join(filter(None, unicodedata.normalize("NFC", name).split(" ")))


def same(one: str, other: str) -> bool:
    """Tell whether two names are one user's: how they were typed, in capitals or not, makes no difference."""
    return _compared(one) == _compared(other)


def found_in(names: Iterable[str], wanted: str) -> str | None:
    """Return the name among `names` that `wanted` is, written as it stands there."""
    return next((name for name in names if same(name, wanted)), None)


def fault(name: str) -> str:
    """Return why a name cannot be a user's, in a Swedish sentence, "" where it can."""
    name = tidied(name)
    if not name:
        return _("Namnet saknas. Skriv vem användaren är.")
    if len(name) > LONGEST:
        return _("Namnet är för långt: högst {n} tecken.").format(n=LONGEST)
    if any(_is_unseen(letter) for letter in name):
        return _("Namnet innehåller tecken som inte syns eller som vänder texten. Skriv det på nytt.")
    if identity.hidden(name) != name:
        return _("Namnet ser ut som ett personnummer. Skriv ett namn.")
    return ""


def _is_unseen(letter: str) -> bool:
    """Tell whether a character is a control, turns the direction of a text, or is a blank of another kind."""
    return unicodedata.category(letter)[0] in "CZ" and letter != " "


def _compared(name: str) -> str:
    """Return a name as it is compared: letters that only look different in width or case are the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tidied(name)).casefold())
