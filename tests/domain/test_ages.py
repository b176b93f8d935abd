"""Groups of ages that lie apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from kvalitetsapp.domain.ages import OLDEST, Pyramid, span

GROUPS = some.tuples(some.integers(0, 130), some.none() | some.integers(0, 130)).filter(
    lambda group: group[1] is None or group[1] >= group[0]
)


def test_a_group_without_a_last_age_reaches_to_the_oldest() -> None:
    assert (span(100, None)[0], span(100, None)[-1]) == (100, OLDEST)
    assert list(span(130, 140)) == [OLDEST]


def test_a_group_that_shares_an_age_with_another_stays_out() -> None:
    pyramid = Pyramid({0: 64, 65: None})
    assert pyramid.put(60, 61) == 0
    assert pyramid.put(65, 69) is None, "its own old self is no other"
    assert pyramid.put(70, None) is None, "what the old self held is free"
    assert pyramid.put(65, None) == 65, "a last age is never taken away"


@given(some.lists(GROUPS, max_size=12))
def test_whatever_is_put_in_no_age_lies_in_two_groups(groups: list[tuple[int, int | None]]) -> None:
    pyramid, standing = Pyramid(), dict[int, int | None]()
    for first, last in groups:
        if pyramid.put(first, last) is None:
            standing[first] = last
    assert pyramid.last_of == standing
    ages = [age for first, last in standing.items() for age in span(first, last)]
    assert len(ages) == len(set(ages))
