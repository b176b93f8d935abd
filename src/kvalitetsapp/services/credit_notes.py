"""Kreditunderlag: a document taken back in whole or part; both know of each other, and the cap gets its room."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity, specification
from kvalitetsapp.domain.basis import Basis, BasisLine, CreditLine, basis_number
from kvalitetsapp.domain.claim import CapEntry, after
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStep, CreditReason, DocumentType
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import claim_corrections, issuing_checks, settling
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.bases import IssueOutcome, refused, trace
from kvalitetsapp.services.claim_steps import write_step
from kvalitetsapp.store import bases as store
from kvalitetsapp.store import claims
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.domain.claim import Claim, ClaimLine
    from kvalitetsapp.services.workspace import Workspace

LONGEST_REASON: Final = 200


def whole(view: BasisView, credit_reason: CreditReason, reason: str) -> tuple[CreditLine, ...]:
    """Return the lines that credit everything that is left of a document."""
    left = ((one.line, view.left_of(one.line)) for one in view.basis.lines)
    return tuple(CreditLine(line, amount, credit_reason, reason) for line, amount in left if amount > 0)


def chosen(
    view: BasisView, line: int | None, amount: int | None, credit_reason: CreditReason, reason: str
) -> tuple[CreditLine, ...]:
    """Return what to credit: all that is left, all that is left of a line, or so much of it."""
    if line is None:
        return whole(view, credit_reason, reason)
    left = view.left_of(line) if amount is None else amount
    return (CreditLine(line, left, credit_reason, reason),)


@needs(Right.ISSUE_BASES)
def lacking(
    workspace: Workspace, basis: int, lines: Sequence[CreditLine], *, issued_on: date | None = None
) -> tuple[FieldFault, ...]:
    """Return what `issue` would refuse, for a form to show before it is sent.

    Raises:
        InputError: there is no such document.
    """
    view = _view(workspace, basis)
    day = issued_on or workspace.today
    return (
        *_of_document(view, lines),
        *issuing_checks.of_the_day(workspace, day),
        *_before_it(view, day),
        *issuing_checks.of_the_series(workspace, view.basis.issuer.org_number),
        *(fault for one in lines for fault in _of_line(view, one)),
    )


@needs(Right.ISSUE_BASES)
def issue(
    workspace: Workspace, basis: int, lines: Sequence[CreditLine], *, issued_on: date | None = None
) -> IssueOutcome:
    """Credit lines of a document in whole or part, with a document of the same series between the same parties.

    Raises:
        InputError: there is no such document.
        RefusedError: the store is open to be read only.
    """
    day = issued_on or workspace.today
    with workspace.store.transaction():
        faults = lacking(workspace, basis, lines, issued_on=day)
        if faults:
            return refused(faults)
        note = _keep(workspace, _view(workspace, basis).basis, lines, day)
        _give_back(workspace, note, day)
        settling.settle_if_paid(workspace, basis)
        trace(workspace, "credit_note_issued", note, credits=note.credited_number)
    said = _("Kreditunderlaget {number} är utställt. Det krediterar {credited}.")
    return IssueOutcome(note, (), said.format(number=note.number, credited=note.credited_number))


def _view(workspace: Workspace, basis: int) -> BasisView:
    found = store.view(workspace.store, basis)
    if found is None:
        raise InputError(_("Det finns inget underlag med nummer {number}.").format(number=basis))
    return found


def _of_document(view: BasisView, lines: Sequence[CreditLine]) -> Iterator[FieldFault]:
    if view.basis.document_type is DocumentType.CREDIT_NOTE:
        yield FieldFault("basis", _("Ett kreditunderlag kan inte krediteras."))
    if not lines:
        yield FieldFault("lines", _("Välj minst en rad att kreditera."))
    if len({one.line for one in lines}) < len(lines):
        yield FieldFault("lines", _("Samma rad står flera gånger. Skriv ett belopp för varje rad."))


def _before_it(view: BasisView, day: date) -> Iterator[FieldFault]:
    if day < view.basis.issued_on:
        yield FieldFault("issued_on", _("Dagen är före underlaget som ska krediteras."))


def _of_line(view: BasisView, one: CreditLine) -> Iterator[FieldFault]:
    field = f"lines.{one.line}"
    if one.line not in {line.line for line in view.basis.lines}:
        yield FieldFault(field, _("Underlaget har ingen rad {line}.").format(line=one.line))
        return
    left = view.left_of(one.line)
    if one.amount <= 0:
        yield FieldFault(f"{field}.amount", _("Beloppet ska vara större än noll."))
    elif one.amount > left:
        message = _("Högst {left} är kvar att kreditera på raden.").format(left=kronor(left))
        yield FieldFault(f"{field}.amount", message)
    if one.credit_reason not in tuple(CreditReason):
        yield FieldFault(f"{field}.credit_reason", _("Välj ett av de nio kreditskälen."))
    yield from _of_reason(f"{field}.reason", one.reason.strip())


def _of_reason(field: str, reason: str) -> Iterator[FieldFault]:
    if not reason:
        yield FieldFault(field, _("Skriv varför raden krediteras."))
    elif len(reason) > LONGEST_REASON or not reason.isprintable():
        message = _("Skälet får ha högst {n} tecken och stå på en rad.").format(n=LONGEST_REASON)
        yield FieldFault(field, message)
    elif identity.hidden(reason) != reason:
        yield FieldFault(field, _("Skälet innehåller ett personnummer. Det står på underlaget: ta bort det."))


def _keep(workspace: Workspace, original: Basis, lines: Sequence[CreditLine], day: date) -> Basis:
    """Put the credit note together, give it its number, and keep it with its specification."""
    org_number = original.issuer.org_number
    note = replace(
        original,
        basis=0,
        number=basis_number(org_number, day, store.next_counter(workspace.store, org_number)),
        document_type=DocumentType.CREDIT_NOTE,
        issued_on=day,
        due_on=day,
        lines=_lines(original, lines),
        issued_by=workspace.user,
        issued_at=this_moment(),
        credits=original.basis,
        credited_number=original.number,
        credited_on=original.issued_on,
    )
    told = specification.credited(note.lines, store.specification(workspace.store, original.basis))
    return store.add(workspace.store, note, told)


def _lines(original: Basis, lines: Sequence[CreditLine]) -> tuple[BasisLine, ...]:
    by_line = {one.line: one for one in original.lines}
    return tuple(
        replace(
            by_line[one.line],
            line=place,
            amount=one.amount,
            credited_line=one.line,
            credit_reason=int(one.credit_reason),
            reason=one.reason.strip(),
        )
        for place, one in enumerate(sorted(lines, key=lambda one: one.line), start=1)
    )


def _give_back(workspace: Workspace, note: Basis, day: date) -> None:
    """Give the room under the cap back and tell every claim that it is credited, and withdrawn where all of it is."""
    of_claim: dict[int, list[BasisLine]] = defaultdict(list)
    for line in note.lines:
        of_claim[line.claim].append(line)
    for claim in claims.of_numbers(workspace.store, tuple(of_claim)):
        lines, own = of_claim[claim.claim], {one.line: one for one in claim.lines}
        for line in lines:
            entry = _credit(workspace, claim, own[line.claim_line], line.amount, note, day)
            claims.add_cap_entry(workspace.store, entry, note.issued_at)
        _tell(workspace, claim, lines, note, day)


def _tell(workspace: Workspace, claim: Claim, lines: Sequence[BasisLine], note: Basis, day: date) -> None:
    reason = "; ".join(dict.fromkeys(line.reason for line in lines))
    amount = sum(line.amount for line in lines)
    write_step(workspace, claim, ClaimStep.CREDITED, day=day, reason=reason, amount=amount, basis=note.basis)
    if _left(workspace, claim) == 0 and after(claim.status, ClaimStep.WITHDRAWN) is not None:
        write_step(workspace, claim, ClaimStep.WITHDRAWN, day=day, reason=reason, basis=note.basis)
    elif claim.accepted is not None:  # what was agreed on is not to be asked for again
        claim_corrections.leave_rest(workspace, claim.claim, reason)


def _left(workspace: Workspace, claim: Claim) -> int:
    """Return how much of an issued claim is not credited."""
    documents = store.of_claim(workspace.store, claim.claim)
    signs = {DocumentType.INVOICE: 1, DocumentType.CREDIT_NOTE: -1}
    return sum(
        signs[one.document_type] * line.amount for one in documents for line in one.lines if line.claim == claim.claim
    )


def _credit(workspace: Workspace, claim: Claim, line: ClaimLine, amount: int, note: Basis, day: date) -> CapEntry:
    terms = claim.terms
    return CapEntry(
        entry=0,
        claim=claim.claim,
        line=line.line,
        kind=CapEntryKind.CREDIT,
        amount=amount,
        cap=terms.cap,
        cap_scope=terms.cap_scope,
        day=day,
        who=workspace.user,
        basis=note.basis,
    )
