"""What a patient gets of the log: who has had access to the patient's data, when and at which unit (PDL 8:5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp.domain import access_log as domain
from kvalitetsapp.domain import identity, provider_question
from kvalitetsapp.domain.access_log import LogQuery
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.log_report import LogExtract
from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access_log, kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import access_log as store
from kvalitetsapp.store import audit, disclosures
from kvalitetsapp.store.disclosures import NewDisclosure
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

EXTRACTED: Final = "log_extracted"
_MOST: Final = 1_000_000
_ENCODING: Final = "utf-8-sig"  # a spreadsheet that opens a CSV file by itself knows it by the mark
_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class ExtractOrder:
    """Whose entries, of which days (None: all), whether with the staff's names, and to whom; "": the patient."""

    patient: str
    first: date | None = None
    last: date | None = None
    with_names: bool = False
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class ExtractOutcome:
    """The files, how many entries are in them, and what to say."""

    paths: tuple[Path, ...]
    entries: int
    said: str
    changes: Changes = frozenset({Changed.QUESTIONS})


@needs(Right.READ_LOG)
def gather(workspace: Workspace, order: ExtractOrder, progress: Progress | None = None) -> LogExtract:
    """Return what the extract tells, the latest entry first.

    Raises:
        InputError: the number is none, or the receiver is too long or holds a personal number.
        CancelledError: the user cancelled.
    """
    number = access_log.number_of(workspace, order.patient)
    receiver = order.receiver.strip() or _("Patienten")
    if lacking := provider_question.lacking_in(receiver, TextPart.RECEIVER):
        raise InputError(lacking)
    wanted = access_log.log_filter(workspace, LogQuery(patient=number, first=order.first, last=order.last))
    found = store.page(workspace.store, wanted, progress or Progress(), limit=_MOST)
    return LogExtract(
        patient=number,
        other_numbers=tuple(one for one in wanted.numbers if one != number),
        first=order.first,
        last=order.last,
        made_on=workspace.today,
        receiver=receiver,
        entries=tuple(found),
        with_names=order.with_names,
        sample=workspace.is_sample,
        program_version=kvalitetsapp.__version__,
    )


@needs(Right.READ_LOG)
def write(
    workspace: Workspace, order: ExtractOrder, pdf: Path, csv: Path | None = None, *, progress: Progress | None = None
) -> ExtractOutcome:
    """Write the extract as PDF, and as CSV where asked for, and log it as the disclosure that it is.

    Raises:
        InputError: as `gather`, or both files have the same name.
        RefusedError: a file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled; no file is left.
    """
    if csv is not None and csv.resolve() == pdf.resolve():
        raise InputError(_("PDF-filen och CSV-filen måste ha olika namn."))
    progress = progress or Progress()
    progress.step(0, _STEPS, _("Söker i loggen"))
    data = gather(workspace, order, progress)
    progress.step(1, _STEPS, _("Skriver utdraget"))
    from kvalitetsapp.exchange import table_files
    from kvalitetsapp.reports import log_extract

    content = log_extract.build(data)
    told = table_files.as_csv(domain.extract_table(data.entries, with_names=data.with_names), for_spreadsheets=True)
    files: dict[Path, kept_files.Writer] = {pdf: lambda path: path.write_bytes(content)}
    if csv is not None:
        files[csv] = lambda path: path.write_bytes(told.encode(_ENCODING))
    progress.step(2, _STEPS, _("Sparar utdraget"))
    kept_files.keep_all(workspace, files, lambda: _record(workspace, data))
    said = _("Utdraget med {n} poster är skrivet och utlämnandet är antecknat.").format(n=len(data.entries))
    return ExtractOutcome(tuple(files), len(data.entries), said)


@needs(Right.READ_LOG)
def file_name(workspace: Workspace, ending: str) -> str:
    """Return what an extract is called: by the day and the moment, never by the patient."""
    return (
        _("Loggutdrag {day} {moment}").format(
            day=workspace.today.isoformat(), moment=this_moment()[11:19].replace(":", "")
        )
        + f".{ending}"
    )


def _record(workspace: Workspace, data: LogExtract) -> None:
    numbers = (data.patient, *data.other_numbers)
    detail = _("{n} poster").format(n=len(data.entries))
    audit.append(*(workspace.store, workspace.user, EXTRACTED), target=data.receiver, detail=detail, patients=numbers)
    what = _("Loggutdrag för {patient}, {n} poster").format(patient=identity.masked(data.patient), n=len(data.entries))
    ground = _("Patientens rätt till information, 8 kap. 5 § patientdatalagen")
    disclosures.add(workspace.store, NewDisclosure(workspace.today, what, data.receiver, ground, workspace.user))
