"""Writing claims, documents and payments of another store as they were there, under the rules that this store holds.

Caps, credits, series of numbers and payments are guarded by the schema itself (m0007): what it refuses comes back as a
`BrokenRuleError`, and the caller takes back what was written.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.store import agreements, bases, dialect
from kvalitetsapp.store.exchanged_claims import (
    CLAIM,
    DOCUMENT,
    DOCUMENT_LINE,
    DOCUMENT_STEP,
    ENTRY,
    ENTRY_TOLD,
    LEFT,
    LINE,
    PAYMENT,
    PLACED,
    RECORDED,
    STEP,
    STEP_TOLD,
    TAKEN_UP,
    filled_in,
)
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.store.connection import Store

_RULES: Final = {
    "the cap is passed": N_("avtalets tak räcker inte för kravet tillsammans med de krav som finns här"),
    "more is given back than was drawn": N_("mer ges tillbaka under taket än som har tagits i anspråk"),
    "the number does not follow the one before": N_("numret följer inte på det senaste i serien här"),
    "more is credited than was claimed": N_("mer krediteras än raden begär"),
    "only the lines of a draft can be changed": N_("kravets belopp kan inte ändras: det är inte längre ett utkast"),
    "more is placed than was paid": N_("mer placeras av betalningen än vad som betalades"),
    "a credit note takes no payment": N_("ett kreditunderlag tar inga betalningar"),
}


class BrokenRuleError(Exception):
    """The store refuses what would break a rule of its own; `reason` says which, in Swedish."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextlib.contextmanager
def rules() -> Iterator[None]:
    """Say which rule is to blame for what the schema refuses in the block.

    Raises:
        BrokenRuleError: it refused something.
    """
    try:
        yield
    except dialect.IntegrityError as error:
        told = _RULES.get(str(error))
        raise BrokenRuleError(_(told) if told else _("det går inte ihop med det som finns här")) from error


def verdict_of(store: Store, episode: int, review: Sequence[str | None] | None) -> int | None:
    """Return the verdict here that a claim's line rests on (reviewer, day, moment of the answer), None without one."""
    if review is None:
        return None
    reviewer, reviewed_on, answered_at = review
    found = store.value(
        "SELECT v.verdict FROM verdicts v LEFT JOIN review_answers a ON a.verdict = v.verdict "
        "WHERE v.episode = ? AND v.reviewer = ? AND v.reviewed_on = ? AND a.answered_at IS ? "
        "ORDER BY v.withdrawn_at IS NOT NULL, v.verdict DESC LIMIT 1",
        (episode, reviewer, reviewed_on, answered_at),
    )
    return None if found is None else int(found)


def holder_of(store: Store, claim: int) -> str | None:
    """Return the moment at which the claim here of a running number was drafted, None where there is none."""
    found = store.value("SELECT drafted_at FROM claims WHERE claim = ?", (claim,))
    return None if found is None else str(found)


def add_claim(store: Store, base: Mapping[str, Any], amounts: Mapping[str, int], episodes: Mapping[str, int]) -> None:
    """Add a claim as a draft with its lines, without what has been done with it since.

    Raises:
        BrokenRuleError: its terms are not written as terms are.
    """
    _demand_readable(lambda: agreements.from_terms(base["terms"]))
    ref, joint, side = base["operation"]
    store.write(
        "INSERT INTO claims (claim, index_episode, index_joint, index_side, supplements, status, "
        f"{', '.join(CLAIM)}) VALUES (?, ?, ?, ?, ?, 'draft', {_marks(CLAIM)})",
        (base["claim"], episodes[ref], joint, side, base["supplements"], *(base[name] for name in CLAIM)),
    )
    for one in base["lines"]:
        episode = episodes[one["episode"]]
        verdict = verdict_of(store, episode, one["review"])
        store.write(
            f"INSERT INTO claim_lines (claim, episode, verdict, amount, {', '.join(LINE)}) "
            f"VALUES (?, ?, ?, ?, {_marks(LINE)})",
            (base["claim"], episode, verdict, amounts[str(one["line"])], *(one[name] for name in LINE)),
        )


def add_acts_of_claim(store: Store, claim: int, acts: Sequence[Mapping[str, Any]], amounts: Mapping[str, int]) -> None:
    """Write what has been done with a claim in its order; its lines get their amounts while it is a draft."""
    _set_amounts(store, claim, amounts)
    for act in acts:
        if act["act"] == STEP:
            told = (*(act[name] for name in STEP_TOLD), _document(store, act["document"]))
            store.write(
                f"INSERT INTO claim_steps (claim, {', '.join(STEP_TOLD)}, basis) VALUES (?, {_marks(STEP_TOLD)}, ?)",
                (claim, *told),
            )
            store.write("UPDATE claims SET status = ? WHERE claim = ?", (act["status"], claim))
            _set_amounts(store, claim, amounts)
        elif act["act"] == ENTRY:
            told = (*(act[name] for name in ENTRY_TOLD), _document(store, act["document"]))
            store.write(
                f"INSERT INTO cap_entries (claim, {', '.join(ENTRY_TOLD)}, basis) VALUES (?, {_marks(ENTRY_TOLD)}, ?)",
                (claim, *told),
            )
        else:
            _add_left(store, claim, act)


