"""What providers have published of themselves, and how far its definition is from ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.provider_comparison import Definition, OwnCheck, OwnFigure, WaitingSource, WaitingTime
from kvalitetsapp.domain.typed_figures import Indicator as Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.typed_figures import CheckedFigure, Figure

OURS: Final = "SE"
OTHER_COUNTRIES: Final = frozenset({"NO", "DK"})
WAITING: Final = "waiting_days"
_PROVIDER, _UNIT = "provider", "unit"
_OF_THE_SAME_THING: Final = (
    frozenset({Published.REOPERATION_2Y.value, Published.NOT_REVISED_2Y.value, "revision_2y"}),
    frozenset({Published.REOPERATION_90D.value, "revision_90d"}),
    frozenset({Published.REOPERATION_30D.value, "revision_30d"}),
)
_NEAREST: Final = (Definition.SAME, Definition.OTHER_NATIONAL, Definition.UNKNOWN)


def of_providers(
    checked: Sequence[CheckedFigure], indicator: Indicator, joint: str, whose: Mapping[str, str]
) -> dict[str, tuple[OwnFigure, ...]]:
    """Return each provider's own figures of an indicator, or of the same thing by another: the nearest first.

    `whose` has the provider behind each name that a figure may stand under: its own, its id, and those of its units.
    Of each name and definition the latest period (the greatest as text) stands.
    """
    names = _names(indicator)
    found: dict[str, dict[tuple[str, str, str], OwnFigure]] = {}
    for each in checked:
        one = each.figure
        provider = whose.get(one.unit, "") if one.level in (_PROVIDER, _UNIT) else ""
        if provider and one.joint == joint and one.indicator in names and one.printed is not None:
            figures, key = found.setdefault(provider, {}), (one.unit, one.country, one.indicator)
            if key not in figures or figures[key].period <= one.period:
                figures[key] = _own(each, definition(one, indicator))
    return {provider: tuple(sorted(figures.values(), key=_order)) for provider, figures in found.items()}


def waiting(checked: Iterable[CheckedFigure], joint: str, whose: Mapping[str, str]) -> dict[str, WaitingTime]:
    """Return the latest published waiting time of each provider, in days."""
    latest: dict[str, WaitingTime] = {}
    for each in checked:
        one = each.figure
        provider = whose.get(one.unit, "") if one.level == _PROVIDER else ""
        if provider and one.joint == joint and one.indicator == WAITING and one.printed is not None:
            known = latest.get(provider)
            if known is None or known.told <= one.period:
                latest[provider] = WaitingTime(round(one.printed), one.n or 0, WaitingSource.PUBLISHED, one.period)
    return latest


def definition(one: Figure, indicator: Indicator) -> Definition:
    """Return how a published figure is defined beside ours.

    Norway publishes the share not revised, and Denmark counts first operations and reoperations together.
    """
    if one.country in OTHER_COUNTRIES:
        return Definition.OTHER_NATIONAL
    if one.country != OURS:
        return Definition.UNKNOWN
    return Definition.SAME if one.indicator in _own_names(indicator) else Definition.OTHER_NATIONAL


def _own(each: CheckedFigure, defined: Definition) -> OwnFigure:
    one, possible = each.figure, each.possible
    check = OwnCheck.UNTRIED
    if possible is not None:
        check = OwnCheck.FITS if possible.is_possible else OwnCheck.DOES_NOT_FIT
    return OwnFigure(
        *(one.unit, one.country, one.indicator, one.period, f"{one.printed:f}", one.unit_of_value, one.n),
        *(defined, check, one.source),
    )


def _order(one: OwnFigure) -> tuple[int, str, str]:
    return _NEAREST.index(one.definition), one.country, one.unit


def _own_names(indicator: Indicator) -> frozenset[str]:
    return frozenset({indicator.indicator_id, indicator.benchmark} - {""})


def _names(indicator: Indicator) -> frozenset[str]:
    mine = _own_names(indicator)
    return mine.union(*(each for each in _OF_THE_SAME_THING if each & mine))
