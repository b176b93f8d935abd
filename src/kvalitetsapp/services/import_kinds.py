"""What each kind of file becomes in the store: references looked up, rows that have none turned away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from kvalitetsapp.domain.imports import Finding, KindOfFile
from kvalitetsapp.services import import_codes, import_costs, import_registers
from kvalitetsapp.services.resolved import Resolved, records_of, unknown_episode
from kvalitetsapp.store import agreements, episodes, identities, links, providers, records
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.records import RecordTable


def resolve(workspace: Workspace, file: ReadFile) -> Resolved:
    """Return the file's rows as records of their table; inside a transaction, since new persons get identities."""
    return _RESOLVERS[file.kind](workspace, file)


def _plain(table: RecordTable) -> Callable[[Workspace, ReadFile], Resolved]:
    """Return a resolver for rows that refer to nothing; a blank in a key column is written as empty text."""

    def resolver(_workspace: Workspace, file: ReadFile) -> Resolved:
        place = {name: number for number, name in enumerate(file.columns)}
        keys = [place[name] for name in table.key]
        content = [place[name] for name in table.content]
        rows = [
            (tuple("" if row[at] is None else row[at] for at in keys), tuple(row[at] for at in content))
            for row in file.rows
        ]
        return Resolved(table, rows)

    return resolver


def _persons(workspace: Workspace, file: ReadFile) -> Resolved:
    resolved = Resolved(records.PERSONS)
    number = file.columns.index("personal_id")
    content = [file.columns.index(name) for name in records.PERSONS.content]
    identity = identities.identities_of(workspace.store, (row[number] for row in file.rows))
    resolved.rows = [((identity[row[number]],), tuple(row[at] for at in content)) for row in file.rows]
    return resolved


def _aliases(workspace: Workspace, file: ReadFile) -> Resolved:
    resolved = Resolved(records.ALIASES)
    number, same = file.columns.index("personal_id"), file.columns.index("same_as")
    numbers = [row[at] for row in file.rows for at in (number, same)]
    identity = identities.identities_of(workspace.store, numbers)
    resolved.rows = [((identity[row[number]],), (identity[row[same]],)) for row in file.rows]
    return resolved


def _episodes(workspace: Workspace, file: ReadFile) -> Resolved:
    resolved = Resolved(records.EPISODES)
    known = {provider.provider_id for provider in providers.all_providers(workspace.store)}
    at = {name: number for number, name in enumerate(file.columns)}
    provider, person, number = at["provider_id"], at["personal_id"], at["row"]
    accepted = []
    for row in file.rows:
        if row[provider] in known:
            accepted.append(row)
        else:
            reason = _("Vårdgivaren finns inte. Läs in den först, eller rätta koden.")
            resolved.reject(row[number], "provider_id", row[provider], "unknown_provider", reason)
    identity = identities.identities_of(workspace.store, (row[person] for row in accepted))
    source, episode_id = at["source"], at["episode_id"]
    content = [at[name] for name in records.EPISODES.content[1:]]
    resolved.rows = [
        ((row[source], row[episode_id]), (identity[row[person]], *(row[place] for place in content)))
        for row in accepted
    ]
    return resolved


def _procedures(workspace: Workspace, file: ReadFile) -> Resolved:
    resolved = Resolved(records.PROCEDURE_DETAILS)
    refs = [f"{row['source']}/{row['episode_id']}" for row in records_of(file)]
    known = episodes.episodes_of_refs(workspace.store, refs)
    for ref, row in zip(refs, records_of(file), strict=True):
        if ref in known:
            key = (known[ref], row["code"], row["side"] or "")
            resolved.rows.append((key, (row["performed_on"], row["code_delivered"])))
        else:
            resolved.reject(row["row"], "episode_id", ref, "unknown_episode", unknown_episode())
    return resolved


