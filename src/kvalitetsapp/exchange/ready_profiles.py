"""The profiles that come with the program, and files that are known but not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.profiles import read_profile
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def why_not_read(header: Sequence[str], file_name: str) -> str | None:
    """Return why a file of a known layout is not read, None where the layout is read or not known."""
    names = frozenset(name.strip().upper() for name in header)
    if names & _OWN_FILES:
        return None
    return next((_(reason).format(file=file_name) for marks, reason in _NOT_READ if marks <= names), None)
