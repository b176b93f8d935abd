"""Counties and municipalities by the codes of the statistics office, and texts of files taken for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_COUNTY_DIGITS: Final = 2
_MUNICIPALITY_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Geography:
    """Names by code, and the county of each municipality; what is not known here stands for itself."""

    counties: Mapping[str, str] = field(repr=False)
    municipalities: Mapping[str, str] = field(repr=False)
    county_of: Mapping[str, str] = field(repr=False)

    def county(self, text: str) -> str:
        """Return the code of a county that a file names by code (or without its nought) or by name, else the text."""
        return _taken_for(text, self.counties, _COUNTY_DIGITS)

    def municipality(self, text: str) -> str:
        """Return the code of a municipality that a file names by code or by name, else the text."""
        return _taken_for(text, self.municipalities, _MUNICIPALITY_DIGITS)

    def county_of_municipality(self, municipality: str) -> str:
        """Return the code of the county that a municipality lies in, "" where it is not known."""
        return self.county_of.get(municipality, "")

    def county_name(self, county: str) -> str:
        """Return what a county is called."""
        return self.counties.get(county, county)

    def municipality_name(self, municipality: str) -> str:
        """Return what a municipality is called."""
        return self.municipalities.get(municipality, municipality)


def _taken_for(text: str, names: Mapping[str, str], digits: int) -> str:
    if text.isascii() and text.isdecimal():
        code = text.zfill(digits)
        return code if code in names else text
    wanted = _plain(text)
    return next((code for code, name in names.items() if _plain(name) == wanted), text)


def _plain(name: str) -> str:
    """Return a name as it is compared: Östergötlands län and Östergötland are one, Kalmar kommun and Kalmar too."""
    plain = " ".join(name.casefold().split())
    for said in ("region ", "län", "kommun", "stad"):
        plain = plain.removeprefix(said) if said.endswith(" ") else plain.removesuffix(f" {said}")
    return plain.removesuffix("s")
