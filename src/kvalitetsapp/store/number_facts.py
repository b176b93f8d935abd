"""What a personal number tells beside who it is: sex and day of birth, also where the numbers themselves are hidden.

Figures are the same for everyone, so that they are read from the table under any veil (`veils.py`), and the number is
left behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import identity

if TYPE_CHECKING:
    from kvalitetsapp.domain.words import Sex
    from kvalitetsapp.store.connection import Store

_NUMBERS = "SELECT personal_id FROM main.identities ORDER BY identity"


def columns(store: Store) -> tuple[list[Sex | None], list[str | None]]:
    """Return sex and day of birth that the number of every identity tells, in the order of identities."""
    numbers = [number for (number,) in store.rows(_NUMBERS)]
    born = [identity.birth_date(number) for number in numbers]
    return [identity.sex(number) for number in numbers], [None if day is None else day.isoformat() for day in born]


def without_birth(store: Store) -> frozenset[int]:
    """Return the identities whose number tells no day of birth: those of a reservnummer."""
    rows = store.rows("SELECT identity, personal_id FROM main.identities")
    return frozenset(one for one, number in rows if identity.birth_date(number) is None)
