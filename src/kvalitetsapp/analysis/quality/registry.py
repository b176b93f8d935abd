"""Which function works out which rule of `resources/quality/rules.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis.quality import amounts, codes, deliveries, doubles, persons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from kvalitetsapp.analysis.quality.found import Sources

    Function = Callable[[Sources, Mapping[str, int]], pd.DataFrame]

FUNCTIONS: Final[dict[str, Function]] = {
    "unknown_code": codes.unknown_code,
    "no_diagnosis": codes.no_diagnosis,
    "joint_contradicts_diagnosis": codes.joint_contradicts_diagnosis,
    "side_missing": codes.side_missing,
    "side_codes_contradict": codes.side_codes_contradict,
    "side_differs": codes.side_differs,
    "death_before_contact": persons.death_before_contact,
    "death_before_operation": persons.death_before_operation,
    "moved_before_operation": persons.moved_before_operation,
    "born_after_care": persons.born_after_care,
    "death_before_birth": persons.death_before_birth,
    "sex_differs": persons.sex_differs,
    "birth_date_differs": persons.birth_date_differs,
    "missing_cost": amounts.missing_cost,
    "missing_price": amounts.missing_price,
    "zero_amount": amounts.zero_amount,
    "cost_too_high": amounts.cost_too_high,
    "cost_too_low": amounts.cost_too_low,
    "price_differs": amounts.price_differs,
    "duplicate_contact": doubles.duplicate_contact,
    "procedure_outside_stay": doubles.procedure_outside_stay,
    "silent_provider": deliveries.silent_provider,
    "no_events": deliveries.no_events,
}
"""Every rule whose origin is `analysis` stands here, and no other."""
