"""The cost of an event as people look into it: every source, what is entered by hand; and events without any cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.cost_source import CostItem, CostSource, KnownSource
    from kvalitetsapp.domain.manual_cost import ManualCost
    from kvalitetsapp.domain.patient import EventKey


@dataclass(frozen=True, slots=True)
class EventCost:
    """An event's cost, where it comes from, and what else is known of it.

    `agreement` is the name of the agreement that says which sources count, "" where none applies; `manual` is every
    cost that was entered by hand, the latest first.
    """

    key: EventKey
    event_ref: str
    agreement: str
    discharged: date
    used: CostSource
    sources: tuple[KnownSource, ...]
    items: tuple[CostItem, ...]
    manual: tuple[ManualCost, ...]

    @property
    def standing(self) -> ManualCost | None:
        """Return the cost by hand that is in effect, None without one."""
        return next((one for one in self.manual if not one.withdrawn_at), None)


@dataclass(frozen=True, slots=True)
class MissingCost:
    """A covered event that no source gives a cost; `why` says so source by source."""

    key: EventKey
    index_ref: str
    provider_id: str
    provider: str
    event_ref: str
    event_date: date
    complication_class: str
    why: str
    claim_by: date | None


MISSING: Final[tuple[Column, ...]] = (
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("claim_by", Kind.DATE, N_("Sista anspråksdag")),
    Column("why", Kind.TEXT, N_("Varför kostnaden saknas")),
)
"""`list missing-costs`."""


def missing_table(missing: Sequence[MissingCost]) -> Table:
    """Return events without cost as rows of `MISSING`, in their order."""
    return Table(MISSING, [_row(one) for one in missing])


def _row(one: MissingCost) -> Row:
    return (
        one.index_ref,
        one.provider_id,
        one.event_ref,
        one.event_date.isoformat(),
        one.complication_class,
        "" if one.claim_by is None else one.claim_by.isoformat(),
        one.why,
    )
