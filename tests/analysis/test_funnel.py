"""R10: prediction limits and flags, against R and against exact arithmetic."""

from __future__ import annotations

import csv
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kvalitetsapp.analysis import funnel
from support.examples import FOLDER


def exactly_at_most(count: int, n: int, target: Fraction) -> Fraction:
    return sum((comb(n, k) * target**k * (1 - target) ** (n - k) for k in range(count + 1)), Fraction(0))


def exact_limit(n: int, target: Fraction, level: Fraction) -> Fraction:
    """The contract's formula in fractions."""
    r = next(count for count in range(n + 1) if exactly_at_most(count, n, target) >= level)
    reached, before = exactly_at_most(r, n, target), exactly_at_most(r - 1, n, target)
    return min(max((r - (reached - level) / (reached - before)) / n, Fraction(0)), Fraction(1))


def exact_flag(events: int, n: int, target: Fraction) -> str:
    high, low = 1 - exactly_at_most(events - 1, n, target), exactly_at_most(events, n, target)
    for flag, probability, level in (
        ("high_998", high, Fraction(1, 1000)),
        ("low_998", low, Fraction(1, 1000)),
        ("high_95", high, Fraction(25, 1000)),
        ("low_95", low, Fraction(25, 1000)),
    ):
        if probability <= level:
            return flag
    return ""


def test_r10_the_probabilities_of_ten_units_are_those_of_r() -> None:
    with (FOLDER / "statistics" / "funnel_expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    events, n = ([int(row[name]) for row in rows] for name in ("events", "n"))
    pooled = sum(events) / sum(n)
    wanted = [[float(row[name]) for row in rows] for name in ("p_lower", "p_upper")]
    np.testing.assert_allclose(funnel.at_most(events, n, pooled), wanted[0], rtol=0, atol=1e-8)
    np.testing.assert_allclose(funnel.at_least(events, n, pooled), wanted[1], rtol=0, atol=1e-8)
    table = funnel.of_table([row["unit"] for row in rows], events, n, None)
    flagged = {unit: flag for unit, flag in zip(table["unit"], table["flag"], strict=True) if flag}
    assert flagged == {"Jonkoping": "low_95", "Soborg": "high_95"}  # P = 0.0252 and 0.0255 are not flagged


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 999))
@example(1, 1, 25)  # P(R ≥ 1) is the level itself
@example(3, 3, 100)  # 0.1³ is the level itself, and above it in floating point
@example(1, 0, 975)
def test_r10_limits_and_flags_are_those_of_exact_arithmetic(n: int, events: int, per_mille: int) -> None:
    target = Fraction(per_mille, 1000)
    for name, level in funnel.LIMITS.items():
        exact = exact_limit(n, target, Fraction(str(level)))
        assert funnel.limit(n, float(target), level) == pytest.approx(float(exact), abs=1e-9), name
    seen = min(events, n)
    assert funnel.flags([seen], [n], float(target))[0] == exact_flag(seen, n, target)


def test_r10_limits_hold_for_a_whole_country() -> None:
    table = funnel.of_table(["a"], [23_000], [1_000_000], 0.023)
    spread = 1.959963984540054 * (0.023 * 0.977 / 1e6) ** 0.5
    assert table["pi95_high"][0] == pytest.approx(0.023 + spread, abs=1e-6)
    assert table["pi95_low"][0] == pytest.approx(0.023 - spread, abs=1e-6)
    assert list(table["flag"]) == [""]


def test_r10_a_target_of_zero_or_one_gives_limits_and_flags_what_contradicts_it() -> None:
    none = funnel.of_table(["a", "b"], [0, 1], [5, 5], 0.0)
    assert list(none["flag"]) == ["", "high_998"]
    assert list(none["pi998_high"]) == [0.0, 0.0]
    every = funnel.of_table(["a", "b"], [5, 4], [5, 5], 1.0)
    assert list(every["flag"]) == ["", "low_998"]


def test_r10_a_unit_without_operations_has_no_figures_and_does_not_move_the_target() -> None:
    table = funnel.of_table(["b", "ä", "a"], [3, 7, 1], [100, 0, 100], None)
    assert list(table["unit"]) == ["a", "b", "ä"]
    empty = table.iloc[2]
    assert (empty["events"], empty["n"], empty["flag"]) == (0, 0, "")
    assert empty[["rate", "ci_low", "ci_high", *funnel.LIMITS]].isna().all()
    alone = funnel.of_table(["b", "a"], [3, 1], [100, 100], 0.02)
    np.testing.assert_array_equal(table["pi95_high"][:2], alone["pi95_high"])


def test_r10_a_table_of_nothing_is_a_table_without_rows_or_figures() -> None:
    assert funnel.of_table([], [], [], None).empty
    nothing = funnel.of_table(["a"], [0], [0], None)
    assert nothing["flag"][0] == ""
    assert nothing[list(funnel.LIMITS)].isna().all(axis=None)


def test_r10_the_curve_for_drawing_narrows_towards_the_target() -> None:
    curve = funnel.limit_curve(0.02, range(50, 5000, 450))
    assert list(curve["n"]) == list(range(50, 5000, 450))
    inner, outer = (curve[f"{name}_high"] - curve[f"{name}_low"] for name in ("pi95", "pi998"))
    assert (outer > inner).all()
    assert inner.iloc[-1] < inner.iloc[0] / 5
