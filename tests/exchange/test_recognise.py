from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange import kinds
from kvalitetsapp.exchange.reading import recognise
from support.examples import FOLDER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", sorted((FOLDER / "county").glob("*.*")), ids=lambda path: path.name)
def test_a_standard_file_is_recognised_by_its_header(path: Path) -> None:
    assert recognise(path) is KindOfFile(path.stem.split("_", maxsplit=1)[0])


@pytest.mark.parametrize("kind", list(kinds.FIELDS))
def test_required_columns_are_enough(kind: KindOfFile, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(";".join(kinds.required(kind)) + "\n", encoding="utf-8-sig")
    assert recognise(path) is kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b""),
        ("x.csv", b"a;b;c\n1;2;3\n"),
        ("x.csv", "Personnr;Kön\n".encode("cp1252")),
        ("x.csv", bytes(range(256)) * 40),
        ("x.toml", b'kind = "episodes"\n'),
        ("x.toml", b"= 1"),
        ("x.toml", b"\xff"),
    ],
)
def test_anything_else_is_not_guessed(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert recognise(path) is None


def test_what_cannot_be_opened_is_not_recognised(tmp_path: Path) -> None:
    assert recognise(tmp_path / "borta.csv") is None
    assert recognise(tmp_path) is None
