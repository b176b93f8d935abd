"""Observed against expected, against statsmodels and scipy."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from kvalitetsapp.analysis import expected, logistic
from support.made_frames import episodes, operation, operations, persons


def made_cases(size: int = 6000, seed: int = 5) -> pd.DataFrame:
    """Return operations whose risk depends on age, sex and diagnosis; provider B has the harder patients."""
    generator = np.random.default_rng(seed)
    age = generator.integers(45, 92, size)
    diagnosis = generator.choice(
        ["osteoarthritis", "fracture", "inflammatory", "other", ""], size, p=[0.7, 0.15, 0.05, 0.05, 0.05]
    )
    sex = generator.choice(["female", "male", ""], size, p=[0.55, 0.43, 0.02])
    log_odds = -3.4 + 0.03 * np.abs(age - 70) + 0.9 * (diagnosis == "fracture") + 0.3 * (sex == "male")
    counted = generator.random(size) < 1 / (1 + np.exp(-log_odds))
    provider = np.where((diagnosis == "fracture") & (generator.random(size) < 0.8), "B", "A").astype(object)
    return pd.DataFrame(
        {
            "operation": np.arange(size),
            "provider_id": provider,
            "joint": "hip",
            "sex": sex.astype(object),
            "diagnosis": diagnosis.astype(object),
            "age": np.where(generator.random(size) < 0.03, expected.NO_AGE, age),
            "year": generator.integers(2019, 2024, size),
            "numerator": counted,
        }
    )


def row_by_row(found: pd.DataFrame, names: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the model's columns written out operation by operation, the spline as Harrell prints it."""
    age = found["age"].to_numpy().astype(float)
    is_known = age >= 0
    first, middle, last = 55.0, 70.0, 82.0
    cubes = [np.clip(age - knot, 0, None) ** 3 for knot in (first, middle, last)]
    bend = cubes[0] - cubes[1] * (last - first) / (last - middle) + cubes[2] * (middle - first) / (last - middle)
    columns = {
        "intercept": np.ones(len(found)),
        "age_10": np.where(is_known, (age - 70) / 10, 0),
        "age_bend": np.where(is_known, bend / (last - first) ** 2 / 10, 0),
        "age_unknown": (~is_known).astype(float),
    }
    for key in ("sex", "diagnosis", "year"):
        for value in found[key].unique():
            columns[f"{key}_{value or 'unknown'}"] = (found[key] == value).to_numpy().astype(float)
    return np.column_stack([columns[name] for name in names])


def test_coefficients_and_errors_are_those_of_statsmodels_row_by_row() -> None:
    found = made_cases()
    model, fitted = expected.model_of(found, "hip")
    names = [one.name for one in model.coefficients]
    oracle = sm.GLM(found["numerator"].astype(float), row_by_row(found, names), family=sm.families.Binomial()).fit(
        tol=1e-12
    )
    np.testing.assert_allclose([one.value for one in model.coefficients], oracle.params, rtol=0, atol=1e-6)
    np.testing.assert_allclose([one.error for one in model.coefficients], oracle.bse, rtol=1e-5)
    np.testing.assert_allclose(fitted, oracle.fittedvalues, rtol=0, atol=1e-8)
    assert {"age_10", "age_bend", "age_unknown", "sex_unknown", "diagnosis_unknown"} <= set(names)
    assert model.converged


def test_expected_numbers_add_up_to_those_observed_and_nobody_is_dropped() -> None:
    found = made_cases()
    case_mix = expected.standardise(found)
    assert sum(one.operations for one in case_mix.providers) == len(found)
    total = sum(one.expected or 0 for one in case_mix.providers)
    assert total == pytest.approx(found["numerator"].sum(), abs=1e-6)
    assert case_mix.models[0].unknown > 0


def test_a_provider_with_harder_patients_is_as_expected_once_they_are_taken_into_account() -> None:
    found = made_cases(20_000)
    ratio = {one.provider_id: one for one in expected.standardise(found).providers}
    crude = found.groupby("provider_id")["numerator"].mean()
    assert crude["B"] > 1.8 * crude["A"]
    hard = ratio["B"]
    assert hard.ratio is not None
    assert hard.ratio == pytest.approx(1, abs=0.1)
    assert hard.rate == pytest.approx(hard.ratio * found["numerator"].mean())
    assert list(ratio) == ["A", "B"]  # by volume


def test_the_interval_of_a_ratio_is_the_exact_one_of_a_count() -> None:
    counts = np.array([0, 1, 5, 12, 200])
    low, high = expected.poisson_interval(counts)
    np.testing.assert_allclose(low[1:], stats.chi2.ppf(0.025, 2 * counts[1:]) / 2)
    np.testing.assert_allclose(high, stats.chi2.ppf(0.975, 2 * (counts + 1)) / 2)
    assert low[0] == 0


def test_calibration_has_every_operation_and_the_test_of_hosmer_and_lemeshow() -> None:
    found = made_cases()
    model, fitted = expected.model_of(found)
    rows = model.calibration
    assert sum(row.operations for row in rows) == len(found)
    assert sum(row.observed for row in rows) == model.events
    assert len(rows) == 10
    assert max(row.operations for row in rows) < 700
    statistic = sum(
        (row.observed - row.expected) ** 2 / (row.expected * (1 - row.expected / row.operations)) for row in rows
    )
    assert model.calibration_p == pytest.approx(stats.chi2.sf(statistic, 8))
    u = stats.mannwhitneyu(fitted[found["numerator"]], fitted[~found["numerator"]]).statistic
    assert model.discrimination == pytest.approx(u / model.events / (len(found) - model.events))


