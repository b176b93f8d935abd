"""How a report comes about: what is asked for, its data and its bytes, and the counts of persons that it tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.final_report import Signature
    from kvalitetsapp.domain.released import Cell
    from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
    from kvalitetsapp.services.workspace import Workspace

    AnyData = ProviderReport | TotalReport

STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: `subject` is the provider's id in its report, `as_of` None is the data cut."""

    kind: ReportKind
    subject: str = ""
    small_numbers: SmallNumbers = SmallNumbers.OPEN
    receiver: Receiver = NOBODY
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report as bytes, what it shows, and the counts of persons that its tables tell."""

    pdf: bytes
    data: ProviderReport | TotalReport
    cells: tuple[Cell, ...]

    @property
    def data_cut(self) -> str:
        """Return the day that the data reach to."""
        return self.data.head.data_cut

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of everything in it."""
        return self.data.manifest.fingerprint


def demand_known(workspace: Workspace, order: Order) -> None:
    """Refuse a report on a provider that there is none of, or to somebody whose name cannot be kept.

    Raises:
        InputError: there is no such provider, or the receiver or the purpose cannot be kept.
    """
    if wrong := wrong_with_line(order.receiver.name) or wrong_with_line(order.receiver.purpose):
        raise InputError(wrong)
    known = [one.provider_id for one in providers.all_providers(workspace.store)]
    if order.kind is ReportKind.PROVIDER and order.subject not in known:
        raise InputError(
            _("Det finns ingen vårdgivare ”{provider_id}”. Välj bland {known}.").format(
                provider_id=order.subject, known=", ".join(known) or _("inga")
            )
        )


def source(workspace: Workspace, order: Order, shared: ReportFrames | None = None) -> ReportFrames:
    """Return what the report is worked out from; `shared` are the frames of another report of the same moment.

    Raises:
        InputError: there is nothing to report on.
    """
    from kvalitetsapp.services import report_contents

    if shared is not None:
        return shared.of_provider(order.subject)
    return report_contents.source_of(workspace, order.as_of or data_cut(workspace), order.subject)


def data_cut(workspace: Workspace) -> date:
    """Return the day that the data reach to.

    Raises:
        InputError: the store is empty.
    """
    from kvalitetsapp.services import frames_of_store

    cut = frames_of_store.load(workspace).data_cut
    if cut is None:
        raise InputError(_("Databasen är tom: importera vårdkontakter innan du gör en rapport."))
    return cut


def make(
    workspace: Workspace,
    order: Order,
    *,
    progress: Progress | None = None,
    shared: ReportFrames | None = None,
    number: str = "",
    signature: Signature | None = None,
) -> MadeReport:
    """Return the report; `number` and `signature` make it final.

    Raises:
        InputError: there is no such provider, or nothing to report on.
        CancelledError: the user cancelled.
    """
    demand_known(workspace, order)
    progress = progress or Progress()
    progress.step(0, STEPS, _("Samlar underlaget"))
    from kvalitetsapp.reports import released_cells
    from kvalitetsapp.reports.cells import Cells

    frames = source(workspace, order, shared)
    gathered, build = _content(workspace, order, frames)
    data = gathered if signature is None else _signed(gathered, number, signature)
    progress.step(1, STEPS, _("Skriver rapporten"))
    pdf = build(data)
    progress.step(2, STEPS, _("Sparar rapporten"))
    return MadeReport(pdf, data, released_cells.of_report(data, Cells(order.small_numbers)))


def _content(workspace: Workspace, order: Order, frames: ReportFrames) -> tuple[AnyData, Callable[[Any], bytes]]:
    """Return everything in the report, and what makes it a file."""
    from kvalitetsapp.reports import provider_report, total_report
    from kvalitetsapp.services import report_contents

    if order.kind is ReportKind.PROVIDER:
        mode = order.small_numbers
        return report_contents.provider_report(workspace, frames, small_numbers=mode), provider_report.build
    return report_contents.total_report(workspace, frames, small_numbers=order.small_numbers), total_report.build


def _signed(data: AnyData, number: str, signature: Signature) -> AnyData:
    from kvalitetsapp.domain.report_data import ProviderReport, sealed

    told = _("{by}, {role}, {at}").format(by=signature.by, role=signature.role, at=to_the_minute(signature.at))
    head = replace(data.head, number=number, signed=told)
    if isinstance(data, ProviderReport):
        return sealed(replace(data, head=head))
    return sealed(replace(data, head=head))
