"""The figures behind the value compass of 2016, `resources/benchmarks/compass_2016.csv`, unit by unit."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_compass(path: Path) -> dict[str, dict[str, float | None]]:
    """Return the figures by unit and axis in the order of the file; an empty cell is None.

    Raises:
        InputError: the file is missing, or a cell is no number.
    """
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";")
        return {row.pop("unit"): {axis: _figure(cell) for axis, cell in row.items()} for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Tabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault


def _figure(cell: str) -> float | None:
    return float(cell) if cell.strip() else None
