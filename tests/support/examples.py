"""The example counties with their expected results (synthetic; nobody in them exists)."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "examples"
COUNTIES = ("county", "county-exports")
IMPORT_ORDER = (
    "providers",
    "persons",
    "agreements",
    "episodes",
    "episodes_corrections",
    "episodes_late",
    "procedures",
    "aliases",
    "verdicts",
    "benchmarks",
)


def expected_rows(county: str, table: str) -> list[dict[str, str]]:
    """Return an expected table as text, row by row."""
    with (FOLDER / county / "expected" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def expected_import(county: str) -> list[dict[str, Any]]:
    """Return the expected account of every file of a county."""
    text = (FOLDER / county / "expected" / "import.json").read_text(encoding="utf-8")
    files: list[dict[str, Any]] = json.loads(text)["files"]
    return files


def files_of(county: str) -> list[tuple[str, Path, Path | None]]:
    """Return (kind, file, mapping profile) of a county in the order in which the files go in."""
    found = []
    for name in IMPORT_ORDER:
        kind = name.split("_", maxsplit=1)[0]
        for suffix in ("", "_own", "_bought"):
            for ending in (".toml",) if name == "agreements" else (".csv",):
                path = FOLDER / county / f"{name}{suffix}{ending}"
                profile = path.with_suffix(".toml")
                if path.exists():
                    found.append((kind, path, profile if profile.exists() and name != "agreements" else None))
    return found
