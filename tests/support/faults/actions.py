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
from kvalitetsapp.store import meta
from support import examples
from support.counties import PASSPHRASE
from support.faults import judge, promises
from support.faults.promises import ANNA, Entrance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.services.workspace import Workspace

EPISODES: Final = 420
"""Rows of the example county that the actions work on: enough for corrections, rejects and links of every kind."""
STORE: Final = "prov.kvdb"
INPUT: Final = "episodes.csv"
PACKAGE: Final = "paket.kvpaket"
BO: Final = "Bo"
CIA: Final = "Cia"
BOS: Final = "bos egna ord här"
NEW: Final = "något helt annat nu"
"""Lies beside the folder of the store, not in it: what is delivered is in plain text."""
REPORT: Final = "rapport.pdf"
EARLIER_REPORT: Final = b"an earlier report"
_OLD_STORE: Final = Path(__file__).parents[2] / "stores" / "version-1.kvdb"
_COUNTY: Final = examples.FOLDER / "county"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a user does: with what store it begins, and how it is done.

    `writes` is the file beside the store that it puts in place of an earlier one, if any. With `by_opening` it is what
    opening the store does: whoever comes next finds it done, however far it came. With `in_one_step` it makes another
    file that takes the store's place: what it commits on its way is not the store's. `who` tells with what each user
    comes in before it and after it (no word: with nothing, one user), `promises` asks what else was promised. Stores
    that take `long` to be asked meet a quarter of the faults.
    """

    name: str
    begin: Callable[[Path], Path]
    do: Callable[[Path], None]
    writes: str = ""
    by_opening: bool = False
    in_one_step: bool = False
    who: tuple[Entrance, ...] = ()
    promises: Callable[[Path, Path, bool], None] = promises.nothing_more
    long: bool = False

    def times(self, many: int) -> int:
        """Return how often a fault strikes it that strikes others `many` times."""
        return many // 4 if self.long else many

    def some(self, values: Sequence[int]) -> Sequence[int]:
        """Return the sizes that it is tried with, of those that others are: the first and last among them."""
        return (*values[:-1:4], values[-1]) if self.long else values


def begun(folder: Path, user: str | None = None) -> Path:
    """Make a store that holds everything but episodes."""
    path = folder / STORE
    with create_workspace(path, PASSPHRASE, user=user) as workspace:
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
    shutil.rmtree(inputs)
    return folder / STORE


def shared(folder: Path) -> Path:
    """Make a store of two administrators, with a recovery key whose sheet lies beside it."""
    from kvalitetsapp.domain.rights import Role
    from kvalitetsapp.services import recovery, users

    path = folder / STORE
    with create_workspace(path, PASSPHRASE, user=ANNA, unit="Ortopeden") as workspace:
        users.add(workspace, BO, "Ekonomi", {Role.ADMINISTRATOR, Role.REVIEWER}, BOS)
        recovery.make_key(workspace, path.with_name(promises.SHEET))
    return path


def backed_up(folder: Path) -> Path:
    """Make a store with backups of three ages, one of them more than is kept of its age, and something new since."""
    path = shared(folder)
    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        from kvalitetsapp.services import backups

        for days in (40, 40, 3):
            _note(workspace, f"{days}")
            promises.made_earlier(path, backups.make(workspace).name, days)
        _note(workspace, "nu")
    return path


def parted(folder: Path) -> Path:
    """Make a store, and beside it a package of what was decided and demanded in its copy."""
    from support import claiming, two_stores
    from support.claiming import INDEX_REF

    inputs = folder / "inputs"
    inputs.mkdir()
    two = two_stores.parted(claiming.make(inputs), inputs)
    there, here = next(two), next(two)
    from kvalitetsapp.services import claim_drafts

    claim_drafts.draft(there, [INDEX_REF])
    two_stores.package(there, inputs).rename(folder / PACKAGE)
    path = here.path
    assert list(two) == []
    for file in judge.files_of(path):
        file.rename(folder / file.name.replace(path.name, STORE))
    shutil.rmtree(inputs)
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


def rekey(path: Path) -> None:
    """Give the store a new data key."""
    from kvalitetsapp.services import rekeying

    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        rekeying.rekey(workspace)


def back_up(path: Path) -> None:
    """Make a backup by hand; what is too many is thinned out."""
    from kvalitetsapp.services import backups

    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        backups.make(workspace)


def restore(path: Path) -> None:
    """Let the latest of the backups that were there from the beginning take the place of the store."""
    from kvalitetsapp.services import restoring, saved_copies

    folder = saved_copies.folder_of(path)
    restoring.restore(path, folder, promises.by_hand(path)[0].name, PASSPHRASE, user=ANNA)


def add_user(path: Path) -> None:
    """Let somebody more open the store."""
    from kvalitetsapp.domain.rights import Role
    from kvalitetsapp.services import users

    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        users.add(workspace, CIA, "Ekonomi", {Role.FINANCE}, NEW)


def remove_user(path: Path) -> None:
    """Let somebody open the store no longer."""
    from kvalitetsapp.services import users

    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        users.remove(workspace, BO)


def change_passphrase(path: Path) -> None:
    """Change one's own passphrase."""
    from kvalitetsapp.services import users

    with open_workspace(path, BOS, write=True, user=BO) as workspace:
        users.change_passphrase(workspace, BOS, NEW)


