"""The whole job on a county that does not exist: files, store, links, tables and reports."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.evaluation import in_words
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.exchange.sample import write_county
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import (
    evaluation,
    imports,
    linking,
    listings,
    sample_claims,
    sample_outcomes,
    sample_papers,
    summaries,
    workspace,
)
from kvalitetsapp.services.sample_days import CHIEF
from kvalitetsapp.settings import STORE_SUFFIX
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

STORE_NAME: Final = f"kvalitetsapp-exempel{STORE_SUFFIX}"
PASSPHRASE_NAME: Final = "passphrase.txt"  # noqa: S105 - where it lies, not what it is
TRUTH_NAME: Final = "truth.csv"
_SIGNED: Final = "P02"  # the provider whose report is made final; the others are drafts
_NAMES: Final = (STORE_NAME, PASSPHRASE_NAME, TRUTH_NAME, "files", "tables", "reports")
_TABLES: Final[dict[str, Callable[[Workspace], Table]]] = {
    "list_index-operations": listings.index_operations,
    "list_links": listings.links,
    "list_claims-basis": listings.claims_basis,
    "list_claims-basis_potential": lambda opened: listings.claims_basis(opened, potential=True),
    "summary_reoperations_provider_joint": summaries.reoperations,
    "summary_survival_joint": lambda opened: summaries.survival(opened, by=("joint",), at=(365, 730, 1825)),
    "summary_recovery_provider": summaries.recovery,
    "summary_recovery_provider_potential": lambda opened: summaries.recovery(opened, potential=True),
}


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything that `make_demo` made lies, and how well automatic links agree with what really happened."""

    store: Path
    files: tuple[Path, ...]
    tables: tuple[Path, ...]
    reports: tuple[Path, ...]
    accuracy: str


def make_demo(folder: Path, progress: Progress | None = None) -> Demo:
    """Do the whole job into `folder`, which must hold nothing that would be written over.

    Raises:
        RefusedError: something of a sample's names lies in the folder, or it cannot be written to.
    """
    progress = progress or Progress()
    passphrase = _prepare(folder)
    store = folder / STORE_NAME
    truth = folder / TRUTH_NAME
    with make_sample_store(
        store, passphrase, progress, files=folder / "files", truth=truth, with_claims=True
    ) as opened:
        measured = evaluation.evaluate_links(opened, truth, progress=progress).table
        tables = _write_tables(opened, folder / "tables", measured, progress)
        reports = _write_reports(opened, folder / "reports", progress)
    return Demo(store, tuple(sorted((folder / "files").iterdir())), tables, reports, in_words(measured))


def make_sample_store(
    path: Path,
    passphrase: str,
    progress: Progress | None = None,
    *,
    files: Path | None = None,
    truth: Path | None = None,
    with_claims: bool = False,
) -> Workspace:
    """Make a store of the sample county and open it; its files stay in `files` and `truth`, or nowhere.

    `with_claims` lets a few months of work have happened in it: claims, notes about providers, an own indicator,
    needs of data and a follow-up meeting.

    Raises:
        RefusedError: something lies at `path` already, or it cannot be written to.
        CancelledError: the user cancelled; the store is taken away again.
    """
    progress = progress or Progress()
    opened = workspace.create_workspace(path, passphrase, sample=True)
    try:
        if files is not None:
            files.mkdir(parents=True, exist_ok=True)
            _take_in(opened, files, truth, progress)
        else:
            with TemporaryDirectory(prefix="kvalitetsapp-") as folder:
                _take_in(opened, Path(folder), truth, progress)
        if with_claims:
            sample_claims.make_history(opened)
            sample_outcomes.make_history(opened)
            sample_papers.make_history(opened)
    except BaseException:
        opened.close()
        path.unlink(missing_ok=True)
        raise
    return opened


def _take_in(opened: Workspace, folder: Path, truth: Path | None, progress: Progress) -> None:
    for kind, file in write_county(folder, last_day=opened.today, truth=truth):
        imports.import_file(opened, KindOfFile(kind), file, link=False, progress=progress)
    linking.run_links(opened, progress)


def _prepare(folder: Path) -> str:
    """Make the folder and the sample store's passphrase, which lies beside it: the data is invented."""
    if any((folder / name).exists() for name in _NAMES):
        raise RefusedError(_("Det finns redan exempeldata i {folder}. Välj en annan mapp.").format(folder=folder))
    passphrase = secrets.token_urlsafe(12)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PASSPHRASE_NAME).write_text(passphrase + "\n", encoding="utf-8")
    except OSError as error:
        raise RefusedError(_("Det går inte att skriva i mappen {folder}.").format(folder=folder)) from error
    return passphrase


def _write_tables(opened: Workspace, folder: Path, accuracy: Table, progress: Progress) -> tuple[Path, ...]:
    folder.mkdir(exist_ok=True)
    makers = _TABLES | {"evaluate_links": lambda _opened: accuracy}
    for number, (name, make) in enumerate(makers.items()):
        progress.step(number, len(makers), _("Skriver tabeller"))
        text = listings.as_text(make(opened), "csv")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / f"{name}.csv" for name in makers)


def _write_reports(opened: Workspace, folder: Path, progress: Progress) -> tuple[Path, ...]:
    from kvalitetsapp.services import final_reports, reports
    from kvalitetsapp.services.report_making import Order

    folder.mkdir(exist_ok=True)
    made = [reports.total_report(opened, folder / "samlad-uppfoljning.pdf", progress=progress)]
    for row in summaries.recovery(opened, potential=True).rows:
        provider = str(row[0])
        out = folder / f"{provider}.pdf"
        if provider == _SIGNED:
            final_reports.sign(
                opened, Order(ReportKind.PROVIDER, provider), out, by="A. Exempel", role=CHIEF, progress=progress
            )
            made.append(out)
        else:
            made.append(reports.provider_report(opened, provider, out, progress=progress))
    return tuple(made)
