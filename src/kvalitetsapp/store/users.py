"""Who may open the store, as what; who was removed stays told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import user_name
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.store import meta
from kvalitetsapp.store.keys import Owner, SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store


@dataclass(frozen=True, slots=True)
class User:
    """Someone who may open the store: name, unit, roles, and the public key that data keys are sealed to."""

    user: int
    name: str
    unit: str
    roles: frozenset[Role]
    public_key: bytes
    added_at: str
    added_by: str
    removed_at: str | None = None
    removed_by: str | None = None


def add(store: Store, name: str, unit: str, roles: Iterable[Role], public_key: bytes, by: str) -> int:
    """Add a user and return the row's number."""
    user = store.write(
        "INSERT INTO users (name, unit, public_key, added_at, added_by) VALUES (?, ?, ?, ?, ?)",
        (name, unit, public_key.hex(), this_moment(), by),
    )
    store.write_many("INSERT INTO user_roles (user, role) VALUES (?, ?)", ((user, role.value) for role in roles))
    return user


def remove(store: Store, user: int, by: str) -> None:
    """Note that a user may open the store no longer."""
    store.write("UPDATE users SET removed_at = ?, removed_by = ? WHERE user = ?", (this_moment(), by, user))


def set_roles(store: Store, user: int, roles: Iterable[Role], unit: str) -> None:
    """Give a user other roles and another unit."""
    store.write("UPDATE users SET unit = ? WHERE user = ?", (unit, user))
    store.write("DELETE FROM user_roles WHERE user = ?", (user,))
    store.write_many("INSERT INTO user_roles (user, role) VALUES (?, ?)", ((user, role.value) for role in roles))


def set_public_key(store: Store, user: int, public_key: bytes) -> None:
    """Note the public key of a user's new key pair."""
    store.write("UPDATE users SET public_key = ? WHERE user = ?", (public_key.hex(), user))


def all_users(store: Store, *, removed: bool = False) -> tuple[User, ...]:
    """Return the users by name; with `removed` also those who may open the store no longer."""
    roles: dict[int, set[Role]] = {}
    for user, role in store.rows("SELECT user, role FROM user_roles"):
        roles.setdefault(user, set()).add(Role(role))
    rows = store.rows(
        "SELECT user, name, unit, public_key, added_at, added_by, removed_at, removed_by FROM users "
        "WHERE ? OR removed_at IS NULL ORDER BY name, user",
        (removed,),
    )
    return tuple(
        User(user, name, unit, frozenset(roles.get(user, ())), bytes.fromhex(public_key), *rest)
        for user, name, unit, public_key, *rest in rows
    )


def named(store: Store, name: str) -> User | None:
    """Return the user of a name who may open the store, however the name was typed."""
    return next((user for user in all_users(store) if user_name.same(user.name, name)), None)


def public_key_of(store: Store, owner: Owner) -> bytes | None:
    """Return the public key that the store knows the owner of a slot by, None where it knows no such owner."""
    if owner.kind is SlotKind.RECOVERY:
        known = meta.get(store, meta.RECOVERY_KEY)
        return None if known is None else bytes.fromhex(known)
    found = next((user for user in all_users(store) if user.name == owner.name), None)
    return None if found is None else found.public_key
