"""The data of the chapters from hand-written episodes, also where there is little or odd to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from kvalitetsapp import settings
from kvalitetsapp.analysis import (
    own_figures,
    report_case_mix,
    report_indicators,
    report_standings,
    report_time,
    typed_figures,
)
from kvalitetsapp.analysis.report_background import ReportBackground
from kvalitetsapp.analysis.report_frames import ReportFrames
from kvalitetsapp.domain.typed_figures import Figure
from kvalitetsapp.exchange.indicator_files import read_indicators
from support.made_indicators import of_county
from support.tiny_county import DAY_0, TinyCounty

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_chapters import IndicatorFigure

INDICATORS = read_indicators(settings.resources_dir() / "indicators" / "outcomes.toml", family="outcomes").indicators
AS_OF = date(2024, 6, 30)
LAST = DAY_0 + timedelta(30 * 29)
"""When the last of the thirty is operated on."""


def county(events: dict[int, int], *, last: int = 30, provider: str = "P01") -> TinyCounty:
    """Return thirty hips, one a month; `events` are infections with a revision by operation and days after it."""
    made = TinyCounty()
    for number in range(last):
        made.episode(f"op{number}", 30 * number, "NFB49 ZXA00", person=number, provider=provider)
    for number, days in events.items():
        made.episode(f"ev{number}", 30 * number + days, "NFC99 ZXA00", "T845", person=number, provider="OSD")
    return made


def frames_of(made: TinyCounty, as_of: date = AS_OF, **more: Any) -> ReportFrames:  # noqa: ANN401
    source = of_county(made, as_of=as_of, **more)
    details = pd.DataFrame({"operation": source.index_operations["operation"], "unit": ""})
    details["price"] = pd.array([None] * len(details), dtype="Int64")
    background = ReportBackground(source, INDICATORS, unlinkable=frozenset({3}))
    return ReportFrames(
        source.index_operations,
        source.links,
        source.episodes,
        source.persons,
        source.providers,
        source.benchmarks,
        (),
        details,
        as_of,
        "P01",
        background=background,
    )


def background(source: ReportFrames) -> ReportBackground:
    assert source.background is not None
    return source.background


def by_id(found: tuple[IndicatorFigure, ...]) -> dict[str, IndicatorFigure]:
    return {one.indicator_id: one for one in found}


def test_every_indicator_with_data_is_there_and_the_others_are_named() -> None:
    known = background(frames_of(county({1: 20, 5: 400})))
    found = by_id(report_indicators.of_provider(known, "P01"))
    assert (found["reoperation_2y"].events, found["reoperation_2y"].n, found["reoperation_2y"].joint) == (2, 30, "hip")
    assert found["revision_30d"].events == 1
    assert "satisfaction_1y" not in found
    assert "Nöjda efter ett år" in report_indicators.without_data(known, "P01")
    assert set(found["revision_30d"].inside) >= {"revision_2y", "reoperation_2y"}


def test_without_followed_operations_nothing_is_told_of_them() -> None:
    source = frames_of(county({}), as_of=date(2020, 1, 1))
    known = background(source)
    assert "reoperation_2y" not in by_id(report_indicators.of_provider(known, "P01"))
    charts = report_time.charts(known, "P01")
    assert (charts.quarters, charts.cusums, charts.between) == ((), (), ())
    assert report_standings.chapters(source.of_provider(""), known).heat_maps == ()


def test_a_single_provider_is_told_of_though_it_is_compared_with_itself() -> None:
    source = frames_of(county({1: 20, 5: 400}))
    known = background(source)
    found = report_standings.chapters(source.of_provider(""), known)
    assert [one.name for one in found.standings] == ["Ett"]
    assert dict(found.heat_shares)["P01/reoperation_2y"].events == 2
    assert report_case_mix.adjusted(known.case_mix(INDICATORS[2]), "P01")[0].observed == 2


def test_events_that_all_fall_on_one_day_are_told_as_such() -> None:
    same = {number: 900 - 30 * number for number in range(6, 16)}
    between, operations = report_time.charts(background(frames_of(county(same))), "P01").between
    assert [point.between for point in between.points][1:] == [0] * 9
    assert len(operations.points) == 10


def test_days_since_the_last_infection_are_told_also_by_operations_not_yet_followed() -> None:
    made = county({1: 20, 2: 740, 29: 20})  # the second comes too late, the third two years too early to be followed
    days, operations = report_time.charts(background(frames_of(made, as_of=LAST + timedelta(40))), "P01").between
    assert [point.between for point in days.points] == [30 + 20, 28 * 30]
    assert (days.since_last, len(operations.points)) == (20, 1)


def test_an_event_after_death_does_not_stop_the_report() -> None:
    persons = {"person": [1], "sex": ["female"], "birth_date": ["1940-01-01"], "death_date": ["2020-02-05"]}
    frame = pd.DataFrame(persons | {"moved_out": [None]}).astype({"person": "int64"})
    for name in ("birth_date", "death_date", "moved_out"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    known = background(frames_of(county({1: 60}), persons=frame))
    found = by_id(report_indicators.of_provider(known, "P01"))
    assert found["reoperation_2y"].n == 30
    assert found["death_90d"].events == 1


def test_what_is_missing_and_who_cannot_be_found_elsewhere_is_counted() -> None:
    source = frames_of(county({}))
    told = report_case_mix.delivered(source, background(source).unlinkable, (), ())
    assert (told.linkable.events, told.linkable.n) == (29, 30)
    assert dict(told.missing)["price"].events == 30
    assert dict(told.missing)["side"].events == 0
    assert {(row.variable, row.mine) for row in report_case_mix.mix(source)} >= {("diagnosis_group", 30)}


def printed(unit: str, level: str, value: str, n: int | None, country: str = "SE") -> Figure:
    told = (country, level, unit, "hip", "reoperation_2y", "2022", Decimal(value), "percent", n, "Årsrapport")
    return Figure(*told)


@pytest.mark.parametrize(("value", "n", "fits"), [("1.3", 393, True), ("0.5", 336, False), ("1", None, None)])
def test_a_published_figure_is_tried_and_stands_beside_ours(value: str, n: int | None, fits: bool | None) -> None:
    source = frames_of(county({1: 20, 5: 400}))
    checked = typed_figures.check(
        [
            printed("Ett", "provider", value, n),
            printed("", "national", "2.1", None),
            printed("Två", "provider", "1", 9),
        ],
        AS_OF,
    )
    known = ReportBackground(background(source).source, INDICATORS, checked)
    (table,) = own_figures.of_provider(known, "P01", "Ett")
    (column,) = table.columns
    assert (column.unit, column.fits, table.national.replace("\u00a0", " ")) == (
        "Ett",
        fits,
        "2.1 %".replace(".", ","),
    )
    assert column.ours is not None
    assert (column.ours.events, column.ours.n) == (2, 30)


def test_ours_of_a_unit_spelt_in_two_ways_is_that_of_both() -> None:
    source = frames_of(county({1: 20, 5: 400}))
    known = background(source).source
    spelt = ["Enhet A" if number % 2 else "enhet  a" for number in range(len(known.index_operations))]
    units = known.index_operations[["operation"]].assign(unit=pd.Categorical(spelt))
    checked = typed_figures.check([printed("Enhet A", "unit", "1.3", 393), printed("Ett", "provider", "1", 9)], AS_OF)
    (table,) = own_figures.of_provider(
        ReportBackground(replace(known, units=units), INDICATORS, checked), "P01", "Ett"
    )
    assert [(one.ours.events, one.ours.n) for one in table.columns if one.ours is not None] == [(2, 30)] * 2


def test_units_of_a_source_that_names_no_other_provider_belong_to_it_in_each_country() -> None:
    figures = [
        printed("Ett", "provider", "4", 500, "DK"),
        printed("Aarhus", "unit", "2.9", 373, "DK"),
        printed("Nacka", "unit", "1.3", 393),
    ]
    known = ReportBackground(background(frames_of(county({}))).source, INDICATORS, typed_figures.check(figures, AS_OF))
    tables = own_figures.of_provider(known, "P01", "Ett")
    assert [(one.country, [column.unit for column in one.columns]) for one in tables] == [("DK", ["Ett", "Aarhus"])]
    assert own_figures.of_provider(known, "P02", "Två") == ()
