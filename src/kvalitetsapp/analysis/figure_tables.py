"""The figures of a table by what they are about, so that a figure's parts, total and twins are found at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.figure_periods import period_of
from kvalitetsapp.domain.typed_figures import Figure, FigureFinding, FigureRule, FigureVerdict
from kvalitetsapp.domain.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.typed_figures import Part

UNIT: Final = "unit"
PROVIDER: Final = "provider"
NATIONAL: Final = "national"
COUNT: Final = "count"
OPERATIONS: Final = "operations"
COUNTRIES_OF: Final = {"Scandinavia": ("DK", "NO", "SE"), "Skandinavien": ("DK", "NO", "SE")}
"""Names of several countries together; their total is the sum of the three."""

Key = tuple[str, ...]


class FigureTables:
    """Figures looked up by source, country, level, joint and indicator; only counts are added up."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._counts: dict[Key, list[Figure]] = defaultdict(list)
        self._twins: dict[Key, list[Figure]] = defaultdict(list)
        for each in figures:
            self._twins[_twin_key(each)].append(each)
            if each.unit_of_value == COUNT:
                self._counts[(each.source, each.country, each.level, each.joint, each.indicator)].append(each)

    def counts(
        self,
        like: Figure,
        *,
        level: str,
        country: str = "",
        indicator: str = "",
        period: str | None = None,
        unit: str | None = None,
    ) -> list[Figure]:
        """Return the counts of `like`'s source and joint at a level; what is not stated is as in `like`."""
        key = (like.source, country or like.country, level, like.joint, indicator or like.indicator)
        return [
            each for each in self._counts.get(key, ()) if period in (None, each.period) and unit in (None, each.unit)
        ]

    def beside(self, one: Figure) -> Sequence[Figure]:
        """Return the figures of the same unit, measure and period, `one` among them."""
        return self._twins[_twin_key(one)]

    def year_of_volumes(self, one: Figure) -> int | None:
        """Return the year whose total the units' counts add up to, where they state none; None if unsure.

        Only where `one`'s n is one of these counts: the year is then that of its n.
        """
        units = self.counts(one, level=UNIT, indicator=OPERATIONS, period=one.period)
        own = [each for each in units if each.unit == one.unit and each.printed == one.n]
        added = total_of(units)
        if not own or added is None or period_of(one.period).year is not None:
            return None
        providers = self.counts(one, level=PROVIDER, indicator=OPERATIONS)
        years = {period_of(each.period).year for each in providers if each.printed == added}
        found = years.pop() if len(years) == 1 else None
        return found if len({each.unit for each in providers}) == 1 else None

    @staticmethod
    def joint_word(one: Figure) -> str:
        """Return a joint in a sentence; one that the program does not know stands as it is."""
        return word("joint", one.joint).lower() if one.joint in families.ids() else one.joint


def total_of(figures: Sequence[Figure]) -> int | None:
    """Return the sum of counts, None where one of them is missing or not whole."""
    if any(each.printed is None or each.printed % 1 for each in figures):
        return None
    return sum(int(each.printed or 0) for each in figures)


def finding(rule: FigureRule, verdict: FigureVerdict, sentence: str, **parts: Part) -> FigureFinding:
    """Return a finding with the parts of its sentence."""
    return FigureFinding(rule, verdict, sentence, dict(parts))


def _twin_key(one: Figure) -> Key:
    return (one.country, one.level, one.unit, one.indicator, one.unit_of_value, one.period)
