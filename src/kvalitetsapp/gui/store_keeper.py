"""The open store on the window's store thread, and what the window needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.errors import CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.rights import Right, Role
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OpenStore:
    """What the window needs to know of the store that is open."""

    path: Path
    read_only: bool
    is_sample: bool
    user: str
    roles: frozenset[Role] = frozenset()
    unit: str = ""
    rights: frozenset[Right] = frozenset()
    findings: tuple[str, ...] = ()
    account: str = ""
    followed: tuple[str, ...] = ()


class StoreKeeper:
    """Holds the open store on the store's own thread."""

    def __init__(self) -> None:
        self._workspace: Workspace | None = None
        self.hands = 0
        """How many times the open store has changed hands; may be read from any thread."""

    @property
    def workspace(self) -> Workspace:
        """Return the open store; what was asked for while it was closing is cancelled."""
        if self._workspace is None:
            raise CancelledError
        return self._workspace

    def holds(self, path: Path) -> bool:
        """Tell whether it is the store at `path` that is open."""
        return self._workspace is not None and self._workspace.path == path

    def take(self, workspace: Workspace) -> OpenStore:
        """Keep a store in place of the one that is open, which is closed."""
        self.close()
        return self._show(workspace)

    def hand_over(self, user: str, passphrase: str) -> OpenStore:
        """Let another user come to the open store."""
        workspace = self.workspace.handed_over(user, passphrase)
        self.hands += 1
        return self._show(workspace)

    def _show(self, workspace: Workspace) -> OpenStore:
        from kvalitetsapp.services import access

        self._workspace = workspace
        return OpenStore(
            path=workspace.path,
            read_only=workspace.read_only,
            is_sample=workspace.is_sample,
            user=workspace.user,
            roles=workspace.roles,
            unit=workspace.unit,
            rights=access.rights_of(workspace),
            findings=workspace.findings,
            account=workspace.account,
            followed=workspace.followed,
        )

    def close(self) -> None:
        """Close the store, if one is open."""
        if self._workspace is not None:
            workspace, self._workspace = self._workspace, None
            workspace.close()


def open_store(
    path: Path,
    passphrase: str,
    write: bool,
    user: str | None,
    take_over: bool,
    keeper: StoreKeeper,
    _progress: Progress,
) -> OpenStore:
    """Open a store in place of the one that is open."""
    from kvalitetsapp.services.workspace import open_workspace

    if keeper.holds(path):
        keeper.close()
    return keeper.take(open_workspace(path, passphrase, write=write, user=user, window=True, take_over=take_over))


def change_user(user: str, passphrase: str, keeper: StoreKeeper, _progress: Progress) -> OpenStore:
    """Let another user come to the open store."""
    return keeper.hand_over(user, passphrase)


def create_store(path: Path, passphrase: str, user: str | None, keeper: StoreKeeper, _progress: Progress) -> OpenStore:
    """Make a new store and open it in place of the one that is open."""
    from kvalitetsapp.services.workspace import create_workspace

    return keeper.take(create_workspace(path, passphrase, user=user))
