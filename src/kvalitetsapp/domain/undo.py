"""What the undo of imports would take out, give back and set for another look, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import kind_text
from kvalitetsapp.texts import N_, _, ngettext, number

SHOWN: Final = 20
_KIND_OF_TABLE: Final = {
    "procedure_details": "procedures",
    "procedure_lines": "procedure_list",
    "diagnosis_details": "diagnoses",
    "cost_items": "costs",
    "register_operations": "register_operations",
    "waiting_entries": "waiting",
    "population": "population",
    "prom_answers": "proms",
}
_DECIDED_IN: Final = {
    "review_answers": N_("Granskningssvar"),
    "review_follow_ups": N_("Uppföljande kontakter"),
    "round_cases": N_("Ärenden i granskningsomgångar"),
    "missed_decisions": N_("Beslut om möjliga missade händelser"),
    "provider_questions": N_("Frågor till vårdgivare"),
    "disclosures": N_("Utlämnanden"),
    "manual_costs": N_("Kostnader ifyllda för hand"),
    "agreement_edits": N_("Ändringar av avtal"),
    "claims": N_("Krav"),
    "claim_lines": N_("Rader i krav"),
    "provider_billing": N_("Faktureringsuppgifter"),
    "bases": N_("Fakturaunderlag"),
}


class Hindrance(Enum):
    """Why an import cannot be undone as things are."""

    CORRECTED_SINCE = auto()
    REFERRED_TO = auto()
    ONCE_REFERRED_TO = auto()
    NAMED_SINCE = auto()
    UNCHANGED_SINCE = auto()
    DECIDED = auto()
    CORRECTED_BEFORE_BATCHES = auto()
    OVERWRITTEN_BEFORE_BATCHES = auto()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Rows of one table that rest on an import, and the later import that they came with (None: from a person).

    `refs` names some of them, personal numbers masked.
    """

    batch: int
    hindrance: Hindrance
    table: str
    rows: int
    later: int | None = None
    later_file: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowCount:
    """So many rows of one table."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What happens to the imports `batches` (newest first) when they are undone.

    Where there are obstacles nothing happens, and the counts reach as far as the work came. `another_look` names the
    decided events that are to be looked at again; `drafts` counts unfinished answers that go with their events.
    """

    batches: tuple[int, ...]
    removed: tuple[RowCount, ...]
    restored: tuple[RowCount, ...]
    obstacles: tuple[Obstacle, ...]
    another_look: tuple[str, ...]
    drafts: int
    persons: int

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.obstacles


def table_text(table: str) -> str:
    """Return what the rows of a table are, in the words of the files that they come from."""
    decided = _DECIDED_IN.get(table)
    return kind_text(_KIND_OF_TABLE.get(table, table)) if decided is None else _(decided)


def obstacle_text(obstacle: Obstacle) -> str:
    """Return what stands in the way and the way out of it, as sentences."""
    n = obstacle.rows
    return _sentence(obstacle, n).format(
        n=number(n),
        batch=obstacle.batch,
        what=table_text(obstacle.table).lower(),
        later=obstacle.later,
        file=identity.hidden(obstacle.later_file),
    )


def _sentence(obstacle: Obstacle, n: int) -> str:
    told = _of_a_later_import(obstacle.hindrance, n)
    return told if told is not None else _of_anything_else(obstacle.hindrance, n)


def _of_a_later_import(hindrance: Hindrance, n: int) -> str | None:
    match hindrance:
        case Hindrance.CORRECTED_SINCE:
            return ngettext(
                "{n} rad ({what}) har rättats av import {later} ({file}). Ångra import {later} först.",
                "{n} rader ({what}) har rättats av import {later} ({file}). Ångra import {later} först.",
                n,
            )
        case Hindrance.REFERRED_TO:
            return ngettext(
                "{n} rad ({what}) från import {later} ({file}) bygger på import {batch}. Ångra import {later} först.",
                "{n} rader ({what}) från import {later} ({file}) bygger på import {batch}. "
                "Ångra import {later} först.",
                n,
            )
        case Hindrance.ONCE_REFERRED_TO:
            return ngettext(
                "{n} rad ({what}) byggde på import {batch} innan import {later} ({file}) rättade den. "
                "Ångra import {later} först.",
                "{n} rader ({what}) byggde på import {batch} innan import {later} ({file}) rättade dem. "
                "Ångra import {later} först.",
                n,
            )
        case Hindrance.NAMED_SINCE:
            return _(
                "{n} avtal från import {later} ({file}) nämner vårdgivare från import {batch}. "
                "Ångra import {later} först."
            )
        case Hindrance.UNCHANGED_SINCE:
            return ngettext(
                "{n} rad i import {later} ({file}) fanns redan då den lästes in och kan vara härifrån. "
                "Ångra import {later} först.",
                "{n} rader i import {later} ({file}) fanns redan då den lästes in och kan vara härifrån. "
                "Ångra import {later} först.",
                n,
            )
        case _:
            return None


