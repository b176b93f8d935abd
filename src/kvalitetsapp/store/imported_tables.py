"""Which tables hold imported rows, what refers to them, and what a row is called when people are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.words import word
from kvalitetsapp.store import records
from kvalitetsapp.store.records import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.store.connection import Store

# Every table whose rows carry the batch that wrote them; what others refer to stands before them. A table that is
# missing here fails a test: its rows would be left behind by an undo.
TABLES: Final[tuple[RecordTable, ...]] = (
    records.PROVIDERS,
    records.PERSONS,
    records.ALIASES,
    records.EPISODES,
    records.PROCEDURE_DETAILS,
    records.PROCEDURE_LINES,
    records.DIAGNOSIS_DETAILS,
    records.COST_ITEMS,
    records.REGISTER_OPERATIONS,
    records.WAITING_ENTRIES,
    records.POPULATION,
    records.PROM_ANSWERS,
    records.VERDICTS,
    records.AGREEMENTS,
    records.BENCHMARKS,
    records.DRG_WEIGHTS,
    records.DRG_PRICES,
)
# What people decided about imported rows in the program: it stands in the way of an undo as long as it is in effect.
DECIDED: Final = (
    RecordTable(
        "review_follow_ups",
        "rowid",
        ("episode",),
        (),
        "(SELECT withdrawn_at FROM review_answers a WHERE a.answer = r.answer) IS NULL",
    ),
    RecordTable("review_answers", "answer", ("episode", "joint", "side", "reviewer"), (), "r.withdrawn_at IS NULL"),
    RecordTable("missed_decisions", "decision_id", ("episode", "who"), (), "r.withdrawn_at IS NULL"),
    RecordTable("round_cases", "rowid", ("episode", "joint", "side"), ()),
    RecordTable("provider_questions", "question", ("episode", "joint", "side"), ()),
    RecordTable("disclosures", "disclosure", ("episode", "receiver"), ()),
    RecordTable("manual_costs", "manual_cost", ("episode", "who"), (), "r.withdrawn_at IS NULL"),
    RecordTable("agreement_edits", "edit", ("kind", "who"), ()),
    RecordTable("claims", "claim", ("index_episode", "index_joint", "index_side"), ()),
    RecordTable("claim_lines", "rowid", ("episode", "joint", "side"), ()),
    RecordTable("provider_billing", "rowid", ("provider_id",), ()),
    RecordTable("bases", "basis", ("number",), ()),
)
# Rows that are added up, or put in a row, for the episode that they are of.
TOLD_TOGETHER: Final = (records.COST_ITEMS, records.DIAGNOSIS_DETAILS, records.PROCEDURE_LINES)
# Made anew by the link run from what is imported.
DERIVED: Final = frozenset({"index_operations", "links", "pins", "waiting_packs"})
# What tells of imports and link runs rather than being imported.
ACCOUNTS: Final = frozenset(
    {
        *("import_batches", "import_rejects", "import_amounts", "findings", "row_history", "undone_rows"),
        *("link_runs", "link_changes"),
    }
)
IDENTITIES: Final = "identities"

_SHOWN: Final = 20
_VOCABULARIES: Final = frozenset({"joint", "side"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to a row of another table; `batch` is how its own rows tell their import."""

    table: str
    column: str
    target: str
    target_column: str
    batch: str
    condition: str
    is_content: bool


def references(store: Store) -> tuple[Reference, ...]:
    """Return every reference to an imported row or an identity, as the schema has it, derived rows left out."""
    known = {table.name: table for table in TABLES}
    decided = {table.name: table for table in DECIDED}
    row_ids = {table.name: table.row_id for table in TABLES} | {IDENTITIES: "identity"}
    found = []
    for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        if name in DERIVED | ACCOUNTS:
            continue
        table = known.get(name)
        for column, target, target_column in store.rows(
            'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq', (name,)
        ):
            if target in row_ids:
                batch, condition = ("NULL", "1") if table is None else ("r.batch", table.condition)
                if name in decided:
                    condition = decided[name].condition
                is_content = table is not None and column in table.content
                goal = target_column or row_ids[target]
                found.append(Reference(name, column, target, goal, batch, condition, is_content))
    return tuple(found)


def names(store: Store, table: str, where: str, parameters: Iterable[object]) -> tuple[str, ...]:
    """Return what some rows of a table (`r` in `where`) are called; personal numbers are masked."""
    known = next((each for each in (*TABLES, *DECIDED) if each.name == table), None)
    if known is None:
        return ()
    targets = {one.column: one.target for one in references(store) if one.table == table}
    parts = ", ".join(_called(column, targets.get(column, "")) for column in known.key)
    sql = f"SELECT {parts} FROM {table} r WHERE {where} ORDER BY {known.row_id} LIMIT {_SHOWN}"
    persons = {place for place, column in enumerate(known.key) if targets.get(column) == IDENTITIES}
    coded = {place: column for place, column in enumerate(known.key) if column in _VOCABULARIES}
    return tuple(_joined(row, persons, coded) for row in store.rows(sql, tuple(parameters)))


def _called(column: str, target: str) -> str:
    if target == "episodes":
        return f"(SELECT source || '/' || episode_id FROM episodes WHERE episode = r.{column})"
    if target == IDENTITIES:
        return f"(SELECT personal_id FROM identities WHERE identity = r.{column})"
    return f"r.{column}"


def _joined(row: tuple[Any, ...], persons: set[int], coded: Mapping[int, str]) -> str:
    parts = list(map(str, row))
    for place in persons:
        parts[place] = identity.masked(parts[place])
    for place, vocabulary in coded.items():
        parts[place] = parts[place] and word(vocabulary, parts[place]).lower()
    return " ".join(part for part in parts if part)
