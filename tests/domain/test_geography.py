"""Counties and municipalities as files name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.exchange.geography import read_geography

if TYPE_CHECKING:
    from kvalitetsapp.domain.geography import Geography


@pytest.fixture(scope="module")
def geography() -> Geography:
    return read_geography(settings.resources_dir() / "codes")


@pytest.mark.parametrize(
    "text", ["05", "5", "Östergötlands län", "Östergötland", "östergötlands  LÄN", "Region Östergötland"]
)
def test_a_county_is_known_by_code_and_by_name(geography: Geography, text: str) -> None:
    assert geography.county(text) == "05"
    assert geography.county_name("05") == "Östergötlands län"


@pytest.mark.parametrize("text", ["0580", "580", "Linköping", "Linköpings kommun"])
def test_a_municipality_is_known_by_code_and_by_name(geography: Geography, text: str) -> None:
    assert geography.municipality(text) == "0580"
    assert geography.county_of_municipality("0580") == "05"


def test_what_is_not_known_stands_for_itself(geography: Geography) -> None:
    assert (geography.county("Ö"), geography.county("77"), geography.municipality("9999")) == ("Ö", "77", "9999")
    assert geography.county_of_municipality("9999") == ""
    assert geography.municipality_name("9999") == "9999"


def test_no_two_counties_and_no_two_municipalities_are_taken_for_each_other(geography: Geography) -> None:
    assert all(geography.county(name) == code for code, name in geography.counties.items())
    assert all(geography.municipality(name) == code for code, name in geography.municipalities.items())
