"""Pictures of outcomes: what the analysis gives for an indicator and a scope, put together for the screen.

Pictures that compare providers show every provider, also the region's own; the others show the scope. Where a picture
is of one joint and the scope has none, it is that with most operations.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.outcome_choice import Picture, PictureSettings, fitting, time_event
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.services import indicator_source, indicators, outcome_figures, outcome_frames
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

    from kvalitetsapp.analysis.charts.profile import ProfileEntry
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.chart_data import Caterpillar, Chart, Funnel, GChart, HeatMap, Profile, RunChart
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What a picture is made of: the indicator, whose operations, and the source they are taken from.

    `provider_id` is the one that is pointed out, "" where none is.
    """

    workspace: Workspace
    indicator: Indicator
    source: IndicatorSource
    scope: OutcomeScope
    settings: PictureSettings = field(default_factory=PictureSettings)
    provider_id: str = ""

    def rows(self, *, everyone: bool = False) -> DataFrame:
        """Return the operations of the scope that make up the figure, or those of every provider."""
        from kvalitetsapp.analysis.charts.rows import chart_rows

        found = self._members(everyone=everyone)
        return chart_rows(found, self.source.index_operations, self.source.persons, self.indicator)

    def cases(self) -> DataFrame:
        """Return what the model of expected outcomes needs of every provider's operations."""
        from kvalitetsapp.analysis import expected

        source = self.source
        return expected.cases(self._members(everyone=True), source.index_operations, source.persons, source.episodes)

    def _members(self, *, everyone: bool) -> DataFrame:
        return outcome_figures.members(self.workspace, self.indicator, self.source, self.scope, everyone=everyone)

    def profile_entry(self) -> ProfileEntry:
        """Return the scope's operations with what they are held against: the nation, or all providers together."""
        from kvalitetsapp.analysis.charts import figures
        from kvalitetsapp.analysis.charts.profile import ProfileEntry

        national = self.national()
        if national is not None:
            return ProfileEntry(self.indicator, self.rows(), national)
        of_everyone = self._members(everyone=True)
        reference = figures.of_members(of_everyone, self.indicator)
        return ProfileEntry(self.indicator, self.rows(), reference, is_national=False)

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

    @property
    def title(self) -> str:
        """Return the indicator with what narrows it: `Reoperation inom två år, höft`."""
        scope = self.scope
        joint = word("joint", scope.joint).lower() if scope.joint else ""
        return ", ".join(filter(None, (self.indicator.name, joint, word("prosthesis", scope.prosthesis).lower())))


@needs(Right.READ_FIGURES)
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
    asked = Asked(workspace, one, source, scope, settings or PictureSettings(), provider_id or scope.provider_id)
    if kind in _OF_ONE_JOINT:
        asked = _of_one_joint(asked)
    return _PICTURES[kind](asked)


def _of_one_joint(asked: Asked) -> Asked:
    if asked.scope.joint:
        return asked
    counts = asked.rows(everyone=True)["joint"].value_counts()
    joint = str(counts.index[0]) if len(counts) else ""
    return replace(asked, scope=replace(asked.scope, joint=joint))


def funnel(asked: Asked) -> Funnel:
    """Return every provider within the limits of chance around the nation, or around all of them together."""
    from kvalitetsapp.analysis.charts import funnel as analysis

    days = asked.indicator.follow_up_days or DAYS_TWO_YEARS
    return analysis.of_bars(
        caterpillar(asked),
        joint=asked.scope.joint,
        within=days,
        is_national=asked.national() is not None,
        measure=asked.indicator.name,
    )


def caterpillar(asked: Asked) -> Caterpillar:
    """Return every provider's figure with its interval."""
    from kvalitetsapp.analysis.charts import caterpillar as analysis

    rows, benchmark = asked.rows(everyone=True), asked.national()
    return analysis.by_provider(
        asked.title, rows, asked.indicator, asked.names(), benchmark=benchmark, highlighted=asked.provider_id
    )


def time_to(asked: Asked) -> Chart | None:
    """Return the part with a revision or reoperation by time since the operation, joint by joint (R11).

    Of the operations that the indicator is about, and no others.
    """
    from kvalitetsapp.analysis import report_outcomes
    from kvalitetsapp.analysis.indicators import cohort

    source = outcome_frames.report_frames(asked.workspace, asked.scope)
    event = time_event(asked.indicator)
    if source is None or not event:
        return None
    every = asked.source.index_operations
    mine = every["operation"][cohort.members(asked.indicator.cohort, asked.source)]
    within = source.index_operations[source.index_operations["operation"].isin(mine)]
    of_cohort = replace(source, index_operations=within, worked_out={})
    return report_outcomes.curves(of_cohort, asked.settings.least_at_risk, event=event)


def run_chart(asked: Asked) -> RunChart:
    """Return the share by quarter of operation."""
    from kvalitetsapp.analysis.charts import over_time

    return over_time.run_chart(asked.title, asked.rows(), target=asked.national())


def g_chart(asked: Asked) -> GChart:
    """Return the operations between those that went as nobody wants."""
    from kvalitetsapp.analysis.charts import over_time

    return over_time.g_chart(asked.title, asked.rows(), asked.indicator, target=asked.national())


def cusum(asked: Asked) -> Chart | None:
    """Return the CUSUM of a provider, adjusted for age, sex, diagnosis and year where there is a model.

    Without a provider that is pointed out it is that with most operations; None where there is none.
    """
    from kvalitetsapp.analysis import expected
    from kvalitetsapp.analysis.charts import over_time

    found = over_time.cusums(
        asked.rows(everyone=True),
        asked.indicator,
        asked.names(),
        target=asked.national(),
        risks=expected.risks(asked.cases()),
        odds_ratio=asked.settings.odds_ratio,
        limit=asked.settings.limit,
    )
    drawn = found.get(asked.provider_id) or next(iter(found.values()), None)
    return None if drawn is None else replace(drawn, title=f"{drawn.title}: {asked.title}")


def ratios(asked: Asked) -> Caterpillar:
    """Return every provider's observed number against what its patients make expected."""
    from kvalitetsapp.analysis import expected
    from kvalitetsapp.analysis.charts import caterpillar as analysis

    mix = expected.standardise(asked.cases())
    return analysis.ratios(asked.title, mix, asked.scope.joint, asked.names(), highlighted=asked.provider_id)


def by_year(asked: Asked) -> HeatMap:
    """Return every provider's figure year by year."""
    from kvalitetsapp.analysis.charts import heat_map

    rows, target = asked.rows(everyone=True), asked.national()
    return heat_map.provider_by_year(asked.title, rows, asked.indicator, asked.names(), target=target)


def profile(asked: Asked) -> Profile:
    """Return how far women and men lie from the nation, or from all providers together."""
    from kvalitetsapp.analysis.charts import profile as analysis

    return analysis.profile(asked.title, [asked.profile_entry()])


_OF_ONE_JOINT: Final = frozenset({Picture.FUNNEL, Picture.CATERPILLAR, Picture.CUSUM, Picture.RATIOS, Picture.YEARS})
_PICTURES: Final[dict[Picture, Callable[[Asked], Chart | None]]] = {
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