def _verdicts(workspace: Workspace, file: ReadFile) -> Resolved:
    resolved = Resolved(records.VERDICTS)
    rows = records_of(file)
    refs = [str(row[name]) for row in rows for name in ("event_ref", "index_source_ref") if row[name] is not None]
    known = episodes.episodes_of_refs(workspace.store, refs)
    operated = _known_operations(workspace) if any(row["index_source_ref"] is not None for row in rows) else set()
    position = links.next_position(workspace.store)
    for row in rows:
        operation = (known.get(row["index_source_ref"]), row["index_joint"], row["index_side"])
        named = row["index_source_ref"] is not None
        if row["event_ref"] not in known:
            resolved.reject(row["row"], "event_ref", row["event_ref"], "unknown_episode", unknown_episode())
        elif named and operation not in operated:
            ref = f"{row['index_source_ref']}/{row['index_joint']}/{row['index_side']}"
            reason = _("Primäroperationen finns inte. Kontrollera referensen.")
            resolved.reject(row["row"], "index_ref", ref, "unknown_operation", reason)
        else:
            key = (known[row["event_ref"]], row["joint"] or "", row["side"] or "", row["reviewer"], row["reviewed_on"])
            content = (row["verdict"], row["complication_class"], *operation, row["comment"], position)
            resolved.rows.append((key, content))
            position += 1
    return resolved


def _known_operations(workspace: Workspace) -> set[tuple[int, str, str]]:
    from kvalitetsapp.analysis import operations
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    found = operations.index_operations(frames.episodes, frames.details, workspace.code_tables)
    columns = (found[name].tolist() for name in ("episode", "joint", "side"))
    return set(zip(*columns, strict=True))


def _agreements(workspace: Workspace, file: ReadFile) -> Resolved:
    resolved = Resolved(records.AGREEMENTS)
    standing = {agreement.agreement_id: agreement for agreement in agreements.all_agreements(workspace.store)}
    known = {provider.provider_id for provider in providers.all_providers(workspace.store)}
    for place, row in cast("list[tuple[int, Agreement]]", file.rows):
        others = [other for other in standing.values() if other.agreement_id != row.agreement_id]
        double = next((other for other in others if row.overlaps(other)), None)
        if double is None:
            standing[row.agreement_id] = row
            resolved.rows.append(((row.agreement_id,), (agreements.to_terms(row),)))
            resolved.findings += [
                Finding(place, "unknown_provider", "providers", name, row.agreement_id)
                for name in row.providers
                if name not in known
            ]
        else:
            reason = _("Avtalet överlappar {other}: samma operation skulle träffas av båda.")
            resolved.reject(place, "", row.agreement_id, "overlap", reason.format(other=double.agreement_id))
    return resolved


_RESOLVERS: Final[dict[KindOfFile, Callable[[Workspace, ReadFile], Resolved]]] = {
    KindOfFile.PROVIDERS: _plain(records.PROVIDERS),
    KindOfFile.PERSONS: _persons,
    KindOfFile.ALIASES: _aliases,
    KindOfFile.EPISODES: _episodes,
    KindOfFile.PROCEDURES: _procedures,
    KindOfFile.PROCEDURE_LIST: import_codes.procedure_list,
    KindOfFile.DIAGNOSES: import_codes.diagnoses,
    KindOfFile.COSTS: import_costs.costs,
    KindOfFile.VERDICTS: _verdicts,
    KindOfFile.AGREEMENTS: _agreements,
    KindOfFile.REGISTER_OPERATIONS: import_registers.register_operations,
    KindOfFile.WAITING: import_registers.waiting,
    KindOfFile.PROMS: import_registers.proms,
    KindOfFile.BENCHMARKS: _plain(records.BENCHMARKS),
}
AFTER: Final[dict[KindOfFile, Callable[[Workspace, int], list[Finding]]]] = {
    KindOfFile.PROCEDURE_LIST: import_codes.correct_procedures,
    KindOfFile.DIAGNOSES: import_codes.correct_diagnoses,
    KindOfFile.COSTS: import_costs.correct_costs,
}
"""What is done once after the last row of a file has been kept: episodes corrected from what the batch told."""
