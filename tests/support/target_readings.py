"""Any figures of targets, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from kvalitetsapp.domain.target_status import Reading

VALUES = st.floats(-100, 100)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Return a figure with an interval around it and enough behind it."""
    low, value, high = sorted(draw(st.tuples(VALUES, VALUES, VALUES)))
    return Reading(value, low, high, draw(st.integers(10, 1000)))


def mirrored(one: Reading) -> Reading:
    """Return the same figure on a scale that runs the other way."""
    assert one.low is not None
    assert one.high is not None
    return Reading(-one.value, -one.high, -one.low, one.n)
