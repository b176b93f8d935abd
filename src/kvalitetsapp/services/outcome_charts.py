"""Pictures of outcomes: what the analysis gives for an indicator and a scope, put together for the screen.

Pictures that compare providers show every provider, also the region's own; the others show the scope. Where a picture
is of one joint and the scope has none, it is that with most operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain.outcome_choice import OutcomeScope, Picture, PictureSettings, fitting, time_event
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.services import indicator_source, indicators, outcome_figures, outcome_frames
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

    from pandas import DataFrame

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.services.workspace import Workspace
else:
    from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a picture is made of: the indicator, whose operations, and the source they are taken from."""

    workspace: Workspace
    indicator: Indicator
    source: IndicatorSource
    scope: OutcomeScope
    settings: PictureSettings
    provider_id: str

    def rows(self, *, everyone: bool = False) -> DataFrame:
        """Return the operations of the scope that make up the figure, or those of every provider."""
        from kvalitetsapp.analysis.charts.rows import chart_rows

        found = outcome_figures.members(self.workspace, self.indicator, self.source, self.scope, everyone=everyone)
        return chart_rows(found, self.source.index_operations, self.source.persons, self.indicator)

    def national(self) -> float | None:
        """Return the nation's figure of the joint, None where nobody has printed one."""
        from kvalitetsapp.analysis import published

        only = self.indicator.cohort.joints
        joint = self.scope.joint or (only[0] if len(only) == 1 else "")
        return published.national(self.source.benchmarks, self.indicator.benchmark).get(joint)

    def names(self) -> dict[str, str]:
        """Return the providers' names."""
        from kvalitetsapp.analysis.indicators import scope

        return scope.names(self.source)


def picture(
    workspace: Workspace,
    indicator_id: str,
    scope: OutcomeScope,
    kind: Picture,
    settings: PictureSettings | None = None,
    *,
    provider_id: str = "",
) -> Chart | None:
    """Return a picture of an indicator, None where nothing is stored or the indicator has no such picture.

    `provider_id` is the one that is pointed out, and whose CUSUM is drawn ("": that with most operations).

    Raises:
        InputError: there is no such indicator.
    """
    one = indicators.one(workspace, indicator_id)
    source = indicator_source.source_on(workspace, scope.as_of)
    if source is None or kind not in fitting(one):
        return None
    asked = _Asked(workspace, one, source, scope, settings or PictureSettings(), provider_id or scope.provider_id)
    if kind in _OF_ONE_JOINT:
        asked = _of_one_joint(asked)
    return _PICTURES[kind](asked)


def _of_one_joint(asked: _Asked) -> _Asked:
    if asked.scope.joint:
        return asked
    from dataclasses import replace

    from kvalitetsapp.analysis.columns import texts

    found = texts(asked.rows(everyone=True)["joint"]).tolist()
    joint = max(sorted(set(found)), key=found.count, default="")
    return replace(asked, scope=replace(asked.scope, joint=joint))


def funnel(asked: _Asked) -> Chart:
    """Return every provider within the limits of chance around the nation, or around all of them together."""
    from kvalitetsapp.analysis.charts import funnel as analysis

    days = asked.indicator.follow_up_days or DAYS_TWO_YEARS
    is_national = asked.national() is not None
    return analysis.of_bars(_bars(asked), joint=asked.scope.joint, within=days, is_national=is_national)


def caterpillar(asked: _Asked) -> Chart:
    """Return every provider's figure with its interval."""
    return _bars(asked)


def _bars(asked: _Asked) -> charts.Caterpillar:
    from kvalitetsapp.analysis.charts import caterpillar as analysis

    return analysis.by_provider(
        _title(asked),
        asked.rows(everyone=True),
        asked.indicator,
        asked.names(),
        benchmark=asked.national(),
        highlighted=asked.provider_id,
    )


def time_to(asked: _Asked) -> Chart:
    """Return the part with a revision or reoperation by time since the operation, joint by joint (R11)."""
    from kvalitetsapp.analysis import report_outcomes

    source = outcome_frames.report_frames(asked.workspace, asked.scope)
    event = time_event(asked.indicator)
    return report_outcomes.curves(
        source, asked.settings.least_at_risk, event="revision" if event == "revision" else "reoperation"
    )


def run_chart(asked: _Asked) -> Chart:
    """Return the share by quarter of operation."""
    from kvalitetsapp.analysis.charts import over_time

    return over_time.run_chart(_title(asked), asked.rows(), target=asked.national())


def g_chart(asked: _Asked) -> Chart:
    """Return the operations between those that went as nobody wants."""
    from kvalitetsapp.analysis.charts import over_time

    return over_time.g_chart(_title(asked), asked.rows(), asked.indicator, target=asked.national())


def cusum(asked: _Asked) -> Chart | None:
    """Return the CUSUM of a provider, adjusted for age, sex, diagnosis and year where there is a model."""
    from kvalitetsapp.analysis import expected
    from kvalitetsapp.analysis.charts import over_time

    found = over_time.cusums(
        asked.rows(everyone=True),
        asked.indicator,
        asked.names(),
        target=asked.national(),
        risks=expected.risks(_cases(asked)),
        odds_ratio=asked.settings.odds_ratio,
        limit=asked.settings.limit,
    )
    return found.get(asked.provider_id) or next(iter(found.values()), None)


def ratios(asked: _Asked) -> Chart:
    """Return every provider's observed number against what its patients make expected."""
    from kvalitetsapp.analysis import expected
    from kvalitetsapp.analysis.charts import caterpillar as analysis

    mix = expected.standardise(_cases(asked))
    return analysis.ratios(
        _title(asked), mix, asked.scope.joint, asked.names(), highlighted=asked.provider_id
    )


def by_year(asked: _Asked) -> Chart:
    """Return every provider's figure year by year."""
    from kvalitetsapp.analysis.charts import heat_map

    return heat_map.provider_by_year(
        _title(asked), asked.rows(everyone=True), asked.indicator, asked.names(), target=asked.national()
    )


def profile(asked: _Asked) -> Chart:
    """Return how far women and men lie from the nation, or from all providers together."""
    from kvalitetsapp.analysis.charts import profile as analysis

    return analysis.profile(_title(asked), [outcome_frames.profile_entry(asked.indicator, asked.rows(), asked.national())])


def _cases(asked: _Asked) -> DataFrame:
    from kvalitetsapp.analysis import expected

    source = asked.source
    found = outcome_figures.members(asked.workspace, asked.indicator, source, asked.scope, everyone=True)
    return expected.cases(found, source.index_operations, source.persons, source.episodes)


def _title(asked: _Asked) -> str:
    """Return the indicator with what narrows it: `Reoperation inom två år, höft`."""
    scope = asked.scope
    parts = [word("joint", scope.joint), word("prosthesis", scope.prosthesis)]
    narrowed = [part.lower() for part in parts if part]
    return ", ".join([asked.indicator.name, *narrowed])


_OF_ONE_JOINT: Final = frozenset({Picture.FUNNEL, Picture.CATERPILLAR, Picture.CUSUM, Picture.RATIOS, Picture.YEARS})
_PICTURES: Final[dict[Picture, Callable[[_Asked], Chart | None]]] = {
    Picture.FUNNEL: funnel,
    Picture.CATERPILLAR: caterpillar,
    Picture.TIME_TO: time_to,
    Picture.RUN: run_chart,
    Picture.GAPS: g_chart,
    Picture.CUSUM: cusum,
    Picture.RATIOS: ratios,
    Picture.YEARS: by_year,
    Picture.PROFILE: profile,
}
