"""Any order of payments, credits and placings keeps every sum to the öre, and no file adds anything twice."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import ageing, import_payments, payments, reminders
from kvalitetsapp.store import audit, receivables
from support import reviewing, trials
from support.made_bases import MadeBasis, credit, issue

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

DAY = date(2024, 2, 1)
ORE = st.integers(1, 500_00)


class Payments(RuleBasedStateMachine):
    """Does what finance does, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.workspace: Workspace = reviewing.make(Path(self.folder.name))
        self.made: list[MadeBasis] = []
        self.files: list[Path] = []

    @initialize(amounts=st.lists(ORE, min_size=1, max_size=3))
    def begin(self, amounts: list[int]) -> None:
        """Issue the first document."""
        self.made.append(issue(self.workspace, *amounts))

    @rule(amounts=st.lists(ORE, min_size=1, max_size=3), days=st.integers(0, 200))
    def issue(self, amounts: list[int], days: int) -> None:
        """Issue another document."""
        self.made.append(issue(self.workspace, *amounts, days=days))

    @rule(pick=st.integers(0, 99), line=st.integers(0, 9), share=st.integers(1, 100))
    def credit(self, pick: int, line: int, share: int) -> None:
        """Credit a part of what is left of a line."""
        made = self.made[pick % len(self.made)]
        owed = payments.document(self.workspace, made.number)
        of = owed.lines[line % len(owed.lines)]
        if of.net:
            credit(self.workspace, made, of.line, max(1, of.net * share // 100))

    @rule(amount=ORE, back=st.booleans(), picks=st.lists(st.integers(0, 99), max_size=3))
    def record(self, amount: int, back: bool, picks: list[int]) -> None:
        """Type a payment that names some documents."""
        reference = " och ".join(self.made[pick % len(self.made)].number for pick in picks)
        payments.record(self.workspace, NewPayment(DAY, -amount if back else amount, reference))

    @rule(pick=st.integers(0, 99), to=st.integers(0, 99), amount=st.none() | ORE)
    def place(self, pick: int, to: int, amount: int | None) -> None:
        """Place a payment somewhere, if it fits."""
        every = payments.payments(self.workspace)
        if every:
            paid, made = every[pick % len(every)], self.made[to % len(self.made)]
            with contextlib.suppress(InputError):
                payments.place(self.workspace, paid.payment, made.number, amount)

    @rule(pick=st.integers(0, 99))
    def unplace(self, pick: int) -> None:
        """Take something off a document, if that may be."""
        matches = [match for one in payments.payments(self.workspace) for match in one.matches]
        if matches:
            with contextlib.suppress(RefusedError):
                payments.unplace(self.workspace, [matches[pick % len(matches)].match], "prov")

    @rule(pick=st.integers(0, 99))
    def withdraw(self, pick: int) -> None:
        """Take a payment back, if that may be."""
        every = payments.payments(self.workspace)
        if every:
            with contextlib.suppress(RefusedError):
                payments.withdraw(self.workspace, every[pick % len(every)].payment, "prov")

    @rule(amounts=st.lists(ORE, min_size=1, max_size=3), to=st.integers(0, 99))
    def take_in(self, amounts: list[int], to: int) -> None:
        """Take a file in: it adds what it says."""
        number = self.made[to % len(self.made)].number
        rows = [f"2024-02-01;{ore // 100},{ore % 100:02d};{number};{len(self.files)}" for ore in amounts]
        path = Path(self.folder.name) / f"betalningar{len(self.files)}.csv"
        path.write_text("\n".join(["received_on;amount;reference;payer", *rows]) + "\n", encoding="utf-8")
        outcome = import_payments.import_file(self.workspace, path)
        assert (outcome.stored, outcome.amounts.stored) == (len(amounts), sum(amounts))
        assert outcome.placed + outcome.left == sum(amounts)
        self.files.append(path)

    @rule(pick=st.integers(0, 99))
    def take_in_again(self, pick: int) -> None:
        """Take a file in a second time: nothing changes."""
        if self.files:
            before = payments.payments(self.workspace)
            outcome = import_payments.import_file(self.workspace, self.files[pick % len(self.files)])
            assert (outcome.stored, outcome.rejected) == (0, 0)
            assert outcome.changes == frozenset()
            assert payments.payments(self.workspace) == before

    @invariant()
    def no_document_has_more_than_it_may(self) -> None:
        """Nothing is paid below zero or beyond the document; beyond what is left of it only because of a credit."""
        for owed in receivables.all_receivables(self.workspace.store):
            assert 0 <= owed.paid <= owed.amount
            assert owed.paid <= owed.amount - owed.credited or owed.credited
            assert owed.overpaid == max(0, owed.paid - (owed.amount - owed.credited))
            assert sum(owed.left_by_line().values()) == max(0, owed.open)

    @invariant()
    def no_payment_pays_more_than_it_is(self) -> None:
        """What is placed of a payment lies between nothing and all of it."""
        for one in payments.payments(self.workspace):
            assert 0 <= one.placed * (1 if one.amount > 0 else -1) <= abs(one.amount)

    @invariant()
    def ageing_comes_to_what_is_open(self) -> None:
        """On any day the ages of all providers come to what is open then."""
        for day in (DAY - timedelta(days=10), DAY, DAY + timedelta(days=100), self.workspace.today):
            *providers, total = ageing.by_provider(self.workspace, day)
            owed = receivables.all_receivables(self.workspace.store, day)
            assert total.open == sum(one.open for one in owed) == sum(one.open for one in providers)

    @invariant()
    def no_reminder_asks_for_more_than_is_open(self) -> None:
        """A reminder asks for no more than is open, and money on a paid document is not asked for."""
        for one in reminders.due(self.workspace):
            assert 0 < one.amount <= payments.document(self.workspace, one.number).open

    def teardown(self) -> None:
        """Look through the store once more and close it."""
        assert audit.first_broken(self.workspace.store) is None
        self.workspace.close()
        self.folder.cleanup()


@pytest.mark.filterwarnings("ignore")
def test_any_order_of_payments_and_credits_keeps_every_sum() -> None:
    run_state_machine_as_test(
        Payments,
        settings=settings(
            max_examples=trials.few(6, at_length=40),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
