"""The registers' instrument for adverse events: which codes, where they must stand, and for whom they count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FRACTURE_INDICATIONS: Final = ("S72",)
"""Beginnings of the index stay's main diagnosis that make the operation one of a fracture (`Population.FRACTURE`).

The registers ask for "acute fracture" as the indication. No field tells it; a fracture of the thigh bone as the reason
for the stay is what codes can say. Late effects of a fracture are another indication and are left out.
"""
GROUPS: Final = ("DA", "DB", "DB1", "DB2", "DC", "DM", "DM1", "DM2", "KVA")
"""The groups that the instrument's codes stand in; DB and DM are both of their parts."""


class Condition(StrEnum):
    """Where a code must stand to count."""

    INDEX_OR_LATER_MAIN = "index_any_or_later_main"
    LATER_MAIN = "later_main"
    LATER_PROCEDURE = "later_procedure"


class Population(StrEnum):
    """Whose operations a code counts for."""

    ALL = "all"
    FRACTURE = "fracture"


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """A row of the instrument; `prefix` tells that `code` is the beginning of a code.

    `group` is the register's: DA surgical, DB joint-related, DC heart and vessels, DM medical, KVA procedures.
    """

    joint: str
    group: str
    condition: Condition
    code: str
    prefix: bool
    title: str
    population: Population
