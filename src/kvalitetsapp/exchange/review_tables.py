"""The definitions of the record review in `resources/review`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeVar

from kvalitetsapp.domain.infection import Criterion, Weight
from kvalitetsapp.domain.provider_question import Ground
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


_Entry = TypeVar("_Entry")


def read_infection_criteria(path: Path) -> tuple[Criterion, ...]:
    """Return the criteria of infection in the order of the file.

    Raises:
        InputError: the file is missing, lacks a column, or has a weight that is none.
    """
    return _entries(path, lambda row: Criterion(row["code"], Weight(row["weight"]), row["group"], row["title_sv"]))


def read_disclosure_grounds(path: Path) -> tuple[Ground, ...]:
    """Return the grounds for disclosing that are offered, in the order of the file.

    Raises:
        InputError: the file is missing or lacks a column.
    """
    return _entries(path, lambda row: Ground(row["code"], row["title_sv"]))


def _entries(path: Path, entry: Callable[[dict[str, str]], _Entry]) -> tuple[_Entry, ...]:
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";")
        return tuple(map(entry, rows))
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from fault
