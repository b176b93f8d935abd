"""What is owed by age on any day, and what is reminded of when: contested, overpaid and written off money apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import ageing, payments, reminders
from kvalitetsapp.store import audit, billing
from support.made_bases import ISSUED, credit, issue, set_status

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

DUE = ISSUED + timedelta(days=30)


@pytest.mark.parametrize(
    ("late", "age"), [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (900, 4)]
)
def test_what_is_late_has_the_age_of_its_days_after_the_due_date(workspace: Workspace, late: int, age: int) -> None:
    issue(workspace, 100_00)
    (one, total) = ageing.by_provider(workspace, DUE + timedelta(days=late))
    assert [bool(amount) for amount in one.by_age] == [place == age for place in range(5)]
    assert (one.open, total.open, one.provider) == (100_00, 100_00, "Fjällkliniken")


def test_a_day_before_the_payment_and_the_dispute_shows_what_stood_then(workspace: Workspace) -> None:
    made = issue(workspace, 100_00, 50_00)
    payments.record(workspace, NewPayment(DUE, 60_00, made.number))
    set_status(workspace, made.lines[0][0], ClaimStatus.DISPUTED, DUE + timedelta(days=2))
    assert ageing.by_provider(workspace, ISSUED - timedelta(days=1))[-1].open == 0
    assert ageing.by_provider(workspace, DUE - timedelta(days=1))[-1].by_age[0] == 150_00
    assert ageing.by_provider(workspace, DUE + timedelta(days=1))[-1].by_age[1] == 90_00
    after = ageing.by_provider(workspace, DUE + timedelta(days=3))[-1]
    assert (after.by_age[1], after.disputed, after.open) == (0, 90_00, 90_00)


def test_what_is_overpaid_or_written_off_is_told_apart(workspace: Workspace) -> None:
    paid = issue(workspace, 100_00)
    payments.record(workspace, NewPayment(DUE, 100_00, paid.number))
    credit(workspace, paid, 1, 30_00)
    given_up = issue(workspace, 40_00, 60_00)
    set_status(workspace, given_up.lines[0][0], ClaimStatus.WRITTEN_OFF)
    total = ageing.by_provider(workspace, DUE)[-1]
    assert (total.overpaid, total.written_off, total.by_age[0], total.open) == (30_00, 40_00, 60_00, 30_00)
    owed = ageing.unsettled(workspace, DUE)
    assert sum(one.open for one in owed) == total.open + total.written_off


def test_a_reminder_is_due_after_its_days_and_again_when_it_ran_out(workspace: Workspace) -> None:
    with workspace.store.transaction():
        billing.set_rules(workspace.store, replace(billing.rules(workspace.store), reminder_days=10))
    today = workspace.today
    made = issue(workspace, 100_00, 50_00, issued_on=today - timedelta(days=40))  # was due ten days ago
    issue(workspace, 100_00, issued_on=today - timedelta(days=39))
    set_status(workspace, made.lines[1][0], ClaimStatus.DISPUTED)
    payments.record(workspace, NewPayment(today, 20_00, made.number))
    (one,) = reminders.due(workspace)
    assert (one.number, one.amount, one.paid, one.place) == (made.number, 80_00, 20_00, 1)
    done = reminders.register(workspace, made.number)
    assert done.reminder == one
    assert done.said.endswith(f"Betalas senast {(today + timedelta(days=10)).isoformat()}.")
    assert audit.entries(workspace.store)[0].action == "reminder_registered"
    assert reminders.due(workspace) == ()
    with pytest.raises(RefusedError, match="ska inte påminnas i dag"):
        reminders.register(workspace, made.number)


def test_the_next_reminder_comes_the_day_after_the_last_one_ran_out() -> None:
    from kvalitetsapp.domain.reminder import PastReminder, next_on

    past = (PastReminder(date(2024, 3, 1), 1, date(2024, 3, 11)),)
    assert next_on(date(2024, 2, 1), (), 10) == date(2024, 2, 11)
    assert next_on(date(2024, 2, 1), (), 0) == date(2024, 2, 2)
    assert next_on(date(2024, 2, 1), past, 10) == date(2024, 3, 12)


def test_what_is_not_sent_wholly_disputed_or_paid_is_not_reminded_of(workspace: Workspace) -> None:
    long_ago = date(2024, 1, 1)
    issue(workspace, 100_00, issued_on=long_ago, status=ClaimStatus.ISSUED)
    disputed = issue(workspace, 100_00, issued_on=long_ago)
    set_status(workspace, disputed.lines[0][0], ClaimStatus.DISPUTED)
    paid = issue(workspace, 100_00, issued_on=long_ago)
    payments.record(workspace, NewPayment(long_ago, 100_00, paid.number))
    assert reminders.due(workspace) == ()
