"""Imported rows of every kind: looked up by key, added, and corrected with the old row kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kvalitetsapp.store.connection import Store

_KEYS_AT_A_TIME: Final = 400


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table of imported rows: its row id, the columns that know a row, and the columns that tell about it.

    `follows` names content columns that are no content of their own: each goes with the column it is mapped to and is
    left out when two rows are compared.
    """

    name: str
    row_id: str
    key: tuple[str, ...]
    content: tuple[str, ...]
    condition: str = "1"
    follows: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Key columns first, then the rest."""
        return self.key + self.content


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it stands in the store."""

    row_id: int
    content: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A stored row, what it held and what it is to hold."""

    row_id: int
    before: tuple[Any, ...]
    after: tuple[Any, ...]


PROVIDERS: Final = RecordTable(
    "providers",
    "provider",
    ("provider_id",),
    ("name", "org_number", "kind", "county", "hsa_id", "peppol_id", "bankgiro", "email"),
)
PERSONS: Final = RecordTable(
    "persons",
    "person",
    ("identity",),
    ("sex", "birth_date", "death_date", "moved_out", "municipality", "education", "birth_country"),
)
ALIASES: Final = RecordTable("aliases", "alias", ("identity",), ("same_as",))
EPISODES: Final = RecordTable(
    "episodes",
    "episode",
    ("source", "episode_id"),
    (
        "identity",
        "provider_id",
        "unit",
        "payer_route",
        "care_form",
        "admitted",
        "discharged",
        "main_diagnosis",
        "other_diagnoses",
        "procedures",
        "procedure_date",
        "drg",
        "cost",
        "price",
        "main_diagnosis_delivered",
        "other_diagnoses_delivered",
        "procedures_delivered",
    ),
    follows={
        "main_diagnosis_delivered": "main_diagnosis",
        "other_diagnoses_delivered": "other_diagnoses",
        "procedures_delivered": "procedures",
    },
)
PROCEDURE_DETAILS: Final = RecordTable(
    "procedure_details",
    "detail",
    ("episode", "code", "side"),
    ("performed_on", "code_delivered"),
    follows={"code_delivered": "performed_on"},
)
PROCEDURE_LINES: Final = RecordTable(
    "procedure_lines",
    "procedure_line",
    ("episode", "position"),
    ("procedure_code", "performed_on", "side", "procedure_code_delivered"),
    follows={"procedure_code_delivered": "procedure_code"},
)
DIAGNOSIS_DETAILS: Final = RecordTable(
    "diagnosis_details",
    "diagnosis_detail",
    ("episode", "part", "position"),
    ("diagnosis", "role", "diagnosis_delivered"),
    follows={"diagnosis_delivered": "diagnosis"},
)
COST_ITEMS: Final = RecordTable("cost_items", "cost_item", ("episode", "cost_type", "line"), ("cost", "price_year"))
REGISTER_OPERATIONS: Final = RecordTable(
    "register_operations",
    "register_operation",
    ("source", "record_id"),
    (
        "identity",
        "provider_id",
        "hospital",
        "joint",
        "side",
        "operated_on",
        "operation_kind",
        "diagnosis",
        "procedure_code",
        "fixation",
        "asa",
        "bmi",
        "diagnosis_delivered",
        "procedure_code_delivered",
    ),
    follows={"diagnosis_delivered": "diagnosis", "procedure_code_delivered": "procedure_code"},
)
WAITING_ENTRIES: Final = RecordTable(
    "waiting_entries",
    "waiting_entry",
    ("source", "snapshot_on", "entry_id"),
    (
        "identity",
        "county",
        "municipality",
        "provider_id",
        "unit",
        "procedure_code",
        "medical_area",
        "decided_on",
        "deviation",
        "priority",
        "planned_on",
        "highly_specialised",
        "procedure_code_delivered",
    ),
    follows={"procedure_code_delivered": "procedure_code"},
)
POPULATION: Final = RecordTable(
    "population",
    "population_count",
    ("year", "municipality", "sex", "age_from"),
    ("age_to", "persons", "source", "invented", "note"),
)
PROM_ANSWERS: Final = RecordTable(
    "prom_answers",
    "prom_answer",
    ("source", "identity", "joint", "side", "instrument", "item", "occasion", "answered_on"),
    ("value",),
)
VERDICTS: Final = RecordTable(
    "verdicts",
    "verdict",
    ("episode", "joint", "side", "reviewer", "reviewed_on"),
    ("decision", "complication_class", "index_episode", "index_joint", "index_side", "comment", "position"),
    condition="withdrawn_at IS NULL",
    follows={"position": "decision"},
)
AGREEMENTS: Final = RecordTable("agreements", "agreement", ("agreement_id",), ("terms",))
DRG_WEIGHTS: Final = RecordTable("drg_weights", "drg_weight", ("year", "drg"), ("weight", "source"))
DRG_PRICES: Final = RecordTable("drg_prices", "drg_price", ("year",), ("price", "source"))
BENCHMARKS: Final = RecordTable(
    "benchmarks",
    "benchmark",
    ("country", "level", "unit", "joint", "indicator", "period"),
    ("value", "unit_of_value", "n", "source", "note", "value_delivered"),
    follows={"value_delivered": "value"},
)


def is_empty(store: Store, table: RecordTable) -> bool:
    """Tell whether the table has no row at all."""
    return store.value(f"SELECT 1 FROM {table.name} LIMIT 1") is None


def find(store: Store, table: RecordTable, keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], Stored]:
    """Return the stored rows that have one of `keys`."""
    found: dict[tuple[Any, ...], Stored] = {}
    width = len(table.key)
    for some in _slices(keys, _KEYS_AT_A_TIME):
        one = f"({', '.join('?' * width)})"
        sql = (
            f"SELECT {table.row_id}, {', '.join(table.columns)} FROM {table.name} "
            f"WHERE {table.condition} AND ({', '.join(table.key)}) IN (VALUES {', '.join([one] * len(some))})"
        )
        for row_id, *values in store.rows(sql, [part for key in some for part in key]):
            found[tuple(values[:width])] = Stored(row_id, tuple(values[width:]))
    return found


def carrying(store: Store, table: RecordTable, batch: int, row_ids: Sequence[int]) -> frozenset[int]:
    """Return those of some rows that carry a batch."""
    found: set[int] = set()
    for start in range(0, len(row_ids), _KEYS_AT_A_TIME):
        some = row_ids[start : start + _KEYS_AT_A_TIME]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {table.row_id} FROM {table.name} WHERE batch = ? AND {table.row_id} IN ({marks})"
        found.update(row_id for (row_id,) in store.rows(sql, (batch, *some)))
    return frozenset(found)


def add(store: Store, table: RecordTable, batch: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows of key and content columns."""
    names = (*table.columns, "batch")
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    store.write_many(sql, ((*row, batch) for row in rows))