def test_the_model_says_how_many_events_it_has_for_each_parameter() -> None:
    model, _fitted = expected.model_of(made_cases())
    assert model.parameters == 2 + 1 + 2 + 4 + 4
    assert model.events_per_parameter == model.events / model.parameters


@pytest.mark.filterwarnings("error")
def test_a_stratum_without_events_ends_at_no_risk_instead_of_never() -> None:
    found = made_cases(800)
    found["numerator"] &= found["diagnosis"] != "inflammatory"
    model, fitted = expected.model_of(found)
    assert model.converged
    assert fitted[found["diagnosis"] == "inflammatory"].max() < 1e-6
    assert fitted.sum() == pytest.approx(found["numerator"].sum(), abs=1e-5)


def test_a_column_that_says_what_another_says_changes_no_fit() -> None:
    generator = np.random.default_rng(3)
    x = generator.normal(size=50)
    n = generator.integers(5, 40, 50)
    events = generator.binomial(n, 1 / (1 + np.exp(2 - x)))
    alone = logistic.fit(np.column_stack([np.ones(50), x]), events, n)
    twice = logistic.fit(np.column_stack([np.ones(50), x, x, np.zeros(50)]), events, n)
    assert twice.converged
    np.testing.assert_allclose(twice.fitted, alone.fitted, atol=1e-8)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("counted", [False, True])
def test_without_a_single_event_or_with_nothing_else_there_is_no_ratio(counted: bool) -> None:
    found = made_cases(60).assign(numerator=counted)
    case_mix = expected.standardise(found)
    assert not case_mix.models[0].converged
    assert case_mix.models[0].calibration_p is None
    assert {one.ratio for one in case_mix.providers} == {None}
    assert expected.risks(found).empty


def test_no_risk_is_drawn_from_fewer_events_than_two_per_parameter() -> None:
    found = made_cases(300)
    few = found.assign(numerator=found.index < 5)
    model, _fitted = expected.model_of(few)
    assert model.converged
    assert (model.events_per_parameter or 0) < expected.LEAST_PER_PARAMETER
    assert expected.risks(few).empty


def test_of_no_operations_there_is_no_model() -> None:
    nothing = made_cases(10).iloc[:0]
    assert expected.standardise(nothing).models == ()
    assert expected.standardise(nothing).providers == ()


def test_one_patient_alike_to_all_others_gives_the_plain_rate() -> None:
    found = made_cases(100).assign(age=70, sex="male", diagnosis="other", year=2020)
    model, fitted = expected.model_of(found)
    assert model.parameters == 0
    assert model.events_per_parameter is None
    np.testing.assert_allclose(fitted, found["numerator"].mean())


def test_joints_have_models_of_their_own_and_risks_by_operation() -> None:
    hip, knee = made_cases(1500), made_cases(1000, seed=9).assign(joint="knee")
    knee["operation"] += 1500
    both = pd.concat([knee, hip], ignore_index=True)
    assert [model.joint for model in expected.standardise(both).models] == ["hip", "knee"]
    risk = expected.risks(both)
    np.testing.assert_allclose(risk.loc[hip["operation"]], expected.model_of(hip)[1])


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("M161", "osteoarthritis"),
        ("M171", "osteoarthritis"),
        ("S7200", "fracture"),
        ("M059", "inflammatory"),
        ("M148", "inflammatory"),
        ("M150", "other"),
        ("", ""),
    ],
)
def test_a_main_diagnosis_has_its_group(code: str, group: str) -> None:
    assert expected.diagnosis_group(pd.Series([code], dtype=object)).tolist() == [group]


def test_cases_are_the_counted_with_what_is_known_of_them() -> None:
    done = operations(
        operation(operated_on=date(2020, 6, 1)), operation(operated_on=date(2021, 3, 1)), operation(provider_id="P02")
    )
    known = persons({"sex": "male", "birth_date": "1950-06-01"}, {"sex": "", "birth_date": "2051-01-01"})
    stays = episodes({"episode": 1000, "main_diagnosis": "M161"}, {"episode": 1001, "main_diagnosis": ""})
    members = pd.DataFrame({"operation": [0, 1, 2], "counted": [True, True, False], "value": [1.0, 0.0, np.nan]})
    found = expected.cases(members, done, known, stays)
    assert found.drop(columns=["operation", "joint"]).to_numpy().tolist() == [
        ["P01", "male", "osteoarthritis", 70, 2020, True],
        ["P01", "", "", expected.NO_AGE, 2021, False],  # born after the operation: no age
    ]


@pytest.mark.parametrize(
    ("birth", "age"), [("1950-03-02", 69), ("1950-03-01", 70), ("1948-02-29", 72), ("1850-01-01", -1)]
)
def test_age_is_whole_years_on_the_day_of_the_operation(birth: str, age: int) -> None:
    done = operations(operation(operated_on=date(2020, 3, 1)))
    members = pd.DataFrame({"operation": [0], "counted": [True], "value": [0.0]})
    stays = episodes({"episode": 1000, "main_diagnosis": "M161"})
    assert expected.cases(members, done, persons({"birth_date": birth}), stays)["age"].tolist() == [age]
