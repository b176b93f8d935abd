"""The registers' instrument for adverse events, `adverse_events.csv` of the families that are followed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.adverse_event import AdverseEvent, Condition, Population
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILE: Final = "adverse_events.csv"


def adverse_events_of(resources: Path, followed: Sequence[str]) -> tuple[AdverseEvent, ...]:
    """Return the rows of the families that are followed, from their folders below `resources`; a folder may have none.

    Raises:
        InputError: a file lacks a column, or has a condition or population that is none.
    """
    files = (resources / folder / _FILE for folder in families.folders(followed))
    return tuple(row for file in files if file.exists() for row in read_adverse_events(file) if row.joint in followed)


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
