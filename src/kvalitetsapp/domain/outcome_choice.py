"""What a reader of outcomes chooses: whose operations, which picture, and how the picture is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from kvalitetsapp.domain.indicator import Counted, Direction, Reviewed

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.indicator import Indicator

LEAST_AT_RISK: Final = 50
ODDS_RATIO: Final = 2.0
ALARM_LIMIT: Final = 3.0


class Picture(StrEnum):
    """A picture of one indicator."""

    FUNNEL = "funnel"
    CATERPILLAR = "caterpillar"
    TIME_TO = "time_to"
    RUN = "run"
    GAPS = "gaps"
    CUSUM = "cusum"
    RATIOS = "ratios"
    YEARS = "years"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class OutcomeScope:
    """Whose operations figures are read for; `provider_id` "" is all purchased care, `as_of` None the data cut."""

    joint: str = ""
    prosthesis: str = ""
    provider_id: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How pictures are drawn: where curves of time are cut, and what a CUSUM looks for and when it alarms."""

    least_at_risk: int = LEAST_AT_RISK
    odds_ratio: float = ODDS_RATIO
    limit: float = ALARM_LIMIT


def time_event(one: Indicator) -> Literal["revision", "reoperation"] | None:
    """Return which event a curve of time is drawn to for an indicator, None where it is about none."""
    count = one.count
    if count.kind is not Counted.LINKED or count.classes or one.direction is Direction.HIGH:
        return None
    if count.reviewed is Reviewed.CONFIRMED:  # the curve has the proposed ones too
        return None
    levels = set(count.levels)
    if levels == {"revision"}:
        return "revision"
    return "reoperation" if levels == {"revision", "reoperation"} else None


def fitting(one: Indicator) -> tuple[Picture, ...]:
    """Return the pictures that an indicator can be shown in, none for figures that somebody has printed."""
    if one.count.kind is Counted.PUBLISHED:
        return ()
    if not one.is_share:
        return (Picture.YEARS, Picture.PROFILE)
    return tuple(each for each in Picture if each is not Picture.TIME_TO or time_event(one))
