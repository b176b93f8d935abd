"""Charts as files for other programs: pictures and their tables, each with its entry in the trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import kept_files
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

_EXPORTED: Final = "chart_exported"
_ENCODING: Final = "utf-8-sig"  # a spreadsheet that opens a CSV file by itself knows it by the mark


_WORKBOOK: Final = ".xlsx"


@dataclass(frozen=True, slots=True)
class ChartWritten:
    """A file of a chart that was written; the store holds nothing new but the entry in its trace."""

    path: Path
    changes: Changes = NOTHING_CHANGED


@needs(Right.EXPORT)
def save_picture(workspace: Workspace, picture: bytes, out: Path, *, title: str) -> ChartWritten:
    """Write a picture that is ready made.

    Raises:
        RefusedError: the file cannot be written, or the store is open to be read only.
    """
    kept_files.keep(
        workspace, lambda path: path.write_bytes(picture), out, action=_EXPORTED, target=out.name, detail=title
    )
    return ChartWritten(out)


@needs(Right.EXPORT)
def save_table(workspace: Workspace, table: Table, out: Path, *, title: str) -> ChartWritten:
    """Write a table as CSV, safe to open in a spreadsheet, or by the ending of the name as a workbook.

    Raises:
        RefusedError: the file cannot be written, or the store is open to be read only.
    """
    if out.suffix.lower() == _WORKBOOK:
        return _save_workbook(workspace, table, out, title)
    from kvalitetsapp.exchange import table_files

    text = table_files.as_csv(table, for_spreadsheets=True)
    return save_picture(workspace, text.encode(_ENCODING), out, title=title)


def _save_workbook(workspace: Workspace, table: Table, out: Path, title: str) -> ChartWritten:
    from kvalitetsapp.exchange import workbook_writing

    properties = workbook_writing.Properties(title, workspace.today)
    kept_files.keep(
        workspace,
        lambda path: workbook_writing.write(path, [(title, table)], properties),
        out,
        action=_EXPORTED,
        target=out.name,
        detail=title,
    )
    return ChartWritten(out)
