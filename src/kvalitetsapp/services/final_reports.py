"""Final reports: signed by somebody who stands behind them, numbered, and handed out again as they were signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.final_report import FinalReport, Signature, finals_table, that_stand
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import kept_files, releases, report_making, reports
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit, final_reports
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

SIGNED: Final = "report_signed"
HANDED_OUT: Final = "report_handed_out"
WITHDRAWN: Final = "report_withdrawn"
REPORTS_CHANGED: Final[Changes] = frozenset({Changed.REPORTS})


@dataclass(frozen=True, slots=True)
class FinalOutcome:
    """The final report and what to say of it."""

    final: FinalReport
    said: str
    changes: Changes = REPORTS_CHANGED


@dataclass(frozen=True, slots=True)
class BeforeSigning:
    """What a report would become: its number, and which of those on the same subject it could replace."""

    number: str
    replaceable: tuple[FinalReport, ...]


@needs(Right.SIGN_REPORTS)
def before_signing(workspace: Workspace, order: Order) -> BeforeSigning:
    """Tell what would come of making a report final now."""
    return BeforeSigning(
        final_reports.next_number(workspace.store, int(this_moment()[:4])),
        that_stand(all_finals(workspace), order.kind, order.subject),
    )


@needs(Right.SIGN_REPORTS)
def sign(
    workspace: Workspace,
    order: Order,
    out: Path,
    *,
    by: str,
    role: str,
    replaces: str = "",
    progress: Progress | None = None,
) -> FinalOutcome:
    """Make a report final: give it its number, keep its bytes, write it to `out`; `replaces` withdraws an earlier one.

    Raises:
        InputError: nobody signs it or by words that cannot be printed, there is nothing to report on, or there is no
            such report to replace.
        RefusedError: as `reports.write`, or the report to replace stands no more or is about something else.
        CancelledError: the user cancelled; nothing is left.
    """
    _demand_signable(by, role)
    if replaces:
        _demand_replaceable(workspace, order, replaces)
    signature = Signature(by.strip(), role.strip(), this_moment())
    number = final_reports.next_number(workspace.store, int(signature.at[:4]))
    made = report_making.make(workspace, order, progress=progress, number=number, signature=signature)
    releases.demand_safe(workspace, made.cells, made.data_cut, order.small_numbers)
    final = FinalReport(
        *(number, order.kind, order.subject, made.data_cut, order.small_numbers, made.fingerprint),
        *(hashlib.sha256(made.pdf).hexdigest(), out.name, workspace.user, signature, replaces),
    )

    def record() -> None:
        final_reports.add(workspace.store, final, made.pdf)
        if replaces:
            because = _("Ersatt av {number}").format(number=number)
            final_reports.withdraw(workspace.store, replaces, workspace.user, signature.at, because)
        audit.append(workspace.store, workspace.user, SIGNED, target=number, detail=final.sha256)
        reports.release(workspace, order, made, out.name)

    kept_files.keep_all(workspace, {out: lambda path: path.write_bytes(made.pdf)}, record)
    return FinalOutcome(final, _("Rapporten {number} är fastställd").format(number=number))


@needs(Right.MAKE_REPORTS)
def hand_out(workspace: Workspace, number: str, out: Path, receiver: Receiver = NOBODY) -> Path:
    """Write a final report again, byte for byte as it was signed, and return `out`.

    One that may leave the department does so: it stands once more in the log of what has left, with its receiver.

    Raises:
        InputError: there is no such report.
        RefusedError: the file cannot be written, or the bytes are not those that were signed.
    """
    final = of_number(workspace, number)
    report_making.demand_readable(workspace, final.kind)
    content = final_reports.content(workspace.store, number)
    if hashlib.sha256(content).hexdigest() != final.sha256:
        raise RefusedError(
            _("Rapporten {number} är skadad i databasen och lämnas inte ut. Hämta den ur en säkerhetskopia.").format(
                number=number
            )
        )

    def record() -> None:
        audit.append(workspace.store, workspace.user, HANDED_OUT, target=number, detail=final.sha256)
        _release_again(workspace, final, out.name, receiver)

    kept_files.keep_all(workspace, {out: lambda path: path.write_bytes(content)}, record)
    return out


@needs(Right.SIGN_REPORTS)
def withdraw(workspace: Workspace, number: str, *, because: str) -> FinalOutcome:
    """Take a final report out of effect; it stays, with the reason.

    Raises:
        InputError: there is no such report, or no reason that can be kept.
        RefusedError: it stands no more.
    """
    final = of_number(workspace, number)
    if wrong := reasons.wrong_with(because, _("Ange varför rapporten återkallas.")):
        raise InputError(wrong)
    if final.withdrawn_at:
        raise RefusedError(_("Rapporten {number} är redan återkallad.").format(number=number))
    with workspace.action(WITHDRAWN, target=number, detail=because.strip()) as store:
        final_reports.withdraw(store, number, workspace.user, this_moment(), because.strip())
    said = _("Rapporten {number} är återkallad").format(number=number)
    return FinalOutcome(of_number(workspace, number), said)


@needs(Right.MAKE_REPORTS)
def is_same_today(workspace: Workspace, number: str, *, progress: Progress | None = None) -> bool:
    """Tell whether the data in the store would give the same report, byte for byte, as of the same day.

    Raises:
        InputError: there is no such report, or nothing to report on any more.
        CancelledError: the user cancelled.
    """
    final = of_number(workspace, number)
    order = Order(final.kind, final.subject, final.small_numbers, as_of=date.fromisoformat(final.data_cut))
    made = report_making.make(workspace, order, progress=progress, number=number, signature=final.signature)
    return hashlib.sha256(made.pdf).hexdigest() == final.sha256


def of_number(workspace: Workspace, number: str) -> FinalReport:
    """Return a final report.

    Raises:
        InputError: there is no such report.
    """
    found = final_reports.of_number(workspace.store, number)
    if found is None:
        raise InputError(_("Det finns ingen fastställd rapport {number}.").format(number=number))
    return found


@needs(Right.MAKE_REPORTS)
def all_finals(workspace: Workspace) -> tuple[FinalReport, ...]:
    """Return all final reports, the latest first."""
    return final_reports.all_finals(workspace.store)


@needs(Right.MAKE_REPORTS)
def finals(workspace: Workspace) -> Table:
    """Return all final reports as a table, the latest first."""
    return finals_table(all_finals(workspace))


def _demand_signable(by: str, role: str) -> None:
    if not by.strip() or not role.strip():
        raise InputError(_("Ange vem som fastställer rapporten och i vilken roll."))
    if wrong := wrong_with_line(by) or wrong_with_line(role):
        raise InputError(wrong)


def _release_again(workspace: Workspace, final: FinalReport, file_name: str, receiver: Receiver) -> None:
    """Log that the bytes leave once more; nothing is told that was not told when the report was signed."""
    releases.record(
        workspace,
        final.kind,
        final.subject,
        data_cut=final.data_cut,
        mode=final.small_numbers,
        fingerprint=final.fingerprint,
        file_name=file_name,
        cells=(),
        receiver=receiver,
    )


def _demand_replaceable(workspace: Workspace, order: Order, number: str) -> None:
    earlier = of_number(workspace, number)
    if earlier.withdrawn_at:
        raise RefusedError(_("Rapporten {number} är redan återkallad.").format(number=number))
    if (earlier.kind, earlier.subject) != (order.kind, order.subject):
        raise RefusedError(_("Rapporten {number} handlar om något annat och kan inte ersättas.").format(number=number))
