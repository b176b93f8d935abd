"""A whole store for another workstation: what arrives, who may open it, and what is refused."""

from __future__ import annotations

import os
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.rights import FOUNDER, Role
from kvalitetsapp.errors import CancelledError, InputError, RefusedError, StoreError
from kvalitetsapp.exchange import store_parcel
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import store_export, stores
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, control_totals, meta, users
from support import made_stores, small_disk
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

JOURNEY, OWN = "fem ord för resan", "mottagarens egen"


def _make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE, user="Anna")
    with made.action("changed"):
        meta.put(made.store, "prov", "1")
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, _make) as opened:
        yield opened


@pytest.fixture
def file(workspace: Workspace, tmp_path: Path) -> Path:
    path = tmp_path / "ut.kvexport"
    store_export.export_store(workspace, path, JOURNEY)
    return path


def receive(file: Path, to: Path, journey: str = JOURNEY) -> None:
    store_export.import_store(file, to, journey, OWN, user="Bo", unit="Ekonomi")


def test_the_receiver_is_the_only_user_with_every_role_and_has_all_that_was_sent(
    workspace: Workspace, file: Path, tmp_path: Path
) -> None:
    to = tmp_path / "annan" / "ny.kvdb"
    receive(file, to)
    sent = control_totals.read(workspace.store.conn)
    with open_workspace(to, OWN, write=True) as arrived:
        assert (arrived.user, arrived.roles, arrived.unit) == ("Bo", FOUNDER, "Ekonomi")
        assert [one.name for one in users.all_users(arrived.store)] == ["Bo"]
        assert stores.check_store(arrived) == []
        assert meta.get(arrived.store, "prov") == "1"
        assert meta.get(arrived.store, meta.STORE_ID) != meta.get(workspace.store, meta.STORE_ID)
        assert arrived.store.key != workspace.store.key
        found = control_totals.read(arrived.store.conn)
        assert set(sent.differences(found)) <= {
            "audit",
            "audit.entry",
            "audit.form",
            "meta",
            "users",
            "users.user",
            "user_roles",
            "user_roles.user",
        }
        entry = audit.entries(arrived.store)[0]
    assert (entry.action, entry.who, entry.detail) == ("store_arrived", "Bo", meta.get(workspace.store, meta.STORE_ID))
    for passphrase in (PASSPHRASE, JOURNEY):
        with pytest.raises(StoreError):
            open_workspace(to, passphrase, write=False)


def test_an_export_is_in_the_trace_of_the_store_and_nothing_in_it_stands_in_plain_text(
    workspace: Workspace, file: Path
) -> None:
    entry = audit.latest(workspace.store, "store_exported")
    assert entry is not None
    assert entry.object == "ut.kvexport"
    with zipfile.ZipFile(file) as parcel:
        assert sorted(parcel.namelist()) == ["about.json", "store.kvdb", "store.kvdb.keys"]
    assert b"Anna" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_only_an_administrator_exports_a_store(workspace: Workspace, tmp_path: Path) -> None:
    workspace.roles = frozenset({Role.REVIEWER, Role.FINANCE, Role.ANALYST, Role.LOG_CONTROLLER})
    with pytest.raises(RefusedError, match="exportera hela databasen"):
        store_export.export_store(workspace, tmp_path / "ut.kvexport", JOURNEY)
    assert not (tmp_path / "ut.kvexport").exists()


@pytest.mark.parametrize("weak", ["", "kort", "lösenord1", "mottagen1"])
def test_a_passphrase_that_is_guessed_at_once_neither_seals_a_whole_store_nor_opens_one(
    workspace: Workspace, file: Path, tmp_path: Path, weak: str
) -> None:
    with pytest.raises(InputError, match=r"för kort|lätt att gissa"):
        store_export.export_store(workspace, tmp_path / "mottagen.kvexport", weak)
    with pytest.raises(InputError, match=r"för kort|lätt att gissa"):
        store_export.import_store(file, tmp_path / "mottagen.kvdb", JOURNEY, weak, user="Bo")
    assert not list(tmp_path.glob("mottagen*"))


def test_a_wrong_passphrase_and_a_taken_name_make_nothing(file: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="öppnar inte exporten"):
        receive(file, tmp_path / "ny.kvdb", "fel")
    assert not (tmp_path / "ny.kvdb").exists()
    with pytest.raises(RefusedError, match="finns redan"):
        receive(file, tmp_path / "prov.kvdb")
    left = {path.name for path in tmp_path.iterdir()}
    assert not {name for name in left if "coming" in name or "parcel" in name}


@pytest.mark.parametrize("change", ["cut", "flipped", "other", "renamed", "newer", "empty"])
def test_a_file_that_is_not_what_was_written_is_refused(file: Path, tmp_path: Path, change: str) -> None:
    content = bytearray(file.read_bytes())
    if change == "cut":
        del content[len(content) // 2 :]
    elif change == "flipped":
        content[len(content) // 2] ^= 1
    elif change == "other":
        content = bytearray(b"a;b\n1;2\n")
    elif change == "renamed":
        content = content.replace(b"store.kvdb", b"../../kvdb")
    elif change == "newer":
        content = content.replace(b'"form": 1', b'"form": 9')
    else:
        content.clear()
    file.write_bytes(content)
    with pytest.raises(InputError, match="Exporten"):
        receive(file, tmp_path / "ny.kvdb")
    assert not (tmp_path / "ny.kvdb").exists()
    assert not (tmp_path.parent / "kvdb").exists()


def test_cancelling_leaves_nothing(workspace: Workspace, file: Path, tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        store_export.export_store(workspace, tmp_path / "ny.kvexport", JOURNEY, _cancelled_at_once())
    with pytest.raises(CancelledError):
        store_export.import_store(file, tmp_path / "ny.kvdb", JOURNEY, OWN, progress=_cancelled_at_once())
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("ny") and path.suffix != ".lock"] == []


def _cancelled_at_once() -> Progress:
    progress = Progress(lambda _done, _total, _what: progress.cancel())
    return progress


@pytest.mark.parametrize("room", [100, 900])
def test_a_full_disk_leaves_no_half_file(workspace: Workspace, tmp_path: Path, room: int) -> None:
    with small_disk.mounted(tmp_path / "disk", room) as disk:
        with pytest.raises(RefusedError, match="plats"):
            store_export.export_store(workspace, disk / "ut.kvexport", JOURNEY)
        assert list(disk.iterdir()) == []


@pytest.mark.parametrize("name", ["Bo\nRot", "Bo\u202eoB", "196812099874"])
def test_a_receiver_whose_name_cannot_be_a_users_gets_no_store(file: Path, tmp_path: Path, name: str) -> None:
    to = tmp_path / "annan" / "ny.kvdb"
    with pytest.raises(InputError, match="Namnet"):
        store_export.import_store(file, to, JOURNEY, OWN, user=name)
    assert not to.parent.exists()


def test_nobody_else_can_read_what_is_unpacked_on_the_way(file: Path, tmp_path: Path) -> None:
    database, keys = tmp_path / "ut.kvdb", tmp_path / "ut.kvdb.keys"
    store_parcel.unpack(file, database, keys)
    if os.name == "posix":
        assert {stat.S_IMODE(one.stat().st_mode) for one in (database, keys)} == {0o600}
