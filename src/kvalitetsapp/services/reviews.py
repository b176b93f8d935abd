"""Reviewing links: the queue, one case, deciding, and taking a decision back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import answer as answers
from kvalitetsapp.domain import explanation, facts, timeline
from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.review import ReviewCase
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import linking
from kvalitetsapp.store import audit, patients, verdicts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey, Link, Operation, Patient
    from kvalitetsapp.services.workspace import Workspace

_CHANGED: Changes = frozenset({Changed.VERDICTS, Changed.LINKS, Changed.FINDINGS})


@dataclass(frozen=True, slots=True)
class Queue:
    """Every link by date of event, which of them have an unfinished answer, and what an undo would take back."""

    links: tuple[Link, ...]
    drafted: frozenset[EventKey]
    undo_name: str


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What was decided or taken back."""

    key: EventKey | None
    said: str
    changes: Changes = NOTHING_CHANGED


def queue(workspace: Workspace) -> Queue:
    """Return all links with what is unfinished and what can be undone."""
    links = tuple(patients.all_links(workspace.store))
    drafts = verdicts.drafted(workspace.store)
    drafted = frozenset(link.key for link in links if verdicts.draft_key(link.key) in drafts)
    return Queue(links, drafted, undo_name(workspace))


def case(workspace: Workspace, key: EventKey) -> ReviewCase | None:
    """Return an event with all that is needed to decide on it, None where there is no such event any more."""
    link = patients.link(workspace.store, key)
    if link is None:
        return None
    tables = workspace.code_tables
    patient = patients.patient(workspace.store, link.person)
    operation = _operation(patient, link.index_ref)
    operated = () if operation is None else facts.of_episode(patient.episode(operation.episode), tables)
    return ReviewCase(
        link,
        explanation.why(link, patient.operations, tables),
        facts.of_episode(patient.episode(key.episode), tables),
        operated,
        explanation.candidates(link, patient.operations, tables),
        timeline.of_patient(patient, selected=key),
        verdicts.history(workspace.store, key),
        _draft(workspace, key),
        criteria=workspace.infection_criteria,
        why_not=explanation.why_not(link, patient.operations, tables),
        missing=explanation.missing(link, patient, tables),
    )


def decide(workspace: Workspace, shown: Link, answer: Answer, progress: Progress | None = None) -> ReviewOutcome:
    """Store a decision on an event as it was shown, and link anew, in one transaction.

    Raises:
        InputError: the answer lacks something.
        RefusedError: the event is gone or has changed, or someone else has decided on it meanwhile.
    """
    if lacking := answers.missing_in(answer, shown):
        raise InputError(lacking)
    with workspace.store.transaction():
        _check_unchanged(workspace, shown)
        replaced = verdicts.same_day(workspace.store, shown.key, workspace.user, workspace.today)
        if replaced is not None:
            verdicts.withdraw(workspace.store, replaced)
        given = verdicts.add(workspace.store, _verdict(workspace, shown, answer))
        detail = json.dumps({"verdict": given, "decision": answer.decision, "replaced": replaced})
        audit.append(workspace.store, workspace.user, verdicts.GIVEN, target=shown.ref, detail=detail)
        verdicts.forget_draft(workspace.store, shown.key)
        linking.derive(workspace, progress or Progress())
    said = _("Bekräftad") if answer.decision is Verdict.CONFIRMED else _("Avvisad")
    return ReviewOutcome(shown.key, _("{what}: {ref}").format(what=said, ref=shown.event_ref), _CHANGED)


def undo_name(workspace: Workspace) -> str:
    """Return what `undo_last` would take back, such as `bekräftad koppling av cosmic/8841207`, "" if nothing."""
    last = verdicts.latest_given(workspace.store, workspace.user)
    if last is None:
        return ""
    text = _("bekräftad koppling av {ref}") if last.decision == Verdict.CONFIRMED else _("avvisad koppling av {ref}")
    return text.format(ref=last.event_ref)


