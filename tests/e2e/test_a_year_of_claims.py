"""A whole year from review to paid: month by month through the services, and every sum agrees to the öre."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.exchange import peppol_rules
from kvalitetsapp.services import (
    ageing,
    bases,
    basis_steps,
    claim_answers,
    claim_corrections,
    claim_drafts,
    claim_life,
    claim_lists,
    import_payments,
    manual_costs,
    payments,
    reminders,
)
from kvalitetsapp.store import claims
from support import claim_year as year
from support import document_sums, official_invoice_rules, payment_files
from support.agreeing_sums import KEYS, disagreements, of_documents, of_summary, totals
from support.claim_year import KR, claim_of
from support.counties import PASSPHRASE
from support.document_sums import PASSWORD
from support.reviewing import CIA, at_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.domain.correction import Correction
    from support.claim_year import DatedWorkspace
    from support.document_sums import Written

CLAIMED, CREDITED, PAID = 909_007_95, 115_000_00, 680_007_55
OVERPAID, WRITTEN_OFF, NOT_PAID = 24_999_50, 100_000_00, 14_000_40


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
        assert disagreements(self.workspace) == []

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


def amounts(made: tuple[Claim, ...]) -> dict[str, int]:
    return {one.index_ref[4:7]: one.amount for one in made}


def open_corrections(workspace: DatedWorkspace) -> list[Correction]:
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
    assert amounts(year.draft_all(workspace)) == {
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
    assert amounts(year.draft_all(workspace)) == {
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
    claim_corrections.leave(workspace, claim, 1, "Regionen håller fast vid 65 000 kr")
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
    assert amounts(year.draft_all(workspace)) == {"I08": 60_000 * KR}
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
    assert amounts(made) == {"I02": 40_000 * KR, "I13": 4_000_40}
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


@pytest.fixture(scope="module")
def gone_by(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Return the year as it was on its last day."""
    folder = tmp_path_factory.mktemp("år")
    with year.make(folder) as workspace:
        now = Year(workspace, folder)
        for season in (winter, spring, summer, autumn):
            season(now)
        yield now


@pytest.fixture(scope="module")
def written(gone_by: Year) -> list[Written]:
    """Return every document with its files, in the order of their numbers."""
    every = bases.all_bases(gone_by.workspace)
    return [document_sums.write(gone_by.workspace, one.basis.number, gone_by.folder) for one in every]


def test_everything_agrees_at_the_end_of_the_year(gone_by: Year) -> None:
    assert disagreements(gone_by.workspace) == []
    assert totals(gone_by.workspace) == (CLAIMED, CREDITED, PAID)


@pytest.mark.parametrize("key", KEYS)
def test_claimed_credited_and_paid_add_up_by_every_key(gone_by: Year, key: str) -> None:
    by_key = of_summary(gone_by.workspace, key)
    assert by_key == of_documents(gone_by.workspace, key)
    assert tuple(map(sum, zip(*by_key.values(), strict=True))) == (CLAIMED, CREDITED, PAID)


def test_what_is_not_paid_is_owed_by_age_overpaid_or_written_off(gone_by: Year) -> None:
    total = ageing.by_provider(gone_by.workspace)[-1]
    assert (total.overpaid, total.written_off, total.disputed) == (OVERPAID, WRITTEN_OFF, 0)
    assert total.by_age == (0, 0, 0, 0, NOT_PAID), "since July"
    assert CLAIMED - CREDITED == PAID + NOT_PAID + WRITTEN_OFF
    received = sum(one.amount for one in payments.payments(gone_by.workspace))
    unplaced = sum(one.left for one in payments.payments(gone_by.workspace))
    assert received == PAID + OVERPAID + unplaced


def test_every_document_comes_to_the_same_in_every_file(written: list[Written]) -> None:
    for one in written:
        assert set(one.sums().values()) == {one.view.basis.amount}, one.sums()
    printed = [(one.view.basis.credits is None, one.sums()["pdf"]) for one in written]
    assert sum(amount for is_invoice, amount in printed if is_invoice) == CLAIMED
    assert sum(amount for is_invoice, amount in printed if not is_invoice) == CREDITED


def test_the_documents_are_numbered_without_a_gap(written: list[Written]) -> None:
    numbers = [one.view.basis.number for one in written]
    assert [int(number[-6:]) for number in numbers] == list(range(1, len(numbers) + 1))
    assert [number[13:17] for number in numbers] == ["2503"] * 2 + ["2504"] * 3 + ["2505"] * 2 + ["2506"] * 3


