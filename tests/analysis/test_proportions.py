"""Intervals of proportions and counts, against R."""

from __future__ import annotations

import csv

import numpy as np

from kvalitetsapp.analysis import proportions
from support.examples import FOLDER


def columns() -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    with (FOLDER / "statistics" / "proportion_expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0] if name != "unit"}


def test_r9_wilson_intervals_are_those_of_r() -> None:
    expected = columns()
    low, high = proportions.wilson(expected["events"], expected["n"])
    np.testing.assert_allclose(low, expected["wilson_low"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(high, expected["wilson_high"], rtol=0, atol=1e-8)


def test_clopper_pearson_intervals_are_those_of_r() -> None:
    expected = columns()
    low, high = proportions.clopper_pearson(expected["events"], expected["n"])
    np.testing.assert_allclose(low, expected["clopper_pearson_low"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(high, expected["clopper_pearson_high"], rtol=0, atol=1e-8)


def test_byar_intervals_of_a_count_are_those_of_r() -> None:
    expected = columns()
    low, high = proportions.byar(expected["events"])
    some = expected["events"] > 0  # R leaves the lower limit of none open
    np.testing.assert_allclose(low[some], expected["byar_low"][some], rtol=0, atol=1e-8)
    assert not low[~some].any()
    np.testing.assert_allclose(high, expected["byar_high"], rtol=0, atol=1e-8)


def test_r9_none_and_all_of_n_end_at_exactly_zero_and_one() -> None:
    for interval in (proportions.wilson, proportions.clopper_pearson):
        low, high = interval([0, 7], [7, 7])
        assert low[0] == 0.0
        assert not np.signbit(low[0])
        assert high[1] == 1.0
        assert 0 < high[0] == 1 - low[1] or abs(high[0] - (1 - low[1])) < 1e-12


def test_r9_nothing_followed_has_no_rate_and_no_interval() -> None:
    for interval in (proportions.wilson, proportions.clopper_pearson):
        low, high = interval([0, 1], [0, 4])
        assert np.isnan([low[0], high[0]]).all()
        assert not np.isnan([low[1], high[1]]).any()
    assert np.isnan(proportions.rate([0], [0])).all()
