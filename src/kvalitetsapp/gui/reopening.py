"""Work on the file of the store that is open: the store is closed for it, and what lies there afterwards is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from kvalitetsapp.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.gui.store_keeper import OpenStore, StoreKeeper
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Prove = Callable[[Workspace, Progress], str | None]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reopened(Generic[T]):
    """What the work gave, or how it failed, and the store that is open afterwards, if one is."""

    result: T | None
    error: BaseException | None
    store: OpenStore | None


def with_store_closed(
    prove: Prove, work: Callable[[str | None, Progress], T], passphrase: str, keeper: StoreKeeper, progress: Progress
) -> Reopened[T]:
    """Do `work` with the name that `prove` tells, and open the store again with the passphrase if it opens with it."""
    user, path, write = prove(keeper.workspace, progress), keeper.workspace.path, not keeper.workspace.read_only
    keeper.close()
    try:
        result = work(user, progress)
    except BaseException as error:  # noqa: BLE001 - told to the window once the store is open again
        return Reopened(None, error, _opened(keeper, path, passphrase, user, write=write))
    return Reopened(result, None, _opened(keeper, path, passphrase, user, write=write))


def _opened(keeper: StoreKeeper, path: Path, passphrase: str, user: str | None, *, write: bool) -> OpenStore | None:
    from kvalitetsapp.services.workspace import open_workspace

    try:
        return keeper.take(open_workspace(path, passphrase, write=write, user=user, window=True))
    except UserError:
        return None
