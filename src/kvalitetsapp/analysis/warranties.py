"""R13: whether an agreement covers an event, and the first reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import among, texts, whole
from kvalitetsapp.domain.agreement import ANY_CLASS
from kvalitetsapp.domain.words import LinkStatus, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints, Texts
    from kvalitetsapp.domain.agreement import Agreement, Warranty

_NEVER: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class _Tests:
    """Which events pass each test of some warranty of their agreement, each stricter than the one before."""

    listed: Flags
    in_time: Flags
    held: Flags


def counting(events: pd.DataFrame, *, potential: bool) -> Flags:
    """Tell which links count: confirmed, and for potential amounts proposed as well (R13)."""
    statuses = (LinkStatus.CONFIRMED.value, *((LinkStatus.PROPOSED.value,) if potential else ()))
    return among(events["status"], *statuses)


def reasons(
    events: pd.DataFrame, place: Ints, agreements: Sequence[Agreement], counts: Flags, own_provider: Flags
) -> Texts:
    """Return why each event is not covered, "" where it is.

    `events` has operation, status, days and complication_class; `place` is the row's agreement, -1 for none.
    Whether a complication could have been avoided is no part of it: the agreement is no-fault (R16).
    """
    tests = _tests(events, place, agreements, counts)
    not_met = {
        Reason.NOT_CONFIRMED: ~counts & among(events["status"], LinkStatus.PROPOSED.value),
        Reason.AMBIGUOUS: among(events["status"], LinkStatus.AMBIGUOUS.value),
        Reason.REJECTED: among(events["status"], LinkStatus.REJECTED.value),
        Reason.NO_AGREEMENT: place < 0,
        Reason.NOT_OWN_PROVIDER: ~own_provider,
        Reason.CLASS_NOT_COVERED: ~tests.listed,
        Reason.OUTSIDE_WINDOW: ~tests.in_time,
        Reason.ONSET_OUTSIDE: ~tests.held,
    }
    return np.select(list(not_met.values()), [reason.value for reason in not_met], "").astype(object)


def _tests(events: pd.DataFrame, place: Ints, agreements: Sequence[Agreement], counts: Flags) -> _Tests:
    days, onset = whole(events["days"]), _onset(events, counts)
    tests = _Tests(*(np.zeros(len(events), dtype=np.bool_) for _ in range(3)))
    for number in np.unique(place[place >= 0]).tolist():
        mine = (place == number) & ~among(events["complication_class"], *agreements[number].exclusions)
        for warranty in agreements[number].warranties:
            listed = mine & _lists(warranty, events)
            in_time = listed & (days <= warranty.days)
            limit = _NEVER if warranty.onset_within_days is None else warranty.onset_within_days
            tests.listed[listed] = True
            tests.in_time[in_time] = True
            tests.held[in_time & (onset <= limit)] = True
    return tests


def _lists(warranty: Warranty, events: pd.DataFrame) -> Flags:
    if ANY_CLASS in warranty.classes:
        return np.ones(len(events), dtype=np.bool_)
    return among(events["complication_class"], *warranty.classes)


def _onset(events: pd.DataFrame, counts: Flags) -> Ints:
    """Return the days to the first event of the same class in the same case whose status counts, wherever treated."""
    classes = cohorts.group(
        pd.DataFrame({"case": events["operation"].to_numpy(), "class": texts(events["complication_class"])})
    )
    first = np.full(len(classes.keys), _NEVER, dtype=np.int64)
    np.minimum.at(first, classes.of_row[counts], whole(events["days"])[counts])
    return first[classes.of_row]
