"""The profile diagram of equal care: how far women and men lie from the nation, right being the wanted direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.analysis.charts import figures
from kvalitetsapp.domain.chart_data import Profile, ProfileBar
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.words import Sex
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.domain.indicator import Indicator


@dataclass(frozen=True)
class ProfileEntry:
    """An indicator, its `chart_rows`, what they are held against, and whether that is the nation's figure."""

    indicator: Indicator
    rows: pd.DataFrame
    reference: float | None
    is_national: bool = True


def profile(title: str, entries: Sequence[ProfileEntry]) -> Profile:
    """Return a line per indicator; without a reference, or one of 0, it has no bars and a note that says so."""
    return Profile(title, tuple(_bar(entry) for entry in entries))


def deviation(value: float | None, reference: float | None, indicator: Indicator) -> float | None:
    """Return how far a figure lies from the reference as a fraction of it, up in the wanted direction.

    Where no direction is wanted up is up. None where either is missing or the reference is 0.
    """
    if value is None or not reference:
        return None
    sign = -1 if indicator.direction is Direction.LOW else 1
    return sign * (value - reference) / abs(reference)


def _bar(entry: ProfileEntry) -> ProfileBar:
    women, men = (entry.rows[entry.rows["sex"].to_numpy() == sex.value] for sex in (Sex.FEMALE, Sex.MALE))
    of_women, of_men, of_all = (
        deviation(figures.whole(rows, entry.indicator), entry.reference, entry.indicator)
        for rows in (women, men, entry.rows)
    )
    return ProfileBar(
        entry.indicator.indicator_id,
        entry.indicator.name,
        of_women,
        of_men,
        of_all,
        len(women),
        len(men),
        _note(entry),
    )


def _note(entry: ProfileEntry) -> str:
    if not entry.reference:
        return _("Ingen siffra att jämföra med")
    return "" if entry.is_national else _("Jämfört med alla vårdgivare här")
