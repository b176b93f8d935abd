"""A short history of claims in the sample county, so that every part of the work with claims has something to show.

Everything is done by the services that people use, by two users, on days that are counted back from today.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.basis import Address, BillingRules, Issuer
from kvalitetsapp.domain.claim_words import CreditReason
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.services import (
    bases,
    basis_steps,
    billing,
    claim_answers,
    claim_approval,
    claim_corrections,
    claim_drafts,
    claim_life,
    claim_proposals,
    credit_notes,
    payments,
    review_case,
    reviews,
)
from kvalitetsapp.services.sample_days import CHIEF, CLERK, OnADay, at
from kvalitetsapp.store import claims
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.domain.proposal import Proposal
    from kvalitetsapp.services.workspace import Workspace

_KR: Final = 100
_ISSUER: Final = Issuer(
    name="Region Storvattnet",
    org_number="2321999001",
    vat_number="SE232199900101",
    address=Address("Exempelgatan 1", "", "831 31", "Exempelstad"),
    endpoint="2321999001",
    bankgiro="9912346",
    contact="Ekonomiservice",
    phone="063-000 00 00",
    email="ekonomi@storvattnet.example",
    f_tax=True,
)


@dataclass(slots=True)
class _History:
    """Lets things happen on days before today; `unclaimed` is what nobody has drafted yet, the largest first."""

    workspace: Workspace
    unclaimed: list[Proposal]

    def at(self, days_ago: int, user: str = CLERK) -> OnADay:
        """Return the workspace as it was so many days ago, with a user at it."""
        return at(self.workspace, days_ago, user)

    def drafted(self, days_ago: int, provider: str, wanted: int) -> list[int]:
        """Draft the largest claims that could be made on the day, and return their numbers."""
        then = self.at(days_ago)
        found = self._fitting(then.today, provider, wanted)
        self.unclaimed = [one for one in self.unclaimed if one not in found]
        return list(claim_drafts.draft(then, [one.operation for one in found]).claims) if found else []

    def _fitting(self, day: date, provider: str, wanted: int) -> list[Proposal]:
        """Return cases whose events had happened, those in time first, on another provider where one has too few.

        The county is not the same for every last day, and every state of claims is to be there whatever the day.
        """
        happened = [one for one in self.unclaimed if one.lines and all(line.event_date <= day for line in one.lines)]
        count = Counter(one.provider_id for one in happened)
        if happened and count[provider] < wanted:
            provider = count.most_common(1)[0][0]
        own = [one for one in happened if one.provider_id == provider]
        return sorted(own, key=lambda one: one.claim_by is not None and one.claim_by < day)[:wanted]

    def approved(self, days_ago: int, provider: str, wanted: int) -> list[int]:
        """Draft claims and let another approve them on the same day."""
        numbers = self.drafted(days_ago, provider, wanted)
        if numbers:
            claim_approval.approve(self.at(days_ago, CHIEF), numbers)
        return numbers

    def issued(self, days_ago: int, numbers: list[int]) -> Basis | None:
        """Issue approved claims on one document."""
        return bases.issue(self.at(days_ago), numbers).basis if numbers else None

    def sent(self, days_ago: int, provider: str, wanted: int) -> Basis | None:
        """Draft, approve, issue and send claims on a provider."""
        basis = self.issued(days_ago, self.approved(days_ago, provider, wanted))
        if basis is not None:
            self.mark_sent(days_ago, basis)
        return basis

    def mark_sent(self, days_ago: int, basis: Basis) -> None:
        """Send a document."""
        then = self.at(days_ago)
        basis_steps.mark_sent(then, bases.view(then, basis.number), ground="follow_up", channel=_("E-faktura"))


def make_history(workspace: Workspace) -> None:
    """Let claims be drafted, approved, issued, answered, credited and paid in a store of the sample county."""
    history = _History(workspace, list(claim_proposals.proposals(workspace)))
    _introduce(history)
    _paid_in_full(history)
    _disputed(history)
    _credited(history)
    _paid_too_much(history)
    _waiting(history)


def _introduce(history: _History) -> None:
    """Tell who claims and who pays."""
    then = history.at(310, CHIEF)
    billing.save_rules(then, BillingRules(issuer=_ISSUER))
    for one in billing.receivers(then):
        address = Address(_("Vårdvägen {n}").format(n=one.provider_id[-1]), "", "831 40", "Exempelstad")
        billing.save_receiver(then, replace(one, address=address, buyer_reference=f"AVTAL-{one.provider_id}"))


def _paid_in_full(history: _History) -> None:
    """Let a provider agree and pay in time."""
    basis = history.sent(300, "P01", 1)
    if basis is not None:
        claim_answers.accept(history.at(290), basis.lines[0].claim)
        _pay(history, 274, basis.amount, basis.number, basis.receiver.name)


def _disputed(history: _History) -> None:
    """Let a provider agree to one claim, dispute another and say nothing of a third, so that the document is late."""
    basis = history.sent(290, "P04", 3)
    if basis is None:
        return
    numbers = list(dict.fromkeys(line.claim for line in basis.lines))
    claim_answers.accept(history.at(270), numbers[0])
    reason = _("Vårdgivaren anser att infektionen inte har samband med operationen")
    claim_answers.dispute(history.at(265), numbers[-1], reason)
    claim_answers.answer(history.at(240), numbers[-1], _("Regionen hänvisar till odlingarna och granskningen"))


def _credited(history: _History) -> None:
    """Let less be claimed than could be, a provider agree to a part of it, and the rest be credited."""
    numbers = history.drafted(91, "P03", 1)
    if not numbers:
        return
    (draft,) = claims.of_numbers(history.workspace.store, numbers)
    last = draft.lines[-1]
    claim_life.change(history.at(91), draft.claim, {last.line: last.amount // 2}, _("Halva vården gällde annat"))
    claim_approval.approve(history.at(90, CHIEF), numbers)
    basis = history.issued(90, numbers)
    if basis is None:
        return
    history.mark_sent(89, basis)
    first = basis.lines[0]
    credit = first.amount // 4
    reason = _("Ett besök ingick redan i ersättningen")
    claim_answers.accept_partly(history.at(70), first.claim, basis.amount - credit, None, reason)
    view = bases.view(history.workspace, basis.number)
    lines = credit_notes.chosen(view, first.line, credit, CreditReason.EARLIER_PARTIAL, reason)
    credit_notes.issue(history.at(66), basis.basis, lines)
    then = history.at(66)
    for one in claim_corrections.corrections(then):
        if one.claim == first.claim and not one.is_left:
            claim_corrections.leave(then, one.claim, one.line, _("Parterna är överens om beloppet"))
    _pay(history, 55, (basis.amount - credit) // 2, basis.number, basis.receiver.name)


def _paid_too_much(history: _History) -> None:
    """Let a provider pay more than it owes, with the finance system's number, and an event be rejected afterwards."""
    basis = history.sent(60, "P02", 1)
    if basis is None:
        return
    then, legal, last = history.at(59), "4100231", basis.lines[-1]
    basis_steps.write_legal_number(then, bases.view(then, basis.number), legal)
    for claim in dict.fromkeys(line.claim for line in basis.lines):
        claim_answers.accept(history.at(45), claim)
    _pay(history, 33, basis.amount + 1_500 * _KR, _("Faktura {number}").format(number=legal), basis.receiver.name)
    _reject(history, 12, last.claim, last.claim_line)


def _waiting(history: _History) -> None:
    """Let documents be late and not sent, claims wait for approval and issue, and a payment for its place."""
    history.sent(41, "P02", 1)
    history.issued(9, history.approved(10, "P01", 1))
    history.approved(6, "P02", 1)
    history.drafted(3, "P02", 1)
    _pay(history, 5, 12_500 * _KR, _("Ersättning oktober"), "Lomvikens Kirurgi")


def _pay(history: _History, days_ago: int, amount: int, reference: str, payer: str) -> None:
    then = history.at(days_ago)
    payments.record(then, NewPayment(then.today, amount, reference, payer))


def _reject(history: _History, days_ago: int, claim: int, line: int) -> None:
    """Let someone come to another conclusion on an event that has been claimed."""
    then = history.at(days_ago, CHIEF)
    (found,) = claims.of_numbers(then.store, (claim,))
    key = next(one.key for one in found.lines if one.line == line)
    seen = review_case.case(then, key)
    if seen is not None:
        answer = Answer(Verdict.REJECTED, comment=_("Annan orsak enligt journalen"), relation="none")
        reviews.decide(then, seen.link, answer)
