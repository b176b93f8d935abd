"""Keys that do not fit, folders that may not be written to, and others who hold the store."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import unicodedata
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.errors import RefusedError, StoreError, UserError
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import dialect, meta
from support import impatient as waiting
from support.counties import PASSPHRASE
from support.faults import actions, command, judge, small_disk
from support.faults.command import NOT_OPENED, REFUSED
from support.faults.done import surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.faults.table import Faults

ODD: Final = (
    "å",
    "häst är öl",
    "🐎🐎🐎",
    "ab\tcd",
    "'; DROP TABLE audit; --",
    '"',
    "x" * 5000,
    "İstanbul ı",
    "(ツ)_/¯",
)
WRONG: Final = ("fel", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1], " ", "'", "🐎")
UNUSABLE: Final = ("", "a\0b", "\ud83d")
# Holds the store open to be written to, says so, and lets go when told to.
HOLDER: Final = """
import sys
from pathlib import Path
from kvalitetsapp.services.workspace import open_workspace
with open_workspace(Path(sys.argv[1]), sys.argv[2], write=True):
    print("held", flush=True)
    sys.stdin.readline()
"""
# Locks the bytes that every reader and writer of SQLite locks, as a program for backups or viruses may.
LOCKER: Final = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX, 512, 0x40000000)
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return actions.filled(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    return judge.copied(filled, tmp_path / "store")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting.become(monkeypatch)


@contextlib.contextmanager
def held(program: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold something while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.stdin.write("\n")


@pytest.mark.faults
def test_a_passphrase_of_any_letters_opens_what_it_made(faults: Faults, tmp_path: Path) -> None:
    tried = faults.counted("key with å, emoji, quotes or 5 000 letters")
    for number, passphrase in enumerate(ODD):
        path = tmp_path / f"{number}.kvdb"
        with tried:
            create_workspace(path, passphrase).close()
            assert command.run(path, "store", "check", passphrase=passphrase).status == 0
            with pytest.raises(StoreError):
                open_workspace(path, passphrase + "x", write=False)


def test_a_key_that_does_not_fit_is_one_sentence_and_writes_nothing(
    faults: Faults, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)  # a delay that grows is tested where it is
    tried, before = faults.counted("wrong or empty key"), _contents(store)
    for passphrase in (*WRONG, *UNUSABLE):
        with tried:
            for write in (False, True):
                with pytest.raises(UserError) as refused:
                    open_workspace(store, passphrase, write=write)
                judge.demand_swedish(refused.value.message)
                assert PASSPHRASE not in refused.value.message
            assert _contents(store) == before


def test_a_passphrase_opens_however_the_keyboard_composes_its_letters(faults: Faults, tmp_path: Path) -> None:
    """The letters are the secret, not how a keyboard or a password manager encodes them: NFC and NFD are the same."""
    path, composed, apart = tmp_path / "prov.kvdb", *(unicodedata.normalize(form, "åäö é") for form in ("NFC", "NFD"))
    assert composed != apart
    create_workspace(path, composed).close()
    with faults.counted("key composed otherwise (NFC, NFD)"):
        open_workspace(path, apart, write=False).close()


def test_the_store_on_a_disk_that_may_only_be_read(faults: Faults, store: Path, tmp_path: Path) -> None:
    tried = faults.counted("read-only folder")
    with small_disk.mounted(tmp_path / "disk") as disk:
        there = judge.copied(store, disk.folder / "store")
        before = judge.state_at(there)
        with disk.read_only():
            with tried:
                assert judge.judge(there).state == before
            for words in (("link",), ("import", "--kind", "episodes", str(tmp_path / "inget.csv"))):
                with tried:
                    command.demand_explained(command.run(there, *words), REFUSED, NOT_OPENED)
            with tried:
                command.demand_explained(command.run(disk.folder / "ny" / "ny.kvdb", "store", "init"), REFUSED)
        with tried:
            assert judge.judge(there).state == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who is root may do everything")
def test_a_file_that_may_only_be_read(faults: Faults, store: Path) -> None:
    tried = faults.counted("read-only file")
    for mode in (0o400, 0o000):
        with tried:
            store.chmod(mode)
            command.demand_explained(command.run(store, "link"), REFUSED, NOT_OPENED)
    store.chmod(0o600)
    judge.judge(store)


@pytest.mark.usefixtures("impatient")
def test_a_second_instance_reads_and_is_told_who_writes(faults: Faults, store: Path) -> None:
    tried, state = faults.counted("second instance"), judge.state_at(store)
    with held(HOLDER, str(store), PASSPHRASE) as process:
        for _turn in range(3):
            with tried:
                with pytest.raises(RefusedError) as refused:
                    open_workspace(store, PASSPHRASE, write=True)
                assert str(process.pid) in refused.value.message
                assert judge.judge(store).state == state
    with tried:
        open_workspace(store, PASSPHRASE, write=True).close()


@pytest.mark.usefixtures("impatient")
def test_a_holder_that_was_killed_holds_nothing(faults: Faults, store: Path) -> None:
    tried = faults.counted("stale lock, reused process number")
    note = store.with_name(f"{store.name}.owner")
    with tried, held(HOLDER, str(store), PASSPHRASE) as process:
        process.kill()
        process.wait()
        left = note.read_text(encoding="utf-8")
        open_workspace(store, PASSPHRASE, write=True).close()
    with tried:
        # The number of the process that died is now that of another, which lives and has nothing to do with the store.
        assert str(process.pid) in left
        note.write_text(left.replace(str(process.pid), str(os.getpid())), encoding="utf-8")
        with open_workspace(store, PASSPHRASE, write=True) as workspace, workspace.action("prov") as opened:
            meta.put(opened, "namn", "värde")
        judge.judge(store)


@pytest.mark.usefixtures("impatient")
def test_a_file_that_another_program_has_locked(faults: Faults, store: Path) -> None:
    """For a minute, which is longer than the program waits: it writes nothing and says so until the minute is over.

    What is there may be read all the same, as a file that nobody changes.
    """
    if sys.platform == "win32":
        pytest.skip("locks of parts of a file are told otherwise there")
    tried, state = faults.counted("file locked by another program"), judge.state_at(store)
    with held(LOCKER, str(store)):
        for words in (("link",), ("store", "check"), ("list", "links")):
            with tried:
                told = command.run(store, *words)
                if told.status or words == ("link",):
                    command.demand_explained(told, NOT_OPENED, REFUSED)
    with tried:
        assert judge.judge(store, [state]).state == state
        assert command.run(store, "link").status == 0


@pytest.mark.usefixtures("impatient")
def test_a_lock_that_comes_while_we_work(faults: Faults, store: Path) -> None:
    """Another program begins to write to the very file: nothing of ours is half done."""
    tried = faults.counted("file locked by another program")
    with open_workspace(store, PASSPHRASE, write=True) as workspace, open_workspace(store, PASSPHRASE, write=False):
        state = judge.state_of(workspace)
        other = dialect.connect(store, workspace.store.key, mode=dialect.Mode.WRITE)
        try:
            other.execute("BEGIN IMMEDIATE")
            with tried:
                with pytest.raises(RefusedError, match="Någon annan skriver"), workspace.action("prov"):
                    pytest.fail("it was to be refused")
                assert judge.state_of(workspace) == state
            other.execute("ROLLBACK")
        finally:
            other.close()
        with tried, workspace.action("prov"):
            pass
    judge.judge(store)


def _contents(store: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.parent.iterdir()}
