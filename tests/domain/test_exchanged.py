"""How things of two stores stand to each other, and the form that a package must have."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import exchange_shapes, exchanged
from kvalitetsapp.domain.exchanged import MalformedError, Package, Standing, Thing, ThingKind

ACTS = st.lists(st.sampled_from("abc"), max_size=4)


def thing(*acts: str, key: str = "1", ties: tuple[str, ...] = (), **base: object) -> Thing:
    told = tuple({"act": one} for one in acts)
    return Thing(ThingKind.PAYMENT, key, key, (), ties, base, told, {})


@given(ACTS, ACTS)
def test_two_histories_stand_to_each_other_as_what_they_hold(mine: list[str], other: list[str]) -> None:
    ours, theirs = thing(*mine), thing(*other)
    seen, back = exchanged.standing(ours, theirs), exchanged.standing(theirs, ours)
    turned = {Standing.OURS_FURTHER: Standing.THEIRS_FURTHER, Standing.THEIRS_FURTHER: Standing.OURS_FURTHER}
    assert back == turned.get(seen, seen)
    news = exchanged.beyond(theirs, ours)
    assert (news == ()) == (seen in (Standing.SAME, Standing.OURS_FURTHER))
    if seen is Standing.THEIRS_FURTHER:
        assert sorted(mine + [one["act"] for one in news]) == sorted(other)
        together = thing(*mine, *(one["act"] for one in news))
        assert exchanged.standing(together, theirs) is Standing.SAME


def test_a_thing_of_another_content_under_the_same_key_is_a_conflict() -> None:
    assert exchanged.standing(None, thing("a")) is Standing.NEW
    assert exchanged.standing(thing("a", amount=1), thing("a", amount=2)) is Standing.CONFLICT


def test_things_that_are_tied_are_taken_together() -> None:
    one, two, three = thing(key="1", ties=("payment:2",)), thing(key="2"), thing(key="3", ties=("claim:9",))
    assert exchanged.bundles([one, two, three]) == ((one, two), (three,))
    tied = thing(key="3", ties=("payment:2",))
    assert exchanged.bundles([one, two, tied]) == ((one, two, tied),)


def package() -> dict[str, Any]:
    act = {"act": "withdrawn", "at": "2026-01-01"}
    base = {
        "received_on": "2026-01-01",
        "amount": 1,
        "reference": "",
        "payer": "",
        "entry_reference": None,
        "note": "",
    }
    state = dict.fromkeys(("origin", "file_name", "file_sha256", "who", "recorded_at"), "x")
    made = Thing(ThingKind.PAYMENT, "1", "1", (), (), base, (act,), state)
    return exchanged.as_dict(Package("p", "s", "Anna", "2026-01-01", "1", 9, "", (made,)))


def read(raw: object) -> Package:
    found = exchanged.from_dict(json.loads(json.dumps(raw)))
    if exchange_shapes.unfit(found) is not None:
        raise MalformedError
    return found


def test_a_package_is_read_as_it_was_told() -> None:
    assert exchanged.as_dict(read(package())) == package()


def parts(raw: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value of a package."""
    if isinstance(raw, dict):
        return [path, *(way for name, one in raw.items() for way in parts(one, (*path, name)))]
    if isinstance(raw, list):
        return [path, *(way for place, one in enumerate(raw) for way in parts(one, (*path, place)))]
    return [path]


@pytest.mark.parametrize("other", [[], 1.5, True, {"x": None}], ids=str)
def test_whatever_is_of_another_kind_makes_the_package_unreadable(other: object) -> None:
    for path in parts(package()):
        if path and path[-1] in ("things", "ties", "episodes", "acts") and other == []:
            continue  # nothing is something that a package may hold
        raw: Any = {"whole": package()}
        place = raw
        for name in ("whole", *path)[:-1]:
            place = place[name]
        place[("whole", *path)[-1]] = copy.deepcopy(other)
        with pytest.raises(MalformedError):
            read(raw["whole"])


def test_what_lies_too_deep_or_stands_twice_is_no_package() -> None:
    raw = package()
    raw["things"] *= 2
    with pytest.raises(MalformedError):
        read(raw)
    deep: Any = 1
    for _step in range(20):
        deep = [deep]
    with pytest.raises(MalformedError):
        read(package() | {"more": deep})
