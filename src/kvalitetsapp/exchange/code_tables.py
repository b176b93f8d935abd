"""The code tables of `resources/codes`; the long lists of titles are read only when someone asks for one."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis, ProcedureRole
from kvalitetsapp.domain.words import Role
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

_RULE_TABLES: Final = ("procedure_roles", "complication_diagnoses", "complication_procedures", "laterality")
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


def read_code_tables(folder: Path) -> CodeTables:
    """Return the code tables of a folder; `version` names their edition and the content of the rule tables.

    Raises:
        InputError: a table is missing or cannot be read.
    """
    texts = {name: _text(folder / f"{name}.csv") for name in _RULE_TABLES}
    rows = {name: list(csv.DictReader(io.StringIO(text), delimiter=";")) for name, text in texts.items()}
    content = hashlib.sha256("\n".join(texts.values()).encode()).hexdigest()
    return CodeTables(
        procedure_roles={
            row["code"]: ProcedureRole(row["joint"], Role(row["role"])) for row in rows["procedure_roles"]
        },
        complication_diagnoses=tuple(_diagnosis(row) for row in rows["complication_diagnoses"]),
        complication_procedures={(row["code"], row["joint"]): row["class"] for row in rows["complication_procedures"]},
        laterality={row["code"]: row["side"] for row in rows["laterality"]},
        diagnosis_titles=Titles(folder / "icd10se.csv"),
        procedure_titles=Titles(folder / "kva.csv"),
        municipality_names=Titles(folder / "municipalities.csv"),
        version=f"{_EDITION}-{content[:8]}",
    )


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
