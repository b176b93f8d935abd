"""Users: added, changed, removed and let in again, and never anybody locked out by a process that died on the way."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.rights import FOUNDER, Role
from kvalitetsapp.errors import InputError, RefusedError, StoreError, WrongPassphraseError
from kvalitetsapp.services import entrance, stores, users
from kvalitetsapp.services.workspace import Workspace, create_workspace, open_workspace
from kvalitetsapp.store import audit, key_file, key_form, keys
from kvalitetsapp.store.keys import Owner
from support import crash_images, store_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ANNA, BO, EVA = "annas egna ord", "bos egna ord här", "evas egna ord här"
NEW = "något helt annat nu"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of Anna, who may do everything, Bo, who is an administrator too, and Eva, who reviews."""
    path = tmp_path_factory.mktemp("users") / "klinik.kvdb"
    with create_workspace(path, ANNA, user="Anna", unit="Ort") as workspace:
        users.add(workspace, "Bo", "Ekonomi", {Role.FINANCE, Role.ADMINISTRATOR}, BO)
        users.add(workspace, "Eva", "Ort", {Role.REVIEWER}, EVA)
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
        assert audit.first_broken(workspace.store) is None


def opens(path: Path, user: str, passphrase: str) -> bool:
    """Tell whether a passphrase opens the store for a user."""
    try:
        with open_workspace(path, passphrase, write=False, user=user) as workspace:
            return workspace.account == user
    except (WrongPassphraseError, RefusedError):
        return False


def latest(workspace: Workspace) -> tuple[str, str, str]:
    entry = audit.entries(workspace.store, 1)[0]
    return entry.who, entry.action, entry.object


# who comes


def test_everyone_opens_the_store_with_their_own_passphrase_and_is_known_by_name_unit_and_roles(path: Path) -> None:
    for name, passphrase, unit, roles in (
        ("Anna", ANNA, "Ort", FOUNDER),
        ("Bo", BO, "Ekonomi", {Role.FINANCE, Role.ADMINISTRATOR}),
        ("Eva", EVA, "Ort", {Role.REVIEWER}),
    ):
        with open_workspace(path, passphrase, write=True, user=name.upper()) as workspace:
            assert (workspace.user, workspace.account, workspace.unit) == (name, name, unit)
            assert workspace.roles == roles
            assert stores.check_store(workspace) == []
    assert entrance.names(path) == ("Anna", "Bo", "Eva")


