"""Measuring what the rules give against a reviewed truth, which is read and stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetsapp.domain.evaluation import LINK_ACCURACY
from kvalitetsapp.domain.imports import KindOfFile, Reject
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.exchange import profiles, reading
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_kinds
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.resolved import Known
from kvalitetsapp.store import records
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.services.corrections import Record
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the rules agree with a truth, and the rows of it that could not be used."""

    file: str
    read: int
    rejects: tuple[Reject, ...]
    table: Table


@needs(Right.READ_ROWS)
def evaluate_links(
    workspace: Workspace,
    truth: Path,
    *,
    profile: Path | Profile | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Return precision and recall of events and automatic links against a file of verdicts; changes nothing.

    Automatic is what R1–R8 give of what is stored without any decision.

    Raises:
        InputError: the file or the profile cannot be used at all.
        CancelledError: the user cancelled.
    """
    progress = progress or Progress()
    file = reading.read(
        KindOfFile.VERDICTS,
        truth,
        profile=profiles.read_profile(profile) if isinstance(profile, Path) else profile,
        today=workspace.today,
        code_tables=workspace.code_tables,
        progress=progress,
    )
    resolved = import_kinds.resolve(Known(workspace), file)
    rejects = sorted([*file.rejects, *resolved.rejects], key=lambda reject: reject.row)
    return Evaluation(file.file_name, file.read, tuple(rejects), _measured(workspace, resolved.rows, progress))


def _measured(workspace: Workspace, verdicts: Sequence[Record], progress: Progress) -> Table:
    from kvalitetsapp.analysis import evaluation, frames, linking
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import frames_of_store

    progress.step(0, 1, _("Kopplar utan beslut"))
    source = frames_of_store.load(workspace, progress.heed)
    no_verdicts, no_pins = (
        frames.frame(shape, {name: [] for name in shape}) for shape in (frames.VERDICTS, frames.PINS)
    )
    run = linking.run(source.episodes, source.details, no_verdicts, no_pins, workspace.code_tables)
    truth = frames.frame(frames.VERDICTS, _columns(verdicts))
    found = evaluation.evaluate(truth, run.links, run.index_operations)
    progress.step(1, 1, _("Kopplar utan beslut"))
    return table_maker.table(found, LINK_ACCURACY)


def _columns(verdicts: Sequence[Record]) -> dict[str, list[object]]:
    """Return rows of the table of verdicts as the columns of the frame."""
    names = (*records.VERDICTS.key, *records.VERDICTS.content)
    rows = [(*key, *content) for key, content in verdicts]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return {**columns, "verdict": columns["position"]}