def undo_last(workspace: Workspace, progress: Progress | None = None) -> ReviewOutcome:
    """Withdraw the user's latest decision that stands and put the one it replaced into effect again.

    Raises:
        RefusedError: there is nothing to take back.
    """
    name = undo_name(workspace)
    last = verdicts.latest_given(workspace.store, workspace.user)
    if last is None:
        raise RefusedError(_("Det finns inget beslut av dig att ångra."))
    target = "/".join(part for part in (last.event_ref, last.key.joint, last.key.side) if part)
    with workspace.store.transaction():
        verdicts.withdraw(workspace.store, last.verdict)
        replaced = _replaced_by(workspace, last.verdict, target)
        if replaced is not None:
            verdicts.restore(workspace.store, replaced)
        detail = json.dumps({"verdict": last.verdict, "restored": replaced})
        audit.append(workspace.store, workspace.user, verdicts.WITHDRAWN, target=target, detail=detail)
        linking.derive(workspace, progress or Progress())
    return ReviewOutcome(last.key, _("Ångrat: {name}").format(name=name), _CHANGED)


def keep_draft(workspace: Workspace, key: EventKey, answer: Answer) -> None:
    """Keep an unfinished answer; an empty one is no draft. A store that is only read keeps none."""
    if workspace.read_only or answer == _draft(workspace, key):
        return
    with workspace.store.transaction():
        if answer.is_empty:
            verdicts.forget_draft(workspace.store, key)
        else:
            verdicts.keep_draft(workspace.store, key, _as_text(answer))


def _check_unchanged(workspace: Workspace, shown: Link) -> None:
    now = patients.link(workspace.store, shown.key)
    if now is None:
        raise RefusedError(
            _("Händelsen {ref} finns inte längre: underlaget har ändrats. Inget har sparats.").format(
                ref=shown.event_ref
            )
        )
    if now.verdict != shown.verdict:
        raise RefusedError(
            _("Någon annan har beslutat om {ref} sedan den visades. Läs beslutet och ta ställning på nytt.").format(
                ref=shown.event_ref
            )
        )
    if now.content() != shown.content():
        raise RefusedError(
            _("Händelsen {ref} har ändrats sedan den visades. Läs den igen och ta ställning på nytt.").format(
                ref=shown.event_ref
            )
        )
    if (later := verdicts.dated_after(workspace.store, shown.key, workspace.today)) is not None:
        raise RefusedError(
            _("Det finns ett beslut om {ref} med ett senare datum, {day}. Rätta det först.").format(
                ref=shown.event_ref, day=later
            )
        )


def _verdict(workspace: Workspace, shown: Link, answer: Answer) -> verdicts.NewVerdict:
    confirmed = answer.decision is Verdict.CONFIRMED
    operation = _chosen(workspace, shown, answer.index_ref) if confirmed else None
    return verdicts.NewVerdict(
        shown.key,
        str(answer.decision),
        answer.complication_class or None,
        workspace.user,
        workspace.today,
        None if operation is None else operation.episode,
        None if operation is None else operation.joint,
        None if operation is None else operation.side,
        answer.comment.strip() or None,
    )


def _chosen(workspace: Workspace, shown: Link, index_ref: str) -> Operation:
    patient = patients.patient(workspace.store, shown.person)
    offered = explanation.candidates(shown, patient.operations, workspace.code_tables)
    for one in offered:
        if one.operation.index_ref == index_ref and one.possible:
            return one.operation
    raise RefusedError(_("Operationen {ref} går inte att välja för den här händelsen.").format(ref=index_ref))


def _operation(patient: Patient, index_ref: str) -> Operation | None:
    return next((one for one in patient.operations if one.index_ref == index_ref), None)


def _replaced_by(workspace: Workspace, verdict: int, target: str) -> int | None:
    """Return the verdict that this one took the place of, as the trace tells it."""
    for detail in verdicts.audit_details(workspace.store, target):
        told = json.loads(detail)
        if told["verdict"] == verdict:
            replaced = told["replaced"]
            return None if replaced is None else int(replaced)
    return None


def _draft(workspace: Workspace, key: EventKey) -> Answer:
    kept = verdicts.draft(workspace.store, key)
    if kept is None:
        return Answer()
    return answers.from_dict(json.loads(kept))


def _as_text(answer: Answer) -> str:
    return json.dumps(answer.as_dict(), ensure_ascii=False)
