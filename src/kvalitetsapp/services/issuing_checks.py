"""What keeps claims from being issued together, everything at once and each at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import billing_checks
from kvalitetsapp.domain.basis import LAST_COUNTER
from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.words import word
from kvalitetsapp.services import claim_staleness
from kvalitetsapp.store import bases, billing, claims
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kvalitetsapp.domain.basis import Receiver
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.services.workspace import Workspace


def of_claims(workspace: Workspace, wanted: Sequence[int], issued_on: date) -> tuple[FieldFault, ...]:
    """Return why claims cannot be issued on one document on a day, nothing where they can."""
    if not wanted:
        return (FieldFault("claims", _("Välj minst ett krav.")),)
    found = claims.of_numbers(workspace.store, wanted)
    return (
        *_unknown(wanted, found),
        *_not_approved(found),
        *_of_several_providers(found),
        *blocked(workspace, found),
        *_of_the_day(workspace, found, issued_on),
        *_of_billing(workspace, found),
    )


def blocked(workspace: Workspace, found: Sequence[Claim]) -> Iterator[FieldFault]:
    """Give the approved claims whose ground has changed since they were drafted."""
    approved = [one for one in found if one.status is ClaimStatus.APPROVED]
    why = claim_staleness.blocked_for_issue(workspace, approved) if approved else {}
    for one in approved:
        for reason in why.get(one.claim, ()):
            message = _("Kravet {number} kan inte ställas ut som det är: {reason}")
            yield FieldFault("claims", message.format(number=one.number, reason=reason))


def of_the_day(workspace: Workspace, issued_on: date) -> Iterator[FieldFault]:
    """Give what speaks against issuing anything on a day."""
    if issued_on > workspace.today:
        yield FieldFault("issued_on", _("Dagen har inte varit än."))


def of_the_series(workspace: Workspace, org_number: str) -> Iterator[FieldFault]:
    """Give that an issuer has used every number of its series."""
    if bases.next_counter(workspace.store, org_number) > LAST_COUNTER:
        yield FieldFault("issuer.org_number", _("Utställarens nummerserie är slut."))


def receiver_of(workspace: Workspace, provider_id: str) -> Receiver:
    """Return a provider of a claim as the one who pays, ready to be put on a document."""
    found = billing.receiver(workspace.store, provider_id)
    assert found is not None  # noqa: S101 - the schema lets no claim be without its provider
    return billing_checks.addressable(billing_checks.tidied_receiver(found))


def _unknown(wanted: Sequence[int], found: Sequence[Claim]) -> Iterator[FieldFault]:
    known = {one.claim for one in found}
    for claim in wanted:
        if claim not in known:
            yield FieldFault("claims", _("Det finns inget krav med nummer {number}.").format(number=claim))


def _not_approved(found: Sequence[Claim]) -> Iterator[FieldFault]:
    for one in found:
        if one.status is not ClaimStatus.APPROVED:
            status = word("claim_status", one.status).lower()
            message = _("Kravet {number} är {status}. Bara godkända krav kan ställas ut.")
            yield FieldFault("claims", message.format(number=one.number, status=status))


def _of_several_providers(found: Sequence[Claim]) -> Iterator[FieldFault]:
    if len({one.provider_id for one in found}) > 1:
        names = ", ".join(sorted({one.provider for one in found}))
        message = _("Kraven gäller flera vårdgivare: {names}. Ett underlag går till en.")
        yield FieldFault("claims", message.format(names=names))


def _of_the_day(workspace: Workspace, found: Sequence[Claim], issued_on: date) -> Iterator[FieldFault]:
    yield from of_the_day(workspace, issued_on)
    last = max((line.event_date for one in found for line in one.lines), default=None)
    if last is not None and issued_on < last:
        yield FieldFault("issued_on", _("Dagen är före vården som kraven gäller."))


def _of_billing(workspace: Workspace, found: Sequence[Claim]) -> Iterator[FieldFault]:
    rules = billing_checks.tidied_rules(billing.rules(workspace.store))
    providers = sorted({one.provider_id for one in found})
    if len(providers) == 1:
        yield from billing_checks.lacking_to_issue(rules, receiver_of(workspace, providers[0]))
    yield from of_the_series(workspace, rules.issuer.org_number)
