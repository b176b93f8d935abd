"""Published figures: which one a figure of ours is read against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import among, texts

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.columns import Floats

COUNTRY: Final = "SE"


def of_sweden(benchmarks: pd.DataFrame, level: str, indicator: str) -> pd.DataFrame:
    """Return Sweden's published figures of an indicator on a level; definitions of other countries differ."""
    return benchmarks[
        among(benchmarks["country"], COUNTRY)
        & among(benchmarks["level"], level)
        & among(benchmarks["indicator"], indicator)
    ]


def values(figures: pd.DataFrame) -> Floats:
    """Return the values of published figures: percentages as fractions, everything else as printed."""
    scale = np.where(among(figures["unit_of_value"], "percent"), 100.0, 1.0)
    return np.asarray(figures["value"].to_numpy() / scale, dtype=np.float64)


def national(benchmarks: pd.DataFrame, indicator: str) -> dict[str, float]:
    """Return Sweden's national figure by joint, of the latest period (the greatest as text, R9)."""
    chosen = of_sweden(benchmarks, "national", indicator)
    latest = chosen.sort_values("period", kind="stable").drop_duplicates("joint", keep="last")
    return dict(zip(texts(latest["joint"]), values(latest).tolist(), strict=True))
