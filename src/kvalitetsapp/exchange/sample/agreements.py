"""The sample county's agreements, in the figures that the commissioning documents name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvalitetsapp.exchange.sample.shapes import Operation, Period

_OLD_PRICE: Final = 58_000
_PRICE: Final = 60_000
_AGREED: Final = {"choice_of_care": ("P01", "P02", "P03"), "contract": ("P04",)}

_AGREEMENT: Final = """\
[[agreement]]
id = "{id}"
name = "{name}"
providers = [{providers}]
joints = ["hip", "knee"]
payer_routes = ["{route}"]
valid_from = {valid_from}
{valid_to}unit_price = {price}
expected_reoperation_rate = 0.015
cap = 200000
cap_scope = "index_operation"
deductible = 0
claim_deadline_days = 365
cost_basis = ["kpp", "tariff"]
verified = {verified}

[[agreement.warranty]]
classes = ["*"]
days = 730

[[agreement.warranty]]
classes = ["infection"]
days = 1825
onset_within_days = 730

[agreement.tariff]
inpatient_day = {day}
outpatient_visit = {visit}
"""


def agreed_price(operation: Operation, route: str, period: Period) -> int | None:
    """Return the price in öre that an agreement sets for an operation, None where none covers it."""
    if operation.place.provider_id not in _AGREED.get(route, ()) or operation.joint == "shoulder":
        return None
    ended = route == "choice_of_care" and operation.day.year < _middle(period)
    return (_OLD_PRICE if ended else _PRICE) * 100


def _middle(period: Period) -> int:
    """Return the year in which the second agreement follows upon the first."""
    return period.first.year + max(1, (period.last.year - period.first.year) // 2)


def agreements_toml(period: Period) -> str:
    """Return the agreements as TOML: one that has ended and was checked, its successor, and one more."""
    middle = _middle(period)
    old, new = f"vardval-hoft-kna-{period.first.year}", f"vardval-hoft-kna-{middle}"
    choice = {"name": "Vårdval höft- och knäprotes", "providers": '"P01", "P02", "P03"', "route": "choice_of_care"}
    ended = f"valid_to = {date(middle - 1, 12, 31)}\n"
    ended_terms = {"price": _OLD_PRICE, "verified": "true", "day": 9000, "visit": 3000}
    terms = {"price": _PRICE, "verified": "false", "day": 9500, "visit": 3200}
    own = {"name": "Eget avtal höft- och knäprotes", "providers": '"P04"', "route": "contract"}
    begins = date(period.first.year, 1, 1)
    parts = (
        _AGREEMENT.format(id=old, valid_from=begins, valid_to=ended, **choice, **ended_terms),
        _AGREEMENT.format(id=new, valid_from=date(middle, 1, 1), valid_to="", **choice, **terms),
        _AGREEMENT.format(id=f"avtal-kvarnudden-{begins.year}", valid_from=begins, valid_to="", **own, **terms),
    )
    return "\n".join(parts)
