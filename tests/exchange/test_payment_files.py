"""Files of payments: the CSV and the banks' camt.054, what is read of them and what is turned away with its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import PaymentOrigin
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import payment_files
from kvalitetsapp.exchange.payment_files import read_payments
from kvalitetsapp.progress import Progress
from support.payment_files import IBAN, VERSIONS, camt, csv, entry, transaction

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.exchange.payment_rows import ReadPayments

TODAY = date(2024, 3, 1)
BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<Document><BkToCstmrDbtCdtNtfctn>&b;</BkToCstmrDbtCdtNtfctn></Document>"""
OTHER = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt/></Document>"""


def read(path: Path) -> ReadPayments:
    """Read a file on the first of March."""
    return read_payments(path, TODAY, Progress())


def amounts(found: ReadPayments) -> list[int]:
    """Return the öre of every payment."""
    return [new.amount for _row, new in found.payments]


# the CSV


def test_a_csv_gives_payments_with_swedish_amounts_and_money_paid_back(tmp_path: Path) -> None:
    path = csv(
        tmp_path / "b.csv",
        "2024-02-01;12 345,60;ZVF;Fjällkliniken;A1;okej",
        "2024-02-02;−100;ZVF;;;",
        ";;;;;",
        "2024-02-02;-0.5;ZVF;;;",
    )
    found = read(path)
    assert found.origin is PaymentOrigin.CSV
    assert amounts(found) == [12_345_60, -100_00, -50]
    row, first = found.payments[0]
    assert (row, first.payer, first.entry_reference, first.note) == (2, "Fjällkliniken", "A1", "okej")
    assert [row for row, _new in found.payments] == [2, 3, 5]


def test_rows_without_a_reference_of_the_bank_are_known_by_what_they_say_and_how_often(tmp_path: Path) -> None:
    twice = ["2024-02-01;100;ZVF"] * 2
    short = read(csv(tmp_path / "a.csv", *twice, header="received_on;amount;reference"))
    long = read(csv(tmp_path / "b.csv", *twice, "2024-02-03;100;ZVF", header="received_on;amount;reference"))
    known = [[new.entry_reference for _row, new in found.payments] for found in (short, long)]
    assert len(set(known[1])) == 3
    assert known[1][:2] == known[0]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (";100;x;;;", "received_on", "missing"),
        ("2024-02-30;100;x;;;", "received_on", "bad_date"),
        ("2024-03-02;100;x;;;", "received_on", "after_today"),
        ("2024-02-01;;x;;;", "amount", "missing"),
        ("2024-02-01;1.234;x;;;", "amount", "ambiguous_amount"),
        ("2024-02-01;NaN;x;;;", "amount", "bad_amount"),
        ("2024-02-01;--1;x;;;", "amount", "bad_amount"),
        ("2024-02-01;0,00;x;;;", "amount", "no_amount"),
        ("2024-02-01;100;;;;", "reference", "missing"),
        ("2024-02-01;100;x;19681209-9874;;", "payer", "bad_text"),
        ("2024-02-01;100;x", "", "ragged"),
    ],
)
def test_a_row_that_is_no_payment_is_rejected_with_its_place(tmp_path: Path, row: str, column: str, code: str) -> None:
    found = read(csv(tmp_path / "b.csv", row, "2024-02-01;1;x;;;"))
    (reject,) = found.rejects
    assert (reject.row, reject.column, reject.code) == (2, column, code)
    assert reject.reason.endswith(".")
    assert amounts(found) == [1_00]


def test_a_csv_without_its_columns_is_refused_and_another_column_is_said_not_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="saknar amount, reference"):
        read(csv(tmp_path / "b.csv", "2024-02-01;1", header="received_on;belopp"))
    found = read(csv(tmp_path / "b.csv", "2024-02-01;1;x;y", header="received_on;amount;reference;bank"))
    assert found.remarks == [(1, "Kolumnen bank lästes inte.")]


# camt.054


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_camt_054_reads_alike(tmp_path: Path, version: str) -> None:
    newer = version >= "001.04"
    details = transaction("250.50", "ZVF1", own="T1")
    if newer:
        details = details.replace('<AmtDtls><TxAmt><Amt Ccy="SEK">250.50</Amt></TxAmt></AmtDtls>', "")
        details = details.replace("</Refs>", '</Refs><Amt Ccy="SEK">250.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>')
    if version >= "001.08":
        details = details.replace(
            "<Dbtr><Nm>Fjällkliniken AB</Nm></Dbtr>", "<Dbtr><Pty><Nm>Fjällkliniken AB</Nm></Pty></Dbtr>"
        )
    status = "<Sts><Cd>BOOK</Cd></Sts>" if newer else "<Sts>BOOK</Sts>"
    found = read(camt(tmp_path / "c.xml", entry("250.50", details, status=status), version=version))
    ((row, new),) = found.payments
    assert (row, new.amount, new.reference, new.payer) == (1, 250_50, "ZVF1", "Fjällkliniken AB")
    assert new.received_on == date(2024, 2, 1)
    assert new.entry_reference == f"camt.054:2024-02-01:{IBAN}:BG20240201-1:T1"
    assert (found.rejects, found.remarks, found.origin) == ([], [], PaymentOrigin.CAMT_054)


def test_a_batch_gives_each_of_its_payments_with_all_its_references(tmp_path: Path) -> None:
    path = camt(
        tmp_path / "c.xml",
        entry(
            "300.00",
            transaction("100.00", "ZVF1", "ZVF2", free="tack"),
            transaction("200.00", free="ZVF3 och ZVF4"),
            count=2,
        ),
    )
    found = read(path)
    assert [new.reference for _row, new in found.payments] == ["ZVF1, ZVF2, tack", "ZVF3 och ZVF4"]
    assert found.remarks == []
    assert len({new.entry_reference for _row, new in found.payments}) == 2


def test_an_entry_without_transactions_is_a_payment_itself(tmp_path: Path) -> None:
    found = read(camt(tmp_path / "c.xml", entry("99.90"), entry("1.00", own=""), entry("1.00", own="")))
    assert amounts(found) == [99_90, 1_00, 1_00]
    assert len({new.entry_reference for _row, new in found.payments}) == 3


def test_a_debit_is_paid_back_and_a_reversal_is_what_its_direction_says(tmp_path: Path) -> None:
    path = camt(
        tmp_path / "c.xml",
        entry("50.00", transaction("50.00", "ZVF1"), direction="DBIT"),
        entry("70.00", transaction("70.00", "ZVF1"), direction="DBIT", extra="<RvslInd>true</RvslInd>"),
    )
    assert amounts(read(path)) == [-50_00, -70_00]


def test_what_is_not_booked_or_does_not_come_to_the_entry_is_said_with_its_place(tmp_path: Path) -> None:
    path = camt(
        tmp_path / "c.xml",
        entry("50.00", status="<Sts>PDNG</Sts>"),
        entry("300.00", transaction("100.00", "a"), transaction("100.00", "b"), count=3),
    )
    found = read(path)
    assert amounts(found) == [100_00, 100_00]
    assert [row for row, _text in found.remarks] == [1, 2, 2]
    assert "PDNG" in found.remarks[0][1]
    assert "300,00\u00a0kr" in found.remarks[1][1]
    assert "200,00\u00a0kr" in found.remarks[1][1]
    assert found.remarks[2][1] == "Banken anger 3 transaktioner i posten men filen har 2."


@pytest.mark.parametrize(
    ("made", "column", "code"),
    [
        (entry("5.00", transaction("5.00", "a", currency="EUR")), "TxDtls[1]/Amt", "currency"),
        (entry("5.00", transaction("5.001", "a")), "TxDtls[1]/Amt", "bad_amount"),
        (entry("0.00"), "Amt", "no_amount"),
        (entry("abc"), "Amt", "bad_amount"),
        (entry("1e5"), "Amt", "bad_amount"),
        (entry("1_000"), "Amt", "bad_amount"),
        (entry("١٢"), "Amt", "bad_amount"),
        (entry("5.00", direction="X"), "CdtDbtInd", "not_in_list"),
        (entry("5.00", day="2024-13-01"), "BookgDt", "bad_date"),
        (entry("5.00", day="2024-03-02"), "BookgDt", "after_today"),
        (entry("5.00", day=""), "BookgDt", "missing"),
    ],
)
def test_an_entry_that_is_no_payment_is_rejected_with_its_place(
    tmp_path: Path, made: str, column: str, code: str
) -> None:
    found = read(camt(tmp_path / "c.xml", entry("1.00", own="först"), made))
    (reject,) = found.rejects
    assert (reject.row, reject.column, reject.code) == (2, column, code)
    assert amounts(found) == [1_00]


def test_a_personal_number_in_the_banks_text_is_masked(tmp_path: Path) -> None:
    made = entry("5.00").replace("</Ntry>", "<AddtlNtryInf>Gäller 19681209-9874</AddtlNtryInf></Ntry>")
    ((_row, new),) = read(camt(tmp_path / "c.xml", made)).payments
    assert "9874" not in new.note


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "dokumenttyp"),
        (OTHER, "ingen camt.054 utan BkToCstmrStmt"),
        ("<Document><BkToCstmrDbtCdtNtfctn>", "inte hel XML"),
    ],
)
def test_a_file_that_may_do_harm_or_is_another_message_is_refused_in_one_sentence(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "c.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payment_files, "LARGEST_FILE", 1 << 20)
    path = tmp_path / "c.xml"
    path.write_bytes(b"<Document>" + b" " * (1 << 20))
    with pytest.raises(InputError, match="är större än 1 MB"):
        read(path)
