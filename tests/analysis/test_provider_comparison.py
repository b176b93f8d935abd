"""R10: providers beside each other: what the exact limits and the detectable difference let one say, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from kvalitetsapp.analysis import detectable, funnel
from kvalitetsapp.domain.indicator import Counted, Direction, Measure
from kvalitetsapp.domain.provider_comparison import (
    COMPARISON,
    Certainty,
    Definition,
    OwnCheck,
    WaitingSource,
    comparison_table,
)
from kvalitetsapp.domain.table import Kind
from support.compared import AS_OF, REOPERATION, compared, figure, material
from support.made_frames import OPERATED
from support.made_indicators import recipe


@pytest.mark.parametrize("n", [20, 150, 400, 1500])
def test_r10_the_word_is_that_of_the_exact_limits_and_of_what_so_many_can_show(n: int) -> None:
    words = {"high_998": Certainty.CERTAINLY_HIGHER, "high_95": Certainty.LIKELY_HIGHER}
    words |= {"low_998": Certainty.CERTAINLY_LOWER, "low_95": Certainty.LIKELY_LOWER}
    enough = float(detectable.power(n, 0.02, 0.04)) >= 0.8
    words[""] = Certainty.NOT_TOLD_APART if enough else Certainty.TOO_LITTLE
    for events in sorted({0, round(n * 0.02), round(n * 0.035), round(n * 0.08)}):
        one = compared({"P01": (n, events)}).providers[0]
        flag = str(funnel.flags([events], [n], 0.02)[0])
        assert (one.flag, one.certainty) == (flag, words[flag])
        assert (one.followed, one.events) == (n, events)
        assert one.value == pytest.approx(events / n)


def test_providers_stand_by_volume_and_the_regions_own_are_only_compared_with() -> None:
    found = compared({"P02": (30, 9), "P01": (40, 0), "OSD": (50, 1)}, national=None)
    assert [one.provider_id for one in found.providers] == ["P01", "P02"]
    assert not found.is_national
    assert found.target == pytest.approx(10 / 120)
    assert found.caterpillar is not None
    assert [bar.key for bar in found.caterpillar.bars] == ["P01", "P02"]


def test_what_cannot_be_told_is_told_so() -> None:
    assert compared({}).providers == ()
    alone = compared({"P01": (40, 2)}, national=None)
    assert (alone.target, alone.providers[0].certainty) == (None, Certainty.NO_COMPARISON)
    assert (alone.providers[0].needed, alone.providers[0].detectable, alone.funnel) == ((), None, None)
    early = compared({"P01": (40, 2)}, as_of=OPERATED + timedelta(days=100))
    (one,) = early.providers
    assert (one.operations, one.followed, one.value, one.certainty) == (40, 0, None, Certainty.TOO_LITTLE)
    assert one.cost is None
    assert one.waiting.source is WaitingSource.NONE
    (row,) = comparison_table(early).records()
    assert (row["waiting_days"], row["value"], row["definition"]) == (None, None, "none")
    assert comparison_table(compared({"P01": (40, 0)}, national=0.0)).records()[0]["certainty"] == "too_little"


def test_what_it_would_take_to_know_is_the_power_of_the_flag() -> None:
    one = compared({"P01": (365, 7)}).providers[0]
    half, double = one.needed
    for each in (half, double):
        assert each.operations is not None
        assert float(detectable.power(each.operations, 0.02, each.rate)) >= 0.8
        assert float(detectable.power(each.operations - 1, 0.02, each.rate)) < 0.8
    assert [half.rate, double.rate] == pytest.approx([0.03, 0.04])
    years = (AS_OF - OPERATED).days / 365
    assert double.years == pytest.approx((double.operations or 0) / (365 / years))


def test_a_high_share_that_is_wanted_is_held_against_what_is_not() -> None:
    kept = replace(REOPERATION, measure=Measure.SHARE_WITHOUT, direction=Direction.HIGH)
    one = compared({"P01": (400, 40)}, kept, national=98.0).providers[0]
    assert one.value == pytest.approx(0.9)
    assert (one.certainty, one.adjusted) == (Certainty.CERTAINLY_LOWER, None)
    assert [each.rate for each in one.needed] == pytest.approx([0.97, 0.96])
    assert one.detectable is not None
    assert one.detectable < 0.98


def test_means_are_held_against_their_interval_and_are_plain_numbers() -> None:
    stay = recipe(Counted.STAY, measure=Measure.MEAN)
    found = compared({"P01": (60, 0)}, stay)
    assert (found.caterpillar, found.providers[0].events) == (None, None)
    assert found.providers[0].certainty is Certainty.NO_COMPARISON
    kinds = {column.name: column.kind for column in comparison_table(found).columns}
    assert kinds["value"] is Kind.DECIMAL
    assert [column.name for column in comparison_table(found).columns] == [column.name for column in COMPARISON]


def test_the_case_mix_tells_nothing_where_events_are_too_few_for_a_model() -> None:
    few = compared({"P01": (100, 1), "P02": (100, 2)})
    assert [one.adjusted for one in few.providers] == [None, None]
    many = compared({"P01": (300, 60), "P02": (100, 5)})
    ratios = [one.adjusted.ratio for one in many.providers if one.adjusted is not None]
    assert ratios == pytest.approx([60 / (300 * 65 / 400), 5 / (100 * 65 / 400)], rel=0.01)


def test_price_and_whole_cost_are_those_of_the_operations() -> None:
    one = compared({"P01": (21, 1)}).providers[0]
    assert (one.prices.known, one.prices.median) == (21, 6_000_010)
    assert (one.prices.lowest, one.prices.highest) == (6_000_000, 6_000_020)
    assert one.cost is not None
    assert one.cost.expected == pytest.approx(6_000_010 + 10_000_00 / 21, abs=1)


def test_the_wait_is_the_median_of_the_latest_list_else_what_is_published_else_missing() -> None:
    entry = {"provider_id": "P01", "procedure_code": "NFB49", "decided_on": "2022-01-01", "snapshot_on": "2022-01-31"}
    lists = [
        entry | {"snapshot_on": "2021-12-31", "decided_on": "2021-01-01"},  # an older list
        *(entry | {"planned_on": day} for day in ("2022-04-11", "2022-01-05", "2022-03-02")),  # 100, 30, 60 days
        entry | {"procedure_code": "NGB49", "decided_on": "2021-01-01"},  # a knee
        entry | {"snapshot_on": "2022-12-31"},  # after the day
    ]
    printed = figure(unit="P02", indicator="waiting_days", printed=Decimal(88), unit_of_value="count")
    found = compared({"P01": (30, 1), "P02": (20, 0)}, waiting=lists, published=[printed])
    first, second = (one.waiting for one in found.providers)
    assert (first.days, first.persons, first.source, first.told) == (60, 3, WaitingSource.ENTRIES, "2022-01-31")
    assert (second.days, second.source) == (88, WaitingSource.PUBLISHED)


@pytest.mark.parametrize(
    ("told", "definition", "check"),
    [
        ({}, Definition.SAME, OwnCheck.UNTRIED),
        ({"n": 250}, Definition.SAME, OwnCheck.FITS),
        ({"n": 130, "printed": Decimal("2.0")}, Definition.SAME, OwnCheck.DOES_NOT_FIT),
        ({"country": "NO", "indicator": "not_revised_2y"}, Definition.OTHER_NATIONAL, OwnCheck.UNTRIED),
        ({"country": "DK"}, Definition.OTHER_NATIONAL, OwnCheck.UNTRIED),
        ({"indicator": "not_revised_2y"}, Definition.OTHER_NATIONAL, OwnCheck.UNTRIED),
        ({"country": ""}, Definition.UNKNOWN, OwnCheck.UNTRIED),
    ],
)
def test_a_providers_own_figure_has_its_distance_to_our_definition(
    told: dict[str, object], definition: Definition, check: OwnCheck
) -> None:
    one = compared({"P01": (30, 1)}, published=[figure(**told), figure(joint="knee"), figure(unit="Okänd")]).providers[
        0
    ]
    assert len(one.published) == 1
    assert (one.published[0].definition, one.published[0].check) == (definition, check)


def test_the_nearest_definition_stands_first_and_the_latest_period_of_each() -> None:
    norway = figure(country="NO", indicator="not_revised_2y", printed=Decimal("97.1"))
    older = figure(period="2098", printed=Decimal("3.0"))
    one = compared({"P01": (30, 1)}, published=[norway, older, figure(period="2099")]).providers[0]
    assert [(each.country, each.printed) for each in one.published] == [("SE", "2.0"), ("NO", "97.1")]


def test_material_of_nothing_gives_a_comparison_of_nobody() -> None:
    assert material({}).frames.operations.empty
    assert comparison_table(compared({})).rows == []
