"""A small store with what is signed besides the follow-up of care: a waiting list, a quarter and a gap analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.services import agenda, editable_tables, gaps, imports
from kvalitetsapp.services.report_making import Order
from support import agenda_calls, county_store, leaving

if TYPE_CHECKING:
    from pathlib import Path

QUARTER: Final = Quarter(2020, 2)
"""A quarter that ends before the last operations of the store, so that it is of an earlier day than the data."""
GAP: Final = "1"
WAITING: Final = """source;snapshot_on;entry_id;county;municipality;provider_id;procedure_code;decided_on
kö;2020-11-30;1;05;0580;OWN;NFB49;2020-06-01
kö;2020-11-30;2;05;0580;P01;NGB49;2020-11-01
"""
ORDERS: Final = {
    "waiting": Order(ReportKind.WAITING),
    "equity": Order(ReportKind.EQUITY, "reoperation_2y/hip"),
    "agenda": Order(ReportKind.AGENDA),
    "quarter": Order(ReportKind.AGENDA, QUARTER.code),
    "gap": Order(ReportKind.GAP, GAP),
}


def make(folder: Path) -> Path:
    """Make the store and return it closed."""
    path = leaving.make(folder)
    with county_store.opened(path) as workspace:
        file = folder / "väntande.csv"
        file.write_text(WAITING, encoding="utf-8")
        imports.import_file(workspace, KindOfFile.WAITING, file)
        for row in editable_tables.rows(workspace, "targets")[2:]:  # the fewer, the shorter each report
            editable_tables.remove(workspace, "targets", [str(row["target_id"])])
        assert agenda_calls.gap(workspace) == int(GAP)
        assert gaps.one(workspace, int(GAP)).gap.present.figure is not None
        agenda.save_quarter(workspace, QUARTER, {})
    return path
