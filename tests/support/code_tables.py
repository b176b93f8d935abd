"""The code tables of `resources/codes`, read plainly for tests."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis, ProcedureRole
from kvalitetsapp.domain.words import Role

CODES = Path(__file__).parents[2] / "resources" / "codes"


def _rows(name: str) -> list[dict[str, str]]:
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def code_tables() -> CodeTables:
    """Return the tables that the rules need (titles left empty)."""
    return CodeTables(
        procedure_roles={r["code"]: ProcedureRole(r["joint"], Role(r["role"])) for r in _rows("procedure_roles")},
        complication_diagnoses=tuple(
            ComplicationDiagnosis(
                code=row["code"],
                prefix=row["match"] == "prefix",
                joint=row["joint"],
                complication_class=row["class"],
                window_days=int(row["window_days"]) if row["window_days"] else None,
            )
            for row in _rows("complication_diagnoses")
        ),
        complication_procedures={(r["code"], r["joint"]): r["class"] for r in _rows("complication_procedures")},
        laterality={row["code"]: row["side"] for row in _rows("laterality")},
        diagnosis_titles={},
        procedure_titles={},
        version="test",
    )
