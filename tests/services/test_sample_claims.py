"""What has been done in the sample county: claims in every state, consistent to the öre, notes and an indicator."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.analysis.charts import over_time
from kvalitetsapp.analysis.charts import rows as chart_rows
from kvalitetsapp.analysis.indicators import members
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.services import (
    ageing,
    bases,
    billing,
    claim_corrections,
    claim_lists,
    frames_of_store,
    indicator_source,
    indicators,
    payments,
    provider_notes,
    reminders,
    summaries,
)
from kvalitetsapp.services.sample_days import CHIEF, CLERK
from kvalitetsapp.services.sample_outcomes import OWN_INDICATOR
from kvalitetsapp.store import audit, claims, dialect
from support import agreeing_standings, sample_store
from support.sample_store import DAY, TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.services.workspace import Workspace


# The day of today is tried by `dev.py test --long` alone, so that no other run passes on one day and fails on another.
OTHER_DAYS = [pytest.param(day, marks=pytest.mark.long) for day in (TODAY, "2027-03-01", "2028-02-29")]


@pytest.fixture(scope="module", params=[DAY, *OTHER_DAYS])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return the sample county as it is on days on which it is another one."""
    yield from sample_store.opened_on(request.param, tmp_path_factory.mktemp("sample"))


def test_there_are_claims_in_every_state_that_someone_works_with(made: Workspace) -> None:
    found = {one.status for one in claims.all_claims(made.store)}
    working = {ClaimStatus.DRAFT, ClaimStatus.APPROVED, ClaimStatus.ISSUED, ClaimStatus.SENT, ClaimStatus.ACCEPTED}
    assert found >= working | {ClaimStatus.DISPUTED, ClaimStatus.PARTLY_ACCEPTED, ClaimStatus.SETTLED}


def test_another_than_the_one_who_drafted_approved_and_the_days_follow_each_other(made: Workspace) -> None:
    for claim in claims.all_claims(made.store):
        steps = claims.steps(made.store, claim.claim)
        assert claim.drafted_by == CLERK
        assert {step.who for step in steps if step.kind is ClaimStep.APPROVED} <= {CHIEF}
        assert [step.day for step in steps] == sorted(step.day for step in steps)
        assert steps[-1].day < made.today


def test_documents_are_numbered_without_a_gap_and_everyone_can_be_invoiced(made: Workspace) -> None:
    every = [one for view in bases.all_bases(made) for one in (view.basis, *view.credit_notes)]
    assert sorted({one.counter for one in every}) == list(range(1, len({one.number for one in every}) + 1))
    assert all(one.buyer_reference and one.address.street for one in billing.receivers(made))


def test_a_claim_stands_the_same_reckoned_from_its_own_persons_as_from_all(made: Workspace) -> None:
    found = claims.all_claims(made.store)
    agreeing_standings.check(made, found)
    for one in {each.status: each for each in found}.values():
        agreeing_standings.check(made, [one])


def test_something_is_paid_too_much_something_names_nothing_and_something_is_late(made: Workspace) -> None:
    left = sorted(one.left for one in payments.payments(made) if one.left)
    assert left == [150_000, 1_250_000]
    total = ageing.by_provider(made)[-1]
    assert total.disputed > 0
    assert total.by_age[0] > 0
    assert total.by_age[-1] > 0
    assert reminders.due(made)


def test_the_summaries_show_what_was_claimed_credited_and_paid(made: Workspace) -> None:
    rows = summaries.recovery(made).records()
    for name in ("claimed", "credited", "paid"):
        assert sum(int(row[name] or 0) for row in rows) > 0, name


def test_there_is_a_correction_to_decide_on_and_one_that_was_left(made: Workspace) -> None:
    assert {one.is_left for one in claim_corrections.corrections(made)} == {True, False}


def test_the_counts_are_those_of_the_lists(made: Workspace) -> None:
    counts, watched = claim_lists.counts(made), claim_lists.watched(made)
    rows = watched.deadlines.table.records()
    assert counts.events == len(rows)
    assert counts.unclaimed == sum(int(row["to_claim"] or 0) + int(row["drafted"] or 0) for row in rows)
    assert counts.cases == len({row["index_ref"] for row in rows if row["to_claim"]})
    days = [row["days_left"] for row in rows]
    assert counts.days_left == min((day for day in days if isinstance(day, int) and day >= 0), default=None)
    assert counts.corrections == sum(not one.is_left for one in watched.corrections)
    assert (counts.to_approve, counts.overdue) == (1, 3)


def test_what_was_left_as_it_is_has_not_missed_its_deadline(made: Workspace) -> None:
    left = {one.event_ref for one in claim_corrections.corrections(made) if one.is_left}
    assert left
    assert not left & {row["event_ref"] for row in claim_lists.past_deadline(made).records()}


def test_the_store_is_whole_afterwards(made: Workspace) -> None:
    assert dialect.faults(made.store.conn) == []
    assert audit.first_broken(made.store) is None


def test_actions_that_were_agreed_are_done_late_and_under_way(made: Workspace) -> None:
    notes = [one for each in ("P02", "P04", "P05") for one in provider_notes.of_provider(made, each)]
    kinds = Counter(one.kind for one in notes)
    assert kinds == {ProviderNote.COMMENT: 2, ProviderNote.ACTION: 3, ProviderNote.FOLLOW_UP: 1}
    actions = [one for one in notes if one.kind is ProviderNote.ACTION]
    assert sorted((one.done_on is not None, one.is_late(made.today)) for one in actions) == [
        (False, False),
        (False, True),
        (True, False),
    ]


def test_an_own_indicator_stands_and_its_cusum_sees_the_infections_in_a_row(made: Workspace) -> None:
    own = indicators.one(made, OWN_INDICATOR)
    cut = frames_of_store.load(made).data_cut
    assert cut is not None
    source = indicator_source.source_of(made, cut)
    chosen = members.members(own, source)
    rows = chart_rows.chart_rows(chosen, source.index_operations, source.persons, own)
    alarms = {name: each.alarms for name, each in over_time.cusums(rows, own, {}, target=None).items()}
    assert alarms.pop("P02") >= 1
    assert sum(alarms.values()) <= 1
