"""Copies of persons' rows, noted in the access log; what cannot be noted is taken off the clipboard again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.gui import clipboard

if TYPE_CHECKING:
    from kvalitetsapp.domain.copied import Copied
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.data_table import DataTable
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


def note_copies(runner: StoreRunner, *tables: DataTable) -> None:
    """Let every copy from tables that hold persons' rows be noted."""
    for table in tables:
        table.copied.connect(partial(note_copy, runner))


def note_copy(runner: StoreRunner, copied: Copied) -> None:
    """Note that rows were copied."""
    runner.run(partial(_copied, copied), _nothing_more, on_failed=partial(_take_away, runner))


def _copied(copied: Copied, workspace: Workspace, _progress: Progress) -> None:
    from kvalitetsapp.services import access_log

    access_log.copied(workspace, copied)


def _nothing_more(_done: None) -> None:
    """Leave the clipboard as it is: the copy is noted."""


def _take_away(runner: StoreRunner, error: BaseException) -> None:
    clipboard.clear()
    runner.tell(error)
