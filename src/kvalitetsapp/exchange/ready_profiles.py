"""The profiles that come with the program, which of them fit a file, and files that are known but not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from kvalitetsapp.exchange.columns import places_of
from kvalitetsapp.exchange.profiles import read_profile
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kvalitetsapp.exchange.profiles import Profile

_NOT_READ: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (
        frozenset({"VARDKONTAKT_ID", "ATC"}),
        N_("{file} ser ut som Patientregistrets fil över läkemedel. Den läses inte: läkemedel används inte här."),
    ),
    (
        frozenset({"VARDKONTAKT_ID", "PSYKIATRISK_VARDFORM"}),
        N_("{file} ser ut som Patientregistrets fil över psykiatrisk vårdform. Den läses inte: den används inte."),
    ),
)
_OWN_FILES: Final = frozenset({"ATGARD", "DIAGNOS", "YTTRE_ORSAK", "SJUKHUS"})
"""Headers of the delivery's files that are read, where such a column may stand too."""


def ready_profiles(folder: Path) -> list[Profile]:
    """Return the profiles in a folder, `resources/profiles` as a rule, by name.

    Raises:
        InputError: one of them cannot be read.
    """
    return [read_profile(path) for path in sorted(folder.glob("*.toml"))]


def profiles_for(header: Sequence[str], profiles: Iterable[Profile]) -> list[Profile]:
    """Return the profiles all of whose required headers stand in a header, those that use most of it first.

    Which of several that use equally much is meant is not guessed: they come in the order of their names.
    """
    known = list(profiles)
    place_of = {normalize("NFC", name): place for place, name in enumerate(header)}
    used = {profile.name: _used(profile, place_of) for profile in known}
    fitting = [profile for profile in known if used[profile.name]]
    return sorted(fitting, key=lambda profile: (-used[profile.name], profile.name))


def _used(profile: Profile, place_of: dict[str, int]) -> int:
    """Return how many columns of the file a profile uses, 0 where one that it needs is not there."""
    used: set[int] = set()
    for name, headers in profile.columns.items():
        for header in headers:
            found = places_of(header, place_of)
            if not found and name not in profile.optional:
                return 0
            used.update(found)
    return len(used)


def why_not_read(header: Sequence[str], file_name: str) -> str | None:
    """Return why a file of a known layout is not read, None where the layout is read or not known."""
    names = frozenset(name.strip().upper() for name in header)
    if names & _OWN_FILES:
        return None
    return next((_(reason).format(file=file_name) for marks, reason in _NOT_READ if marks <= names), None)
