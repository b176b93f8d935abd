"""Providers beside each other, one joint at a time, to steer purchases by: what is known of each, and how surely.

Ordered by volume, never by a figure: differences in patients, in definitions and by chance are too many for a league
table. Rates are fractions, amounts integer öre; None stands for "cannot be told", never for zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import KEY_COLUMNS, Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from kvalitetsapp.domain.case_mix import CaseMixModel, Standardised
    from kvalitetsapp.domain.chart_data import Caterpillar, Funnel
    from kvalitetsapp.domain.report_costs import ExpectedCost
    from kvalitetsapp.domain.table import Row, Value

USUAL_INDICATOR: Final = "reoperation_2y"
TIMES: Final = (1.5, 2.0)
"""How many times worse than what it is compared with a provider is asked to be seen to be."""
THIN_MODEL: Final = 10.0
"""A model of the case mix with fewer events per parameter than this is told to be thin."""
TOO_THIN: Final = 5.0
"""With fewer than this nothing is drawn from it (Vittinghoff & McCulloch, Am. J. Epidemiol. 2007;165:710)."""


class Certainty(StrEnum):
    """What can be said of a figure against what it is compared with."""

    CERTAINLY_HIGHER = "certainly_higher"  # over the 99.8 % limit (R10)
    LIKELY_HIGHER = "likely_higher"  # over the 95 % limit; of a mean: its interval lies over
    NOT_TOLD_APART = "not_told_apart"  # within the limits, and twice as bad would probably have shown
    TOO_LITTLE = "too_little"  # within the limits, and not even twice as bad would probably have shown
    LIKELY_LOWER = "likely_lower"
    CERTAINLY_LOWER = "certainly_lower"
    NO_COMPARISON = "no_comparison"  # nobody publishes a figure, and there are no others here


class WaitingSource(StrEnum):
    """Where a waiting time comes from."""

    ENTRIES = "entries"  # the imported waiting lists
    PUBLISHED = "published"  # a figure that somebody has printed
    NONE = "none"  # missing, which is not 0


class Definition(StrEnum):
    """How a provider's own figure is defined, beside ours."""

    SAME = "same"  # the same indicator by the Swedish definition
    OTHER_NATIONAL = "other_national"  # another country's definition, or another indicator of the same thing
    UNKNOWN = "unknown"  # the provider's own, and nobody knows what it counts
    NONE = "none"  # it publishes nothing that we have


class OwnCheck(StrEnum):
    """Whether a published share can come from a whole number of events over its n."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    UNTRIED = "untried"  # it has no n, or is no share


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure that a provider, or somebody for it, has published; `printed` as it was printed."""

    unit: str
    country: str
    indicator: str
    period: str
    printed: str
    unit_of_value: str
    n: int | None
    definition: Definition
    check: OwnCheck
    source: str


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """The median wait in days, of how many waiting, and from which day or period."""

    days: int | None
    persons: int
    source: WaitingSource
    told: str = ""


@dataclass(frozen=True, slots=True)
class Prices:
    """What the region was charged for the operations whose price is known."""

    known: int
    median: int | None
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Needed:
    """From `operations` on a provider that is `times` as bad is seen with probability 0.8; that is `years` of its own.

    None where it is not within 100 000 operations, or the provider has not operated in the last three years.
    """

    times: float
    rate: float
    operations: int | None
    years: float | None


@dataclass(frozen=True, slots=True)
class ComparedProvider:
    """A provider: what came of its operations, how sure that is, what it costs and how long one waits.

    `followed` operations make up the figure; `events` is None for means and medians. `adjusted` is None where no model
    tells what its case mix would give. `flags` are words of `FigureFlag`, `recent` the operations of the last three
    years.
    """

    provider_id: str
    name: str
    operations: int
    followed: int
    events: int | None
    value: float | None
    low: float | None
    high: float | None
    flag: str
    certainty: Certainty
    detectable: float | None
    adjusted: Standardised | None
    prices: Prices
    cost: ExpectedCost | None
    waiting: WaitingTime
    published: tuple[OwnFigure, ...]
    reviewed: int | None
    flags: tuple[str, ...]
    needed: tuple[Needed, ...]
    recent: int

    @property
    def own_figure(self) -> OwnFigure | None:
        """Return the published figure that is nearest to ours: the first."""
        return self.published[0] if self.published else None

    @property
    def definition(self) -> Definition:
        """Return how its own figure is defined."""
        return self.published[0].definition if self.published else Definition.NONE


@dataclass(frozen=True, slots=True)
class ProviderComparison:
    """The purchased providers of a joint by volume, and what their figure is compared with.

    `target` is the nation's figure, or that of all providers here together where nobody publishes one; None where
    there is neither. `as_of` is "" where nothing is stored. `decimals` are those of means.
    """

    indicator_id: str
    version: str
    indicator: str
    joint: str
    as_of: str
    follow_up_days: int
    is_share: bool
    decimals: int
    target: float | None
    is_national: bool
    providers: tuple[ComparedProvider, ...]
    model: CaseMixModel | None = None
    caterpillar: Caterpillar | None = None
    adjusted: Caterpillar | None = None
    funnel: Funnel | None = None

    def provider(self, provider_id: str) -> ComparedProvider | None:
        """Return a provider by its id."""
        return next((one for one in self.providers if one.provider_id == provider_id), None)


