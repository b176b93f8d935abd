"""The code tables: those of `resources/codes`, and what families of procedures bring in folders of their own.

The long lists of titles are read only when someone asks for one.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis, ProcedureRole
from kvalitetsapp.domain.words import Role
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SHARED: Final = "codes"
_RULE_TABLES: Final = ("procedure_roles", "complication_diagnoses", "complication_procedures")
_LATERALITY: Final = "laterality"
_ANY_JOINT: Final = "any"
_EDITION: Final = "2020"


class Titles(Mapping[str, str]):
    """Swedish titles or names by code, read from a file the first time anything is looked up."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._titles: dict[str, str] | None = None

    def _read(self) -> dict[str, str]:
        if self._titles is None:
            self._titles = _titles(self._path, _mark(self._path))
        return self._titles

    def __getitem__(self, code: str) -> str:
        return self._read()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __contains__(self, code: object) -> bool:
        return code in self._read()


def read_code_tables(resources: Path, followed: Sequence[str]) -> CodeTables:
    """Return the code tables of the families that are followed, from their folders below `resources`.

    `version` names the edition and the content of the rule tables. Where two families claim the same procedure, the
    first has it.

    Raises:
        InputError: a table is missing or cannot be read.
    """
    # the shared tables always, for the diagnoses that name no joint
    folders = dict.fromkeys((_SHARED, *families.folders(followed)))
    texts = tuple(tuple(_text(resources / folder / f"{name}.csv") for folder in folders) for name in _RULE_TABLES)
    shared = resources / _SHARED
    return replace(
        _rules(tuple(followed), texts, _text(shared / f"{_LATERALITY}.csv")),
        diagnosis_titles=Titles(shared / "icd10se.csv"),
        procedure_titles=Titles(shared / "kva.csv"),
        municipality_names=Titles(shared / "municipalities.csv"),
    )


@lru_cache(maxsize=8)
def _rules(followed: tuple[str, ...], texts: tuple[tuple[str, ...], ...], laterality: str) -> CodeTables:
    """Return the rule tables of these texts, made once for all stores that are opened while the files say the same.

    They come without titles, whose files may change meanwhile.
    """
    roles, diagnoses, procedures = ([row for text in of_name for row in _rows(text, followed)] for of_name in texts)
    return CodeTables(
        procedure_roles=_roles(roles),
        complication_diagnoses=tuple(_diagnosis(row) for row in diagnoses),
        complication_procedures={(row["code"], row["joint"]): row["class"] for row in procedures},
        laterality={row["code"]: row["side"] for row in csv.DictReader(io.StringIO(laterality), delimiter=";")},
        diagnosis_titles={},
        procedure_titles={},
        version=f"{_EDITION}-{_mark_of_content(texts, laterality)}",
    )


def _rows(text: str, followed: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a rule table that are about a family that is followed, or about none in particular."""
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [row for row in rows if row["joint"] in followed or row["joint"] == _ANY_JOINT]


def _mark_of_content(texts: Sequence[tuple[str, ...]], laterality: str) -> str:
    """Return what tells one content of the rule tables from another: the shared ones, then those of families."""
    parts = [*(of_name[0] for of_name in texts), laterality]
    parts += [text for of_name in texts for text in of_name[1:]]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _roles(rows: Sequence[dict[str, str]]) -> dict[str, ProcedureRole]:
    roles: dict[str, ProcedureRole] = {}
    for row in rows:
        window = row.get("window_days")  # the shared table has none
        roles.setdefault(row["code"], ProcedureRole(row["joint"], Role(row["role"]), int(window) if window else None))
    return roles


def _diagnosis(row: dict[str, str]) -> ComplicationDiagnosis:
    return ComplicationDiagnosis(
        code=row["code"],
        prefix=row["match"] == "prefix",
        joint=row["joint"],
        complication_class=row["class"],
        window_days=int(row["window_days"]) if row["window_days"] else None,
    )


@lru_cache(maxsize=4)
def _titles(path: Path, _content_mark: tuple[int, int]) -> dict[str, str]:
    """Return the titles of a file, read once for all stores that are opened while its content stays the same."""
    rows = csv.reader(io.StringIO(_text(path)), delimiter=";")
    next(rows)
    return {row[0]: row[1] for row in rows}


def _mark(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(
            _("Kodtabellen {file} saknas eller är skadad. Installera om programmet.").format(file=path.name)
        ) from None
