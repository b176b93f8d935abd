"""Providers beside each other for a joint, and the operations behind a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR, ProviderComparison, comparison_table
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import indicators
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import indicator_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kvalitetsapp.analysis.provider_comparison import Material
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace


_BY: Final = "provider"


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """A comparison as it is looked at: names of providers by their ids, and the indicators that can be chosen."""

    found: ProviderComparison
    names: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[tuple[str, str], ...] = ()


@needs(Right.READ_FIGURES)
def shown(workspace: Workspace, *, joint: str, indicator_id: str = USUAL_INDICATOR) -> ComparisonShown:
    """Return a comparison with what is needed to look at it and to choose another.

    Raises:
        InputError: there is no such indicator.
    """
    found = compare(workspace, joint=joint, indicator_id=indicator_id)
    return ComparisonShown(found, {one.provider_id: one.name for one in found.providers}, comparable(workspace))


def comparable(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return ids and names of the indicators that providers can be compared by."""
    known = indicators.all_indicators(workspace)
    return tuple((one.indicator_id, one.name) for one in known if _is_comparable(one))


def _is_comparable(one: Indicator) -> bool:
    return one.count.kind is not Counted.PUBLISHED and _BY in one.level


def compare(
    workspace: Workspace, *, joint: str, indicator_id: str = USUAL_INDICATOR, as_of: date | None = None
) -> ProviderComparison:
    """Return the purchased providers of a joint by volume, as of a day, the data cut unless told.

    Raises:
        InputError: there is no such indicator, or it cannot be read by provider.
    """
    from kvalitetsapp.services import frames_of_store, report_contents

    indicator = indicators.one(workspace, indicator_id)
    indicators.keys(indicator, (_BY,))
    cut = as_of or frames_of_store.load(workspace).data_cut
    if cut is None:
        return ProviderComparison(
            *(indicator.indicator_id, indicator.version, indicator.name, joint, "", indicator.follow_up_days),
            *(indicator.is_share, indicator.decimals, None),
            is_national=False,
            providers=(),
        )
    from kvalitetsapp.analysis import provider_comparison as analysis

    return analysis.compare(material(workspace, report_contents.source_of(workspace, cut)), indicator, joint)


def usual(workspace: Workspace, frames: ReportFrames) -> tuple[ProviderComparison, ...]:
    """Return the comparison by reoperation within two years, a joint after the other."""
    return every_joint(workspace, frames, indicators.one(workspace, USUAL_INDICATOR))


def every_joint(workspace: Workspace, frames: ReportFrames, indicator: Indicator) -> tuple[ProviderComparison, ...]:
    """Return the comparison of each joint that operations have been purchased in.

    Raises:
        InputError: the indicator cannot be read by provider.
    """
    from kvalitetsapp.analysis import provider_comparison as analysis

    indicators.keys(indicator, (_BY,))
    known = material(workspace, frames)
    found = (analysis.compare(known, indicator, joint) for joint in families.ids())
    return tuple(one for one in found if one.providers)


def material(workspace: Workspace, frames: ReportFrames) -> Material:
    """Return what providers are compared from, on the day of `frames` (which are of all purchased care)."""
    from kvalitetsapp.analysis import frames as shapes
    from kvalitetsapp.analysis.provider_comparison import Material
    from kvalitetsapp.analysis.waiting_times import WAITING
    from kvalitetsapp.services import indicator_source, typed_figures

    return Material(
        frames,
        indicator_source.source_of(workspace, frames.as_of),
        shapes.frame(WAITING, indicator_rows.waiting_columns(workspace.store)),
        typed_figures.check_figures(workspace).checked,
    )


@needs(Right.READ_FIGURES)
def summary(workspace: Workspace, *, joint: str, indicator_id: str, as_of: date | None = None) -> Table:
    """Return `summary comparison`.

    Raises:
        InputError: there is no such indicator.
    """
    return comparison_table(compare(workspace, joint=joint, indicator_id=indicator_id, as_of=as_of))


def cases(
    workspace: Workspace, provider_id: str, *, joint: str, indicator_id: str, as_of: date | None = None
) -> Table:
    """Return the operations behind a provider's row: those of `indicators.members`.

    Raises:
        InputError: there is no such indicator, or it cannot be read by provider and joint.
    """
    one = indicators.one(workspace, indicator_id)
    of_one_joint = "joint" not in one.level and one.cohort.joints == (joint,)
    where = {_BY: provider_id} | ({} if of_one_joint else {"joint": joint})
    return indicators.members(workspace, indicator_id, where=where, as_of=as_of)