def set_state(store: Store, claim: int, state: Mapping[str, Any]) -> None:
    """Let a claim have come as far as told."""
    basis = _document(store, state["document"])
    store.write(
        "UPDATE claims SET status = ?, accepted = ?, basis = ?, told_side = coalesce(told_side, ?) WHERE claim = ?",
        (state["status"], state["accepted"], basis, state["told_side"], claim),
    )


def amounts_of(store: Store, claim: int) -> dict[str, int]:
    """Return what is asked for in each line of a claim here."""
    rows = store.rows("SELECT line, amount FROM claim_lines WHERE claim = ?", (claim,))
    return {str(line): amount for line, amount in rows}


def is_drawn_as_claimed(store: Store, claim: int) -> bool:
    """Tell whether the ledger holds just what the lines of a claim ask for, by the cap of its own terms (R15).

    A draft that was withdrawn has given all of it back.
    """
    drawn = (
        "SELECT coalesce(sum(CASE e.kind WHEN 'draw' THEN e.amount WHEN 'release' THEN -e.amount ELSE 0 END), 0) "
        "FROM cap_entries e WHERE e.claim = l.claim AND e.line = l.line"
    )
    wrong = store.value(
        "SELECT 1 FROM claim_lines l JOIN claims c ON c.claim = l.claim WHERE l.claim = ?1 "
        f"AND ({drawn}) <> CASE WHEN c.status = 'withdrawn' AND c.basis IS NULL THEN 0 ELSE l.amount END "
        "UNION ALL SELECT 1 FROM cap_entries e JOIN claims c ON c.claim = e.claim WHERE c.claim = ?1 "
        "AND (e.cap <> json_extract(c.terms, '$.cap') OR e.cap_scope <> json_extract(c.terms, '$.cap_scope')) LIMIT 1",
        (claim,),
    )
    return wrong is None


def claimed_twice(store: Store, claim: int) -> tuple[str, int] | None:
    """Return the event of a claim that more is drawn for in all than it cost, and another claim on it; else None."""
    of_event = "m.episode = l.episode AND m.joint = l.joint AND m.side = l.side"
    rows = store.rows(
        "SELECT l.event_ref, min(o.claim) FROM claim_lines l "
        "JOIN claim_lines o ON o.episode = l.episode AND o.joint = l.joint AND o.side = l.side AND o.claim <> l.claim "
        "WHERE l.claim = ? AND (SELECT coalesce(sum(CASE e.kind WHEN 'draw' THEN e.amount ELSE -e.amount END), 0) "
        f"  FROM cap_entries e JOIN claim_lines m ON m.claim = e.claim AND m.line = e.line WHERE {of_event}"
        f") > (SELECT max(m.cost - m.deductible) FROM claim_lines m WHERE {of_event}) "
        "GROUP BY l.line ORDER BY l.line",
        (claim,),
    )
    return (str(rows[0][0]), int(rows[0][1])) if rows else None


def add_document(store: Store, base: Mapping[str, Any]) -> None:
    """Add a document with its lines, as it was issued.

    Raises:
        BrokenRuleError: what it says is not written as documents are, or it credits one that is not here.
    """
    credited = _document(store, base["credits"])
    for one in base["content"]["specification"]:
        if "_claim" in one:
            _demand_line(store, "claim_lines", "claim", one["_claim"], one["claim_line"])
    content = filled_in(store, base["content"]) | {"credits": credited}
    told = json.dumps(content, ensure_ascii=False, sort_keys=True)
    basis = store.write(
        f"INSERT INTO bases ({', '.join(DOCUMENT)}, credits, content) VALUES ({_marks(DOCUMENT)}, ?, ?)",
        (*(base[name] for name in DOCUMENT), credited, told),
    )
    for one in base["lines"]:
        of = None if one["credited_line"] is None else credited
        _demand_line(store, "claim_lines", "claim", one["claim"], one["claim_line"])
        if one["credited_line"] is not None:
            _demand_line(store, "basis_lines", "basis", credited, one["credited_line"])
        store.write(
            f"INSERT INTO basis_lines (basis, credited_basis, {', '.join(DOCUMENT_LINE)}) "
            f"VALUES (?, ?, {_marks(DOCUMENT_LINE)})",
            (basis, of, *(one[name] for name in DOCUMENT_LINE)),
        )
    _demand_readable(lambda: bases.specification(store, basis))
    _demand_readable(lambda: _demand_says_so(bases.of_key(store, basis), base))


def add_acts_of_document(store: Store, number: str, acts: Sequence[Mapping[str, Any]]) -> None:
    """Write what has been done with a document."""
    for act in acts:
        store.write(
            f"INSERT INTO basis_steps (basis, {', '.join(DOCUMENT_STEP)}) VALUES (?, {_marks(DOCUMENT_STEP)})",
            (_document(store, number), *(act[name] for name in DOCUMENT_STEP)),
        )


