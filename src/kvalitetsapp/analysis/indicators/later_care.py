"""Care after operations that codes tell of: where it is found, and which of it a person has decided on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import procedures
from kvalitetsapp.analysis.by_day import ByDay
from kvalitetsapp.analysis.coding import COMPATIBLE_BITS, JOINTS, NO_JOINT, SIDE_BITS
from kvalitetsapp.analysis.columns import among, day_numbers
from kvalitetsapp.analysis.indicators import cohort
from kvalitetsapp.domain.codes import ProcedureRole
from kvalitetsapp.domain.words import LinkStatus, Role

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.indicators.outcomes import Happened
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.domain.indicator import Indicator, Window

_DECIDED: Final = (LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value)


def is_delivered(source: IndicatorSource) -> bool:
    """Tell whether any care but the index stays is delivered: without it, nothing found would not mean nothing."""
    row = cohort.operations(source).row
    is_stay = np.zeros(len(source.episodes), dtype=np.bool_)
    is_stay[row[row >= 0]] = True
    return not is_stay.all()


def recorded_procedures(source: IndicatorSource) -> Procedures:
    """Return every recorded procedure with its side and day (R1, R2), those that no rule knows among them."""
    return source.once("procedures", lambda: _recorded(source))


def _recorded(source: IndicatorSource) -> Procedures:
    columns = (source.episodes["procedures"], source.details["code"])
    met = {code for column in columns for text in column.cat.categories for code in str(text).split()}
    plain = dict.fromkeys(met, ProcedureRole(JOINTS[0], Role.OTHER))
    wider = replace(source.tables, procedure_roles=plain | dict(source.tables.procedure_roles))
    return procedures.joint_procedures(source.episodes, source.details, wider)


def episodes_after(indicator: Indicator, source: IndicatorSource) -> tuple[Ints, Ints]:
    """Return the other episodes of the same person that begin in the window of each operation that is followed.

    As pairs: the operation's place, and the episode's row.
    """
    person, admitted = source.episodes["person"].to_numpy(), source.episodes["admitted"]
    by_day = source.once("episodes by day", lambda: ByDay(person, day_numbers(admitted)))
    operation, row = _in_windows(indicator.window, indicator, source, by_day)
    other = row != cohort.operations(source).row[operation]
    return operation[other], row[other]


def procedures_after(indicator: Indicator, source: IndicatorSource, window: Window) -> tuple[Ints, Procedures]:
    """Return the procedures of other episodes of the same person in a window of each operation that is followed.

    Those on another known side than the operation's are left out. As pairs: the operation's place and the procedure.
    """
    recorded, known = recorded_procedures(source), cohort.operations(source)
    person = source.episodes["person"].to_numpy()
    by_day = source.once("procedures by day", lambda: ByDay(person[recorded.row], recorded.day))
    operation, place = _in_windows(window, indicator, source, by_day)
    fits = (COMPATIBLE_BITS[known.side[operation]] & SIDE_BITS[recorded.side[place]]) != 0
    fits &= recorded.row[place] != known.row[operation]
    return operation[fits], recorded.where(place[fits])


def _in_windows(window: Window, indicator: Indicator, source: IndicatorSource, by_day: ByDay) -> tuple[Ints, Ints]:
    known, span = cohort.operations(source), cohort.span(replace(indicator, window=window), source)
    asking = cohort.by_person(source)
    asking = asking[span.followed[asking]]  # in the order of persons: neighbours ask for neighbours
    asker, found = by_day.between(known.person[asking], span.first[asking], span.last[asking])
    return asking[asker], found


def decided(source: IndicatorSource, events: Happened) -> Flags:
    """Tell on which events a person has decided: as an event of the operation's joint, or of a joint not told."""
    links = source.links[among(source.links["status"], *_DECIDED)]
    room = len(JOINTS) + 1
    joint = cohort.joint_numbers(links["joint"])
    keys = links["episode"].to_numpy() * room + joint
    asked = events.episode * room + cohort.operations(source).joint[events.operation]
    return np.isin(asked, keys) | np.isin(events.episode * room + NO_JOINT, keys)
