"""Reading small files written on the spot, in the standard profile or through a mapping profile."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import families
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange.code_tables import read_code_tables
from kvalitetsapp.exchange.profiles import read_profile
from kvalitetsapp.exchange.reading import ReadFile, read
from kvalitetsapp.progress import Progress

if TYPE_CHECKING:
    from kvalitetsapp.domain.codes import CodeTables

TODAY = date(2026, 11, 22)
RESOURCES = Path(__file__).parents[2] / "resources"
EPISODE = {
    "source": "cosmic",
    "episode_id": "1",
    "personal_id": "196812099874",
    "provider_id": "OSD",
    "unit": "Ortopedi",
    "payer_route": "own",
    "care_form": "inpatient",
    "admitted": "2020-05-01",
    "discharged": "2020-05-04",
    "main_diagnosis": "M169",
    "other_diagnoses": "",
    "procedures": "NFB49 ZXA00",
    "procedure_date": "2020-05-02",
    "drg": "H05E",
    "cost": "60000,50",
    "price": "",
}


@cache
def tables() -> CodeTables:
    """Return the code tables of the source tree."""
    return read_code_tables(RESOURCES, families.from_start())


def read_file(
    kind: str, path: Path, profile: Path | None = None, progress: Progress | None = None, today: date = TODAY
) -> ReadFile:
    """Read a file as an import does."""
    return read(
        KindOfFile(kind),
        path,
        profile=read_profile(profile) if profile else None,
        today=today,
        code_tables=tables(),
        progress=progress or Progress(),
    )


def read_text(folder: Path, kind: str, text: str, *, encoding: str = "utf-8", profile: str = "") -> ReadFile:
    """Write a file (and its profile) and read it."""
    path = folder / ("fil.toml" if kind == "agreements" else "fil.csv")
    path.write_bytes(text.encode(encoding))
    if not profile:
        return read_file(kind, path)
    toml = folder / "profil.toml"
    toml.write_text(profile, encoding="utf-8")
    return read_file(kind, path, toml)


def read_episodes(folder: Path, *rows: dict[str, str]) -> ReadFile:
    """Read episodes that differ from a good one as each of `rows` says."""
    lines = [";".join(EPISODE), *(";".join((EPISODE | row).values()) for row in rows)]
    return read_text(folder, "episodes", "\n".join(lines) + "\n")


def records(found: ReadFile) -> list[dict[str, Any]]:
    """Return the rows as dictionaries."""
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]
