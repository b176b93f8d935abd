"""Data quality: rules as data, what they point out, and what people have decided about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.domain.words import Severity

Limits = dict[str, int]


class Origin(StrEnum):
    """Where a rule's rows come from: what is stored now, what was noted on the way in, or rows that were kept out."""

    ANALYSIS = "analysis"
    FINDINGS = "findings"
    REJECTS = "rejects"


@dataclass(frozen=True, slots=True)
class Limit:
    """A whole number that a user may set, in `unit`."""

    name: str
    title: str
    unit: str
    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of data quality as `resources/quality/rules.toml` tells it; its texts are shown as they stand."""

    rule_id: str
    severity: Severity
    origin: Origin
    title: str
    explanation: str
    action: str
    source: str
    enabled: bool = True
    codes: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()

    def defaults(self) -> Limits:
        """Return the limits that hold until someone sets others."""
        return {limit.name: limit.default for limit in self.limits}


@dataclass(frozen=True, slots=True)
class QualityRules:
    """Every rule, and the beginnings of main diagnoses that belong to a joint."""

    rules: tuple[Rule, ...]
    sites: Mapping[str, tuple[str, ...]]

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule by its id."""
        return next((rule for rule in self.rules if rule.rule_id == rule_id), None)


@dataclass(frozen=True, slots=True)
class RuleState:
    """A rule as it is set, and how much it points out; counts are None while it is off."""

    rule: Rule
    enabled: bool
    limits: Limits
    open: int | None
    decided: int | None
    another_look: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone decided about a row; it stands until it is withdrawn, and its facts are known by `fingerprint`."""

    rule: str
    ref: str
    decision: str
    reason: str
    fingerprint: str
    who: str
    decided_at: str
    withdrawn_at: str | None
    withdrawn_by: str | None


@dataclass(frozen=True, slots=True)
class RuleRows:
    """The rows behind a rule: for each the episode that it can be seen on ("" = none), and names in place of codes."""

    rule_id: str
    table: Table
    contacts: tuple[str, ...] = ()
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QualityOutcome:
    """What was decided, withdrawn or set, in a sentence."""

    said: str
    changes: Changes = NOTHING_CHANGED


class CellState(StrEnum):
    """What a month of a provider's deliveries is."""

    BEFORE = "before"
    DELIVERED = "delivered"
    EMPTY = "empty"
    SILENT = "silent"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Contacts by provider and month of discharge; `with_amount` is how many of them have a cost or a price."""

    providers: tuple[tuple[str, str], ...] = ()
    months: tuple[str, ...] = ()
    contacts: tuple[tuple[int, ...], ...] = ()
    with_amount: tuple[tuple[int, ...], ...] = ()
    states: tuple[tuple[CellState, ...], ...] = ()
    last_complete: str = ""

    def cell_text(self, row: int, column: int) -> str:
        """Return what a cell says in words."""
        state, contacts = self.states[row][column], self.contacts[row][column]
        parts = [self.providers[row][1], self.months[column]]
        if state is CellState.BEFORE:
            return ", ".join([*parts, _("före den första leveransen")])
        parts.append(_("{n} vårdkontakter").format(n=number(contacts)))
        if contacts:
            amounts = self.with_amount[row][column]
            parts.append(_("{n} med kostnad eller pris").format(n=number(amounts)))
        if state is CellState.SILENT:
            parts.append(_("tyst månad efter jämna leveranser"))
        if state is CellState.UNFINISHED:
            parts.append(_("månaden är inte avslutad"))
        return ", ".join(parts)

    def description(self) -> str:
        """Return the heat map in words: how far it goes and which months are silent."""
        if not self.months:
            return _("Inga vårdkontakter.")
        span = _("{n} vårdgivare, {first} till {last}. Senaste hela månad: {complete}.").format(
            n=number(len(self.providers)),
            first=self.months[0],
            last=self.months[-1],
            complete=self.last_complete,
        )
        silent = [
            f"{name} {', '.join(found)}"
            for place, (_id, name) in enumerate(self.providers)
            if (found := [m for m, s in zip(self.months, self.states[place], strict=True) if s is CellState.SILENT])
        ]
        told = _("Tysta månader: {months}.").format(months="; ".join(silent)) if silent else _("Inga tysta månader.")
        return f"{span} {told}"


SUMMARY: Final = (
    Column("rule", Kind.TEXT, N_("Id")),
    Column("severity", Kind.CODE, N_("Allvar"), "severity"),
    Column("title", Kind.TEXT, N_("Regel")),
    Column("open", Kind.INTEGER, N_("Öppna")),
    Column("decided", Kind.INTEGER, N_("Beslutade")),
    Column("another_look", Kind.INTEGER, N_("Ny titt")),
    Column("enabled", Kind.FLAG, N_("På")),
)
ROWS: Final = (
    Column("ref", Kind.TEXT, N_("Gäller")),
    Column("decision", Kind.CODE, N_("Beslut"), "quality_decision"),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("day", Kind.DATE, N_("Dag")),
    Column("value", Kind.TEXT, N_("Värde")),
    Column("against", Kind.TEXT, N_("Jämfört med")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("expected", Kind.MONEY, N_("Enligt avtal")),
    Column("note", Kind.TEXT, N_("Förklaring")),
    Column("reason", Kind.TEXT, N_("Skäl")),
    Column("another_look", Kind.FLAG, N_("Ny titt")),
)
FACTS: Final = ("provider_id", "day", "value", "against", "amount", "expected", "note")
"""The columns of ROWS whose change makes a decision need another look."""
HISTORY: Final = (
    Column("decided_at", Kind.TEXT, N_("När")),
    Column("who", Kind.TEXT, N_("Vem")),
    Column("decision", Kind.CODE, N_("Beslut"), "quality_decision"),
    Column("reason", Kind.TEXT, N_("Skäl")),
    Column("withdrawn_at", Kind.TEXT, N_("Ångrat")),
    Column("withdrawn_by", Kind.TEXT, N_("Ångrat av")),
)
COVERAGE: Final = (
    Column("provider_id", Kind.TEXT, N_("Id")),
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("month", Kind.TEXT, N_("Månad")),
    Column("contacts", Kind.INTEGER, N_("Vårdkontakter")),
    Column("with_amount", Kind.INTEGER, N_("Med belopp")),
    Column("amount_share", Kind.RATE, N_("Andel med belopp")),
    Column("state", Kind.CODE, N_("Läge"), "coverage"),
)
KINDS_OF_CONTACT: Final = ("all", "inpatient", "outpatient", "operations")


def fingerprint(facts: Sequence[object]) -> str:
    """Return what knows the facts of a row again: the same facts give the same text."""
    told = "\x1f".join("" if fact is None else str(fact) for fact in facts)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def summary_table(states: Iterable[RuleState]) -> Table:
    """Return rules as a table, the most severe first, those that are off with empty counts."""
    return Table(
        SUMMARY,
        [
            (
                state.rule.rule_id,
                state.rule.severity.value,
                state.rule.title,
                state.open,
                state.decided,
                state.another_look,
                int(state.enabled),
            )
            for state in states
        ],
    )


def coverage_table(coverage: Coverage) -> Table:
    """Return the heat map as a table, a row per provider and month from its first delivery on."""
    rows: list[Row] = []
    for place, (provider_id, name) in enumerate(coverage.providers):
        for column, month in enumerate(coverage.months):
            state = coverage.states[place][column]
            if state is CellState.BEFORE:
                continue
            contacts, amounts = coverage.contacts[place][column], coverage.with_amount[place][column]
            share = amounts / contacts if contacts else None
            rows.append((provider_id, name, month, contacts, amounts, share, state.value))
    return Table(COVERAGE, rows)


def without_empty(table: Table, names: Sequence[str]) -> Table:
    """Return a table without those of the named columns that hold nothing in any row."""
    empty = {
        place
        for place, column in enumerate(table.columns)
        if column.name in names and not any(_holds(row[place]) for row in table.rows)
    }
    kept = [place for place in range(len(table.columns)) if place not in empty]
    return Table(
        tuple(table.columns[place] for place in kept), [tuple(row[place] for place in kept) for row in table.rows]
    )


def _holds(value: Value) -> bool:
    return value is not None and value not in {"", 0}
