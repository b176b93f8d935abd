"""The protocol of a review round: put together from the store, and kept as PDF and as a workbook."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp import settings
from kvalitetsapp.domain.provider_question import counted
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Manifest
from kvalitetsapp.domain.review_protocol import (
    Comparison,
    MissedFindings,
    ProtocolData,
    ProtocolHead,
    QuestionsAsked,
    ReviewerWork,
    definition_in_words,
    sealed,
)
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.round_progress import time_used
from kvalitetsapp.domain.words import word
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import (
    access,
    kept_files,
    protocol_cases,
    review_rounds,
    reviewer_agreement,
    round_definitions,
)
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import concerned, provider_questions, round_protocols
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.provider_question import QuestionCounts
    from kvalitetsapp.domain.review_round import Round
    from kvalitetsapp.services.protocol_cases import ReviewedCase
    from kvalitetsapp.services.workspace import Workspace

PRINTED: Final = "protocol_made"
TABULATED: Final = "protocol_workbook_made"
_STEPS: Final = 2


def protocol(workspace: Workspace, round_id: int, *, small_numbers: SmallNumbers = SmallNumbers.OPEN) -> ProtocolData:
    """Return everything in the protocol of a round, of one moment; small numbers hidden, it may be handed out.

    It is the same whoever asks: while two reviewers are at work nothing in it tells what one of them has answered to
    a case that is not settled.

    Raises:
        InputError: there is no such round.
    """
    with workspace.snapshot():
        return _protocol(workspace, review_rounds.of_number(workspace, round_id), small_numbers=small_numbers)


@needs(Right.READ_NARRATIVE)
def protocol_pdf(
    workspace: Workspace,
    round_id: int,
    out: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    progress: Progress | None = None,
) -> Path:
    """Write the protocol of a round as PDF to `out` and return it.

    Raises:
        InputError: there is no such round.
        RefusedError: the file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled; no file is left.
    """
    data = _gathered(workspace, round_id, progress := progress or Progress(), small_numbers=small_numbers)
    from kvalitetsapp.reports import review_protocol

    pdf = review_protocol.build(data)
    progress.heed()
    return kept_files.keep(
        workspace,
        lambda path: path.write_bytes(pdf),
        out,
        action=PRINTED,
        target=data.head.name,
        detail=data.manifest.fingerprint,
        patients=concerned.of_round(workspace.store, round_id),
    )


@needs(Right.READ_NARRATIVE)
def protocol_workbook(
    workspace: Workspace,
    round_id: int,
    out: Path,
    *,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    progress: Progress | None = None,
) -> Path:
    """Write the protocol of a round as a workbook to `out` and return it.

    Raises:
        InputError: there is no such round.
        RefusedError: the file cannot be written, or the store is open to be read only.
        CancelledError: the user cancelled; no file is left.
    """
    data = _gathered(workspace, round_id, progress := progress or Progress(), small_numbers=small_numbers)
    from kvalitetsapp.exchange import workbook_writing
    from kvalitetsapp.reports import protocol_sheets

    sheets = protocol_sheets.sheets(data)
    title = _("Granskningsprotokoll: {name}").format(name=data.head.name)
    properties = workbook_writing.Properties(title, date.fromisoformat(data.head.data_cut))
    progress.heed()
    return kept_files.keep(
        workspace,
        lambda path: workbook_writing.write(path, sheets, properties),
        out,
        action=TABULATED,
        target=data.head.name,
        detail=data.manifest.fingerprint,
        patients=concerned.of_round(workspace.store, round_id),
    )


def _gathered(workspace: Workspace, round_id: int, progress: Progress, *, small_numbers: SmallNumbers) -> ProtocolData:
    access.demand(workspace, Right.MAKE_REPORTS, "review_protocols")
    progress.step(0, _STEPS, _("Samlar underlaget"))
    data = protocol(workspace, round_id, small_numbers=small_numbers)
    progress.step(1, _STEPS, _("Skriver protokollet"))
    return data


def _protocol(workspace: Workspace, round_: Round, *, small_numbers: SmallNumbers) -> ProtocolData:
    from kvalitetsapp.analysis import review_results

    reviewed = protocol_cases.of_round(workspace, round_)
    cases = tuple(one.case for one in reviewed)
    day = date.fromisoformat(round_.closed_at[:10]) if round_.closed_at else workspace.today
    asked = _questions(workspace, reviewed, day)
    data = ProtocolData(
        head=_head(workspace, round_, small_numbers=small_numbers),
        reviewers=_work(reviewed),
        median_seconds=_median_of_cases(reviewed),
        progress=review_results.progress(cases),
        results=review_results.results(cases),
        agreement=reviewer_agreement.agreement(workspace, round_.round_id),
        settled=protocol_cases.settled(workspace, reviewed),
        earlier=_earlier(workspace, round_, reviewed),
        questions=QuestionsAsked(asked.asked, asked.answered, asked.late),
        missed=MissedFindings(*round_protocols.missed_judged(workspace.store, round_.definition)),
        cases=cases,
        answers=protocol_cases.answers(reviewed, round_),
        manifest=_manifest(workspace, round_, asked, day, small_numbers=small_numbers),
    )
    return sealed(data)


def _head(workspace: Workspace, round_: Round, *, small_numbers: SmallNumbers) -> ProtocolHead:
    from kvalitetsapp.services import frames_of_store

    cut = frames_of_store.load(workspace).data_cut or workspace.today
    return ProtocolHead(
        name=round_.name,
        definition=definition_in_words(round_.definition, round_definitions.provider_names(workspace)),
        frozen_on=round_.created_at[:10],
        frozen_by=round_.created_by,
        closed_on=round_.closed_at[:10],
        closed_by=round_.closed_by,
        data_cut=cut.isoformat(),
        is_blinded=round_.is_blinded,
        sample=workspace.is_sample,
        small_numbers=small_numbers,
        program_version=kvalitetsapp.__version__,
    )


def _work(reviewed: Sequence[ReviewedCase]) -> tuple[ReviewerWork, ...]:
    """Return what each reviewer did, by name; what two agreed on follows from their answers and is nobody's work."""
    times: dict[str, list[tuple[EventKey, int]]] = defaultdict(list)
    for one in reviewed:
        for given in one.given:
            if given.part is not Part.AGREED:
                times[given.reviewer].append((one.key, given.seconds))
    used = {name: time_used(given) for name, given in sorted(times.items())}
    return tuple(ReviewerWork(name, one.answers, one.seconds, one.median_seconds) for name, one in used.items())


