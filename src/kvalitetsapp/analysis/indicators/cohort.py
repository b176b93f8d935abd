"""Whose operations an indicator means, and from which day to which it looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import columns
from kvalitetsapp.analysis.coding import JOINT_WORDS, JOINTS, NO_JOINT, SIDE_NUMBERS, UNKNOWN
from kvalitetsapp.analysis.columns import NO_DAY, among, coded, day_number, day_numbers, texts
from kvalitetsapp.analysis.indicators.code_spans import in_force
from kvalitetsapp.domain.indicator import Anchor, Counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints, Texts
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Cohort, Indicator

_JOINT_NUMBERS: Final = {word: number for number, word in enumerate(JOINT_WORDS)}
_ENDS_WITH_THE_STAY: Final = (Counted.STAY, Counted.DAY_SURGERY)


@dataclass(frozen=True, slots=True)
class Operations:
    """All index operations in the order of their frame, as whole numbers (of `coding`; days since 1970).

    `row` is the index stay's place in EPISODES, -1 where it is not there; its days are then the operation's.
    """

    number: Ints
    person: Ints
    joint: Ints
    side: Ints
    day: Ints
    row: Ints
    admitted: Ints
    discharged: Ints

    def anchored(self, anchor: Anchor) -> Ints:
        """Return the day that windows are counted from."""
        return self.discharged if anchor is Anchor.DISCHARGE else self.day


@dataclass(frozen=True, slots=True)
class Span:
    """Each operation's window as days since 1970, both in, and whether it has been followed to the end of it."""

    anchor: Ints
    first: Ints
    last: Ints
    followed: Flags


def operations(source: IndicatorSource) -> Operations:
    """Return all index operations of a source."""
    return source.once("operations", lambda: _read(source))


def _read(source: IndicatorSource) -> Operations:
    every, episodes = source.index_operations, source.episodes
    day = day_numbers(every["operated_on"])
    row = columns.places(episodes["episode"].to_numpy(), every["episode"].to_numpy())
    return Operations(
        number=every["operation"].to_numpy(),
        person=every["person"].to_numpy(),
        joint=numbers(every["joint"], _JOINT_NUMBERS, NO_JOINT),
        side=numbers(every["side"], SIDE_NUMBERS, UNKNOWN),
        day=day,
        row=row,
        admitted=_of_stay(day_numbers(episodes["admitted"]), row, day),
        discharged=_of_stay(day_numbers(episodes["discharged"]), row, day),
    )


def numbers(column: pd.Series[Any], known: Mapping[str, int], other: int) -> Ints:
    """Return the number of each word of a text or category column, `other` for words that are not known."""
    codes, distinct = coded(column)
    return np.array([known.get(word, other) for word in distinct], dtype=np.int64)[codes]


def joint_numbers(column: pd.Series[Any]) -> Ints:
    """Return the joint of each row as a number of `coding`."""
    return numbers(column, _JOINT_NUMBERS, NO_JOINT)


def _of_stay(days: Ints, row: Ints, otherwise: Ints) -> Ints:
    told = np.append(days, NO_DAY)[row]  # -1 takes the last
    return np.where(told == NO_DAY, otherwise, told)


def prostheses(source: IndicatorSource) -> Texts:
    """Return what kind of prosthesis each operation puts in, "" where its code is not in the table."""
    codes, distinct = coded(source.index_operations["procedure_code"])
    return np.array([source.prostheses.get(code, "") for code in distinct], dtype=object)[codes]


def members(cohort: Cohort, source: IndicatorSource) -> Flags:
    """Tell which index operations belong to a cohort, whatever their day."""
    every, known = source.index_operations, operations(source)
    chosen = np.ones(len(every), dtype=np.bool_)
    if cohort.joints:
        chosen &= among(every["joint"], *cohort.joints)
    if cohort.payer_routes:
        chosen &= among(every["payer_route"], *cohort.payer_routes)
    if cohort.prostheses:
        chosen &= np.isin(prostheses(source), [str(kind) for kind in cohort.prostheses])
    if cohort.codes:
        chosen &= in_force(every["procedure_code"], known.day, cohort.codes)
    if cohort.care_forms:
        chosen &= _at_stay(among(source.episodes["care_form"], *cohort.care_forms), known.row)
    if cohort.diagnoses or cohort.not_diagnoses:
        chosen &= _diagnoses(cohort, source, known)
    return chosen


def _diagnoses(cohort: Cohort, source: IndicatorSource, known: Operations) -> Flags:
    """Tell at which operations the stay has a main diagnosis that is wanted, and none that is not."""
    chosen = np.ones(len(known.row), dtype=np.bool_)
    stay = np.flatnonzero(known.row >= 0)
    main = source.episodes["main_diagnosis"].iloc[known.row[stay]]
    if cohort.diagnoses:
        chosen[:] = False
        chosen[stay] = in_force(main, known.day[stay], cohort.diagnoses)
    chosen[stay] &= ~in_force(main, known.day[stay], cohort.not_diagnoses)
    return chosen


def _at_stay(holds: Flags, row: Ints) -> Flags:
    return np.append(holds, False)[row]


def span(indicator: Indicator, source: IndicatorSource) -> Span:
    """Return the window of each operation.

    An operation is followed when the window has ended by `as_of`; where nothing has to be waited for, when the day
    that it is counted from has come. What the stay itself tells is known when it has ended.
    """
    known, window, kind = operations(source), indicator.window, indicator.count.kind
    anchor = known.discharged if kind in _ENDS_WITH_THE_STAY else known.anchored(window.anchor)
    as_of = day_number(source.as_of)
    last = np.full(len(anchor), as_of) if window.last is None else anchor + window.last
    waited = indicator.follow_up_days if kind is Counted.ANSWER else window.last or 0
    return Span(anchor, anchor + window.first, last, anchor + waited <= as_of)


def by_person(source: IndicatorSource) -> Ints:
    """Return the places of all operations in the order of their persons."""
    return source.once("operations by person", lambda: np.argsort(operations(source).person, kind="stable"))


def person_and_joint(person: Ints, joint: Ints) -> Ints:
    """Return a number for each person's joint."""
    return person * (len(JOINTS) + 1) + joint


def provider_units(source: IndicatorSource) -> Texts:
    """Return the unit of each operation, "" where none is told."""
    place = columns.places(source.units["operation"].to_numpy(), operations(source).number)
    return np.append(texts(source.units["unit"]), "")[place]
