"""The European standard population as it is read, and put into wider groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.standard_population import StandardGroup, weights_from
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.standard_population import read_standard_population
from support.reading import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

FILE = RESOURCES / "codes" / "esp2013.csv"


def test_the_european_standard_population_is_a_hundred_thousand_persons_of_all_ages() -> None:
    groups = read_standard_population(FILE)
    assert sum(group.weight for group in groups) == 100_000
    assert len(groups) == 21
    assert groups[0] == StandardGroup(0, 0, 1_000)
    assert groups[-1] == StandardGroup(95, None, 200)


def test_wider_groups_hold_the_weights_of_the_narrow_ones_within_them() -> None:
    groups = read_standard_population(FILE)
    assert weights_from(groups, (0, 65, 75)) == {0: 80_500, 65: 10_500, 75: 9_000}
    assert weights_from(groups, (85,)) == {85: 2_500}


def test_a_group_of_the_standard_is_never_divided() -> None:
    with pytest.raises(ValueError, match="67"):
        weights_from(read_standard_population(FILE), (0, 67))


@pytest.mark.parametrize(
    ("before", "after"), [("1;4;4000\n", ""), ("95;;200", "95;99;200"), ("weight", "vikt"), ("1000", "tusen")]
)
def test_a_damaged_standard_population_is_refused_with_its_name(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / FILE.name
    file.write_text(FILE.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(InputError, match=r"esp2013\.csv"):
        read_standard_population(file)
