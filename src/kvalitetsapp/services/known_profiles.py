"""Profiles that need not be named: those a user has saved, and those that come with the program; found by a header."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.errors import InputError, RefusedError, UserError
from kvalitetsapp.exchange import profiles, ready_profiles, recognising
from kvalitetsapp.exchange.headers import open_headers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.exchange.headers import Headers
    from kvalitetsapp.exchange.profiles import Profile

SUFFIX: Final = ".toml"
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A profile by the name people know it by, and its file; one that comes with the program has none."""

    name: str
    profile: Profile
    path: Path | None = None

    @property
    def is_ready(self) -> bool:
        """Tell whether it comes with the program."""
        return self.path is None


def folder() -> Path:
    """Return the folder of this user's own profiles."""
    return settings.data_dir() / "profiles"


def file_of(name: str) -> Path:
    """Return the file of a profile of the user's own.

    Raises:
        InputError: the name can be no file's.
    """
    stem = name.strip()
    if not stem or len(stem) > _LONGEST_NAME or _NOT_IN_NAMES.search(stem) or stem.startswith(".") or stem[-1] == ".":
        raise InputError(_("Profilen behöver ett namn som kan vara en fils namn, högst 80 tecken."))
    return folder() / f"{stem}{SUFFIX}"


def write(path: Path, text: str) -> None:
    """Write a profile's text to a file, whole or not at all.

    Raises:
        RefusedError: it cannot be written.
    """
    beside = path.with_name(f"{path.name}.ny")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RefusedError(_("Profilen {file} gick inte att spara.").format(file=path.name)) from error


def known() -> tuple[KnownProfile, ...]:
    """Return the profiles that were saved, by name, then those of the program; one that cannot be read is left out."""
    found = []
    for path in sorted(folder().glob(f"*{SUFFIX}")):
        try:
            profile = profiles.read_profile(path)
        except UserError:
            continue
        found.append(KnownProfile(profile.title or profile.name, profile, path))
    ready = ready_profiles.ready_profiles(settings.resources_dir() / "profiles")
    return (*found, *(KnownProfile(profile.title or profile.name, profile) for profile in ready))


def chosen(words: str) -> Path | Profile:
    """Return the profile that somebody asks for: a file, or a known profile by the name of its file."""
    path = Path(words)
    if path.suffix or path.exists():
        return path
    return next((one.profile for one in known() if one.profile.name.casefold() == words.casefold()), path)


def recognise(path: Path) -> tuple[KnownProfile, ...]:
    """Return the known profiles that fit a file by its header, as `fitting` does, none where it cannot be opened."""
    try:
        with open_headers(path) as headers:
            return fitting(headers, known())
    except InputError:
        return ()


def fitting(headers: Headers, among: Sequence[KnownProfile]) -> tuple[KnownProfile, ...]:
    """Return the profile that fits an open file by its header; several where they fit equally well, so ask.

    Where a saved profile fits as well as one that comes with the program, the saved one is meant.
    """
    by_profile = {id(one.profile): one for one in among}
    best = recognising.fitting((one.profile for one in among), headers.of)
    found = tuple(by_profile[id(profile)] for profile in best)
    return tuple(one for one in found if not one.is_ready) or found
