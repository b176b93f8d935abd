"""Claims, documents and payments as things that travel, with their steps, what they drew on caps, and what paid them.

A claim is known by its running number and a document by its number: both stand on paper. Patients are told by the
references of their contacts; a specification holds a personal number only where it is no longer the patient's own.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.claim import claim_number
from kvalitetsapp.domain.exchanged import Thing, ThingKind, thing_id
from kvalitetsapp.store import contacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kvalitetsapp.store.connection import Store

STEP: Final = "step"
ENTRY: Final = "entry"
LEFT: Final = "left"
TAKEN_UP: Final = "taken_up"
PLACED: Final = "placed"
UNPLACED: Final = "unplaced"
WITHDRAWN: Final = "withdrawn"
LINE: Final = (
    *("line", "joint", "side", "event_ref", "event_date", "days", "complication_class", "reviewer", "reviewed_on"),
    *("relation", "cost", "cost_basis", "cost_source", "price_year", "deductible"),
)
"""What a claim's line says that never changes, by the names of its columns."""
CLAIM: Final = ("provider_id", "agreement_id", "terms", "index_ref", "operated_on", "drafted_by", "drafted_at")
STEP_TOLD: Final = ("kind", "status", "who", "taken_at", "day", "reason", "amount")
ENTRY_TOLD: Final = ("line", "kind", "amount", "cap", "cap_scope", "day", "who", "entered_at")
DOCUMENT: Final = (
    *("number", "issuer_org", "counter", "document_type", "provider_id", "issued_on", "due_on", "amount"),
    *("issued_by", "issued_at"),
)
DOCUMENT_LINE: Final = ("line", "claim", "claim_line", "amount", "credited_line", "credit_reason", "reason")
DOCUMENT_STEP: Final = ("kind", "day", "content", "who", "taken_at")
PAYMENT: Final = ("received_on", "amount", "reference", "payer", "entry_reference", "note")
RECORDED: Final = ("origin", "file_name", "file_sha256", "who", "recorded_at")
_CLAIMS: Final = f"""
SELECT c.claim, e.source || '/' || e.episode_id, c.index_joint, c.index_side, c.told_side, c.status, c.accepted,
       c.supplements, b.number, {", ".join(f"c.{name}" for name in CLAIM)}
FROM claims c JOIN episodes e ON e.episode = c.index_episode LEFT JOIN bases b ON b.basis = c.basis ORDER BY c.claim
"""
_LINES: Final = f"""
SELECT l.claim, e.source || '/' || e.episode_id, l.amount, v.reviewer, v.reviewed_on,
       (SELECT a.answered_at FROM review_answers a WHERE a.verdict = l.verdict ORDER BY a.answer LIMIT 1),
       {", ".join(f"l.{name}" for name in LINE)}
FROM claim_lines l JOIN episodes e ON e.episode = l.episode LEFT JOIN verdicts v ON v.verdict = l.verdict
ORDER BY l.claim, l.line
"""
_STEPS: Final = f"""
SELECT s.claim, b.number, {", ".join(f"s.{name}" for name in STEP_TOLD)}
FROM claim_steps s LEFT JOIN bases b ON b.basis = s.basis ORDER BY s.claim, s.step
"""
_ENTRIES: Final = f"""
SELECT c.claim, b.number, {", ".join(f"c.{name}" for name in ENTRY_TOLD)}
FROM cap_entries c LEFT JOIN bases b ON b.basis = c.basis ORDER BY c.claim, c.entry
"""
_LEFT: Final = """
SELECT claim, line, difference, fingerprint, reason, who, decided_at, withdrawn_at
FROM correction_decisions ORDER BY claim, decision
"""
_DOCUMENTS: Final = f"""
SELECT b.basis, o.number, b.content, {", ".join(f"b.{name}" for name in DOCUMENT)}
FROM bases b LEFT JOIN bases o ON o.basis = b.credits ORDER BY b.issuer_org, b.counter
"""
_DOCUMENT_LINES: Final = f"SELECT basis, {', '.join(DOCUMENT_LINE)} FROM basis_lines ORDER BY basis, line"
_DOCUMENT_STEPS: Final = f"SELECT basis, {', '.join(DOCUMENT_STEP)} FROM basis_steps ORDER BY basis, step"
_PAYMENTS: Final = f"""
SELECT payment, withdrawn_at, {", ".join((*PAYMENT, *RECORDED))} FROM payments ORDER BY payment
"""
_MATCHES: Final = """
SELECT m.payment, b.number, m.amount, m.how, m.who, m.matched_at, m.withdrawn_at
FROM payment_matches m JOIN bases b ON b.basis = m.basis ORDER BY m.payment, m.match
"""


