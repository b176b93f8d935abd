"""Code tables in the shape the rules need them (sources: `resources/codes/README.md`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.words import Role


def normalise_code(delivered: str) -> str:
    """Return a code in upper case without dot or space (`t84.5f` → `T845F`)."""
    return delivered.replace(".", "").replace(" ", "").upper()


@dataclass(frozen=True, slots=True)
class ProcedureRole:
    """What a KVÅ code does to which joint, or in which other family of procedures.

    `window_days` is None where the code counts however long after the operation, as all codes of the joints do.
    """

    joint: str
    role: Role
    window_days: int | None = None


@dataclass(frozen=True, slots=True)
class ComplicationDiagnosis:
    """A diagnosis that makes an episode a candidate complication.

    `joint` is a joint or `any`; `prefix` tells that `code` is the beginning of a code; `window_days` is None where
    the diagnosis counts however long after the operation.
    """

    code: str
    prefix: bool
    joint: str
    complication_class: str
    window_days: int | None


@dataclass(frozen=True, slots=True)
class CodeTables:
    """All code tables of the families that are followed (`resources/codes`, and what a family brings of its own)."""

    procedure_roles: Mapping[str, ProcedureRole]
    complication_diagnoses: tuple[ComplicationDiagnosis, ...]
    complication_procedures: Mapping[tuple[str, str], str]
    laterality: Mapping[str, str]
    diagnosis_titles: Mapping[str, str] = field(repr=False)
    procedure_titles: Mapping[str, str] = field(repr=False)
    municipality_names: Mapping[str, str] = field(repr=False, default_factory=dict)
    version: str = ""
