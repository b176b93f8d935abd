"""The registers' instrument for adverse events, `resources/codes/adverse_events.csv`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvalitetsapp.domain.adverse_event import AdverseEvent, Condition, Population
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_adverse_events(path: Path) -> tuple[AdverseEvent, ...]:
    """Return the rows of the instrument in the order of the file.

    Raises:
        InputError: the file is missing, lacks a column, or has a condition or population that is none.
    """
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";")
        return tuple(_row(row) for row in rows)
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault


def _row(row: dict[str, str]) -> AdverseEvent:
    return AdverseEvent(
        joint=row["joint"],
        group=row["group"],
        condition=Condition(row["condition"]),
        code=row["code"],
        prefix=row["match"] == "prefix",
        title=row["title_sv"],
        population=Population(row["population"]),
    )
