"""The tables of counties and municipalities that are delivered with the program."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvalitetsapp.domain.geography import Geography
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_geography(folder: Path) -> Geography:
    """Return the counties and municipalities of a folder of code tables.

    Raises:
        InputError: a file is missing or lacks a column.
    """
    counties, municipalities = (_rows(folder / name) for name in ("counties.csv", "municipalities.csv"))
    try:
        return Geography(
            {row["code"]: row["name"] for row in counties},
            {row["code"]: row["name"] for row in municipalities},
            {row["code"]: row["county_code"] for row in municipalities},
        )
    except KeyError as fault:
        raise _damaged("municipalities.csv") from fault


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))
    except (OSError, UnicodeDecodeError) as fault:
        raise _damaged(path.name) from fault


def _damaged(name: str) -> InputError:
    return InputError(_("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=name))