def claims(store: Store) -> tuple[Thing, ...]:
    """Return every claim."""
    lines, steps, entries, left = (_grouped(store, sql) for sql in (_LINES, _STEPS, _ENTRIES, _LEFT))
    return tuple(
        _claim(row, lines[row[0]], steps[row[0]], entries[row[0]], left[row[0]]) for row in store.rows(_CLAIMS)
    )


def documents(store: Store) -> tuple[Thing, ...]:
    """Return every document, invoice bases and credit notes, by issuer and number in the series."""
    lines, steps = _grouped(store, _DOCUMENT_LINES), _grouped(store, _DOCUMENT_STEPS)
    known = _episodes_of_lines(store)
    numbers = {episode: one.personal_id for episode, one in contacts.of_episodes(store, known.values()).items()}
    current = {place: numbers[episode] for place, episode in known.items()}
    return tuple(_document(row, lines[row[0]], steps[row[0]], current) for row in store.rows(_DOCUMENTS))


def payments(store: Store) -> tuple[Thing, ...]:
    """Return every payment, those taken back too."""
    matches = _grouped(store, _MATCHES)
    seen: Counter[str] = Counter()
    return tuple(_payment(row, matches[row[0]], seen) for row in store.rows(_PAYMENTS))


def payment_rows(store: Store) -> dict[str, int]:
    """Return the number of every payment here by what things know it by."""
    seen: Counter[str] = Counter()
    return {
        _payment_key(dict(zip((*PAYMENT, *RECORDED), row[2:], strict=True)), seen): row[0]
        for row in store.rows(_PAYMENTS)
    }


