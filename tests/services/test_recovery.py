"""The recovery key: on paper only, for a new passphrase of an administrator only, one at a time, and in the trace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import recovery_key
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import InputError, RefusedError, StoreError, WrongPassphraseError
from kvalitetsapp.services import recovery, stores, users
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, key_file, key_form
from support import crash_images, pdf, store_files, tagged_pdf

if TYPE_CHECKING:
    from pathlib import Path

ANNA, EVA, NEW = "annas egna ord", "evas egna ord här", "något helt annat nu"


def key_on(sheet: Path) -> str:
    """Return the recovery key as a sheet tells it."""
    (page,) = pdf.read(sheet.read_bytes()).pages
    return "-".join(re.findall(r"\b[1-7]\. (\w{5})\b", page))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of Anna, who is an administrator, and Eva, who is none, with its sheet beside it."""
    path = tmp_path_factory.mktemp("recovery") / "klinik.kvdb"
    with create_workspace(path, ANNA, user="Anna") as workspace:
        users.add(workspace, "Eva", "", {Role.REVIEWER}, EVA)
        recovery.make_key(workspace, path.with_name("ark.pdf"))
    return path


@pytest.fixture(scope="module")
def key(made: Path) -> str:
    return key_on(made.with_name("ark.pdf"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "databas"
    folder.mkdir()
    return store_files.copy(made, folder)


def opens(path: Path, user: str, passphrase: str) -> bool:
    try:
        open_workspace(path, passphrase, write=False, user=user).close()
    except (WrongPassphraseError, RefusedError):
        return False
    return True


def test_the_sheet_tells_what_it_is_of_which_store_when_by_whom_and_how_it_is_used(made: Path) -> None:
    sheet = made.with_name("ark.pdf").read_bytes()
    text = pdf.read(sheet).text
    for told in ("Återställningsnyckel", "klinik.kvdb", "av Anna", "key recover NAMN", "lås in det"):
        assert told in text
    assert key_file.read(made).keys.store_id[:8] in text
    read = tagged_pdf.read(sheet)
    assert read.catalog["/Lang"] == "sv-SE"
    assert {"H1", "H2", "P"} <= {node.role for node in read.root.every()}


def test_the_key_stands_nowhere_but_on_the_sheet(made: Path, key: str) -> None:
    plain = (key.encode(), key.replace("-", "").encode())
    files = [file for file in made.parent.iterdir() if file.suffix != ".pdf"]
    assert not [file for file in files if any(form in file.read_bytes() for form in plain)]
    with open_workspace(made, ANNA, write=False, user="Anna") as workspace:
        told = str([workspace.store.rows(f"SELECT * FROM {table}") for table in ("meta", "audit", "users")])
        assert not [group for group in key.split("-") if group in told]
        assert recovery.made(workspace).endswith("av Anna")
        assert audit.entries(workspace.store, 1)[0].action == "recovery_key_made"


def test_it_gives_an_administrator_a_new_passphrase_and_is_in_the_trace(path: Path, key: str) -> None:
    said = recovery.recover(path, key.lower().replace("-", " "), "anna", NEW)
    assert said.startswith("Anna har en ny lösenfras")
    assert not opens(path, "Anna", ANNA)
    assert opens(path, "Eva", EVA)
    with open_workspace(path, NEW, write=True, user="Anna") as workspace:
        entry = audit.entries(workspace.store, 1)[0]
        assert (entry.action, entry.object) == ("recovered_by_key", "Anna")
        assert stores.check_store(workspace) == []


@pytest.mark.parametrize(
    ("name", "passphrase", "error", "said"),
    [
        ("Eva", NEW, InputError, "Eva är inte administratör.*: Anna."),
        ("Ingen", NEW, InputError, "inte administratör"),
        ("Anna", "kort", InputError, "för kort"),
    ],
)
def test_it_opens_the_store_for_nothing_else(
    path: Path, key: str, name: str, passphrase: str, error: type[Exception], said: str
) -> None:
    before = key_file.path_of(path).read_bytes()
    with pytest.raises(error, match=said):
        recovery.recover(path, key, name, passphrase)
    assert key_file.path_of(path).read_bytes() == before
    with pytest.raises(WrongPassphraseError):
        open_workspace(path, key, write=False, user="recovery")


def test_another_key_is_told_from_a_mistyped_one(path: Path, key: str) -> None:
    with pytest.raises(WrongPassphraseError, match="rätt skriven men passar inte"):
        recovery.recover(path, recovery_key.generated(), "Anna", NEW)
    letter = "2" if key[0] != "2" else "3"
    with pytest.raises(InputError, match="Grupp 1 "):
        recovery.demand_fits(path, letter + key[1:])


def test_a_new_key_takes_the_place_of_the_old_one_also_for_who_kept_the_old_file_of_keys(path: Path, key: str) -> None:
    earlier = key_file.path_of(path).read_bytes()
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        recovery.make_key(workspace, path.with_name("ny.pdf"))
    new = key_on(path.with_name("ny.pdf"))
    assert len(key_file.read(path).keys.of(key_form.RECOVERY)) == 1
    with pytest.raises(WrongPassphraseError, match="utbytt mot en nyare"):
        recovery.recover(path, key, "Anna", NEW)
    now = key_file.path_of(path).read_bytes()
    key_file.path_of(path).write_bytes(earlier)
    with pytest.raises(WrongPassphraseError, match="utbytt mot en nyare"):
        recovery.recover(path, key, "Anna", NEW)
    key_file.path_of(path).write_bytes(now)
    recovery.recover(path, new, "Anna", NEW)


def test_a_store_without_a_recovery_key_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ny.kvdb"
    create_workspace(path, ANNA, user="Anna").close()
    with pytest.raises(StoreError, match="har ingen återställningsnyckel"):
        recovery.recover(path, recovery_key.generated(), "Anna", NEW)
    with open_workspace(path, ANNA, write=False) as workspace:
        assert recovery.made(workspace) == ""
    key_file.remove(path)
    with pytest.raises(StoreError, match="finns inte bredvid databasen"):
        recovery.recover(path, recovery_key.generated(), "Anna", NEW)


def test_a_sheet_that_cannot_be_written_leaves_the_earlier_key(path: Path, key: str) -> None:
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        with pytest.raises(RefusedError, match="kunde inte skrivas"):
            recovery.make_key(workspace, path.parent / "finns inte" / "ark.pdf")
        assert stores.check_store(workspace) == []
    recovery.recover(path, key, "Anna", NEW)


def test_whenever_the_process_dies_the_sheet_or_the_earlier_one_counts(path: Path, tmp_path: Path, key: str) -> None:
    with (
        open_workspace(path, ANNA, write=True, user="Anna") as workspace,
        crash_images.taken(path.parent, tmp_path / "bilder") as images,
    ):
        recovery.make_key(workspace, path.with_name("ny.pdf"))
    new, counting = key_on(path.with_name("ny.pdf")), []
    for folder in images.folders:
        image = folder / path.name
        assert opens(image, "Anna", ANNA)
        with open_workspace(image, ANNA, write=True, user="Anna"):
            pass
        fitting = [one for one in (key, new) if _recovers(image, one)]
        assert fitting in ([key], [new])
        counting.append(fitting == [new])
        assert not counting[-1] or (folder / "ny.pdf").exists()
    assert counting == sorted(counting)
    assert counting[-1]


def _recovers(path: Path, key: str) -> bool:
    try:
        recovery.recover(path, key, "Anna", NEW)
    except WrongPassphraseError:
        return False
    return True
