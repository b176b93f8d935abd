"""Reports as PDF files: put together from the store, written whole or not at all, and traced."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import kept_files, releases, report_making
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.kept_files import Writer
    from kvalitetsapp.services.report_making import GatheredReport, MadeReport
    from kvalitetsapp.services.workspace import Workspace

MADE: Final = "report_made"


def provider_report(
    workspace: Workspace,
    provider_id: str,
    out: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    receiver: Receiver = NOBODY,
    progress: Progress | None = None,
) -> Path:
    """Write the follow-up report of a provider to `out` and return it; small numbers hidden, it may be handed out.

    Raises:
        InputError: there is no such provider, or nothing to report on.
        RefusedError: the file cannot be written, the store is open to be read only, or the report would give away a
            small number together with what has left before.
        CancelledError: the user cancelled; no file is left.
    """
    return write(workspace, Order(ReportKind.PROVIDER, provider_id, small_numbers, receiver), out, progress=progress)


def total_report(
    workspace: Workspace,
    out: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    receiver: Receiver = NOBODY,
    progress: Progress | None = None,
) -> Path:
    """Write the total follow-up of purchased care to `out` and return it; small numbers hidden, it may be handed out.

    Raises:
        InputError: there is nothing to report on.
        RefusedError: as `provider_report`.
        CancelledError: the user cancelled; no file is left.
    """
    return write(workspace, Order(ReportKind.TOTAL, "", small_numbers, receiver), out, progress=progress)


@needs(Right.MAKE_REPORTS)
def write(
    workspace: Workspace,
    order: Order,
    out: Path,
    workbook: Path | None = None,
    *,
    progress: Progress | None = None,
) -> Path:
    """Write a draft of a report to `out` and return it; with `workbook` its tables too, both files or neither.

    Raises:
        InputError: there is no such provider, nothing to report on, or both files have the same name.
        RefusedError: as `provider_report`.
        CancelledError: the user cancelled; no file is left.
    """
    if workbook is not None and workbook.resolve() == out.resolve():
        raise InputError(_("PDF-filen och Excel-filen måste ha olika namn."))
    made = report_making.make(workspace, order, progress=progress)
    keep(workspace, order, made, out, workbook)
    return out


def keep(workspace: Workspace, order: Order, made: MadeReport, out: Path, workbook: Path | None = None) -> None:
    """Write a report that is made to `out`, with its entry in the trace and in the log of what leaves."""
    files: dict[Path, Writer] = {out: lambda path: path.write_bytes(made.pdf)}
    if workbook is not None:
        files[workbook] = partial(_write_workbook, made)
    _keep(workspace, order, made, files)


def _keep(workspace: Workspace, order: Order, made: GatheredReport, files: Mapping[Path, Writer]) -> None:
    releases.demand_safe(workspace, made.cells, made.data_cut, order.small_numbers)

    def record() -> None:
        audit.append(
            workspace.store, workspace.user, MADE, target=order.subject or order.kind.value, detail=made.fingerprint
        )
        release(workspace, order, made, ", ".join(path.name for path in files))

    kept_files.keep_all(workspace, files, record)


def _write_workbook(made: GatheredReport, path: Path) -> None:
    from kvalitetsapp.exchange import workbook_writing
    from kvalitetsapp.reports import report_sheets

    title = _("{title}: {subject}").format(title=made.composed.title, subject=made.data.head.subject)
    properties = workbook_writing.Properties(title, date.fromisoformat(made.data_cut))
    workbook_writing.write(path, report_sheets.sheets(made.composed), properties)


def release(workspace: Workspace, order: Order, made: GatheredReport, file_name: str) -> None:
    """Log in the transaction that is open that a report leaves the department, if it is one that may."""
    releases.record(
        workspace,
        order.kind,
        order.subject,
        data_cut=made.data_cut,
        mode=order.small_numbers,
        fingerprint=made.fingerprint,
        file_name=file_name,
        cells=made.cells,
        receiver=order.receiver,
    )
