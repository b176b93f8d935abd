"""Decisions as things that travel: what reviewers decided in the program, with everything that became of it.

What came with an import travels with the import. Whether a verdict was taken back and given again is told by the
trace, which alone holds every turn of it; the rows beside it hold the last.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import event_content
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.exchanged import Thing, ThingKind
from kvalitetsapp.store import audit, review_answers, verdicts
from kvalitetsapp.store.verdicts import GIVEN, RESTORED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.store.connection import Store

WORDS: Final = (
    *("relation", "complication_class", "harm_severity", "clavien_dindo", "avoidability", "infection_level"),
    *("organism", "treatment", "outcome", "pointer", "comment"),
)
"""What an answer tells beside its decision, by the names of its columns."""
_ANSWERS: Final = f"""
SELECT a.episode, e.source || '/' || e.episode_id AS ref, a.joint, a.side, a.verdict, a.answer, a.reviewer,
       a.answered_at, v.reviewed_on, a.seconds, a.decision, i.source || '/' || i.episode_id, a.index_joint,
       a.index_side, a.criteria, a.cultures_taken, a.cultures_positive, a.shown,
       v.withdrawn_at IS NULL,
       (SELECT json_group_array(f.source || '/' || f.episode_id) FROM review_follow_ups r
        JOIN episodes f ON f.episode = r.episode WHERE r.answer = a.answer),
       {", ".join(f"a.{name}" for name in WORDS)}
FROM review_answers a
JOIN verdicts v ON v.verdict = a.verdict AND v.batch IS NULL
JOIN episodes e ON e.episode = a.episode
LEFT JOIN episodes i ON i.episode = a.index_episode
"""
_STANDS: Final = 14
"""Where a row of `_ANSWERS`, without the event that it is about, tells whether the verdict stands."""
_ORDER: Final = " ORDER BY ref, a.joint, a.side, v.position, v.verdict, a.answer"
_TURNS: Final = (
    "SELECT happened_at, who, action, detail FROM audit "
    f"WHERE action IN ('{GIVEN}', '{WITHDRAWN}', '{RESTORED}') ORDER BY entry"
)
_MISSED: Final = """
SELECT i.source || '/' || i.episode_id, d.index_joint, d.index_side, e.source || '/' || e.episode_id, d.decision,
       d.complication_class, d.comment, d.who, d.decided_at, d.withdrawn_at
