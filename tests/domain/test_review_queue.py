"""Filters of the queue: kept as plain values, read strictly, and told as chips that can each be taken away."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kvalitetsapp.domain.review_priority import Reason
from kvalitetsapp.domain.review_queue import Preset, QueueFilter, chips, filter_from

EVERYTHING = QueueFilter(
    Preset.ALL,
    "fjäll 1968",
    ("proposed",),
    ("hip", "knee"),
    ("left",),
    ("infection",),
    ("revision",),
    ("P01",),
    (("side", "right"), ("index_provider", "P02")),
    own_care_only=True,
    event_from=date(2022, 1, 1),
    event_to=date(2023, 3, 31),
    reasons=(Reason.STAKE_LARGE, Reason.INFECTION),
    person=17,
    round_id=3,
    sort="event_date",
    descending=False,
)


@pytest.mark.parametrize("asked", [QueueFilter(), EVERYTHING])
def test_a_filter_survives_being_kept_as_text(asked: QueueFilter) -> None:
    assert filter_from(json.loads(json.dumps(asked.as_dict()))) == asked


def test_what_is_left_open_is_not_kept() -> None:
    assert QueueFilter().as_dict() == {}


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"colour": "red"},
        {"preset": "forgotten"},
        {"reasons": ["boredom"]},
        {"joints": "hip"},
        {"sort": "l.link; DROP TABLE links"},
        {"hidden": [["l.link", "1"]]},
        {"hidden": ["side"]},
        {"event_from": "2025-02-30"},
        {"own_care_only": 1},
        {"person": "17"},
    ],
)
def test_what_this_version_does_not_know_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        filter_from(told)


def test_every_condition_is_a_chip_and_without_all_of_them_only_part_text_and_order_are_left() -> None:
    asked, texts = EVERYTHING, []
    while found := chips(asked, {"P01": "Fjällkliniken", "P02": "Sjökliniken"}, "Våren 2025"):
        texts.append(found[0].text)
        asked = found[0].rest
    assert texts == [
        "Status: Föreslagen",
        "Led: Höft, Knä",
        "Sida: Vänster",
        "Komplikation: Infektion",
        "Kirurgi: Revision",
        "Opererad hos: Fjällkliniken",
        "Sida: inte Höger",
        "Opererad hos: inte Sjökliniken",
        "Omgång: Våren 2025",
        "Minst 100 000 kr / Infektion",
        "Vård i egen regi",
        "Från 2022-01-01",
        "Till 2023-03-31",
        "En patient",
    ]
    assert asked == QueueFilter(Preset.ALL, "fjäll 1968", sort="event_date", descending=False)


def test_a_value_that_is_shown_alone_is_no_longer_hidden_and_the_other_way_round() -> None:
    hidden = QueueFilter().without("joint", "hip")
    assert hidden == QueueFilter(hidden=(("joint", "hip"),))
    alone = hidden.with_only("joint", "hip")
    assert alone == QueueFilter(joints=("hip",))
    assert alone.without("joint", "hip") == hidden
