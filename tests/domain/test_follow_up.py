"""Follow-up contacts: what the rule offers to an event, why, and what it never offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.follow_up import FollowUpRule, lacking_in, offers
from kvalitetsapp.domain.patient import CareEpisode, EventKey, Link, Operation, Patient
from support import review_cases
from support.code_tables import code_tables

if TYPE_CHECKING:
    from random import Random

DISCHARGED = date(2023, 3, 10)
EVENT, STAY = 50, 40
LINK = replace(review_cases.LINK, key=EventKey(EVENT, "hip", "right"), triggers=("NFS19", "T845F"))


def contact(number: int, days: int = 12, main: str = "Z480", others: str = "", procedures: str = "") -> CareEpisode:
    """Return a visit so many days after the event's discharge."""
    day = DISCHARGED + timedelta(days=days)
    return CareEpisode(
        episode=number,
        episode_ref=f"cosmic/{number}",
        provider="Hälsocentral",
        unit="",
        care_form="outpatient",
        payer_route="own",
        admitted=day,
        discharged=day,
        main_diagnosis=main,
        other_diagnoses=tuple(others.split()),
        procedures=tuple(procedures.split()),
        drg="",
        cost=180_000,
        price=None,
    )


def patient(*contacts: CareEpisode, main: str = "T845F") -> Patient:
    """Return a person with an operation, an event, and these contacts."""
    stay = replace(contact(STAY, -70, "M161"), procedures=("NFB49", "ZXA00"))
    event = replace(contact(EVENT, -9, main), discharged=DISCHARGED)
    operation = Operation(STAY, LINK.index_ref, "hip", "right", date(2023, 1, 1), "Fjällkliniken", "NFB49")
    return Patient(1, "", episodes=(stay, event, *contacts), operations=(operation,), links=(LINK,))


def why(*contacts: CareEpisode, rule: FollowUpRule | None = None, link: Link = LINK) -> list[str]:
    return [one.why for one in offers(patient(*contacts), link, rule or FollowUpRule(), code_tables())]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"procedures": "NFA12"}, "samma led"),
        ({"others": "T845F"}, "samma led, samma diagnoskapitel (XIX"),
        ({"others": "Z966F"}, "samma led"),
        ({"main": "M161"}, "samma led"),
        ({"main": "T814"}, "samma diagnoskapitel (XIX Skador"),
    ],
)
def test_a_contact_is_offered_for_its_joint_or_its_chapter_and_says_so(told: dict[str, Any], reason: str) -> None:
    (said,) = why(contact(60, **told))
    assert said.startswith(reason)
    assert said.endswith(", 12 dagar efter utskrivningen")


@pytest.mark.parametrize("told", [{}, {"main": "J189"}, {"procedures": "NGA12"}, {"main": "M171"}, {"main": ""}])
def test_a_contact_about_something_else_is_not_offered(told: dict[str, Any]) -> None:
    assert why(contact(60, **told)) == []


@pytest.mark.parametrize(("days", "offered"), [(-1, False), (0, True), (1, True), (90, True), (91, False)])
def test_both_ends_of_the_days_after_discharge_are_in(days: int, offered: bool) -> None:
    assert bool(why(contact(60, days, "T814"))) is offered


def test_a_contact_of_the_day_of_discharge_says_so() -> None:
    assert why(contact(60, 0, "M161")) == ["samma led, samma dag som utskrivningen"]
    assert why(contact(60, 1, "M161")) == ["samma led, 1 dag efter utskrivningen"]


def test_a_reason_that_is_off_offers_nothing() -> None:
    one = contact(60, main="T814", procedures="NFA12")
    joint, chapter = FollowUpRule(same_chapter=False), FollowUpRule(same_joint=False)
    assert why(one, rule=joint) == ["samma led, 12 dagar efter utskrivningen"]
    assert [said.split(" (")[0] for said in why(one, rule=chapter)] == ["samma diagnoskapitel"]


