"""What rests on an import and so stands in the way of its undo."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.undo import Hindrance, Obstacle
from kvalitetsapp.store import imported_tables
from kvalitetsapp.store.imported_tables import IDENTITIES, TABLES, TOLD_TOGETHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.store.batches import Batch
    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.imported_tables import Reference
    from kvalitetsapp.store.records import RecordTable

# A correction tells the batch it took the row from, or that the row had none; one made before version 2 does neither.
_UNKNOWN: Final = "h.undone_at IS NULL AND h.previous_batch IS NULL AND json_type(h.content, '$.batch') IS NULL"

# A person's answer, its follow-up contacts and the verdict that it gave are one decision, told as the answer.
_TOLD_ALONE: Final = {
    "review_follow_ups": "0",
    "verdicts": "NOT (r.batch IS NULL AND EXISTS (SELECT 1 FROM review_answers a "
    "WHERE a.verdict = r.verdict AND a.withdrawn_at IS NULL))",
}

_REFERRING_TOO: Final = {
    "review_answers": " OR r.answer IN (SELECT f.answer FROM review_follow_ups f JOIN episodes e USING (episode) "
    "WHERE e.batch = ?1)"
}
# Who has given a first answer on what is not told before both have.
_NAMED: Final = {"review_answers": "r.part <> 'first'"}


def before(store: Store, batch: Batch) -> list[Obstacle]:
    """Return what can be told of an import before anything of it is given back."""
    found = [one for table in TABLES for one in _of_table(store, table, batch)]
    found += [one for table in TOLD_TOGETHER for one in _told_together(store, table, batch.batch)]
    found += _edited_since(store, batch.batch)
    if found or _has_rows(store, batch.batch):
        found += _unchanged_since(store, batch)
    return found


def after_giving_back(store: Store, batch: int) -> list[Obstacle]:
    """Return what refers to the rows that the import added: those that carry it once corrections are given back."""
    found: list[Obstacle] = []
    references = (one for one in imported_tables.references(store) if one.target != IDENTITIES)
    for table, of_table in groupby(references, key=lambda one: one.table):
        columns = list(of_table)
        found += _referring(store, table, columns, batch)
        found += [told for one in columns if one.is_content for told in _once_referring(store, one, batch)]
    return [*found, *_pinned(store, batch), *_named_in_agreements(store, batch), *_named_in_edits(store, batch)]


def _of_table(store: Store, table: RecordTable, batch: Batch) -> Iterator[Obstacle]:
    corrected = _count(store, f"h.replaced_by = ? AND {_UNKNOWN}", table, batch.batch)
    if corrected:
        yield Obstacle(batch.batch, Hindrance.CORRECTED_BEFORE_BATCHES, table.name, corrected)
    elif overwritten := _overwritten(store, table, batch):
        yield Obstacle(batch.batch, Hindrance.OVERWRITTEN_BEFORE_BATCHES, table.name, overwritten)
    for later, file, rows in store.rows(
        "SELECT h.replaced_by, b.file_name, count(DISTINCT h.row_key) FROM row_history h "
        "JOIN import_batches b ON b.batch = h.replaced_by WHERE h.table_name = ? AND h.undone_at IS NULL "
        "AND h.previous_batch = ? AND h.replaced_by <> h.previous_batch GROUP BY h.replaced_by ORDER BY 1",
        (table.name, batch.batch),
    ):
        where = (
            f"r.{table.row_id} IN (SELECT row_key FROM row_history WHERE table_name = ? AND undone_at IS NULL "
            "AND previous_batch = ? AND replaced_by = ?)"
        )
        names = imported_tables.names(store, table.name, where, (table.name, batch.batch, later))
        yield Obstacle(batch.batch, Hindrance.CORRECTED_SINCE, table.name, rows, later, file, names)


def _told_together(store: Store, table: RecordTable, batch: int) -> list[Obstacle]:
    """Return later imports whose rows made up a cost or a list of an episode together with rows of this one."""
    own = f"SELECT episode FROM {table.name} WHERE batch = ?"
    rows = store.rows(
        f"SELECT r.batch, b.file_name, count(*) FROM {table.name} r JOIN import_batches b ON b.batch = r.batch "
        f"WHERE r.batch > ? AND r.episode IN ({own}) GROUP BY r.batch ORDER BY r.batch",
        (batch, batch),
    )
    found = []
    for later, file, count in rows:
        names = imported_tables.names(store, table.name, f"r.batch = ? AND r.episode IN ({own})", (later, batch))
        found.append(Obstacle(batch, Hindrance.REFERRED_TO, table.name, count, later, file, names))
    return found


def _edited_since(store: Store, batch: int) -> list[Obstacle]:
    """Return agreements that the import corrected and someone has edited afterwards, which would be undone too."""
    where = (
        "r.edit IN (SELECT max(e.edit) FROM agreement_edits e JOIN agreements a USING (agreement) "
        "JOIN row_history h ON h.table_name = 'agreements' AND h.row_key = e.agreement "
        "JOIN import_batches b ON b.batch = h.replaced_by WHERE h.replaced_by = ? AND h.undone_at IS NULL "
        "GROUP BY e.agreement HAVING e.after = a.terms AND e.edited_at >= b.imported_at)"
    )
    return _edits(store, batch, where)


def _overwritten(store: Store, table: RecordTable, batch: Batch) -> int:
    """Return how many rows of the import are missing where corrections that do not tell whose rows they took."""
    if not _count(store, f"h.replaced_by > ? AND {_UNKNOWN}", table, batch.batch):
        return 0
    carried = int(store.value(f"SELECT count(*) FROM {table.name} WHERE batch = ?", (batch.batch,)))
    kinds = {"procedures": "procedure_details"}
    is_its_table = kinds.get(batch.kind, batch.kind) == table.name
    return max(batch.stored - carried, 0) if is_its_table else 0


def _count(store: Store, where: str, table: RecordTable, batch: int) -> int:
    sql = f"SELECT count(DISTINCT h.row_key) FROM row_history h WHERE h.table_name = ? AND {where}"
    return int(store.value(sql, (table.name, batch)))


def _has_rows(store: Store, batch: int) -> bool:
    return any(
        store.value(f"SELECT 1 FROM {table.name} WHERE batch = ? LIMIT 1", (batch,)) is not None for table in TABLES
    )


def _unchanged_since(store: Store, batch: Batch) -> list[Obstacle]:
    """Return later imports that met rows they had nothing new for: which rows those were is not kept."""
    rows = store.rows(
        "SELECT batch, file_name, unchanged FROM import_batches "
        "WHERE kind = ? AND batch > ? AND unchanged > 0 AND undone_at IS NULL ORDER BY batch",
        (batch.kind, batch.batch),
    )
    return [
        Obstacle(batch.batch, Hindrance.UNCHANGED_SINCE, batch.kind, unchanged, later, file)
        for later, file, unchanged in rows
    ]


def _referring(store: Store, table: str, references: Sequence[Reference], batch: int) -> list[Obstacle]:
    """Return the rows of a table that refer to the import through any of its columns, each row once."""
    batch_of, in_effect = references[0].batch, references[0].condition
    gone = " OR ".join(
        f"r.{one.column} IN (SELECT {one.target_column} FROM {one.target} WHERE batch = ?1)" for one in references
    )
    gone += _REFERRING_TOO.get(table, "")
    where = f"({gone}) AND {batch_of} IS NOT ?1 AND {in_effect} AND {_TOLD_ALONE.get(table, '1')}"
    sql = (
        f"SELECT {batch_of}, b.file_name, count(*) FROM {table} r "
        f"LEFT JOIN import_batches b ON b.batch = {batch_of} WHERE {where} GROUP BY 1 ORDER BY 1"
    )
    found = []
    for later, file, rows in store.rows(sql, (batch,)):
        named = f"{where} AND {batch_of} IS ?2 AND {_NAMED.get(table, '1')}"
        names = imported_tables.names(store, table, named, (batch, later))
        hindrance = Hindrance.DECIDED if later is None else Hindrance.REFERRED_TO
        found.append(Obstacle(batch, hindrance, table, rows, later, file or "", names))
    return found


def _once_referring(store: Store, reference: Reference, batch: int) -> list[Obstacle]:
    """Return corrections whose undo would give back a reference to a row that is gone."""
    rows: list[tuple[Any, ...]] = store.rows(
        "SELECT h.replaced_by, b.file_name, count(DISTINCT h.row_key) FROM row_history h "
        "JOIN import_batches b ON b.batch = h.replaced_by WHERE h.table_name = ? AND h.undone_at IS NULL "
        f"AND h.replaced_by <> ? AND h.previous_batch IS NOT ? AND json_extract(h.content, '$.{reference.column}') IN "
        f"(SELECT {reference.target_column} FROM {reference.target} WHERE batch = ?) GROUP BY 1 ORDER BY 1",
        (reference.table, batch, batch, batch),
    )
    return [
        Obstacle(batch, Hindrance.ONCE_REFERRED_TO, reference.table, count, later, file) for later, file, count in rows
    ]


def _pinned(store: Store, batch: int) -> list[Obstacle]:
    """Return later verdicts that name no operation but confirm one that would go; a rejection is looked at again."""
    rows = store.rows(
        "SELECT v.batch, b.file_name, count(DISTINCT v.verdict) FROM pins p JOIN verdicts v ON v.verdict = p.verdict "
        "LEFT JOIN import_batches b ON b.batch = v.batch WHERE v.withdrawn_at IS NULL AND v.index_episode IS NULL "
        "AND v.decision = 'confirmed' "
        "AND (v.batch IS NULL OR v.batch > ?) AND p.index_episode IN (SELECT episode FROM episodes WHERE batch = ?) "
        "AND p.episode NOT IN (SELECT episode FROM episodes WHERE batch = ?) GROUP BY 1 ORDER BY 1",
        (batch, batch, batch),
    )
    return [
        Obstacle(
            batch, Hindrance.DECIDED if later is None else Hindrance.REFERRED_TO, "verdicts", count, later, file or ""
        )
        for later, file, count in rows
    ]


def _named_in_agreements(store: Store, batch: int) -> list[Obstacle]:
    """Return later agreements with a provider that would go; the earlier ones did without it before."""
    rows = store.rows(
        "SELECT a.batch, b.file_name, count(DISTINCT a.agreement) FROM agreements a "
        "JOIN json_each(a.terms, '$.providers') named JOIN import_batches b ON b.batch = a.batch "
        "WHERE a.batch > ? AND named.value IN (SELECT provider_id FROM providers WHERE batch = ?) "
        "GROUP BY 1 ORDER BY 1",
        (batch, batch),
    )
    return [Obstacle(batch, Hindrance.NAMED_SINCE, "agreements", count, later, file) for later, file, count in rows]


def _named_in_edits(store: Store, batch: int) -> list[Obstacle]:
    """Return what was written about agreements in the program that name a provider that would go."""
    where = (
        "r.edit IN (SELECT max(e.edit) FROM agreement_edits e JOIN agreements a USING (agreement) "
        "JOIN json_each(e.after, '$.providers') was JOIN json_each(a.terms, '$.providers') named "
        "ON named.value = was.value WHERE named.value IN (SELECT provider_id FROM providers WHERE batch = ?) "
        "GROUP BY e.agreement)"
    )
    return _edits(store, batch, where)


def _edits(store: Store, batch: int, where: str) -> list[Obstacle]:
    """Return the edits of agreements (`r` in `where`, which asks for the batch) as one obstacle, if there are any."""
    rows = int(store.value(f"SELECT count(*) FROM agreement_edits r WHERE {where}", (batch,)))
    names = imported_tables.names(store, "agreement_edits", where, (batch,)) if rows else ()
    return [Obstacle(batch, Hindrance.DECIDED, "agreement_edits", rows, None, "", names)] if rows else []
