"""A year of claims as it goes by, season by season through the services; `claim_year` has its county.

Every season ends where the next begins, so that a test can take up the work in the middle of the year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import (
    basis_steps,
    claim_answers,
    claim_corrections,
    claim_drafts,
    claim_life,
    import_payments,
    manual_costs,
    payments,
    reminders,
)
from support import claim_year as year
from support import document_sums, payment_files
from support.agreeing_sums import disagreements
from support.claim_year import KR, claim_of
from support.reviewing import CIA, at_work

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.domain.correction import Correction
    from support.claim_year import DatedWorkspace


@dataclass
class Year:
    """The year as it goes by: the store, its folder, and the documents as they are issued."""

    workspace: DatedWorkspace
    folder: Path
    issued: list[Basis] = field(default_factory=list)
    written_in_march: dict[str, bytes] = field(default_factory=dict)

    def on(self, month: int, day: int) -> None:
        """Let it be another day, after one at the end of which everything agrees."""
        self.agree()
        self.workspace.day = date(2025, month, day)

    def agree(self) -> None:
        """Demand that everything agrees."""
        found = disagreements(self.workspace)
        assert not found, "\n".join(found)

    def pay(self, amount: int, reference: str) -> int:
        """Type a payment that came today and return its number."""
        payment = year.pay(self.workspace, amount, reference)
        self.agree()
        return payment

    def issue(self, **how: bool) -> list[Basis]:
        """Issue and send what is approved."""
        issued = year.issue_all(self.workspace, **how)
        self.agree()
        year.send(self.workspace, *issued)
        self.issued += issued
        return issued

    def credit(self, claim: int, amount: int, reason: str) -> Basis:
        """Credit so much of a claim and send the note."""
        note = year.credit(self.workspace, claim, amount, reason)
        self.agree()
        year.send(self.workspace, note)
        self.issued.append(note)
        return note

    def status(self, operation: str) -> ClaimStatus:
        """Return how far the latest claim of a case has come."""
        return claim_of(self.workspace, operation).status


def _amounts(made: tuple[Claim, ...]) -> dict[str, int]:
    """Return what each claim asks for, by its case."""
    return {one.index_ref[4:7]: one.amount for one in made}


def open_corrections(workspace: DatedWorkspace) -> list[Correction]:
    """Return what is to be corrected and nobody has left as it is."""
    return [one for one in claim_corrections.corrections(workspace) if not one.is_left]


def winter(now: Year) -> None:
    """The first events are reviewed, claimed by two people, issued and sent."""
    workspace = now.workspace
    year.take_events(workspace, now.folder, *year.KNOWN_IN_JANUARY)
    now.on(2, 10)
    year.review(workspace, "E01", "E02", "E06", "E07", "E11", "E12", "E14")
    year.review(workspace, "E05", reject=True)
    year.review(workspace, "E09", index_ref="bok/I09/hip/left")
    now.on(2, 20)
    left_out = [each.event_ref for one in claim_drafts.proposals(workspace) for each in one.left_out]
    assert left_out == ["bok/E12"], "whose cost is missing"
    assert _amounts(year.draft_all(workspace)) == {
        "I01": 200_000 * KR,  # the cap, used up by two events
        "I09": 60_000 * KR,  # less the deductible
        "I11": 90_006_45,  # by DRG
        "I14": 80_000 * KR,
    }
    now.on(3, 3)
    first, second = now.issue()
    files = document_sums.write(workspace, first.number, now.folder).files
    now.written_in_march = {kind: content for kind, content in files.items() if kind != "-specifikation.pdf"}
    basis_steps.write_legal_number(workspace, year.view_of(workspace, second), "F-2025-0102")


def spring(now: Year) -> None:
    """More events come, a cost is told by hand, the first money comes, and one claim is disputed."""
    workspace = now.workspace
    first, second = now.issued
    now.on(3, 20)
    manual_costs.enter(workspace, "bok/E12", 45_000_75, 2025, "Fakturan från ekonomi")
    year.take_events(workspace, now.folder, *year.KNOWN_IN_MARCH)
    year.review(workspace, "E03", "E08", "E10", "E13", "E15", "E18")
    now.on(3, 25)
    claim_answers.dispute(workspace, claim_of(workspace, "I14").claim, "Patienten föll hemma")
    assert _amounts(year.draft_all(workspace)) == {
        "I02": 50_000_25,
        "I07": 110_000_10,  # both hips in one stay: its cost counts once
        "I10": 40_000 * KR,
        "I12": 45_000_75,
        "I13": 30_000 * KR,
        "I15": 100_000 * KR,  # the cap of a stay
    }
    now.on(4, 1)
    now.issue(by_amount=True)
    now.on(4, 10)
    bank = payment_files.entry(
        "90006.45", payment_files.transaction("90006.45", "F-2025-0102", own="B1"), day="2025-04-09"
    )
    with at_work(workspace, CIA):
        taken = import_payments.import_file(workspace, payment_files.camt(now.folder / "bank.xml", bank))
    assert (taken.stored, taken.placed) == (1, 90_006_45)
    now.pay(100_000 * KR, first.number)
    now.on(4, 20)
    assert [(one.number, one.amount) for one in reminders.due(workspace)] == [(first.number, 160_000 * KR)]
    reminders.register(workspace, first.number)
    claim_answers.answer(workspace, claim_of(workspace, "I14").claim, "Vårdtiden delas efter orsak")
    now.on(4, 25)
    claim = claim_of(workspace, "I14").claim
    assert "Kreditera 15" in claim_answers.redetermine(workspace, claim, 65_000 * KR, "Delvis fallet").said
    now.credit(claim, claim_answers.to_credit(workspace, claim), "Del av vårdtiden efter fall")
    now.on(5, 5)
    now.pay(65_000 * KR, f"faktura {second.number}")
    assert now.status("I14") is ClaimStatus.SETTLED


def summer(now: Year) -> None:
    """What was claimed turns out otherwise: relinked, rejected, dearer, and an earlier event than those claimed."""
    workspace, first, third = now.workspace, now.issued[0], now.issued[2]
    now.on(5, 12)
    year.review(workspace, "E09", index_ref="bok/I08/hip/right")
    now.agree()
    (moved,) = open_corrections(workspace)
    assert (moved.event_ref, moved.difference) == ("bok/E09", -60_000 * KR)
    assert not any(one.lines for one in claim_drafts.proposals(workspace)), "its cost is claimed until it is credited"
    now.credit(moved.claim, 60_000 * KR, "Händelsen hör till en annan operation")
    assert now.status("I09") is ClaimStatus.WITHDRAWN
    assert _amounts(year.draft_all(workspace)) == {"I08": 60_000 * KR}
    (again,) = now.issue()
    now.on(5, 20)
    overpaid = now.pay(110_000 * KR, first.number)
    assert payments.of_number(workspace, overpaid).left == 10_000 * KR
    assert now.status("I01") is ClaimStatus.SETTLED
    now.pay(260_000_35, f"{third.number} {again.number}")
    assert {now.status(one) for one in ("I02", "I07", "I08", "I10")} == {ClaimStatus.SETTLED}
    now.on(6, 10)
    year.review(workspace, "E10", reject=True)
    year.take_events(workspace, now.folder, *year.ARRIVED_LATE, *year.CORRECTED)
    year.review(workspace, "E04")
    now.agree()
    refused, shifted, dearer = open_corrections(workspace)
    assert (refused.event_ref, refused.difference) == ("bok/E10", -40_000 * KR)
    assert (shifted.event_ref, shifted.difference) == ("bok/E03", 10_000 * KR), "the deductible falls on E04"
    assert (dearer.event_ref, dearer.difference) == ("bok/E13", 4_000_40)
    now.credit(refused.claim, 40_000 * KR, "Inget samband efter ny granskning")
    made = year.draft_all(workspace)
    assert _amounts(made) == {"I02": 40_000 * KR, "I13": 4_000_40}
    assert all(one.supplements for one in made)
    now.on(6, 20)
    now.issue()
    now.pay(-15_000_50, f"Återbetalning {now.issued[-3].number}")


def autumn(now: Year) -> None:
    """Money that names nothing is placed by hand, the rest of a claim is given up, and a draft is taken back."""
    workspace = now.workspace
    fourth, late = now.issued[3], now.issued[-2]
    now.on(7, 15)
    nameless = now.pay(30_000 * KR, "tack för hjälpen")
    assert payments.of_number(workspace, nameless).placed == 0
    now.on(8, 1)
    payments.place(workspace, nameless, late.number)
    now.pay(75_000_75, fourth.number)
    reminders.register(workspace, fourth.number)
    now.on(9, 10)
    claim_answers.write_off(workspace, claim_of(workspace, "I15").claim, "Vårdgivaren nekar, enligt beslut")
    now.agree()
    for operation in ("I12", "I13"):
        claim = next(one for one in year.claims_of(workspace, operation) if one.supplements is None)
        claim_answers.settle(workspace, claim.claim)
    now.on(10, 1)
    year.review(workspace, "E16")
    (draft,) = year.draft_all(workspace)
    claim_life.withdraw(workspace, draft.claim, "Väntar på besked från vårdgivaren")
    with pytest.raises(RefusedError, match="utställt eller återtaget"):
        claim_life.withdraw(workspace, draft.claim, "igen")
    now.on(12, 31)


SEASONS: Final = (winter, spring, summer, autumn)
