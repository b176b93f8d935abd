"""Groups of people: what each comes to, against which reference, by which ages, and what is told of the small ones."""

from __future__ import annotations

from itertools import permutations

import pytest

from kvalitetsapp.analysis import equity
from kvalitetsapp.analysis.indicators.figures import summary
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.equity import EquityGroup, EquityRule
from kvalitetsapp.domain.equity_words import finding_texts, headline, reading
from kvalitetsapp.domain.indicator import Counted, Measure
from support.grouped import REVISION, People, source, split
from support.made_indicators import made, recipe

ABROAD = (
    People(40, 2),
    People(30, 9, birth_country="SY"),
    People(12, 0, birth_country="NO"),
    People(6, 1, birth_country=""),
)
NIGHTS = recipe(Counted.STAY, measure=Measure.MEAN)


def by_word(groups: tuple[EquityGroup, ...]) -> dict[str, EquityGroup]:
    return {one.words[0]: one for one in groups}


def test_groups_stand_in_the_order_of_their_words_with_what_is_not_told_last() -> None:
    found = split(ABROAD, "birth_region")
    told = [(one.words, one.n, one.persons, one.events) for one in found.groups]
    assert told == [
        (("sweden",), 40, 40, 2),
        (("nordic",), 12, 12, 0),
        (("elsewhere",), 30, 30, 9),
        (("",), 6, 6, 1),
    ]
    assert (found.reference, found.whole.n, found.whole.events) == ("sweden", 88, 12)


def test_the_figures_of_groups_are_those_that_the_indicator_has_everywhere() -> None:
    of = source(ABROAD)
    for key in ("birth_region", "birth_country", "sex", "age_group", "education", "payer_route"):
        told = {row[key]: row for row in summary(REVISION, of, by=(key,)).to_dict("records")}
        for one in split(of, key).groups:
            row = told[one.words[0]]
            assert (one.operations, one.n, one.events) == (row["operations"], row["n"], row["events"])
            assert one.crude is not None
            assert (one.crude.value, one.crude.low, one.crude.high) == (row["value"], row["ci_low"], row["ci_high"])


def test_differences_are_against_the_largest_group_or_the_one_that_is_told() -> None:
    groups = by_word(split(ABROAD, "birth_region").groups)
    assert groups["sweden"].is_reference
    assert groups["sweden"].difference is None
    difference, ratio = groups["elsewhere"].difference, groups["elsewhere"].ratio
    assert difference is not None
    assert ratio is not None
    assert (difference.value, ratio.value) == pytest.approx((0.3 - 0.05, 6))
    other = split(ABROAD, "birth_region", reference="elsewhere")
    turned = by_word(other.groups)["sweden"].difference
    assert turned is not None
    assert (turned.value, turned.low, turned.high) == pytest.approx(
        (-difference.value, -(difference.high or 0), -(difference.low or 0))
    )
    with pytest.raises(equity.NoSuchGroupError, match="mars"):
        split(ABROAD, "birth_region", reference="mars")


def test_of_groups_of_the_same_size_the_same_is_the_reference_whatever_their_order() -> None:
    people = [People(20, 1, birth_country=each) for each in ("SE", "NO", "SY")]
    assert {split(tuple(order), "birth_region").reference for order in permutations(people)} == {"sweden"}


def test_who_has_no_row_among_the_persons_is_of_no_known_sex_or_age() -> None:
    of = source((People(20, 2), People(6, 3, sex="male")))
    of.persons = of.persons[of.persons["person"] < 20]
    found = split(of, "sex", standardised=True)
    told = by_word(found.groups)
    assert (told[""].n, told[""].persons, told[""].standardised) == (6, 6, None)
    assert EquityRule.AGE_UNKNOWN in {one.rule for one in found.findings}


def test_who_of_a_group_has_an_age_must_be_five_for_a_standardised_figure() -> None:
    found = split(
        (People(20, 2), People(4, 1, sex="male"), People(6, 1, sex="male", age=None)), "sex", standardised=True
    )
    men = by_word(found.groups)["male"]
    assert men.crude is not None
    assert (men.standardised, men.standardised_difference) == (None, None)


def test_what_is_not_told_is_a_group_but_never_the_reference() -> None:
    found = split((People(50, 1, education=""), People(20, 1, education="long")), "education")
    assert found.reference == "long"
    assert by_word(found.groups)[""].difference is not None
    assert found.findings[0].rule is EquityRule.UNKNOWN
    assert (found.findings[0].operations, found.findings[0].of) == (50, 70)


