"""The registers' instrument as it is read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.adverse_event import Condition, Population
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.adverse_events import read_adverse_events
from support.reading import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

FILE = RESOURCES / "codes" / "adverse_events.csv"


def test_every_row_of_the_instrument_is_read() -> None:
    rows = read_adverse_events(FILE)
    assert len(rows) == 548
    assert Counter(one.condition for one in rows)[Condition.LATER_PROCEDURE] == 277
    assert {one.code for one in rows if one.population is Population.FRACTURE} == {"N300", "N308", "N309", "N390"}
    assert {one.joint for one in rows} == {"hip", "knee"}


@pytest.mark.parametrize(
    ("before", "after"), [("later_main", "sometime"), (";all", ";some"), ("joint;", "led;"), ("joint", "\udcff")]
)
def test_a_damaged_instrument_is_refused_with_its_name(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / FILE.name
    text = FILE.read_text(encoding="utf-8").replace(before, after)
    file.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(InputError, match=r"adverse_events\.csv"):
        read_adverse_events(file)
