"""Utlämnat: what each report that has left is said to be about."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain.release_table import RELEASES
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.domain.table import Table
from kvalitetsapp.gui.widgets.releases_view import named


@pytest.mark.parametrize(
    ("kind", "subject", "expected"),
    [
        (ReportKind.TOTAL, "", "All köpt vård"),
        (ReportKind.WAITING, "", "Alla län och vårdgivare"),
        (ReportKind.AGENDA, "", "Läget nu"),
        (ReportKind.PROVIDER, "P01", "Kliniken"),
        (ReportKind.PROVIDER, "P02", "P02"),
    ],
)
def test_what_a_report_is_about_is_named_as_its_kind_has_it(kind: ReportKind, subject: str, expected: str) -> None:
    told = {"kind": kind.value, "subject": subject}
    log = Table(RELEASES, [tuple(told.get(column.name, "") for column in RELEASES)])
    (row,) = named(log, {"P01": "Kliniken"}).records()
    assert row["subject"] == expected
