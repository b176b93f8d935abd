"""The lists that never forget: what is not claimed yet, what is, what came too late, and what is to be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.cap_account import CAP_LEDGER
from kvalitetsapp.domain.table import Column, Kind
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.domain.correction import Correction
    from kvalitetsapp.domain.table import Row

__all__ = ["CAP_LEDGER", "CLAIMS", "CORRECTIONS", "PAST_DEADLINE", "UNCLAIMED", "WITHOUT_REVIEW", "correction_row"]

_CLAIM: Final = Column("claim", Kind.TEXT, N_("Krav"))
_LINE: Final = Column("line", Kind.INTEGER, N_("Rad"))
_PROVIDER: Final = Column("provider_id", Kind.TEXT, N_("Vårdgivare"))
_INDEX_REF: Final = Column("index_ref", Kind.TEXT, N_("Primäroperation"))
_EVENT: Final = (
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
)
_CLAIM_BY: Final = Column("claim_by", Kind.DATE, N_("Sista anspråksdag"))

UNCLAIMED: Final[tuple[Column, ...]] = (
    _PROVIDER,
    _INDEX_REF,
    *_EVENT,
    Column("to_claim", Kind.MONEY, N_("Att kräva")),
    Column("drafted", Kind.MONEY, N_("I utkast")),
    Column("missing_cost", Kind.FLAG, N_("Kostnad saknas")),
    _CLAIM_BY,
    Column("days_left", Kind.INTEGER, N_("Dagar kvar")),
)
CLAIMS: Final[tuple[Column, ...]] = (
    _CLAIM,
    _PROVIDER,
    _INDEX_REF,
    Column("claim_status", Kind.CODE, N_("Status"), "claim_status"),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("credited", Kind.MONEY, N_("Krediterat")),
    Column("accepted", Kind.MONEY, N_("Godtaget")),
    Column("paid", Kind.MONEY, N_("Betalt")),
    Column("left", Kind.MONEY, N_("Kvar att betala")),
    Column("drafted_by", Kind.TEXT, N_("Utkast av")),
    Column("step", Kind.CODE, N_("Senaste steg"), "claim_step"),
    Column("step_day", Kind.DATE, N_("Dag")),
    Column("step_reason", Kind.TEXT, N_("Skäl")),
    Column("document", Kind.TEXT, N_("Underlag")),
    Column("supplements", Kind.TEXT, N_("Tillägg till")),
)
WITHOUT_REVIEW: Final[tuple[Column, ...]] = (
    _CLAIM,
    _LINE,
    _PROVIDER,
    *_EVENT,
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("review_lack", Kind.CODE, N_("Granskning"), "review_lack"),
)
PAST_DEADLINE: Final[tuple[Column, ...]] = (
    _PROVIDER,
    _INDEX_REF,
    *_EVENT,
    Column("amount", Kind.MONEY, N_("Belopp")),
    _CLAIM_BY,
    Column("days_past", Kind.INTEGER, N_("Dagar efter")),
    Column("past_deadline", Kind.CODE, N_("Varför"), "past_deadline"),
)
CORRECTIONS: Final[tuple[Column, ...]] = (
    _CLAIM,
    _LINE,
    _PROVIDER,
    _INDEX_REF,
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("correction_reason", Kind.CODE, N_("Varför"), "correction_reason"),
    Column("net", Kind.MONEY, N_("Krävt")),
    Column("allowed", Kind.MONEY, N_("Kan krävas nu")),
    Column("difference", Kind.MONEY, N_("Skillnad")),
    Column("left_because", Kind.TEXT, N_("Lämnad därför att")),
    Column("left_by", Kind.TEXT, N_("Lämnad av")),
)


def correction_row(one: Correction) -> Row:
    """Return a correction as a row of `CORRECTIONS`."""
    return (
        *(one.number, one.line, one.provider_id, one.index_ref, one.event_ref, one.reason.value),
        *(one.net, one.allowed, one.difference, one.left_because, one.left_by),
    )
