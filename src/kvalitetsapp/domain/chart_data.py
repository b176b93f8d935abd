"""What charts draw, on screen and on paper: ready-made series, so that drawing computes nothing.

Rates are fractions, amounts integer öre; None stands for "cannot be told", never for zero. `key` is what a click on a
mark asks for: the code of a group, a month, the reference of an event.
"""

from __future__ import annotations

from dataclasses import dataclass

from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.domain.words import DAYS_TWO_YEARS


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A provider in a funnel; `name` is "" where it is not to be named, `low` and `high` its own interval."""

    name: str
    events: int
    n: int
    rate: float
    flag: str
    highlighted: bool
    key: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """The prediction limits at n operations (R10)."""

    n: int
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much more units differ than chance gives (Spiegelhalter 2005): `phi` 1 is chance alone.

    `phi` is the mean of the squared winsorised z-scores of the `units`, `between` the standard deviation between units
    (a fraction) that it speaks for, 0 where phi is not over 1 by more than chance; `widened` are the limits with it.
    """

    units: int
    phi: float
    between: float
    widened: tuple[FunnelLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class Funnel:
    """Providers' rates for a joint within the prediction limits around the target; `within` is the days followed.

    `measure` is what the rates are of, "" where they are reoperations.
    """

    joint: str
    target: float
    target_is_national: bool
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    overdispersion: Overdispersion | None = None
    within: int = DAYS_TWO_YEARS
    measure: str = ""


@dataclass(frozen=True, slots=True)
class CurveStep:
    """The curve from `day` until the next step; `incidence` is the cumulative incidence with death competing."""

    day: int
    value: float
    low: float | None
    high: float | None
    incidence: float | None = None


@dataclass(frozen=True, slots=True)
class AtRisk:
    """How many are followed at a day and how many events and deaths came up to it."""

    day: int
    at_risk: int
    events: int
    deaths: int = 0


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
    key: str = ""


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


@dataclass(frozen=True, slots=True)
class Bar:
    """A group in a caterpillar: its figure with interval; `flag` as in R10; None where nothing is followed."""

    key: str
    name: str
    events: int
    n: int
    value: float | None
    low: float | None
    high: float | None
    flag: str
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Caterpillar:
    """Figures with intervals, ordered by n, never by figure; `ratio` where they are observed/expected, not rates."""

    title: str
    target: float | None
    target_label: str
    bars: tuple[Bar, ...]
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class GapPoint:
    """An event in a g-chart: how many operations (or days) lie between it and the one before."""

    key: str
    day: str
    between: int
    signal: bool


@dataclass(frozen=True, slots=True)
class GChart:
    """Operations or days between events; `run_length` is how many events come between two false alarms on average.

    `counted` is `operations` or `days`. `since_last` is what has passed since the last event. Limits are None where
    there are too few events for any.
    """

    title: str
    counted: str
    points: tuple[GapPoint, ...]
    since_last: int
    centre: float | None
    low: float | None
    high: float | None
    run_length: float | None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class RunPoint:
    """A period in a run chart; `signal` where a rule says that something has changed."""

    key: str
    label: str
    events: int
    n: int
    value: float | None
    signal: bool


@dataclass(frozen=True, slots=True)
class RunChart:
    """A share by period around its median; `rules` are the codes of the rules that hold (`shift`, `trend`, `runs`)."""

    title: str
    points: tuple[RunPoint, ...]
    median: float | None
    target: float | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CusumStep:
    """The sum after the operation number `place`, done on `day`; `key` is the operation's reference."""

    place: int
    day: str
    value: float
    signal: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cusum:
    """A risk-adjusted CUSUM: alarms at `limit` for an odds ratio, with what it costs to wait and to be wrong.

    `false_alarm` is the average number of operations to a false alarm at the target, `detection` that to an alarm
    where the odds are truly that much higher. The sum begins anew after an alarm.
    """

    title: str
    target: float
    odds_ratio: float
    limit: float
    steps: tuple[CusumStep, ...]
    alarms: int
    false_alarm: float
    detection: float
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map: its value for the colour, its text, and what a click asks for."""

    key: str
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table in colours; `middle` is the value without colour (the target), None where colour goes from 0."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    middle: float | None = None
    low_is_good: bool = True


@dataclass(frozen=True, slots=True)
class ProfileBar:
    """How far a figure lies from the nation's as a fraction of it, signed so that right is the wanted direction."""

    key: str
    name: str
    women: float | None
    men: float | None
    everyone: float | None
    n_women: int = 0
    n_men: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile diagram (equal care): one line per indicator, the nation in the middle, or what `middle` names."""

    title: str
    bars: tuple[ProfileBar, ...]
    middle: str = ""


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A group in a forest: its figure with interval, and the same age standardised; None where nothing can be told.

    An end is None also where it has none (a ratio to nothing). `note` says what the row is, or why it has no figure.
    """

    key: str
    name: str
    n: int
    events: int | None
    value: float | None
    low: float | None
    high: float | None
    adjusted: float | None = None
    adjusted_low: float | None = None
    adjusted_high: float | None = None
    note: str = ""
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class Forest:
    """Groups of people beside each other (equal care); `quantity` is `value`, `difference` or `ratio`.

    Figures and differences are fractions where `is_share`, else numbers in `unit`. `line` is what they are read
    against: the whole material, no difference, or the ratio 1.
    """

    title: str
    quantity: str
    is_share: bool
    unit: str
    decimals: int
    line: float | None
    line_label: str
    rows: tuple[ForestRow, ...]


@dataclass(frozen=True, slots=True)
class CompassAxis:
    """An indicator in a value compass: 0–1 where 1 is best among the units, the unit's and the nation's."""

    name: str
    value: float | None
    nation: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class Compass:
    """A value compass of one unit (Svenska Höftprotesregistret 2016)."""

    title: str
    axes: tuple[CompassAxis, ...]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step on the way from purchase to payment: how many, and how many kronor where they are known."""

    key: str
    label: str
    count: int | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class CaseFlow:
    """The flow of cases and kronor from purchased operations to what is paid."""

    title: str
    steps: tuple[FlowStep, ...]


@dataclass(frozen=True, slots=True)
class CostStrip:
    """Every case as a mark by its cost, with the lines that were spoken of (öre and their words)."""

    title: str
    cases: tuple[CaseCost, ...]
    lines: tuple[tuple[int, str], ...]


Chart = (
    Funnel
    | Survival
    | Caterpillar
    | GChart
    | RunChart
    | Cusum
    | HeatMap
    | Profile
    | Compass
    | CaseFlow
    | CostStrip
    | MonthSeries
    | DaysHistogram
    | QueueBars
    | Forest
)
