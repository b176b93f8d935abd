"""The way in where files are damaged, missing or of another store, and stores that had no keys yet."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kvalitetsapp.domain.rights import FOUNDER, Role
from kvalitetsapp.errors import RefusedError, StoreError, WrongPassphraseError
from kvalitetsapp.services import entrance, rekeying, stores, users
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, key_file, migrations
from kvalitetsapp.store.connection import Store
from support import crash_images, store_files
from support.counties import PASSPHRASE

STORES = Path(__file__).parents[1] / "stores"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("entrance") / "klinik.kvdb"
    create_workspace(path, PASSPHRASE, user="Anna").close()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "databas"
    folder.mkdir()
    return store_files.copy(made, folder)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of version 1, whose passphrase is its key."""
    folder = tmp_path / "databas"
    folder.mkdir()
    return Path(shutil.copy(STORES / "version-1.kvdb", folder))


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return such a store, closed, after whoever is logged in opened it: it has keys, and lies beside as it was."""
    path = Path(shutil.copy(STORES / "version-1.kvdb", tmp_path_factory.mktemp("taken")))
    open_workspace(path, PASSPHRASE, write=True).close()
    return path


@pytest.fixture
def keyed(taken: Path, tmp_path: Path) -> Path:
    """A store of version 1 that has been given its keys."""
    return Path(shutil.copytree(taken.parent, tmp_path / "databas")) / taken.name


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# keys that are damaged


@pytest.mark.parametrize(
    ("which", "damage"), [("file", "cut"), ("file", "gone"), ("file", "foreign"), ("copy", "cut"), ("copy", "foreign")]
)
def test_a_damaged_file_of_keys_is_told_of_once_and_written_again_by_who_may_write(
    path: Path, tmp_path: Path, which: str, damage: str
) -> None:
    broken = key_file.path_of(path) if which == "file" else key_file.copy_of(path)
    whole = key_file.path_of(path).read_bytes()
    if damage == "foreign":
        other = tmp_path / "annan.kvdb"
        create_workspace(other, PASSPHRASE, user="Anna").close()
        broken.write_bytes(key_file.path_of(other).read_bytes())
    elif damage == "gone":
        broken.unlink()
    else:
        broken.write_bytes(whole[:-40])
    said = {"cut": "är skadad", "gone": "saknas", "foreign": "hör till en annan databas"}[damage]
    with open_workspace(path, PASSPHRASE, write=False) as workspace:
        (finding,) = workspace.findings
        assert f"{broken} {said}" in finding
        assert "skrivs om när" in finding
        assert any(said in fault for fault in stores.check_store(workspace))
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        (finding,) = workspace.findings
        assert "nu skriven på nytt" in finding
        entry = audit.entries(workspace.store, 1)[0]
        assert (entry.who, entry.action) == ("Anna", "keys_repaired")
        assert stores.check_store(workspace) == []
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        assert workspace.findings == ()
    assert key_file.path_of(path).read_bytes() == key_file.copy_of(path).read_bytes()


def test_a_copy_that_is_not_there_is_made_without_a_word(path: Path) -> None:
    key_file.copy_of(path).unlink()
    with open_workspace(path, PASSPHRASE, write=False) as workspace:
        assert stores.check_store(workspace) == []
        assert workspace.findings == ()
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        assert workspace.findings == ()
    assert key_file.path_of(path).read_bytes() == key_file.copy_of(path).read_bytes()


def test_two_damaged_files_of_keys_are_said_so_and_nothing_is_written(path: Path) -> None:
    for file in (key_file.path_of(path), key_file.copy_of(path)):
        file.write_bytes(b"")
    before = contents(path.parent)
    with pytest.raises(StoreError, match="skadad, och dess kopia också"):
        open_workspace(path, PASSPHRASE, write=True)
    assert contents(path.parent) == before


def test_a_store_whose_keys_are_gone_names_the_file_and_both_possibilities(path: Path) -> None:
    key_file.remove(path)
    with pytest.raises(WrongPassphraseError, match=r"klinik\.kvdb\.keys finns inte.*äldre version.*säkerhetskopian"):
        open_workspace(path, PASSPHRASE, write=True)
    assert entrance.names(path) == ()


def test_keys_without_a_store_are_no_store(path: Path) -> None:
    path.unlink()
    with pytest.raises(StoreError, match="Det finns ingen databas"):
        open_workspace(path, PASSPHRASE, write=True)
    keys = key_file.path_of(path).read_bytes()
    create_workspace(path, PASSPHRASE, user="Bo").close()
    assert path.with_name("klinik.kvdb.keys.earlier").read_bytes() == keys


def test_a_store_under_the_keys_of_another_says_that_they_do_not_belong_together(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "annan.kvdb"
    create_workspace(other, PASSPHRASE, user="Anna").close()
    for of in (key_file.path_of, key_file.copy_of):
        shutil.copy(of(other), of(path))
    with pytest.raises(StoreError, match=r"passar inte till.*filerna hör inte ihop"):
        open_workspace(path, PASSPHRASE, write=True)
    with pytest.raises(WrongPassphraseError):
        open_workspace(path, "fel ord", write=True)


@pytest.mark.parametrize("content", [b"", b"x" * 10, b"SQLite format 3\0" * 300, bytes(8192)])
def test_a_file_that_is_no_store_is_said_so_with_its_keys_and_without(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"är tom|passar inte|går inte att öppna"):
        open_workspace(path, PASSPHRASE, write=True)
    key_file.remove(path)
    with pytest.raises(StoreError, match=r"är tom|finns inte bredvid|går inte att öppna"):
        open_workspace(path, PASSPHRASE, write=True)


# stores of old


def test_a_store_of_old_gets_keys_and_stays_beside_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with open_workspace(old, PASSPHRASE, write=True, user="Anna") as workspace:
        assert (workspace.user, workspace.roles) == ("Anna", FOUNDER)
        assert migrations.version(workspace.store.conn) == migrations.NEWEST
        assert stores.check_store(workspace) == []
        assert audit.entries(workspace.store, 1)[0].action == "keys_introduced"
    assert key_file.read(old).keys.users == ("Anna",)
    aside = old.with_name(old.name + ".before-keys")
    with closing(Store.open(aside, PASSPHRASE, read_only=True, migrate=False)) as earlier:
        assert migrations.version(earlier.conn) == 1
    assert len(before) == len(aside.read_bytes())
    assert {file.name for file in old.parent.iterdir() if file.is_file()} == {
        old.name + ending for ending in ("", ".before-keys", ".keys", ".keys.copy", ".lock")
    }


def test_a_store_of_old_opened_without_a_name_is_signed_by_whoever_is_logged_in(old: Path) -> None:
    with open_workspace(old, PASSPHRASE, write=True) as workspace:
        assert workspace.user == workspace.account == entrance.login()
    with open_workspace(old, PASSPHRASE, write=False) as workspace:
        assert workspace.user == entrance.login()


@pytest.mark.parametrize("login", ["19681209-9874", "an\u202ena", "an\nna"])
def test_a_login_that_cannot_be_a_users_name_is_not_signed_with(
    keyed: Path, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    first = entrance.login()
    monkeypatch.setattr("getpass.getuser", lambda: login)
    with open_workspace(keyed, PASSPHRASE, write=False) as workspace:
        assert workspace.user == workspace.account == first


def test_what_the_old_passphrase_still_opens_is_told_when_somebody_goes_or_the_key_is_exchanged(
    keyed: Path,
) -> None:
    with open_workspace(keyed, PASSPHRASE, write=True) as workspace:
        users.add(workspace, "Bo", "", {Role.REVIEWER}, "bos egna ord här")
        for said in (users.remove(workspace, "Bo").said, rekeying.rekey(workspace).said):
            assert f"Kvar ligger {keyed.name}.before-keys, som öppnas med den gamla lösenfrasen." in said
        keyed.with_name(keyed.name + ".before-keys").unlink()
        assert "Kvar ligger" not in rekeying.rekey(workspace).said


def test_a_wrong_passphrase_changes_nothing_in_a_store_of_old(old: Path) -> None:
    before = contents(old.parent)
    with pytest.raises(WrongPassphraseError, match="äldre version"):
        open_workspace(old, "fel ord", write=True)
    with pytest.raises(StoreError, match="äldre än programmet"):
        open_workspace(old, PASSPHRASE, write=False)
    assert contents(old.parent) == before


def test_a_copy_of_the_store_of_old_that_is_put_back_is_taken_again_and_its_keys_set_aside(keyed: Path) -> None:
    keys = key_file.path_of(keyed).read_bytes()
    shutil.copy(STORES / "version-1.kvdb", keyed)
    with open_workspace(keyed, PASSPHRASE, write=True, user="Bo") as workspace:
        assert workspace.account == "Bo"
        assert stores.check_store(workspace) == []
        (said,) = workspace.findings
        assert "någon har bytt ut filen" in said
        assert ".keys.earlier" in said
    assert keyed.with_name(keyed.name + ".keys.earlier").read_bytes() == keys
    assert keyed.with_name(keyed.name + ".before-keys-2").exists()


def test_a_store_of_old_that_somebody_else_has_open_is_left_as_it_is(old: Path) -> None:
    with closing(Store.open(old, PASSPHRASE, read_only=True, migrate=False)) as other:
        assert other.value("SELECT count(*) FROM meta") > 0
        other.conn.execute("BEGIN")
        other.rows("SELECT * FROM meta")
        with pytest.raises(RefusedError):
            open_workspace(old, PASSPHRASE, write=True)
        other.conn.rollback()
    assert not key_file.exists(old)
    open_workspace(old, PASSPHRASE, write=True).close()


@pytest.mark.long
def test_whenever_the_process_dies_the_store_of_old_or_the_new_one_opens(old: Path, tmp_path: Path) -> None:
    size = old.stat().st_size
    with crash_images.taken(old.parent, tmp_path / "bilder") as images:
        open_workspace(old, PASSPHRASE, write=True, user="Anna").close()
    assert len(images.folders) >= 6
    for folder in images.folders:
        image = folder / old.name
        with open_workspace(image, PASSPHRASE, write=True, user="Anna") as workspace:
            assert stores.check_store(workspace) == []
            assert workspace.store.value("SELECT count(*) FROM audit WHERE action = 'keys_introduced'") == 1
            assert workspace.store.value("SELECT count(*) FROM episodes") > 0
            assert workspace.findings == ()
        assert (folder / (old.name + ".before-keys")).stat().st_size == size
        assert not [file for file in folder.iterdir() if "adopting" in file.name or file.suffix == ".tmp"]
