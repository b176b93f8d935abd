"""What a workstation remembers: a secret of its own in the system's store of credentials, which ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import RefusedError, StoreError, WrongPassphraseError
from kvalitetsapp.services import rekeying, remembering, stores, users
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, key_file
from support import store_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

keyring = pytest.importorskip("keyring", reason="the library is optional")
backend = pytest.importorskip("keyring.backend")

ANNA, BO, NEW = "annas egna ord", "bos egna ord här", "något helt annat nu"


class Kept(backend.KeyringBackend):  # type: ignore[misc, name-defined]
    """A store of credentials in a dictionary."""

    priority: ClassVar[float] = 5

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


class Plain(Kept):
    """One that keeps secrets where others can read them."""

    priority: ClassVar[float] = 0.5


class Locked(Kept):
    """One that does not answer."""

    def set_password(self, *_told: str) -> None:
        raise keyring.errors.KeyringLocked


@pytest.fixture
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """The system's store of credentials, empty; chosen by name, as where others are reached by sockets."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{__name__}.Kept")
    before, own = keyring.get_keyring(), getattr(request, "param", Kept)()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of Anna and Bo, who are administrators."""
    path = tmp_path_factory.mktemp("remembering") / "klinik.kvdb"
    with create_workspace(path, ANNA, user="Anna") as workspace:
        users.add(workspace, "Bo", "", {Role.ADMINISTRATOR}, BO)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return store_files.copy(made, tmp_path)


def opens_by_itself(path: Path, user: str | None = "Anna") -> bool:
    try:
        open_workspace(path, "", write=False, user=user).close()
    except StoreError:
        return False
    return True


def test_nothing_is_remembered_until_the_user_wants_it_and_not_after(path: Path, kept: Kept) -> None:
    assert not opens_by_itself(path)
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        remembering.remember(workspace, ANNA)
        assert audit.entries(workspace.store, 1)[0].action == "remembered"
        assert stores.check_store(workspace) == []
    assert remembering.is_remembered(path, "anna")
    assert opens_by_itself(path)
    assert not opens_by_itself(path, "Bo")
    with open_workspace(path, "", write=True, user="anna") as workspace:
        remembering.forget(workspace)
        assert audit.entries(workspace.store, 1)[0].action == "forgotten"
    assert not remembering.is_remembered(path, "Anna")
    assert not opens_by_itself(path)
    assert kept.secrets == {}


def test_the_passphrase_is_not_what_is_kept_and_what_is_kept_opens_nothing_elsewhere(path: Path, kept: Kept) -> None:
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        with pytest.raises(WrongPassphraseError):
            remembering.remember(workspace, BO)
        remembering.remember(workspace, ANNA)
    (secret,) = kept.secrets.values()
    assert ANNA not in secret
    assert len(bytes.fromhex(secret)) == 32
    with pytest.raises(WrongPassphraseError):
        open_workspace(path, secret, write=False, user="Anna")


@pytest.mark.parametrize("how", ["passphrase", "reset", "remove"])
def test_it_ends_when_the_passphrase_is_another_or_the_user_is_removed(path: Path, kept: Kept, how: str) -> None:
    with open_workspace(path, BO, write=True, user="Bo") as workspace:
        remembering.remember(workspace, BO)
        earlier = key_file.path_of(path).read_bytes()
        if how == "passphrase":
            users.change_passphrase(workspace, BO, NEW)
    if how != "passphrase":
        with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
            if how == "reset":
                users.reset_passphrase(workspace, "Bo", NEW)
            else:
                users.remove(workspace, "Bo")
            assert stores.check_store(workspace) == []
    assert not opens_by_itself(path, "Bo")
    if how != "passphrase":
        key_file.path_of(path).write_bytes(earlier)
        with pytest.raises((StoreError, RefusedError)):
            open_workspace(path, "", write=False, user="Bo")


def test_it_goes_on_after_a_new_data_key(path: Path, kept: Kept) -> None:
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        remembering.remember(workspace, ANNA)
        rekeying.rekey(workspace)
    assert opens_by_itself(path)


def test_a_secret_that_does_not_fit_is_told_of_and_forgotten(path: Path, kept: Kept) -> None:
    with open_workspace(path, ANNA, write=True, user="Anna") as workspace:
        remembering.remember(workspace, ANNA)
    (entry,) = kept.secrets
    kept.secrets[entry] = "00" * 32
    with pytest.raises(WrongPassphraseError, match="öppnar inte längre databasen för Anna"):
        open_workspace(path, "", write=False, user="Anna")
    assert kept.secrets == {}
    with pytest.raises(StoreError, match="Lösenfrasen saknas"):
        open_workspace(path, "", write=False, user="Anna")


@pytest.mark.parametrize(
    ("kept", "said"), [(Plain, "ingen nyckelring som går att använda"), (Locked, "svarade inte")], indirect=["kept"]
)
def test_a_store_of_credentials_that_cannot_be_used_is_said_in_a_sentence(path: Path, kept: Kept, said: str) -> None:
    before = key_file.path_of(path).read_bytes()
    with (
        open_workspace(path, ANNA, write=True, user="Anna") as workspace,
        pytest.raises(RefusedError, match=said),
    ):
        remembering.remember(workspace, ANNA)
    assert key_file.path_of(path).read_bytes() == before
