"""Typed-in figures and what a check of them says: what was tried, and which whole numbers they can come from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Value

_SPACES: Final = re.compile(r"\s")


class FigureRule(StrEnum):
    """What is tried on a figure."""

    VALUE = "value"
    EVENTS = "events"
    SHARE = "share"
    SUM = "sum"
    FOLLOW_UP = "follow_up"
    TWICE = "twice"


class FigureVerdict(StrEnum):
    """What came of it, the heaviest first."""

    REMARK = "remark"
    NO_REMARK = "no_remark"
    UNCHECKED = "unchecked"


class Indicator(StrEnum):
    """What published figures that come along are about; other words are shown as they are."""

    OPERATIONS = "operations"
    OPERATIONS_INCL_REOPERATIONS = "operations_incl_reoperations"
    SHARE_OF_NATIONAL_OPERATIONS = "share_of_national_operations"
    REOPERATION_30D = "reoperation_30d"
    REOPERATION_90D = "reoperation_90d"
    REOPERATION_2Y = "reoperation_2y"
    NOT_REVISED_2Y = "not_revised_2y"
    SATISFACTION_1Y = "satisfaction_1y"
    PATIENT_SATISFACTION = "patient_satisfaction"
    HOOS12_QOL_GAIN_1Y = "hoos12_qol_gain_1y"
    KOOS12_QOL_GAIN_1Y = "koos12_qol_gain_1y"
    EWL50 = "ewl50"


class UnitOfValue(StrEnum):
    """What a published figure is counted in."""

    PERCENT = "percent"
    COUNT = "count"
    POINTS = "points"


class Rounding(StrEnum):
    """How a share must have been rounded to come from a whole number of events; the first that does."""

    NEAREST = "nearest"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    HALF_DOWN = "half_down"
    TRUNCATED = "truncated"
    RAISED = "raised"
    NONE = "none"


ORDINARY: Final = frozenset({Rounding.NEAREST, Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.HALF_DOWN})


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage in a sentence."""

    value: Decimal


Part = str | int | Decimal | date | Share


