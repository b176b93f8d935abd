"""Taking decisions of another store: each as its reviewer gave it, under that name and day, by the ordinary rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import event_content
from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.exchanged import beyond
from kvalitetsapp.domain.missed_event import MissedKey
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import kept_answers
from kvalitetsapp.store import (
    audit,
    exchanged_decisions,
    missed_decisions,
    patients,
    review_answers,
    review_rounds,
    verdicts,
)
from kvalitetsapp.store.exchanged_decisions import WORDS, GivenHere
from kvalitetsapp.store.taken_claims import BrokenRuleError, rules
from kvalitetsapp.store.verdicts import GIVEN, RESTORED, WITHDRAWN
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.exchanged import Thing
    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TakenDecision:
    """What was taken: whose event it is, the answer that now stands, and the one of ours that had to leave for it."""

    person: int
    target: str
    answer: int | None
    replaced: GivenHere | None


def take(
    workspace: Workspace, theirs: Thing, ours: Thing | None, episodes: Mapping[str, int], package_id: str
) -> TakenDecision:
    """Take what was decided on an event beyond what is known here, inside a transaction; links are made afterwards.

    What stands here and not there is taken out of effect: the caller has seen to it that there is no such thing, or
    that a person wants theirs.

    Raises:
        BrokenRuleError: the event is not here or is another than the one that they saw, or what they named cannot be
            chosen for it.
    """
    key = EventKey(episodes[theirs.base["episode"]], theirs.base["joint"], theirs.base["side"])
    link = patients.link(workspace.store, key)
    if link is None:
        raise BrokenRuleError(_("händelsen finns inte här, fast vårdkontakten finns"))
    here = exchanged_decisions.given_here(workspace.store, key)
    stand = set(theirs.state["stand"])
    replaced = _take_out(workspace, theirs, here, stand)
    answer = None
    for act in theirs.acts:
        if act["act"] != GIVEN:
            continue
        mark = act["mark"]
        if mark not in here:
            here[mark] = _give(workspace, key, act, episodes)
            if mark in stand:
                _check(workspace, link, act, episodes)
                answer = here[mark].answer
            else:
                exchanged_decisions.take_out(workspace.store, here[mark])
        elif mark in stand and not here[mark].stands:
            with rules():
                exchanged_decisions.put_back(workspace.store, here[mark])
            if mark not in {turn.get("of") for turn in beyond(theirs, ours)}:
                _trace_turn(workspace, RESTORED, theirs.name, here[mark])
    _trace(workspace, theirs, ours, here, package_id)
    return TakenDecision(link.person, theirs.name, answer, replaced)


def take_missed(
    workspace: Workspace, theirs: Thing, ours: Thing | None, episodes: Mapping[str, int], *, forced: bool = False
) -> None:
    """Take what was decided about a contact in the search for missed events, inside a transaction.

    Raises:
        BrokenRuleError: the operation or the contact is another here, or the contact is an event already.
    """
    ref, joint, side = theirs.base["operation"]
    key = MissedKey(episodes[ref], joint, side, episodes[theirs.base["episode"]])
    row = (key.index_episode, key.joint, key.side, key.episode)
    if forced:
        exchanged_decisions.withdraw_missed(workspace.store, row)
    for act in beyond(theirs, ours):
        with rules():
            exchanged_decisions.keep_missed(workspace.store, row, act)
    if theirs.acts[-1]["act"] != "withdrawn":
        _check_missed(workspace, key)


def _take_out(workspace: Workspace, theirs: Thing, here: Mapping[str, GivenHere], stand: set[str]) -> GivenHere | None:
    """Take out of effect what does not stand there, and return the latest of it that they do not know of."""
    known = set(theirs.state["order"])
    gone = None
    for mark, one in here.items():
        if one.stands and mark not in stand:
            exchanged_decisions.take_out(workspace.store, one)
            if mark not in known:
                gone = one
                _trace_turn(workspace, WITHDRAWN, theirs.name, one)
    return gone


def _give(workspace: Workspace, key: EventKey, act: Mapping[str, Any], episodes: Mapping[str, int]) -> GivenHere:
    """Store an answer with its verdict, under its reviewer's name and day."""
    named = act["operation"]
    operation = None if named is None else (episodes[named[0]], str(named[1]), str(named[2]))
    episode, joint, side = operation or (None, None, None)
    verdict = verdicts.NewVerdict(
        key,
        act["decision"],
        act["complication_class"] or None,
        act["reviewer"],
        date.fromisoformat(act["reviewed_on"]),
        episode,
        joint,
        side,
        act["comment"] or None,
    )
    with rules():
        number = verdicts.add(workspace.store, verdict)
        answer = review_answers.NewAnswer(
            key,
            None,
            Part.SOLE,
            act["reviewer"],
            _answer(act, episodes),
            operation,
            act["seconds"],
            act["shown"],
            number,
            act["answered_at"],
        )
        return GivenHere(review_answers.add(workspace.store, answer), number, stands=True)


