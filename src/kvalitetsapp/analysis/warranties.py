"""R13: whether an agreement covers an event, and the first reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import among, begins, categories, coded, whole
from kvalitetsapp.domain.agreement import ANY_CLASS
from kvalitetsapp.domain.words import LinkStatus, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints, Texts
    from kvalitetsapp.domain.agreement import Agreement, Warranty

_NEVER: Final = 1 << 40
_UNLISTED: Final = -_NEVER
_REASONS: Final = tuple(sorted(("", *(reason.value for reason in Reason))))


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
) -> pd.Categorical[str]:
    """Return why each event is not covered, "" where it is.

    `events` has operation, status, days and complication_class, those of an operation together; `place` is the row's
    agreement, -1 for none.
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
    found = np.full(len(events), _REASONS.index(""), dtype=np.int8)
    for reason, rows in reversed(not_met.items()):  # the first that applies is written last
        found[rows] = _REASONS.index(reason.value)
    return categories(found, _REASONS)


def _tests(events: pd.DataFrame, place: Ints, agreements: Sequence[Agreement], counts: Flags) -> _Tests:
    code, classes = coded(events["complication_class"])
    days, onset = whole(events["days"]), _onset(events, code, counts)
    cell = (place + 1) * len(classes) + code
    tests = _Tests(*(np.zeros(len(events), dtype=np.bool_) for _ in range(3)))
    for longest, latest in _by_class(agreements, classes):
        limit = longest[cell]
        in_time = days <= limit
        tests.listed[:] |= limit != _UNLISTED
        tests.in_time[:] |= in_time
        tests.held[:] |= in_time & (onset <= latest[cell])
    return tests


def _by_class(agreements: Sequence[Agreement], classes: Texts) -> Iterator[tuple[Ints, Ints]]:
    """Give days and days to onset of the agreements' first warranties, second and so on.

    A cell for every class under no agreement, then for every class under each of the agreements in turn.
    """
    for number in range(max((len(one.warranties) for one in agreements), default=0)):
        longest = np.full((len(agreements) + 1, len(classes)), _UNLISTED, dtype=np.int64)
        latest = np.full_like(longest, _NEVER)
        for row, agreement in enumerate(agreements, start=1):
            for warranty in agreement.warranties[number : number + 1]:
                listed = [_lists(warranty, name) and name not in agreement.exclusions for name in classes]
                longest[row, listed] = warranty.days
                if warranty.onset_within_days is not None:
                    latest[row, listed] = warranty.onset_within_days
        yield longest.ravel(), latest.ravel()


def _lists(warranty: Warranty, complication_class: str) -> bool:
    return ANY_CLASS in warranty.classes or complication_class in warranty.classes


def _onset(events: pd.DataFrame, code: Ints, counts: Flags) -> Ints:
    """Return the days to the first event of the same class in the same case whose status counts, wherever treated."""
    case = np.cumsum(begins(events["operation"].to_numpy())) - 1
    cell = case * (code.max(initial=0) + 1) + code
    first = np.full(cell.max(initial=-1) + 1, _NEVER, dtype=np.int64)
    np.minimum.at(first, cell[counts], whole(events["days"])[counts])
    return np.asarray(first[cell])