def test_fewer_than_five_persons_have_no_figure_however_many_operations_they_have() -> None:
    found = split((People(40, 2), People(4, 1, sex="male", operations_each=3)), "sex")
    small = by_word(found.groups)["male"]
    assert (small.n, small.persons, small.events) == (12, 4, 1)
    assert small.is_small
    assert [small.crude, small.difference, small.ratio, small.standardised] == [None] * 4
    assert [(one.rule, one.group, one.operations) for one in found.findings] == [
        (EquityRule.SMALL_GROUP, ("male",), 12)
    ]
    assert found.whole.n == 52
    assert "Färre än 5 personer: Man (12 operationer av 52)" in finding_texts(found)[0]


def test_a_reference_that_is_too_small_gives_nobody_a_difference() -> None:
    found = split((People(40, 2), People(4, 1, sex="male")), "sex", reference="male")
    assert all(one.difference is None for one in found.groups)
    assert EquityRule.NO_REFERENCE in {one.rule for one in found.findings}


def test_within_another_key_each_group_is_held_against_the_reference_of_its_own() -> None:
    people = (
        *(People(40, 2, age=60), People(20, 4, age=60, birth_country="SY")),
        *(People(10, 2, age=80), People(20, 0, age=80, birth_country="SY")),
        People(9, 1, age=50, birth_country="SY"),
    )
    found = split(people, "birth_region", "age_group")
    told = {one.words: one for one in found.groups}
    older, younger = told["elsewhere", "75-84"].difference, told["elsewhere", "55-64"].difference
    assert older is not None
    assert younger is not None
    assert (older.value, younger.value) == pytest.approx((-0.2, 0.15))
    assert told["elsewhere", "<55"].difference is None
    lacking = [one for one in found.findings if one.rule is EquityRule.NO_REFERENCE]
    assert [(one.group, one.operations) for one in lacking] == [(("<55",), 9)]


def test_groups_of_the_same_rates_at_every_age_have_the_same_standardised_figure() -> None:
    people = (
        *(People(20, 2, age=60), People(80, 40, age=80)),
        *(People(80, 8, age=60, sex="male"), People(20, 10, age=80, sex="male")),
    )
    crude, found = split(people, "sex"), split(people, "sex", standardised=True)
    women, men = (by_word(found.groups)[sex] for sex in ("female", "male"))
    assert by_word(crude.groups)["female"].standardised is None
    assert women.crude is not None
    assert men.crude is not None
    assert (women.crude.value, men.crude.value) == (0.42, 0.18)
    assert women.standardised is not None
    assert men.standardised is not None
    # 6 000 from 60 to 64 and 4 000 + 2 500 from 75 to 84; nobody is between, so those ages weigh nothing
    assert found.ages == (60, 84)
    expected = (6000 * 0.1 + 6500 * 0.5) / 12500
    assert (women.standardised.value, men.standardised.value) == pytest.approx((expected, expected))
    difference = men.standardised_difference or women.standardised_difference
    assert difference is not None
    assert difference.value == pytest.approx(0)
    assert any(one.differs for one in crude.groups)  # the ages do, and that is told beside
    assert "åldersstandardiserat 0,0 (" in headline(found)


def test_a_group_without_an_age_that_others_have_is_not_standardised_and_that_is_told() -> None:
    found = split(
        (People(20, 2, age=60), People(20, 2, age=80), People(30, 3, age=80, sex="male")), "sex", standardised=True
    )
    told = by_word(found.groups)
    assert told["female"].standardised is not None
    assert told["male"].standardised is None
    assert [(one.rule, one.group) for one in found.findings] == [(EquityRule.NO_AGES, ("male",))]


def test_who_has_no_known_age_is_left_out_of_what_is_standardised_only() -> None:
    found = split((People(20, 2, age=70), People(5, 5, age=None)), "sex", standardised=True)
    (women,) = found.groups
    assert women.n == 25
    assert women.standardised is not None
    assert women.standardised.value == pytest.approx(0.1)
    assert [(one.rule, one.operations) for one in found.findings] == [(EquityRule.AGE_UNKNOWN, 5)]