def is_too_thin(model: CaseMixModel) -> bool:
    """Tell whether a model rests on too few events to draw anything from, or knows nothing of the patients."""
    return not model.converged or (model.events_per_parameter or 0.0) < TOO_THIN


COMPARISON: Final[tuple[Column, ...]] = (
    KEY_COLUMNS["provider_id"],
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("followed", Kind.INTEGER, N_("Uppföljda")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("value", Kind.RATE, N_("Värde")),
    Column("ci_low", Kind.RATE, N_("95\u00a0% från")),
    Column("ci_high", Kind.RATE, N_("95\u00a0% till")),
    Column("target", Kind.RATE, N_("Jämförelse")),
    Column("certainty", Kind.CODE, N_("Säkerhet"), "certainty"),
    Column("ratio", Kind.DECIMAL, N_("Obs/väntat")),
    Column("ratio_low", Kind.DECIMAL, N_("Kvot från")),
    Column("ratio_high", Kind.DECIMAL, N_("Kvot till")),
    Column("price", Kind.MONEY, N_("Pris, median")),
    Column("price_low", Kind.MONEY, N_("Lägsta pris")),
    Column("price_high", Kind.MONEY, N_("Högsta pris")),
    Column("expected_cost", Kind.MONEY, N_("Väntad kostnad")),
    Column("expected_low", Kind.MONEY, N_("Kostnad från")),
    Column("expected_high", Kind.MONEY, N_("Kostnad till")),
    Column("waiting_days", Kind.INTEGER, N_("Väntan (dagar)")),
    Column("waiting_source", Kind.CODE, N_("Väntan enligt"), "waiting_source"),
    Column("own_value", Kind.DECIMAL, N_("Egen siffra")),
    Column("own_country", Kind.TEXT, N_("Siffrans land")),
    Column("definition", Kind.CODE, N_("Definition"), "definition"),
    Column("own_check", Kind.CODE, N_("Siffran mot antalet"), "own_check"),
    Column("reviewed", Kind.INTEGER, N_("Granskade")),
    Column("detectable", Kind.RATE, N_("Kan upptäckas från")),
    Column("needed_half", Kind.INTEGER, N_("Krävs för 1,5 gånger")),
    Column("years_half", Kind.DECIMAL, N_("År (1,5 gånger)")),
    Column("needed_double", Kind.INTEGER, N_("Krävs för 2 gånger")),
    Column("years_double", Kind.DECIMAL, N_("År (2 gånger)")),
    Column("flags", Kind.TEXT, N_("Att tänka på")),
)
"""A provider a row, by volume. Figures of means and medians are plain numbers, then of the kind DECIMAL."""

_FIGURES: Final = frozenset({"value", "ci_low", "ci_high", "target", "detectable"})


def comparison_table(found: ProviderComparison) -> Table:
    """Return the providers as rows of `COMPARISON`, in their order: by volume."""
    rows = [_row(one, found) for one in found.providers]
    if found.is_share:
        return Table(COMPARISON, rows)
    plain = tuple(replace(one, kind=Kind.DECIMAL) if one.name in _FIGURES else one for one in COMPARISON)
    return Table(plain, [_plain_figures(row, found.decimals) for row in rows])


def _row(one: ComparedProvider, found: ProviderComparison) -> Row:
    ratio = one.adjusted
    own = one.own_figure
    return (
        *(one.provider_id, one.operations, one.followed, one.events, one.value, one.low, one.high, found.target),
        one.certainty.value,
        *(_decimal(value, 2) for value in _ratios(ratio)),
        *(one.prices.median, one.prices.lowest, one.prices.highest),
        *((None, None, None) if one.cost is None else (one.cost.expected, one.cost.low, one.cost.high)),
        *(one.waiting.days, one.waiting.source.value),
        *(("", "") if own is None else (own.printed, own.country)),
        one.definition.value,
        "" if own is None else own.check.value,
        *(one.reviewed, one.detectable),
        *_needed_cells(one),
        " ".join(one.flags),
    )


def _needed_cells(one: ComparedProvider) -> list[Value]:
    by_times = {each.times: each for each in one.needed}
    cells: list[Value] = []
    for times in TIMES:
        each = by_times.get(times)
        cells += (None, "") if each is None else (each.operations, _decimal(each.years, 1))
    return cells


def _ratios(one: Standardised | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if one is None else (one.ratio, one.ratio_low, one.ratio_high)


def _decimal(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _plain_figures(row: Row, digits: int) -> Row:
    return tuple(
        _decimal(value if isinstance(value, (int, float)) else None, digits) if column.name in _FIGURES else value
        for column, value in zip(COMPARISON, row, strict=True)
    )