def correct(store: Store, table: RecordTable, batch: int, corrections: Sequence[Correction]) -> None:
    """Replace the content of stored rows, in this order, and keep what they held and which import they were of."""
    keep_history(store, table, batch, corrections)
    sets = ", ".join(f"{name} = ?" for name in (*table.content, "batch"))
    sql = f"UPDATE {table.name} SET {sets} WHERE {table.row_id} = ?"
    store.write_many(sql, ((*change.after, batch, change.row_id) for change in corrections))


def keep_history(store: Store, table: RecordTable, batch: int, corrections: Sequence[Correction]) -> None:
    """Write what the rows held before the corrections into the history, with the batch that they carried then.

    A row that no import had written says so itself (`"batch": null`), since a history without a batch is one of a
    time when batches were not kept.
    """
    carried = _batches_of(store, table, [change.row_id for change in corrections])
    kept = []
    for change in corrections:
        before = carried[change.row_id]
        content = dict(zip(table.content, change.before, strict=True)) | ({"batch": None} if before is None else {})
        kept.append((table.name, change.row_id, json.dumps(content, ensure_ascii=False), batch, before))
        carried[change.row_id] = batch
    store.write_many(
        "INSERT INTO row_history (table_name, row_key, content, replaced_by, previous_batch) VALUES (?, ?, ?, ?, ?)",
        kept,
    )


def _batches_of(store: Store, table: RecordTable, row_ids: Sequence[int]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for start in range(0, len(row_ids), _KEYS_AT_A_TIME):
        some = row_ids[start : start + _KEYS_AT_A_TIME]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {table.row_id}, batch FROM {table.name} WHERE {table.row_id} IN ({marks})"
        found.update(store.rows(sql, some))
    return found


def _slices(keys: Sequence[tuple[Any, ...]], size: int) -> Iterator[Sequence[tuple[Any, ...]]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