def _questions(workspace: Workspace, reviewed: Sequence[ReviewedCase], day: date) -> QuestionCounts:
    keys = {one.key for one in reviewed}
    return counted((one for one in provider_questions.all_questions(workspace.store) if one.key in keys), day)


def _median_of_cases(reviewed: Sequence[ReviewedCase]) -> int | None:
    used = [sum(given.seconds for given in one.given) for one in reviewed if one.given]
    return round(median(used)) if used else None


def _earlier(workspace: Workspace, round_: Round, reviewed: Sequence[ReviewedCase]) -> Comparison | None:
    from kvalitetsapp.analysis import review_results

    if round_.previous is None:
        return None
    before = review_rounds.of_number(workspace, round_.previous)
    cases = [one.case for one in protocol_cases.of_round(workspace, before)]
    return review_results.compared(before.name, before.closed_at[:10], cases, [one.case for one in reviewed])


def _manifest(
    workspace: Workspace, round_: Round, asked: QuestionCounts, day: date, *, small_numbers: SmallNumbers
) -> Manifest:
    from kvalitetsapp.services import report_contents

    criteria = settings.resources_dir() / "review" / "ebjis_2021.csv"
    parameters = [
        (_("Omgång nr"), str(round_.round_id)),
        (_("Jämförs med omgång nr"), _("ingen") if round_.previous is None else str(round_.previous)),
        (_("Små tal"), word("small_numbers", small_numbers)),
    ]
    if asked.open:
        parameters.append((_("Sena svar räknade den"), day.isoformat()))
    return Manifest(
        report_contents.imported_files(workspace),
        (
            *report_contents.definitions(workspace),
            (_("Infektionskriterier"), report_contents.sha256_of(criteria)),
        ),
        tuple(parameters),
    )
