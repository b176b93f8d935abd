"""Recipes and what they are worked out from, said in as few words as a test needs."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from kvalitetsapp.analysis import frames
from kvalitetsapp.analysis.indicators.figures import summary
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.analysis.indicators.source import IndicatorSource
from kvalitetsapp.domain.indicator import Cohort, Count, Counted, Direction, Indicator, Measure, Window
from kvalitetsapp.exchange.adverse_events import read_adverse_events
from support.code_tables import CODES, code_tables
from support.made_frames import PROVIDERS, benchmarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.adverse_event import AdverseEvent
    from support.tiny_county import TinyCounty

AS_OF = date(2024, 6, 30)
LEVELS = ("provider", "unit", "joint", "prosthesis", "year", "sex", "age_group", "payer_route")
UNITS = {"operation": "int", "unit": "category"}
ANSWERS = {
    "person": "int",
    "joint": "category",
    "side": "category",
    "instrument": "category",
    "item": "category",
    "occasion": "category",
    "answered_on": "date",
    "value": "float",
}
REGISTER = {"person": "int", "joint": "category", "side": "category", "operated_on": "date"}


def recipe(kind: Counted, *, measure: Measure = Measure.SHARE, **parts: Any) -> Indicator:  # noqa: ANN401
    """Return an indicator of a kind; parts of its cohort and window go where they belong, the rest is counted."""
    told: dict[str, Any] = {"cohort": parts.pop("cohort", Cohort()), "benchmark": parts.pop("benchmark", "")}
    names = ("first", "last", "anchor")
    window = Window(**{name: parts.pop(name) for name in names if name in parts})
    return Indicator(
        indicator_id="prov",
        version="1",
        name="Prov",
        purpose="",
        numerator="",
        denominator="",
        exclusions="",
        source="",
        measure=measure,
        count=Count(kind, **parts),
        direction=Direction.LOW,
        level=LEVELS,
        window=window,
        **told,
    )


@cache
def instrument() -> tuple[AdverseEvent, ...]:
    """Return the registers' instrument for adverse events."""
    return read_adverse_events(CODES / "adverse_events.csv")


@cache
def prostheses() -> dict[str, str]:
    """Return the kinds of prosthesis of the table that comes along."""
    path = CODES.parent / "indicators" / "prosthesis_types.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["prosthesis"] for row in csv.DictReader(file, delimiter=";")}


def made(
    index_operations: pd.DataFrame,
    links: pd.DataFrame | None = None,
    episodes: pd.DataFrame | None = None,
    **more: Any,  # noqa: ANN401
) -> IndicatorSource:
    """Return a source of some frames; those that are not told are empty."""
    told: dict[str, Any] = {
        "details": empty(frames.PROCEDURE_DETAILS),
        "persons": empty(frames.PERSONS),
        "providers": PROVIDERS,
        "benchmarks": benchmarks(),
        "units": empty(UNITS),
        "answers": empty(ANSWERS),
        "register": empty(REGISTER),
        "as_of": AS_OF,
        "tables": code_tables(),
        "adverse_events": instrument(),
        "prostheses": prostheses(),
    }
    return IndicatorSource(
        index_operations=index_operations,
        links=empty(frames.LINKS) if links is None else links,
        episodes=empty(frames.EPISODES) if episodes is None else episodes,
        **(told | more),
    )


def of_county(county: TinyCounty, **more: Any) -> IndicatorSource:  # noqa: ANN401
    """Return a source of a tiny county, linked; an episode is inpatient unless told."""
    run = county.run()
    rows = [row | {"care_form": row["care_form"] or "inpatient"} for row in county.episodes]
    return made(
        run.index_operations,
        run.links,
        rows_as(frames.EPISODES, rows),
        **({"details": rows_as(frames.PROCEDURE_DETAILS, county.details)} | more),
    )


def rows_as(shape: dict[str, str], rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a frame of a shape, "" for what a row does not tell."""
    told = list(rows)
    return frames.frame(shape, {name: [row.get(name, "") for row in told] for name in shape})


def empty(shape: dict[str, str]) -> pd.DataFrame:
    """Return a frame of a shape without rows."""
    return frames.frame(shape, {name: [] for name in shape})


def figure(indicator: Indicator, source: IndicatorSource) -> dict[str, Any]:
    """Return the figure of all operations together."""
    (row,) = summary(indicator, source, by=()).to_dict("records")
    return {str(name): value for name, value in row.items()}


def of_each(indicator: Indicator, source: IndicatorSource, column: str = "value") -> list[Any]:
    """Return a column of the members, None for nothing."""
    return [None if pd.isna(value) else value for value in members(indicator, source)[column].tolist()]


def rows_of(found: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return columns of a frame as rows, None for nothing."""
    told = found[list(names)].astype(object).itertuples(index=False)
    return [tuple(None if pd.isna(value) else value for value in row) for row in told]