def _of_anything_else(hindrance: Hindrance, n: int) -> str:
    match hindrance:
        case Hindrance.DECIDED:
            return ngettext(
                "{n} uppgift ({what}) har lagts till i programmet och bygger på import {batch}. "
                "Ta tillbaka den först, eller rätta raderna med en ny fil.",
                "{n} uppgifter ({what}) har lagts till i programmet och bygger på import {batch}. "
                "Ta tillbaka dem först, eller rätta raderna med en ny fil.",
                n,
            )
        case Hindrance.CORRECTED_BEFORE_BATCHES:
            return ngettext(
                "Import {batch} rättade {n} rad ({what}) innan databasen uppgraderades. Då sparades inte allt som "
                "behövs för att ångra. Rätta raden med en ny fil.",
                "Import {batch} rättade {n} rader ({what}) innan databasen uppgraderades. Då sparades inte allt som "
                "behövs för att ångra. Rätta raderna med en ny fil.",
                n,
            )
        case _:
            return ngettext(
                "{n} rad ({what}) från import {batch} rättades av en senare import innan databasen uppgraderades. Då "
                "sparades inte allt som behövs för att ångra. Rätta raderna med en ny fil.",
                "{n} rader ({what}) från import {batch} rättades av en senare import innan databasen uppgraderades. "
                "Då sparades inte allt som behövs för att ångra. Rätta raderna med en ny fil.",
                n,
            )


def plan_lines(plan: UndoPlan) -> list[str]:
    """Return what an undo takes out, gives back and sets for another look, or what stands in its way."""
    if plan.obstacles:
        return [line for obstacle in plan.obstacles for line in _obstacle_lines(obstacle)]
    lines = [
        ngettext("{n} rad tas bort: {what}", "{n} rader tas bort: {what}", one.rows).format(
            n=number(one.rows), what=table_text(one.table).lower()
        )
        for one in plan.removed
    ]
    lines += [
        ngettext(
            "{n} rättad rad får tillbaka vad den innehöll: {what}",
            "{n} rättade rader får tillbaka vad de innehöll: {what}",
            one.rows,
        ).format(n=number(one.rows), what=table_text(one.table).lower())
        for one in plan.restored
    ]
    if plan.persons:
        lines.append(_("Personnummer som inte längre förekommer tas bort: {n}").format(n=number(plan.persons)))
    if plan.drafts:
        lines.append(_("Påbörjade granskningar som försvinner med sina händelser: {n}").format(n=number(plan.drafts)))
    if plan.another_look:
        refs = ", ".join(plan.another_look[:SHOWN])
        n = len(plan.another_look)
        lines.append(
            ngettext("{n} beslut märks för en ny titt: {refs}", "{n} beslut märks för en ny titt: {refs}", n).format(
                n=number(n), refs=refs if n <= SHOWN else f"{refs} …"
            )
        )
    return lines or [_("Importen lade inte till eller rättade någon rad.")]


def _obstacle_lines(obstacle: Obstacle) -> list[str]:
    refs = identity.hidden(", ".join(obstacle.refs))
    if not refs:
        return [obstacle_text(obstacle)]
    more = " …" if obstacle.rows > len(obstacle.refs) else ""
    return [obstacle_text(obstacle), f"  {refs}{more}"]


def undone_text(when: str, who: str, because: str) -> str:
    """Return the mark of an undone import."""
    return _("Ångrad {day} av {who}: {because}").format(day=when[:10], who=who, because=because)
