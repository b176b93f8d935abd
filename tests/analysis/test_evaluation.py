"""How well links agree with a truth: every case by hand, counts that add up, and a perfect truth that gives 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import evaluation, frames
from kvalitetsapp.analysis.proportions import wilson
from support.tiny_county import TinyCounty

if TYPE_CHECKING:
    import pandas as pd

Counts = dict[str, Any]
HIP, INFECTION, BOTH_JOINTS = "NFB49", "T845F", "T814"


def evaluated(county: TinyCounty) -> pd.DataFrame:
    """Return the evaluation of what the rules make of a county, its verdicts being the truth."""
    truth = frames.frame(frames.VERDICTS, {name: [row[name] for row in county.verdicts] for name in frames.VERDICTS})
    county.verdicts, said = [], county.verdicts
    run = county.run()
    county.verdicts = said
    return evaluation.evaluate(truth, run.links, run.index_operations)


def counts(county: TinyCounty, measure: str, group: str = "all", value: str = "") -> tuple[int, ...] | None:
    """Return truth, true positives, false positives, false negatives and, for links, ambiguous; None if not there."""
    found = evaluated(county)
    row = found[(found["measure"] == measure) & (found["group"] == group) & (found["value"] == value)]
    if not len(row):
        return None
    names = evaluation.COUNTS if measure == evaluation.LINK else evaluation.COUNTS[:-1]
    return tuple(int(row.iloc[0][name]) for name in names)


def operated() -> TinyCounty:
    """A right hip operated on, and an infection of a hip whose side is not told."""
    return TinyCounty().episode("bok/1", 0, f"{HIP} ZXA00").episode("cos/2", 100, diagnoses=INFECTION)


# events


def test_a_complication_that_the_rules_make_an_event_of_is_found() -> None:
    assert counts(operated().verdict("cos/2", "confirmed"), "event") == (1, 1, 0, 0)


def test_a_complication_in_an_episode_without_a_trigger_is_missed() -> None:
    county = operated().episode("cos/3", 120, diagnoses="Z099").verdict("cos/3", "confirmed")
    assert counts(county, "event") == (1, 0, 0, 1)


def test_a_complication_of_a_joint_in_which_the_rules_see_none_is_missed() -> None:
    assert counts(operated().verdict("cos/2", "confirmed", joint="knee"), "event") == (1, 0, 0, 1)


def test_an_event_that_is_no_complication_is_false() -> None:
    assert counts(operated().verdict("cos/2", "rejected"), "event") == (0, 0, 1, 0)


def test_no_complication_and_no_event_counts_nowhere() -> None:
    county = operated().episode("cos/3", 120, diagnoses="Z099").verdict("cos/3", "rejected")
    assert counts(county, "event") == (0, 0, 0, 0)


def test_an_event_that_no_row_speaks_of_counts_nowhere() -> None:
    assert counts(operated(), "event") == (0, 0, 0, 0)
    assert counts(operated(), "link") == (0, 0, 0, 0, 0)


def test_a_side_that_the_data_do_not_tell_fits_the_side_that_is_known() -> None:
    assert counts(operated().verdict("cos/2", "confirmed", joint="hip", side="right"), "event") == (1, 1, 0, 0)


def test_a_side_that_the_data_tell_otherwise_does_not_fit() -> None:
    county = operated().episode("cos/3", 150, "NFC40 ZXA00", INFECTION)
    county.verdict("cos/3", "confirmed", joint="hip", side="left")
    assert counts(county, "event") == (1, 0, 0, 1)


def test_a_row_without_joint_and_side_speaks_of_every_event_of_its_episode() -> None:
    county = TinyCounty().episode("bok/1", 0, f"{HIP} ZXA00").episode("bok/2", 5, "NGB49 ZXA00")
    county.episode("cos/3", 100, diagnoses="T845F T845G")
    assert counts(county.verdict("cos/3", "confirmed"), "event") == (2, 2, 0, 0)
    county.verdicts.clear()
    assert counts(county.verdict("cos/3", "rejected"), "event") == (0, 0, 2, 0)


def test_of_rows_on_one_event_the_latest_day_decides_and_that_day_the_later_row() -> None:
    county = operated().verdict("cos/2", "rejected", on=900).verdict("cos/2", "confirmed", on=800)
    assert counts(county, "event") == (0, 0, 1, 0)
    county = operated().verdict("cos/2", "rejected", on=900).verdict("cos/2", "confirmed", on=900)
    assert counts(county, "event") == (1, 1, 0, 0)


def test_a_row_that_names_an_event_as_it_is_goes_before_one_that_may_be_about_it() -> None:
    county = operated().episode("cos/3", 150, "NFC40 ZXA10", INFECTION)
    county.verdict("cos/3", "confirmed", joint="hip", side="right", on=800)
    county.verdict("cos/3", "rejected", joint="hip", side="unknown", on=900)
    assert counts(county, "event") == (1, 1, 1, 0)


def test_a_missed_complication_is_counted_once_however_often_it_was_reviewed() -> None:
    county = operated().episode("cos/3", 120, diagnoses="Z099")
    for day, joint, side in ((800, "", ""), (810, "hip", "unknown"), (820, "hip", "right")):
        county.verdict("cos/3", "confirmed", joint=joint, side=side, on=day)
    assert counts(county, "event") == (1, 0, 0, 1)


def test_two_complications_in_one_episode_of_which_the_rules_see_one_are_one_found_and_one_missed() -> None:
    county = operated()
    county.verdict("cos/2", "confirmed", joint="hip", side="right").verdict(
        "cos/2", "confirmed", joint="hip", side="left"
    )
    assert counts(county, "event") == (2, 1, 0, 1)


# links


def test_a_link_to_the_very_operation_is_right() -> None:
    assert counts(operated().verdict("cos/2", "confirmed", "bok/1/hip/right"), "link") == (1, 1, 0, 0, 0)


def test_a_link_to_another_operation_is_both_false_and_missed() -> None:
    county = TinyCounty().episode("bok/0", 0, f"{HIP} ZXA00").episode("bok/1", 50, f"{HIP} ZXA00")
    county.episode("cos/2", 100, diagnoses=INFECTION).verdict("cos/2", "confirmed", "bok/0/hip/right")
    assert counts(county, "link") == (1, 0, 1, 1, 0)


def test_a_link_of_what_is_no_complication_is_false() -> None:
    assert counts(operated().verdict("cos/2", "rejected"), "link") == (0, 0, 1, 0, 0)


def test_an_event_without_operation_that_is_no_complication_of_any_is_no_false_link() -> None:
    county = TinyCounty().episode("cos/2", 100, diagnoses=INFECTION).verdict("cos/2", "rejected")
    assert (counts(county, "event"), counts(county, "link")) == ((0, 0, 1, 0), (0, 0, 0, 0, 0))


def test_an_ambiguous_link_is_missed_and_told_apart_where_it_names_the_right_operation() -> None:
    county = TinyCounty().episode("bok/0", 0, f"{HIP} ZXA05").episode("bok/1", 50, f"{HIP} ZXA00")
    county.episode("cos/2", 100, diagnoses=INFECTION)
    assert counts(county.verdict("cos/2", "confirmed", "bok/1/hip/right"), "link") == (1, 0, 0, 1, 1)
    county.verdicts.clear()
    assert counts(county.verdict("cos/2", "confirmed", "bok/0/hip/left"), "link") == (1, 0, 0, 1, 0)


def test_a_complication_without_event_or_without_link_has_a_missed_link() -> None:
    county = operated().episode("cos/3", 120, diagnoses="Z099").verdict("cos/3", "confirmed", "bok/1/hip/right")
    assert counts(county, "link") == (1, 0, 0, 1, 0)
    county = operated().episode("cos/9", -50, diagnoses=INFECTION).verdict("cos/9", "confirmed", "bok/1/hip/right")
    assert counts(county, "link") == (1, 0, 0, 1, 0)


def test_a_complication_whose_operation_is_not_named_says_nothing_of_links() -> None:
    assert counts(operated().verdict("cos/2", "confirmed"), "link") == (0, 0, 0, 0, 0)


# groups


def test_the_class_is_the_truths_and_else_the_one_that_the_rules_derive() -> None:
    county = operated().verdict("cos/2", "confirmed", "bok/1/hip/right")
    assert counts(county, "link", "complication_class", "infection") == (1, 1, 0, 0, 0)
    county.verdicts.clear()
    county.verdict("cos/2", "confirmed", "bok/1/hip/right", complication_class="wound")
    assert counts(county, "link", "complication_class", "wound") == (1, 1, 0, 0, 0)
    assert counts(county, "link", "complication_class", "infection") is None


@pytest.mark.parametrize(
    ("index_side", "event_side", "expected"),
    [("ZXA00", "ZXA00", "known"), ("ZXA00", "", "unknown"), ("", "ZXA00", "unknown"), ("", "", "unknown")],
)
def test_the_side_is_known_where_the_data_tell_that_of_the_event_and_of_the_operation(
    index_side: str, event_side: str, expected: str
) -> None:
    county = TinyCounty().episode("bok/1", 0, f"{HIP} {index_side}".strip())
    county.episode("cos/2", 100, f"NFC40 {event_side}".strip(), INFECTION)
    side = "right" if index_side else "unknown"
    county.verdict("cos/2", "confirmed", f"bok/1/hip/{side}")
    other = "unknown" if expected == "known" else "known"
    assert counts(county, "link", "side", expected) == (1, 1, 0, 0, 0)
    assert counts(county, "link", "side", other) is None


def test_without_an_event_the_side_is_that_of_the_named_operation_and_without_both_it_is_unknown() -> None:
    county = operated().episode("cos/3", 120, diagnoses="Z099").verdict("cos/3", "confirmed", "bok/1/hip/right")
    assert counts(county, "event", "side", "known") == (1, 0, 0, 1)
    county.verdicts.clear()
    assert counts(county.verdict("cos/3", "confirmed"), "event", "side", "unknown") == (1, 0, 0, 1)


# rates and the whole


def test_precision_and_recall_have_wilsons_intervals_and_nothing_counted_gives_none() -> None:
    county = operated().episode("cos/3", 120, diagnoses="Z099").episode("cos/4", 130, diagnoses=INFECTION)
    county.verdict("cos/2", "confirmed").verdict("cos/3", "confirmed").verdict("cos/4", "rejected")
    row = evaluated(county).iloc[0]
    assert (row["measure"], row["group"], row["precision"], row["recall"]) == ("event", "all", 0.5, 0.5)
    low, high = wilson(1, 2)
    assert (row["precision_low"], row["precision_high"]) == (float(low), float(high))
    assert (row["recall_low"], row["recall_high"]) == (float(low), float(high))
    empty = evaluated(operated())
    assert empty["measure"].tolist() == ["event", "link"]
    assert empty[["precision", "recall", "recall_low"]].isna().all(axis=None)


def test_rows_are_sorted_by_measure_group_and_value() -> None:
    county = operated().verdict("cos/2", "confirmed", "bok/1/hip/right")
    found = evaluated(county)[["measure", "group", "value"]]
    keys = list(found.itertuples(index=False, name=None))
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


_EPISODES = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(0, 900),
        st.sampled_from(["", "NFB49 ZXA00", "NFB49 ZXA05", "NFB49", "NGB49 ZXA00", "NFC40", "NFC40 ZXA00"]),
        st.sampled_from(["M169", "T845F", "T845G", "T814", "Z099", "I214"]),
    ),
    min_size=1,
    max_size=12,
)
_SAID = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.sampled_from(["confirmed", "rejected"]),
        st.sampled_from(["", "hip", "knee"]),
        st.sampled_from(["", "right", "left", "unknown"]),
        st.integers(0, 5),
        st.integers(-1, 5),
    ),
    max_size=12,
)


def made(drawn: list[tuple[int, int, str, str]]) -> TinyCounty:
    county = TinyCounty()
    for place, (person, day, procedures, diagnosis) in enumerate(drawn):
        county.episode(f"a/{place}", day, procedures, diagnosis, person=person)
    return county


@given(_EPISODES, _SAID)
def test_counts_add_up_in_every_row_and_over_every_group(
    drawn: list[tuple[int, int, str, str]], said: list[tuple[int, str, str, str, int, int]]
) -> None:
    county = made(drawn)
    operations = county.operations()
    for place, decision, joint, side, day, named in said:
        if place < len(drawn):
            index = operations[named] if 0 <= named < len(operations) and decision == "confirmed" else ""
            county.verdict(f"a/{place}", decision, index, joint, side, on=1000 + day)
    found = evaluated(county)
    assert (found["truth"] == found["true_positive"] + found["false_negative"]).all()
    names = list(evaluation.COUNTS[:-1])
    for measure in (evaluation.EVENT, evaluation.LINK):
        of = found[found["measure"] == measure]
        (total,) = of.loc[of["group"] == "all", names].itertuples(index=False, name=None)
        for group in ("complication_class", "side"):
            assert tuple(of.loc[of["group"] == group, names].sum()) == total
    links = found[found["measure"] == evaluation.LINK]
    assert (links["ambiguous"] <= links["false_negative"]).all()


@given(_EPISODES)
def test_a_truth_that_says_what_the_rules_say_gives_one_and_one(drawn: list[tuple[int, int, str, str]]) -> None:
    county = made(drawn)
    links = county.links("event_ref joint side status index_ref")
    proposed = [row for row in links if row[3] == "proposed"]
    for ref, joint, side, _status, index_ref in proposed:
        county.verdict(ref, "confirmed", index_ref, joint, side)
    for row in evaluated(county).itertuples():
        expected = (len(proposed), 0, 0)
        if row.group == "all":
            assert (row.true_positive, row.false_positive, row.false_negative) == expected
        if row.truth:
            assert (row.precision, row.recall) == (1, 1)
