"""Countries of birth: the table that comes along, and what becomes of one that is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.domain.words import BIRTH_REGIONS
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.birth_regions import read_birth_regions

if TYPE_CHECKING:
    from pathlib import Path


def test_countries_are_known_by_code_and_by_name() -> None:
    known = read_birth_regions(settings.resources_dir() / "indicators" / "birth_regions.csv")
    assert [known[each] for each in ("se", "sverige", "no", "tyskland")] == ["sweden", "sweden", "nordic", "eu"]
    assert set(known.values()) == set(BIRTH_REGIONS) - {"elsewhere"}
    members = {name for name, region in known.items() if region == "eu" and len(name) == 2}
    assert len(members) + len({"se", "dk", "fi"}) == 27  # the member states, three of which are told as Nordic


@pytest.mark.parametrize("content", ["", "code;name\nSE;Sverige\n", "code;name;region\nSE;Sverige;moon\n"])
def test_a_damaged_table_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "birth_regions.csv"
    path.write_text(content, encoding="utf-8")
    if not content:
        path.unlink()
    with pytest.raises(InputError, match="saknas eller är skadad"):
        read_birth_regions(path)
