"""Earlier imports as tables for the command line: accounts, rejected rows and findings; personal numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.table import IMPORT_FINDINGS, IMPORT_REJECTS, IMPORTS, Table
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import imports
from kvalitetsapp.store import batches
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.batches import Batch

_OF_PERSONS: Final = frozenset({"persons", "aliases"})
_PERSONAL: Final = frozenset({"personal_id", "same_as"})


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


def rejects(workspace: Workspace, batch: int) -> Table:
    """Return the rejected rows of an import.

    Raises:
        InputError: there is no such import.
    """
    found = imports.import_details(workspace, _kept(workspace, batch).batch).rejects
    return Table(IMPORT_REJECTS, [(one.row, one.column, shown(one.column, one.value), one.reason) for one in found])


def findings(workspace: Workspace, batch: int) -> Table:
    """Return the findings of an import.

    Raises:
        InputError: there is no such import.
    """
    kept = _kept(workspace, batch)
    found = imports.import_details(workspace, kept.batch).findings
    ref = identity.masked if kept.kind in _OF_PERSONS else identity.hidden
    rows = [
        (one.row or None, one.rule, identity.hidden(one.column), shown(one.column, one.value), ref(one.ref))
        for one in found
    ]
    return Table(IMPORT_FINDINGS, list(rows))


def shown(column: str, value: str) -> str:
    """Return a value of an imported file; a personal number, also a damaged one, is masked and found by its row."""
    return identity.masked(value) if column in _PERSONAL and value else identity.hidden(value)


def _kept(workspace: Workspace, batch: int) -> Batch:
    found = batches.of_number(workspace.store, batch)
    if found is None:
        raise InputError(_("Det finns ingen import med nummer {batch}.").format(batch=batch))
    return found