def filled_in(store: Store, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a document says, its specification with the patients' numbers as they are here."""
    lines = [dict(one) for one in content["specification"]]
    left_out = [one for one in lines if "_claim" in one]
    known = _episodes_of_lines(store, {one["_claim"] for one in left_out})
    found = contacts.of_episodes(store, known.values())
    for one in left_out:
        patient = found[known[one.pop("_claim"), one["claim_line"]]]
        one["contact"] = one["contact"] | {"personal_id": patient.personal_id}
    return {**content, "specification": lines}


def _grouped(store: Store, sql: str) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Return rows by their first column, without it."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, rows in groupby(store.rows(sql), key=itemgetter(0)):
        found[key] = [row[1:] for row in rows]
    return found


def _episodes_of_lines(store: Store, claims: set[int] | None = None) -> dict[tuple[int, int], int]:
    """Return the care contact of every line of some claims, or of all."""
    where = "" if claims is None else f" WHERE claim IN ({', '.join('?' * len(claims))})"
    rows = store.rows(f"SELECT claim, line, episode FROM claim_lines{where}", sorted(claims or ()))
    return {(claim, line): episode for claim, line, episode in rows}


def _named(names: Sequence[str], values: Iterable[Any]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _claim(
    row: tuple[Any, ...],
    lines: list[tuple[Any, ...]],
    steps: list[tuple[Any, ...]],
    entries: list[tuple[Any, ...]],
    left: list[tuple[Any, ...]],
) -> Thing:
    claim, ref, joint, side, told_side, status, accepted, supplements, document, *told = row
    named = _named(CLAIM, told)
    base = {
        **named,
        "claim": claim,
        "operation": [ref, joint, side],
        "supplements": supplements,
        "lines": [_line(one) for one in lines],
    }
    acts = (
        *({"act": STEP, **_named(STEP_TOLD, one[1:]), "document": one[0]} for one in steps),
        *({"act": ENTRY, **_named(ENTRY_TOLD, one[1:]), "document": one[0]} for one in entries),
        *_left_acts(left),
    )
    state = {
        "status": status,
        "accepted": accepted,
        "told_side": told_side,
        "document": document,
        "amounts": {str(one[5]): one[1] for one in lines},
    }
    numbers = {act["document"] for act in acts if act.get("document") is not None} | ({document} - {None})
    ties = sorted(thing_id(ThingKind.BASIS, number) for number in numbers)
    if supplements is not None:
        ties.append(thing_id(ThingKind.CLAIM, _claim_key(supplements)))
    name = claim_number(claim, named["drafted_at"])
    episodes = tuple(sorted({ref, *(one[0] for one in lines)}))
    return Thing(ThingKind.CLAIM, _claim_key(claim), name, episodes, tuple(ties), base, acts, state)


def _claim_key(claim: int) -> str:
    return f"{claim:05d}"


def _line(row: tuple[Any, ...]) -> dict[str, Any]:
    ref, _amount, reviewer, reviewed_on, answered_at, *told = row
    review = None if reviewer is None else [reviewer, reviewed_on, answered_at]
    return {"episode": ref, "review": review, **_named(LINE, told)}


def _left_acts(rows: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for line, difference, fingerprint, reason, who, decided_at, withdrawn_at in rows:
        told = {"line": line, "difference": difference, "fingerprint": fingerprint, "reason": reason}
        yield {"act": LEFT, **told, "who": who, "decided_at": decided_at}
        if withdrawn_at is not None:
            yield {"act": TAKEN_UP, "line": line, "who": who, "decided_at": decided_at, "at": withdrawn_at}


def _document(
    row: tuple[Any, ...],
    lines: list[tuple[Any, ...]],
    steps: list[tuple[Any, ...]],
    current: Mapping[tuple[int, int], str],
) -> Thing:
    _basis, credited, content, *told = row
    named = _named(DOCUMENT, told)
    told_lines = [_named(DOCUMENT_LINE, one) for one in lines]
    base = {**named, "credits": credited, "lines": told_lines, "content": _content(content, told_lines, current)}
    acts = tuple({"act": STEP, **_named(DOCUMENT_STEP, one)} for one in steps)
    claims_of = {thing_id(ThingKind.CLAIM, _claim_key(one["claim"])) for one in told_lines}
    ties = sorted(claims_of) + ([] if credited is None else [thing_id(ThingKind.BASIS, credited)])
    return Thing(ThingKind.BASIS, named["number"], named["number"], (), tuple(ties), base, acts, {})


def _content(told: str, lines: Sequence[Mapping[str, Any]], current: Mapping[tuple[int, int], str]) -> dict[str, Any]:
    """Return what a document says without numbers of rows, and without personal numbers that the receiver has."""
    content: dict[str, Any] = json.loads(told)
    content.pop("credits", None)
    claim_of = {one["line"]: one["claim"] for one in lines}
    for one in content.get("specification", ()):
        place = claim_of.get(one["line"], 0), one["claim_line"]
        if one["contact"]["personal_id"] == current.get(place):
            del one["contact"]["personal_id"]
            one["_claim"] = place[0]
    return content


def _payment(row: tuple[Any, ...], matches: list[tuple[Any, ...]], seen: Counter[str]) -> Thing:
    _payment_number, withdrawn_at, *told = row
    named = _named((*PAYMENT, *RECORDED), told)
    key = _payment_key(named, seen)
    acts: list[dict[str, Any]] = []
    for document, amount, how, who, at, taken_off in matches:
        placed = {"document": document, "amount": amount, "how": how, "who": who, "placed_at": at}
        acts.append({"act": PLACED, **placed})
        if taken_off is not None:
            acts.append({"act": UNPLACED, **placed, "at": taken_off})
    if withdrawn_at is not None:
        acts.append({"act": WITHDRAWN, "at": withdrawn_at})
    ties = sorted({thing_id(ThingKind.BASIS, one[0]) for one in matches})
    name = f"{named['received_on']} {named['reference']}".strip()
    base = {one: named[one] for one in PAYMENT}
    state = {one: named[one] for one in RECORDED}
    return Thing(ThingKind.PAYMENT, key, name, (), tuple(ties), base, tuple(acts), state)


def _payment_key(named: Mapping[str, Any], seen: Counter[str]) -> str:
    """Return what knows a payment: the bank's own reference, else who typed what and when."""
    if named["entry_reference"] is not None:
        return f"bank {named['entry_reference']}"
    told = " ".join(str(named[one]) for one in ("recorded_at", "who", "received_on", "amount", "reference"))
    seen[told] += 1
    return told if seen[told] == 1 else f"{told} {seen[told]}"
