"""What each kind of file becomes in the store: references looked up, rows that have none turned away."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final, cast

from kvalitetsapp.domain.imports import Finding, KindOfFile
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.exchange import kinds
from kvalitetsapp.services import access, agreement_checks, import_codes, import_costs, import_registers
from kvalitetsapp.services.resolved import Known, Resolved, of_known_episodes, records_of, unknown_episode
from kvalitetsapp.store import agreements, episodes, identities, links, records
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.records import RecordTable


NOT_LINKED_BY: Final = frozenset(
    {
        KindOfFile.AGREEMENTS,
        KindOfFile.BENCHMARKS,
        KindOfFile.DRG_WEIGHTS,
        KindOfFile.DRG_PRICES,
        KindOfFile.REGISTER_OPERATIONS,
        KindOfFile.WAITING,
        KindOfFile.POPULATION,
        KindOfFile.PROMS,
    }
)
"""Kinds that no link rests on."""
AT_STAKE: Final = frozenset({KindOfFile.AGREEMENTS, KindOfFile.DRG_WEIGHTS, KindOfFile.DRG_PRICES})
"""Kinds among them that what is at stake for every event rests on."""
_DECIDES: Final = {KindOfFile.VERDICTS: Right.REVIEW, KindOfFile.AGREEMENTS: Right.WRITE_AGREEMENTS}
"""Kinds that hold what somebody decided rather than what was delivered, and who may decide it."""


def demand_right(workspace: Workspace, kind: KindOfFile) -> None:
    """Make sure that nobody decides by taking in or undoing a file what they may not decide by hand.

    Raises:
        RefusedError: the user may not; the attempt is noted.
    """
    if (right := _DECIDES.get(kind)) is not None:
        access.demand(workspace, right, f"imports.{kind.value}")


def tables_changed_by(kind: KindOfFile) -> tuple[RecordTable, ...]:
    """Return the tables whose rows an import of a kind of file may correct."""
    return (table_of(kind), records.EPISODES) if kind in AFTER else (table_of(kind),)


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
    for episode, row in of_known_episodes(known, file, resolved):
        key = (episode, row["code"], row["side"] or "")
        resolved.keep(row["row"], key, (row["performed_on"], row["code_delivered"]))
    return resolved


def _verdicts(known: Known, file: ReadFile) -> Resolved:
    resolved = Resolved(records.VERDICTS)
    rows = records_of(file)
    refs = [str(row[name]) for row in rows for name in ("event_ref", "index_source_ref") if row[name] is not None]
    stored = episodes.episodes_of_refs(known.store, refs)
    position = links.next_position(known.store)
    for row in rows:
        operation = (stored.get(row["index_source_ref"]), row["index_joint"], row["index_side"])
        named = row["index_source_ref"] is not None
        if row["event_ref"] not in stored:
            resolved.reject(row["row"], "event_ref", row["event_ref"], "unknown_episode", unknown_episode())
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
    names = agreement_checks.provider_names(known.store)
    drawn = agreement_checks.drawn_on_caps(known.store)
    for place, row in cast("list[tuple[int, Agreement]]", file.rows):
        double = agreement_checks.overlap(row, standing.values(), names)
        too_low = agreement_checks.cap_too_low(row, drawn)
        if double:
            resolved.reject(place, "", row.agreement_id, "overlap", double)
        elif too_low:
            resolved.reject(place, "cap", kronor(row.cap), "cap_below_claimed", too_low)
        else:
            standing[row.agreement_id] = row
            resolved.keep(place, (row.agreement_id,), (agreements.to_terms(row),))
            resolved.findings += [
                Finding(place, "unknown_provider", "providers", name, row.agreement_id)
                for name in row.providers
                if name not in known.providers
            ]
    return resolved


_TABLES: Final[dict[KindOfFile, RecordTable]] = {
    KindOfFile.PROVIDERS: records.PROVIDERS,
    KindOfFile.PERSONS: records.PERSONS,
    KindOfFile.ALIASES: records.ALIASES,
    KindOfFile.EPISODES: records.EPISODES,
    KindOfFile.PROCEDURES: records.PROCEDURE_DETAILS,
    KindOfFile.PROCEDURE_LIST: records.PROCEDURE_LINES,
    KindOfFile.DIAGNOSES: records.DIAGNOSIS_DETAILS,
    KindOfFile.COSTS: records.COST_ITEMS,
    KindOfFile.VERDICTS: records.VERDICTS,
    KindOfFile.AGREEMENTS: records.AGREEMENTS,
    KindOfFile.REGISTER_OPERATIONS: records.REGISTER_OPERATIONS,
    KindOfFile.WAITING: records.WAITING_ENTRIES,
    KindOfFile.POPULATION: records.POPULATION,
    KindOfFile.PROMS: records.PROM_ANSWERS,
    KindOfFile.BENCHMARKS: records.BENCHMARKS,
    KindOfFile.DRG_WEIGHTS: records.DRG_WEIGHTS,
    KindOfFile.DRG_PRICES: records.DRG_PRICES,
}
_RESOLVERS: Final[dict[KindOfFile, Callable[[Known, ReadFile], Resolved]]] = {
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
    KindOfFile.POPULATION: import_registers.population,
    KindOfFile.PROMS: import_registers.proms,
    KindOfFile.BENCHMARKS: _plain(records.BENCHMARKS),
    KindOfFile.DRG_WEIGHTS: _plain(records.DRG_WEIGHTS),
    KindOfFile.DRG_PRICES: _plain(records.DRG_PRICES),
}
AFTER: Final[dict[KindOfFile, Callable[[Workspace, int, Sequence[int]], list[Finding]]]] = {
    KindOfFile.PROCEDURE_LIST: import_codes.correct_procedures,
    KindOfFile.DIAGNOSES: import_codes.correct_diagnoses,
    KindOfFile.COSTS: import_costs.correct_costs,
}
"""What is done once after the last row of a file has been kept: the episodes it told about, new or not, corrected."""
