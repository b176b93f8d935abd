"""R6, what people decide: which verdict counts, what it means, and that no new run undoes it."""

from __future__ import annotations

import pytest

from support.tiny_county import TinyCounty, told

DECIDED = "joint side index_ref status another_look verdict"


def county() -> TinyCounty:
    """Return a county with two operations of the hip and an event on 60 that the rules link to the later one."""
    found = TinyCounty().episode("a/1", 0, "NFB29 ZXA00").episode("a/2", 30, "NFB29 ZXA00", provider="P02")
    return found.episode("a/3", 60, "NFC29 ZXA00", "T845F")


def test_r6_a_confirmation_without_operation_confirms_the_proposed_one() -> None:
    assert county().verdict("a/3", "confirmed").links(DECIDED) == [
        ("hip", "right", "a/2/hip/right", "confirmed", "0", "1")
    ]


def test_r6_a_confirmation_with_an_operation_links_there_with_its_days_and_class() -> None:
    found = county().episode("a/4", 400, "NFC29 ZXA00", "G570").verdict("a/4", "confirmed", "a/1/hip/right")

    assert found.links("index_ref index_provider_id operated_on days status complication_class another_look")[1] == (
        "a/1/hip/right",
        "P01",
        "0",
        "400",
        "confirmed",
        "revision_unspecified",
        "0",
    )


def test_r6_a_reviewers_operation_that_no_window_reaches_has_no_class_unless_given() -> None:
    plain = TinyCounty().episode("a/1", 0, "NFB29 ZXA00").episode("a/2", 500, "NGB29 ZXA00")
    plain.episode("a/3", 510, diagnoses="T814").verdict("a/3", "confirmed", "a/1/hip/right")

    assert plain.links("joint index_ref complication_class") == [("knee", "a/1/hip/right", "")]
    plain.verdict("a/3", "confirmed", "a/1/hip/right", complication_class="wound")
    assert plain.links("joint index_ref complication_class") == [("knee", "a/1/hip/right", "wound")]


def test_r6_a_windowed_trigger_gives_no_class_for_a_reviewers_operation_after_the_event() -> None:
    plain = TinyCounty().episode("a/1", 0, "NFB29 ZXA00").episode("a/2", 5, diagnoses="G570")
    plain.episode("a/3", 9, "NFB29 ZXA00").verdict("a/2", "confirmed", "a/3/hip/right")

    assert plain.links("index_ref days complication_class") == [("a/3/hip/right", "-4", "")]


def test_r6_a_rejection_keeps_the_proposed_operation_in_sight() -> None:
    assert county().verdict("a/3", "rejected").links(DECIDED) == [
        ("hip", "right", "a/2/hip/right", "rejected", "0", "1")
    ]


def test_r6_an_unlinked_event_is_confirmed_only_with_an_operation() -> None:
    plain = TinyCounty().episode("a/1", 0, "NFC29 ZXA00").episode("a/2", 5, "NFB29 ZXA00")

    assert plain.verdict("a/1", "confirmed", complication_class="wound").links(f"{DECIDED} complication_class") == [
        ("hip", "right", "", "unlinked", "0", "1", "wound")
    ]
    assert plain.verdict("a/1", "rejected").links(DECIDED) == [("hip", "right", "", "rejected", "0", "2")]
    assert plain.verdict("a/1", "confirmed", "a/2/hip/right").links(f"{DECIDED} days") == [
        ("hip", "right", "a/2/hip/right", "confirmed", "0", "3", "-5")
    ]


def test_r6_the_latest_verdict_counts_and_on_one_day_the_later_row() -> None:
    found = county().verdict("a/3", "confirmed", on=1001).verdict("a/3", "rejected", on=1000)
    assert found.links("status verdict") == [("confirmed", "1")]

    assert found.verdict("a/3", "rejected", on=1001).links("status verdict") == [("rejected", "3")]


