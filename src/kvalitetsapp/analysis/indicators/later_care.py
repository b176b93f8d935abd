"""Care after operations that codes tell of: where it is found, and which of it a person has decided on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import procedures
from kvalitetsapp.analysis.coding import COMPATIBLE_BITS, JOINTS, NO_JOINT, SIDE_BITS
from kvalitetsapp.analysis.columns import among
from kvalitetsapp.analysis.indicators import cohort
from kvalitetsapp.domain.codes import ProcedureRole
from kvalitetsapp.domain.words import LinkStatus, Role

if TYPE_CHECKING:
    from kvalitetsapp.analysis import coding
    from kvalitetsapp.analysis.adverse_codes import Marks
    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.indicators.outcomes import Happened
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.domain.indicator import Window

_DECIDED: Final = (LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value)


def is_delivered(source: IndicatorSource) -> bool:
    """Tell whether any care but the index stays is delivered: without it, nothing found would not mean nothing."""
    stays = np.unique(cohort.operations(source).row)
    return len(source.episodes) > int((stays >= 0).sum())


def recorded_procedures(source: IndicatorSource) -> Procedures:
    """Return every recorded procedure with its side and day (R1, R2), those that no rule knows among them."""
    known = source.worked_out.get("procedures")
    if known is None:
        columns = (source.episodes["procedures"], source.details["code"])
        met = {code for column in columns for text in column.cat.categories for code in str(text).split()}
        plain = dict.fromkeys(met, ProcedureRole(JOINTS[0], Role.OTHER))
        wider = replace(source.tables, procedure_roles=plain | dict(source.tables.procedure_roles))
        known = procedures.joint_procedures(source.episodes, source.details, wider)
        source.worked_out["procedures"] = known
    return known


def after_operations(source: IndicatorSource, window: Window, marks: Marks, joint: coding.Ints) -> tuple[Ints, Ints]:
    """Return marks in the windows of operations, as pairs of places: the mark's, and the operation's.

    A mark goes with operations of the same person, in another episode, of the mark's joint (NO_JOINT: any) and, where
    its side is known, of no other known side.
    """
    known = cohort.operations(source)
    person = source.episodes["person"].to_numpy()[marks.row]
    mark, operation = cohort.before(source, window, person, marks.day)
    fits = (joint[mark] == NO_JOINT) | (joint[mark] == known.joint[operation])
    fits &= known.row[operation] != marks.row[mark]
    fits &= (COMPATIBLE_BITS[known.side[operation]] & SIDE_BITS[marks.side[mark]]) != 0
    return mark[fits], operation[fits]


def decided(source: IndicatorSource, events: Happened) -> Flags:
    """Tell on which events a person has decided: as an event of the operation's joint, or of a joint not told."""
    links = source.links[among(source.links["status"], *_DECIDED)]
    room = len(JOINTS) + 1
    joint = cohort.joint_numbers(links["joint"])
    keys = links["episode"].to_numpy() * room + joint
    asked = events.episode * room + cohort.operations(source).joint[events.operation]
    return np.isin(asked, keys) | np.isin(events.episode * room + NO_JOINT, keys)
