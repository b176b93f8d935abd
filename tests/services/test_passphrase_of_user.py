"""Whose passphrase it is, asked of a store that is open, and the store handed over to another user."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.services import entrance
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import audit, key_file, keys
from kvalitetsapp.store.keys import Owner, StoreKey
from support import store_files, two_users
from support.two_users import FINANCE, FINANCES, REVIEWER, REVIEWERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_users.make(tmp_path_factory.mktemp("two-users"))


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Return the store of two users, open for its first."""
    opened = open_workspace(store_files.copy(made, tmp_path), REVIEWERS, write=True, user=REVIEWER)
    yield opened
    opened.close()


def test_a_passphrase_is_its_users_alone(workspace: Workspace) -> None:
    assert workspace.is_passphrase(REVIEWERS)
    for wrong in (FINANCES, "", "\ud800", REVIEWERS + " "):
        assert not workspace.is_passphrase(wrong)
    assert entrance.is_passphrase_of(workspace.store, FINANCE, FINANCES)
    assert not entrance.is_passphrase_of(workspace.store, "Ingen", FINANCES)


def test_it_can_be_asked_from_another_thread_while_the_store_is_written_to(workspace: Workspace) -> None:
    answers: list[bool] = []
    with workspace.store.transaction():
        asker = threading.Thread(target=lambda: answers.append(workspace.is_passphrase(REVIEWERS)))
        asker.start()
        asker.join()
    assert answers == [True]


def test_a_slot_that_somebody_put_into_the_file_of_keys_opens_nothing(workspace: Workspace) -> None:
    """Who can write to the folder knows the names and public keys, but not the data key."""
    known = key_file.read(workspace.path).keys
    theirs = next(iter(known.of(Owner(REVIEWER))), None)
    assert theirs is not None
    assert isinstance(workspace.store.key, StoreKey)
    invented = StoreKey(bytes(32), workspace.store.key.mark)
    put = keys.new_slot(known.store_id, Owner(REVIEWER), "inkräktarens fras", (invented,))
    key_file.write(workspace.path, known.replacing(put))
    assert not workspace.is_passphrase("inkräktarens fras")
    key_file.write(workspace.path, known.replacing(replace(put, public_key=theirs.public_key)))
    with pytest.raises(StoreError, match="ändrad utanför programmet"):
        workspace.is_passphrase("inkräktarens fras")


def test_the_one_who_takes_over_has_their_own_name_roles_and_unit_in_what_is_written(workspace: Workspace) -> None:
    other = workspace.handed_over(FINANCE, FINANCES)
    assert other.store is workspace.store
    assert other.writer_lock is workspace.writer_lock
    assert (other.user, other.account, other.unit, other.roles) == (
        FINANCE,
        FINANCE,
        "Ekonomi",
        frozenset({Role.FINANCE}),
    )
    entry = audit.entries(other.store)[0]
    assert (entry.who, entry.object, entry.unit, entry.role) == (FINANCE, REVIEWER, "Ekonomi", "finance")


@pytest.mark.parametrize(("user", "passphrase"), [(FINANCE, "fel"), ("Ingen", FINANCES), (FINANCE, "")])
def test_with_a_wrong_passphrase_all_stays_with_the_one_before(
    workspace: Workspace, user: str, passphrase: str
) -> None:
    before, entries = workspace.store.at_work, audit.entries(workspace.store)
    with pytest.raises(StoreError, match="passar inte"):
        workspace.handed_over(user, passphrase)
    assert workspace.store.at_work == before
    assert audit.entries(workspace.store) == entries


def test_one_who_was_removed_does_not_take_over(made: Path, tmp_path: Path) -> None:
    path = store_files.copy(made, tmp_path)
    two_users.remove(path, REVIEWERS, [FINANCE])
    with open_workspace(path, REVIEWERS, write=True, user=REVIEWER) as again:
        before = again.store.at_work
        with pytest.raises(RefusedError, match="får inte längre"):
            again.handed_over(FINANCE, FINANCES)
        assert again.store.at_work == before
