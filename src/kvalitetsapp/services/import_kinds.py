"""What each kind of file becomes in the store: references looked up, rows that have none turned away."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
from kvalitetsapp.exchange import kinds
from kvalitetsapp.store import agreements, episodes, identities, links, providers, records
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.corrections import Content, Key, Record
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.records import RecordTable

Row = dict[str, Any]


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
    def operations(self) -> frozenset[tuple[int, str, str]]:
        """Return episode, joint and side of the index operations in what is stored (R2)."""
        from kvalitetsapp.analysis import operations
        from kvalitetsapp.services import frames_of_store

        frames = frames_of_store.load(self.workspace)
        found = operations.index_operations(frames.episodes, frames.details, self.workspace.code_tables)
        columns = (found[name].tolist() for name in ("episode", "joint", "side"))
        return frozenset(zip(*columns, strict=True))


def table_of(kind: KindOfFile) -> RecordTable:
    """Return the table that rows of a kind of file become rows of."""
    return _TABLES[kind]


def amount_columns(kind: KindOfFile) -> tuple[str, ...]:
    """Return the columns of a kind of file that hold kronor."""
    fields = kinds.FIELDS.get(kind, ())
    return tuple(field.name for field in fields if field.reading is kinds.Reading.AMOUNT)


def resolve(known: Known, file: ReadFile) -> Resolved:
    """Return the file's rows as records of their table; inside a transaction, since new persons get identities."""
    return _RESOLVERS[file.kind](known, file)


def _plain(table: RecordTable) -> Callable[[Known, ReadFile], Resolved]:
    """Return a resolver for rows that refer to nothing; a blank in a key column is written as empty text."""

    def resolver(_known: Known, file: ReadFile) -> Resolved:
        place = {name: number for number, name in enumerate(file.columns)}
        keys = [place[name] for name in table.key]
        content = [place[name] for name in table.content]
        rows = [
            (tuple("" if row[at] is None else row[at] for at in keys), tuple(row[at] for at in content))
            for row in file.rows
        ]
        return Resolved(table, rows, [row[0] for row in file.rows])

    return resolver


def _persons(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.PERSONS)
    number = file.columns.index("personal_id")
    content = [file.columns.index(name) for name in records.PERSONS.content]
    identity = identities.identities_of(known.store, (row[number] for row in file.rows))
    for row in file.rows:
        resolved.keep(row[0], (identity[row[number]],), tuple(row[at] for at in content))
    return resolved


def _aliases(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.ALIASES)
    number, same = file.columns.index("personal_id"), file.columns.index("same_as")
    numbers = [row[at] for row in file.rows for at in (number, same)]
    identity = identities.identities_of(known.store, numbers)
    for row in file.rows:
        resolved.keep(row[0], (identity[row[number]],), (identity[row[same]],))
    return resolved


def _episodes(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.EPISODES)
    at = {name: number for number, name in enumerate(file.columns)}
    provider, person, number = at["provider_id"], at["personal_id"], at["row"]
    accepted = []
    for row in file.rows:
        if row[provider] in known.providers:
            accepted.append(row)
        else:
            reason = _("Vårdgivaren finns inte. Läs in den först, eller rätta koden.")
            resolved.reject(row[number], "provider_id", row[provider], "unknown_provider", reason)
    identity = identities.identities_of(known.store, (row[person] for row in accepted))
    source, episode_id = at["source"], at["episode_id"]
    key, content = itemgetter(source, episode_id), itemgetter(*(at[name] for name in records.EPISODES.content[1:]))
    resolved.rows = [(key(row), (identity[row[person]], *content(row))) for row in accepted]
    resolved.numbers = [row[number] for row in accepted]
    return resolved


