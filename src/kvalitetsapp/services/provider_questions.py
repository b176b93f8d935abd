"""Questions to providers about a case, which are sent outside the program, and the log of what was disclosed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import provider_question as domain
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.provider_question import QuestionStatus, TextPart
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import LinkStatus, ProviderKind, word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, concerned
from kvalitetsapp.store import disclosures as log
from kvalitetsapp.store import provider_questions as store
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.provider_question import Ground, ProviderQuestion
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

_CHANGED: Changes = frozenset({Changed.QUESTIONS})
_SETTLED_OTHERWISE = (LinkStatus.REJECTED, LinkStatus.UNLINKED)


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """What was done with which question."""

    question_id: int
    said: str
    changes: Changes = _CHANGED


@dataclass(frozen=True, slots=True)
class DisclosureOutcome:
    """What was logged."""

    disclosure_id: int
    said: str
    changes: Changes = _CHANGED


@needs(Right.READ_ROWS)
def grounds(workspace: Workspace) -> tuple[Ground, ...]:
    """Return the grounds for disclosing that are offered; a ground in own words may be given instead."""
    return workspace.disclosure_grounds


@needs(Right.READ_NARRATIVE)
def event_key(workspace: Workspace, event_ref: str, joint: str | None = None, side: str | None = None) -> EventKey:
    """Return the event that a reference names; joint and side are needed where its episode has several.

    Raises:
        InputError: there is no such event, or several.
    """
    found = [
        key
        for key in store.events_of(workspace.store, event_ref)
        if joint in (None, key.joint) and side in (None, key.side)
    ]
    if not found:
        raise InputError(
            _("Det finns ingen händelse {ref}. Kontrollera referensen, leden och sidan.").format(ref=event_ref)
        )
    if len(found) > 1:
        raise InputError(_("Vårdkontakten {ref} har flera händelser. Ange led och sida.").format(ref=event_ref))
    return found[0]


@needs(Right.ASK_PROVIDERS)
def ask(
    workspace: Workspace,
    key: EventKey,
    *,
    wording: str,
    channel: str,
    deadline: date | None,
    ground: str,
    disclosed: str = "",
    receiver: str = "",
) -> QuestionOutcome:
    """Keep a question that has been sent to the provider of the event's index operation, and log the disclosure.

    `ground` is the code of one in `grounds`, or own words. `disclosed` is what was sent, the question itself unless
    told; `receiver` is who got it, the provider unless told.

    Raises:
        InputError: a text is missing, too long or holds a personal number, or the deadline has passed.
        RefusedError: the event is gone, is linked to no operation, or to one that the region did itself.
    """
    wording = _text(wording, TextPart.WORDING)
    channel = _text(channel, TextPart.CHANNEL)
    why = ground_in_words(workspace, ground)
    _demand_to_come(workspace, deadline)
    with workspace.store.transaction():
        event, provider_id = _asked(workspace, key)
        new = store.NewQuestion(key, provider_id, wording, channel, workspace.user, workspace.today, deadline)
        number = store.add(workspace.store, new)
        what = disclosed.strip() or _("Fråga nr {number} om {ref}").format(number=number, ref=event.ref)
        _log(workspace, what, receiver.strip() or event.provider, workspace.today, why, key, number)
        detail = json.dumps({"question": number, "provider": provider_id, "deadline": _iso(deadline)})
        audit.append(
            *(workspace.store, workspace.user, "question_asked"),
            target=_target(event.ref, key),
            detail=detail,
            patients=concerned.of_episodes(workspace.store, [key.episode]),
        )
    said = _("Fråga nr {number} till {provider} är sparad och utlämnandet är antecknat.")
    return QuestionOutcome(number, said.format(number=number, provider=event.provider))


@needs(Right.ASK_PROVIDERS)
def record_answer(
    workspace: Workspace, question_id: int, answered_on: date, answer: str, comment: str = ""
) -> QuestionOutcome:
    """Keep the answer to a question, in the place of an earlier one; `comment` is printed in the provider's report.

    Raises:
        InputError: there is no such question, a text is missing, too long or holds a personal number, or the day is
            before the question or after today.
        RefusedError: the question is closed or was taken back.
    """
    answer = _text(answer, TextPart.ANSWER)
    comment = _optional(comment, TextPart.COMMENT)
    with workspace.store.transaction():
        question = _question(workspace, question_id)
        _demand(question, QuestionStatus.SENT, QuestionStatus.ANSWERED)
        if not question.asked_on <= answered_on <= workspace.today:
            raise InputError(_("Svarets dag ska ligga från frågans dag till och med i dag."))
        corrects = question.status is QuestionStatus.ANSWERED
        store.keep_answer(workspace.store, question_id, answered_on, answer, comment)
        before = {
            "answered_on": _iso(question.answered_on),
            "answer": question.answer,
            "comment": question.comment,
        }
        _trace(workspace, question, "answer_corrected" if corrects else "question_answered", before)
    said = _("Svaret på fråga nr {number} är rättat.") if corrects else _("Svaret på fråga nr {number} är sparat.")
    return QuestionOutcome(question_id, said.format(number=question_id))


@needs(Right.ASK_PROVIDERS)
def close(workspace: Workspace, question_id: int) -> QuestionOutcome:
    """Say that no more is expected of a question, answered or not.

    Raises:
        InputError: there is no such question.
        RefusedError: it is closed already or was taken back.
    """
    with workspace.store.transaction():
        question = _question(workspace, question_id)
        _demand(question, QuestionStatus.SENT, QuestionStatus.ANSWERED)
        store.set_status(workspace.store, question_id, QuestionStatus.CLOSED)
        _trace(workspace, question, "question_closed", {"status": question.status.value})
    return QuestionOutcome(question_id, _("Fråga nr {number} är avslutad.").format(number=question_id))


@needs(Right.ASK_PROVIDERS)
def withdraw(workspace: Workspace, question_id: int) -> QuestionOutcome:
    """Take a question back that has no answer; that it was sent stays in the log of disclosures.

    Raises:
        InputError: there is no such question.
        RefusedError: it is answered, closed or taken back already.
    """
    with workspace.store.transaction():
        question = _question(workspace, question_id)
        _demand(question, QuestionStatus.SENT)
        store.set_status(workspace.store, question_id, QuestionStatus.WITHDRAWN)
        _trace(workspace, question, "question_withdrawn", {"status": question.status.value})
    return QuestionOutcome(question_id, _("Fråga nr {number} är återtagen.").format(number=question_id))


@needs(Right.ASK_PROVIDERS)
def change_deadline(workspace: Workspace, question_id: int, deadline: date | None) -> QuestionOutcome:
    """Give a question that waits another last day to be answered on, or none.

    Raises:
        InputError: there is no such question, or the day has passed.
        RefusedError: it is answered, closed or taken back.
    """
    _demand_to_come(workspace, deadline)
    with workspace.store.transaction():
        question = _question(workspace, question_id)
        _demand(question, QuestionStatus.SENT)
        store.set_deadline(workspace.store, question_id, deadline)
        _trace(workspace, question, "deadline_changed", {"deadline": _iso(question.deadline)})
    return QuestionOutcome(question_id, _("Fråga nr {number} har fått en ny svarsdag.").format(number=question_id))


def of_event(workspace: Workspace, key: EventKey) -> tuple[ProviderQuestion, ...]:
    """Return the questions on an event, the latest first."""
    return store.of_event(workspace.store, key)


@needs(Right.READ_NARRATIVE)
def questions(workspace: Workspace) -> tuple[ProviderQuestion, ...]:
    """Return every question in the order of `all_questions`."""
    return domain.in_order(store.all_questions(workspace.store), workspace.today)


@needs(Right.READ_NARRATIVE)
def all_questions(workspace: Workspace) -> Table:
    """Return every question: late ones first, then those that wait, then the others."""
    return domain.questions_table(store.all_questions(workspace.store), workspace.today)


@needs(Right.ASK_PROVIDERS)
def log_disclosure(
    workspace: Workspace, what: str, receiver: str, day: date, ground: str, event: EventKey | None = None
) -> DisclosureOutcome:
    """Log that something was disclosed, with an event where it was about one.

    Raises:
        InputError: a text is missing, too long or holds a personal number, or the day is still to come.
        RefusedError: the event is gone.
    """
    why = ground_in_words(workspace, ground)
    if day > workspace.today:
        raise InputError(_("Dagen för utlämnandet har inte varit än."))
    with workspace.store.transaction():
        target = "" if event is None else _target(_event(workspace, event).ref, event)
        number = _log(workspace, what, receiver, day, why, event)
        audit.append(
            workspace.store,
            workspace.user,
            "disclosure_logged",
            target=target,
            detail=json.dumps({"disclosure": number}),
            patients=() if event is None else concerned.of_episodes(workspace.store, [event.episode]),
        )
    return DisclosureOutcome(number, _("Utlämnandet är antecknat med nr {number}.").format(number=number))


@needs(Right.READ_NARRATIVE)
def disclosures(workspace: Workspace) -> Table:
    """Return everything that was disclosed, the latest logged first."""
    return domain.disclosures_table(log.all_disclosures(workspace.store))


def _asked(workspace: Workspace, key: EventKey) -> tuple[store.Event, str]:
    """Return the event and the provider that is to be asked about it."""
    event = _event(workspace, key)
    if event.provider_id is None or event.status in _SETTLED_OTHERWISE:
        raise RefusedError(
            _("Händelsen {ref} är inte kopplad till någon operation, så det finns ingen att fråga.").format(
                ref=event.ref
            )
        )
    if event.provider_kind == ProviderKind.OWN:
        raise RefusedError(
            _("Operationen som {ref} är kopplad till gjordes i egen regi. Frågan hör inte hemma här.").format(
                ref=event.ref
            )
        )
    return event, event.provider_id


def _event(workspace: Workspace, key: EventKey) -> store.Event:
    event = store.event(workspace.store, key)
    if event is None:
        raise RefusedError(_("Händelsen finns inte längre: underlaget har ändrats. Inget har sparats."))
    return event


def _question(workspace: Workspace, question_id: int) -> ProviderQuestion:
    question = store.of_number(workspace.store, question_id)
    if question is None:
        raise InputError(
            _("Det finns ingen fråga med nummer {number}. Numren står i listan.").format(number=question_id)
        )
    return question


def _demand(question: ProviderQuestion, *allowed: QuestionStatus) -> None:
    if question.status not in allowed:
        raise RefusedError(
            _("Fråga nr {number} har status {status}. Inget har ändrats.").format(
                number=question.question_id, status=word("question_status", question.status).lower()
            )
        )


def _demand_to_come(workspace: Workspace, deadline: date | None) -> None:
    if deadline is not None and deadline < workspace.today:
        raise InputError(_("Svarsdagen har redan varit. Välj i dag eller senare."))


def _log(
    workspace: Workspace,
    what: str,
    receiver: str,
    day: date,
    ground: str,
    event: EventKey | None,
    question: int | None = None,
) -> int:
    """Log a disclosure as part of a transaction and return its number."""
    new = log.NewDisclosure(
        day,
        _text(what, TextPart.DISCLOSED),
        _text(receiver, TextPart.RECEIVER),
        ground,
        workspace.user,
        None if event is None else event.episode,
        question,
    )
    return log.add(workspace.store, new)


def ground_in_words(workspace: Workspace, ground: str) -> str:
    """Return a ground in words; one of the offered is known by its code."""
    offered = {one.code: one.title for one in workspace.disclosure_grounds}
    return offered.get(ground.strip()) or _text(ground, TextPart.GROUND)


def _text(text: str, part: TextPart) -> str:
    """Return a text without the blanks around it, if it may be kept."""
    return _kept(text, domain.lacking_in(text, part))


def _optional(text: str, part: TextPart) -> str:
    return _kept(text, domain.lacking_in(text, part, required=False))


def _kept(text: str, lacking: str) -> str:
    if lacking:
        raise InputError(lacking)
    return text.strip()


def _trace(workspace: Workspace, question: ProviderQuestion, action: str, before: dict[str, str]) -> None:
    """Write down what was done with a question, and what was there before."""
    detail = json.dumps({"question": question.question_id, "before": before}, ensure_ascii=False)
    audit.append(
        *(workspace.store, workspace.user, action),
        target=_target(question.event_ref, question.key),
        detail=detail,
        patients=concerned.of_episodes(workspace.store, [question.key.episode]),
    )


def _target(ref: str, key: EventKey) -> str:
    return "/".join(part for part in (ref, key.joint, key.side) if part)


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
