"""What a workstation remembers of a user, where the user wants it: in the operating system's store of credentials.

It is no passphrase but a random secret of this workstation, which opens a slot of its own with the user's private key.
So it ends when the user changes the passphrase, gets a new one or is removed. The library for it is optional.
"""

from __future__ import annotations

import os
import platform
import secrets
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.errors import RefusedError, WrongPassphraseError
from kvalitetsapp.services import entrance, key_changes
from kvalitetsapp.store import key_file, keys, lock
from kvalitetsapp.store.keys import Owner, SlotKind
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.entrance import Visitor
    from kvalitetsapp.services.workspace import Workspace

SERVICE: Final = "Kvalitetsapp"
_SECRET_BYTES: Final = 32
_WITHOUT_SOCKETS: Final = frozenset({"win32", "darwin"})
"""Where the credentials are reached without a socket, which no code of the program opens; on Linux they are not."""
_CHOSEN: Final = "PYTHON_KEYRING_BACKEND"  # how the library is told which store of credentials to use


@dataclass(frozen=True, slots=True)
class RememberOutcome:
    """What was done, in a sentence."""

    said: str
    changes: Changes = NOTHING_CHANGED


def is_remembered(path: Path, user: str | None) -> bool:
    """Tell whether this workstation is to remember a user of the store at `path`; the credentials are not asked."""
    return _owner_there(path, user) is not None


def knock(path: Path, user: str | None) -> Visitor:
    """Knock at a store with what this workstation remembers; what no longer opens it is forgotten.

    Raises:
        StoreError: nothing is remembered, or it does not fit any longer.
    """
    owner = _owner_there(path, user)
    secret = None if owner is None else _kept(path, owner.name)
    if owner is None or secret is None:
        return entrance.knock(path, "", user)
    try:
        return entrance.knock(path, entrance.Remembered(owner.place, secret), owner.name)
    except WrongPassphraseError:
        _drop(path, owner.name)
        raise


def remember(workspace: Workspace, passphrase: str) -> RememberOutcome:
    """Let this workstation open the store for its user without the passphrase, which everyone may for themselves.

    Raises:
        WrongPassphraseError: the passphrase does not fit.
        RefusedError: the operating system has no store of credentials that can be used.
    """
    store, name, place = workspace.store, workspace.account, _place()
    backend = _backend()
    key_changes.demand_writable(store)
    visitor = entrance.knock(store.path, passphrase, name)
    known = key_changes.standing(store, key_file.read(store.path).keys)
    (own,) = (slot for slot in known.of(Owner(name)) if slot.public_key in visitor.private_keys)
    secret, owner = secrets.token_hex(_SECRET_BYTES), Owner(name, SlotKind.WORKSTATION, place)
    slot = keys.slot_for(own, known.store_id, visitor.private_keys[own.public_key], owner, secret)
    _ask(lambda: backend.set_password(SERVICE, _entry(known.store_id, name), secret))
    with workspace.action("remembered", target=name, detail=place):
        key_file.write(store.path, known.replacing(slot))
    return RememberOutcome(_("Den här datorn öppnar nu databasen för {user} utan lösenfras.").format(user=name))


def forget(workspace: Workspace) -> RememberOutcome:
    """Let this workstation ask its user for the passphrase again."""
    store, name, place = workspace.store, workspace.account, _place()
    key_changes.demand_writable(store)
    known = key_changes.standing(store, key_file.read(store.path).keys)
    _drop(store.path, name)
    with workspace.action("forgotten", target=name, detail=place):
        key_file.write(store.path, known.without(Owner(name, SlotKind.WORKSTATION, place)))
    return RememberOutcome(_("Den här datorn frågar nu efter lösenfrasen för {user}.").format(user=name))


def hindrance() -> str:
    """Return why this workstation cannot remember anybody, in a sentence, "" where it can."""
    try:
        _backend()
    except RefusedError as error:
        return error.message
    return ""


def _owner_there(path: Path, user: str | None) -> Owner | None:
    """Return whose slot of this workstation lies in the file of keys."""
    known = key_file.peek(path)
    name = None if known is None else entrance.who(known, user)
    if known is None or name is None:
        return None
    owner = Owner(name, SlotKind.WORKSTATION, _place())
    return owner if known.of(owner) else None


def _kept(path: Path, name: str) -> str | None:
    known = key_file.peek(path)
    if known is None:
        return None
    try:
        backend = _backend()
        kept = _ask(lambda: backend.get_password(SERVICE, _entry(known.store_id, name)))
    except RefusedError:
        return None
    return None if kept is None else str(kept)


def _drop(path: Path, name: str) -> None:
    """Take the secret out of the store of credentials; what is not there needs not be taken out."""
    known = key_file.peek(path)
    if known is None or _kept(path, name) is None:
        return
    backend = _backend()
    _ask(lambda: backend.delete_password(SERVICE, _entry(known.store_id, name)))


def _place() -> str:
    """Return what this workstation is called, for whoever is logged in there."""
    return f"{entrance.login()}@{platform.node()}" if platform.node() else lock.user_name()


def _entry(store_id: str, name: str) -> str:
    return f"{store_id}/{name}"


def _backend() -> Any:  # noqa: ANN401 - the library is optional
    """Return the operating system's store of credentials.

    Raises:
        RefusedError: the library is not there, or finds no store of credentials that keeps secrets.
    """
    try:
        import keyring
        from keyring.core import recommended
    except ImportError as error:
        raise RefusedError(
            _("Den här datorn kan inte komma ihåg dig: tillägget ”keyring” följer inte med den här installationen.")
        ) from error
    if sys.platform not in _WITHOUT_SOCKETS and _CHOSEN not in os.environ:
        raise RefusedError(
            _("Den här datorn kan inte komma ihåg dig: dess nyckelring nås över en förbindelse, och inga öppnas.")
        )
    backend = keyring.get_keyring()
    if not recommended(backend):
        raise RefusedError(
            _("Den här datorn kan inte komma ihåg dig: operativsystemet har ingen nyckelring som går att använda.")
        )
    return backend


def _ask(question: Any) -> Any:  # noqa: ANN401 - the library is optional
    """Ask the store of credentials for something.

    Raises:
        RefusedError: it does not answer.
    """
    from keyring.errors import KeyringError

    try:
        return question()
    except KeyringError as error:
        raise RefusedError(_("Operativsystemets nyckelring svarade inte. Är den låst? Inget har ändrats.")) from error
