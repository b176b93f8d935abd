"""Pictures over many indicators at once, and of where cases and money go: for a scope, put together for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import indicator_source, indicators, outcome_frames
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.outcome_charts import Asked
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.domain.chart_data import CaseFlow, Compass, CostStrip, HeatMap, Profile
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

OVERVIEW: Final = (
    "reoperation_2y",
    "revision_2y",
    "adverse_events_90d",
    "infection_coded_2y",
    "dislocation_2y",
    "readmission_30d",
    "death_90d",
    "length_of_stay_mean",
    "day_surgery",
    "satisfaction_1y",
)
"""The indicators that a picture of everything begins with, as far as there is anything to tell of them."""
_COMPASS: Final = "compass_2016.csv"


@needs(Right.READ_FIGURES)
def provider_by_indicator(
    workspace: Workspace, scope: OutcomeScope, progress: Progress, ids: Sequence[str] = OVERVIEW
) -> HeatMap | None:
    """Return how far each provider lies from all of them together, indicator by indicator; None without any.

    Raises:
        InputError: one of the indicators does not exist.
        CancelledError: it was asked to stop.
    """
    asked = _asked(workspace, scope, ids)
    if not asked:
        return None
    from kvalitetsapp.analysis.charts import heat_map

    found = ((each.indicator, each.rows(everyone=True)) for each in _stepping(asked, progress))
    parts = [(indicator, rows) for indicator, rows in found if len(rows)]
    return heat_map.provider_by_indicator(_("Vårdgivare mot alla tillsammans"), parts, asked[0].names())


@needs(Right.READ_FIGURES)
def profile(
    workspace: Workspace, scope: OutcomeScope, progress: Progress, ids: Sequence[str] = OVERVIEW
) -> Profile | None:
    """Return how far women and men of a scope lie from the nation, indicator by indicator; None without any.

    Raises:
        InputError: one of the indicators does not exist.
        CancelledError: it was asked to stop.
    """
    asked = _asked(workspace, scope, ids)
    if not asked:
        return None
    from kvalitetsapp.analysis.charts import profile as analysis

    entries = [each.profile_entry() for each in _stepping(asked, progress)]
    return analysis.profile(_("Kvinnor och män"), [entry for entry in entries if len(entry.rows)])


@needs(Right.READ_FIGURES)
def case_flow(workspace: Workspace, scope: OutcomeScope) -> CaseFlow | None:
    """Return the way of cases and kronor from purchase to payment, None where nothing is stored."""
    source = outcome_frames.report_frames(workspace, scope)
    if source is None:
        return None
    from kvalitetsapp.analysis import report_money, report_volume
    from kvalitetsapp.analysis.charts import money

    recovery = report_money.total(source.confirmed_claims, source.claims_account)
    return money.case_flow(_("Från köpt operation till betalt krav"), report_volume.flow(source, recovery), recovery)


@needs(Right.READ_FIGURES)
def cost_strip(workspace: Workspace, scope: OutcomeScope) -> CostStrip | None:
    """Return what every case cost, None where nothing is stored."""
    source = outcome_frames.report_frames(workspace, scope)
    if source is None:
        return None
    from kvalitetsapp.analysis import report_money
    from kvalitetsapp.analysis.charts import money

    return money.cost_strip(_("Vad varje ärende har kostat"), report_money.strip(source))


def compass_units() -> tuple[str, ...]:
    """Return the units that the register's value compass of 2016 has figures of."""
    from kvalitetsapp.analysis.charts.compass import NATION

    return tuple(unit for unit in _compass_figures() if unit != NATION)


def compass(unit: str) -> Compass:
    """Return the value compass of a unit in 2016, without axes where the register has no figures of it."""
    from kvalitetsapp.analysis.charts import compass as analysis

    return analysis.compass(_compass_figures(), unit)


def _compass_figures() -> dict[str, dict[str, float | None]]:
    from kvalitetsapp.exchange.compass_figures import read_compass

    return read_compass(settings.resources_dir() / "benchmarks" / _COMPASS)


def _asked(workspace: Workspace, scope: OutcomeScope, ids: Sequence[str]) -> list[Asked]:
    """Return what pictures are made of, indicator by indicator; nothing where nothing is stored."""
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None:
        return []
    return [Asked(workspace, indicators.one(workspace, each), source, scope) for each in ids]


def _stepping(asked: Sequence[Asked], progress: Progress) -> Iterator[Asked]:
    """Give what is asked for one by one, telling how far it has come."""
    for place, each in enumerate(asked):
        progress.step(place, len(asked), _("indikatorer"))
        yield each
