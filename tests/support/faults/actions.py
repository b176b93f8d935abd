"""What is done while a fault strikes. To add an action: write the store it begins with, what it does, and its line.

An action is done by a process of its own, on a copy of the store that it begins with, through what the window and the
command line use. What it commits on its way is seen by `points.py`; nothing of that needs to be told here.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from support import examples
from support.counties import PASSPHRASE
from support.faults import judge

if TYPE_CHECKING:
    from collections.abc import Callable

EPISODES: Final = 420
"""Rows of the example county that the actions work on: enough for corrections, rejects and links of every kind."""
STORE: Final = "prov.kvdb"
INPUT: Final = "episodes.csv"
"""Lies beside the folder of the store, not in it: what is delivered is in plain text."""
REPORT: Final = "rapport.pdf"
EARLIER_REPORT: Final = b"an earlier report"
_OLD_STORE: Final = Path(__file__).parents[2] / "stores" / "version-1.kvdb"
_COUNTY: Final = examples.FOLDER / "county"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a user does: with what store it begins, and how it is done.

    `writes` is the file beside the store that it puts in place of an earlier one, if any. With `by_opening` it is what
    opening the store does: whoever comes next finds it done, however far it came.
    """

    name: str
    begin: Callable[[Path], Path]
    do: Callable[[Path], None]
    writes: str = ""
    by_opening: bool = False


def begun(folder: Path) -> Path:
    """Make a store that holds everything but episodes."""
    path = folder / STORE
    with create_workspace(path, PASSPHRASE) as workspace:
        from kvalitetsapp.services import imports

        for kind in ("providers", "persons", "agreements"):
            file = _COUNTY / f"{kind}.{'toml' if kind == 'agreements' else 'csv'}"
            imports.import_file(workspace, KindOfFile(kind), file, link=False)
    _write_some_episodes(folder.parent / INPUT)
    return path


def filled(folder: Path) -> Path:
    """Make a store with episodes that are linked."""
    path = begun(folder)
    take_in(path)
    return path


def reported(folder: Path) -> Path:
    """Make a store with episodes, and a report that an earlier day left."""
    path = filled(folder)
    path.with_name(REPORT).write_bytes(EARLIER_REPORT)
    return path


def claimed(folder: Path) -> Path:
    """Make a store with claims that wait for their documents."""
    from support import made_claims, reviewing

    inputs = folder / "inputs"
    inputs.mkdir()
    with reviewing.make(inputs) as workspace:
        made_claims.set_up(workspace)
        for _each in range(4):
            made_claims.approved(workspace, 100, 50)
    for file in judge.files_of(workspace.path):
        file.rename(folder / file.name.replace(workspace.path.name, STORE))
    return folder / STORE


def old(folder: Path) -> Path:
    """Take the store that version 1 of the program wrote."""
    return Path(shutil.copy(_OLD_STORE, folder / STORE))


def take_in(path: Path) -> None:
    """Import episodes and link them."""
    from kvalitetsapp.services import imports

    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        imports.import_file(workspace, KindOfFile.EPISODES, path.parent.parent / INPUT)


def link(path: Path) -> None:
    """Link everyone anew."""
    from kvalitetsapp.services import linking

    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        linking.run_links(workspace)


def migrate(path: Path) -> None:
    """Bring an old store up to date, which opening it to write does."""
    open_workspace(path, PASSPHRASE, write=True).close()


def issue(path: Path) -> None:
    """Issue documents one after the other, and credit a part of one."""
    from kvalitetsapp.domain.basis import CreditLine
    from kvalitetsapp.domain.claim_words import ClaimStatus, CreditReason
    from kvalitetsapp.services import bases, credit_notes
    from kvalitetsapp.store import claims

    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        waiting = [one.claim for one in claims.all_claims(workspace.store, ClaimStatus.APPROVED)]
        for first in range(0, len(waiting), 2):
            done = bases.issue(workspace, waiting[first : first + 2])
            assert done.basis is not None, done.faults
            last = done.basis.basis
        part = CreditLine(1, 40, CreditReason.WRONG_PRICE, "fel")
        assert credit_notes.issue(workspace, last, [part]).basis is not None


def sign(path: Path) -> None:
    """Make a report final: its number, its bytes in the store, and its file."""
    from kvalitetsapp.services import final_reports
    from kvalitetsapp.services.report_making import Order

    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        order = Order(ReportKind.CLAIMS)
        final_reports.sign(workspace, order, path.with_name(REPORT), by="Anna Exempel", role="verksamhetschef")


def _write_some_episodes(file: Path) -> None:
    with (_COUNTY / "episodes.csv").open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.reader(read, delimiter=";"))[: EPISODES + 1]
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=";").writerows(rows)


ACTIONS: Final = {
    one.name: one
    for one in (
        Action("import", begun, take_in),
        Action("link run", filled, link),
        Action("migration", old, migrate, by_opening=True),
        Action("issuing", claimed, issue),
        Action("signing a report", reported, sign, writes=REPORT),
    )
}
