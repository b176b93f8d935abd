"""What holds of every list: levels add up, fewer without MOV and PVV, and flows lead from month to month."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis.waiting import found, found_entries, standing, state
from kvalitetsapp.domain.waiting import WITHOUT_DEVIATION, WaitingKey, WaitingScope
from support.waiting import Read, Waits, groups, read

WAITS = st.builds(
    Waits,
    entry=st.integers(0, 12).map(str),
    days=st.integers(-5, 400),
    code=st.sampled_from(["NFB49", "NFB29", "NGB49", "XYZ00"]),
    deviation=st.sampled_from(["mov", "pvv", "none", None]),
    county=st.sampled_from(["05", "08", None]),
    municipality=st.sampled_from(["0580", "0880", "9999", None]),
    provider=st.sampled_from(["A", "B", None]),
    priority=st.sampled_from(["1", None]),
)
MONTHS = st.dictionaries(
    st.integers(1, 8), st.lists(WAITS, max_size=10, unique_by=lambda one: one.entry), min_size=1, max_size=5
)
LISTS = st.fixed_dictionaries({"a": MONTHS}, optional={"b": MONTHS}).map(read)
SCOPES = st.builds(
    WaitingScope,
    county=st.sampled_from(["", "05", "missing"]),
    provider_id=st.sampled_from(["", "A"]),
    area=st.sampled_from(["", "Höft", "missing"]),
    priority=st.sampled_from(["", "1"]),
    deviations=st.sampled_from([WaitingScope().deviations, WITHOUT_DEVIATION]),
)


def waiting(made: Read, scope: WaitingScope, by: WaitingKey, name: str) -> int:
    return sum(row[name] for row in groups(made.month(scope), by).values())


def whole_of(made: Read, scope: WaitingScope) -> dict[str, Any]:
    return state.whole(made.month(scope))


@given(LISTS, SCOPES)
def test_the_codes_of_a_scope_add_up_to_its_areas_and_its_counties(made: Read, scope: WaitingScope) -> None:
    whole = whole_of(made, scope)
    for name in ("waiting", "waiting_without", "over_90", "over_150_without", "mov"):
        for by in (WaitingKey.CODE, WaitingKey.AREA, WaitingKey.COUNTY, WaitingKey.PROVIDER, WaitingKey.DEVIATION):
            assert waiting(made, scope, by, name) == whole[name]


@given(LISTS, SCOPES)
def test_no_more_wait_without_mov_and_pvv_than_with_them(made: Read, scope: WaitingScope) -> None:
    whole = whole_of(made, scope)
    for name in ("waiting", "over_90", "over_150"):
        assert 0 <= whole[f"{name}_without"] <= whole[name]
    without = whole_of(made, WaitingScope(deviations=WITHOUT_DEVIATION))
    assert without["waiting"] == without["waiting_without"] == whole_of(made, WaitingScope())["waiting_without"]


@given(LISTS, SCOPES)
def test_the_month_before_and_who_came_and_left_come_to_the_month(made: Read, scope: WaitingScope) -> None:
    time = made.time(scope)
    rows: list[tuple[Any, ...]] = list(time.flows)
    for _month, before, came, left, moved, now, net, returned in rows:
        if came is not None:
            assert before + came - left + moved == now
            assert net == now - before
            assert 0 <= returned <= came
    if not scope.provider_id and scope == WaitingScope():
        assert all(row[4] in (0, None) for row in time.flows)


@given(LISTS, SCOPES)
def test_the_series_is_the_state_of_each_month_or_a_gap(made: Read, scope: WaitingScope) -> None:
    for month, row in zip(made.lists.months, made.time(scope).series, strict=True):
        those = standing.standing(made.lists, month)
        counted = len(those.within(made.chosen(scope).of(those.columns)))
        assert row[2] in (counted, None)


@given(LISTS, SCOPES)
def test_behind_a_finding_and_a_check_are_as_many_entries_as_it_counts(made: Read, scope: WaitingScope) -> None:
    for one in made.findings(scope=scope):
        month = made.month(scope, at=found_entries.month_of(made.lists, one))
        assert int(found_entries.of_finding(month, one, made.moves).sum()) == one.entries, one
    month = made.month(scope)
    changed = found.changed(month, made.moves, made.chosen(scope))
    for check in found.dates(month, changed, 0):
        assert int(found_entries.of_check(month, check.check, made.moves).sum()) == check.entries, check
