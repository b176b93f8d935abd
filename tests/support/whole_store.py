"""A store that a test leaves whole, whatever it did in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from kvalitetsapp.store import audit, dialect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.services.workspace import Workspace


@contextlib.contextmanager
def left_whole(workspace: Workspace) -> Iterator[Workspace]:
    """Give an open store; at the end no row is at fault and no trace broken, and it is closed."""
    with workspace:
        yield workspace
        assert dialect.faults(workspace.store.conn) == []
        assert audit.first_broken(workspace.store) is None
