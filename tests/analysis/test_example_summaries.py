"""R9–R16 on the example counties: every expected table, from its expected operations and links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from kvalitetsapp.analysis import agreements, cohorts, recovery, reoperations, survival
from kvalitetsapp.domain import table
from support.examples import COUNTIES, expected_rows
from support.expected_frames import CountyFrames, county_frames

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLERANCE = 1e-6


@pytest.fixture(params=COUNTIES)
def county(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(
    ("name", "by", "within"),
    [
        ("summary_reoperations_provider_joint", ("provider", "joint"), 730),
        ("summary_reoperations_joint_year_30", ("joint", "year"), 30),
        ("summary_reoperations_sex_age_group", ("sex", "age_group"), 730),
    ],
)
def test_r9_r10_the_reoperations_of_an_example_county_are_the_expected_ones(
    county: str, name: str, by: tuple[str, ...], within: int
) -> None:
    given = county_frames(county)
    found = reoperations.summary(
        given.index_operations, given.links, given.persons, given.benchmarks, by=by, within=within, as_of=given.as_of
    )
    assert_same(found, (*keys(by), *table.REOPERATION_VALUES), expected_rows(county, name))


@pytest.mark.parametrize(
    ("name", "by", "at", "event"),
    [
        ("summary_survival_provider_joint", ("provider", "joint"), (365, 730, 1825), "revision"),
        ("summary_survival_joint_reoperation", ("joint",), (90, 730), "reoperation"),
    ],
)
def test_r11_the_survival_of_an_example_county_is_the_expected_one(
    county: str, name: str, by: tuple[str, ...], at: tuple[int, ...], event: survival.Event
) -> None:
    given = county_frames(county)
    found = survival.summary(
        given.index_operations, given.links, given.persons, by=by, at=at, event=event, as_of=given.as_of
    )
    assert_same(found, (*keys(by), *table.SURVIVAL_VALUES), expected_rows(county, name))


def test_r12_every_operation_of_an_example_county_has_its_agreement(county: str) -> None:
    given = county_frames(county)
    found = agreements.agreement_of_operations(given.index_operations, given.agreements)
    assert list(found) == [row["agreement_id"] for row in expected_rows(county, "list_index-operations")]


@pytest.mark.parametrize("potential", [False, True])
def test_r13_r14_r15_the_claims_basis_of_an_example_county_is_the_expected_one(county: str, potential: bool) -> None:
    name = "list_claims-basis_potential" if potential else "list_claims-basis"
    assert_same(claims(county_frames(county), potential=potential), table.CLAIMS_BASIS, expected_rows(county, name))


@pytest.mark.parametrize(
    ("name", "by", "potential"),
    [
        ("summary_recovery_provider", ("provider",), False),
        ("summary_recovery_provider_joint_year_potential", ("provider", "joint", "year"), True),
    ],
)
def test_r13_r14_r15_the_recovery_of_an_example_county_is_the_expected_one(
    county: str, name: str, by: tuple[str, ...], potential: bool
) -> None:
    found = recovery.summary(claims(county_frames(county), potential=potential), by=by)
    assert_same(found, (*keys(by), *table.RECOVERY_VALUES), expected_rows(county, name))


def test_r15_the_order_of_rows_never_decides_what_is_claimed(county: str) -> None:
    given = county_frames(county)
    shuffled = replace(
        given,
        index_operations=mixed(given.index_operations),
        links=mixed(given.links),
        episodes=mixed(given.episodes),
        providers=mixed(given.providers),
        agreements=tuple(reversed(given.agreements)),
    )
    pd.testing.assert_frame_equal(claims(shuffled, potential=True), claims(given, potential=True))


def claims(given: CountyFrames, *, potential: bool) -> pd.DataFrame:
    return recovery.claims_basis(
        given.index_operations, given.links, given.episodes, given.providers, given.agreements, potential=potential
    )


def mixed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sample(frac=1, random_state=7)


def keys(by: Sequence[str]) -> tuple[table.Column, ...]:
    return tuple(table.KEY_COLUMNS[cohorts.KEYS[key]] for key in by)


def assert_same(found: pd.DataFrame, columns: Sequence[table.Column], expected: list[dict[str, str]]) -> None:
    """Fail unless the rows are the expected ones in their order, rates to 1e-6 and all else exactly."""
    assert len(found) == len(expected)
    for column in columns:
        wanted = [row[column.name] for row in expected]
        if column.kind is table.Kind.RATE:
            rates = np.array([float(text or "nan") for text in wanted])
            np.testing.assert_allclose(found[column.name].to_numpy(), rates, rtol=0, atol=TOLERANCE)
        else:
            assert [printed(value, column.kind) for value in found[column.name]] == wanted, column.name


def printed(value: object, kind: table.Kind) -> str:
    if value is pd.NA:
        return ""
    if kind is table.Kind.MONEY:
        whole, rest = divmod(int(str(value)), 100)
        return f"{whole}.{rest:02d}"
    return str(value)[:10] if kind is table.Kind.DATE else str(value)
