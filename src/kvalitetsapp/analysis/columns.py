"""Columns of frames as plain numpy arrays, whatever pandas dtype they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

NO_DAY: Final = int(np.iinfo(np.int64).min)


def coded(series: pd.Series[Any]) -> tuple[Ints, Texts]:
    """Return each row's position in the sorted distinct texts, and those texts by code point ("" for nothing)."""
    found, values = pd.factorize(series)
    names = np.array([*(str(value) for value in values), ""], dtype=object)
    distinct = np.array(sorted(set(names)), dtype=object)
    places = {name: place for place, name in enumerate(distinct)}
    position = np.array([places[name] for name in names], dtype=np.int64)
    return position[found], distinct  # a missing value has code -1: the "" at the end


def texts(series: pd.Series[Any]) -> Texts:
    """Return a text or category column as str, "" for nothing."""
    codes, distinct = coded(series)
    return distinct[codes]


def among(series: pd.Series[Any], *words: str) -> Flags:
    """Tell for each row whether it holds one of `words`."""
    return np.asarray(series.isin(words), dtype=np.bool_)


def day_numbers(series: pd.Series[Any]) -> Ints:
    """Return dates as days since 1970, `NO_DAY` where there is none."""
    return series.to_numpy().astype("datetime64[D]").astype(np.int64)


def day_number(day: date) -> int:
    """Return a date as days since 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))


def dates(numbers: Ints) -> npt.NDArray[np.datetime64]:
    """Return days since 1970 as the dates that frames hold."""
    return numbers.astype("datetime64[D]").astype("datetime64[s]")


def whole(series: pd.Series[Any], missing: int = 0) -> Ints:
    """Return a whole-number column as int64 with `missing` where there is nothing."""
    if isinstance(series.dtype, pd.Int64Dtype):
        return series.to_numpy(dtype=np.int64, na_value=missing)
    return series.to_numpy().astype(np.int64)


def known(series: pd.Series[Any]) -> Flags:
    """Tell for each row whether there is a value."""
    return np.asarray(series.notna(), dtype=np.bool_)


def nullable(values: Ints, is_known: Flags) -> pd.Series[Any]:
    """Return whole numbers as an `Int64` column, NA where they are not known."""
    return pd.Series(pd.arrays.IntegerArray(values.copy(), ~is_known))
