"""What the charts of a report draw: ready-made series, so that drawing computes nothing.

Rates are fractions, amounts integer öre; None stands for "cannot be told", never for zero.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A provider in a funnel; `name` is "" where it is not to be named."""

    name: str
    events: int
    n: int
    rate: float
    flag: str
    highlighted: bool


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """The prediction limits at n operations (R10)."""

    n: int
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """Providers' rates for a joint within the prediction limits around the target."""

    joint: str
    target: float
    target_is_national: bool
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]


@dataclass(frozen=True, slots=True)
class CurveStep:
    """The curve from `day` until the next step."""

    day: int
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class AtRisk:
    """How many are followed at a day and how many events came up to it."""

    day: int
    at_risk: int
    events: int


@dataclass(frozen=True, slots=True)
class Curve:
    """1 − Kaplan–Meier of a joint, cut where fewer than `least_at_risk` are followed (R11)."""

    joint: str
    operations: int
    steps: tuple[CurveStep, ...]
    risk: tuple[AtRisk, ...]


@dataclass(frozen=True, slots=True)
class Survival:
    """The curves that can be drawn, and the joints whose groups are too small for one."""

    event: str
    least_at_risk: int
    curves: tuple[Curve, ...]
    too_small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseCost:
    """A case in the cost strip: what its events cost, whether they are confirmed, whether there was an infection."""

    cost: int
    confirmed: bool
    infection: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """From purchased operations to what can be claimed; amounts are of the confirmed events."""

    purchased: int
    followed: int
    events: int
    reviewed: int
    confirmed: int
    covered: int
    cost: int
    covered_cost: int
    claimable: int
