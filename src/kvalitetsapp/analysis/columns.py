"""Columns of frames as plain numpy arrays, whatever pandas dtype they stand in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

NO_DAY: Final = int(np.iinfo(np.int64).min)
_ROOM: Final = int(np.iinfo(np.int64).max)
_SPARSE: Final = 4
_FEW_WORDS: Final = 64
_SECONDS_OF_DAY: Final = 86_400
_YEAR_OF_DAY_0: Final = 1970


def coded(series: pd.Series[Any]) -> tuple[Ints, Texts]:
    """Return each row's position in the sorted distinct texts, and those texts by code point ("" for nothing).

    A category column may give texts that no row has.
    """
    found, values = _numbered(series)
    names = [*map(str, values), ""]
    distinct = sorted(set(names))
    places = {name: place for place, name in enumerate(distinct)}
    position = np.array([places[name] for name in names], dtype=np.int64)
    return position.take(found), np.array(distinct, dtype=object)  # a missing value has code -1: the "" at the end


def texts(series: pd.Series[Any]) -> Texts:
    """Return a text or category column as str, "" for nothing."""
    codes, distinct = coded(series)
    return distinct[codes]


def categories(codes: npt.NDArray[np.integer[Any]], words: Sequence[str]) -> pd.Categorical[str]:
    """Return texts as categories that sort by code point, from each row's place in `words` (-1: the last of them)."""
    distinct = sorted(set(words))
    place = {word: number for number, word in enumerate(distinct)}
    position = np.array([place[word] for word in words], dtype=_numbers_of(distinct))
    return of_words(position[codes], distinct)


def of_words(codes: npt.NDArray[np.integer[Any]], words: Sequence[str]) -> pd.Categorical[str]:
    """Return texts as categories, from each row's place in `words`, which are distinct and in order."""
    dtype = _of_few_words(tuple(words)) if len(words) <= _FEW_WORDS else _of_words(words)
    return pd.Categorical.from_codes(codes.astype(_numbers_of(words), copy=False), dtype=dtype)


def _numbers_of(words: Sequence[str]) -> np.dtype[Any]:
    return np.min_scalar_type(-max(len(words), 1))


def _of_words(words: Sequence[str]) -> Any:  # noqa: ANN401 - a dtype whose words the stubs take for numbers
    return pd.CategoricalDtype(pd.Index(words, dtype=object))


_of_few_words = lru_cache(maxsize=256)(_of_words)
"""pandas looks through the words of every new dtype, which costs a small column more than all that it holds."""


def categorical(series: pd.Series[Any]) -> pd.Categorical[str]:
    """Return a text or category column as categories that sort by code point, "" for nothing."""
    codes, distinct = coded(series)
    return of_words(codes, distinct.tolist())


def among(series: pd.Series[Any], *words: str) -> Flags:
    """Tell for each row whether it holds one of `words`."""
    column, wanted = series.array, set(words)
    if isinstance(column, pd.Categorical):
        holds: Flags = np.array([*(word in wanted for word in column.categories.tolist()), False], dtype=np.bool_)
        return np.asarray(holds[column.codes])
    return np.asarray(series.isin(words), dtype=np.bool_)


def places(keys: Ints, wanted: Ints) -> Ints:
    """Return where each of `wanted` stands among the distinct `keys`, -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    first, span = int(keys.min()), int(keys.max()) - int(keys.min()) + 1
    if span > _SPARSE * (len(keys) + len(wanted)):
        return pd.Index(keys).get_indexer(pd.Index(wanted)).astype(np.int64)
    inside = (wanted >= first) & (wanted < first + span)
    if span == len(keys) and bool((keys[1:] > keys[:-1]).all()):  # numbered through: each stands where it says
        return np.where(inside, wanted - first, -1)
    table = np.full(span + 1, -1, dtype=np.int64)  # the last for what is outside
    table[keys - first] = np.arange(len(keys))
    return np.asarray(table.take(np.where(inside, wanted - first, span)))


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """Return the distinct values in order, and each row's place among them."""
    first = int(values.min(initial=0))
    span = int(values.max(initial=0)) - first + 1
    if span > _SPARSE * len(values):
        distinct, place = np.unique(values, return_inverse=True)
        return distinct, place.astype(np.int64)
    above = values - first if first else values
    seen = np.zeros(span, dtype=np.bool_)
    seen[above] = True
    return np.flatnonzero(seen) + first, (np.cumsum(seen) - 1).take(above)


