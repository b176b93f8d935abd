"""What is old enough to be decided about: kept until a day with a reason, or erased where that can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class RetentionKind(StrEnum):
    """What there is to decide about."""

    LOG_ENTRIES = "log_entries"
    REJECTED_VALUES = "rejected_values"
    UNDONE_ROWS = "undone_rows"
    EARLIER_VALUES = "earlier_values"
    DRAFTS = "drafts"
    CLAIM_DOCUMENTS = "claim_documents"
    FINAL_REPORTS = "final_reports"
    PAPERS = "papers"
    WAITING_LISTS = "waiting_lists"


class RetentionDecision(StrEnum):
    """What was decided."""

    KEEP = "keep"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """After how many years something is proposed, on what ground, and why it cannot be erased ("": it can)."""

    years: int
    ground: str
    kept_because: str = ""


RULES: Final[dict[RetentionKind, RetentionRule]] = {
    RetentionKind.LOG_ENTRIES: RetentionRule(
        5,
        N_("Loggen ska bevaras i minst fem år (HSLF-FS 2016:40, 4 kap. 9 §)"),
        N_("Varje post är förseglad med den förra: tas en bort går resten inte längre att kontrollera."),
    ),
    RetentionKind.REJECTED_VALUES: RetentionRule(
        2, N_("Värden i avvisade rader behövs medan filen kan rättas och läsas in igen")
    ),
    RetentionKind.UNDONE_ROWS: RetentionRule(2, N_("Rader ur ångrade inläsningar behövs bara för att kunna jämföra")),
    RetentionKind.EARLIER_VALUES: RetentionRule(
        2,
        N_("Tidigare värden i rättade rader visar vad som gällde före en inläsning"),
        N_("Inläsningen kan då inte ångras, och det syns inte var en kostnad kom ifrån."),
    ),
    RetentionKind.DRAFTS: RetentionRule(
        1, N_("Ett påbörjat svar som ingen har avslutat på ett år är ingen bedömning")
    ),
    RetentionKind.CLAIM_DOCUMENTS: RetentionRule(
        10,
        N_("Underlag och specifikationer följer reglerna för räkenskaper och patientuppgifter"),
        N_("Ett utställt underlag får inte ändras: nummer, belopp och krav hänger ihop."),
    ),
    RetentionKind.FINAL_REPORTS: RetentionRule(
        10,
        N_("Fastställda rapporter är handlingar: arkivreglerna avgör"),
        N_("En fastställd rapport bevaras byte för byte under sitt nummer."),
    ),
    RetentionKind.PAPERS: RetentionRule(
        10,
        N_("Protokoll och andra arbetspapper är handlingar: arkivreglerna avgör"),
        N_("En version av ett arbetspapper ändras eller tas aldrig bort."),
    ),
    RetentionKind.WAITING_LISTS: RetentionRule(
        5,
        N_("Rader i väntelistor pekar ut patienter och behövs medan väntetidernas utveckling följs"),
        N_("Väntetiderna bakåt räknas ur dem, och inläsningen kan då inte ångras."),
    ),
}
PROPOSALS: Final[tuple[Column, ...]] = (
    Column("kind", Kind.CODE, N_("Vad"), "retention_kind"),
    Column("through", Kind.DATE, N_("Till och med")),
    Column("found", Kind.INTEGER, N_("Antal")),
    Column("ground", Kind.TEXT, N_("Grund")),
    Column("erasable", Kind.FLAG, N_("Kan gallras")),
    Column("kept_because", Kind.TEXT, N_("Varför inte")),
    Column("decision", Kind.CODE, N_("Beslut"), "retention_decision"),
    Column("keep_until", Kind.DATE, N_("Bevaras till")),
)
DECISIONS: Final[tuple[Column, ...]] = (
    Column("retention_decision", Kind.INTEGER, N_("Beslut nr")),
    Column("decided_at", Kind.TEXT, N_("Beslutat")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("kind", Kind.CODE, N_("Vad"), "retention_kind"),
    Column("through", Kind.DATE, N_("Till och med")),
    Column("found", Kind.INTEGER, N_("Antal")),
    Column("decision", Kind.CODE, N_("Beslut"), "retention_decision"),
    Column("keep_until", Kind.DATE, N_("Bevaras till")),
    Column("reason", Kind.TEXT, N_("Skäl")),
)
SWEDISH: Final[dict[str, dict[str, str]]] = {
    "retention_kind": {
        RetentionKind.LOG_ENTRIES: N_("Poster i loggen"),
        RetentionKind.REJECTED_VALUES: N_("Värden i avvisade rader"),
        RetentionKind.UNDONE_ROWS: N_("Rader ur ångrade inläsningar"),
        RetentionKind.EARLIER_VALUES: N_("Tidigare värden i rättade rader"),
        RetentionKind.DRAFTS: N_("Påbörjade svar"),
        RetentionKind.CLAIM_DOCUMENTS: N_("Underlag till avslutade krav"),
        RetentionKind.FINAL_REPORTS: N_("Fastställda rapporter"),
        RetentionKind.PAPERS: N_("Arbetspapper"),
        RetentionKind.WAITING_LISTS: N_("Rader i väntelistor"),
    },
    "retention_decision": {
        RetentionDecision.KEEP: N_("Bevaras"),
        RetentionDecision.ERASE: N_("Gallras"),
        "": N_("Inget än"),
    },
}
"""Vocabularies that `domain.words` takes in."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision; `keep_until` is None where it was to erase."""

    retention_decision: int
    kind: RetentionKind
    through: date
    found: int
    decision: RetentionDecision
    keep_until: date | None
    reason: str
    who: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What there is to decide about, through which day, how much, and what was last decided about it."""

    kind: RetentionKind
    through: date
    found: int
    decided: Decided | None = None

    @property
    def rule(self) -> RetentionRule:
        """Return by which rule it is proposed."""
        return RULES[self.kind]

    @property
    def can_be_erased(self) -> bool:
        """Tell whether it can be erased without breaking what rests on it."""
        return not self.rule.kept_because


def years_before(today: date, years: int) -> date:
    """Return the same day some years ago, 28 February for a leap day."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def proposals_table(found: Iterable[Proposal]) -> Table:
    """Return proposals as rows of `PROPOSALS`."""
    return Table(PROPOSALS, [_proposal(one) for one in found])


def decisions_table(found: Iterable[Decided]) -> Table:
    """Return decisions as rows of `DECISIONS`."""
    return Table(
        DECISIONS,
        [
            (
                *(one.retention_decision, to_the_minute(one.decided_at), one.who, one.kind.value),
                *(one.through.isoformat(), one.found, one.decision.value, _iso(one.keep_until), one.reason),
            )
            for one in found
        ],
    )


def _proposal(one: Proposal) -> tuple[str | int, ...]:
    decided, rule = one.decided, one.rule
    return (
        *(one.kind.value, one.through.isoformat(), one.found, _(rule.ground), int(one.can_be_erased)),
        _(rule.kept_because) if rule.kept_because else "",
        *(("", "") if decided is None else (decided.decision.value, _iso(decided.keep_until))),
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
