"""The passphrase of a user: long enough, and nothing that is guessed at once. It is kept by nobody."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

from kvalitetsapp.texts import _

SHORTEST: Final = 8
_LEAST_DIFFERENT: Final = 4
_LEAST_NAMED: Final = 4
# What is tried first by whoever guesses, without case, accents and what is no letter or digit.
_KNOWN: Final = frozenset(
    {
        *("losenord", "losenfras", "password", "passphrase", "passord", "hemligt", "sommar", "vinter", "valkommen"),
        *(
            "kvalitetsapp",
            "kvalitet",
            "ortopedi",
            "sjukhus",
            "qwerty",
            "qwertyui",
            "qwertyuiop",
            "asdfghjkl",
            "iloveyou",
        ),
    }
)


def weakness(passphrase: str, *known: str) -> str:
    """Return why a passphrase cannot be used, in a Swedish sentence, "" where it can.

    `known` is what others know of its user: the name, the unit, what the store is called.
    """
    if len(unicodedata.normalize("NFC", passphrase)) < SHORTEST:
        return _("Lösenfrasen är för kort. Ta minst {n} tecken, gärna några ord i följd.").format(n=SHORTEST)
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Cn"} for letter in passphrase):
        return _("Lösenfrasen innehåller tecken som inte går att skriva. Skriv den på nytt.")
    plain = _plain(passphrase)
    if len(set(plain or passphrase)) < _LEAST_DIFFERENT or _is_in_a_row(plain):
        return _("Lösenfrasen är lätt att gissa: för få olika tecken, eller tecken i följd. Ta några ord i följd.")
    if re.sub(r"[0-9]+$", "", plain) in _KNOWN:
        return _("Lösenfrasen är lätt att gissa: den är ett av de ord som prövas först. Ta några ord i följd.")
    if _rests_on(plain, known):
        return _("Lösenfrasen är lätt att gissa: den är namnet, enheten eller databasens namn. Ta några ord i följd.")
    return ""


def _rests_on(plain: str, known: tuple[str, ...]) -> bool:
    """Tell whether hardly anything is left of a passphrase without what is known."""
    words = [word for word in map(_plain, known) if len(word) >= _LEAST_NAMED]
    return any(word in plain and len(plain) - len(word) < _LEAST_NAMED for word in words)


def _is_in_a_row(plain: str) -> bool:
    """Tell whether the letters follow each other as in the alphabet, in either direction."""
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps in ({1}, {-1})


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