def reset_passphrase(path: Path) -> None:
    """Give somebody a new first passphrase, with a new key pair."""
    from kvalitetsapp.services import users

    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        users.reset_passphrase(workspace, BO, NEW)


def make_recovery_key(path: Path) -> None:
    """Make a recovery key in place of the earlier one, its sheet in place of the earlier one's."""
    from kvalitetsapp.services import recovery

    with open_workspace(path, PASSPHRASE, write=True, user=ANNA) as workspace:
        recovery.make_key(workspace, path.with_name(promises.SHEET))


def take_package(path: Path) -> None:
    """Take in what was decided and demanded in another store."""
    from support import two_stores

    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        outcome = two_stores.take(workspace, path.with_name(PACKAGE))
        assert outcome.taken, outcome.said


def _note(workspace: Workspace, value: str) -> None:
    with workspace.action("prov") as store:
        meta.put(store, "prov", value)


def _write_some_episodes(file: Path) -> None:
    with (_COUNTY / "episodes.csv").open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.reader(read, delimiter=";"))[: EPISODES + 1]
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=";").writerows(rows)


_BOTH: Final = (Entrance(ANNA, PASSPHRASE, PASSPHRASE), Entrance(BO, BOS, BOS))
_BO_ANEW: Final = (_BOTH[0], Entrance(BO, BOS, NEW))
_WITHOUT_BO: Final = (_BOTH[0], Entrance(BO, BOS, ""))
_WITH_CIA: Final = (*_BOTH, Entrance(CIA, "", NEW))
_OLD_KEPT: Final = promises.store_of_old_is_kept
_PRESENT_KEPT: Final = promises.present_store_is_kept
ACTIONS: Final = {
    one.name: one
    for one in (
        Action("import", begun, take_in),
        Action("link run", filled, link),
        Action(
            "migration and first keys",
            old,
            migrate,
            by_opening=True,
            promises=promises.store_of_old_is_kept,
            long=True,
        ),
        Action("issuing", claimed, issue),
        Action("signing a report", reported, sign, writes=REPORT),
        Action("rekeying", shared, rekey, in_one_step=True, who=_BOTH, promises=promises.recovery_key_fits),
        Action("backup", backed_up, back_up, who=_BOTH, promises=promises.backups_are_whole, long=True),
        Action(
            "restoring",
            backed_up,
            restore,
            in_one_step=True,
            who=_BOTH,
            promises=promises.present_store_is_kept,
            long=True,
        ),
        Action("adding a user", shared, add_user, who=_WITH_CIA, promises=promises.recovery_key_fits),
        Action("removing a user", shared, remove_user, who=_WITHOUT_BO, promises=promises.recovery_key_fits),
        Action("changing a passphrase", shared, change_passphrase, who=_BO_ANEW),
        Action("resetting a passphrase", shared, reset_passphrase, who=_BO_ANEW),
        Action("making a recovery key", shared, make_recovery_key, who=_BOTH, promises=promises.one_sheet_fits),
        Action("taking a package", parted, take_package),
    )
}