def order(*keys: Ints) -> Ints:
    """Return the rows sorted by whole numbers from 0, the first key first; equal rows stay as they come.

    Keys and row number packed into one number are sorted several times faster than row numbers by their keys.
    """
    size = len(keys[0])
    packed, room = np.zeros(size, dtype=np.int64), 1
    for key in (*keys, np.arange(size)):
        span = int(key.max(initial=0)) + 1
        packed, room = packed * span + key, room * span
        if room > _ROOM:
            return np.lexsort(tuple(reversed(keys)))
    packed.sort()
    return packed % max(size, 1)


def ranks(series: pd.Series[Any]) -> Ints:
    """Return each row's rank among the distinct texts by code point; a column that is sorted already is faster."""
    values = series.to_numpy()
    if values.dtype == object and pd.Index(values).is_monotonic_increasing:
        return np.cumsum(begins(values)) - 1
    return coded(series)[0]


def begins(values: npt.NDArray[Any]) -> Flags:
    """Tell for each row whether it differs from the row before; the first does."""
    return np.append(True, np.asarray(values[1:] != values[:-1], dtype=np.bool_))[: len(values)]


def day_numbers(series: pd.Series[Any]) -> Ints:
    """Return dates as days since 1970, `NO_DAY` where there is none."""
    moments = series.to_numpy()
    if moments.dtype != "datetime64[s]":
        return moments.astype("datetime64[D]").astype(np.int64)
    seconds = moments.view(np.int64)  # dividing is ten times faster than converting
    days = seconds // _SECONDS_OF_DAY
    days[seconds == NO_DAY] = NO_DAY
    return days


def calendar(days: Ints) -> Ints:
    """Return days since 1970 as year, month and day in one number (20240229), 0 where there is none."""
    return _looked_up(days, _written)


def calendar_years(days: Ints) -> Ints:
    """Return the years of days since 1970, 0 where there is none."""
    return _looked_up(days, _year)


def _looked_up(days: Ints, of_days: Callable[[Ints], Ints]) -> Ints:
    """Return what `of_days` gives for each day, 0 where there is none; it is asked once for each day of the calendar.

    A million rows have some thousand days between them, and numpy is slow at years and months.
    """
    is_day = days != NO_DAY
    first, last = int(days.min(initial=0, where=is_day)), int(days.max(initial=0))
    if last - first > _SPARSE * len(days):
        return np.where(is_day, of_days(np.where(is_day, days, 0)), 0)
    table = np.append(0, of_days(np.arange(first, last + 1)))
    return table.take(days - (first - 1), mode="clip")  # `NO_DAY` is far below the first, which is at most 0


def _written(days: Ints) -> Ints:
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    month_of_year, day_of_month = month.astype(np.int64) % 12 + 1, (day - month).astype(np.int64) + 1
    return np.asarray(_year(days) * 10_000 + month_of_year * 100 + day_of_month, dtype=np.int64)


def _year(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + _YEAR_OF_DAY_0


def day_number(day: date) -> int:
    """Return a date as days since 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))


def dates(numbers: Ints) -> npt.NDArray[np.datetime64]:
    """Return days since 1970 as the dates that frames hold."""
    return numbers.astype("datetime64[D]").astype("datetime64[s]")


def whole(series: pd.Series[Any], missing: int = 0) -> Ints:
    """Return a whole-number column as int64 with `missing` where there is nothing."""
    if isinstance(series.dtype, pd.Int64Dtype | pd.Int8Dtype):
        return series.to_numpy(dtype=np.int64, na_value=missing)
    values = series.to_numpy()
    if values.dtype.kind == "f":  # what pandas makes of whole numbers beside nothing at all
        values = np.where(np.isnan(values), missing, values)
    return values.astype(np.int64)


def known(series: pd.Series[Any]) -> Flags:
    """Tell for each row whether there is a value."""
    return np.asarray(series.notna(), dtype=np.bool_)


def nullable(values: Ints, is_known: Flags) -> pd.Series[Any]:
    """Return whole numbers as an `Int64` column, NA where they are not known."""
    return pd.Series(pd.arrays.IntegerArray(values.copy(), ~is_known))


def _numbered(series: pd.Series[Any]) -> tuple[npt.NDArray[np.integer[Any]], Sequence[object]]:
    """Return each row's position among some distinct values, -1 where there is nothing."""
    column = series.array
    if isinstance(column, pd.Categorical):
        return column.codes, column.categories.tolist()
    found, values = pd.factorize(series)
    return found, list(values)
