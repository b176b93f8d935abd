"""Restoring: whatever lies at the store's place, whoever asks, and wherever the process dies."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import CancelledError, InputError, RefusedError, StoreError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import backups, restoring, saved_copies, stores
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, key_file, keys, meta, replacing, users
from kvalitetsapp.store.keys import Owner, StoreKey
from support import killed, small_disk
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

THEN, NOW = "then", "now"


def _make(folder: Path) -> Workspace:
    """Make a store with a backup of it as it was `THEN`; it is `NOW`."""
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE, user="Anna", unit="Ortopeden")
    for value in (THEN, NOW):
        with made.action("changed"):
            meta.put(made.store, "prov", value)
        if value == THEN:
            backups.make(made)
    return made


@pytest.fixture
def store(tmp_path: Path, _backed_up: Path) -> Path:
    """Return a closed store with one backup beside it."""
    shutil.copytree(_backed_up, tmp_path, dirs_exist_ok=True)
    return tmp_path / "prov.kvdb"


@pytest.fixture(scope="session")
def _backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backed-up")
    _make(folder).close()
    return folder


def restore(store: Path, passphrase: str = PASSPHRASE, name: str = "", user: str | None = None) -> restoring.Restored:
    folder = saved_copies.folder_of(store)
    return restoring.restore(store, folder, name or the_backup(store), passphrase, user=user)


def the_backup(store: Path) -> str:
    """Return the name of the backup of `THEN`."""
    return saved_copies.in_folder(saved_copies.folder_of(store))[-1].name


def value(store: Path, passphrase: str = PASSPHRASE, user: str | None = None) -> str | None:
    """Return what a store holds, after it was found to be whole."""
    with open_workspace(store, passphrase, write=True, user=user) as workspace:
        assert stores.check_store(workspace) == []
        return meta.get(workspace.store, "prov")


def damage(path: Path, first: int = 5000) -> None:
    content = bytearray(path.read_bytes())
    content[first : first + 3000] = bytes(3000)
    path.write_bytes(content)


# what a restoring does


def test_the_backup_takes_the_place_and_the_store_that_was_there_is_kept_twice(store: Path) -> None:
    done = restore(store)
    assert value(store) == THEN
    assert done.aside is not None
    assert value(done.aside) == NOW
    assert value(saved_copies.folder_of(store) / done.saved) == NOW


def test_the_restored_store_tells_what_it_was_restored_from_and_what_it_replaced(store: Path) -> None:
    done = restore(store)
    with open_workspace(store, PASSPHRASE, write=False) as workspace:
        entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.who, entry.unit) == ("store_restored", "Anna", "Ortopeden")
    assert (entry.object, entry.detail) == (done.backup, done.saved)


def test_what_would_be_lost_is_told_before_it_is(store: Path) -> None:
    with open_workspace(store, PASSPHRASE, write=True) as workspace:
        with workspace.action("added"):
            workspace.store.write("INSERT INTO import_batches " + _BATCH)
        found = restoring.consequences(workspace, saved_copies.folder_of(store), the_backup(store))
    assert [entry.action for entry in found.since] == ["backup_made", "changed", "added"]
    assert found.entries == 3
    assert found.same_history
    assert found.differences() == ("Importer: 1 i dag, 0 i kopian",)


_BATCH = (
    "(kind, file_name, file_sha256, profile_name, imported_at, program_version, read_rows, stored, corrected, "
    "unchanged, rejected) VALUES ('persons', 'p.csv', 'x', '', '2026-01-01', '1', 0, 0, 0, 0, 0)"
)


# whatever lies there


@pytest.mark.parametrize("first", [0, 100, 5000, 40_000])
def test_a_damaged_store_is_replaced_and_kept_as_it_is(store: Path, first: int) -> None:
    damage(store, first)
    content = store.read_bytes()
    done = restore(store)
    assert value(store) == THEN
    assert done.aside is not None
    assert done.aside.read_bytes() == content


def test_a_store_that_is_gone_comes_back_also_without_its_keys(store: Path) -> None:
    for path in (store, key_file.path_of(store), key_file.copy_of(store)):
        path.unlink()
    with pytest.raises(StoreError, match=r"Det finns ingen databas .* Den senaste hela säkerhetskopian är"):
        value(store)
    done = restore(store)
    assert done.aside is None
    assert value(store) == THEN


def test_keys_that_are_damaged_come_back_with_the_store(store: Path) -> None:
    for path in (key_file.path_of(store), key_file.copy_of(store)):
        path.write_bytes(b"damaged")
    with pytest.raises(StoreError, match=r"Nyckelfilen .* Den senaste hela säkerhetskopian är "):
        value(store)
    restore(store)
    assert value(store) == THEN


def test_a_backup_restores_into_an_empty_folder_of_another_computer(store: Path, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    saved_copies.folder_of(store).rename(usb)
    elsewhere = tmp_path / "annan" / "dator.kvdb"
    restoring.restore(elsewhere, usb, "newest", PASSPHRASE)
    assert value(elsewhere) == THEN


def test_a_log_that_a_dead_process_left_is_not_taken_for_one_of_the_restored_store(store: Path) -> None:
    for path in (key_file.path_of(store), key_file.copy_of(store)):
        path.write_bytes(b"damaged")
    left = store.with_name(store.name + "-wal")
    left.write_bytes(b"\x37\x7f\x06\x82" * 2000)
    done = restore(store)
    assert value(store) == THEN
    assert done.aside is not None
    assert done.aside.with_name(done.aside.name + "-wal").read_bytes() == b"\x37\x7f\x06\x82" * 2000


# whoever asks


def test_todays_passphrase_opens_what_was_restored_though_it_was_another_then(store: Path) -> None:
    change_passphrase(store, "en ny lösenfras")
    restore(store, "en ny lösenfras")
    assert value(store, "en ny lösenfras") == THEN


def test_who_has_forgotten_todays_passphrase_restores_with_that_of_the_backup(store: Path) -> None:
    change_passphrase(store, "glömd")
    done = restore(store)
    assert value(store) == THEN
    assert done.saved == ""
    assert done.aside is not None
    assert value(done.aside, "glömd") == NOW


def change_passphrase(store: Path, passphrase: str) -> None:
    told = key_file.read(store).keys
    slot = next(iter(told.of(Owner("Anna"))), None)
    assert slot is not None
    private = keys.private_key(slot, told.store_id, PASSPHRASE)
    key_file.write(store, told.replacing(keys.slot_for(slot, told.store_id, private, slot.owner, passphrase)))


def add_user(store: Path, name: str, roles: set[Role]) -> None:
    with open_workspace(store, PASSPHRASE, write=True, user="Anna") as workspace:
        told, key = key_file.read(store).keys, workspace.store.key
        assert isinstance(key, StoreKey)
        slot = keys.new_slot(told.store_id, Owner(name), "bosses fras", (key,))
        with workspace.action("user_added"):
            users.add(workspace.store, name, "", roles, slot.public_key, "Anna")
        key_file.write(store, told.replacing(slot))


def test_only_an_administrator_restores_a_store_that_opens(store: Path) -> None:
    add_user(store, "Bo", {Role.REVIEWER, Role.FINANCE})
    with pytest.raises(RefusedError, match="återställa"):
        restore(store, "bosses fras", user="Bo")
    assert value(store, user="Anna") == NOW


def test_only_an_administrator_of_the_backup_restores_a_store_that_does_not_open(store: Path) -> None:
    add_user(store, "Bo", {Role.REVIEWER})
    with open_workspace(store, PASSPHRASE, write=True, user="Anna") as workspace:
        name = backups.make(workspace).name
    store.unlink()
    with pytest.raises(RefusedError, match="återställa"):
        restore(store, "bosses fras", name, user="Bo")
    assert not store.exists()
    restore(store, name=name, user="Anna")
    assert value(store, user="Anna") == NOW


def test_users_who_were_removed_since_are_named_when_they_come_back(store: Path) -> None:
    add_user(store, "Bo", {Role.REVIEWER})
    with open_workspace(store, PASSPHRASE, write=True, user="Anna") as workspace:
        name = backups.make(workspace).name
        with workspace.action("user_removed"):
            found = users.named(workspace.store, "Bo")
            assert found is not None
            users.remove(workspace.store, found.user, "Anna")
        key_file.write(store, key_file.read(store).keys.without(Owner("Bo")))
    assert restore(store, name=name, user="Anna").returned == ("Bo",)


def test_a_wrong_passphrase_changes_nothing(store: Path) -> None:
    before = {path.name: path.read_bytes() for path in store.parent.iterdir() if path.is_file()}
    with pytest.raises(StoreError, match="öppnar inte säkerhetskopian"):
        restore(store, "fel")
    after = {path.name: path.read_bytes() for path in store.parent.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"prov.kvdb.lock"}


def test_a_store_that_another_has_open_is_not_replaced(store: Path) -> None:
    with open_workspace(store, PASSPHRASE, write=False) as reader:
        assert meta.get(reader.store, "prov") == NOW
        with pytest.raises(RefusedError, match="Stäng den överallt"):
            restore(store)
    assert value(store) == NOW


# what cannot be restored


def test_a_damaged_backup_is_refused_and_nothing_is_touched(store: Path) -> None:
    damage(saved_copies.folder_of(store) / the_backup(store))
    with pytest.raises(StoreError, match="är skadad"):
        restore(store)
    with pytest.raises(InputError, match="finns ingen säkerhetskopia"):
        restore(store, name="newest")
    assert value(store) == NOW


def test_a_backup_of_another_store_does_not_take_the_place_of_one_that_opens(store: Path, tmp_path: Path) -> None:
    with create_workspace(tmp_path / "annan.kvdb", PASSPHRASE) as other:
        name = backups.make(other, Reason.BY_HAND).name
    with pytest.raises(RefusedError, match="annan databas"):
        restoring.restore(store, tmp_path / "annan.backups", name, PASSPHRASE)
    assert value(store) == NOW


def test_a_disk_that_fills_up_leaves_the_store_as_it_was(store: Path, tmp_path: Path) -> None:
    size = store.stat().st_size // 1024
    with small_disk.mounted(tmp_path / "disk", 4 * size) as disk:
        place = Path(shutil.copy(store, disk / "prov.kvdb"))
        shutil.copy(key_file.path_of(store), key_file.path_of(place))
        small_disk.fill(disk, size // 2)
        with pytest.raises(RefusedError, match="plats"):
            restoring.restore(place, saved_copies.folder_of(store), the_backup(store), PASSPHRASE)
        (disk / "filler").unlink()
        assert value(place) == NOW


def test_a_cancelled_restoring_leaves_the_store_as_it_was(store: Path) -> None:
    def told(_done: int, _total: int | None, what: str) -> None:
        if what == "Kopierar databasen":
            progress.cancel()

    progress = Progress(told)
    with pytest.raises(CancelledError):
        restoring.restore(store, saved_copies.folder_of(store), the_backup(store), PASSPHRASE, progress=progress)
    assert value(store) == NOW


@pytest.mark.parametrize("name", ["../annat.kvdb", "..", "", "\x00"], ids=repr)
def test_a_decision_that_somebody_else_wrote_leads_nowhere_and_is_said(store: Path, name: str) -> None:
    replacing.place_for(store).write_bytes(b"annat")
    store.with_name(store.name + ".keys.coming").write_bytes(name.encode() + b"\n{}")
    before = store.read_bytes()
    with pytest.raises(StoreError, match="avbröts"):
        open_workspace(store, PASSPHRASE, write=True)
    assert store.read_bytes() == before
    assert not (store.parent.parent / "annat.kvdb").exists()


# where the process dies


@pytest.mark.long
@killed.can_fork
def test_a_process_that_dies_at_any_step_leaves_the_store_as_it_was_or_restored(store: Path, tmp_path: Path) -> None:
    seen = []
    folder = saved_copies.folder_of(store)
    name = the_backup(store)
    for step in range(100):
        place = tmp_path / str(step)
        place.mkdir()
        copy = Path(shutil.copy(store, place / "prov.kvdb"))
        shutil.copy(key_file.path_of(store), key_file.path_of(copy))
        died = killed.at_step(step, lambda copy=copy: restoring.restore(copy, folder, name, PASSPHRASE))  # type: ignore[misc]
        seen.append(value(copy))
        assert not replacing.is_decided(copy)
        if not died:
            break
    assert seen == [NOW] * seen.count(NOW) + [THEN] * seen.count(THEN)
    assert seen.count(NOW) > 5
    assert seen.count(THEN) > 5


@killed.can_fork
def test_a_process_that_dies_while_it_restores_a_lost_store_leaves_none_or_the_restored_one(
    store: Path, tmp_path: Path
) -> None:
    folder, name = saved_copies.folder_of(store), the_backup(store)
    for step in (0, 3, 6, 7, 8, 9, 10, 11, 12):
        place = tmp_path / f"{step}" / "prov.kvdb"
        died = killed.at_step(step, lambda place=place: restoring.restore(place, folder, name, PASSPHRASE))  # type: ignore[misc]
        try:
            assert value(place) == THEN
        except StoreError:
            assert died
            restoring.restore(place, folder, name, PASSPHRASE)
            assert value(place) == THEN
