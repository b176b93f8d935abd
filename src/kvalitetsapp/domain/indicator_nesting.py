"""Which indicators count events that all are among those of another, so that the rest can be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.indicator import Counted, Measure, Reviewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.indicator import Cohort, Count, Indicator, Window

_SHARES = (Measure.SHARE, Measure.SHARE_WITHOUT)


def inside(one: Indicator, every: Iterable[Indicator]) -> tuple[str, ...]:
    """Return the other indicators whose events hold all of this one's, in their order."""
    return tuple(other.indicator_id for other in every if other is not one and is_part_of(one, other))


def is_part_of(inner: Indicator, outer: Indicator) -> bool:
    """Tell whether every event of `inner` is one of `outer` too, by what their recipes say.

    A share without what is counted has the same events as the share with it.
    """
    if inner.measure not in _SHARES or outer.measure not in _SHARES or inner.count.kind is not outer.count.kind:
        return False
    return (
        _window(inner.window, outer.window)
        and _cohort(inner.cohort, outer.cohort)
        and (inner.count == outer.count or _count(inner.count, outer.count))
    )


def _window(inner: Window, outer: Window) -> bool:
    if inner == outer:
        return True
    if inner.anchor is not outer.anchor or inner.first < outer.first:
        return False
    return outer.last is None or (inner.last is not None and inner.last <= outer.last)


def _cohort(inner: Cohort, outer: Cohort) -> bool:
    named = ("joints", "prostheses", "codes", "diagnoses", "payer_routes", "care_forms")
    narrower = all(_among(getattr(inner, name), getattr(outer, name)) for name in named)
    return narrower and set(outer.not_diagnoses) <= set(inner.not_diagnoses)


def _count(inner: Count, outer: Count) -> bool:
    match inner.kind:
        case Counted.LINKED:
            looser = outer.reviewed in (inner.reviewed, Reviewed.COUNTED)
            return looser and _among(inner.levels, outer.levels) and _among(inner.classes, outer.classes)
        case Counted.ADVERSE:
            return _among(inner.groups, outer.groups)
        case _:
            return False


def _among(inner: Sequence[object], outer: Sequence[object]) -> bool:
    """Tell whether what is chosen is among what the other chooses; an empty choice is everything."""
    return not outer or (bool(inner) and set(inner) <= set(outer))
