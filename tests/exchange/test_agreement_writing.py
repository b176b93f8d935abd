"""Agreements to TOML and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from kvalitetsapp import settings
from kvalitetsapp.exchange.agreement_files import read_agreements
from kvalitetsapp.exchange.agreement_writing import written
from support.any_agreements import agreements
from support.made_frames import agreement

if TYPE_CHECKING:
    from kvalitetsapp.domain.agreement import Agreement

EXAMPLES = sorted((settings.resources_dir() / "agreements").glob("*.toml"))


def read_back(text: str) -> list[Agreement]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "avtal.toml"
        path.write_text(text, encoding="utf-8", newline="\n")
        found = read_agreements(path)
    assert (found.rejects, found.findings) == ([], [])
    return [row[1] for row in found.rows]


@given(agreements(), agreements())
def test_whatever_an_agreement_says_is_read_back(one: Agreement, other: Agreement) -> None:
    assert read_back(written([one, other])) == [one, other]


def test_who_verified_it_and_when_goes_along() -> None:
    one = agreement(verified=True, verified_by="Ekonomi", verified_on=date(2024, 3, 1))
    assert read_back(written([one])) == [one]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_that_ship_are_whole_not_verified_and_have_the_published_figures(path: Path) -> None:
    found = read_agreements(path)
    ((_place, one),) = found.rows
    assert (found.rejects, found.findings) == ([], [])
    assert (one.unit_price, one.cap, one.verified) == (60_000_00, 200_000_00, False)
    assert read_back(written([one])) == [replace(one)]


def test_two_examples_ship() -> None:
    assert len(EXAMPLES) == 2
