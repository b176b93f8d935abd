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
class Overlap:
    """The operations that two agreements would both take: at any of these, in this time (None: without end)."""

    providers: tuple[str, ...]
    joints: tuple[str, ...]
    payer_routes: tuple[str, ...]
    valid_from: date
    valid_to: date | None


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

    def accepts(self, provider_id: str, joint: str, payer_route: str, operated_on: date) -> bool:
        """Tell whether an operation is done under the agreement (R12)."""
        return (
            provider_id in self.providers
            and joint in self.joints
            and payer_route in self.payer_routes
            and self.valid_from <= operated_on
            and (self.valid_to is None or operated_on <= self.valid_to)
        )

    def shared_with(self, other: Agreement) -> Overlap | None:
        """Return which operations could match both agreements, None where none could (R12)."""
        ends = [one.valid_to for one in (self, other) if one.valid_to is not None]
        shared = Overlap(
            tuple(each for each in self.providers if each in other.providers),
            tuple(each for each in self.joints if each in other.joints),
            tuple(each for each in self.payer_routes if each in other.payer_routes),
            max(self.valid_from, other.valid_from),
            min(ends, default=None),
        )
        in_time = shared.valid_to is None or shared.valid_from <= shared.valid_to
        return shared if in_time and shared.providers and shared.joints and shared.payer_routes else None

    def overlaps(self, other: Agreement) -> bool:
        """Tell whether an operation could match both agreements."""
        return self.shared_with(other) is not None
