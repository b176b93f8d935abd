"""What a rule of data quality is given, and the shape of what it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import frames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.analysis.columns import Texts
    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.codes import CodeTables

FOUND: Final = {
    "ref": "str",
    "contact": "str",
    "person": "nullable",
    "provider_id": "str",
    "day": "date",
    "value": "str",
    "against": "str",
    "amount": "nullable",
    "expected": "nullable",
    "note": "str",
}
"""What a rule gives, one row per reference: what it is about, the episode to look at ("" = none), whose it is, the
provider, the day, what stands there, what that is held against, and amounts in öre."""

PRICES: Final = {"episode": "int", "price": "nullable"}
"""What the region was charged, one row per row of EPISODES and in its order."""

PERSON_NUMBERS: Final = {
    "identity": "int",
    "person": "int",
    "sex": "category",
    "birth_date": "date",
    "death_date": "date",
    "number_sex": "category",
    "number_birth": "date",
}
"""One row per personal number: what the persons files say, and what the number itself tells."""


class Sources(Protocol):
    """What is stored, as frames of the shapes above and in `analysis/frames.py`; each is made when first asked for."""

    @property
    def episodes(self) -> pd.DataFrame:
        """Return EPISODES."""

    @property
    def prices(self) -> pd.DataFrame:
        """Return PRICES."""

    @property
    def details(self) -> pd.DataFrame:
        """Return PROCEDURE_DETAILS."""

    @property
    def persons(self) -> pd.DataFrame:
        """Return PERSONS."""

    @property
    def numbers(self) -> pd.DataFrame:
        """Return PERSON_NUMBERS."""

    @property
    def providers(self) -> pd.DataFrame:
        """Return PROVIDERS."""

    @property
    def index_operations(self) -> pd.DataFrame:
        """Return INDEX_OPERATIONS."""

    @property
    def links(self) -> pd.DataFrame:
        """Return LINKS."""

    @property
    def agreements(self) -> list[Agreement]:
        """Return all agreements."""

    @property
    def code_tables(self) -> CodeTables:
        """Return the code tables."""

    @property
    def sites(self) -> Mapping[str, Sequence[str]]:
        """Return the beginnings of main diagnoses that belong to a joint."""

    @property
    def data_cut(self) -> date | None:
        """Return the latest day of discharge."""


def nothing() -> pd.DataFrame:
    """Return no row of FOUND."""
    return frames.frame(FOUND, {name: [] for name in FOUND})


def of_episodes(
    episodes: pd.DataFrame,
    rows: Ints,
    *,
    value: Texts | None = None,
    against: Texts | None = None,
    amount: Any = None,  # noqa: ANN401 - a column of pandas or numpy
    expected: Any = None,  # noqa: ANN401
    day: Any = None,  # noqa: ANN401
) -> pd.DataFrame:
    """Return FOUND for these places of an EPISODES frame, dated with their admission unless told."""
    chosen = episodes.iloc[rows]
    refs = chosen["episode_ref"].to_numpy(dtype=object)
    return made(
        refs,
        contact=refs,
        person=chosen["person"].to_numpy(),
        provider_id=chosen["provider_id"].to_numpy(dtype=object),
        day=chosen["admitted"].to_numpy() if day is None else day,
        value=value,
        against=against,
        amount=amount,
        expected=expected,
    )


def made(refs: Texts, **columns: Any) -> pd.DataFrame:  # noqa: ANN401 - columns of pandas or numpy
    """Return FOUND of columns as long as `refs`; those that are left out hold nothing."""
    count = len(refs)
    told: dict[str, Any] = {"ref": refs}
    for name, kind in FOUND.items():
        given = columns.get(name)
        if name == "ref":
            continue
        if given is not None:
            told[name] = pd.array(given, dtype="Int64") if kind == "nullable" else given
        elif kind == "nullable":
            told[name] = pd.array(np.zeros(count, dtype=np.int64), dtype="Int64")
            told[name][:] = pd.NA
        elif kind == "date":
            told[name] = np.full(count, np.datetime64("NaT", "s"))
        else:
            told[name] = np.full(count, "", dtype=object)
    return pd.DataFrame(told, columns=list(FOUND))


def day_texts(days: Any) -> Texts:  # noqa: ANN401 - dates of any unit
    """Return dates as ISO text, "" for none."""
    plain = np.asarray(days).astype("datetime64[D]")
    texts = np.datetime_as_string(plain).astype(object)
    texts[np.isnat(plain)] = ""
    return np.asarray(texts, dtype=object)


def in_one(texts: Texts, groups: Ints, count: int) -> list[str]:
    """Return the distinct texts of each of `count` groups, in their order, with spaces between."""
    found: list[dict[str, None]] = [{} for _group in range(count)]
    for group, text in zip(groups.tolist(), texts.tolist(), strict=True):
        found[group][text] = None
    return [" ".join(each) for each in found]