FROM missed_decisions d
JOIN episodes i ON i.episode = d.index_episode
JOIN episodes e ON e.episode = d.episode
ORDER BY 1, 2, 3, 4, d.decision_id
"""


@dataclass(frozen=True, slots=True)
class GivenHere:
    """An answer of a thing as this store has it, and whether its verdict stands."""

    answer: int
    verdict: int
    stands: bool


def decisions(store: Store) -> tuple[Thing, ...]:
    """Return every event that was decided on in the program, with what was decided and became of it."""
    turns = _turns_by_verdict(store)
    rows = groupby(store.rows(_ANSWERS + _ORDER), key=lambda row: row[:4])
    return tuple(_decision(key[1:], [row[4:] for row in group], turns) for key, group in rows)


def given_here(store: Store, key: EventKey) -> dict[str, GivenHere]:
    """Return the answers of an event here by what acts know them by."""
    where = " WHERE a.episode = ? AND a.joint = ? AND a.side = ?"
    rows = [row[4:] for row in store.rows(_ANSWERS + where + _ORDER, (key.episode, key.joint, key.side))]
    marks = _marks(rows)
    return {marks[row[0]]: GivenHere(row[1], row[0], bool(row[_STANDS])) for row in rows}


def write_turn(store: Store, who: str, target: str, act: Mapping[str, Any], here: GivenHere, package_id: str) -> None:
    """Write an act of theirs into the trace, under who takes it and with whose it is and when it was done."""
    told = {"verdict": here.verdict, "answer": here.answer, "taken_from": package_id}
    if act["act"] == GIVEN:
        more = {"decision": act["decision"], "replaced": None}
    else:
        more = {"by": act["by"], "at": act["at"]}
    audit.append(store, who, str(act["act"]), target=target, detail=json.dumps(told | more, ensure_ascii=False))


def take_out(store: Store, here: GivenHere) -> None:
    """Take an answer out of effect together with its verdict."""
    verdicts.withdraw(store, here.verdict)
    review_answers.withdraw(store, here.answer)


def put_back(store: Store, here: GivenHere) -> None:
    """Put an answer into effect again together with its verdict."""
    verdicts.restore(store, here.verdict)
    review_answers.restore(store, here.answer)


def put_in_order(store: Store, in_order: Sequence[int]) -> None:
    """Let verdicts of an event come after each other as told; among others they keep the places that they have."""
    marks = ", ".join("?" * len(in_order))
    places = store.rows(f"SELECT position FROM verdicts WHERE verdict IN ({marks}) ORDER BY position", in_order)
    for verdict, (position,) in zip(in_order, places, strict=True):
        store.write("UPDATE verdicts SET position = ? WHERE verdict = ?", (position, verdict))


def missed(store: Store) -> tuple[Thing, ...]:
    """Return every pair of operation and contact that was decided about in the search for missed events."""
    rows = groupby(store.rows(_MISSED), key=lambda row: row[:4])
    return tuple(_missed(key, [row[4:] for row in group]) for key, group in rows)


def keep_missed(store: Store, key: tuple[int, str, str, int], act: Mapping[str, Any]) -> None:
    """Write a decision of theirs about a contact, or that it was taken back."""
    if act["act"] == "withdrawn":
        store.write(
            "UPDATE missed_decisions SET withdrawn_at = ? WHERE index_episode = ? AND index_joint = ? "
            "AND index_side = ? AND episode = ? AND who = ? AND decided_at = ? AND withdrawn_at IS NULL",
            (act["at"], *key, *act["of"]),
        )
        return
    told = (act["decision"], act["complication_class"], act["comment"], act["who"], act["decided_at"])
    store.write(
        "INSERT INTO missed_decisions (index_episode, index_joint, index_side, episode, decision, "
        "complication_class, comment, who, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*key, *told),
    )


def withdraw_missed(store: Store, key: tuple[int, str, str, int]) -> None:
    """Take our own decision about a contact out of effect."""
    store.write(
        "UPDATE missed_decisions SET withdrawn_at = ? WHERE index_episode = ? AND index_joint = ? AND index_side = ? "
        "AND episode = ? AND withdrawn_at IS NULL",
        (this_moment(), *key),
    )


def _turns_by_verdict(store: Store) -> dict[int, list[tuple[int, str, str, str]]]:
    """Return what the trace tells of every verdict, in order: (place in the trace, action, by whom, when)."""
    found: dict[int, list[tuple[int, str, str, str]]] = {}
    for place, (at, who, action, detail) in enumerate(store.rows(_TURNS)):
        told = json.loads(detail)
        by, when = str(told.get("by", who)), str(told.get("at", at))
        for verdict, what in _turns_of(action, told):
            if verdict is not None:
                found.setdefault(verdict, []).append((place, what, by, when))
    return found


def _turns_of(action: str, told: Mapping[str, Any]) -> Iterator[tuple[int | None, str]]:
    """Give what an entry says of its own verdict and of the one whose place it took or gave back."""
    if action == GIVEN:
        yield told.get("replaced"), WITHDRAWN
    elif action == WITHDRAWN:
        yield told.get("verdict"), WITHDRAWN
        yield told.get("restored"), RESTORED
        return
    else:
        yield told.get("withdrawn"), WITHDRAWN
    yield told.get("verdict"), action


def _marks(rows: Sequence[Sequence[Any]]) -> dict[int, str]:
    """Return what the acts know the answer of each verdict by: who gave it and when, numbered within a second."""
    seen: Counter[tuple[str, str]] = Counter()
    marks = {}
    for verdict, _answer, reviewer, answered_at, *_rest in rows:
        seen[reviewer, answered_at] += 1
        marks[verdict] = f"{reviewer} {answered_at} {seen[reviewer, answered_at]}"
    return marks


def _decision(
    key: tuple[str, str, str], rows: Sequence[Sequence[Any]], turns: Mapping[int, list[tuple[int, str, str, str]]]
) -> Thing:
    ref, joint, side = key
    marks = _marks(rows)
    ordered: list[tuple[int, int, dict[str, Any]]] = []
    for number, row in enumerate(rows):
        verdict, given = row[0], _given(marks[row[0]], row[2:])
        told = turns.get(verdict, [])
        first = next((place for place, what, _by, _at in told if what == GIVEN), -1)
        ordered.append((first, number, given))
        ordered += [
            (place, -1, {"act": what, "of": marks[verdict], "by": by, "at": at})
            for place, what, by, at in told
            if what != GIVEN
        ]
    acts = tuple(act for _place, _number, act in sorted(ordered, key=lambda one: one[:2]))
    episodes = {ref} | {each for act in acts if act["act"] == GIVEN for each in _refs_of(act)}
    name = "/".join(part for part in key if part)
    base = {"episode": ref, "joint": joint, "side": side}
    state = {"order": list(marks.values()), "stand": [marks[row[0]] for row in rows if row[_STANDS]]}
    return Thing(ThingKind.DECISION, "/".join(key), name, tuple(sorted(episodes)), (), base, acts, state)


def _given(mark: str, row: Sequence[Any]) -> dict[str, Any]:
    reviewer, answered_at, reviewed_on, seconds, decision, ref, joint, side, criteria, *rest = row
    taken, positive, shown, _stands, follow_ups, *words = rest
    return {
        "act": GIVEN,
        "mark": mark,
        "reviewer": reviewer,
        "answered_at": answered_at,
        "reviewed_on": reviewed_on,
        "seconds": seconds,
        "decision": decision,
        "operation": None if ref is None else [ref, joint, side],
        "criteria": criteria,
        "cultures_taken": taken,
        "cultures_positive": positive,
        "follow_ups": sorted(json.loads(follow_ups)),
        "shown": event_content.of_any_decision(shown),
        **dict(zip(WORDS, words, strict=True)),
    }


def _refs_of(act: Mapping[str, Any]) -> Iterator[str]:
    yield from act["follow_ups"]
    if act["operation"] is not None:
        yield act["operation"][0]


def _missed(key: tuple[str, str, str, str], rows: Sequence[Sequence[Any]]) -> Thing:
    index, joint, side, ref = key
    acts: list[dict[str, Any]] = []
    for decision, complication_class, comment, who, decided_at, withdrawn_at in rows:
        told = {"decision": decision, "complication_class": complication_class, "comment": comment}
        acts.append({"act": "decided", **told, "who": who, "decided_at": decided_at})
        if withdrawn_at is not None:
            acts.append({"act": "withdrawn", "of": [who, decided_at], "at": withdrawn_at})
    base = {"operation": [index, joint, side], "episode": ref}
    name = f"{ref} {index}/{joint}/{side}"
    return Thing(ThingKind.MISSED, " ".join(key), name, tuple(sorted({index, ref})), (), base, tuple(acts), {})
