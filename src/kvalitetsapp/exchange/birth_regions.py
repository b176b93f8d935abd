"""Which part of the world a country of birth lies in, `resources/indicators/birth_regions.csv`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

_REGIONS: Final = ("sweden", "nordic", "eu")


def read_birth_regions(path: Path) -> dict[str, str]:
    """Return the region by code and by name of each country, both in small letters; others lie elsewhere.

    Raises:
        InputError: the file is missing, lacks a column, or has a region that is none.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))
        if any(row["region"] not in _REGIONS for row in rows):
            raise ValueError(path.name)
        return {row[name].casefold(): row["region"] for row in rows for name in ("code", "name")}
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault
