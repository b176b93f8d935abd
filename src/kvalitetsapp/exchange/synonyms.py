"""The names that other files give columns and values (`resources/mapping`), compared without case and separators."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.mapped_values import Meaning
from kvalitetsapp.domain.mapping import key_of
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EVERY_KIND: Final = "*"
_SURE: Final = "sure"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What names are known to stand for.

    `columns` holds, by kind and key of a header, the canonical columns it can stand for and whether that is sure;
    `values`, by canonical column and key of a value, what it means.
    """

    columns: Mapping[tuple[str, str], Mapping[str, bool]]
    values: Mapping[str, Mapping[str, Meaning]]

    def of_header(self, kind: str, header: str) -> Mapping[str, bool]:
        """Return the canonical columns that a header can stand for, and whether that is sure."""
        key = key_of(header)
        return {**self.columns.get((EVERY_KIND, key), {}), **self.columns.get((kind, key), {})}


def read_synonyms(folder: Path) -> Synonyms:
    """Return the synonyms of a folder.

    Raises:
        InputError: a table is missing or cannot be read.
    """
    columns: dict[tuple[str, str], dict[str, bool]] = {}
    for row in _rows(folder / "synonyms.csv"):
        known = columns.setdefault((row["kind"], key_of(row["synonym"])), {})
        known[row["column"]] = known.get(row["column"], False) or row["certainty"] == _SURE
    return Synonyms(columns, _values(_rows(folder / "value_synonyms.csv")))


def _values(rows: list[dict[str, str]]) -> dict[str, dict[str, Meaning]]:
    """Return what values mean; one that can mean two things is left to a person."""
    found: dict[str, dict[str, set[Meaning]]] = {}
    for row in rows:
        meaning = Meaning(row["value"], row["certainty"] == _SURE)
        found.setdefault(row["column"], {}).setdefault(key_of(row["synonym"]), set()).add(meaning)
    return {column: _told(keys) for column, keys in found.items()}


def _told(keys: Mapping[str, set[Meaning]]) -> dict[str, Meaning]:
    told = ((key, _the_one(several)) for key, several in keys.items())
    return {key: meaning for key, meaning in told if meaning is not None}


def _the_one(several: set[Meaning]) -> Meaning | None:
    sure = [meaning for meaning in several if meaning.sure]
    if len(sure) == 1:
        return sure[0]
    return next(iter(several)) if len(several) == 1 else None


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(
            _("Tabellen {file} över namn saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from None
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