def _procedures(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.PROCEDURE_DETAILS)
    refs = [f"{row['source']}/{row['episode_id']}" for row in _records(file)]
    stored = episodes.episodes_of_refs(known.store, refs)
    for ref, row in zip(refs, _records(file), strict=True):
        if ref in stored:
            key = (stored[ref], row["code"], row["side"] or "")
            resolved.keep(row["row"], key, (row["performed_on"], row["code_delivered"]))
        else:
            resolved.reject(row["row"], "episode_id", ref, "unknown_episode", _unknown_episode())
    return resolved


def _verdicts(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.VERDICTS)
    rows = _records(file)
    refs = [str(row[name]) for row in rows for name in ("event_ref", "index_source_ref") if row[name] is not None]
    stored = episodes.episodes_of_refs(known.store, refs)
    position = links.next_position(known.store)
    for row in rows:
        operation = (stored.get(row["index_source_ref"]), row["index_joint"], row["index_side"])
        named = row["index_source_ref"] is not None
        if row["event_ref"] not in stored:
            resolved.reject(row["row"], "event_ref", row["event_ref"], "unknown_episode", _unknown_episode())
        elif named and operation not in known.operations:
            ref = f"{row['index_source_ref']}/{row['index_joint']}/{row['index_side']}"
            reason = _("Primäroperationen finns inte. Kontrollera referensen.")
            resolved.reject(row["row"], "index_ref", ref, "unknown_operation", reason)
        else:
            event = (stored[row["event_ref"]], row["joint"] or "", row["side"] or "")
            key = (*event, row["reviewer"], row["reviewed_on"])
            content = (row["verdict"], row["complication_class"], *operation, row["comment"], position)
            resolved.keep(row["row"], key, content)
            position += 1
    return resolved


def _agreements(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.AGREEMENTS)
    standing = {agreement.agreement_id: agreement for agreement in agreements.all_agreements(known.store)}
    for place, row in cast("list[tuple[int, Agreement]]", file.rows):
        others = [other for other in standing.values() if other.agreement_id != row.agreement_id]
        double = next((other for other in others if row.overlaps(other)), None)
        if double is None:
            standing[row.agreement_id] = row
            resolved.keep(place, (row.agreement_id,), (agreements.to_terms(row),))
            resolved.findings += [
                Finding(place, "unknown_provider", "providers", name, row.agreement_id)
                for name in row.providers
                if name not in known.providers
            ]
        else:
            reason = _("Avtalet överlappar {other}: samma operation skulle träffas av båda.")
            resolved.reject(place, "", row.agreement_id, "overlap", reason.format(other=double.agreement_id))
    return resolved


def _unknown_episode() -> str:
    return _("Vårdkontakten finns inte. Läs in vårdkontakterna först, eller rätta referensen.")


def _records(file: ReadFile) -> list[Row]:
    return [dict(zip(file.columns, row, strict=True)) for row in file.rows]


_TABLES: Final[dict[KindOfFile, RecordTable]] = {
    KindOfFile.PROVIDERS: records.PROVIDERS,
    KindOfFile.PERSONS: records.PERSONS,
    KindOfFile.ALIASES: records.ALIASES,
    KindOfFile.EPISODES: records.EPISODES,
    KindOfFile.PROCEDURES: records.PROCEDURE_DETAILS,
    KindOfFile.VERDICTS: records.VERDICTS,
    KindOfFile.AGREEMENTS: records.AGREEMENTS,
    KindOfFile.BENCHMARKS: records.BENCHMARKS,
}
_RESOLVERS: Final[dict[KindOfFile, Callable[[Known, ReadFile], Resolved]]] = {
    KindOfFile.PROVIDERS: _plain(records.PROVIDERS),
    KindOfFile.PERSONS: _persons,
    KindOfFile.ALIASES: _aliases,
    KindOfFile.EPISODES: _episodes,
    KindOfFile.PROCEDURES: _procedures,
    KindOfFile.VERDICTS: _verdicts,
    KindOfFile.AGREEMENTS: _agreements,
    KindOfFile.BENCHMARKS: _plain(records.BENCHMARKS),
}
