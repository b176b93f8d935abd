"""All providers' reports in one go: the data are read once, every file is written whole, and each outcome is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.file_names import of_report
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import report_making, reports
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.releases import NotReleasedError
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.providers import Provider

EACH: Final = Order(ReportKind.PROVIDER)
SHEETS: Final = ".xlsx"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What became of a provider's report: its file, with the workbook if one was wanted, or why there is none."""

    provider_id: str
    name: str
    path: Path | None
    why_not: str = ""
    workbook: Path | None = None


@needs(Right.MAKE_REPORTS)
def all_providers(
    workspace: Workspace,
    folder: Path,
    order: Order = EACH,
    *,
    workbooks: bool = False,
    told: Callable[[BatchRow], object] | None = None,
    progress: Progress | None = None,
) -> tuple[BatchRow, ...]:
    """Write the report of every provider to `folder`, in the order of their names; `order` says all but the subject.

    A report that must not leave is left out and the others are written. What is written stays if the user cancels;
    `told` gets each row as it is done, so that who cancels knows of them.

    Raises:
        InputError: there is no such folder, or nothing to report on.
        RefusedError: a file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled.
    """
    if not folder.is_dir():
        raise InputError(_("Mappen {folder} finns inte. Skapa den först.").format(folder=folder))
    progress = progress or Progress()
    known = sorted(providers.all_providers(workspace.store), key=lambda one: (one.name, one.provider_id))
    shared = report_making.source(workspace, replace(order, kind=ReportKind.TOTAL, subject=""))
    names = _file_names(known, order.kind)
    rows = []
    for place, one in enumerate(known):
        progress.step(place, len(known), one.name)
        about = replace(order, subject=one.provider_id)
        rows.append(_write(workspace, about, one.name, folder / names[one.provider_id], shared, workbook=workbooks))
        if told is not None:
            told(rows[-1])
    progress.step(len(known), len(known), _("Klart"))
    return tuple(rows)


def _write(
    workspace: Workspace, order: Order, name: str, path: Path, shared: ReportFrames, *, workbook: bool
) -> BatchRow:
    made = report_making.make(workspace, order, shared=shared)
    sheets = path.with_suffix(SHEETS) if workbook else None
    try:
        reports.keep(workspace, order, made, path, sheets)
    except NotReleasedError as refused:
        return BatchRow(order.subject, name, None, str(refused))
    return BatchRow(order.subject, name, path, workbook=sheets)


def _file_names(known: Iterable[Provider], kind: ReportKind) -> dict[str, str]:
    """Return the name of each provider's file; of two that are called the same, the latter has its id in it."""
    found: dict[str, str] = {}
    for one in known:
        name = of_report(one.name, kind)
        if name in found.values():
            name = of_report(f"{one.name} {one.provider_id}", kind)
        found[one.provider_id] = name
    return found
