"""All providers' reports in one go: the data are read once, every file is written whole, and each outcome is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.file_names import of_report
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import report_making, reports
from kvalitetsapp.services.releases import NOBODY, NotReleasedError, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What became of a provider's report: the file, or why there is none."""

    provider_id: str
    name: str
    path: Path | None
    why_not: str = ""


def all_providers(
    workspace: Workspace,
    folder: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    receiver: Receiver = NOBODY,
    progress: Progress | None = None,
) -> tuple[BatchRow, ...]:
    """Write the report of every provider to `folder`, in the order of their names.

    A report that must not leave is left out and the others are written. What is written stays if the user cancels.

    Raises:
        InputError: there is no such folder, or nothing to report on.
        RefusedError: a file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled.
    """
    if not folder.is_dir():
        raise InputError(_("Mappen {folder} finns inte. Skapa den först.").format(folder=folder))
    progress = progress or Progress()
    known = sorted(providers.all_providers(workspace.store), key=lambda one: (one.name, one.provider_id))
    shared = report_making.source(workspace, Order(ReportKind.TOTAL))
    rows = []
    taken: set[str] = set()
    for place, one in enumerate(known):
        progress.step(place, len(known), one.name)
        order = Order(ReportKind.PROVIDER, one.provider_id, small_numbers, receiver)
        name = of_report(one.name)
        path = folder / (name if name not in taken else of_report(f"{one.name} {one.provider_id}"))
        taken.add(name)
        made = report_making.make(workspace, order, shared=shared)
        try:
            reports.keep(workspace, order, made, path)
        except NotReleasedError as refused:
            rows.append(BatchRow(one.provider_id, one.name, None, str(refused)))
        else:
            rows.append(BatchRow(one.provider_id, one.name, path))
    progress.step(len(known), len(known), _("Klart"))
    return tuple(rows)
