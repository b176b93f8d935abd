"""What is drawn on a cap, held against the cap of an agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kvalitetsapp.domain.cap_use import NetDrawn, most_drawn
from support.made_frames import agreement

ONE = NetDrawn(1, "hip", "right", "f/1/hip/right", "P01", "contract", date(2020, 1, 1), 10, 60_00)


@pytest.mark.parametrize(
    ("other", "scope", "most"),
    [
        (replace(ONE, episode=11, amount=50_00), "index_operation", 110_00),
        (replace(ONE, episode=11, amount=50_00), "episode", 60_00),
        (replace(ONE, amount=50_00), "episode", 110_00),
        (replace(ONE, index_side="left", amount=70_00), "index_operation", 70_00),
        (replace(ONE, index_side="unknown", amount=70_00), "index_operation", 130_00),
        (replace(ONE, index_joint="knee", amount=70_00), "index_operation", 60_00),
        (replace(ONE, index_episode=2, amount=70_00), "index_operation", 70_00),
    ],
)
def test_draws_are_added_up_by_operation_or_by_episode_r15(other: NetDrawn, scope: str, most: int) -> None:
    assert most_drawn([ONE, other], agreement(cap_scope=scope))[0] == most


def test_operations_of_other_agreements_do_not_count() -> None:
    later = replace(ONE, operated_on=date(2018, 12, 31))
    assert most_drawn([later, replace(ONE, provider_id="P02"), replace(ONE, payer_route="own")], agreement()) == (
        0,
        "",
    )
    assert most_drawn([ONE], agreement()) == (60_00, "f/1/hip/right")
