"""A byte of the store is another than was written: it is noticed and said, whatever page it lies in."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import meta
from support.counties import PASSPHRASE
from support.faults import actions, command, judge, pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.faults.done import Doer
    from support.faults.table import Faults

FLIPS = 12
READING = (("store", "info"), ("list", "links"), ("list", "index-operations"), ("summary", "reoperations"))
WAL_FLIPS = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return actions.filled(tmp_path_factory.mktemp("filled"))


def demand_noticed(store: Path) -> None:
    """Let the check find what is damaged, and everything else either do its work or say why not."""
    command.demand_explained(command.run(store, "store", "check"), command.NOT_OPENED)
    for words in READING:
        told = command.run(store, *words)
        if told.status:
            command.demand_explained(told, command.NOT_OPENED)


@pytest.mark.faults
def test_a_flipped_byte_is_noticed_in_every_kind_of_page(faults: Faults, filled: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    begin = judge.copied(filled, tmp_path / "begin")
    kinds = pages.prepared(begin)
    tallies = {kind: faults.counted(f"byte flipped in {kind}") for kind in (*kinds, "salt")}
    whole, state = begin.read_bytes(), judge.state_at(begin)
    for place in pages.places(kinds, chance, FLIPS):
        with tallies[place.kind]:
            begin.write_bytes(whole)
            pages.flip(begin, place.at, chance)
            demand_noticed(begin)
    begin.write_bytes(whole)
    judge.judge(begin, [state])


@pytest.mark.faults
def test_a_flipped_byte_in_the_log_leaves_a_state_that_was_committed(
    faults: Faults, doer: Callable[..., Doer], tmp_path: Path
) -> None:
    """SQLite takes a log for as long as it is whole: what comes after the flipped byte was never written, to it."""
    actor, chance = doer("issuing"), random.Random(6)
    tallies = {kind: faults.counted(f"byte flipped in {kind}") for kind in ("head of the log", "frame of the log")}
    killed = actor.done(kill_at=len(actor.whole.points) - 1)
    log = killed.store.with_name(f"{killed.store.name}-wal").read_bytes()
    for turn in range(WAL_FLIPS):
        kind = "frame of the log" if turn % 6 else "head of the log"
        with tallies[kind]:
            store = judge.copied(killed.store, tmp_path / str(turn))
            store.with_name(f"{store.name}-shm").unlink()  # as after a restart of the computer
            at = chance.randrange(pages.WAL_HEAD, len(log)) if turn % 6 else chance.randrange(pages.WAL_HEAD)
            pages.flip(store.with_name(f"{store.name}-wal"), at, chance)
            judge.judge(store, actor.states)


@pytest.mark.faults
def test_a_flipped_byte_in_a_file_beside_the_store_is_explained_or_does_not_matter(
    faults: Faults, filled: Path, tmp_path: Path
) -> None:
    """The files of keys: there are two, and one whole of them is enough until somebody opens the store to write."""
    chance = random.Random(8)
    others = [file.name for file in judge.files_of(filled) if file != filled]
    state, tried = judge.state_at(filled), faults.counted("byte flipped in a file of keys")
    for turn in range(FLIPS):
        with tried:
            store = judge.copied(filled, tmp_path / str(turn))
            name = chance.choice(others)
            pages.flip(store.with_name(name), chance.randrange(store.with_name(name).stat().st_size), chance)
            assert judge.state_at(store) == state
            if (told := command.run(store, "store", "check")).status:
                command.demand_explained(told, command.NOT_OPENED)
                assert name in told.said
            open_workspace(store, PASSPHRASE, write=True).close()  # writes both anew
            judge.judge(store)


def test_pages_torn_while_the_log_was_moved_are_no_damage(faults: Faults, filled: Path, tmp_path: Path) -> None:
    """As a power cut leaves them: the log still holds every one of them whole."""
    begin = judge.copied(filled, tmp_path / "begin")
    with faults.counted("pages torn while the log was moved"):
        with open_workspace(begin, PASSPHRASE, write=True) as workspace:
            with workspace.store.transaction():
                meta.put(workspace.store, "namn", "värde")
                (root,) = workspace.store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'meta'")[0]
            store = judge.copied(begin, tmp_path / "torn")
        store.with_name(f"{store.name}-shm").unlink()
        pages.flip(store, (root - 1) * pages.SIZE + 100, random.Random(1))
        assert command.run(store, "store", "check").status == 0
        judge.judge(store)