@pytest.mark.parametrize(("user", "passphrase"), [("Anna", BO), ("Eva", "fel"), ("Ingen", ANNA), ("Anna", " " + ANNA)])
def test_a_wrong_name_and_a_wrong_passphrase_get_the_same_sentence_and_nothing_is_written(
    path: Path, user: str, passphrase: str
) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(WrongPassphraseError, match=f"passar inte till .* för användaren {user}. Kontrollera namnet"):
        open_workspace(path, passphrase, write=True, user=user)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_user_who_is_not_there_costs_what_one_who_is_does(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derived, real = [], keys.derived

    def counted(passphrase: str, salt: bytes, cost: keys.Cost) -> bytes:
        derived.append(cost)
        return real(passphrase, salt, cost)

    monkeypatch.setattr(keys, "derived", counted)
    for user in ("Anna", "Ingen"):
        with pytest.raises(WrongPassphraseError):
            open_workspace(path, "fel ord här", write=False, user=user)
    assert derived == [keys.Cost()] * 2


def test_without_a_name_the_one_who_is_logged_in_comes_or_the_program_asks_who(path: Path) -> None:
    with pytest.raises(StoreError, match="flera användare"):
        open_workspace(path, ANNA, write=False)
    with open_workspace(path, ANNA, write=True, user="anna") as workspace:
        users.add(workspace, entrance.login(), "", {Role.ANALYST}, NEW)
    with open_workspace(path, NEW, write=False) as workspace:
        assert workspace.account == entrance.login()


def test_a_store_made_without_a_name_is_signed_by_the_login_until_somebody_is_added(tmp_path: Path) -> None:
    path = tmp_path / "delad.kvdb"
    with create_workspace(path, ANNA) as workspace:
        assert workspace.user == workspace.account == entrance.login()
    with open_workspace(path, ANNA, write=True, user=entrance.login()) as workspace:
        users.add(workspace, "Bo", "", {Role.REVIEWER}, BO)
        assert workspace.user == workspace.account
    with open_workspace(path, BO, write=False, user="bo") as workspace:
        assert workspace.user == "Bo"


# adding


def test_who_was_added_stands_in_the_list_and_in_the_trace(opened: Workspace) -> None:
    said = users.add(opened, "  Åsa  Berg ", "Ort", {Role.ANALYST, Role.REVIEWER}, NEW).said
    assert said.startswith("Åsa Berg är tillagd som granskare, analytiker.")
    assert latest(opened) == ("Anna", "user_added", "Åsa Berg")
    assert [(one.name, one.opens, one.is_you) for one in users.list_users(opened)] == [
        ("Anna", True, True),
        ("Bo", True, False),
        ("Eva", True, False),
        ("Åsa Berg", True, False),
    ]
    assert users.table(opened).rows[3][:4] == ("Åsa Berg", "Ort", "reviewer analyst", 1)


@pytest.mark.parametrize(
    ("name", "roles", "passphrase", "said"),
    [
        ("eva", {Role.REVIEWER}, NEW, "finns redan en användare som heter Eva"),
        ("", {Role.REVIEWER}, NEW, "Namnet saknas"),
        ("19680909-1239", {Role.REVIEWER}, NEW, "personnummer"),
        ("Ny", set(), NEW, "minst en roll"),
        ("Ny", {Role.REVIEWER}, "kort", "för kort"),
        ("Ny Person", {Role.REVIEWER}, "nyperson1", "lätt att gissa"),
        ("Ny", {Role.REVIEWER}, "klinik12", "lätt att gissa"),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason_and_the_keys_are_as_they_were(
    opened: Workspace, name: str, roles: set[Role], passphrase: str, said: str
) -> None:
    before = key_file.path_of(opened.path).read_bytes()
    with pytest.raises((InputError, RefusedError), match=said):
        users.add(opened, name, "", roles, passphrase)
    assert key_file.path_of(opened.path).read_bytes() == before


def test_who_is_no_administrator_may_not_and_the_attempt_is_in_the_trace(path: Path) -> None:
    with open_workspace(path, EVA, write=True, user="Eva") as workspace:
        attempts: tuple[Callable[[], object], ...] = (
            lambda: users.add(workspace, "Ny", "", {Role.ADMINISTRATOR}, NEW),
            lambda: users.change(workspace, "Eva", roles={Role.ADMINISTRATOR}),
            lambda: users.remove(workspace, "Bo"),
            lambda: users.reset_passphrase(workspace, "Bo", NEW),
            lambda: users.list_users(workspace),
        )
        for service in attempts:
            with pytest.raises(RefusedError, match="Du har inte rätt att"):
                service()
            assert latest(workspace)[1] == "refused"


# changing


def test_other_roles_and_another_unit_count_from_the_next_opening_and_for_oneself_at_once(
    opened: Workspace, path: Path
) -> None:
    users.change(opened, "eva", unit="Ekonomi", roles={Role.FINANCE})
    assert latest(opened) == ("Anna", "user_changed", "Eva")
    users.change(opened, "Anna", roles={Role.ADMINISTRATOR})
    assert opened.roles == {Role.ADMINISTRATOR}
    assert opened.store.at_work.role == "administrator"
    with open_workspace(path, EVA, write=False, user="Eva") as workspace:
        assert (workspace.unit, workspace.roles) == ("Ekonomi", frozenset({Role.FINANCE}))


def test_there_is_always_an_administrator_left_who_can_open_the_store(opened: Workspace, path: Path) -> None:
    with pytest.raises(RefusedError, match="Du kan inte ta bort dig själv"):
        users.remove(opened, "Anna")
    users.remove(opened, "Bo")
    with pytest.raises(RefusedError, match="Anna är den enda administratören"):
        users.change(opened, "Anna", roles={Role.REVIEWER})
    users.add(opened, "Bo", "", {Role.ADMINISTRATOR}, BO)
    key_file.write(path, key_file.read(path).keys.without(Owner("Bo")))
    with pytest.raises(RefusedError, match="den enda administratören"):
        users.change(opened, "Anna", roles={Role.REVIEWER})
    with pytest.raises(InputError, match="ingen användare som heter Ingen"):
        users.remove(opened, "Ingen")


def test_who_was_removed_comes_in_no_longer_and_stays_told_of(opened: Workspace, path: Path) -> None:
    users.remove(opened, "EVA")
    assert not opens(path, "Eva", EVA)
    assert entrance.names(path) == ("Anna", "Bo")
    gone = [one for one in users.list_users(opened, removed=True) if one.removed_at]
    assert [(one.name, one.removed_by, one.opens) for one in gone] == [("Eva", "Anna", False)]
    users.add(opened, "Eva", "Ort", {Role.ANALYST}, NEW)
    assert opens(path, "Eva", NEW)
    assert not opens(path, "Eva", EVA)


def test_who_was_removed_comes_in_by_no_earlier_file_of_keys_and_the_attempt_is_in_the_trace(
    opened: Workspace, path: Path
) -> None:
    earlier = key_file.path_of(path).read_bytes()
    users.remove(opened, "Eva")
    key_file.path_of(path).write_bytes(earlier)
    with pytest.raises(RefusedError, match="Eva får inte längre öppna databasen"):
        open_workspace(path, EVA, write=False, user="Eva")
    assert latest(opened) == ("Eva", "refused", "")
    assert any("en plats för Eva som databasen inte känner till" in fault for fault in stores.check_store(opened))


# passphrases


def test_ones_own_passphrase_is_changed_by_telling_the_old_one(path: Path) -> None:
    with open_workspace(path, EVA, write=True, user="Eva") as workspace:
        for old, new, said in (
            ("fel ord här", NEW, "passar inte"),
            (EVA, "kort", "för kort"),
            (EVA, EVA, "densamma"),
        ):
            with pytest.raises((InputError, WrongPassphraseError), match=said):
                users.change_passphrase(workspace, old, new)
        users.change_passphrase(workspace, EVA, NEW)
        assert latest(workspace) == ("Eva", "passphrase_changed", "Eva")
    assert opens(path, "Eva", NEW)
    assert not opens(path, "Eva", EVA)
    assert opens(path, "Anna", ANNA)


def test_an_administrator_gives_who_forgot_a_new_first_passphrase(opened: Workspace, path: Path) -> None:
    before = key_file.read(path).keys.of(Owner("Eva"))
    users.reset_passphrase(opened, "eva", NEW)
    assert latest(opened) == ("Anna", "passphrase_reset", "Eva")
    after = key_file.read(path).keys.of(Owner("Eva"))
    assert len(after) == 1
    assert after[0].public_key != before[0].public_key
    assert opens(path, "Eva", NEW)
    assert not opens(path, "Eva", EVA)
    with pytest.raises(RefusedError, match="Din egen lösenfras"):
        users.reset_passphrase(opened, "Anna", NEW)


def test_a_store_open_to_be_read_only_lets_nobody_in_or_out(path: Path) -> None:
    before = key_file.path_of(path).read_bytes()
    with open_workspace(path, ANNA, write=False, user="Anna") as workspace:
        attempts: tuple[Callable[[], object], ...] = (
            lambda: users.add(workspace, "Ny", "", {Role.REVIEWER}, NEW),
            lambda: users.remove(workspace, "Eva"),
            lambda: users.reset_passphrase(workspace, "Eva", NEW),
            lambda: users.change_passphrase(workspace, ANNA, NEW),
        )
        for service in attempts:
            with pytest.raises(RefusedError, match="enbart för läsning"):
                service()
    assert key_file.path_of(path).read_bytes() == before


# dying on the way

ACTIONS: dict[str, Callable[[Workspace], object]] = {
    "add": lambda workspace: users.add(workspace, "Ny", "", {Role.REVIEWER}, NEW),
    "remove": lambda workspace: users.remove(workspace, "Eva"),
    "reset": lambda workspace: users.reset_passphrase(workspace, "Eva", NEW),
    "passphrase": lambda workspace: users.change_passphrase(workspace, ANNA, NEW),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_whenever_the_process_dies_everyone_who_could_open_the_store_can(
    path: Path, tmp_path: Path, action: str
) -> None:
    with (
        closing(open_workspace(path, ANNA, write=True, user="Anna")) as workspace,
        crash_images.taken(path.parent, tmp_path / "bilder") as images,
    ):
        ACTIONS[action](workspace)
    assert len(images.folders) >= 5
    came_in = []
    for folder in images.folders:
        image = folder / path.name
        assert opens(image, "Bo", BO)
        assert opens(image, "Anna", ANNA) != (action == "passphrase" and opens(image, "Anna", NEW))
        assert opens(image, "Eva", EVA) or action in {"remove", "reset"}
        came_in.append((opens(image, "Eva", EVA), opens(image, "Eva", NEW), opens(image, "Ny", NEW)))
        with open_workspace(image, BO, write=True, user="Bo") as again:
            assert audit.first_broken(again.store) is None
            users.add(again, "Till sist", "", {Role.REVIEWER}, NEW)
            assert stores.check_store(again) == []
    changes = [after for before, after in pairwise(came_in) if before != after]
    assert len(changes) == (action != "passphrase"), "one moment at which it counts, and none between"
    assert action != "reset" or all(old != new for old, new, _other in came_in)


def test_a_slot_that_was_forged_with_the_files_checksum_is_refused(opened: Workspace, path: Path) -> None:
    told = key_file.read(path).keys
    (anna,), (eva,) = told.of(Owner("Anna")), told.of(Owner("Eva"))
    for forged, said in (
        (replace(eva, owner=Owner("Anna")), "passar inte"),
        (replace(anna, public_key=eva.public_key), "ändrad utanför programmet"),
    ):
        changed = key_form.as_bytes(told.replacing(forged))
        key_file.path_of(path).write_bytes(changed)
        key_file.copy_of(path).write_bytes(changed)
        with pytest.raises(StoreError, match=said):
            open_workspace(path, EVA if "passar" in said else ANNA, write=False, user="Anna")
    own = keys.new_slot(told.store_id, Owner("Anna"), NEW, ())
    changed = key_form.as_bytes(told.replacing(replace(own, sealed=anna.sealed)))
    key_file.path_of(path).write_bytes(changed)
    with pytest.raises(StoreError):
        open_workspace(path, NEW, write=False, user="Anna")
