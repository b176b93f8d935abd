"""A whole year from review to paid: month by month through the services, and every sum agrees to the öre."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.claim_words import CapEntryKind
from kvalitetsapp.exchange import peppol_rules
from kvalitetsapp.services import (
    ageing,
    bases,
    claim_drafts,
    claim_lists,
    payments,
)
from kvalitetsapp.store import claims
from support import claim_year as year
from support import document_sums, official_invoice_rules
from support.agreeing_sums import KEYS, disagreements, of_documents, of_summary, totals
from support.claim_year import KR, claim_of
from support.counties import PASSPHRASE
from support.document_sums import PASSWORD
from support.year_gone_by import SEASONS, Year, open_corrections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.document_sums import Written

CLAIMED, CREDITED, PAID = 909_007_95, 115_000_00, 680_007_55
OVERPAID, WRITTEN_OFF, NOT_PAID = 24_999_50, 100_000_00, 14_000_40


@pytest.fixture(scope="module")
def gone_by(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Return the year as it was on its last day."""
    folder = tmp_path_factory.mktemp("år")
    with year.make(folder) as workspace:
        now = Year(workspace, folder)
        for season in SEASONS:
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
