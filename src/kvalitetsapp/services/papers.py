"""Working papers: saved as versions, withdrawn, undone and done again, and which of them have fallen due.

What a kind's contents may be is checked by the kind's own service, which saves through this one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import paper as domain
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.paper_reading import can_be_read
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, papers, undo_steps
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.paper import Paper, PaperDraft, PaperKind
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.undo_steps import Step

STEP: Final = "paper"
SAVED: Final = "paper_saved"
WITHDRAWN: Final = "paper_withdrawn"
UNDONE: Final = "paper_undone"
REDONE: Final = "paper_redone"
PAPERS_CHANGED: Final[Changes] = frozenset({Changed.PAPERS})


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """Which version of which paper stands now, and what to say of it."""

    paper: int
    version: int
    said: str
    changes: Changes = PAPERS_CHANGED


@needs(Right.WRITE_PAPERS)
def save(
    workspace: Workspace, draft: PaperDraft, *, paper: int | None = None, based_on: int | None = None
) -> PaperOutcome:
    """Keep a new paper, or the next version of `paper` for somebody who has seen version `based_on` of it.

    Raises:
        InputError: a text cannot be kept, or there is no such paper of the draft's kind.
        RefusedError: another version has been saved since, or the paper has been withdrawn.
    """
    if wrong := domain.wrong_with(draft):
        raise InputError(wrong)
    draft = draft.tidy()
    with workspace.store.transaction():
        standing = None if paper is None else _standing(workspace, paper, draft.kind)
        if standing is not None and based_on not in {None, standing.version}:
            raise _saved_since(standing)
        if standing is not None and standing.draft == draft:
            return PaperOutcome(standing.paper, standing.version, _("Inget är ändrat."), NOTHING_CHANGED)
        number = papers.add(workspace.store, draft.kind, workspace.user) if standing is None else standing.paper
        version = papers.add_version(workspace.store, number, draft, workspace.user)
        _remember(workspace, number, None if standing is None else standing.version, version)
        _trace(workspace, SAVED, number, version)
    return PaperOutcome(number, version, _("Sparat som version {n}").format(n=version))


@needs(Right.READ_FIGURES)
def one(workspace: Workspace, paper: int, version: int | None = None) -> Paper:
    """Return a paper, its latest version unless told; also one that has been withdrawn.

    Raises:
        InputError: there is no such paper or version.
        RefusedError: a later version of the program has saved what this one cannot read.
    """
    found = versions(workspace, paper)
    if version is not None and not 1 <= version <= len(found):
        raise InputError(_("Arbetspapper {paper} har ingen version {version}.").format(paper=paper, version=version))
    wanted = found[-1] if version is None else found[version - 1]
    if not can_be_read(wanted):
        raise RefusedError(
            _("Arbetspapper {paper} är sparat av en nyare version av Kvalitetsapp. Uppdatera programmet.").format(
                paper=paper
            )
        )
    return wanted


@needs(Right.READ_FIGURES)
def of_kind(workspace: Workspace, kind: PaperKind) -> tuple[Paper, ...]:
    """Return every paper of a kind that is in use and can be read, each as its latest version."""
    return tuple(filter(can_be_read, papers.of_kind(workspace.store, kind)))


@needs(Right.READ_FIGURES)
def versions(workspace: Workspace, paper: int) -> tuple[Paper, ...]:
    """Return every version of a paper, the first first.

    Raises:
        InputError: there is no such paper.
    """
    found = papers.versions(workspace.store, paper)
    if not found:
        raise InputError(_("Det finns inget arbetspapper {paper}.").format(paper=paper))
    return found


@needs(Right.WRITE_PAPERS)
def withdraw(workspace: Workspace, paper: int) -> PaperOutcome:
    """Take a paper out of use; its versions stay in the store.

    Raises:
        InputError: there is no such paper.
        RefusedError: it has been withdrawn already.
    """
    with workspace.store.transaction():
        standing = _standing(workspace, paper)
        papers.withdraw(workspace.store, paper, workspace.user)
        _remember(workspace, paper, standing.version, None)
        _trace(workspace, WITHDRAWN, paper, standing.version)
    return PaperOutcome(paper, standing.version, _("Arbetspappret är borttaget"))


@needs(Right.READ_FIGURES)
def due(workspace: Workspace, until: date) -> tuple[Paper, ...]:
    """Return every paper that is to be followed up on `until` or before, the longest overdue first."""
    return papers.due(workspace.store, until)


@needs(Right.READ_FIGURES)
def due_listed(workspace: Workspace, until: date | None = None) -> Table:
    """Return `paper due`: what is to be followed up on a day or before, today unless told."""
    return domain.due_table(due(workspace, until or workspace.today), workspace.today)


# undo and redo (`undo_steps`): a step goes from one version of a paper to another, None where it was not in use


def name(workspace: Workspace, step: Step) -> str:
    """Return what was done: `ändrat arbetspapper ”Höften i Salem”`."""
    before, after = step.content["before"], step.content["after"]
    told = papers.version(workspace.store, step.content["paper"], before or after)
    title = "" if told is None else told.title
    if before is None:
        return _("nytt arbetspapper ”{title}”").format(title=title)
    if after is None:
        return _("borttaget arbetspapper ”{title}”").format(title=title)
    return _("ändrat arbetspapper ”{title}”").format(title=title)


def undo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what stood before the step stand again, as a version of its own.

    Raises:
        RefusedError: something else has been done with the paper since.
    """
    return _exchange(workspace, step, UNDONE, out=step.content["after"], back=step.content["before"])