def add_payment(store: Store, base: Mapping[str, Any], state: Mapping[str, Any]) -> int:
    """Add a payment as it was recorded, and return its number here."""
    told = (*(base[name] for name in PAYMENT), *(state[name] for name in RECORDED))
    names = (*PAYMENT, *RECORDED)
    return store.write(f"INSERT INTO payments ({', '.join(names)}) VALUES ({_marks(names)})", told)


def add_acts_of_payment(store: Store, payment: int, acts: Sequence[Mapping[str, Any]]) -> None:
    """Write what a payment was laid on, and what was taken off or back."""
    for act in acts:
        if act["act"] == PLACED:
            store.write(
                "INSERT INTO payment_matches (payment, basis, amount, how, who, matched_at) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    payment,
                    _document(store, act["document"]),
                    *(act[one] for one in ("amount", "how", "who")),
                    act["placed_at"],
                ),
            )
        elif act["act"] == "unplaced":
            store.write(
                "UPDATE payment_matches SET withdrawn_at = ? WHERE match = (SELECT match FROM payment_matches "
                "WHERE payment = ? AND basis = ? AND amount = ? AND matched_at = ? AND withdrawn_at IS NULL LIMIT 1)",
                (act["at"], payment, _document(store, act["document"]), act["amount"], act["placed_at"]),
            )
        else:
            store.write("UPDATE payments SET withdrawn_at = ? WHERE payment = ?", (act["at"], payment))


def take_off(store: Store, payment: int, at: str) -> None:
    """Let nothing of a payment pay for anything."""
    sql = "UPDATE payment_matches SET withdrawn_at = ? WHERE payment = ? AND withdrawn_at IS NULL"
    store.write(sql, (at, payment))


def basis_of(store: Store, number: str) -> int | None:
    """Return the key here of a document, None where there is none of that number."""
    found = store.value("SELECT basis FROM bases WHERE number = ?", (number,))
    return None if found is None else int(found)


def payments_on(store: Store, basis: int) -> tuple[int, ...]:
    """Return the payments that are laid on a document."""
    sql = "SELECT DISTINCT payment FROM payment_matches WHERE basis = ? AND withdrawn_at IS NULL"
    return tuple(payment for (payment,) in store.rows(sql, (basis,)))


def _demand_line(store: Store, table: str, whose: str, key: int | None, line: int) -> None:
    """Make sure that the line of a claim or a document that is spoken of is here."""
    if store.value(f"SELECT 1 FROM {table} WHERE {whose} = ? AND line = ?", (key, line)) is None:
        raise BrokenRuleError(_("en rad som underlaget gäller finns inte här"))


def _demand_says_so(said: Basis | None, base: Mapping[str, Any]) -> None:
    """Make sure that what a document says is what is looked up and added up by."""
    told = [(one["line"], one["claim"], one["claim_line"], one["amount"]) for one in base["lines"]]
    whole = (base["number"], base["issuer_org"], base["counter"], base["document_type"], base["amount"], told)
    if said is None or whole != (
        *(said.number, said.issuer.org_number, said.counter, said.document_type, said.amount),
        [(one.line, one.claim, one.claim_line, one.amount) for one in said.lines],
    ):
        raise BrokenRuleError(_("det som står på underlaget går inte ihop med dess rader"))


def _demand_readable(read: Callable[[], object]) -> None:
    """Make sure that what is kept as text can be read again."""
    try:
        read()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenRuleError(_("innehållet går inte att läsa")) from error


def _document(store: Store, number: str | None) -> int | None:
    if number is None:
        return None
    found = basis_of(store, number)
    if found is None:
        raise BrokenRuleError(_("underlaget {number} finns inte här").format(number=number))
    return found


def _set_amounts(store: Store, claim: int, amounts: Mapping[str, int]) -> None:
    """Set what the lines of a claim ask for, if it is a draft and they ask for something else."""
    store.write_many(
        "UPDATE claim_lines SET amount = ?1 WHERE claim = ?2 AND line = ?3 AND amount <> ?1 "
        "AND (SELECT status FROM claims WHERE claim = ?2) = 'draft'",
        [(amount, claim, int(line)) for line, amount in amounts.items()],
    )


def _add_left(store: Store, claim: int, act: Mapping[str, Any]) -> None:
    if act["act"] == LEFT:
        told = [act[one] for one in ("line", "difference", "fingerprint", "reason", "who", "decided_at")]
        store.write(
            "INSERT INTO correction_decisions (claim, line, difference, fingerprint, reason, who, decided_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (claim, *told),
        )
    elif act["act"] == TAKEN_UP:
        store.write(
            "UPDATE correction_decisions SET withdrawn_at = ? WHERE claim = ? AND line = ? AND who = ? "
            "AND decided_at = ? AND withdrawn_at IS NULL",
            (act["at"], claim, act["line"], act["who"], act["decided_at"]),
        )


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))
