"""How a report comes about: what is asked for, its data and its bytes, and the counts of persons that it tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.any_report import AnyReport
    from kvalitetsapp.domain.final_report import Signature
    from kvalitetsapp.domain.released import Cell
    from kvalitetsapp.reports.composed import Composed
    from kvalitetsapp.services.workspace import Workspace

    _Gatherer = Callable[[Workspace, Callable[[], ReportFrames], "Order"], AnyReport]

STEPS: Final = 3
_READS: Final = {
    ReportKind.CLAIMS: Right.READ_CLAIMS,
    ReportKind.PROTOCOL: Right.READ_NARRATIVE,
    ReportKind.CASES: Right.READ_NARRATIVE,
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: `subject` is the id of the provider that it is about, the indicator's in a comparison.

    Of equal care it is the indicator's too, with a joint behind it where only that is meant (`revision_2y/hip`). Of
    the agenda it is the quarter ("" today), of a gap analysis the number of its paper. `as_of` None is the data cut.
    """

    kind: ReportKind
    subject: str = ""
    small_numbers: SmallNumbers = SmallNumbers.OPEN
    receiver: Receiver = NOBODY
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class GatheredReport:
    """A report that is put together, its data, and the counts of persons that its tables tell."""

    data: AnyReport
    composed: Composed
    cells: tuple[Cell, ...]

    @property
    def data_cut(self) -> str:
        """Return the day that the data reach to."""
        return self.data.head.data_cut

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of everything in it."""
        return self.data.manifest.fingerprint


@dataclass(frozen=True, slots=True)
class MadeReport(GatheredReport):
    """A report with its bytes."""

    pdf: bytes


def demand_readable(workspace: Workspace, kind: ReportKind) -> None:
    """Refuse a kind of report that tells what the user may not read elsewhere either.

    Raises:
        RefusedError: the user may not.
    """
    if right := _READS.get(kind):
        access.demand(workspace, right, f"reports.{kind.value}")


def demand_known(workspace: Workspace, order: Order) -> None:
    """Refuse a report on a provider that there is none of, or to somebody whose name cannot be kept.

    Raises:
        InputError: there is no such provider, or the receiver or the purpose cannot be kept.
    """
    if wrong := wrong_with_line(order.receiver.name) or wrong_with_line(order.receiver.purpose):
        raise InputError(wrong)
    known = [one.provider_id for one in providers.all_providers(workspace.store)]
    about_one = order.kind is ReportKind.PROVIDER or (order.kind is ReportKind.CLAIMS and order.subject)
    if about_one and order.subject not in known:
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

    provider_id = order.subject if order.kind in (ReportKind.PROVIDER, ReportKind.CLAIMS) else ""
    if shared is not None:
        return shared.of_provider(provider_id)
    return report_contents.source_of(workspace, order.as_of or data_cut(workspace), provider_id)


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
    """Return the report as PDF too; `number` and `signature` make it final.

    Raises:
        InputError: there is no such provider, or nothing to report on.
        RefusedError: the user may not read what it tells.
        CancelledError: the user cancelled.
    """
    progress = progress or Progress()
    found = gather(workspace, order, progress=progress, shared=shared, number=number, signature=signature)
    progress.step(1, STEPS, _("Skriver rapporten"))
    pdf = found.composed.pdf()
    progress.step(2, STEPS, _("Sparar rapporten"))
    return MadeReport(found.data, found.composed, found.cells, pdf)


def gather(
    workspace: Workspace,
    order: Order,
    *,
    progress: Progress,
    shared: ReportFrames | None = None,
    number: str = "",
    signature: Signature | None = None,
) -> GatheredReport:
    """Return the report put together but not laid out, as `make` does.

    Raises:
        InputError: there is no such provider, or nothing to report on.
        RefusedError: the user may not read what it tells.
        CancelledError: the user cancelled.
    """
    demand_readable(workspace, order.kind)
    demand_known(workspace, order)
    progress.step(0, STEPS, _("Samlar underlaget"))
    from kvalitetsapp.reports import ledgers, released_cells

    content, compose = _kinds()[order.kind]
    data = content(workspace, partial(source, workspace, order, shared), order)
    if signature is not None:
        data = _signed(data, number, signature)
    return GatheredReport(data, compose(data), released_cells.of_report(data, ledgers.cells_of(data)))


def _kinds() -> Mapping[ReportKind, tuple[_Gatherer, Callable[[Any], Composed]]]:
    """Return, for each kind of report, what gathers everything in it and what puts it together."""
    from kvalitetsapp.reports import (
        agenda_report,
        claims_report,
        comparison_report,
        equity_report,
        gap_report,
        provider_report,
        total_report,
        waiting_report,
    )
    from kvalitetsapp.services import (
        agenda_contents,
        claims_contents,
        comparison_contents,
        equity_contents,
        report_contents,
        waiting_contents,
    )

    return {
        ReportKind.PROVIDER: (_by_mode(report_contents.provider_report), provider_report.composed),
        ReportKind.TOTAL: (_by_mode(report_contents.total_report), total_report.composed),
        ReportKind.CLAIMS: (_by_mode(claims_contents.claims_report), claims_report.composed),
        ReportKind.COMPARISON: (_by_order(comparison_contents.comparison_report), comparison_report.composed),
        ReportKind.AGENDA: (_by_order(agenda_contents.agenda_report), agenda_report.composed),
        ReportKind.GAP: (_by_order(agenda_contents.gap_report), gap_report.composed),
        ReportKind.WAITING: (_by_lists(waiting_contents.waiting_report), waiting_report.composed),
        ReportKind.EQUITY: (_by_order(equity_contents.equity_report), equity_report.composed),
    }


def _by_mode(gather: Callable[..., AnyReport]) -> _Gatherer:
    """Return what gathers a report that the frames and the way of small numbers decide alone."""

    def gathered(workspace: Workspace, frames: Callable[[], ReportFrames], order: Order) -> AnyReport:
        return gather(workspace, frames(), small_numbers=order.small_numbers)

    return gathered


def _by_order(gather: Callable[..., AnyReport]) -> _Gatherer:
    """Return what gathers a report that the frames and the whole order decide."""

    def gathered(workspace: Workspace, frames: Callable[[], ReportFrames], order: Order) -> AnyReport:
        return gather(workspace, frames(), order)

    return gathered


def _by_lists(gather: Callable[[Workspace, Order], AnyReport]) -> _Gatherer:
    """Return what gathers a report that needs no frames of operations."""

    def gathered(workspace: Workspace, _frames: Callable[[], ReportFrames], order: Order) -> AnyReport:
        return gather(workspace, order)

    return gathered


def _signed(data: AnyReport, number: str, signature: Signature) -> AnyReport:
    from kvalitetsapp.domain.report_seal import sealed

    told = _("{by}, {role}, {at}").format(by=signature.by, role=signature.role, at=to_the_minute(signature.at))
    final: AnyReport = sealed(replace(data, head=replace(data.head, number=number, signed=told)))
    return final