def test_ages_that_no_standard_has_leave_everybody_without_a_standardised_figure() -> None:
    found = split((People(6, 1, age=-1),), "sex", standardised=True)  # born after the operation, as a file may say
    assert (found.ages, found.groups[0].standardised) == (None, None)
    assert [one.rule for one in found.findings] == [EquityRule.NO_AGES]


def test_how_old_the_oldest_are_is_not_told_of_ages_without_an_end() -> None:
    found = split((People(6, 1, age=70), People(6, 1, age=101)), "sex", standardised=True)
    assert found.ages == (70, None)
    assert "åldrarna 70 och uppåt som finns" in " ".join(reading(found))


def test_a_group_knows_the_fewest_that_an_age_of_its_standardised_figure_is_about() -> None:
    people = (People(20, 8, age=60), People(12, 6, age=80), People(3, 0, age=None), People(9, 9, age=80, sex="male"))
    told = by_word(split(people, "sex", standardised=True).groups)
    assert told["female"].fewest_of_ages == 3  # without an age: what is standardised less what is not
    assert told["male"].fewest_of_ages is None
    nights = split((People(9, age=60), People(6, age=80)), "sex", indicator=NIGHTS, standardised=True)
    assert nights.groups[0].fewest_of_ages == 6


def test_ages_and_medians_are_not_standardised() -> None:
    of = source((People(20, age=60), People(20, age=70, sex="male")))
    assert [one.rule for one in split(of, "age_group", standardised=True).findings] == [EquityRule.OF_AGE]
    median = split(of, "sex", indicator=recipe(Counted.STAY, measure=Measure.MEDIAN), standardised=True)
    assert [one.rule for one in median.findings] == [EquityRule.OF_MEDIAN]
    assert median.ages is None


def test_means_have_differences_and_ratios_without_events() -> None:
    people = (
        People(6, nights=2),
        People(6, nights=3),
        People(6, nights=4, sex="male"),
        People(5, nights=5, sex="male"),
    )
    found = split(people, "sex", indicator=NIGHTS, standardised=True)
    women, men = (by_word(found.groups)[sex] for sex in ("female", "male"))
    assert (women.events, women.is_reference) == (None, True)
    assert men.difference is not None
    assert men.ratio is not None
    assert men.standardised is not None
    assert men.difference.value == pytest.approx(49 / 11 - 2.5)
    assert men.ratio.value == pytest.approx(49 / 11 / 2.5)
    assert men.differs


def test_of_means_without_any_spread_no_group_differs_more_than_chance_gives() -> None:
    found = split((People(6, nights=2), People(6, nights=3, sex="male")), "sex", indicator=NIGHTS, standardised=True)
    difference = by_word(found.groups)["female"].standardised_difference
    assert difference is not None
    assert (difference.value, difference.low, difference.high) == (-1, None, None)
    assert not found.differing


def test_a_difference_is_called_unprocessed_until_somebody_has_gone_through_it() -> None:
    found = split(ABROAD, "birth_region")
    assert headline(found).startswith("Obearbetad skillnad mot ”Sverige”: Utanför Norden och EU +25,0 procentenheter")
    assert headline(found, processed=True).startswith("Genomgången skillnad mot ”Sverige”")
    alike = split((People(40, 2), People(40, 2, sex="male")), "sex")
    assert headline(alike) == "Ingen grupp skiljer sig från ”Man” mer än slumpen ger (95 %)."


def test_of_nothing_nothing_is_said_but_why() -> None:
    empty = source(())
    found = split(empty, "sex")
    assert (found.groups, found.whole.n) == ((), 0)
    assert [one.rule for one in found.findings] == [EquityRule.NOTHING]
    assert not headline(found)


def test_a_country_is_known_by_its_code_or_name_and_lies_elsewhere_where_it_is_not() -> None:
    people = [People(5, birth_country=each) for each in ("se", "Sverige", "NO", "polen", "Neverland", "")]
    told = {one.words[0]: one.n for one in split(people, "birth_region").groups}
    assert told == {"sweden": 10, "nordic": 5, "eu": 5, "elsewhere": 5, "": 5}


def test_without_a_file_of_persons_every_background_is_unknown() -> None:
    of = source((People(8),))
    bare = made(of.index_operations, persons=of.persons, as_of=of.as_of)
    assert len(members(REVISION, bare)) == 8
    assert [one.words for one in split(bare, "education").groups] == [("",)]
