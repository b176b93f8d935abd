"""Which plot draws which chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
from kvalitetsapp.gui.plots.caterpillar_plot import CaterpillarPlot
from kvalitetsapp.gui.plots.compass_plot import CompassPlot
from kvalitetsapp.gui.plots.cusum_plot import CusumPlot
from kvalitetsapp.gui.plots.days_plot import DaysPlot
from kvalitetsapp.gui.plots.flow_plot import FlowPlot
from kvalitetsapp.gui.plots.forest_plot import ForestPlot
from kvalitetsapp.gui.plots.funnel_plot import FunnelPlot
from kvalitetsapp.gui.plots.g_plot import GPlot
from kvalitetsapp.gui.plots.heat_plot import HeatPlot
from kvalitetsapp.gui.plots.month_plot import MonthPlot
from kvalitetsapp.gui.plots.profile_plot import ProfilePlot
from kvalitetsapp.gui.plots.queue_plot import QueuePlot
from kvalitetsapp.gui.plots.run_plot import RunPlot
from kvalitetsapp.gui.plots.strip_plot import StripPlot
from kvalitetsapp.gui.plots.survival_plot import SurvivalPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.gui.plots.chart_plot import ChartPlot

_PLOTS: Final[dict[type, Callable[[], ChartPlot]]] = {
    charts.Funnel: FunnelPlot,
    charts.Survival: SurvivalPlot,
    charts.Caterpillar: CaterpillarPlot,
    charts.GChart: GPlot,
    charts.RunChart: RunPlot,
    charts.Cusum: CusumPlot,
    charts.HeatMap: HeatPlot,
    charts.Profile: ProfilePlot,
    charts.Compass: CompassPlot,
    charts.CaseFlow: FlowPlot,
    charts.CostStrip: StripPlot,
    MonthSeries: MonthPlot,
    DaysHistogram: DaysPlot,
    QueueBars: QueuePlot,
}


def plot_for(chart: Chart) -> ChartPlot:
    """Return a new plot that draws charts of the kind of `chart`."""
    if isinstance(chart, charts.Forest):
        return ForestPlot(chart)
    if isinstance(chart, charts.Caterpillar):
        return CaterpillarPlot(ratios=chart.ratio)
    return _PLOTS[type(chart)]()
