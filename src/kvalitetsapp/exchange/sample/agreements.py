"""The sample county's agreements, in the figures that the commissioning documents name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvalitetsapp.exchange.sample.shapes import Period

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


def agreements_toml(period: Period) -> str:
    """Return the agreements as TOML: one that has ended and was checked, its successor, and one more."""
    middle = period.first.year + max(1, (period.last.year - period.first.year) // 2)
    old, new = f"vardval-hoft-kna-{period.first.year}", f"vardval-hoft-kna-{middle}"
    choice = {"name": "Vårdval höft- och knäprotes", "providers": '"P01", "P02", "P03"', "route": "choice_of_care"}
    ended = f"valid_to = {date(middle - 1, 12, 31)}\n"
    ended_terms = {"price": 58000, "verified": "true", "day": 9000, "visit": 3000}
    terms = {"price": 60000, "verified": "false", "day": 9500, "visit": 3200}
    own = {"name": "Eget avtal höft- och knäprotes", "providers": '"P04"', "route": "contract"}
    begins = date(period.first.year, 1, 1)
    parts = (
        _AGREEMENT.format(id=old, valid_from=begins, valid_to=ended, **choice, **ended_terms),
        _AGREEMENT.format(id=new, valid_from=date(middle, 1, 1), valid_to="", **choice, **terms),
        _AGREEMENT.format(id=f"avtal-kvarnudden-{begins.year}", valid_from=begins, valid_to="", **own, **terms),
    )
    return "\n".join(parts)
