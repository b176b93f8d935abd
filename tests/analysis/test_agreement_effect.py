"""Two ledgers side by side, and operations without agreement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.analysis import agreement_effect, agreement_gaps, frames, recovery
from kvalitetsapp.domain.agreement import Agreement, Warranty
from support import made_frames
from support.made_frames import PROVIDERS, agreement, link, operation, operations

if TYPE_CHECKING:
    from pandas import DataFrame

WARRANTIES = st.sampled_from(
    [(Warranty(("*",), 730),), (Warranty(("infection",), 90, 30),), (Warranty(("wound",), 30),)]
)
TERMS = st.fixed_dictionaries(
    {},
    optional={
        "cap": st.integers(0, 30_000_00),
        "cap_scope": st.sampled_from(["index_operation", "episode"]),
        "deductible": st.integers(0, 5_000_00),
        "warranties": WARRANTIES,
        "exclusions": st.sampled_from([(), ("wound",)]),
        "providers": st.sampled_from([("P01",), ("P02",), ("P01", "P02")]),
        "joints": st.sampled_from([("hip",), ("hip", "knee")]),
    },
)
LINKS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 800),
        st.sampled_from(["confirmed", "proposed", "rejected"]),
        st.sampled_from(["infection", "wound"]),
        st.none() | st.integers(0, 20_000_00),
    ),
    max_size=12,
)
OPERATIONS = operations(
    operation(),
    operation(provider_id="P02"),
    operation(joint="knee"),
    operation(provider_id="P02", joint="knee", operated_on=date(2018, 5, 5)),
)


def ledger(rows: list[dict[str, Any]], terms: list[Agreement], *, potential: bool) -> DataFrame:
    of_data = (OPERATIONS, made_frames.links(OPERATIONS, *rows), made_frames.episodes(*rows), PROVIDERS)
    return recovery.ledger(*of_data, terms, potential=potential)


@settings(max_examples=settings().max_examples // 2)
@given(LINKS, TERMS, TERMS, st.booleans())
def test_the_totals_are_those_of_the_summaries_r15(
    told: list[tuple[int, int, str, str, int | None]], one: dict[str, Any], other: dict[str, Any], potential: bool
) -> None:
    names = ("operation", "days", "status", "complication_class", "cost")
    rows = [link(**dict(zip(names, values, strict=True))) for values in told]  # type: ignore[arg-type]
    before = ledger(rows, [agreement(**one)], potential=potential)
    after = ledger(rows, [agreement(**other)], potential=potential)
    found = agreement_effect.totals(agreement_effect.by_operation(before, after), ["provider_id"])
    for when, basis in (("before", before), ("after", after)):
        expected = recovery.summary(basis.assign(provider_id=basis["provider_id"].astype(str)), by=["provider"])
        mine = {
            row[0]: row[1:]
            for row in frames.rows(
                found, ("provider_id", *(f"{n}_{when}" for n in ("claimable", "over_cap", "missing")))
            )
        }
        theirs = frames.rows(expected, ("provider_id", "claimable", "over_cap", "missing_cost_events"))
        assert {row[0]: row[1:] for row in theirs} == {key: mine[key] for key in (row[0] for row in theirs)}


def gaps(made: list[dict[str, Any]], terms: list[Agreement], *links: dict[str, Any]) -> list[tuple[object, ...]]:
    rows = operations(*made)
    found = agreement_gaps.gaps(rows, made_frames.links(rows, *links), PROVIDERS, terms)
    return frames.rows(found, ("provider_id", "joint", "payer_route", "first", "last", "operations", "events"))


def test_r12_operations_between_and_after_agreements_are_two_gaps() -> None:
    terms = [
        agreement(agreement_id="a", valid_to=date(2019, 6, 30)),
        agreement(agreement_id="b", valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31)),
    ]
    days = [date(2019, 1, 1), date(2019, 7, 1), date(2019, 12, 31), date(2020, 5, 5), date(2021, 1, 1)]
    made = [operation(operated_on=day) for day in days]
    assert gaps(made, terms, link(2, 10), link(2, 20, status="proposed"), link(2, 30, status="rejected")) == [
        ("P01", "hip", "contract", "2019-07-01", "2019-12-31", 2, 2),
        ("P01", "hip", "contract", "2021-01-01", "2021-01-01", 1, 0),
    ]


def test_r12_a_joint_or_route_that_no_agreement_names_is_a_gap_of_its_own() -> None:
    made = [operation(joint="knee"), operation(payer_route="riksavtal"), operation()]
    assert [row[1:3] for row in gaps(made, [agreement()])] == [("hip", "riksavtal"), ("knee", "contract")]


def test_operations_before_the_first_agreement_or_at_others_are_no_gap() -> None:
    first = agreement(providers=("P01", "OSD"))
    made = [
        operation(operated_on=first.valid_from - timedelta(days=1)),
        operation(provider_id="P02"),
        operation(provider_id="OSD", joint="knee"),
    ]
    assert gaps(made, [first]) == []
    assert gaps(made, []) == []
