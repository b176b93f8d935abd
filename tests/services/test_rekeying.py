"""A new data key for the whole store: for everyone who may come in, at every moment, and for nobody else after it."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import CancelledError, RefusedError, StoreError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import recovery, rekeying, stores, users
from kvalitetsapp.services.workspace import Workspace, create_workspace, open_workspace
from kvalitetsapp.store import audit, dialect, key_file, keys, meta
from kvalitetsapp.store.keys import Owner
from support import crash_images, pdf, store_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANNA, BO, NEW = "annas egna ord", "bos egna ord här", "något helt annat nu"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of Anna and Bo, who are administrators, with a recovery key."""
    path = tmp_path_factory.mktemp("rekeying") / "klinik.kvdb"
    with create_workspace(path, ANNA, user="Anna") as workspace:
        users.add(workspace, "Bo", "", {Role.ADMINISTRATOR}, BO)
        recovery.make_key(workspace, path.with_name("ark.pdf"))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "databas"
    folder.mkdir()
    return store_files.copy(made, folder)


@pytest.fixture
def opened(path: Path) -> Iterator[Workspace]:
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def on_paper(made: Path) -> str:
    """The recovery key as the sheet tells it."""
    (page,) = pdf.read(made.with_name("ark.pdf").read_bytes()).pages
    return "-".join(re.findall(r"\b[1-7]\. (\w{5})\b", page))


def actions(workspace: Workspace) -> list[str]:
    return [entry.action for entry in audit.entries(workspace.store, 5)]


def test_the_file_is_written_anew_under_a_key_that_everyone_gets(path: Path, on_paper: str) -> None:
    opened = open_workspace(path, ANNA, write=True, user="Anna")
    before, key = path.read_bytes(), opened.store.key
    shares: list[float] = []
    progress = Progress(lambda done, total, _what: shares.append(done / total if total else 0))
    said = rekeying.rekey(opened, progress).said
    assert "ny nyckel" in said
    assert max(shares) == 1
    assert opened.store.key != key
    assert path.read_bytes()[:16] != before[:16]
    assert actions(opened)[0] == "rekeyed"
    assert stores.check_store(opened) == []
    meta_of = opened.store.rows("SELECT name, value FROM meta ORDER BY name")
    opened.close()
    assert {file.name for file in path.parent.iterdir()} <= {
        *("klinik.kvdb", "klinik.kvdb.keys", "klinik.kvdb.keys.copy", "klinik.kvdb.lock")
    }
    (mark,) = {mark for slot in key_file.read(path).keys.slots for mark in slot.sealed}
    assert mark == key_file.mark_of(path)
    with open_workspace(path, BO, write=True, user="Bo") as workspace:
        assert workspace.store.rows("SELECT name, value FROM meta ORDER BY name") == meta_of
        assert workspace.store.value("PRAGMA journal_mode") == "wal"
    assert "ny lösenfras" in recovery.recover(path, on_paper, "Anna", NEW)


def test_the_store_can_be_worked_in_at_once(opened: Workspace) -> None:
    rekeying.rekey(opened)
    users.add(opened, "Eva", "", {Role.REVIEWER}, NEW)
    with opened.action("prov"):
        meta.put(opened.store, "prov", "1")
    assert actions(opened)[0] == "prov"
    assert audit.first_broken(opened.store) is None


def test_whoever_was_removed_or_forged_a_slot_gets_no_new_key(opened: Workspace, path: Path) -> None:
    told = key_file.read(path).keys
    forged = keys.new_slot(told.store_id, Owner("Bo"), NEW, ())
    (bo,) = told.of(Owner("Bo"))
    key_file.write(path, told.replacing(replace(bo, public_key=forged.public_key, wrapped=forged.wrapped)))
    rekeying.rekey(opened)
    assert key_file.read(path).keys.users == ("Anna",)
    assert any("Bo är användare men har ingen plats" in fault for fault in stores.check_store(opened))
    users.reset_passphrase(opened, "Bo", BO)
    assert stores.check_store(opened) == []


def test_an_earlier_copy_of_the_files_opens_as_before_and_earlier_keys_open_nothing_new(
    opened: Workspace, path: Path, made: Path, tmp_path: Path
) -> None:
    rekeying.rekey(opened)
    with open_workspace(made, BO, write=False, user="Bo") as earlier:
        assert "rekeyed" not in actions(earlier)
    key_file.path_of(path).write_bytes(key_file.path_of(made).read_bytes())
    key_file.copy_of(path).write_bytes(key_file.path_of(made).read_bytes())
    with pytest.raises(StoreError, match="passar inte till"):
        open_workspace(path, BO, write=False, user="Bo")


def test_a_store_that_somebody_else_has_open_is_left_as_it_is(opened: Workspace, path: Path) -> None:
    before, told = opened.store.key, key_file.path_of(path).read_bytes()
    with open_workspace(path, BO, write=False, user="Bo"):
        with pytest.raises(RefusedError, match="Någon annan har databasen öppen"):
            rekeying.rekey(opened)
        assert stores.check_store(opened) == []
    assert opened.store.key == before
    assert key_file.path_of(path).read_bytes() == told
    rekeying.rekey(opened)
    assert opened.store.key != before