def redo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what the step made stand again, as a version of its own.

    Raises:
        RefusedError: something else has been done with the paper since.
    """
    return _exchange(workspace, step, REDONE, out=step.content["before"], back=step.content["after"])


def _exchange(
    workspace: Workspace, step: Step, action: str, *, out: int | None, back: int | None
) -> tuple[EventKey | None, Changes]:
    """Let what version `back` says stand where what version `out` says does (None: the paper is not in use).

    What they say is compared, not the versions: what was undone and done again stands as a version of its own.
    """
    store, paper = workspace.store, step.content["paper"]
    standing, left = papers.latest(store, paper), _version(workspace, paper, out)
    if (standing and standing.draft) != (left and left.draft):
        raise _gone(workspace, paper) if standing is None else _saved_since(standing)
    wanted = _version(workspace, paper, back)
    if wanted is None:
        papers.withdraw(store, paper, workspace.user)
    elif standing is None:
        papers.restore(store, paper)
        if papers.versions(store, paper)[-1].draft != wanted.draft:
            papers.add_version(store, paper, wanted.draft, workspace.user)
    else:
        papers.add_version(store, paper, wanted.draft, workspace.user)
    _trace(workspace, action, paper, papers.versions(store, paper)[-1].version)
    return None, PAPERS_CHANGED


def _version(workspace: Workspace, paper: int, version: int | None) -> Paper | None:
    return None if version is None else papers.version(workspace.store, paper, version)


def _standing(workspace: Workspace, paper: int, kind: PaperKind | None = None) -> Paper:
    """Return the latest version of a paper in use."""
    latest = one(workspace, paper)
    if kind not in {None, latest.kind}:
        raise InputError(_("Arbetspapper {paper} är av ett annat slag.").format(paper=paper))
    if papers.withdrawal(workspace.store, paper) is not None:
        raise _gone(workspace, paper)
    return latest


def _saved_since(standing: Paper) -> RefusedError:
    return RefusedError(
        _("{who} sparade version {version} {moment}. Läs den och gör om din ändring i den.").format(
            who=standing.who, version=standing.version, moment=to_the_minute(standing.saved_at)
        )
    )


def _gone(workspace: Workspace, paper: int) -> RefusedError:
    told = papers.withdrawal(workspace.store, paper)
    who, at = (told.who, to_the_minute(told.at)) if told is not None else ("", "")
    return RefusedError(_("Arbetspappret togs bort av {who} {moment}.").format(who=who, moment=at))


def _remember(workspace: Workspace, paper: int, before: int | None, after: int | None) -> None:
    content = {"paper": paper, "before": before, "after": after}
    undo_steps.add(workspace.store, workspace.user, STEP, str(paper), content)


def _trace(workspace: Workspace, action: str, paper: int, version: int) -> None:
    detail = json.dumps({"kind": papers.versions(workspace.store, paper)[-1].kind.value, "version": version})
    audit.append(workspace.store, workspace.user, action, target=str(paper), detail=detail)
