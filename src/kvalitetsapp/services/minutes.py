"""The minutes of a follow-up meeting as PDF, with the gate that every report goes through."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import kvalitetsapp
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.minutes import MinutesReport
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.report_data import Head, Manifest
from kvalitetsapp.domain.report_seal import fingerprint
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import kept_files, meeting_papers, releases, reports
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.store import audit
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalitetsapp.domain.meeting_facts import SeenMeeting
    from kvalitetsapp.domain.released import Cell
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.MAKE_REPORTS)
def write(
    workspace: Workspace,
    paper: int,
    out: Path,
    *,
    version: int | None = None,
    small_numbers: SmallNumbers = SmallNumbers.OPEN,
    receiver: Receiver = NOBODY,
) -> Path:
    """Write the minutes of a meeting to `out` and return it; small numbers hidden, they may be handed out.

    Raises:
        InputError: there is no such meeting or version, or the receiver or the purpose cannot be kept.
        RefusedError: the file cannot be written, the store is open to be read only, or the minutes would give away a
            small number together with what has left before.
    """
    from kvalitetsapp.reports import minutes

    if wrong := wrong_with_line(receiver.name) or wrong_with_line(receiver.purpose):
        raise InputError(wrong)
    data = _gathered(workspace, meeting_papers.one(workspace, paper, version), small_numbers)
    cells = minutes.released(data)
    releases.demand_safe(workspace, cells, data.head.data_cut, small_numbers)
    pdf = minutes.build(data)
    record = partial(_record, workspace, data, cells, out.name, receiver)
    kept_files.keep_all(workspace, {out: lambda path: path.write_bytes(pdf)}, record)
    return out


def _record(
    workspace: Workspace, data: MinutesReport, cells: Sequence[Cell], file_name: str, receiver: Receiver
) -> None:
    """Leave the entry in the trace, and in the log of what leaves where the minutes may."""
    subject, mark = str(data.paper), data.manifest.fingerprint
    audit.append(workspace.store, workspace.user, reports.MADE, target=subject, detail=mark)
    releases.record(
        workspace,
        ReportKind.MINUTES,
        subject,
        data_cut=data.head.data_cut,
        mode=data.head.small_numbers,
        fingerprint=mark,
        file_name=file_name,
        cells=cells,
        receiver=receiver,
    )


def _gathered(workspace: Workspace, seen: SeenMeeting, small_numbers: SmallNumbers) -> MinutesReport:
    """Return everything in the minutes, with their fingerprint."""
    from kvalitetsapp.services import report_contents

    paper, meeting = seen.paper, seen.meeting
    cut = next((one.as_of.isoformat() for one in meeting.figures if one.as_of is not None), "")
    manifest = Manifest(
        report_contents.imported_files(workspace),
        report_contents.definitions(workspace),
        _parameters(seen, small_numbers),
    )
    data = MinutesReport(
        head=Head(
            *(paper.title, "", "", cut, workspace.is_sample, small_numbers, kvalitetsapp.__version__),
        ),
        paper=paper.paper,
        version=paper.version,
        owner=paper.owner,
        follow_up_on=paper.follow_up_on,
        state=paper.state,
        saved=_("{who}, {moment}").format(who=paper.who, moment=to_the_minute(paper.saved_at)),
        provider=seen.provider,
        indicators=seen.indicators,
        meeting=meeting,
        figures=seen.figures,
        today=workspace.today,
        manifest=manifest,
    )
    return replace(data, manifest=replace(manifest, fingerprint=fingerprint(data)))


def _parameters(seen: SeenMeeting, small_numbers: SmallNumbers) -> tuple[tuple[str, str], ...]:
    figures = tuple(
        (
            _("Fryst siffra"),
            _("{name} ({id}), version {version}, märke {mark}").format(
                name=one.name, id=one.indicator_id, version=one.version, mark=one.fingerprint[:12]
            ),
        )
        for one in seen.meeting.figures
    )
    return (
        *figures,
        (_("Läget den"), seen.today.isoformat()),
        (_("Små tal"), word("small_numbers", small_numbers)),
    )
