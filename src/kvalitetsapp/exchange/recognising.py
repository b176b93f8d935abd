"""Which profiles fit a file, by its header alone: all headers that a profile needs are there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.columns import places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kvalitetsapp.exchange.profiles import Profile

    ReadHeader = Callable[[Profile], tuple[str, ...]]


def fitting(profiles: Iterable[Profile], read_header: ReadHeader) -> tuple[Profile, ...]:
    """Return the profiles that fit best, each read with its own encoding, delimiter, sheet and header row.

    One that explains more of the file's columns fits better; several come back only where they fit equally well.
    """
    scores: list[tuple[int, Profile]] = []
    for profile in profiles:
        try:
            explained = _explained(profile, read_header(profile))
        except InputError:
            continue
        if explained:
            scores.append((explained, profile))
    best = max((score for score, _profile in scores), default=0)
    return tuple(profile for score, profile in scores if score == best)


def _explained(profile: Profile, header: Sequence[str]) -> int:
    """Return how many columns of the file a profile uses, 0 where one that it needs is missing."""
    used: set[int] = set()
    place_of = {normalize("NFC", one): place for place, one in enumerate(header)}
    for name, headers in profile.columns.items():
        for one in headers:
            found = places_of(one, place_of)
            if not found and name not in profile.optional:
                return 0
            used.update(found)
    return len(used)
