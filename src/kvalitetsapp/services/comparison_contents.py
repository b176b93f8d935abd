"""Gathers what the report that sets providers beside each other shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import kvalitetsapp
from kvalitetsapp.analysis import published, report_volume
from kvalitetsapp.domain.comparison_report import ComparisonReport
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.report_data import Benchmark, Head, Manifest
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.domain.words import word
from kvalitetsapp.services import indicators, provider_comparison, report_contents
from kvalitetsapp.store import benchmarks
from kvalitetsapp.texts import _, decimal

if TYPE_CHECKING:
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.services.report_making import Order
    from kvalitetsapp.services.workspace import Workspace


def comparison_report(workspace: Workspace, source: ReportFrames, order: Order) -> ComparisonReport:
    """Return everything in the report of the indicator that the order is about.

    Raises:
        InputError: there is no such indicator.
    """
    indicator = indicators.one(workspace, order.subject or USUAL_INDICATOR)
    found = ComparisonReport(
        head=_head(workspace, order, source),
        indicator=indicator.name,
        comparisons=provider_comparison.every_joint(workspace, source, indicator),
        benchmarks=national_figures(workspace, indicator),
        recipe=indicators.recipe(workspace, indicator.indicator_id),
        manifest=_manifest(workspace, order, indicator),
    )
    return sealed(found)


def _head(workspace: Workspace, order: Order, source: ReportFrames) -> Head:
    return Head(
        _("Alla vårdgivare utom egen regi"),
        *report_volume.period(source),
        data_cut=source.as_of.isoformat(),
        sample=workspace.is_sample,
        small_numbers=order.small_numbers,
        program_version=kvalitetsapp.__version__,
    )


def _manifest(workspace: Workspace, order: Order, indicator: Indicator) -> Manifest:
    named = _("{name} ({id}), version {version}").format(
        name=indicator.name, id=indicator.indicator_id, version=indicator.version
    )
    parameters = (
        (_("Omfattning"), _("alla vårdgivare utom egen regi")),
        (_("Mått"), named),
        (_("Synlig skillnad, sannolikhet"), decimal(0.8, 1)),
        (_("Små tal"), word("small_numbers", order.small_numbers)),
    )
    return Manifest(report_contents.imported_files(workspace), report_contents.definitions(workspace), parameters)


def national_figures(workspace: Workspace, indicator: Indicator) -> tuple[Benchmark, ...]:
    """Return Sweden's figures of the indicator with where they stand, of the latest period, by joint."""
    from kvalitetsapp.analysis import frames

    columns = benchmarks.columns(workspace.store)
    shape = frames.PUBLISHED | {"source": "str"}
    found = published.of_sweden(frames.frame(shape, columns), "national", indicator.benchmark)
    latest = found.sort_values(["joint", "period"], kind="stable").drop_duplicates("joint", keep="last")
    names = ("joint", "indicator", "value", "period", "source")
    rows: list[tuple[Any, ...]] = frames.rows(latest.assign(value=published.values(latest)), names)
    return tuple(Benchmark(*row) for row in rows)
