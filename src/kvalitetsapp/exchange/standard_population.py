"""The European standard population, `resources/codes/esp2013.csv`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvalitetsapp.domain.standard_population import StandardGroup
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_standard_population(path: Path) -> tuple[StandardGroup, ...]:
    """Return the groups of a standard population by age, without a gap from 0 to the oldest.

    Raises:
        InputError: the file is missing, lacks a column, or its ages leave a gap.
    """
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";")
        groups = tuple(_group(row) for row in rows)
        _refuse_gaps(groups)
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault
    return groups


def _group(row: dict[str, str]) -> StandardGroup:
    age_to = row["age_to"]
    return StandardGroup(int(row["age_from"]), int(age_to) if age_to else None, int(row["weight"]))


def _refuse_gaps(groups: tuple[StandardGroup, ...]) -> None:
    following = [0, *(group.age_to + 1 if group.age_to is not None else None for group in groups)]
    if following != [*(group.age_from for group in groups), None]:
        raise ValueError(groups)
