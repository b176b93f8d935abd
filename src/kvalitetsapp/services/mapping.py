"""The mapping wizard's work: what a file shows, what its columns may be, what would happen, profiles that are kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import FILE_COLUMNS, PROFILES, Row, Table
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import encodings, inspecting, mapped_profiles, matching, profile_writing, profiles, synonyms
from kvalitetsapp.services import import_plan, known_profiles
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.import_plan import PlannedFile, Taken, Tried
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.domain.inspection import FileSeen
    from kvalitetsapp.domain.mapping import ColumnMapping
    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Providers = Sequence[tuple[str, str]]

ENCODINGS: Final = tuple(name for name in encodings.names().split(", ") if name != encodings.AUTO)
"""The encodings that a file may be said to be in."""


def inspect(
    path: Path, progress: Progress, *, encoding: str = "", delimiter: str = "", sheet: str = "", header_row: int = 0
) -> FileSeen:
    """Return what a file shows over all its rows; what is stated is taken as said, the rest worked out.

    Raises:
        InputError: the file cannot be read.
        CancelledError: the user cancelled.
    """
    return inspecting.inspect(
        path, progress, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )


def columns_table(seen: FileSeen) -> Table:
    """Return what the columns of a file look like, without any of their values."""
    return Table(
        FILE_COLUMNS,
        [
            (
                column.place + 1,
                column.header,
                column.filled,
                column.blank,
                column.distinct,
                column.looks.value,
                " | ".join(column.date_formats),
                column.decimal,
            )
            for column in seen.columns
        ],
    )


def profiles_table() -> Table:
    """Return the known profiles: those that were saved and those that come with the program."""
    rows: list[Row] = [
        (one.profile.name, one.profile.title, one.profile.kind.value, len(one.profile.columns), int(one.is_ready))
        for one in known_profiles.known()
    ]
    return Table(PROFILES, rows)


def likely_kinds(seen: FileSeen) -> tuple[tuple[KindOfFile, float], ...]:
    """Return the kinds a file may be of, the most likely first, with how well each fits (0 … 1)."""
    return matching.likely_kinds(seen, _synonyms())


@needs(Right.READ_FIGURES)
def providers_of(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return the id and name of every provider that is stored."""
    from kvalitetsapp.store import providers

    return tuple((one.provider_id, one.name) for one in providers.all_providers(workspace.store))


def suggest(seen: FileSeen, kind: KindOfFile, providers: Providers | None = None) -> ColumnMapping:
    """Return a mapping with what is sure filled in and what is likely offered."""
    return matching.suggest(seen, kind, _synonyms(), providers)


def change(seen: FileSeen, profile: Profile | Path, providers: Providers | None = None) -> ColumnMapping:
    """Return what a profile says of a file, to be changed.

    Raises:
        InputError: the profile cannot be read, or does what the wizard cannot show.
    """
    known = profiles.read_profile(profile) if isinstance(profile, Path) else profile
    if known.wide is not None or known.parts:
        raise InputError(
            _(
                "Profilen {profile} läser kolumner som rader eller delar av texter, vilket guiden inte kan visa. "
                "Läs in filen med profilen som den är, eller ändra profilen i en textredigerare."
            ).format(profile=known.name)
        )
    return mapped_profiles.of_profile(suggest(seen, known.kind, providers), known)


def profile_of(mapping: ColumnMapping, name: str) -> Profile:
    """Return the profile that a mapping makes.

    Raises:
        InputError: something is still to be said.
    """
    if not mapping.is_complete:
        raise InputError(_("Mappningen är inte klar: {n} saker återstår att säga.").format(n=len(mapping.open())))
    return mapped_profiles.profile_of(mapping, name)


def profile_text(mapping: ColumnMapping) -> str:
    """Return what has been decided so far as the text of a profile.

    Raises:
        InputError: it would hold something of a patient.
    """
    return profile_writing.written(mapped_profiles.profile_of(mapping, "profil"))


@needs(Right.IMPORT)
def preview(workspace: Workspace, path: Path, mapping: ColumnMapping, progress: Progress) -> Tried:
    """Return what would happen if the file went in with the mapping; nothing is written.

    Raises:
        InputError: something is still to be said.
        CancelledError: the user cancelled.
    """
    file = planned(path, mapping, path.stem)
    return import_plan.try_files(workspace, [file], progress).files[0]


@needs(Right.IMPORT)
def take(workspace: Workspace, path: Path, mapping: ColumnMapping, name: str, progress: Progress) -> Taken:
    """Take the file in with the mapping and link anew: all of it or, when cancelled, nothing.

    Raises:
        InputError: something is still to be said.
        CancelledError: the user cancelled.
    """
    return import_plan.take_files(workspace, [planned(path, mapping, name or path.stem)], progress)


def planned(path: Path, mapping: ColumnMapping, name: str) -> PlannedFile:
    """Return a file with the profile that a mapping makes, as other files wait to be taken in."""
    return PlannedFile(path, mapping.kind, profile_of(mapping, name))


def save_profile(name: str, mapping: ColumnMapping) -> Path:
    """Save a mapping as a profile under a name and return its file; one of that name is replaced.

    Raises:
        InputError: the name can be no file's, something is still to be said, or it would hold something of a patient.
        RefusedError: it cannot be written.
    """
    path = known_profiles.file_of(name)
    known_profiles.write(path, profile_writing.written(profile_of(mapping, path.stem)))
    return path


@cache
def _synonyms() -> synonyms.Synonyms:
    return synonyms.read_synonyms(settings.resources_dir() / "mapping")
