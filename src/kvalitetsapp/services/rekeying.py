"""A new data key for a whole store: the store is copied under it, and the copy takes its place.

The keys are written with both data keys before and with the new one alone after, so that the store opens for everyone
whenever the process dies. The new key is sealed to the public keys that the encrypted store knows, not to those that
the file of keys tells.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import key_changes, old_stores
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, copying, key_file, keys, store_file
from kvalitetsapp.store.connection import Store
from kvalitetsapp.store.keys import StoreKey
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.key_form import KeyFile


@dataclass(frozen=True, slots=True)
class RekeyOutcome:
    """What was done, in a sentence."""

    said: str
    changes: Changes = NOTHING_CHANGED


@needs(Right.MANAGE_KEYS)
def rekey(workspace: Workspace, progress: Progress | None = None) -> RekeyOutcome:
    """Give the store a new data key; afterwards a copy of the keys from before opens nothing that is written now.

    Raises:
        RefusedError: somebody else has the store open, or there is no room; nothing has changed.
        CancelledError: the user cancelled; nothing has changed.
    """
    store, path = workspace.store, workspace.path
    key_changes.demand_writable(store)
    new = StoreKey.new()
    either = (key_changes.data_key(store), new)
    made = path.with_name(path.name + old_stores.REKEYING)
    known = key_changes.standing(store, key_file.read(path).keys)
    both = _with_key(known, new, alone=False)
    try:
        mark = _copied(workspace, made, new, progress or Progress())
        key_file.write(path, both)
    except BaseException:
        copying.take_away(made)
        store.close()
        _reopen(workspace, either)
        raise
    store.close()
    try:
        if store_file.content_mark(path) != mark:
            raise RefusedError(_("Någon annan skrev i databasen. Stäng den överallt och försök igen."))
        copying.replace(path, made)
    finally:
        copying.take_away(made)
        _reopen(workspace, either)
    with contextlib.suppress(RefusedError):  # the next opening drops the old key
        key_file.write(path, _with_key(both, new, alone=True))
    said = _("Databasen har en ny nyckel. Gamla säkerhetskopior öppnas som förut, med sina egna nyckelfiler.")
    return RekeyOutcome(" ".join(filter(None, (said, old_stores.left_behind(path)))))


def _copied(workspace: Workspace, made: Path, new: StoreKey, progress: Progress) -> tuple[int, int]:
    """Copy the store under its new key and make sure that the copy is whole; tell how the store's file looked then."""
    with copying.held_alone(workspace.store):
        copying.copy(workspace.store.conn, made, new, progress)
        with Store.open(made, new) as copy, copy.transaction():
            copy.at_work = workspace.store.at_work
            audit.append(copy, workspace.user, "rekeyed", target=workspace.path.name)
        copying.demand_whole(made, new, progress)
        return store_file.content_mark(workspace.path)


def _with_key(known: KeyFile, key: StoreKey, *, alone: bool) -> KeyFile:
    slots = tuple(keys.with_key(slot, known.store_id, key, alone=alone) for slot in known.slots)
    return replace(known, slots=slots)


def _reopen(workspace: Workspace, either: tuple[StoreKey, StoreKey]) -> None:
    """Open the file that lies there now, whichever of the two it is."""
    earlier, mark = workspace.store, key_file.mark_of(workspace.path)
    workspace.store = Store.open(workspace.path, next((key for key in either if key.mark == mark), either[0]))
    workspace.store.at_work = earlier.at_work
    workspace.veil()
