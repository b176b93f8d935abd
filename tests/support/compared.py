"""Providers to compare, made of as many operations and events as a test says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kvalitetsapp.analysis import provider_comparison, typed_figures
from kvalitetsapp.analysis.provider_comparison import Material
from kvalitetsapp.analysis.report_frames import ReportFrames
from kvalitetsapp.analysis.waiting_times import WAITING
from kvalitetsapp.domain.indicator import Counted, Indicator
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.typed_figures import Figure
from support.made_frames import (
    OPERATED,
    PROVIDERS,
    benchmark,
    benchmarks,
    episodes,
    link,
    links,
    operation,
    operations,
)
from support.made_frames import persons as made_persons
from support.made_indicators import empty, made, recipe, rows_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.provider_comparison import ProviderComparison

AS_OF = OPERATED + timedelta(days=800)
REOPERATION = replace(
    recipe(Counted.LINKED, levels=("revision", "reoperation"), last=730, benchmark="reoperation_2y"),
    indicator_id=USUAL_INDICATOR,
    name="Reoperation inom två år",
)


def figure(**told: Any) -> Figure:  # noqa: ANN401
    """Return a published figure: a share of hips at P01 by the Swedish definition, but for what is told."""
    usual: dict[str, Any] = {"country": "SE", "level": "provider", "unit": "Ett", "joint": "hip", "n": None}
    usual |= {"indicator": USUAL_INDICATOR, "period": "2099", "printed": Decimal("2.0"), "unit_of_value": "percent"}
    return Figure(**(usual | {"source": "påhittad"} | told))


def material(
    counts: Mapping[str, tuple[int, int]],
    *,
    national: float | None = 2.0,
    waiting: Sequence[dict[str, Any]] = (),
    published: Sequence[Figure] = (),
    as_of: date = AS_OF,
) -> Material:
    """Return so many operations of each provider with so many of them revised, against a national figure in per cent.

    Every other patient is a woman, so that there is a case mix, though it explains nothing.
    """
    rows: list[dict[str, object]] = []
    events: list[dict[str, object]] = []
    for provider_id, (n, revised) in counts.items():
        events += [link(len(rows) + place, 30) for place in range(revised)]
        rows += [operation(provider_id=provider_id) for _ in range(n)]
    done = operations(*rows)
    linked = links(done, *events)
    told = benchmarks(*([] if national is None else [benchmark(value=national)]))
    people = made_persons(*({"sex": ("female", "male")[place % 2]} for place in range(len(rows))))
    details = done[["operation"]].assign(price=[6_000_000 + place for place in range(len(done))], unit="")
    details = details.astype({"price": "Int64"})
    cared = episodes(*events)
    return Material(
        ReportFrames(done, linked, cared, people, PROVIDERS, told, [], details, as_of),
        made(done, linked, cared, persons=people, benchmarks=told, as_of=as_of),
        rows_as(WAITING, waiting) if waiting else empty(WAITING),
        typed_figures.check(list(published), as_of),
    )


def compared(
    counts: Mapping[str, tuple[int, int]],
    indicator: Indicator = REOPERATION,
    **more: Any,  # noqa: ANN401
) -> ProviderComparison:
    """Return the hips of some providers beside each other."""
    return provider_comparison.compare(material(counts, **more), indicator, "hip")
