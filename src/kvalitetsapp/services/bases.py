"""Fakturaunderlag: approved claims of one provider issued as one numbered document, whole or not at all."""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.domain import basis_tables, billing_checks, specification
from kvalitetsapp.domain.basis import Basis, BasisLine, basis_number
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.claim_words import ClaimStep, DocumentType
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import claim_staleness, issuing_checks
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_steps import write_step
from kvalitetsapp.store import audit, billing, claims, concerned, contacts
from kvalitetsapp.store import bases as store
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

ISSUED: Changes = frozenset({Changed.BASES, Changed.CLAIMS})


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """The document that was issued, or, where there is none, everything that kept it from being."""

    basis: Basis | None
    faults: tuple[FieldFault, ...]
    said: str

    @property
    def changes(self) -> Changes:
        """Return what the action changed."""
        return NOTHING_CHANGED if self.basis is None else ISSUED


def refused(faults: tuple[FieldFault, ...]) -> IssueOutcome:
    """Return the outcome of a document that could not be issued."""
    return IssueOutcome(None, faults, _("Inget underlag är utställt."))


def lacking(workspace: Workspace, wanted: Sequence[int], *, issued_on: date | None = None) -> tuple[FieldFault, ...]:
    """Return what `issue` would refuse, for a form to show before it is sent."""
    return issuing_checks.of_claims(workspace, tuple(dict.fromkeys(wanted)), issued_on or workspace.today)


@needs(Right.ISSUE_BASES)
def issue(workspace: Workspace, wanted: Sequence[int], *, issued_on: date | None = None) -> IssueOutcome:
    """Issue approved claims of one provider as one document; its number is given in the same transaction.

    Raises:
        RefusedError: the store is open to be read only.
    """
    day = issued_on or workspace.today
    with workspace.store.transaction():
        faults = lacking(workspace, wanted, issued_on=day)
        if faults:
            return refused(faults)
        gathered = claims.of_numbers(workspace.store, wanted)
        basis = _keep(workspace, gathered, day)
        for one in gathered:
            claims.set_basis(workspace.store, one.claim, basis.basis)
            write_step(workspace, one, ClaimStep.ISSUED, day=day, amount=one.amount, basis=basis.basis)
        trace(workspace, "basis_issued", basis)
        claim_staleness.still_holds(workspace, gathered)
    return IssueOutcome(basis, (), _("Underlaget {number} är utställt.").format(number=basis.number))


@needs(Right.READ_CLAIMS)
def view(workspace: Workspace, number: str) -> BasisView:
    """Return a document by its number, with its credit notes and steps.

    Raises:
        InputError: there is no such document.
    """
    found = store.of_number(workspace.store, number.strip())
    view_ = None if found is None else store.view(workspace.store, found.basis)
    if view_ is None:
        raise InputError(_("Det finns inget underlag med nummer {number}.").format(number=number.strip()))
    return view_


def all_bases(workspace: Workspace) -> tuple[BasisView, ...]:
    """Return every document with its credit notes and steps, in the order in which they were issued."""
    return store.all_views(workspace.store)


def of_claim(workspace: Workspace, claim: int) -> tuple[BasisView, ...]:
    """Return the documents that ask for or credit something of a claim, in the order in which they were issued."""
    keys = {one.basis for one in store.of_claim(workspace.store, claim)}
    return tuple(one for one in all_bases(workspace) if one.basis.basis in keys)


@needs(Right.READ_CLAIMS)
def place_of(workspace: Workspace, claim: int, line: int) -> tuple[str, int]:
    """Return the number of the document that asks for a line of an issued claim, and the line of the document."""
    return next(
        (view.basis.number, one.line)
        for view in of_claim(workspace, claim)
        for one in view.basis.lines
        if one.credited_line is None and (one.claim, one.claim_line) == (claim, line)
    )


@needs(Right.READ_CLAIMS)
def listed(workspace: Workspace) -> Table:
    """Return `list bases`."""
    return basis_tables.bases(all_bases(workspace))


@needs(Right.READ_CLAIMS)
def claim_numbers(workspace: Workspace, written: Sequence[str]) -> tuple[int, ...]:
    """Return claims by the numbers that people know them by: `K-2026-00012`, or just 12.

    Raises:
        InputError: a number has another form, or there is no such claim.
    """
    known = {one.number: one.claim for one in claims.all_claims(workspace.store)}
    plain = {str(claim): claim for claim in known.values()}
    found = []
    for number in written:
        claim = known.get(number.upper(), plain.get(number))
        if claim is None:
            raise InputError(_("Det finns inget krav med nummer {number}.").format(number=number))
        found.append(claim)
    return tuple(found)


def trace(workspace: Workspace, action: str, basis: Basis, **more: object) -> None:
    """Write down in the trace what was done with a document, as part of a transaction."""
    detail = {"amount": basis.amount, "claims": sorted({line.claim for line in basis.lines})} | more
    audit.append(
        *(workspace.store, workspace.user, action),
        target=basis.number,
        detail=json.dumps(detail),
        patients=concerned.of_claims(workspace.store, (line.claim for line in basis.lines)),
    )


def _keep(workspace: Workspace, gathered: Sequence[Claim], day: date) -> Basis:
    """Put the document together, give it its number, and keep it with its specification."""
    rules = billing_checks.tidied_rules(billing.rules(workspace.store))
    counter = store.next_counter(workspace.store, rules.issuer.org_number)
    first, last = _months([line.event_date for one in gathered for line in one.lines])
    basis = Basis(
        basis=0,
        number=basis_number(rules.issuer.org_number, day, counter),
        document_type=DocumentType.INVOICE,
        issuer=rules.issuer,
        receiver=issuing_checks.receiver_of(workspace, gathered[0].provider_id),
        issued_on=day,
        due_on=day + timedelta(days=rules.payment_days),
        period_start=first,
        period_end=last,
        agreements=tuple(dict.fromkeys(one.terms.name or one.terms.agreement_id for one in gathered)),
        vat_category=rules.vat_category,
        vat_reason=rules.vat_reason,
        lines=_lines(gathered),
        issued_by=workspace.user,
        issued_at=this_moment(),
    )
    episodes = (line.key.episode for one in gathered for line in one.lines)
    by_number = {one.claim: one for one in gathered}
    told = specification.specified(basis.lines, by_number, contacts.of_episodes(workspace.store, episodes))
    return store.add(workspace.store, basis, told)


def _lines(gathered: Sequence[Claim]) -> tuple[BasisLine, ...]:
    """Return one line for every line of the claims; its text tells nothing of whom or what it is about."""
    pairs = [(one, line) for one in gathered for line in one.lines]
    return tuple(
        BasisLine(
            place,
            one.claim,
            line.line,
            one.number,
            _("Vård efter komplikation, krav {number} rad {line}").format(number=one.number, line=line.line),
            line.amount,
        )
        for place, (one, line) in enumerate(pairs, start=1)
    )


def _months(days: Sequence[date]) -> tuple[date, date]:
    """Return the first and last day of the months that hold some days."""
    first, last = min(days), max(days)
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
