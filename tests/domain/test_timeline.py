"""A person's care as lanes and marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kvalitetsapp.domain.patient import CareEpisode, EventKey, Link, Operation, Patient
from kvalitetsapp.domain.timeline import MarkKind, Step, TieKind, Timeline, lane_label, of_patient

EPISODE = CareEpisode(
    1, "bok/1", "Fjällkliniken", "", "inpatient", "contract", date(2020, 1, 1), date(2020, 1, 3), "M161", (), (), "",
    None, None,
)  # fmt: skip
OPERATION = Operation(1, "bok/1/hip/right", "hip", "right", date(2020, 1, 1), "Fjällkliniken", "NFB49")
LINK = Link(
    EventKey(2, "hip", "unknown"), "bok/2", 7, "196812099874", date(2020, 5, 1), "Ortopedi", "bok/1/hip/right",
    "Fjällkliniken", "right", date(2020, 1, 1), 121, "proposed", competing=False, complication_class="infection",
    surgery_level="revision", triggers=("T845",), candidates=1, another_look=False, verdict=None,
)  # fmt: skip


def episode(number: int, day: date) -> CareEpisode:
    return replace(EPISODE, episode=number, episode_ref=f"bok/{number}", admitted=day, discharged=day)


def operation(number: int, joint: str, side: str, day: date) -> Operation:
    return replace(
        OPERATION, episode=number, index_ref=f"bok/{number}/{joint}/{side}", joint=joint, side=side, operated_on=day
    )


PATIENT = Patient(
    7,
    "196812099874",
    episodes=(
        EPISODE,
        episode(2, date(2020, 5, 1)),
        episode(3, date(2020, 6, 1)),
        episode(4, date(2019, 1, 1)),
        episode(5, date(2019, 3, 1)),
        episode(6, date(2021, 1, 1)),
    ),
    operations=(
        operation(4, "hip", "left", date(2019, 1, 1)),
        operation(5, "knee", "left", date(2019, 3, 1)),
        OPERATION,
        operation(6, "hip", "left", date(2021, 1, 1)),
    ),
    links=(LINK,),
)


def test_right_and_left_have_lanes_of_their_own_and_other_contacts_one_below() -> None:
    lanes = of_patient(PATIENT).lanes
    assert lanes == (
        "Höger höft",
        "Vänster höft",
        "Höft, okänd sida",
        "Höger knä",
        "Vänster knä",
        "Övriga vårdkontakter",
    )


def test_an_episode_is_a_contact_only_if_it_is_neither_operation_nor_event() -> None:
    marks = of_patient(PATIENT).marks
    assert [mark.episode for mark in marks if mark.kind is MarkKind.CONTACT] == [3]
    assert {mark.episode for mark in marks if mark.kind is MarkKind.OPERATION} == {1, 4, 5, 6}


def test_the_selected_event_is_tied_to_its_operation_and_dotted_to_the_others_that_were_possible() -> None:
    timeline = of_patient(PATIENT, selected=LINK.key)
    tied = {(timeline.marks[tie.operation].ref, tie.kind) for tie in timeline.ties}
    assert tied == {("bok/1/hip/right", TieKind.LINKED), ("bok/4/hip/left", TieKind.POSSIBLE)}
    assert {timeline.marks[tie.event].ref for tie in timeline.ties} == {LINK.ref}


def test_nothing_is_tied_while_no_event_is_selected() -> None:
    assert of_patient(PATIENT, episode=2).ties == ()


def test_the_chosen_episode_is_pointed_out_whatever_it_is() -> None:
    for number in (1, 2, 3):
        marks = of_patient(PATIENT, episode=number).marks
        assert {mark.episode for mark in marks if mark.selected} == {number}


def test_death_ends_the_timeline_before_a_move_does() -> None:
    gone = replace(PATIENT, death_date=date(2022, 2, 2), moved_out=date(2023, 3, 3))
    timeline = of_patient(gone)
    assert (timeline.end, timeline.end_label) == (date(2022, 2, 2), "Avliden 2022-02-02")


def test_an_event_whose_joint_nothing_tells_has_a_lane_that_says_so() -> None:
    lost = replace(LINK, key=EventKey(2, "", ""), index_ref="", operated_on=None, days=None, status="unlinked")
    timeline = of_patient(replace(PATIENT, links=(lost,)), selected=lost.key)
    assert "Okänd led" in timeline.lanes
    assert timeline.ties == ()


@pytest.mark.parametrize(
    ("joint", "side", "said"),
    [("hip", "right", "Höger höft"), ("knee", "unknown", "Knä, okänd sida"), ("shoulder", "", "Axel, okänd sida")],
)
def test_lanes_are_named_in_swedish(joint: str, side: str, said: str) -> None:
    assert lane_label(joint, side) == said


def test_the_timeline_in_words_tells_every_mark() -> None:
    said = of_patient(PATIENT).description()
    assert "Höger höft: Primäroperation 2020-01-01" in said
    assert "Händelse 2020-05-01; Infektion; Revision; Ortopedi; Föreslagen" in said
    assert of_patient(Patient(1, "x")).description() == "Inga vårdkontakter."


def at(timeline: Timeline, place: int | None) -> str:
    assert place is not None
    return timeline.marks[place].ref


def test_one_walks_through_the_marks_in_time_and_stops_at_the_ends() -> None:
    timeline = of_patient(PATIENT)
    walked, place = [], timeline.step(None, Step.FIRST)
    for _mark in timeline.marks:
        walked.append(at(timeline, place))
        place = timeline.step(place, Step.LATER)
    assert walked[:3] == ["bok/4/hip/left", "bok/5/knee/left", "bok/1/hip/right"]
    assert walked[-1] == at(timeline, place) == at(timeline, timeline.step(None, Step.LAST)) == "bok/6/hip/left"
    first = timeline.step(place, Step.FIRST)
    assert timeline.step(first, Step.EARLIER) == first


def test_one_walks_to_the_nearest_mark_of_the_next_lane_that_has_any() -> None:
    timeline = of_patient(PATIENT)
    event = next(n for n, mark in enumerate(timeline.marks) if mark.kind is MarkKind.EVENT)
    assert at(timeline, timeline.step(event, Step.DOWN)) == "bok/5/knee/left"
    assert at(timeline, timeline.step(event, Step.UP)) == "bok/6/hip/left"
    top = timeline.step(timeline.step(event, Step.UP), Step.UP)
    assert timeline.step(top, Step.UP) == top


def test_a_timeline_without_marks_leads_nowhere() -> None:
    empty = of_patient(Patient(1, "x"))
    assert (empty.step(None, Step.LATER), empty.start(), empty.span()) == (None, None, None)


def test_the_walk_begins_at_what_is_pointed_out() -> None:
    timeline = of_patient(PATIENT, selected=LINK.key)
    assert at(timeline, timeline.start()) == LINK.ref


def test_contacts_that_are_offered_and_taken_are_told_apart_from_the_others_and_in_words() -> None:
    timeline = of_patient(PATIENT, selected=LINK.key)
    offered = timeline.with_follow_ups({3}, ())
    taken = offered.with_follow_ups({3}, {3})
    (mark,) = [mark for mark in offered.marks if mark.episode == 3]
    assert (mark.kind, mark.lines[-1]) == (MarkKind.OFFERED, "Möjlig uppföljning")
    (mark,) = [mark for mark in taken.marks if mark.episode == 3]
    assert (mark.kind, mark.lines[-1]) == (MarkKind.TAKEN, "Uppföljning som hör till ärendet")
    assert taken.with_follow_ups((), ()) == timeline


def test_an_operation_is_never_a_follow_up() -> None:
    assert of_patient(PATIENT).with_follow_ups({1, 4}, {1, 4}) == of_patient(PATIENT)


def test_a_short_timeline_is_shown_as_a_whole() -> None:
    assert of_patient(PATIENT, selected=LINK.key).span() == (date(2019, 1, 1), date(2021, 1, 1))


def test_a_long_timeline_is_shown_where_the_event_and_its_operations_and_follow_ups_are() -> None:
    old = replace(PATIENT, episodes=(*PATIENT.episodes, episode(9, date(2001, 1, 1))))
    timeline = of_patient(old, selected=LINK.key)
    assert timeline.span() == (date(2019, 1, 1), date(2020, 5, 1))
    assert timeline.with_follow_ups({3}, ()).span() == (date(2019, 1, 1), date(2020, 6, 1))
    assert of_patient(old).span() == (date(2001, 1, 1), date(2021, 1, 1))
