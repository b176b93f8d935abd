"""Summaries of costs and of other terms, on the example county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.domain.scenario import NO_CAP, USUAL, Scenario
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import before_after, claims, summaries, what_if
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


def total(rows: list[dict[str, Any]], name: str) -> int:
    return sum(int(row[name] or 0) for row in rows)


@pytest.mark.parametrize("key", ["provider", "joint", "year", "agreement", "class"])
def test_r15_the_sums_by_any_key_add_up_to_the_same(workspace: Workspace, key: str) -> None:
    found = summaries.recovery(workspace, by=(key,), potential=True).records()
    whole = claims.cases(workspace, potential=True).sums
    for name in ("events", "cost_total", "covered_cost", "over_cap", "claimable", "missing_cost_events"):
        assert total(found, name) == getattr(whole, name), name


@pytest.mark.parametrize("key", ["provider", "joint", "agreement"])
def test_r14_every_case_is_in_one_group(workspace: Workspace, key: str) -> None:
    (everything,) = summaries.complication_cost(workspace).records()
    groups = summaries.complication_cost(workspace, by=(key,)).records()
    assert total(groups, "cases") == everything["cases"] == 198
    assert total(groups, "without_cost") == everything["without_cost"]
    assert max(int(row["highest"] or 0) for row in groups) == everything["highest"]


def test_r14_by_class_the_costs_add_up_to_those_of_the_recovery_summary(workspace: Workspace) -> None:
    by_class = summaries.complication_cost(workspace, by=("class",)).records()
    recovered = {row["complication_class"]: row for row in summaries.recovery(workspace, by=("class",)).records()}
    for row in by_class:
        known = recovered[row["complication_class"]]
        assert int(row["cases"] or 0) + int(row["without_cost"] or 0) == known["cases"]
        if row["cases"]:
            assert abs(int(row["mean"] or 0) * int(row["cases"] or 0) - int(known["cost_total"] or 0)) <= 100


def test_what_is_said_of_complications_against_price_and_the_public_amounts(workspace: Workspace) -> None:
    (row,) = summaries.complication_cost(workspace).records()
    assert int(row["mean_low"] or 0) < int(row["mean"] or 0) < int(row["mean_high"] or 0)
    assert str(row["mean_over_price"]) == f"{int(row['mean'] or 0) / int(row['price'] or 1):.2f}"
    for lower, higher in (("over_10_times", "over_8_times"), ("share_over_cap", "at_cap")):
        assert 0 < float(row[lower] or 0) <= float(row[higher] or 0)


def test_r9_the_followed_operations_are_those_of_the_reoperation_summary(workspace: Workspace) -> None:
    followed = {row["provider_id"]: row for row in summaries.reoperations(workspace, by=("provider",)).records()}
    for row in summaries.expected_cost(workspace).records():
        known = followed[row["provider_id"]]
        assert (row["operations"], row["eligible"]) == (known["operations"], known["eligible"])
        assert int(row["expected_low"] or 0) <= int(row["expected_cost"] or 0) <= int(row["expected_high"] or 0)


def test_the_same_data_give_the_same_interval(workspace: Workspace) -> None:
    assert summaries.expected_cost(workspace, by=("joint",)) == summaries.expected_cost(workspace, by=("joint",))


def test_r15_the_agreed_terms_give_what_the_recovery_summary_gives(workspace: Workspace) -> None:
    found = what_if.what_if(workspace, (Scenario(),)).records()
    confirmed, potential = (summaries.recovery(workspace, potential=each).records() for each in (False, True))
    for row in found:
        assert row["scenario"] == "Som avtalat"
        assert (row["difference"], row["potential_difference"]) == (0, 0)
        assert row["claimable"] == total(confirmed, "claimable")
        assert row["covered_cost"] == total(confirmed, "covered_cost")
        assert row["over_cap"] == total(confirmed, "over_cap")
        assert row["potential_claimable"] == total(potential, "claimable")


def test_r15_without_a_cap_nothing_is_above_it_and_a_higher_cap_never_gives_less(workspace: Workspace) -> None:
    scenarios = [Scenario(cap=ore) for ore in (0, 100_000_00, 200_000_00, 300_000_00, NO_CAP)]
    rows = what_if.what_if(workspace, scenarios).records()[1:]
    amounts = [int(row["claimable"] or 0) for row in rows]
    assert amounts == sorted(amounts)
    assert (amounts[0], rows[-1]["over_cap"]) == (0, 0)


def test_only_the_agreements_that_are_named_are_changed(workspace: Workspace) -> None:
    agreed, *_rest = what_if.what_if(workspace, ()).records()
    names = {str(row["agreement_id"]) for row in summaries.recovery(workspace, by=("agreement",)).records()} - {""}
    each = [
        int(what_if.what_if(workspace, USUAL[1:2], agreement_ids=(name,)).records()[1]["difference"] or 0)
        for name in names
    ]
    assert sum(each) == what_if.what_if(workspace, USUAL[1:2]).records()[1]["difference"] == agreed["over_cap"]


def test_a_scenario_is_made_for_every_cap_and_window() -> None:
    found = what_if.scenarios(cap=("300000", "none"), window=(365, 730), infection_days=1825)
    assert [(one.cap, one.warranty_days) for one in found] == [
        (300_000_00, 365),
        (300_000_00, 730),
        (NO_CAP, 365),
        (NO_CAP, 730),
    ]
    assert {one.infection_days for one in found} == {1825}
    assert what_if.scenarios() == USUAL


@pytest.mark.parametrize("wrong", [{"cap": ("mycket",)}, {"deductible": "1.234"}, {"cost_basis": ("gissning",)}])
def test_what_cannot_be_a_term_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        what_if.scenarios(**wrong)


def test_an_agreement_that_is_not_stored_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="NIX"):
        what_if.what_if(workspace, agreement_ids=("NIX",))


def test_a_cohort_is_operations_or_events_of_some_kind(workspace: Workspace) -> None:
    def persons(**told: Any) -> int:  # noqa: ANN401 - passed on
        row = before_after.before_after(workspace, before_after.Cohort(**told), days=90).records()[0]
        names = ("persons", "left_out_dead", "left_out_moved", "left_out_early", "left_out_late")
        return sum(int(row[name] or 0) for name in names)

    everyone = persons()
    assert 0 < persons(provider="P01") < everyone
    assert 0 < persons(joint="hip", year=2021) < persons(joint="hip") < everyone
    assert 0 < persons(kind="events") < persons(kind="events", potential=True) < everyone


def test_a_cohort_can_be_a_file_of_persons_and_dates(workspace: Workspace, tmp_path: Path) -> None:
    stored = workspace.store.rows("SELECT personal_id FROM identities ORDER BY identity LIMIT 2")
    file = tmp_path / "team.csv"
    rows = [f"{number};2021-06-01" for (number,) in stored] + ["19121212-1212;2021-06-01"]
    file.write_text("personal_id;index_date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (row,) = before_after.before_after(workspace, before_after.Cohort(file=file), days=90).records()
    assert (row["days"], row["unknown"]) == (90, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [("191212121212;2021-13-01", "rad 2: index_date"), ("191212121213;2021-06-01", "rad 2: personal")],
)
def test_a_file_that_cannot_be_right_is_refused_without_its_number(
    workspace: Workspace, tmp_path: Path, line: str, said: str
) -> None:
    file = tmp_path / "team.csv"
    file.write_text(f"personal_id;index_date\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said) as refused:
        before_after.before_after(workspace, before_after.Cohort(file=file), days=90)
    assert line[:12] not in refused.value.message


def test_no_days_are_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="minst 1"):
        before_after.before_after(workspace, before_after.Cohort(), days=0)
