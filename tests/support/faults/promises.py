"""What actions promise beyond the common question: who comes in, which copies are whole, what is kept.

Asked of whatever a fault left, on a copy of it: who is turned away is noted in the trace.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.backups import Backup, Reason
from kvalitetsapp.errors import UserError
from kvalitetsapp.services import old_stores, recovery, saved_copies
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import backup_notes, key_file
from support import pdf
from support.counties import PASSPHRASE
from support.faults import judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANNA: Final = "Anna"
"""The first user of a store that has several."""
SHEET: Final = "ark.pdf"
"""Lies beside the store, which is where nobody should leave it; a test must find it."""
_ON_PAPER: Final = re.compile(r"\b[1-7]\. (\w{5})\b")
_ASIDE: Final = "*-before-restore.kvdb"


@dataclass(frozen=True, slots=True)
class Entrance:
    """With what a user comes in before an action and after it; without a word not at all."""

    user: str
    before: str
    after: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return what may open the store while nobody knows whether the action was done, each once."""
        return tuple(word for word in dict.fromkeys((self.before, self.after)) if word)


def nothing_more(_begin: Path, _path: Path, _is_done: bool) -> None:
    """Promise nothing beyond the common question."""


def demand_entrances(path: Path, who: tuple[Entrance, ...], *, is_done: bool, was_told: bool) -> None:
    """Let every user come in: with the old or the new passphrase, never with neither.

    Who is a user before the action alone, or after it alone, is let in as the store says. Where the user was told
    whether it was done there is no doubt.
    """
    with _apart(path) as copy:
        for one in who:
            opening = [word for word in one.words if opens(copy, one.user, word)]
            if was_told or not (one.before and one.after):
                wanted = one.after if is_done else one.before
                assert opening == [word for word in (wanted,) if word], (one.user, is_done, opening)
            else:
                assert opening, f"{one.user} comes in with neither"


def store_of_old_is_kept(begin: Path, path: Path, _is_done: bool) -> None:
    """Let an earlier version find its rows where they were: under the store's name, or beside once another has it."""
    asides = sorted(path.parent.glob(f"{path.name}.before-*"))
    held = [one for one in (*asides, path) if one.stat().st_size == begin.stat().st_size and _is_of_old(one)]
    assert held, "the file of the earlier version is gone"
    demand_whole_backups(path)


def recovery_key_fits(begin: Path, path: Path, _is_done: bool) -> None:
    """Let the recovery key from before open the store yet."""
    recovery.demand_fits(path, _on_sheet(begin))


def one_sheet_fits(begin: Path, path: Path, is_done: bool) -> None:
    """Let the key on the earlier sheet fit until the new one counts, and then the new one; the file says which."""
    fits = [_fits(path, _on_sheet(store)) for store in (begin, path)]
    assert fits[1 if is_done else 0], f"neither the earlier nor the new recovery key: {fits}"


def made_earlier(path: Path, name: str, days: int) -> None:
    """Let a backup have been made so many days before it was."""
    folder = saved_copies.folder_of(path)
    one = saved_copies.chosen(saved_copies.in_folder(folder), name)
    earlier = one.note.made_at - timedelta(days=days)
    backup_notes.write(folder / name, replace(one.note, made_at=earlier, checked_at=earlier))


def by_hand(path: Path) -> list[Backup]:
    """Return the backups of a store that were made by hand, the latest first."""
    return [one for one in saved_copies.in_folder(saved_copies.folder_of(path)) if one.note.reason is Reason.BY_HAND]


def backups_are_whole(begin: Path, path: Path, is_done: bool) -> None:
    """Let every backup that counts be whole, a new one be there if it was told, and the earlier ones as they were.

    Of two that are forty days old one may be thinned out; the latest two of those days stay whatever happens.
    """
    earlier = by_hand(begin)
    demand_whole_backups(path)
    counted = {one.name for one in by_hand(path)}
    for one in earlier[:2]:
        assert one.name in counted, "an earlier backup no longer counts"
    for file in _of_backups(begin, counted):
        if file.name.endswith(backup_notes.NOTE_SUFFIX):
            continue  # tells when the backup was last read, too
        there = saved_copies.folder_of(path) / file.name
        assert there.read_bytes() == file.read_bytes(), f"{file.name} is not as it was"
    assert not is_done or counted - {one.name for one in earlier}, "told of a backup that does not count"


def present_store_is_kept(begin: Path, path: Path, is_done: bool) -> None:
    """Let the store that was replaced lie beside the restored one, and open, and the backups be whole."""
    backups_are_whole(begin, path, is_done=False)
    if is_done:
        before = judge.state_at(begin, ((ANNA, PASSPHRASE),))
        asides = sorted(path.parent.glob(_ASIDE))
        assert asides, "the store that was there is not kept"
        with _apart(asides[-1]) as copy:
            assert judge.state_at(copy, ((ANNA, PASSPHRASE),)) == before
        saved = [one for one in saved_copies.in_folder(saved_copies.folder_of(path)) if one not in by_hand(path)]
        assert [one.note.reason for one in saved][:1] == [Reason.RESTORE]


def demand_whole_backups(path: Path) -> None:
    """Let every backup with a note be whole, to the last byte, and open with the passphrase of its time."""
    folder = saved_copies.folder_of(path)
    for one in saved_copies.in_folder(folder) if folder.is_dir() else ():
        assert not one.fault, f"a half backup counts: {one.name}: {one.fault}"
        assert backup_notes.sha256_of(folder / one.name) == one.note.sha256, f"a half backup counts: {one.name}"
        if key_file.exists(folder / one.name):
            with _apart(folder / one.name) as copy:
                judge.judge(copy, users=((ANNA, PASSPHRASE),))


def _of_backups(path: Path, names: set[str]) -> list[Path]:
    files = sorted(saved_copies.folder_of(path).iterdir())
    return [file for file in files if any(file.name.startswith(name) for name in names)]


def _is_of_old(path: Path) -> bool:
    """Tell whether a file opens as the programs of its time opened it, and holds what it held."""
    with _apart(path) as copy:
        try:
            return old_stores.opens(copy, PASSPHRASE)
        except UserError:
            return False


def _on_sheet(path: Path) -> str:
    (page,) = pdf.read(path.with_name(SHEET).read_bytes()).pages
    return "-".join(_ON_PAPER.findall(page))


def _fits(path: Path, key: str) -> bool:
    try:
        recovery.demand_fits(path, key)
    except UserError as error:
        judge.demand_swedish(error.message)
        return False
    return True


def opens(path: Path, user: str, passphrase: str) -> bool:
    """Tell whether somebody comes in; who does not is told why."""
    try:
        open_workspace(path, passphrase, write=False, user=user).close()
    except UserError as error:
        judge.demand_swedish(error.message)
        return False
    return True


@contextmanager
def _apart(path: Path) -> Iterator[Path]:
    """Give a copy of a store for the block, which no later question sees."""
    folder = path.parent / "asked"
    try:
        yield judge.copied(path, folder)
    finally:
        shutil.rmtree(folder)
