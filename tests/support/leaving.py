"""A small store whose reports may leave the department: on one day of data, but not on two that differ by few."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.services.releases import Receiver
from kvalitetsapp.services.report_making import Order
from support import reviewing
from support.claim_year import personal_id
from support.undo_stores import PROVIDERS, episodes

if TYPE_CHECKING:
    from pathlib import Path

FIRST: Final = date(2020, 1, 7)
EARLIER: Final = date(2020, 11, 30)
"""A day of data before the last few were operated on."""
LATER: Final = date(2020, 12, 1)
MANY: Final = 15
FEW: Final = 3
RECEIVER: Final = Receiver("Fjällkliniken AB", "dialogmöte")


def make(folder: Path) -> Path:
    """Make the store and return it closed: many operated on by P01, a few more after `EARLIER`."""
    days = [FIRST + timedelta(days=person) for person in range(MANY)]
    days += [LATER + timedelta(days=person) for person in range(FEW)]
    rows = [
        f"bok;{person};{personal_id(person)};P01;contract;inpatient;{day};{day + timedelta(days=2)};M16.1;NFB49;60000"
        for person, day in enumerate(days, start=1)
    ]
    workspace = reviewing.create(folder, PROVIDERS, episodes(*rows))
    workspace.close()
    return workspace.path


def order(mode: SmallNumbers = SmallNumbers.PLAIN, as_of: date | None = None) -> Order:
    """Return the order of the report on P01, for its receiver."""
    return Order(ReportKind.PROVIDER, "P01", mode, RECEIVER, as_of)
