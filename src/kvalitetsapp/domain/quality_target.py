"""A target of the quality agenda: what is aimed at, among whom, and how far.

Limits are as figures are reckoned: that of a share is a fraction (0.95 is 95 %). A target without an indicator has a
result that somebody writes down every quarter.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.editable_words import NationalLevel, QualityArea
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import _, decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT_DECIMALS: Final = 12
"""Beyond these a figure and its limit differ only in how they were worked out: 14.3 / 100 is not 0.143."""
_TEXTS: Final = ("target_id", "name", "indicator", "joint", "provider_id", "measured_as", "note")


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it stands in the table of targets; texts are "" where nothing is told.

    `joint` "" is every joint, `provider_id` "" all purchased care, `national` None no aim in a national comparison.
    """

    target_id: str
    area: QualityArea
    name: str
    indicator: str = ""
    joint: str = ""
    provider_id: str = ""
    at_least: float | None = None
    at_most: float | None = None
    national: NationalLevel | None = None
    measured_as: str = ""
    note: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Target:
        """Return the target of a row of the table of targets, or of what `contents` gave."""
        return cls(
            area=QualityArea(row["quality_area"]),
            at_least=row.get("at_least"),
            at_most=row.get("at_most"),
            national=NationalLevel(row["national"]) if row.get("national") else None,
            **{name: str(row.get(name) or "") for name in _TEXTS},
        )

    def contents(self) -> dict[str, Any]:
        """Return the target as JSON can hold it, by the columns of the table."""
        told = asdict(self)
        return {**told, "quality_area": str(told.pop("area")), "national": str(self.national or "")}


def wanted(direction: Direction, target: Target) -> Direction:
    """Return which way is wanted of a target's figure: the indicator's, else that of the target's only limit."""
    if direction is not Direction.NEITHER or (target.at_least is None) == (target.at_most is None):
        return direction
    return Direction.LOW if target.at_least is None else Direction.HIGH


def aim_text(target: Target, unit: str) -> str:
    """Return what is aimed at in words, as `minst 95 %, bättre än riket`."""
    sides = ((target.at_least, _("minst {value}")), (target.at_most, _("högst {value}")))
    told = [text.format(value=limit_text(value, unit)) for value, text in sides if value is not None]
    if target.national is not None:
        told.append(word("national_level", target.national).lower())
    return ", ".join(told) or _("inget gränsvärde")


def limit_text(value: float, unit: str) -> str:
    """Return a limit with its unit and the decimals that it needs, at most three."""
    told = decimal(value * (100 if unit == "%" else 1), 3).rstrip("0").rstrip(",") or "0"
    return f"{told}\u00a0{unit}" if unit else told
