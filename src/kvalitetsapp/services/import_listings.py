"""Earlier imports as tables for the command line: accounts, rejected rows and findings; personal numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.imports import shown_ref, shown_value
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import IMPORT_FINDINGS, IMPORT_REJECTS, IMPORTS, Table
from kvalitetsapp.services import imports
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import batches

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_FIGURES)
def accounts(workspace: Workspace) -> Table:
    """Return every import with its account, oldest first."""
    rows = [
        (
            one.batch,
            one.imported_at,
            one.kind,
            identity.hidden(one.file_name),
            one.read,
            one.stored,
            one.corrected,
            one.unchanged,
            one.rejected,
            one.undone_at or "",
        )
        for one in reversed(batches.all_batches(workspace.store))
    ]
    return Table(IMPORTS, list(rows))


@needs(Right.IMPORT)
def rejects(workspace: Workspace, batch: int) -> Table:
    """Return the rejected rows of an import.

    Raises:
        InputError: there is no such import.
    """
    found = imports.import_details(workspace, batch).rejects
    return Table(
        IMPORT_REJECTS, [(one.row, one.column, shown_value(one.column, one.value), one.reason) for one in found]
    )


@needs(Right.IMPORT)
def findings(workspace: Workspace, batch: int) -> Table:
    """Return all findings of an import.

    Raises:
        InputError: there is no such import.
    """
    kept = imports.import_details(workspace, batch, most=None)
    return Table(
        IMPORT_FINDINGS,
        [
            (
                one.row or None,
                one.rule,
                identity.hidden(one.column),
                shown_value(one.column, one.value),
                shown_ref(kept.kind, one.ref),
            )
            for one in kept.findings
        ],
    )
