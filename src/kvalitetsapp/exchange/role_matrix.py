"""The matrix of roles: a CSV with a row for each right and an x for each role that has it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from kvalitetsapp.domain.rights import Right, Role, RoleMatrix

if TYPE_CHECKING:
    from pathlib import Path


def read_role_matrix(path: Path) -> RoleMatrix:
    """Return the matrix in a file.

    Raises:
        ValueError: a right is missing, there twice or unknown, a role is missing, or a cell is neither `x` nor empty.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    rights = [Right(row["right"]) for row in rows]
    cells = {(right, role): row[role.value] for right, row in zip(rights, rows, strict=True) for role in Role}
    if sorted(rights) != sorted(Right) or not set(cells.values()) <= {"x", ""}:
        raise ValueError(path.name)
    return RoleMatrix(frozenset(place for place, cell in cells.items() if cell))
