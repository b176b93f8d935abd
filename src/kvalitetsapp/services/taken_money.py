"""Taking claims, documents and payments of another store, all that hang together or none of it.

Everything that is to be taken is written in one go: claims as drafts, documents in the order of their series, then
what was done with each. Where a rule of this store is broken, all of it is taken back, whatever hangs together with
the thing that broke it is left out, and the rest is written again. So no claim is ever half taken, and no cap is
passed at any moment (R15).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim import after, claim_number
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.exchanged import ThingKind, beyond
from kvalitetsapp.services import settling
from kvalitetsapp.store import bases, exchanged_claims, receivables, taken_claims
from kvalitetsapp.store.taken_claims import BrokenRuleError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kvalitetsapp.domain.exchanged import Thing
    from kvalitetsapp.services.workspace import Workspace

_KINDS: Final = (ThingKind.CLAIM, ThingKind.BASIS, ThingKind.PAYMENT)


@dataclass(frozen=True, slots=True)
class ToTake:
    """A thing of theirs, what is known of it here, and the group that is taken whole or not at all.

    `forced`: a person has decided that theirs is to hold where both have gone on.
    """

    theirs: Thing
    ours: Thing | None
    group: int
    forced: bool = False


class _StoppedError(Exception):
    """A rule was broken by something of a group."""

    def __init__(self, group: int, reason: str) -> None:
        super().__init__(reason)
        self.group, self.reason = group, reason


@dataclass
class _Written:
    """The documents that payments were laid on, each with the group that did it, and the payments that came."""

    documents: dict[int, int] = field(default_factory=dict)
    payments: set[int] = field(default_factory=set)


def take(workspace: Workspace, wanted: Sequence[ToTake], episodes: Mapping[str, int]) -> dict[int, str]:
    """Take what can be taken, inside a transaction, and return why each group that cannot be is left out."""
    left_out: dict[int, str] = {}
    while True:
        rest = [one for one in wanted if one.group not in left_out]
        try:
            with workspace.store.part():
                _write_all(workspace, rest, episodes)
        except _StoppedError as stopped:
            left_out[stopped.group] = stopped.reason
        else:
            return left_out


def _write_all(workspace: Workspace, wanted: Iterable[ToTake], episodes: Mapping[str, int]) -> None:
    of_kind: dict[ThingKind, list[ToTake]] = {kind: [] for kind in _KINDS}
    for one in wanted:
        of_kind[one.theirs.kind].append(one)
    claims = sorted(of_kind[ThingKind.CLAIM], key=lambda one: one.theirs.base["claim"])
    documents = sorted(of_kind[ThingKind.BASIS], key=lambda one: itemgetter("issuer_org", "counter")(one.theirs.base))
    for one in claims:
        _each(one, lambda taken: _add_claim(workspace, taken, episodes))
    for one in documents:
        _each(one, lambda taken: _add_document(workspace, taken))
    for one in claims:
        _each(one, lambda taken: _go_on_with_claim(workspace, taken))
    written = _Written()
    for one in of_kind[ThingKind.PAYMENT]:
        _each(one, lambda taken: _take_payment(workspace, taken, written))
    for one in claims:
        _each(one, lambda taken: _demand_claimed_once(workspace, taken))
    _follow_payments(workspace, written)


def _each(one: ToTake, write: Callable[[ToTake], None]) -> None:
    """Let a thing be written, and say of what group it is where it cannot be."""
    try:
        with taken_claims.rules():
            write(one)
    except BrokenRuleError as error:
        raise _StoppedError(one.group, f"{one.theirs.name}: {error.reason}") from error


def _add_claim(workspace: Workspace, one: ToTake, episodes: Mapping[str, int]) -> None:
    """Add a claim that is not here; its running number must be free, and the reviews that it rests on be here."""
    if one.ours is not None:
        return
    base = one.theirs.base
    drafted_at = taken_claims.holder_of(workspace.store, base["claim"])
    if drafted_at is not None:
        raise BrokenRuleError(
            _("numret är {number} här, ett annat krav").format(number=claim_number(base["claim"], drafted_at))
        )
    if base["supplements"] is not None and taken_claims.holder_of(workspace.store, base["supplements"]) is None:
        raise BrokenRuleError(_("kravet som det kompletterar finns inte här"))
    for line in base["lines"]:
        review = line["review"]
        if review and taken_claims.verdict_of(workspace.store, episodes[line["episode"]], review) is None:
            raise BrokenRuleError(
                _("granskningen av {ref} som kravet vilar på finns inte här").format(ref=line["event_ref"])
            )
    taken_claims.add_claim(workspace.store, base, one.theirs.state["amounts"], episodes)


def _add_document(workspace: Workspace, one: ToTake) -> None:
    number, store = one.theirs.key, workspace.store
    if one.ours is None:
        taken_claims.add_document(store, one.theirs.base)
    news = beyond(one.theirs, one.ours)
    for act in news:
        if act["kind"] == "legal_number":
            _demand_own_legal_number(workspace, number, act["content"])
    taken_claims.add_acts_of_document(store, number, news)


def _demand_own_legal_number(workspace: Workspace, number: str, content: str) -> None:
    legal = json.loads(content)["legal_number"]
    holder = bases.holder_of_legal_number(workspace.store, legal)
    if holder not in (None, number):
        raise BrokenRuleError(
            _("fakturanumret {legal} är redan numret på {holder}").format(legal=legal, holder=holder)
        )


def _go_on_with_claim(workspace: Workspace, one: ToTake) -> None:
    """Write what has been done with a claim there and not here, and let it have come as far as there."""
    store, theirs = workspace.store, one.theirs
    claim, amounts = theirs.base["claim"], theirs.state["amounts"]
    news = beyond(theirs, one.ours)
    if one.forced and one.ours is not None:
        _demand_lawful(one.ours, theirs, news)
    taken_claims.add_acts_of_claim(store, claim, news, amounts)
    taken_claims.set_state(store, claim, theirs.state)
    if taken_claims.amounts_of(store, claim) != amounts:
        raise BrokenRuleError(_("kravets belopp är andra här och kan inte längre ändras"))
    if not taken_claims.is_drawn_as_claimed(store, claim):
        raise BrokenRuleError(_("det som kravet har tagit av taket är något annat än dess rader"))


def _demand_lawful(ours: Thing, theirs: Thing, news: Sequence[Mapping[str, object]]) -> None:
    """Make sure that their steps can follow on ours: no step is ever taken away."""
    status = ClaimStatus(ours.state["status"])
    for act in news:
        if act["act"] != exchanged_claims.STEP:
            continue
        reached = after(status, ClaimStep(str(act["kind"])))
        if reached is None:
            raise BrokenRuleError(_("dess steg kan inte följa på dem som kravet har fått här"))
        status = reached
    if status != theirs.state["status"]:
        raise BrokenRuleError(_("dess steg kan inte följa på dem som kravet har fått här"))


def _take_payment(workspace: Workspace, one: ToTake, written: _Written) -> None:
    store, theirs = workspace.store, one.theirs
    known = exchanged_claims.payment_rows(store).get(theirs.key)
    payment = taken_claims.add_payment(store, theirs.base, theirs.state) if known is None else known
    news: Sequence[Mapping[str, object]] = beyond(theirs, one.ours)
    if one.forced and one.ours is not None:
        if any(act["act"] == exchanged_claims.WITHDRAWN for act in one.ours.acts):
            raise BrokenRuleError(_("betalningen är återtagen här"))
        taken_claims.take_off(store, payment, this_moment())
    taken_claims.add_acts_of_payment(store, payment, news)
    written.payments.add(payment)
    numbers = {str(act["document"]) for act in theirs.acts if "document" in act}
    for basis in (taken_claims.basis_of(store, number) for number in numbers):
        if basis is not None:
            written.documents[basis] = one.group


def _demand_claimed_once(workspace: Workspace, one: ToTake) -> None:
    found = taken_claims.claimed_twice(workspace.store, one.theirs.base["claim"])
    if found is not None:
        event, other = found
        drafted_at = taken_claims.holder_of(workspace.store, other) or ""
        raise BrokenRuleError(
            _("händelsen {ref} är redan krävd här, i {number}").format(
                ref=event, number=claim_number(other, drafted_at)
            )
        )


def _follow_payments(workspace: Workspace, written: _Written) -> None:
    """Settle what is paid in full now; what both stores were paid for the same document may be more than is owed."""
    store = workspace.store
    for basis, group in sorted(written.documents.items()):
        owed = receivables.of_basis(store, basis)
        if owed is None:
            continue
        if owed.open < 0 and set(taken_claims.payments_on(store, basis)) - written.payments:
            reason = _("{number}: mer skulle vara betalt än vad som är öppet").format(number=owed.number)
            raise _StoppedError(group, reason)
        settling.settle_if_paid(workspace, basis)
