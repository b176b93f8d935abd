"""What was noted when files were read, as rows of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import frames
from kvalitetsapp.analysis.quality.found import FOUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.analysis.quality.found import Sources

TOLD = ("ref", "contact", "provider_id", "value", "against", "note")


def rows(sources: Sources, told: Sequence[tuple[str, ...]]) -> pd.DataFrame:
    """Return FOUND of rows of TOLD, the rest filled in from the episode that each is seen on."""
    columns: dict[str, list[object]] = {name: [None] * len(told) for name in FOUND}
    for place, name in enumerate(TOLD):
        columns[name] = [row[place] for row in told]
    made = frames.frame(FOUND, columns)
    return _with_contacts(made, sources.episodes) if (made["contact"] != "").any() else made


def _with_contacts(made: pd.DataFrame, episodes: pd.DataFrame) -> pd.DataFrame:
    known = episodes.loc[np.asarray(episodes["episode_ref"].isin(made["contact"]), dtype=np.bool_)]
    of_ref = known.set_index("episode_ref")[["person", "provider_id", "admitted"]].reindex(made["contact"])
    found = of_ref["person"].notna().to_numpy()
    made["person"] = of_ref["person"].astype("Int64").array
    made["day"] = of_ref["admitted"].to_numpy()
    made["provider_id"] = np.where(found, of_ref["provider_id"].to_numpy(dtype=object), made["provider_id"])
    return made
