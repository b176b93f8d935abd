"""The value compass of Swedish hip units as Svenska Höftprotesregistret drew it in its annual report for 2016."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.domain.chart_data import Compass, CompassAxis
from kvalitetsapp.texts import N_, NOTHING, _, decimal

if TYPE_CHECKING:
    from collections.abc import Mapping


NATION: Final = "Riket"
LOW_IS_GOOD: Final = frozenset({"ae90"})
AXES: Final[dict[str, str]] = {
    "satisfaction": N_("Nöjdhet"),
    "pain_reduction": N_("Smärtlindring"),
    "gain_in_eq5d": N_("Vinst i EQ-5D"),
    "ae90": N_("Oönskade händelser 90 dagar"),
    "coverage": N_("Täckningsgrad"),
    "reop_2_years": N_("Ej reopererade två år"),
    "implant_5_years": N_("Protesöverlevnad fem år"),
    "implant_10_years": N_("Protesöverlevnad tio år"),
}
_DECIMALS: Final = 2
_SHARES: Final = frozenset({"reop_2_years", "implant_5_years", "implant_10_years"})


def compass(figures: Mapping[str, Mapping[str, float | None]], unit: str) -> Compass:
    """Return the compass of a unit among all of `figures` (by unit and axis, `Riket` for the nation).

    (x − (min − sd)) / ((max + sd) − (min − sd)), with the least, the largest and the sample standard deviation of the
    units without the nation, reversed where low is good. A unit that is not there has no axes; an axis with fewer than
    two units, or units that are all alike, has no values.
    """
    mine = figures.get(unit)
    if mine is None:
        return Compass(unit, ())
    nation = figures.get(NATION, {})
    return Compass(unit, tuple(_axis(name, figures, mine.get(name), nation.get(name)) for name in AXES))


def _axis(
    name: str, figures: Mapping[str, Mapping[str, float | None]], value: float | None, nation: float | None
) -> CompassAxis:
    found = [one.get(name) for unit, one in figures.items() if unit != NATION]
    units = np.array([one for one in found if one is not None and np.isfinite(one)], dtype=np.float64)
    own, all_units = (_scaled(one, units, reverse=name in LOW_IS_GOOD) for one in (value, nation))
    return CompassAxis(_(AXES[name]), own, all_units, _shown(name, value))


def _scaled(
    value: float | None, units: np.ndarray[tuple[int], np.dtype[np.float64]], *, reverse: bool
) -> float | None:
    if value is None or not np.isfinite(value) or len(units) < 2:
        return None
    spread = float(units.std(ddof=1))
    low, high = float(units.min()) - spread, float(units.max()) + spread
    if high <= low:
        return None
    place = (value - low) / (high - low)
    return 1 - place if reverse else place


def _shown(name: str, value: float | None) -> str:
    if value is None or not np.isfinite(value):
        return NOTHING
    return decimal(value * 100, 1) if name in _SHARES else decimal(value, _DECIMALS)