def test_the_chapter_of_a_triggering_diagnosis_counts_as_that_of_the_main_one() -> None:
    person = patient(contact(60, main="T814"), main="Z098")
    assert len(offers(person, LINK, FollowUpRule(), code_tables())) == 1
    assert offers(person, replace(LINK, triggers=("NFS19",)), FollowUpRule(), code_tables()) == ()


def test_an_event_without_a_joint_is_offered_contacts_by_chapter_alone() -> None:
    loose = replace(LINK, key=EventKey(EVENT, "", ""))
    (said,) = why(contact(60, procedures="NFA12"), contact(61, main="T814"), link=loose)
    assert said == (
        "samma diagnoskapitel (XIX Skador, förgiftningar och vissa andra följder av yttre orsaker), "
        "12 dagar efter utskrivningen"
    )


def test_a_contact_of_another_case_is_still_offered_and_says_whose_it_is() -> None:
    found = offers(patient(contact(60, main="T814")), LINK, FollowUpRule(), code_tables(), {60: "cosmic/77"})
    assert [(one.taken_by, one.cost, one.day, one.codes) for one in found] == [
        ("cosmic/77", 180_000, date(2023, 3, 22), ("T814",))
    ]


def test_a_rule_needs_a_reason_and_days_that_make_sense() -> None:
    assert lacking_in(FollowUpRule()) == ""
    assert "mellan 0 och 730" in lacking_in(FollowUpRule(days=731))
    assert "mellan 0 och 730" in lacking_in(FollowUpRule(days=-1))
    assert "minst ett skäl" in lacking_in(FollowUpRule(same_joint=False, same_chapter=False))


contacts = st.lists(
    st.builds(
        contact,
        st.just(0),
        st.integers(-30, 150),
        st.sampled_from(("T814", "T845F", "M161", "M171", "Z480", "J189", "")),
        st.sampled_from(("", "T845F", "I109 Z966F")),
        st.sampled_from(("", "NFA12", "NGA12", "NFB49 ZXA05", "NFS19")),
    ),
    max_size=8,
).map(lambda made: [replace(one, episode=60 + n, episode_ref=f"cosmic/{60 + n}") for n, one in enumerate(made)])


@given(contacts, st.integers(0, 120), st.data())
def test_offers_stay_inside_the_days_and_are_never_an_event_or_an_index_stay(
    made: list[CareEpisode], days: int, data: st.DataObject
) -> None:
    events = {one.episode for one in made if data.draw(st.booleans())}
    stays = {one.episode for one in made if data.draw(st.booleans())}
    person = patient(*made)
    person = replace(
        person,
        links=(*person.links, *(replace(LINK, key=EventKey(one, "knee", "left")) for one in events)),
        operations=(*person.operations, *(replace(person.operations[0], episode=one) for one in stays)),
    )
    for one in offers(person, LINK, FollowUpRule(days), code_tables()):
        assert 0 <= (one.day - DISCHARGED).days <= days
        assert one.episode not in events | stays | {EVENT, STAY}


@given(contacts, st.integers(0, 120), st.integers(0, 120))
def test_offers_grow_with_the_days(made: list[CareEpisode], one: int, other: int) -> None:
    few, many = (offers(patient(*made), LINK, FollowUpRule(days), code_tables()) for days in sorted((one, other)))
    assert set(few) <= set(many)


@given(contacts, st.randoms(use_true_random=False))
def test_the_order_of_the_episodes_never_matters(made: list[CareEpisode], chance: Random) -> None:
    shuffled = list(patient(*made).episodes)
    chance.shuffle(shuffled)
    person = patient(*made)
    found = offers(person, LINK, FollowUpRule(), code_tables())
    assert offers(replace(person, episodes=tuple(shuffled)), LINK, FollowUpRule(), code_tables()) == found
    assert [one.day for one in found] == sorted(one.day for one in found)
