"""The figures of the value compass: read as they stand, an empty cell being nothing, a damaged file being said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.compass_figures import read_compass

if TYPE_CHECKING:
    from pathlib import Path


def test_figures_are_read_by_unit_and_axis(tmp_path: Path) -> None:
    path = tmp_path / "kompass.csv"
    path.write_text("unit;ae90;coverage\nA;5.7;\nRiket;5;98\n", encoding="utf-8")
    assert read_compass(path) == {"A": {"ae90": 5.7, "coverage": None}, "Riket": {"ae90": 5.0, "coverage": 98.0}}


@pytest.mark.parametrize("content", ["unit;ae90\nA;x\n", "enhet;ae90\nA;5\n"])
def test_a_damaged_file_is_told_of(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kompass.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"kompass\.csv"):
        read_compass(path)
    with pytest.raises(InputError):
        read_compass(tmp_path / "saknas.csv")