def test_r6_a_verdict_without_joint_and_side_is_of_every_event_of_the_episode() -> None:
    plain = TinyCounty().episode("a/1", 0, "NFB29 NGB29 ZXA10").episode("a/2", 60, "NFC29 NGC29 ZXA10")

    assert plain.verdict("a/2", "confirmed").links("status") == [("confirmed",)] * 4
    assert plain.verdict("a/2", "rejected", joint="knee").links("status") == [("confirmed",)] * 2 + [("rejected",)] * 2
    assert plain.verdict("a/2", "rejected", joint="hip", side="left").links("joint side status")[:2] == [
        ("hip", "left", "rejected"),
        ("hip", "right", "confirmed"),
    ]


@pytest.mark.parametrize(("joint", "side"), [("knee", ""), ("hip", "left"), ("hip", "unknown")])
def test_r6_a_verdict_for_which_there_is_no_event_has_no_effect(joint: str, side: str) -> None:
    assert county().verdict("a/3", "rejected", joint=joint, side=side).links("status verdict") == [("proposed", "")]


def test_r6_a_decision_stays_when_new_data_would_propose_another_and_is_marked() -> None:
    found = county().verdict("a/3", "confirmed")
    pins = found.run().pins
    found.episode("a/5", 50, "NFB29 ZXA00")

    assert found.links(DECIDED, pins) == [("hip", "right", "a/2/hip/right", "confirmed", "1", "1")]
    assert told(found.run(found.run(pins).pins), DECIDED) == [("hip", "right", "a/2/hip/right", "confirmed", "1", "1")]


def test_r6_a_rejection_stays_when_new_data_would_propose_another_and_is_marked() -> None:
    found = county().verdict("a/3", "rejected")
    pins = found.run().pins
    found.episode("a/5", 50, "NFB29 ZXA00")

    assert found.links(DECIDED, pins) == [("hip", "right", "a/2/hip/right", "rejected", "1", "1")]


def test_r6_new_data_that_proposes_what_was_decided_needs_no_other_look() -> None:
    found = county().verdict("a/3", "confirmed", "a/1/hip/right")
    pins = found.run().pins
    found.correct("a/2", procedures="NFB29 ZXA05")

    assert found.links(DECIDED, pins) == [("hip", "right", "a/1/hip/right", "confirmed", "0", "1")]


def test_r6_a_decision_follows_the_operation_when_a_correction_tells_its_side() -> None:
    found = TinyCounty().episode("a/1", 0, "NFB29").episode("a/2", 30, "NFB29 ZXA00")
    found.episode("a/3", 60, "NFC29 ZXA05").verdict("a/3", "confirmed", "a/1/hip/unknown")
    pins = found.run().pins
    found.correct("a/1", procedures="NFB29 ZXA05")

    expected = [("hip", "left", "a/1/hip/left", "confirmed", "0", "1")]
    assert found.links(DECIDED, pins) == expected
    assert found.links(DECIDED) == expected


def test_r6_a_decision_follows_the_event_when_a_correction_tells_its_side() -> None:
    found = TinyCounty().episode("a/1", 0, "NFB29 ZXA00").episode("a/3", 60, "NFC29")
    found.verdict("a/3", "rejected", side="unknown")
    pins = found.run().pins
    found.correct("a/3", procedures="NFC29 ZXA00")

    assert found.links(DECIDED, pins) == [("hip", "right", "a/1/hip/right", "rejected", "0", "1")]


@pytest.mark.parametrize(("said", "told"), [("confirmed", "ZXA00"), ("rejected", "ZXA00"), ("rejected", "ZXA05")])
def test_r6_a_decision_that_followed_its_event_to_another_side_stands_in_every_later_run(said: str, told: str) -> None:
    found = TinyCounty().episode("a/1", 0, "NFB29 ZXA00").episode("a/3", 60, "NFC29")
    found.verdict("a/3", said, side="unknown")
    pins = found.run().pins
    found.correct("a/3", procedures=f"NFC29 {told}")

    first = found.run(pins)
    expected = found.links(DECIDED, pins)
    assert [row[3] for row in expected] == [said]
    assert found.links(DECIDED, first.pins) == expected
    assert found.links(DECIDED, found.run(first.pins).pins) == expected


