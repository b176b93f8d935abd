"""What an agreement says (R12–R15). Amounts are integer öre; both ends of the validity are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ANY_CLASS = "*"


@dataclass(frozen=True, slots=True)
class Warranty:
    """Classes covered until `days` after the operation, if the first of the class came within `onset_within_days`."""

    classes: tuple[str, ...]
    days: int
    onset_within_days: int | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """Prices in öre, used where an episode has no cost of its own."""

    inpatient_day: int | None = None
    outpatient_visit: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The terms under which complications of a provider's operations can be recovered.

    `exclusions` are complication classes that no warranty covers, also where it covers any; `note` holds what the text
    says besides and is only shown. `verified_by` and `verified_on` tell who compared the terms with the signed text.
    """

    agreement_id: str
    name: str
    providers: tuple[str, ...]
    joints: tuple[str, ...]
    payer_routes: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    cap: int
    cap_scope: str
    deductible: int
    cost_basis: tuple[str, ...]
    warranties: tuple[Warranty, ...]
    tariff: Tariff
    unit_price: int | None = None
    expected_reoperation_rate: float | None = None
    claim_deadline_days: int | None = None
    verified: bool = False
    exclusions: tuple[str, ...] = ()
    note: str = ""
    verified_by: str = ""
    verified_on: date | None = None

    def overlaps(self, other: Agreement) -> bool:
        """Tell whether an operation could match both agreements."""
        ends = self.valid_to is None or other.valid_from <= self.valid_to
        begins = other.valid_to is None or self.valid_from <= other.valid_to
        shared = (
            set(self.providers) & set(other.providers),
            set(self.joints) & set(other.joints),
            set(self.payer_routes) & set(other.payer_routes),
        )
        return ends and begins and all(shared)
