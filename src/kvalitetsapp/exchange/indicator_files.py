"""Indicators from TOML: each recipe whole and right, or left out with every key of it that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import indicator_reading
from kvalitetsapp.domain.indicator import OWN, Indicator
from kvalitetsapp.domain.indicator_reading import RecipeFault
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import toml_reading
from kvalitetsapp.exchange.csv_reading import open_bytes
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadIndicators:
    """The recipes of a file that are right, in its order, and everything that is wrong with the others."""

    indicators: tuple[Indicator, ...]
    faults: tuple[RecipeFault, ...] = ()


def read_indicators(path: Path, *, family: str = OWN) -> ReadIndicators:
    """Return the recipes of a file.

    Raises:
        InputError: it cannot be opened, is no TOML, or holds no [[indicator]].
    """
    with open_bytes(path) as file:
        return of_content(file.read(), path.name, family=family)


def of_content(content: bytes, file_name: str, *, family: str = OWN) -> ReadIndicators:
    """Return the recipes of a file's content.

    Raises:
        InputError: it is no TOML, or holds no [[indicator]].
    """
    document = _document(content, file_name)
    tables = document.get("indicator")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise InputError(
            _("{file} innehåller inga indikatorer. Varje recept ska börja med [[indicator]].").format(file=file_name)
        )
    found: dict[str, Indicator] = {}
    faults = [RecipeFault("", key, _unknown_part()) for key in document if key != "indicator"]
    for place, table in enumerate(tables, 1):
        read = indicator_reading.read(table, family=family)
        if isinstance(read, tuple):
            faults += [RecipeFault(_called(table, place), each.field, each.message) for each in read]
        elif read.indicator_id in found:
            faults.append(RecipeFault(read.indicator_id, "id", _("Beteckningen står två gånger i filen.")))
        else:
            found[read.indicator_id] = read
    return ReadIndicators(tuple(found.values()), tuple(faults))


def _document(content: bytes, file_name: str) -> dict[str, Any]:
    try:
        return toml_reading.document(content)
    except UnicodeDecodeError:
        raise InputError(_("{file} är inte UTF-8. Spara om filen som UTF-8.").format(file=file_name)) from None
    except toml_reading.NotTomlError as wrong:
        raise InputError(
            _("{file} är inte giltig TOML ({why}). Rätta raden och försök igen.").format(
                file=file_name, why=wrong.place
            )
        ) from None


def _called(table: dict[str, Any], place: int) -> str:
    """Return what a recipe calls itself, else its place in the file: `nr 2`."""
    told = table.get("id")
    return told.strip() if isinstance(told, str) and told.strip() else _("nr {n}").format(n=place)


def _unknown_part() -> str:
    return _("Nyckeln finns inte. Filen består av delar som börjar med [[indicator]].")
