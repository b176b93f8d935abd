"""What the chapters of a report show beside its accounts: indicators, case mix, time, published figures, actions.

Ready-made as in `report_data`: rates are fractions, dates `YYYY-MM-DD`; None stands for "cannot be told", never for 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import CaseFlow, Caterpillar, Cusum, GChart, HeatMap, RunChart
    from kvalitetsapp.domain.report_data import Share


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """What an indicator comes to for a joint; `events` None where it is no share, `reviewed` where no review applies.

    `target` is what it is held against: the nation's figure, or (not `is_national`) that of everyone here.
    `detectable` is the first true rate, in the unwanted direction, that would likely be seen. `flags` are words of
    `FigureFlag`, `limit` where it lies against R10, `inside` the indicators whose events all of its events are among.
    `prostheses` are the kinds that it is about (all where empty); `counts_without` tells that its events are those
    operations where nothing came.
    """

    indicator_id: str
    version: str
    name: str
    joint: str
    is_share: bool
    decimals: int
    follow_up_days: int
    n: int
    events: int | None
    value: float | None
    low: float | None
    high: float | None
    reviewed: int | None
    target: float | None
    is_national: bool
    detectable: float | None
    flags: tuple[str, ...] = ()
    limit: str = ""
    inside: tuple[str, ...] = ()
    prostheses: tuple[str, ...] = ()
    counts_without: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """How complete what is known of the operations is; `missing` has a share per variable, by its code.

    `linkable` have a number that care elsewhere is found by. `empty_months` between the first and the last month with
    an operation have none. `nothing_happened` names indicators of no events, `not_reported` those of no data at all.
    """

    linkable: Share
    missing: tuple[tuple[str, Share], ...]
    empty_months: int
    last_month: str
    nothing_happened: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MixRow:
    """Operations in a group (`age_group`, `sex`, `diagnosis_group`): this provider's, and all that were purchased."""

    variable: str
    level: str
    mine: int
    purchased: int


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Observed against expected in a joint, with how good the model behind it is (`CaseMixModel`)."""

    joint: str
    operations: int
    observed: int
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None
    model_operations: int
    model_events: int
    discrimination: float | None
    calibration_p: float | None
    events_per_parameter: float | None
    unknown: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """Charts over time: days and operations between infections, and by joint the share per quarter and the CUSUM."""

    between: tuple[GChart, ...] = ()
    quarters: tuple[tuple[str, RunChart], ...] = ()
    cusums: tuple[tuple[str, Cusum], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """A unit's or provider's printed figure; `fits` tells whether any whole number of events over n gives it.

    `events` are those numbers as text, `fault` says why there are none; `ours` is what our own data give for the same.
    """

    unit: str
    n: int | None
    printed: str
    fits: bool | None
    events: str
    fault: str
    ours: Share | None = None


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Printed figures of one indicator, joint and country, with the nation's where it is printed."""

    country: str
    joint: str
    indicator: str
    period: str
    source: str
    columns: tuple[PublishedColumn, ...]
    national: str = ""


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """What was agreed on; `how` is how it went, the first first, each with its day; late as of `Actions.as_of`."""

    said_on: str
    text: str
    responsible: str
    due_on: str
    done_on: str
    is_late: bool
    how: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions and the provider's comments, the latest first; `as_of` is "" unless an open action has a last day."""

    agreed: tuple[AgreedAction, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """An indicator's recipe: what tells it apart, and all of it as labels and texts."""

    indicator_id: str
    version: str
    name: str
    counted: str
    source: str
    verified: bool
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a provider stands in what a reader can do something about; amounts in öre.

    `to_claim` is what can still be claimed of `unclaimed` events whose last day lies at most `TO_COME` days ahead;
    `passed_amount` is what nobody claimed of `passed` events before their last day.
    """

    name: str
    events: int
    reviewed: int
    missing_costs: int
    unclaimed: int = 0
    to_claim: int = 0
    first_deadline: str = ""
    passed: int = 0
    passed_amount: int = 0


@dataclass(frozen=True, slots=True)
class ProviderChapters:
    """The chapters of a provider's report; each is empty where there is nothing to tell."""

    indicators: tuple[IndicatorFigure, ...] = ()
    delivered: Delivered | None = None
    mix: tuple[MixRow, ...] = ()
    adjusted: tuple[Adjusted, ...] = ()
    over_time: OverTime = OverTime()
    published: tuple[PublishedTable, ...] = ()
    flow: CaseFlow | None = None
    actions: Actions = Actions()
    recipes: tuple[Recipe, ...] = ()
    standing: Standing | None = None


NO_PROVIDER_CHAPTERS: Final = ProviderChapters()
TO_COME: Final = 90


@dataclass(frozen=True, slots=True)
class TotalChapters:
    """The chapters of the total report beside its accounts; `heat_shares` is what is behind the heat maps' cells."""

    standings: tuple[Standing, ...] = ()
    ratios: tuple[tuple[str, Caterpillar], ...] = ()
    adjusted: tuple[Adjusted, ...] = ()
    heat_maps: tuple[HeatMap, ...] = ()
    heat_shares: tuple[tuple[str, Share], ...] = ()
    recipes: tuple[Recipe, ...] = ()


NO_TOTAL_CHAPTERS: Final = TotalChapters()