def test_every_e_invoice_keeps_the_rules_of_the_standard_the_network_and_sweden(written: list[Written]) -> None:
    for one in written:
        assert official_invoice_rules.official_faults(one.xml) == []
        assert peppol_rules.faults(one.xml) == []


def test_no_document_tells_of_a_patient_and_the_specification_only_with_its_password(written: list[Written]) -> None:
    for one in written:
        told, rows = one.told(), one.specified()
        assert all(row["personal_id"] not in told and row["main_diagnosis"] not in told for row in rows)
        for person in range(1, 15):
            number = year.personal_id(person)
            assert not any(part in told for part in (number, number[2:], f"{number[2:8]}-{number[8:]}"))
        assert not re.search(r"bok/|T84|ZXA|NFC49|NGC49|20(24|25)-0[1-9]-1[0-9]T", told)
        assert one.opens_with(PASSWORD)
        assert not one.opens_with("")
        assert not one.opens_with(PASSWORD + "!")


def test_what_was_written_in_march_is_written_the_same_in_december(gone_by: Year, written: list[Written]) -> None:
    for kind, content in gone_by.written_in_march.items():
        assert written[0].files[kind] == content, kind


def test_nothing_is_forgotten_and_nothing_is_left_to_correct(gone_by: Year) -> None:
    workspace = gone_by.workspace
    waiting = claim_lists.unclaimed(workspace).records()
    assert [(row["event_ref"], row["to_claim"], row["drafted"]) for row in waiting] == [("bok/E16", 25_000 * KR, 0)]
    assert open_corrections(workspace) == []
    assert claim_lists.without_review(workspace).rows == []
    assert claim_lists.past_deadline(workspace).rows == []


def test_every_claim_ends_as_it_should(gone_by: Year) -> None:
    found: dict[str, list[str]] = {}
    for one in claims.all_claims(gone_by.workspace.store):
        found.setdefault(one.status.value, []).append(one.index_ref[4:7])
    assert found == {
        "settled": ["I01", "I11", "I14", "I07", "I02", "I12", "I10", "I13", "I08"],
        "withdrawn": ["I09", "I11"],
        "written_off": ["I15"],
        "sent": ["I02", "I13"],
    }


@pytest.mark.parametrize("month", range(1, 13))
def test_what_was_owed_on_any_day_of_the_year_is_what_stood_then(gone_by: Year, month: int) -> None:
    workspace, day = gone_by.workspace, date(2025, month, 28)
    documents = [one.basis for one in bases.all_bases(workspace) if one.basis.issued_on <= day]
    net = sum(one.amount if one.credits is None else -one.amount for one in documents)
    placed = sum(one.placed for one in payments.payments(workspace) if one.received_on <= day)
    total = ageing.by_provider(workspace, day)[-1]
    assert total.open + total.written_off == net - placed


def test_the_command_line_prints_the_same_sums(
    gone_by: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_STORE", str(gone_by.workspace.path))
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    for words in (f"summary recovery --by {','.join(KEYS)}", *(f"summary recovery --by {key}" for key in KEYS)):
        assert printed(capsys, words, "claimed", "credited", "paid") == [CLAIMED, CREDITED, PAID], words
    listed = printed(capsys, "list claims", "credited", "paid", "left")
    # A claim that was taken back before it was issued has an amount, but nothing of it was ever asked for.
    assert listed == [CREDITED, PAID, CLAIMED - CREDITED - PAID]
    assert printed(capsys, "list bases", "amount", "credited") == [CLAIMED + CREDITED, CREDITED]


def printed(capsys: pytest.CaptureFixture[str], words: str, *columns: str) -> list[int]:
    """Return the sums of columns of what a command prints, in öre."""
    assert main(words.split()) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    return [int(sum(Decimal(row[column] or 0) for row in rows) * 100) for column in columns]


def test_one_ore_that_is_drawn_beside_the_documents_is_found(gone_by: Year) -> None:
    workspace = gone_by.workspace
    claim = claim_of(workspace, "I12")
    with workspace.store.trial():
        claim_drafts.write_entry(workspace, claim, 1, CapEntryKind.DRAW, 1)
        assert disagreements(workspace) != []
    assert disagreements(workspace) == []
