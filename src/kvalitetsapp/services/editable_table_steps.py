"""What is done with the rows of the tables that people keep themselves: written, undone and done again.

A step holds the table and its moves: a row's key with the stored row that stood before it and the one that stands
after it (None: nobody had changed the row, which is then as it comes along, or is not there). Stored rows are never
put back: undoing adds what stood before anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import audit, editable_rows, undo_steps
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.editable_rows import StoredRow
    from kvalitetsapp.store.undo_steps import Step

    Move = tuple[str, int | None, int | None]

STEP: Final = "editable_rows"
CHANGED: Final[Changes] = frozenset({Changed.TABLES})


def put(
    workspace: Workspace, table: EditableTable, row_key: str, contents: Mapping[str, Value] | None, reason: str
) -> Move:
    """Within a transaction, let a row (None: that it is taken away) stand in the place of what stands."""
    before = _retire(workspace, table, row_key)
    after = editable_rows.add(
        workspace.store, table.name, row_key, contents, reason=reason.strip(), who=workspace.user
    )
    return row_key, before, after


def put_nothing(workspace: Workspace, table: EditableTable, row_key: str) -> Move:
    """Within a transaction, let a row be as it comes along with the program."""
    return row_key, _retire(workspace, table, row_key), None


def remember(workspace: Workspace, table: EditableTable, moves: Sequence[Move]) -> None:
    """Let the user undo some moves in a table as one step."""
    undo_steps.add(workspace.store, workspace.user, STEP, table.name, {"table": table.name, "moves": moves})


def name(workspace: Workspace, step: Step) -> str:
    """Return what was done: `ändrad rad NFB i Medicinska områden`."""
    table, moves = _told(step)
    if len(moves) > 1:
        told = ngettext("{n} inläst rad i {table}", "{n} inlästa rader i {table}", len(moves))
        return told.format(n=number(len(moves)), table=_(table.title))
    ((row_key, _before, after),) = moves
    told = _("återställd rad {key} i {table}")
    if after is not None:
        is_removal = editable_rows.of_number(workspace.store, after).contents is None
        told = _("borttagen rad {key} i {table}") if is_removal else _("ändrad rad {key} i {table}")
    return told.format(key=table.key_text(row_key), table=_(table.title))


def undo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what stood before the step stand again.

    Raises:
        RefusedError: something else has been done with a row of the step since.
    """
    table, moves = _told(step)
    for row_key, before, after in moves:
        _exchange(workspace, table, row_key, out=after, back=before)
    return _done(workspace, step, "table_undone")


def redo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what the step made stand again.

    Raises:
        RefusedError: something else has been done with a row of the step since.
    """
    table, moves = _told(step)
    for row_key, before, after in moves:
        _exchange(workspace, table, row_key, out=before, back=after)
    return _done(workspace, step, "table_redone")


def _retire(workspace: Workspace, table: EditableTable, row_key: str) -> int | None:
    standing = editable_rows.standing_of(workspace.store, table.name, row_key)
    if standing is None:
        return None
    editable_rows.replace(workspace.store, standing.editable_row)
    return standing.editable_row


def _exchange(workspace: Workspace, table: EditableTable, row_key: str, *, out: int | None, back: int | None) -> None:
    """Let what row `back` holds stand where what row `out` holds does (None: nobody has changed it).

    Contents are compared, not numbers: what was undone and done again stands under a number of its own.
    """
    standing = editable_rows.standing_of(workspace.store, table.name, row_key)
    expected = _of_number(workspace, out)
    if _contents(standing) != _contents(expected):
        raise _changed_since(workspace, table, row_key)
    restored = _of_number(workspace, back)
    if restored is None:
        put_nothing(workspace, table, row_key)
    else:
        put(workspace, table, row_key, restored.contents, restored.reason)


def _of_number(workspace: Workspace, editable_row: int | None) -> StoredRow | None:
    return None if editable_row is None else editable_rows.of_number(workspace.store, editable_row)


def _contents(row: StoredRow | None) -> tuple[bool, Mapping[str, Value] | None]:
    return row is not None, None if row is None else row.contents


def _changed_since(workspace: Workspace, table: EditableTable, row_key: str) -> RefusedError:
    latest = editable_rows.history(workspace.store, table.name, row_key)[-1]
    told = _("Raden {key} i {table} är ändrad av {who} {day}. Den ändras inte härifrån.")
    return RefusedError(
        told.format(
            key=table.key_text(row_key),
            table=_(table.title),
            who=latest.who,
            day=(latest.replaced_at or latest.changed_at)[:10],
        )
    )


def _told(step: Step) -> tuple[EditableTable, list[Move]]:
    return EDITABLE[step.content["table"]], step.content["moves"]


def _done(workspace: Workspace, step: Step, action: str) -> tuple[EventKey | None, Changes]:
    audit.append(workspace.store, workspace.user, action, target=step.target, detail=str(step.step))
    return None, CHANGED