def test_r6_a_decision_on_an_event_that_becomes_two_is_kept_on_both_and_marked() -> None:
    found = TinyCounty().episode("a/1", 0, "NFB29 ZXA00").episode("a/3", 60, "NFC29")
    found.verdict("a/3", "confirmed", side="unknown")
    pins = found.run().pins
    found.correct("a/3", procedures="NFC29 ZXA10")

    expected = [
        ("hip", "left", "a/1/hip/right", "confirmed", "1", "1"),
        ("hip", "right", "a/1/hip/right", "confirmed", "1", "1"),
    ]
    assert found.links(DECIDED, pins) == expected
    assert found.links(DECIDED, found.run(pins).pins) == expected


def test_r6_a_side_that_comes_back_beside_the_one_a_decision_followed_to_is_marked_with_it() -> None:
    found = TinyCounty().episode("a/1", 0, "NFB29 ZXA10").episode("a/3", 60, "NFC29 ZXA00")
    found.verdict("a/3", "confirmed", side="right")
    pins = found.run().pins
    found.correct("a/3", procedures="NFC29 ZXA05")
    pins = found.run(pins).pins
    found.correct("a/3", procedures="NFC29 ZXA10")

    expected = [
        ("hip", "left", "a/1/hip/right", "confirmed", "1", "1"),
        ("hip", "right", "a/1/hip/right", "confirmed", "1", "1"),
    ]
    assert found.links(DECIDED, pins) == expected
    assert found.links(DECIDED, found.run(pins).pins) == expected


def test_r6_an_event_that_is_new_in_a_decided_episode_takes_its_own_proposal() -> None:
    found = TinyCounty().episode("a/1", 0, "NFB29 NGB29 ZXA00").episode("a/3", 60, "NFC29 ZXA00")
    found.verdict("a/3", "confirmed")
    pins = found.run().pins
    found.correct("a/3", procedures="NFC29 NGC29 ZXA00")

    assert found.links(DECIDED, pins) == [
        ("hip", "right", "a/1/hip/right", "confirmed", "0", "1"),
        ("knee", "right", "a/1/knee/right", "confirmed", "0", "1"),
    ]


def test_r6_where_the_decided_operation_is_no_longer_there_nobody_has_confirmed_what_is_proposed_instead() -> None:
    found = county().verdict("a/3", "confirmed")
    pins = found.run().pins
    found.correct("a/2", procedures="ACC51")

    assert found.links(DECIDED, pins) == [("hip", "right", "a/1/hip/right", "proposed", "1", "1")]
    again = found.run(pins).pins
    found.correct("a/2", procedures="NFB29 ZXA00")
    assert found.links(DECIDED, again) == [("hip", "right", "a/2/hip/right", "confirmed", "0", "1")]


def test_r6_a_confirmation_that_decided_nothing_does_not_confirm_what_turns_up_later() -> None:
    found = TinyCounty().episode("a/3", 60, "NFC29 ZXA00").verdict("a/3", "confirmed")
    pins = found.run().pins
    found.episode("a/1", 0, "NFB29 ZXA00")

    assert found.links(DECIDED, pins) == [("hip", "right", "a/1/hip/right", "proposed", "1", "1")]


def test_r6_a_pin_waits_for_an_event_that_is_away_for_a_while() -> None:
    found = county().verdict("a/3", "confirmed", "a/1/hip/right")
    pins = found.run().pins
    found.correct("a/3", procedures="", main_diagnosis="M169")
    run = found.run(pins)

    assert len(run.links) == 0
    assert run.pins.to_dict("records") == pins.to_dict("records")


def test_r6_pins_keep_the_operation_and_what_was_proposed_at_the_time() -> None:
    found = county().verdict("a/3", "confirmed", "a/1/hip/right")
    [pin] = found.run().pins.itertuples(index=False)

    assert tuple(pin) == (
        1,
        found.key("a/3"),
        "hip",
        "right",
        found.key("a/1"),
        "hip",
        "right",
        found.key("a/2"),
        "hip",
        "right",
    )


def test_r6_the_verdict_of_another_episode_changes_nothing() -> None:
    found = county()
    before = found.run().links
    found.episode("a/9", 10, diagnoses="M169").verdict("a/9", "rejected")
    after = found.run().links

    assert before.drop(columns="verdict").to_dict("records") == after.drop(columns="verdict").to_dict("records")
