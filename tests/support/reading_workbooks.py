"""Workbooks made on the spot and read as an import reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import InputError
from support.reading import read_file
from support.workbooks import ods, xls, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.exchange.reading import ReadFile

FORMS: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods}
HEAD = ("provider_id", "name", "kind", "county")
GOOD = ("P1", "Åsa & Co", "own", "23")
PROFILE = """
kind = "providers"
{words}
[columns]
provider_id = "provider_id"
name = "name"
kind = "kind"
county = "county"
"""


def read_workbook(folder: Path, content: bytes, kind: str = "providers", profile: str = "") -> ReadFile:
    path = folder / "fil.dat"  # what it is called does not matter
    path.write_bytes(content)
    toml = folder / "profil.toml"
    if profile:
        toml.write_text(profile, encoding="utf-8")
    return read_file(kind, path, toml if profile else None)


def refusal(folder: Path, content: bytes, profile: str = "") -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(folder, content, profile=profile)
    assert "fil.dat" in caught.value.message
    return caught.value.message
