"""Reports as PDF files: put together from the store, written whole or not at all, and traced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import kept_files
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

MADE: Final = "report_made"
_STEPS: Final = 3


def provider_report(
    workspace: Workspace,
    provider_id: str,
    out: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    progress: Progress | None = None,
) -> Path:
    """Write the follow-up report of a provider to `out` and return it; small numbers hidden, it may be handed out.

    Raises:
        InputError: there is no such provider, or nothing to report on.
        RefusedError: the file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled; no file is left.
    """
    known = [one.provider_id for one in providers.all_providers(workspace.store)]
    if provider_id not in known:
        raise InputError(
            _("Det finns ingen vårdgivare ”{provider_id}”. Välj bland {known}.").format(
                provider_id=provider_id, known=", ".join(known) or _("inga")
            )
        )
    progress = progress or Progress()
    progress.step(0, _STEPS, _("Samlar underlaget"))
    from kvalitetsapp.reports import provider_report as report
    from kvalitetsapp.services import report_contents

    source = report_contents.source_of(workspace, _data_cut(workspace), provider_id)
    data = report_contents.provider_report(workspace, source, small_numbers=small_numbers)
    progress.step(1, _STEPS, _("Skriver rapporten"))
    pdf = report.build(data)
    progress.step(2, _STEPS, _("Sparar rapporten"))
    return _keep(workspace, pdf, out, target=provider_id, detail=data.manifest.fingerprint)


def total_report(
    workspace: Workspace,
    out: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    progress: Progress | None = None,
) -> Path:
    """Write the total follow-up of purchased care to `out` and return it.

    Raises:
        InputError: there is nothing to report on.
        RefusedError: the file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled; no file is left.
    """
    progress = progress or Progress()
    progress.step(0, _STEPS, _("Samlar underlaget"))
    from kvalitetsapp.reports import total_report as report
    from kvalitetsapp.services import report_contents

    source = report_contents.source_of(workspace, _data_cut(workspace))
    data = report_contents.total_report(workspace, source, small_numbers=small_numbers)
    progress.step(1, _STEPS, _("Skriver rapporten"))
    pdf = report.build(data)
    progress.step(2, _STEPS, _("Sparar rapporten"))
    return _keep(workspace, pdf, out, target="total", detail=data.manifest.fingerprint)


def _data_cut(workspace: Workspace) -> date:
    from kvalitetsapp.services import frames_of_store

    cut = frames_of_store.load(workspace).data_cut
    if cut is None:
        raise InputError(_("Databasen är tom: importera vårdkontakter innan du gör en rapport."))
    return cut


def _keep(workspace: Workspace, pdf: bytes, out: Path, *, target: str, detail: str) -> Path:
    return kept_files.keep(
        workspace, lambda path: path.write_bytes(pdf), out, action=MADE, target=target, detail=detail
    )
