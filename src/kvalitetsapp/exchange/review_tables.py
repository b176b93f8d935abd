"""The definitions of the record review in `resources/review`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kvalitetsapp.domain.infection import Criterion, Weight
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


def read_infection_criteria(path: Path) -> tuple[Criterion, ...]:
    """Return the criteria of infection in the order of the file.

    Raises:
        InputError: the file is missing, lacks a column, or has a weight that is none.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))
        return tuple(Criterion(row["code"], Weight(row["weight"]), row["group"], row["title_sv"]) for row in rows)
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault
