"""Pairs of numbers that are likely one person, found in blocks of numbers that share something, never all by all.

A valid personnummer differs from another in at least two of its last ten digits, since the check digit tells of any
single one; and two neighbours that have changed places pass the check digit only where they are 0 and 9. Slips of
one digit therefore show between a personnummer and a number that was taken in as a reservnummer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.domain.identity_pairs import PairReason, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.analysis.coding import Bools, Ints

NUMBERS: Final = {
    "identity": "int",
    "person": "int",
    "personal_id": "str",
    "sex": "category",
    "birth_date": "date",
}
CARE: Final = {"identity": "int", "unit": "category", "last": "date"}
OPERATIONS: Final = {"identity": "int", "joint": "category", "on": "date"}
EVENTS: Final = OPERATIONS

RESERVE, COORDINATION, PERSONAL = 0, 1, 2
_TEN: Final = 10**10
_BIT: Final = {reason: 1 << place for place, reason in enumerate(PairReason)}
_WEIGHT: Final = {
    PairReason.SAME_DIGITS: 4,
    PairReason.CENTURY: 3,
    PairReason.ONE_DIGIT: 3,
    PairReason.SWAPPED: 2,
    PairReason.COORDINATION: 2,
    PairReason.BIRTH_AND_UNIT: 1,
    PairReason.COMPLEMENTS: 3,
}
_STRONG, _LIKELY = 4, 2
_CROWDED: Final = 2_000
"""More pairs than this within one block say nothing of anybody: an invented birth date, say."""
_LARGEST_GROUP: Final = 20


@dataclass(frozen=True, slots=True)
class _Numbers:
    """One entry per number: what its digits and the persons files tell."""

    identity: Ints
    person: Ints
    kind: Ints
    core: Ints  # the last ten digits, −1 where the number has no such
    century: Ints  # of a valid number, 0 for others
    born: Ints  # YYYYMMDD, 0 where unknown
    sex: Ints  # 1 male, 2 female, 0 unknown


def likely_pairs(
    numbers: pd.DataFrame, care: pd.DataFrame, operations: pd.DataFrame, unlinked: pd.DataFrame
) -> pd.DataFrame:
    """Return pairs of numbers that may be one person, those for which most speaks first.

    Takes frames of the shapes NUMBERS (one row per number, persons after aliases), CARE (a row per number and unit),
    OPERATIONS and EVENTS (those that no operation was found for). Columns: identity, same_as int64 (the number that
    would become an alias, and the one it would be the same as), reasons str (codes, separated by a space), strength
    str. Numbers of one person already are no pair.
    """
    told = _told(numbers)
    found = [*_by_digits(told), _by_coordination(told), _by_birth_and_unit(told, care)]
    found.append(_by_complements(told, care, operations, unlinked))
    return _ranked(told, care, _merged(told, [pairs for pairs in found if len(pairs)]))


def _told(numbers: pd.DataFrame) -> _Numbers:
    texts = numbers["personal_id"].astype(str)
    length = texts.str.len().to_numpy()
    bare = texts.str.isdecimal().to_numpy() & (length >= 7) & (length <= 12)
    value = np.zeros(len(numbers), dtype=np.int64)
    value[bare] = texts.to_numpy(dtype=object)[bare].astype(np.int64)
    century = np.where(length == 12, value // _TEN, 0)
    real = np.isin(century, (18, 19, 20))
    core = value % _TEN
    month, day = core // 10**6 % 100, core // 10**4 % 100
    dated = (month >= 1) & (month <= 12) & (day % 60 >= 1) & (day % 60 <= 31) & (day <= 91)
    kind = np.where(~real, RESERVE, np.where(day > 60, COORDINATION, PERSONAL))
    usable = real | (bare & (length < 12) & dated)
    male = core // 10 % 2 == 1
    return _Numbers(
        identity=numbers["identity"].to_numpy(),
        person=numbers["person"].to_numpy(),
        kind=kind,
        core=np.where(usable, core, -1),
        century=np.where(real, century, 0),
        born=np.where(real, value // 10**4 - np.where(kind == COORDINATION, 60, 0), _days(numbers["birth_date"])),
        sex=np.where(real, np.where(male, 1, 2), _sexes(numbers["sex"])),
    )


def _days(dates: pd.Series[Any]) -> Ints:
    """Return dates as YYYYMMDD, 0 for none."""
    parts = dates.dt
    found: Ints = (parts.year * 10_000 + parts.month * 100 + parts.day).fillna(0).to_numpy(dtype=np.int64)
    return found


def _sexes(sex: pd.Series[Any]) -> Ints:
    return np.where(sex == "male", 1, np.where(sex == "female", 2, 0))


# what a pair is on its way: a frame with the places of two numbers (one, other) and the bit of a reason


def _pairs(one: Ints, other: Ints, reason: PairReason) -> pd.DataFrame:
    return pd.DataFrame({"one": one, "other": other, "bit": np.full(len(one), _BIT[reason], dtype=np.int64)})


def _by_digits(told: _Numbers) -> Iterator[pd.DataFrame]:
    """Give pairs whose ten digits are the same, one digit off, or two neighbours swapped."""
    usable = np.flatnonzero(told.core >= 0)
    one, other = _within_groups(told.core[usable], usable)
    same_kind = (told.century[one] > 0) & (told.century[other] > 0)
    yield _pairs(one[~same_kind], other[~same_kind], PairReason.SAME_DIGITS)
    yield _pairs(one[same_kind], other[same_kind], PairReason.CENTURY)
    valid = usable[told.century[usable] > 0]
    loose = usable[told.century[usable] == 0]
    yield _one_digit_off(told, loose, valid)
    yield _swapped(told, loose, valid)


def _within_groups(keys: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of places whose keys are equal; a group that is too large gives those next to each other."""
    order = np.argsort(keys, kind="stable")
    keys, places = keys[order], places[order]
    ones, others = [], []
    for step in range(1, _LARGEST_GROUP):
        equal = keys[step:] == keys[:-step]
        if not equal.any():
            break
        ones.append(places[:-step][equal])
        others.append(places[step:][equal])
    nothing = np.zeros(0, dtype=np.int64)
    return np.concatenate([nothing, *ones]), np.concatenate([nothing, *others])


def _one_digit_off(told: _Numbers, loose: Ints, valid: Ints) -> pd.DataFrame:
    found = []
    for place in range(10) if len(loose) else ():
        high, low = 10 ** (place + 1), 10**place
        keys = [told.core[some] // high * low + told.core[some] % low for some in (loose, valid)]
        near = np.isin(keys[1], keys[0])
        one, other = _across(keys[0], loose, keys[1][near], valid[near])
        differ = told.core[one] != told.core[other]
        found.append(_pairs(one[differ], other[differ], PairReason.ONE_DIGIT))
    return pd.concat(found) if found else _pairs(loose, loose, PairReason.ONE_DIGIT)


def _swapped(told: _Numbers, loose: Ints, valid: Ints) -> pd.DataFrame:
    found = []
    for place in range(9):
        ones, tens = told.core // 10**place % 10, told.core // 10 ** (place + 1) % 10
        change = (ones - tens) * (10 ** (place + 1) - 10**place)
        asked = loose[ones[loose] != tens[loose]]
        one, other = _across(told.core[asked] + change[asked], asked, told.core[valid], valid)
        found.append(_pairs(one, other, PairReason.SWAPPED))
        asked = valid[(ones[valid] == 0) & (tens[valid] == 9)]  # nothing else passes the check digit
        one, other = _across(told.core[asked] + change[asked], asked, told.core[valid], valid)
        alike = told.century[one] == told.century[other]
        found.append(_pairs(one[alike], other[alike], PairReason.SWAPPED))
    return pd.concat(found)


def _across(keys: Ints, places: Ints, other_keys: Ints, other_places: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of places, one of each side, whose keys are equal; crowded keys give none."""
    left, right = pd.DataFrame({"key": keys, "one": places}), pd.DataFrame({"key": other_keys, "other": other_places})
    joined = _joined(left, right)
    return joined["one"].to_numpy(dtype=np.int64), joined["other"].to_numpy(dtype=np.int64)


def _joined(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Return what both sides have under the same key, but for keys with more pairs than say anything."""
    right = right[right["key"].isin(left["key"])]
    crowd = left["key"].value_counts().mul(right["key"].value_counts()).dropna()
    crowded = crowd.index[crowd > _CROWDED]
    return left[~left["key"].isin(crowded)].merge(right, on="key")


def _by_coordination(told: _Numbers) -> pd.DataFrame:
    """Return pairs of a samordningsnummer and a personnummer of the same birth date, sex and nearly the same ending.

    The check digit follows the day and is left out; of the other three at most one may differ.
    """
    block = told.born * 3 + told.sex
    some, others = (np.flatnonzero(told.kind == kind) for kind in (COORDINATION, PERSONAL))
    one, other = _across(block[some], some, block[others], others)
    alike = np.zeros(len(one), dtype=np.int64)
    for place in (1, 2, 3):
        alike += told.core[one] // 10**place % 10 == told.core[other] // 10**place % 10
    return _pairs(one[alike >= 2], other[alike >= 2], PairReason.COORDINATION)


def _by_birth_and_unit(told: _Numbers, care: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of a reservnummer and a real number with the same birth date, sex and unit."""
    place = _places(told, care["identity"].to_numpy())
    unit = care["unit"].cat.codes.to_numpy().astype(np.int64)
    known = (told.born[place] > 0) & (told.sex[place] > 0)
    block = (told.born[place] * 3 + told.sex[place]) * (int(unit.max(initial=0)) + 1) + unit
    reserve = known & (told.kind[place] == RESERVE)
    real = known & (told.kind[place] != RESERVE)
    return _pairs(*_across(block[reserve], place[reserve], block[real], place[real]), PairReason.BIRTH_AND_UNIT)


def _by_complements(
    told: _Numbers, care: pd.DataFrame, operations: pd.DataFrame, unlinked: pd.DataFrame
) -> pd.DataFrame:
    """Return pairs of the same birth date where the one's operation may be what the other's event belongs to.

    Two personnummer must also share a unit: of those born on one day there are many.
    """
    left = _with_blocks(told, unlinked, "one")
    right = _with_blocks(told, operations, "other")
    joined = _joined(left, right)
    one, other = (joined[side].to_numpy(dtype=np.int64) for side in ("one", "other"))
    fits = (joined["on_x"] > joined["on_y"]) & ((joined["joint_x"] == joined["joint_y"]) | (joined["joint_x"] == ""))
    sexes = told.sex[one] * told.sex[other]
    fits &= (told.sex[one] == told.sex[other]) | (sexes == 0)
    one, other = one[fits.to_numpy()], other[fits.to_numpy()]
    loose = (told.kind[one] != PERSONAL) | (told.kind[other] != PERSONAL)
    near = loose | _share_a_unit(told, care, one, other)
    return _pairs(one[near], other[near], PairReason.COMPLEMENTS)


def _with_blocks(told: _Numbers, dated: pd.DataFrame, side: str) -> pd.DataFrame:
    place = _places(told, dated["identity"].to_numpy())
    frame = pd.DataFrame(
        {"key": told.born[place], side: place, "joint": dated["joint"].astype(str), "on": dated["on"]}
    )
    return frame[frame["key"] > 0]


def _share_a_unit(told: _Numbers, care: pd.DataFrame, one: Ints, other: Ints) -> Bools:
    place = _places(told, care["identity"].to_numpy())
    cared = pd.DataFrame({"place": place, "unit": care["unit"].cat.codes.to_numpy()})
    asked = pd.DataFrame({"pair": np.arange(len(one)), "one": one, "other": other})
    near = asked.merge(cared[cared["place"].isin(one)], left_on="one", right_on="place")
    near = near.merge(
        cared[cared["place"].isin(other)], left_on=["other", "unit"], right_on=["place", "unit"], suffixes=("", "_y")
    )
    shared = np.zeros(len(one), dtype=np.bool_)
    shared[near["pair"].to_numpy(dtype=np.int64)] = True
    return shared


def _places(told: _Numbers, identities: Ints) -> Ints:
    """Return where identities stand; all of them do."""
    order = np.argsort(told.identity, kind="stable")
    return order[np.searchsorted(told.identity[order], identities)]


def _merged(told: _Numbers, found: list[pd.DataFrame]) -> pd.DataFrame:
    """Return every pair once with the bits of all its reasons, those that are one person already left out."""
    if not found:
        return pd.DataFrame({"one": [], "other": [], "bits": []}, dtype=np.int64)
    pairs = pd.concat(found)
    one, other = pairs["one"].to_numpy(dtype=np.int64), pairs["other"].to_numpy(dtype=np.int64)
    news = told.person[one] != told.person[other]
    low, high = np.minimum(one, other)[news], np.maximum(one, other)[news]
    bits = pairs["bit"].to_numpy(dtype=np.int64)[news]
    key = low * (len(told.identity) + 1) + high
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    merged = np.bitwise_or.reduceat(bits[order], starts) if len(starts) else bits
    first = order[starts]
    return pd.DataFrame({"one": low[first], "other": high[first], "bits": merged})


def _ranked(told: _Numbers, care: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    bits = pairs["bits"].to_numpy(dtype=np.int64)
    score = np.zeros(len(pairs), dtype=np.int64)
    for reason in PairReason:
        score += np.where(bits & _BIT[reason], _WEIGHT[reason], 0)
    one, other = pairs["one"].to_numpy(dtype=np.int64), pairs["other"].to_numpy(dtype=np.int64)
    only_swapped = (bits == _BIT[PairReason.SWAPPED]) & (told.century[one] > 0) & (told.century[other] > 0)
    score[only_swapped] = 1
    turned = _lasts_longer(told, care, one, other)
    frame = pd.DataFrame(
        {
            "identity": told.identity[np.where(turned, other, one)],
            "same_as": told.identity[np.where(turned, one, other)],
            "reasons": pd.Series(_reason_codes(bits), dtype=object),
            "strength": pd.Series(_strengths(score), dtype=object),
        }
    )
    order = np.lexsort((frame["same_as"], frame["identity"], -score))
    return frame.iloc[order].reset_index(drop=True)


def _lasts_longer(told: _Numbers, care: pd.DataFrame, one: Ints, other: Ints) -> Bools:
    """Tell where the first of two is the number that stays: the more real one, else the one with the later care."""
    last = np.zeros(len(told.identity), dtype=np.int64)
    place = _places(told, care["identity"].to_numpy())
    np.maximum.at(last, place, care["last"].to_numpy().astype("datetime64[D]").astype(np.int64))
    longer: Bools = (told.kind[one] > told.kind[other]) | (
        (told.kind[one] == told.kind[other]) & (last[one] > last[other])
    )
    return longer


def _reason_codes(bits: Ints) -> list[str]:
    known = {
        int(each): " ".join(reason for reason in PairReason if each & _BIT[reason])
        for each in np.unique(bits).tolist()
    }
    return [known[each] for each in bits.tolist()]


def _strengths(score: Ints) -> list[str]:
    return [
        (Strength.STRONG if each >= _STRONG else Strength.LIKELY if each >= _LIKELY else Strength.WEAK).value
        for each in score.tolist()
    ]