def _answer(act: Mapping[str, Any], episodes: Mapping[str, int]) -> Answer:
    named = act["operation"]
    return Answer(
        Verdict(act["decision"]),
        "" if named is None else "/".join(named),
        criteria=tuple(act["criteria"].split()),
        cultures_taken=act["cultures_taken"],
        cultures_positive=act["cultures_positive"],
        follow_ups=tuple(sorted(episodes[ref] for ref in act["follow_ups"])),
        **{name: act[name] for name in WORDS},
    )


def _check(workspace: Workspace, link: Link, act: Mapping[str, Any], episodes: Mapping[str, int]) -> None:
    """Ask of an answer that is to stand what is asked of one that is given here."""
    if date.fromisoformat(act["reviewed_on"]) > workspace.today:
        raise BrokenRuleError(_("beslutets dag {day} har inte varit än").format(day=act["reviewed_on"]))
    for round_ in review_rounds.open_with(workspace.store, link.key):
        if round_.is_blinded and review_answers.of_case(workspace.store, round_.round_id, link.key):
            raise BrokenRuleError(
                _("händelsen granskas av två i omgången {name} här, och någon har svarat").format(name=round_.name)
            )
    if differs := event_content.differences(event_content.of_any_decision(act["shown"]), link):
        raise BrokenRuleError(_("händelsen är inte densamma här: {what}").format(what=differs))
    patient, answer = patients.patient(workspace.store, link.person), _answer(act, episodes)
    try:
        kept_answers.check_contacts(patient, link, answer)
        if answer.decision is Verdict.CONFIRMED and answer.index_ref:
            kept_answers.chosen(workspace, link, patient, answer.index_ref)
    except RefusedError as error:
        raise BrokenRuleError(error.message[:1].lower() + error.message[1:].rstrip(".")) from error


def _trace(
    workspace: Workspace, theirs: Thing, ours: Thing | None, here: Mapping[str, GivenHere], package_id: str
) -> None:
    """Tell the trace every turn that was taken, and let verdicts come in the order in which they did there."""
    store = workspace.store
    for act in beyond(theirs, ours):
        mark = act["mark"] if act["act"] == GIVEN else act["of"]
        exchanged_decisions.write_turn(store, workspace.user, theirs.name, act, here[mark], package_id)
    exchanged_decisions.put_in_order(store, [here[mark].verdict for mark in theirs.state["order"]])


def _trace_turn(workspace: Workspace, action: str, target: str, one: GivenHere) -> None:
    """Tell the trace of a turn that is made here, because theirs is to hold."""
    detail = json.dumps({"verdict": one.verdict, "restored": None, "withdrawn": None})
    audit.append(workspace.store, workspace.user, action, target=target, detail=detail)


def _check_missed(workspace: Workspace, key: MissedKey) -> None:
    ground = missed_decisions.ground(workspace.store, key)
    if ground is None or patients.person_of_episode(workspace.store, key.episode) != ground.person:
        raise BrokenRuleError(_("operationen eller vårdkontakten är en annan här"))
    if ground.status:
        raise BrokenRuleError(_("vårdkontakten är redan en händelse för operationen här"))
