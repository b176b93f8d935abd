"""Each rule of the check of typed-in figures: what it remarks on, what it lets be, and what it says it cannot try."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kvalitetsapp.analysis.typed_figures import check
from kvalitetsapp.domain.figure_periods import Period, Window, period_of, report_year, window_of
from kvalitetsapp.domain.figure_words import explanation, shown, tally_text
from kvalitetsapp.domain.typed_figures import CheckedFigure, Figure, Share, printed_number, tally
from kvalitetsapp.texts import NO_BREAK_SPACE

TODAY = date(2026, 3, 1)


def figure(value: str, **told: Any) -> Figure:  # noqa: ANN401 - fields of a figure
    usual = {
        "country": "SE",
        "level": "unit",
        "unit": "Ekliden",
        "joint": "hip",
        "indicator": "reoperation",
        "period": "2020",
        "unit_of_value": "percent",
        "n": None,
        "source": "rapport",
    }
    return Figure(printed=Decimal(value) if value else None, **(usual | told))


def volume(value: str, unit: str = "Ekliden", **told: Any) -> Figure:  # noqa: ANN401 - fields of a figure
    return figure(value, **({"unit": unit, "indicator": "operations", "unit_of_value": "count"} | told))


def checked(*figures: Figure) -> tuple[CheckedFigure, ...]:
    return check(figures, TODAY)


def outcome(found: CheckedFigure) -> tuple[str, str]:
    return found.verdict.value, " ".join(found.remarks)


def said(found: CheckedFigure) -> str:
    return explanation(found).replace(NO_BREAK_SPACE, " ")


def test_a_share_that_no_whole_number_gives_is_remarked_on_with_its_neighbours() -> None:
    (found,) = checked(figure("4.3", n=503))
    assert outcome(found) == ("remark", "events")
    assert said(found).startswith("Inget helt antal händelser ger 4,3 % av 503: 21 ger 4,2 %, 22 ger 4,4 %.")
    assert "Kapas decimalerna" in said(found)


def test_a_possible_share_names_its_number() -> None:
    (found,) = checked(figure("2.9", n=373))
    assert outcome(found) == ("no_remark", "")
    assert said(found) == "11 av 373 ger 2,9 %."


@pytest.mark.parametrize(
    ("one", "verdict", "remarks"),
    [
        (figure("98"), "unchecked", ""),
        (figure("98", n=0), "unchecked", ""),
        (figure(""), "unchecked", ""),
        (figure("100.1", n=50), "remark", "value"),
        (figure("-1"), "remark", "value"),
        (figure("0", n=50), "no_remark", ""),
        (figure("100", n=50), "no_remark", ""),
        (volume("0"), "no_remark", ""),
        (volume("12.5"), "remark", "value"),
        (volume("-3"), "remark", "value"),
        (figure("54", unit_of_value="points"), "unchecked", ""),
    ],
)
def test_every_figure_has_a_verdict_and_a_sentence(one: Figure, verdict: str, remarks: str) -> None:
    (found,) = checked(one)
    assert outcome(found) == (verdict, remarks)
    assert said(found).endswith(".")


def provider(value: str, **told: Any) -> Figure:  # noqa: ANN401 - fields of a figure
    return volume(value, "Bolaget", level="provider", **told)


def test_units_that_add_up_to_their_provider_are_in_order() -> None:
    found = checked(provider("111"), volume("54", "A"), volume("57", "B"))
    assert [outcome(each) for each in found] == [("no_remark", "")] * 3
    assert said(found[0]) == "Delarna blir tillsammans 111."


def test_units_that_do_not_add_up_are_remarked_on_with_the_difference() -> None:
    found = checked(provider("113"), volume("54", "A"), volume("57", "B"))
    assert outcome(found[0]) == ("remark", "sum")
    assert said(found[0]) == "Delarna blir tillsammans 111, inte 113: 2 färre än här."


def test_units_without_a_year_are_not_judged_but_the_difference_is_told() -> None:
    undated = {"period": "2022 report"}
    found = checked(provider("113"), volume("54", "A", **undated), volume("57", "B", **undated))
    assert outcome(found[0]) == ("unchecked", "")
    assert "111: 2 färre än här." in said(found[0])
    both = checked(provider("113", **undated), volume("54", "A", **undated), volume("57", "B", **undated))
    assert outcome(both[0]) == ("unchecked", "")


def test_units_of_another_year_or_source_or_joint_are_not_added() -> None:
    for other in ({"period": "2019"}, {"source": "annan"}, {"joint": "knee"}, {"country": "NO"}):
        found = checked(provider("113"), volume("54", "A", **other))
        assert outcome(found[0]) == ("no_remark", ""), other


def test_units_of_several_providers_cannot_be_told_apart() -> None:
    found = checked(provider("113"), volume("9", "Annat bolag", level="provider"), volume("54", "A"))
    assert outcome(found[0]) == ("unchecked", "")


def test_a_unit_without_a_number_leaves_the_sum_untried() -> None:
    found = checked(provider("113"), volume("54", "A"), volume("", "B"))
    assert outcome(found[0]) == ("unchecked", "")


def test_providers_lie_within_the_nation() -> None:
    nation = volume("100", "", level="national")
    assert outcome(checked(nation, provider("99"))[0]) == ("no_remark", "")
    assert outcome(checked(nation, provider("101"))[0]) == ("remark", "sum")


def test_several_countries_together_are_the_sum_of_the_three() -> None:
    each = [provider(value, country=name) for value, name in (("5", "SE"), ("3", "NO"), ("4", "DK"))]
    assert outcome(checked(provider("12", country="Scandinavia"), *each)[0]) == ("no_remark", "")
    assert outcome(checked(provider("13", country="Scandinavia"), *each)[0]) == ("remark", "sum")


def test_a_share_of_a_total_in_its_note_is_held_against_both() -> None:
    share = {"indicator": "share_of_national_operations", "n": 10861}
    assert outcome(checked(figure("12", note="1265 of 10861", **share))[0]) == ("no_remark", "")
    (wrong,) = checked(figure("10", note="räknat på 1265 av 10861", **share))
    assert outcome(wrong) == ("remark", "share")
    assert said(wrong).startswith("1 265 av 10 861 är 12 %, inte 10 %.")
    assert outcome(checked(figure("12", note="1265 of 10000", **share))[0]) == ("remark", "share")


def test_a_share_of_the_nation_is_held_against_the_counts_of_the_table() -> None:
    share = figure("10", level="provider", unit="Bolaget", indicator="share_of_national_operations")
    nation = volume("12742", "", level="national")
    found = checked(share, provider("1351"), nation)
    assert outcome(found[0]) == ("remark", "share")
    assert said(found[0]) == "1 351 av 12 742 är 11 %, inte 10 %."
    assert outcome(checked(share, provider("1251"), nation)[0]) == ("no_remark", "")
    assert outcome(checked(share, provider("1351"))[0]) == ("unchecked", "")


TWO_YEARS = {"indicator": "reoperation_2y", "source": "årsrapport 2022"}


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        ("2019-2020", "no_remark"),
        ("2020", "no_remark"),
        ("2021", "unchecked"),
        ("2022", "remark"),
        ("okänt", "unchecked"),
    ],
)
def test_two_years_must_have_passed_when_the_report_was_made(period: str, verdict: str) -> None:
    (found,) = checked(figure("2.0", period=period, **TWO_YEARS))
    assert found.verdict == verdict
    assert found.remarks == (("follow_up",) if verdict == "remark" else ())


def test_days_are_counted_as_days_and_years_as_years() -> None:
    days = figure("2", period="2022", indicator="reoperation_30d", source="årsrapport 2022")
    assert "går ut 2023-01-30" in said(checked(days)[0])
    assert Window(1, "y").after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Window(1, "m").before(date(2024, 3, 31)) == date(2024, 2, 29)
    assert Window(90, "d").before(date(2022, 12, 31)) == date(2022, 10, 2)


def test_no_window_ends_after_today() -> None:
    (found,) = checked(figure("2.0", period="2025", indicator="reoperation_2y", source="utan år"))
    assert outcome(found) == ("remark", "follow_up")


def test_the_units_sum_tells_the_year_of_n() -> None:
    undated = {"period": "2022 report"}
    units = [volume("54", "A", **undated), volume("57", "B", **undated)]
    rate = figure("1.9", unit="A", n=54, period="2022 report", indicator="reoperation_2y")
    assert outcome(checked(rate, provider("111", period="2022"), *units)[0]) == ("remark", "follow_up")
    assert outcome(checked(rate, provider("111", period="2020"), *units)[0]) == ("no_remark", "")
    assert "framgår inte" in said(checked(rate, provider("112", period="2022"), *units)[0])


def test_the_same_figure_with_other_decimals_is_told_of_at_both_places() -> None:
    hip, knee = figure("98"), figure("98.3", joint="knee")
    found = checked(hip, knee)
    assert [outcome(each) for each in found] == [("remark", "twice")] * 2
    assert said(found[0]).startswith("Samma siffra kan stå två gånger: här 98, för knä 98,3.")


@pytest.mark.parametrize(
    "other",
    [
        figure("98", joint="knee"),
        figure("98.6", joint="knee"),
        figure("98.3", joint="knee", unit="Annan"),
        figure("98.3", joint="knee", period="2021"),
        figure("98.3", joint="knee", indicator="annat"),
    ],
)
def test_figures_that_are_their_own_are_not_taken_for_one(other: Figure) -> None:
    assert checked(figure("98"), other)[0].remarks == ()


def test_two_shares_with_their_own_n_are_not_taken_for_one() -> None:
    found = checked(figure("2", n=100), figure("2.0", n=200, joint="knee"))
    assert [each.remarks for each in found] == [(), ()]


def test_a_figure_that_stands_twice_with_two_values_is_remarked_on() -> None:
    found = checked(figure("2", row=2), figure("3", row=3))
    assert [outcome(each) for each in found] == [("remark", "twice")] * 2
    assert "på rad 3 3" in said(found[0])


def test_the_figures_are_counted_by_verdict() -> None:
    found = checked(figure("4.3", n=503), figure("2.9", n=373, unit="B"), figure("98", unit="C"))
    assert tally_text(tally(found)) == (
        "3 siffror: 1 med anmärkning, 1 utan, 1 kan inte prövas. "
        "Av 2 andelar med känt antal kan 1 inte komma ur något helt antal händelser."
    )


@pytest.mark.parametrize(
    ("delivered", "value", "printed"),
    [
        ("3.0", 3.0, "3.0"),
        ("3,0", 3.0, "3.0"),
        ("1 027", 1027.0, "1027"),
        ("\u22120,50", -0.5, "-0.50"),
        (None, 3.0, "3"),
        (None, 2.9, "2.9"),
        (None, 1e16, "10000000000000000"),
        ("saknas", 4.25, "4.25"),
        ("2.0", 3.0, "3"),
    ],
)
def test_decimals_are_those_that_were_printed_else_the_fewest(
    delivered: str | None, value: float, printed: str
) -> None:
    found = printed_number(delivered, value)
    assert found is not None
    assert f"{found:f}" == printed


def test_periods_sources_and_measures_tell_their_years() -> None:
    assert period_of("2022") == Period(year=2022)
    assert period_of("2019–2021") == Period(year=2021)
    assert period_of("2022 report") == period_of("Årsrapport 2022") == Period(report=2022)
    assert period_of("våren") == Period()
    assert report_year("2021", "Bolaget 2022 quality report") == 2022
    assert report_year("2021 report", "Bolaget 2022") == 2021
    assert report_year("2021", "org 5560001234") is None
    assert window_of("reoperation_2y") == Window(2, "y")
    assert window_of("ewl50") is None


def test_parts_of_sentences_are_written_as_swedes_write_them() -> None:
    assert shown(Share(Decimal("-1.50"))) == f"−1,50{NO_BREAK_SPACE}%"
    assert shown(1351) == f"1{NO_BREAK_SPACE}351"
    assert shown(date(2022, 1, 2)) == "2022-01-02"