@dataclass(frozen=True, slots=True)
class Counts:
    """The whole numbers from `low` to `high`, both of them too."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Near:
    """A whole number of events and the share it gives, with the decimals of the printed one."""

    events: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class PossibleCounts:
    """Which whole numbers of events over n give a printed share, and the nearest ones where none does.

    `counts` are those that ordinary rounding takes to the share, else those that the stated `rounding` does.
    `truncated` and `raised` are looked for only where ordinary rounding has none.
    """

    rounding: Rounding
    counts: Counts | None = None
    truncated: Counts | None = None
    raised: Counts | None = None
    below: Near | None = None
    above: Near | None = None

    @property
    def is_possible(self) -> bool:
        """Tell whether ordinary rounding, halves either way, can have given the share."""
        return self.rounding in ORDINARY


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a table of figures; `printed` is the value with its decimals, None where none can be read.

    `row` is the row of the file and `fault` says why a row cannot be read.
    """

    country: str
    level: str
    unit: str
    joint: str
    indicator: str
    period: str
    printed: Decimal | None
    unit_of_value: str
    n: int | None
    source: str
    note: str = ""
    row: int | None = None
    fault: str = ""

    @property
    def decimals(self) -> int:
        """Return how many decimals the value was printed with."""
        return 0 if self.printed is None else decimals_of(self.printed)


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """What one rule says of a figure: a sentence by name and its parts (`figure_words.sentence`)."""

    rule: FigureRule
    verdict: FigureVerdict
    sentence: str
    parts: dict[str, Part] = field(default_factory=dict)
    possible: PossibleCounts | None = None


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure with everything that was tried on it."""

    figure: Figure
    findings: tuple[FigureFinding, ...]

    @property
    def verdict(self) -> FigureVerdict:
        """Return the heaviest: a remark, else nothing to remark on, else that nothing could be tried."""
        found = {each.verdict for each in self.findings}
        return next((each for each in FigureVerdict if each in found), FigureVerdict.UNCHECKED)

    @property
    def remarks(self) -> tuple[FigureRule, ...]:
        """Return the rules that have a remark."""
        return tuple(each.rule for each in self.findings if each.verdict is FigureVerdict.REMARK)

    @property
    def possible(self) -> PossibleCounts | None:
        """Return the whole numbers of events, where the figure is a share that could be tried."""
        return next((each.possible for each in self.findings if each.possible is not None), None)


@dataclass(frozen=True, slots=True)
class FigureTally:
    """How many figures there are, by verdict, and how a rule came out."""

    figures: int
    remarks: int
    no_remark: int
    unchecked: int
    shares: int
    impossible: int


def tally(checked: Sequence[CheckedFigure]) -> FigureTally:
    """Return how many figures have a remark, and how many of the shares with n no whole number of events gives."""
    verdicts = [each.verdict for each in checked]
    possible = [each.possible for each in checked if each.possible is not None]
    return FigureTally(
        figures=len(checked),
        remarks=verdicts.count(FigureVerdict.REMARK),
        no_remark=verdicts.count(FigureVerdict.NO_REMARK),
        unchecked=verdicts.count(FigureVerdict.UNCHECKED),
        shares=len(possible),
        impossible=sum(not each.is_possible for each in possible),
    )


def decimals_of(printed: Decimal) -> int:
    """Return how many decimals a number has."""
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def printed_number(delivered: str | None, value: float | None) -> Decimal | None:
    """Return a value with the decimals of its text as delivered, else with as few as tell it apart from all others."""
    if value is None:
        return None
    shortest = Decimal(repr(value))
    written = _number(delivered or "")
    if written is not None and float(written) == value:
        return written
    return shortest.to_integral_value().quantize(Decimal(1)) if shortest == shortest.to_integral_value() else shortest


def _number(delivered: str) -> Decimal | None:
    text = _SPACES.sub("", delivered).replace(",", ".").replace("\u2212", "-")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


_ROW: Final = Column("row", Kind.INTEGER, N_("Rad"))
FIGURE_CHECKS: Final[tuple[Column, ...]] = (
    Column("country", Kind.TEXT, N_("Land")),
    Column("level", Kind.TEXT, N_("Nivå")),
    Column("unit", Kind.TEXT, N_("Enhet")),
    Column("joint", Kind.CODE, N_("Led"), "procedure_area"),
    Column("indicator", Kind.CODE, N_("Mått"), "indicator"),
    Column("period", Kind.TEXT, N_("Period")),
    Column("value", Kind.DECIMAL, N_("Värde")),
    Column("unit_of_value", Kind.CODE, N_("Värdets enhet"), "unit_of_value"),
    Column("n", Kind.INTEGER, N_("Antal")),
    Column("verdict", Kind.CODE, N_("Utfall"), "figure_verdict"),
    Column("remarks", Kind.TEXT, N_("Anmärkning mot")),
    Column("explanation", Kind.TEXT, N_("Förklaring")),
    Column("rounding", Kind.CODE, N_("Avrundning"), "figure_rounding"),
    Column("events_low", Kind.INTEGER, N_("Händelser från")),
    Column("events_high", Kind.INTEGER, N_("Händelser till")),
    Column("below", Kind.INTEGER, N_("Närmast under")),
    Column("below_value", Kind.DECIMAL, N_("ger (under)")),
    Column("above", Kind.INTEGER, N_("Närmast över")),
    Column("above_value", Kind.DECIMAL, N_("ger (över)")),
    Column("source", Kind.TEXT, N_("Källa")),
    Column("note", Kind.TEXT, N_("Anteckning")),
)
FIGURE_CHECKS_OF_FILE: Final = (_ROW, *FIGURE_CHECKS)


def figure_table(checked: Sequence[CheckedFigure], explanations: Sequence[str], *, of_file: bool) -> Table:
    """Return the figures in their own order with what came of the check; `of_file` adds their rows."""
    rows = [_cells(each, explanation) for each, explanation in zip(checked, explanations, strict=True)]
    if not of_file:
        return Table(FIGURE_CHECKS, rows)
    return Table(FIGURE_CHECKS_OF_FILE, [(each.figure.row, *row) for each, row in zip(checked, rows, strict=True)])


def _cells(checked: CheckedFigure, explanation: str) -> tuple[Value, ...]:
    one = checked.figure
    return (
        *(one.country, one.level, one.unit, one.joint, one.indicator, one.period),
        "" if one.printed is None else f"{one.printed:f}",
        one.unit_of_value,
        one.n,
        checked.verdict.value,
        " ".join(checked.remarks),
        explanation,
        *_possible_cells(checked.possible),
        one.source,
        one.note,
    )


def _possible_cells(possible: PossibleCounts | None) -> tuple[Value, ...]:
    if possible is None:
        return ("", None, None, None, "", None, "")
    counts = (None, None) if possible.counts is None else (possible.counts.low, possible.counts.high)
    return (possible.rounding.value, *counts, *_near_cells(possible.below), *_near_cells(possible.above))


def _near_cells(near: Near | None) -> tuple[Value, ...]:
    return (None, "") if near is None else (near.events, f"{near.value:f}")
