"""Rows of a file on their way to a table of the store, references looked up, and those that have no place there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.ages import Pyramid
from kvalitetsapp.domain.imports import Finding, Reject
from kvalitetsapp.store import episodes, population, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.corrections import Content, Key, Record
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.records import RecordTable

Row = dict[str, Any]


@dataclass
class Known:
    """What the rows of one import refer to, looked up once however many parts the file is read in."""

    workspace: Workspace

    @property
    def store(self) -> Store:
        """Return the store that is imported into."""
        return self.workspace.store

    @cached_property
    def providers(self) -> frozenset[str]:
        """Return the ids of the providers stored."""
        return frozenset(provider.provider_id for provider in providers.all_providers(self.store))

    @cached_property
    def populations(self) -> dict[population.Key, Pyramid]:
        """Return the groups of ages of every population, to be kept up as rows are taken in."""
        return {key: Pyramid(groups) for key, groups in population.ages(self.store).items()}

    @cached_property
    def operations(self) -> frozenset[tuple[int, str, str]]:
        """Return episode, joint and side of the index operations in what is stored (R2)."""
        from kvalitetsapp.analysis import operations
        from kvalitetsapp.services import frames_of_store

        frames = frames_of_store.load(self.workspace)
        found = operations.index_operations(frames.episodes, frames.details, self.workspace.code_tables)
        columns = (found[name].tolist() for name in ("episode", "joint", "side"))
        return frozenset(zip(*columns, strict=True))


@dataclass(slots=True)
class Resolved:
    """Rows ready to be kept, and those that the store has no place for."""

    table: RecordTable
    rows: list[Record] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def keep(self, row: int, key: Key, content: Content) -> None:
        """Let a row in."""
        self.rows.append((key, content))
        self.numbers.append(row)

    def reject(self, row: int, column: str, value: str, code: str, reason: str) -> None:
        """Turn a row away."""
        self.rejects.append(Reject(row, column, value, code, reason))


def records_of(file: ReadFile) -> list[Row]:
    """Return the rows of a file by column."""
    return [dict(zip(file.columns, row, strict=True)) for row in file.rows]


def unknown_episode() -> str:
    """Return why a row of an episode that is not there stays out."""
    return _("Vårdkontakten finns inte. Läs in vårdkontakterna först, eller rätta referensen.")


def of_known_episodes(known: Known, file: ReadFile, resolved: Resolved) -> list[tuple[int, Row]]:
    """Return the rows whose episode is stored, each with its key; turn the others away."""
    rows = records_of(file)
    refs = [f"{row['source']}/{row['episode_id']}" for row in rows]
    stored = episodes.episodes_of_refs(known.store, refs)
    for ref, row in zip(refs, rows, strict=True):
        if ref not in stored:
            resolved.reject(row["row"], "episode_id", ref, "unknown_episode", unknown_episode())
    return [(stored[ref], row) for ref, row in zip(refs, rows, strict=True) if ref in stored]


def of_known_providers(known: Known, file: ReadFile, resolved: Resolved) -> list[Row]:
    """Return the rows whose provider is stored or not told; turn the others away."""
    accepted = []
    for row in records_of(file):
        if row["provider_id"] is None or row["provider_id"] in known.providers:
            accepted.append(row)
        else:
            reason = _("Vårdgivaren finns inte. Läs in den först, eller rätta koden.")
            resolved.reject(row["row"], "provider_id", row["provider_id"], "unknown_provider", reason)
    return accepted
