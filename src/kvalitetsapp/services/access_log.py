"""The access log as people read it, and what the window tells it of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.store import audit, concerned

if TYPE_CHECKING:
    from kvalitetsapp.domain.copied import Copied
    from kvalitetsapp.services.workspace import Workspace

COPIED: Final = "rows_copied"


def copied(workspace: Workspace, what: Copied) -> None:
    """Note that rows about persons were copied to other programs; rows about nobody leave no trace.

    Raises:
        RefusedError: it cannot be noted, so that the copy must not stay.
    """
    about = concerned.of_refs(workspace.store, what.refs)
    if about:
        audit.note(workspace.store, workspace.user, COPIED, target=what.table, detail=str(what.rows), patients=about)
