"""R12: the agreement of an index operation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kvalitetsapp.analysis import agreements
from support.made_frames import agreement, operation, operations

LAST = date(2020, 12, 31)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, "A"),
        ({"operated_on": date(2019, 1, 1)}, "A"),
        ({"operated_on": date(2018, 12, 31)}, ""),
        ({"operated_on": LAST}, "A"),
        ({"operated_on": date(2021, 1, 1)}, ""),
        ({"provider_id": "P02"}, ""),
        ({"joint": "knee"}, ""),
        ({"payer_route": "riksavtal"}, ""),
    ],
)
def test_r12_provider_joint_route_and_both_ends_of_the_validity_decide(told: dict[str, Any], expected: str) -> None:
    made = operations(operation(**told))
    assert list(agreements.agreement_of_operations(made, [agreement(valid_to=LAST)])) == [expected]


def test_r12_each_operation_has_the_agreement_of_its_own_date() -> None:
    one = agreement(agreement_id="första", valid_to=LAST)
    other = agreement(agreement_id="andra", valid_from=date(2021, 1, 1))
    days = [date(2025, 1, 1), LAST, date(2021, 1, 1), date(2018, 1, 1)]
    made = operations(*(operation(operated_on=day) for day in days))
    for terms in ([one, other], [other, one]):
        found = agreements.agreement_of_operations(made, terms)
        assert list(found) == ["andra", "första", "andra", ""]
        pd.testing.assert_index_equal(found.index, made.index)


def test_r12_no_agreements_or_no_operations_are_no_trouble() -> None:
    assert list(agreements.agreement_of_operations(operations(operation()), [])) == [""]
    assert agreements.agreement_of_operations(operations(), [agreement()]).empty
