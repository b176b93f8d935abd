"""Reports as PDF files: put together from the store, written whole or not at all, and traced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.services import kept_files, releases, report_making
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.report_making import MadeReport
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


def write(workspace: Workspace, order: Order, out: Path, *, progress: Progress | None = None) -> Path:
    """Write a draft of a report to `out` and return it.

    Raises:
        InputError: there is no such provider, or nothing to report on.
        RefusedError: as `provider_report`.
        CancelledError: the user cancelled; no file is left.
    """
    made = report_making.make(workspace, order, progress=progress)
    keep(workspace, order, made, out)
    return out


def keep(workspace: Workspace, order: Order, made: MadeReport, out: Path) -> None:
    """Write a report that is made to `out`, with its entry in the trace and in the log of what leaves."""
    releases.demand_safe(workspace, made.cells, made.data_cut, order.small_numbers)

    def record() -> None:
        audit.append(
            workspace.store, workspace.user, MADE, target=order.subject or order.kind.value, detail=made.fingerprint
        )
        release(workspace, order, made, out.name)

    kept_files.keep_all(workspace, {out: lambda path: path.write_bytes(made.pdf)}, record)


def release(workspace: Workspace, order: Order, made: MadeReport, file_name: str) -> None:
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
