"""Users of a store: who may open it, as what, and with which passphrase."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import passphrase as passphrases
from kvalitetsapp.domain import rights, user_name
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.rights import Right, Role
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.user_table import USERS
from kvalitetsapp.errors import InputError, RefusedError, WrongPassphraseError
from kvalitetsapp.services import entrance, key_changes, old_stores
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import key_file, keys, meta, users
from kvalitetsapp.store.connection import AtWork
from kvalitetsapp.store.keys import Owner, SlotKind
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store
    from kvalitetsapp.store.key_form import KeyFile
    from kvalitetsapp.store.users import User

CHANGED: Final[Changes] = frozenset({Changed.USERS})


@dataclass(frozen=True, slots=True)
class KnownUser:
    """A user as a list shows it; `opens` tells whether there is a slot in the file of keys."""

    name: str
    unit: str
    roles: frozenset[Role]
    added_at: str
    added_by: str
    removed_at: str
    removed_by: str
    opens: bool
    is_you: bool


@dataclass(frozen=True, slots=True)
class UserOutcome:
    """What was done, in a sentence."""

    said: str
    changes: Changes = CHANGED


@needs(Right.MANAGE_USERS)
def list_users(workspace: Workspace, *, removed: bool = False) -> tuple[KnownUser, ...]:
    """Return the users by name, with `removed` also those who may open the store no longer."""
    known = key_changes.standing(workspace.store, key_file.read(workspace.store.path).keys)
    return tuple(
        KnownUser(
            user.name,
            user.unit,
            user.roles,
            user.added_at,
            user.added_by,
            user.removed_at or "",
            user.removed_by or "",
            opens=user.removed_at is None and bool(known.of(Owner(user.name))),
            is_you=user.removed_at is None and user.name == workspace.account,
        )
        for user in users.all_users(workspace.store, removed=removed)
    )


@needs(Right.MANAGE_USERS)
def table(workspace: Workspace, *, removed: bool = False) -> Table:
    """Return the users as a table."""
    return Table(
        USERS,
        [
            (
                *(user.name, user.unit, " ".join(role for role in Role if role in user.roles), int(user.opens)),
                *(user.added_at, user.added_by, user.removed_at, user.removed_by),
            )
            for user in list_users(workspace, removed=removed)
        ],
    )


@needs(Right.MANAGE_USERS)
def add(workspace: Workspace, name: str, unit: str, roles: Collection[Role], passphrase: str) -> UserOutcome:
    """Let somebody open the store, with a first passphrase that the user changes.

    With the second user a store that had one passphrase for several ends to: from then on everyone signs by name.

    Raises:
        InputError: the name, the roles or the passphrase cannot be used.
        RefusedError: there is a user of that name, or the store or its keys cannot be written to.
    """
    store, name, unit = workspace.store, user_name.tidied(name), unit.strip()
    _demand(user_name.fault(name) or _fault_of(roles))
    if (there := users.named(store, name)) is not None:
        raise RefusedError(_("Det finns redan en användare som heter {user}.").format(user=there.name))
    demand_strong(workspace, passphrase, name, unit)
    known = key_file.read(store.path).keys
    slot = keys.new_slot(known.store_id, Owner(name), passphrase, (key_changes.data_key(store),))
    detail = json.dumps({"unit": unit, "roles": _codes(roles)}, ensure_ascii=False)
    with key_changes.change(store, workspace.user, "user_added", slot, target=name, detail=detail):
        users.add(store, name, unit, roles, slot.public_key, workspace.user)
        meta.put(store, meta.SHARED, "0")
    workspace.user = workspace.account
    return UserOutcome(
        _("{user} är tillagd som {roles}. Lämna över den första lösenfrasen; den byts vid första tillfälle.").format(
            user=name, roles=rights.roles_in_words(roles)
        )
    )


@needs(Right.MANAGE_USERS)
def change(
    workspace: Workspace, name: str, *, unit: str | None = None, roles: Collection[Role] | None = None
) -> UserOutcome:
    """Give a user other roles or another unit; what is None stays as it is.

    Raises:
        InputError: there is no such user, or no role is left.
        RefusedError: nobody would be an administrator any longer.
    """
    store, user = workspace.store, _user(workspace.store, name)
    after = replace(
        user, unit=user.unit if unit is None else unit.strip(), roles=user.roles if roles is None else frozenset(roles)
    )
    _demand(_fault_of(after.roles))
    _demand_administrator(store, after)
    detail = {"unit": [user.unit, after.unit], "roles": [_codes(user.roles), _codes(after.roles)]}
    told = json.dumps(detail, ensure_ascii=False)
    with workspace.action("user_changed", target=user.name, detail=told):
        users.set_roles(store, user.user, after.roles, after.unit)
    if user.name == workspace.account:
        workspace.roles, workspace.unit = after.roles, after.unit
        store.at_work = AtWork(after.unit, " ".join(sorted(after.roles)))
        workspace.veil()
    return UserOutcome(_("{user} är nu {roles}.").format(user=user.name, roles=rights.roles_in_words(after.roles)))


@needs(Right.MANAGE_USERS)
def remove(workspace: Workspace, name: str) -> UserOutcome:
    """Let a user open the store no longer; what the user did stays told of.

    Raises:
        InputError: there is no such user.
        RefusedError: it is oneself, or the last administrator.
    """
    store, user = workspace.store, _user(workspace.store, name)
    if user.name == workspace.account:
        raise RefusedError(_("Du kan inte ta bort dig själv. Låt en annan administratör göra det."))
    _demand_administrator(store, replace(user, roles=frozenset()))
    with key_changes.change(store, workspace.user, "user_removed", target=user.name):
        users.remove(store, user.user, workspace.user)
    said = [
        _(
            "{user} kommer inte längre in. Har användaren kvar en kopia av filerna går den ännu att läsa. Byt "
            "databasens nyckel, så gäller den gamla inte för det som skrivs härefter."
        ).format(user=user.name),
        old_stores.left_behind(store.path),
    ]
    return UserOutcome(" ".join(filter(None, said)))


@needs(Right.MANAGE_USERS)
def reset_passphrase(workspace: Workspace, name: str, passphrase: str) -> UserOutcome:
    """Give a user who has forgotten the passphrase a new first one, with a new key pair.

    Raises:
        InputError: there is no such user, or the passphrase cannot be used.
        RefusedError: it is oneself, who changes it by telling the old one.
    """
    store, user = workspace.store, _user(workspace.store, name)
    if user.name == workspace.account:
        raise RefusedError(_("Din egen lösenfras byter du genom att ange den du har."))
    demand_strong(workspace, passphrase, user.name, user.unit)
    known = key_file.read(store.path).keys
    slot = keys.new_slot(known.store_id, Owner(user.name), passphrase, (key_changes.data_key(store),))
    with key_changes.change(store, workspace.user, "passphrase_reset", slot, target=user.name):
        users.set_public_key(store, user.user, slot.public_key)
    return UserOutcome(_("{user} har en ny första lösenfras. Den gamla gäller inte längre.").format(user=user.name))


def change_passphrase(workspace: Workspace, old: str, new: str) -> UserOutcome:
    """Change one's own passphrase, which everyone may; what workstations remember of the user ends.

    Raises:
        WrongPassphraseError: the old one does not fit.
        InputError: the new one cannot be used.
        RefusedError: the keys or the trace cannot be written to; the old one counts.
    """
    store, name = workspace.store, workspace.account
    key_changes.demand_writable(store)
    visitor = entrance.knock(store.path, old, name)
    if new == old:
        raise InputError(_("Den nya lösenfrasen är densamma som den gamla."))
    demand_strong(workspace, new, name, workspace.unit)
    known = key_changes.standing(store, key_file.read(store.path).keys)
    slot = next((slot for slot in known.of(Owner(name)) if slot.public_key in visitor.private_keys), None)
    if slot is None:
        raise WrongPassphraseError(_("Lösenfrasen du har passar inte. Inget har ändrats."))
    private = visitor.private_keys[slot.public_key]
    changed = without_workstations(known, name).replacing(
        keys.slot_for(slot, known.store_id, private, Owner(name), new)
    )
    with key_file.written(store.path, changed), workspace.action("passphrase_changed", target=name):
        pass  # nothing in the store tells a passphrase
    return UserOutcome(_("Lösenfrasen är bytt."))


def without_workstations(known: KeyFile, name: str) -> KeyFile:
    """Return the keys without what workstations remember of a user."""
    slots = (slot for slot in known.slots if slot.owner.name != name or slot.owner.kind is not SlotKind.WORKSTATION)
    return replace(known, slots=tuple(slots))


def demand_strong(workspace: Workspace, passphrase: str, *known: str) -> None:
    """Make sure that a new passphrase is not guessed at once.

    Raises:
        InputError: it is too short, or easy to guess.
    """
    _demand(passphrases.weakness(passphrase, *known, workspace.path.stem))


def _user(store: Store, name: str) -> User:
    found = users.named(store, name)
    if found is None:
        raise InputError(_("Det finns ingen användare som heter {user}.").format(user=user_name.tidied(name)))
    return found


def _fault_of(roles: Collection[Role]) -> str:
    return "" if roles else _("Välj minst en roll för användaren.")


def _demand(fault: str) -> None:
    if fault:
        raise InputError(fault)


def _demand_administrator(store: Store, after: User) -> None:
    """Make sure that somebody who can open the store is an administrator after a change of a user."""
    known = key_changes.standing(store, key_file.read(store.path).keys)
    others = [user for user in users.all_users(store) if user.user != after.user]
    if not any(Role.ADMINISTRATOR in user.roles and known.of(Owner(user.name)) for user in (*others, after)):
        raise RefusedError(
            _("{user} är den enda administratören. Gör först någon annan till administratör.").format(user=after.name)
        )


def _codes(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)
