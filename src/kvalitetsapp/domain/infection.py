"""How sure an infection of a joint with a prosthesis is, from the criteria that a reviewer has ticked (EBJIS 2021).

The definition is the European Bone and Joint Infection Society's (McNally et al., Bone Joint J 2021;103-B:18). One
criterion of the confirming kind confirms. Without one an infection is likely where a sign at the bedside or a raised
CRP stands beside a finding of some test; otherwise it is unlikely.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_words import InfectionLevel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Weight(StrEnum):
    """What a criterion does: confirms alone, or makes likely together with one of the other kind."""

    CONFIRMS = "confirms"
    SIGN = "sign"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as the reviewer ticks it; `group` gathers those that are read together."""

    code: str
    weight: Weight
    group: str
    title: str


def level_of(ticked: Collection[str], criteria: Iterable[Criterion]) -> InfectionLevel:
    """Return how sure the infection is; codes that are no criterion count for nothing."""
    found = {one.weight for one in criteria if one.code in ticked}
    if Weight.CONFIRMS in found:
        return InfectionLevel.CONFIRMED
    return InfectionLevel.LIKELY if {Weight.SIGN, Weight.TEST} <= found else InfectionLevel.UNLIKELY
