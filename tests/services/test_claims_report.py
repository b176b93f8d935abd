"""The account of claims agrees with the summaries and lists to the öre, in the PDF and in the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kvalitetsapp.domain.claims_report import NO_DEADLINE, PASSED, ClaimsReport, Deadlines, by_month
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.reports import claims_report
from kvalitetsapp.services import (
    ageing,
    claim_answers,
    claim_lists,
    final_reports,
    releases,
    report_making,
    reports,
    summaries,
)
from kvalitetsapp.services.releases import Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit, claims
from kvalitetsapp.texts import kronor
from support import claim_year as year
from support import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.claim_year import DatedWorkspace

ALL, P01 = Order(ReportKind.CLAIMS), Order(ReportKind.CLAIMS, "P01")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatedWorkspace]:
    """Return a county where claims are paid, credited and disputed, and events wait; tests change no claim in it."""
    folder = tmp_path_factory.mktemp("kravår")
    with year.make(folder) as made:
        made.day = date(2025, 3, 20)
        year.take_events(made, folder, *year.KNOWN_IN_JANUARY, *year.KNOWN_IN_MARCH)
        year.review(made, "E01", "E02", "E06", "E11", "E14", "E15", "E18")
        year.draft_all(made)
        issued = year.issue_all(made)
        year.send(made, *issued)
        year.credit(made, year.claim_of(made, "I14").claim, 15_000 * year.KR, "Del av vårdtiden efter fall")
        claim_answers.dispute(made, year.claim_of(made, "I11").claim, "Vårdgivaren bestrider sambandet")
        year.pay(made, 100_000 * year.KR, issued[0].number)
        year.review(made, "E03", "E13")
        yield made


def data_of(workspace: DatedWorkspace, order: Order) -> ClaimsReport:
    data = report_making.gather(workspace, order, progress=Progress()).data
    assert isinstance(data, ClaimsReport)
    return data


def test_r15_the_sums_are_those_of_the_recovery_summary_by_provider_and_year(workspace: DatedWorkspace) -> None:
    told = {(one.provider, one.year): one for one in data_of(workspace, ALL).claimed}
    names = summaries.names(workspace)["provider_id"]
    rows = summaries.recovery(workspace, by=("provider", "year")).records()
    sums = summaries.recovery(workspace, by=("provider",)).records()
    assert len(told) == len(rows) + len(sums) + 1
    for row in (*rows, *sums):
        one = told[names[str(row["provider_id"])], str(row.get("year", ""))]
        for name in ("cases", "covered_cost", "claimable", "claimed", "credited", "paid", "uncollected"):
            assert getattr(one, name) == row[name], (row, name)
    assert told["", ""].paid == sum(int(row["paid"] or 0) for row in sums) > 0


def test_what_is_unpaid_and_disputed_is_that_of_the_ageing_list(workspace: DatedWorkspace) -> None:
    data = data_of(workspace, ALL)
    rows = ageing.by_provider(workspace, date.fromisoformat(data.owed.day))
    by_name = {one.provider: one for one in rows}
    for one in data.claimed:
        if not one.year:
            assert one.disputed == by_name[one.provider].disputed
            assert one.unpaid == by_name[one.provider].open + by_name[one.provider].written_off
    assert data.total.disputed > 0
    assert data.owed.rows == rows


def test_the_claims_are_those_of_the_list_and_what_is_left_is_their_sum(workspace: DatedWorkspace) -> None:
    data = data_of(workspace, ALL)
    listed = claim_lists.all_claims(workspace).records()
    assert [(one.number, one.left) for one in data.claims] == [(row["claim"], row["left"]) for row in listed]
    assert sum(one.left for one in data.claims) == data.total.unpaid
    mine = data_of(workspace, P01)
    assert {one.provider for one in mine.claims} == {"Fjällkliniken"}
    assert mine.total.claimed == sum(
        one.claimed for one in data.claimed if one.provider == "Fjällkliniken" and one.year
    )


def test_paper_and_workbook_are_written_together_and_say_the_same(workspace: DatedWorkspace, tmp_path: Path) -> None:
    out, workbook = tmp_path / "krav.pdf", tmp_path / "krav.xlsx"
    before = len(audit.entries(workspace.store))
    reports.write(workspace, ALL, out, workbook)
    assert len(audit.entries(workspace.store)) == before + 1
    text = pdf.read(out.read_bytes()).text
    total = data_of(workspace, ALL).total
    sheet = openpyxl.load_workbook(workbook)["1 Vad som har krävts"]
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    amounts = (total.claimable, total.claimed, total.credited, total.paid, total.disputed, total.unpaid)
    assert [round(float(str(value)) * 100) for value in last[2:8]] == list(amounts)
    for amount in amounts:
        assert kronor(amount).removesuffix("\u00a0kr").replace("\u00a0", " ") in text
    again = tmp_path / "igen.xlsx"
    reports.write(workspace, ALL, tmp_path / "igen.pdf", again)
    assert again.read_bytes() == workbook.read_bytes()
    assert not {one.index_ref for one in claims.all_claims(workspace.store) if one.index_ref in text}


def test_two_files_of_one_name_and_an_unknown_provider_are_refused(workspace: DatedWorkspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="olika namn"):
        reports.write(workspace, ALL, tmp_path / "x.pdf", tmp_path / "x.pdf")
    with pytest.raises(InputError, match="ingen vårdgivare ”P99”"):
        reports.write(workspace, Order(ReportKind.CLAIMS, "P99"), tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_outside_the_department_no_claim_stands_alone_and_one_release_tells_of_both_files(
    workspace: DatedWorkspace, tmp_path: Path
) -> None:
    order = Order(ReportKind.CLAIMS, "", SmallNumbers.PLAIN, Receiver("Region X", "budget"))
    out = reports.write(workspace, order, tmp_path / "ute.pdf", tmp_path / "ute.xlsx")
    text = pdf.read(out.read_bytes()).text
    assert "ett krav gäller en person" in text
    assert not [one.number for one in claims.all_claims(workspace.store) if one.number in text]
    (row,) = releases.log(workspace).records()
    assert (row["file_name"], row["receiver"]) == ("ute.pdf, ute.xlsx", "Region X")


def test_what_waits_is_that_of_the_list_of_the_unclaimed(workspace: DatedWorkspace) -> None:
    rows = claim_lists.unclaimed(workspace).records()
    data = data_of(workspace, ALL)
    assert sum(one.events for one in data.deadlines) == len(rows) > 0
    assert sum(one.to_claim for one in data.deadlines) == sum(int(row["to_claim"] or 0) for row in rows) > 0
    assert all(one.month == PASSED or one.month >= data.owed.day[:7] for one in data.deadlines)


def test_it_can_be_signed_and_made_again(workspace: DatedWorkspace, tmp_path: Path) -> None:
    final = final_reports.sign(workspace, P01, tmp_path / "P01.pdf", by="A. Exempel", role="ekonomichef").final
    assert (final.kind, final.subject) == (ReportKind.CLAIMS, "P01")
    assert final_reports.is_same_today(workspace, final.number)


def test_what_waits_is_summed_up_by_month_what_has_passed_first() -> None:
    waiting = [Deadlines(month, 1, 100, 10, 0) for month in ("2025-07", NO_DEADLINE, "2025-06", PASSED, "2025-07")]
    assert [(one.month, one.events, one.to_claim) for one in by_month(waiting)] == [
        (PASSED, 1, 100),
        ("2025-06", 1, 100),
        ("2025-07", 2, 200),
        (NO_DEADLINE, 1, 100),
    ]


def test_the_months_stand_with_their_sum_and_small_ones_without_amounts(workspace: DatedWorkspace) -> None:
    waiting = (Deadlines(PASSED, 2, 5_000_00, 0, 1), Deadlines("2025-07", 6, 90_000_50, 1_00, 0))
    data = replace(data_of(workspace, ALL), deadlines=waiting)
    text = pdf.read(claims_report.build(data)).text
    assert "Har passerat 2 5 000,00 0,00 1" in text
    assert "Alla 8 95 000,50 1,00 1" in text
    assert "Nästa månad med en sista anspråksdag är 2025-07: 6 händelser, 90 002 kr" in text
    outside = replace(data, head=replace(data.head, small_numbers=SmallNumbers.PLAIN))
    assert "Har passerat <5 – – <5" in pdf.read(claims_report.build(outside)).text


def test_what_is_too_late_stands_on_the_second_page_and_outside_without_numbers(workspace: DatedWorkspace) -> None:
    data = report_making.gather(workspace, P01, progress=Progress()).data
    assert isinstance(data, ClaimsReport)
    late = replace(data, deadlines=(Deadlines(PASSED, 12, 340_000_00, 0, 0), *data.deadlines))
    page = pdf.read(claims_report.build(late)).pages[1].replace("\u00a0", " ")
    assert "Sista anspråksdagen har passerat för 12 händelser som inte är krävda: 340 000 kr." in page
    head, total = replace(late.head, small_numbers=SmallNumbers.PLAIN), replace(late.total, cases=12)
    outside = replace(late, head=head, claimed=(*late.claimed[:-1], total))
    assert "har passerat för händelser som inte är krävda" in pdf.read(claims_report.build(outside)).pages[1]
