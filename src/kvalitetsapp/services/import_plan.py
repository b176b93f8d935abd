"""Several files at once: what each one is, in which order they go in, and what would happen if they did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, UserError
from kvalitetsapp.exchange import profiles, reading, ready_profiles
from kvalitetsapp.exchange.headers import open_headers
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_kinds, imports, known_profiles
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.exchange.headers import Headers
    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.services.imports import ImportOutcome
    from kvalitetsapp.services.known_profiles import KnownProfile
    from kvalitetsapp.services.workspace import Workspace

# What a row may refer to goes in before it.
_ORDER: Final = (
    KindOfFile.PROVIDERS,
    KindOfFile.PERSONS,
    KindOfFile.AGREEMENTS,
    KindOfFile.DRG_WEIGHTS,
    KindOfFile.DRG_PRICES,
    KindOfFile.EPISODES,
    KindOfFile.PROCEDURES,
    KindOfFile.PROCEDURE_LIST,
    KindOfFile.DIAGNOSES,
    KindOfFile.COSTS,
    KindOfFile.ALIASES,
    KindOfFile.VERDICTS,
    KindOfFile.REGISTER_OPERATIONS,
    KindOfFile.WAITING,
    KindOfFile.POPULATION,
    KindOfFile.PROMS,
    KindOfFile.BENCHMARKS,
)
_CORRECTIONS: Final = ("correction", "rattelse", "rättelse", "late", "sena")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file and what it was taken for; `problem` says why it cannot go in.

    `profile` is the file of a profile that lies beside, or a profile that is known or was just made.
    """

    path: Path
    kind: KindOfFile | None
    profile: Path | Profile | None
    problem: str = ""

    @property
    def profile_name(self) -> str:
        """Return the name of its profile, "" where it has none."""
        if self.profile is None:
            return ""
        return self.profile.name if isinstance(self.profile, Path) else self.profile.title or self.profile.name


@dataclass(frozen=True, slots=True)
class Tried:
    """A planned file and what came of it: its account, or the problem that kept it out."""

    file: PlannedFile
    outcome: ImportOutcome | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of several files together."""

    files: tuple[Tried, ...]
    applied: bool
    changes: Changes = field(default=NOTHING_CHANGED)


def plan(paths: Iterable[Path]) -> tuple[PlannedFile, ...]:
    """Return the files in the order in which they go in, each with its profile.

    A profile of the same name beside the file comes first, then the standard form, then a known profile that fits.
    """
    chosen = list(dict.fromkeys(paths))
    known = known_profiles.known()
    planned = [_planned(path, known) for path in chosen]
    used = {file.profile for file in planned if isinstance(file.profile, Path)}
    return tuple(sorted((file for file in planned if file.path not in used), key=_place))


@needs(Right.IMPORT)
def try_files(workspace: Workspace, files: Sequence[PlannedFile], progress: Progress | None = None) -> Taken:
    """Return what would happen if the files went in one after the other; nothing is written.

    Raises:
        CancelledError: the user cancelled.
        RefusedError: the store cannot be written to.
    """
    with workspace.store.trial():
        tried = tuple(_tried(workspace, file, progress or Progress()) for file in files)
    return Taken(tried, applied=False)


@needs(Right.IMPORT)
def take_files(workspace: Workspace, files: Sequence[PlannedFile], progress: Progress | None = None) -> Taken:
    """Take the files in, one after the other, and link anew at the end: all of it or, when cancelled, nothing.

    Raises:
        CancelledError: the user cancelled.
        RefusedError: the store cannot be written to.
    """
    progress = progress or Progress()
    changes: Changes = NOTHING_CHANGED
    with workspace.action("files_imported", detail=str(len(files))):
        tried = tuple(_tried(workspace, file, progress) for file in files)
        outcomes = [one.outcome for one in tried if one.outcome is not None]
        for outcome in outcomes:
            changes |= outcome.changes
            audit.append(
                workspace.store, workspace.user, "file_imported", target=outcome.file, detail=outcome.kind.value
            )
        imports.link_after(workspace, outcomes, progress)
    return Taken(tried, applied=True, changes=changes)


def _tried(workspace: Workspace, file: PlannedFile, progress: Progress) -> Tried:
    if file.kind is None:
        return Tried(file, None, file.problem)
    try:
        import_kinds.demand_right(workspace, file.kind)
        with workspace.store.part():
            return Tried(file, imports.keep_file(workspace, file.kind, file.path, file.profile, progress))
    except UserError as error:
        return Tried(file, None, error.message)


def _planned(path: Path, known: Sequence[KnownProfile]) -> PlannedFile:
    beside = path.with_suffix(".toml")
    if path.suffix.lower() != ".toml" and beside.is_file():
        try:
            return PlannedFile(path, profiles.read_profile(beside).kind, beside)
        except UserError as error:
            return PlannedFile(path, None, beside, error.message)
    try:
        with open_headers(path) as headers:
            return _recognised(path, headers, known)
    except InputError:
        return PlannedFile(path, None, None, _("Filen finns inte eller får inte läsas."))


def _recognised(path: Path, headers: Headers, known: Sequence[KnownProfile]) -> PlannedFile:
    if kind := reading.recognise_open(path, headers):
        return PlannedFile(path, kind, None)
    fitting = known_profiles.fitting(headers, known)
    if len(fitting) == 1:
        return PlannedFile(path, fitting[0].profile.kind, fitting[0].profile)
    return PlannedFile(path, None, None, _not_recognised(path, headers, fitting))


def _not_recognised(path: Path, headers: Headers, fitting: Sequence[KnownProfile]) -> str:
    if fitting:
        names = ", ".join(one.name for one in fitting)
        return _("Flera profiler passar lika bra: {names}. Välj en under Mappa.").format(names=names)
    if why := ready_profiles.why_not_read(headers.first_line(), path.name):
        return why
    return _("Filen känns inte igen: rubrikerna hör inte till något av slagen. Tala om vad de är under Mappa.")


def _place(file: PlannedFile) -> tuple[int, bool, str]:
    name = file.path.name.lower()
    place = len(_ORDER) if file.kind is None else _ORDER.index(file.kind)
    return place, any(word in name for word in _CORRECTIONS), name
