"""Files of payments taken in: previewed, laid on what they name, added once, and accounted for to the öre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import CancelledError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_payments, payments
from support.made_bases import issue, statuses
from support.payment_files import camt, csv, entry, transaction

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


def test_a_preview_says_what_each_row_would_pay_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    made = issue(workspace, 300_00)
    path = csv(tmp_path / "b.csv", f"2024-02-01;200;{made.number};;;", f"2024-02-01;150;{made.number};;;")
    told = import_payments.preview(workspace, path)
    assert [(row.placed, row.left) for row in told.rows] == [(200_00, 0), (100_00, 50_00)]
    assert not told.applied
    assert payments.payments(workspace) == ()
    assert statuses(workspace, made) == ["sent"]


def test_a_file_read_twice_adds_nothing_also_when_it_reaches_further(workspace: Workspace, tmp_path: Path) -> None:
    made = issue(workspace, 300_00)
    rows = [f"2024-02-01;100;{made.number};;;"] * 2
    first = import_payments.import_file(workspace, csv(tmp_path / "a.csv", *rows))
    assert (first.read, first.stored, first.placed) == (2, 2, 200_00)
    again = import_payments.import_file(workspace, csv(tmp_path / "a.csv", *rows))
    assert (again.stored, again.unchanged, again.amounts.unchanged) == (0, 2, 200_00)
    assert again.changes == frozenset()
    further = import_payments.import_file(
        workspace, csv(tmp_path / "b.csv", *rows, f"2024-02-02;100;{made.number};;;")
    )
    assert (further.stored, further.unchanged) == (1, 2)
    assert statuses(workspace, made) == ["settled"]


def test_a_notification_is_taken_in_once_and_a_payment_taken_back_stays_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    first, second = issue(workspace, 300_00), issue(workspace, 200_00)
    path = camt(
        tmp_path / "c.xml",
        entry("500.00", transaction("450.00", first.number, second.number), transaction("50.00", free="okänd")),
    )
    done = import_payments.import_file(workspace, path)
    assert (done.stored, done.placed, done.left) == (2, 450_00, 50_00)
    assert statuses(workspace, first) == ["settled"]
    payments.withdraw(workspace, 2, "gällde inte oss")
    again = import_payments.import_file(workspace, path)
    assert (again.stored, again.unchanged) == (0, 2)
    assert [one.payment for one in payments.payments(workspace)] == [1]


def test_the_account_adds_up_in_rows_and_ore(workspace: Workspace, tmp_path: Path) -> None:
    made = issue(workspace, 300_00)
    import_payments.import_file(workspace, csv(tmp_path / "a.csv", f"2024-02-01;100;{made.number};;A1;"))
    rows = (
        f"2024-02-01;100;{made.number};;A1;",
        f"2024-02-01;120,50;{made.number};;A2;",
        f"2024-02-01;999;{made.number};;A1;",
        "2024-02-30;50;x;;;",
        "2024-02-01;hundra;x;;;",
    )
    done = import_payments.import_file(workspace, csv(tmp_path / "b.csv", *rows))
    assert (done.read, done.stored, done.unchanged, done.rejected) == (5, 1, 1, 3)
    amounts = done.amounts
    assert (amounts.stored, amounts.unchanged, amounts.rejected, amounts.unreadable) == (120_50, 100_00, 1_049_00, 1)
    assert amounts.read == amounts.stored + amounts.unchanged + amounts.rejected
    assert [(one.row, one.code) for one in done.rejects] == [(4, "other_amount"), (5, "bad_date"), (6, "bad_amount")]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_an_import_that_is_cancelled_leaves_nothing(workspace: Workspace, tmp_path: Path, share: float) -> None:
    made = issue(workspace, 300_00)
    path = csv(tmp_path / "b.csv", *(f"2024-02-01;1;{made.number};{number};;" for number in range(100)))

    def look(done: int, total: int | None, what: str) -> None:
        if what == "Läser in betalningar" and total and done >= share * total:
            progress.cancel()

    progress = Progress(look)
    with pytest.raises(CancelledError):
        import_payments.import_file(workspace, path, progress=progress)
    assert payments.payments(workspace) == ()
    assert payments.document(workspace, made.number).paid == 0
