"""The recovery key as it stands on paper: groups of letters, each with a letter that tells when the group is mistyped.

It is 28 random letters of 29, 136 bits. The letters are those that are not taken for another: no I and 1, no O and 0,
and of S and 5, Z and 2, B and 8 only the digit. Their number is a prime, so that the check letter of a group, a sum
with weights, differs whenever one letter is another, two neighbours have changed places, or two groups have.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

LETTERS: Final = "23456789ACDEFGHJKLMNPQRTUVWXY"
GROUPS: Final = 7
GROUP_LENGTH: Final = 5
_READ_AS: Final = str.maketrans("SZB", "528")
_BETWEEN: Final = frozenset(" -–—‐‑\u00a0\t\r\n.,·")


def generated() -> str:
    """Return a new recovery key as it is printed: `8XH3K-…`."""
    return "-".join(_group(place) for place in range(GROUPS))


def read(typed: str) -> str:
    """Return the recovery key that was typed, as it is printed; case and what stands between groups do not matter.

    Raises:
        InputError: it is not whole, or mistyped; the sentence tells in which group.
    """
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter not in _BETWEEN)
    letters = letters.translate(_READ_AS)
    strange = sorted({letter for letter in letters if letter not in LETTERS})
    if strange:
        raise InputError(
            _("Återställningsnyckeln innehåller aldrig ”{letter}”. Jämför med arket, tecken för tecken.").format(
                letter=strange[0]
            )
        )
    if len(letters) != GROUPS * GROUP_LENGTH:
        raise InputError(
            _("Återställningsnyckeln har {wanted} tecken, men du skrev {found}. Har en grupp fallit bort?").format(
                wanted=GROUPS * GROUP_LENGTH, found=len(letters)
            )
        )
    groups = [letters[start : start + GROUP_LENGTH] for start in range(0, len(letters), GROUP_LENGTH)]
    wrong = [place + 1 for place, group in enumerate(groups) if group[-1] != _check(place, group[:-1])]
    if wrong:
        raise InputError(_wrong_groups(wrong))
    return "-".join(groups)


def _wrong_groups(wrong: list[int]) -> str:
    if len(wrong) == GROUPS:
        return _("Det här är ingen återställningsnyckel: ingen grupp stämmer. Har du rätt ark?")
    return _("Grupp {groups} i återställningsnyckeln är felskriven eller står på fel plats. Jämför med arket.").format(
        groups=", ".join(map(str, wrong))
    )


def _group(place: int) -> str:
    letters = "".join(secrets.choice(LETTERS) for _letter in range(GROUP_LENGTH - 1))
    return letters + _check(place, letters)


def _check(place: int, letters: str) -> str:
    """Return the check letter of the group at a place: its letters weighted, and the place."""
    told = sum(weight * LETTERS.index(letter) for weight, letter in enumerate(letters, start=1))
    return LETTERS[(told + 5 * (place + 1)) % len(LETTERS)]