def test_whoever_looks_in_while_the_store_is_copied_can_leave_no_trace_that_the_copy_would_lack(
    opened: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect.connect, "__kwdefaults__", {"alone": False, "busy_ms": 1})
    refused: list[object] = []

    def look(_done: int, _total: int | None, _what: str) -> None:
        if not refused:
            with open_workspace(path, BO, write=False, user="Bo") as other:
                with pytest.raises(RefusedError, match="databasens logg") as told:
                    audit.note(other.store, "Bo", "read")
                refused.append(told)

    rekeying.rekey(opened, Progress(look))
    assert refused


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_what_is_cancelled_leaves_the_store_and_its_keys_as_they_were(
    opened: Workspace, path: Path, at: float
) -> None:
    before, told = opened.store.key, key_file.path_of(path).read_bytes()
    progress = Progress(lambda done, total, _what: progress.cancel() if total and done / total >= at else None)
    with pytest.raises(CancelledError):
        rekeying.rekey(opened, progress)
    assert opened.store.key == before
    assert key_file.path_of(path).read_bytes() == told
    assert stores.check_store(opened) == []
    assert not path.with_name("klinik.kvdb.rekeying").exists()
    users.add(opened, "Eva", "", {Role.REVIEWER}, NEW)


def test_whenever_the_process_dies_the_store_opens_for_everyone_and_is_whole(
    path: Path, tmp_path: Path, on_paper: str
) -> None:
    with (
        closing(open_workspace(path, ANNA, write=True, user="Anna")) as workspace,
        crash_images.taken(path.parent, tmp_path / "bilder") as images,
    ):
        rekeying.rekey(workspace)
    assert len(images.folders) >= 8
    rekeyed = []
    for folder in images.folders:
        image = folder / path.name
        with open_workspace(image, ANNA, write=False, user="Anna") as again:
            rekeyed.append("rekeyed" in actions(again))
        with open_workspace(image, BO, write=True, user="Bo") as again:
            assert stores.check_store(again) == []
            assert again.findings == ()
        assert {mark for slot in key_file.read(image).keys.slots for mark in slot.sealed} == {key_file.mark_of(image)}
        assert {file.suffix for file in folder.iterdir()} <= {".kvdb", ".keys", ".copy", ".lock"}
        recovery.demand_fits(image, on_paper)
    assert rekeyed == sorted(rekeyed)
    assert set(rekeyed) == {True, False}


def test_who_may_not_see_personal_numbers_sees_none_after_a_new_key_or_other_roles(path: Path) -> None:
    number = "19680909-1239"
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        with workspace.store.transaction():
            workspace.store.write("INSERT INTO identities (personal_id) VALUES (?)", (number,))
        users.change(workspace, "Bo", roles={Role.ADMINISTRATOR})
        assert workspace.store.rows("SELECT personal_id FROM identities") == [(number,)]
    with open_workspace(path, BO, write=True, user="Bo") as workspace:
        rekeying.rekey(workspace)
        assert number not in str(workspace.store.rows("SELECT personal_id FROM identities"))
        users.change(workspace, "Bo", roles={Role.ADMINISTRATOR, Role.REVIEWER})
        assert number in str(workspace.store.rows("SELECT personal_id FROM identities"))
        users.change(workspace, "Bo", roles={Role.ADMINISTRATOR})
        assert number not in str(workspace.store.rows("SELECT personal_id FROM identities"))


@pytest.mark.parametrize(("user", "write", "said"), [("Eva", True, "inte rätt"), ("Anna", False, "läsning")])
def test_without_the_right_nobody_rekeys(path: Path, user: str, write: bool, said: str) -> None:
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        users.add(workspace, "Eva", "", {Role.REVIEWER}, NEW)
    passphrase = NEW if user == "Eva" else ANNA
    with (
        open_workspace(path, passphrase, write=write, user=user) as workspace,
        pytest.raises(RefusedError, match=said),
    ):
        rekeying.rekey(workspace)


def test_a_store_whose_first_bytes_are_damaged_opens_says_so_and_is_mended_by_a_new_key(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(bytes(16) + whole[16:])
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        assert any("första 16 byte" in fault for fault in stores.check_store(workspace))
        rekeying.rekey(workspace)
        assert stores.check_store(workspace) == []


def test_a_copy_that_is_not_whole_never_takes_the_place_of_the_store(path: Path) -> None:
    from kvalitetsapp.store import copying

    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        made, key = path.with_name("kopia.kvdb"), keys.StoreKey.new()
        copying.copy(workspace.store.conn, made, key)
        damaged = bytearray(made.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        made.write_bytes(damaged)
        with pytest.raises(StoreError, match="inte hel"):
            copying.demand_whole(made, key)
