"""What happens to a document after it is issued: sent, and given its invoice number by the finance system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import provider_question, reasons
from kvalitetsapp.domain.basis import BasisStepTaken
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.claim_words import BasisStep, ClaimStatus, ClaimStep
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import provider_questions, settling
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.bases import trace
from kvalitetsapp.services.claim_steps import write_step
from kvalitetsapp.store import bases as store
from kvalitetsapp.store import claims, disclosures
from kvalitetsapp.store.disclosures import NewDisclosure
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.services.workspace import Workspace

LONGEST_LEGAL_NUMBER: Final = 50
_SENT: Changes = frozenset({Changed.BASES, Changed.CLAIMS, Changed.QUESTIONS})
_ONLY_BASES: Changes = frozenset({Changed.BASES})


@dataclass(frozen=True, slots=True)
class BasisOutcome:
    """What was done with a document."""

    number: str
    said: str
    changes: Changes = _ONLY_BASES


@needs(Right.PREPARE_CLAIMS)
def mark_sent(
    workspace: Workspace, view: BasisView, *, ground: str, channel: str, receiver: str = "", day: date | None = None
) -> BasisOutcome:
    """Note that a document and its specification have been sent: its claims are then sent too.

    The specification holds patient data, so what it disclosed is logged for every contact. `ground` is the code of an
    offered ground or own words, `receiver` the provider unless told.

    Raises:
        InputError: a text is missing, too long or holds a personal number, or the day cannot be right.
        RefusedError: the store is open to be read only.
    """
    sent_on = day or workspace.today
    if not view.basis.issued_on <= sent_on <= workspace.today:
        raise InputError(_("Dagen ska ligga från den dag då underlaget ställdes ut till och med i dag."))
    why = provider_questions.ground_in_words(workspace, ground)
    to = _text(receiver or view.basis.receiver.name, TextPart.RECEIVER)
    how = _text(channel, TextPart.SENDING)
    with workspace.store.transaction():
        add_step(workspace, view, BasisStep.SENT, sent_on, channel=how, receiver=to, ground=why)
        _log_disclosure(workspace, view, sent_on, to, why)
        for claim in claims.of_basis(workspace.store, view.basis.basis):
            if claim.status is ClaimStatus.ISSUED:
                write_step(workspace, claim, ClaimStep.SENT, day=sent_on, reason=how, basis=view.basis.basis)
        settling.settle_if_paid(workspace, view.basis.basis)
        trace(workspace, "basis_sent", view.basis, day=sent_on.isoformat())
    said = _("Underlaget {number} är antecknat som skickat, och utlämnandet av specifikationen i loggen.")
    return BasisOutcome(view.basis.number, said.format(number=view.basis.number), _SENT)


@needs(Right.PREPARE_CLAIMS)
def write_legal_number(
    workspace: Workspace, view: BasisView, legal_number: str, *, reason: str = "", day: date | None = None
) -> BasisOutcome:
    """Note the invoice number that the finance system gave a document; one that is noted is corrected with a reason.

    Raises:
        InputError: the number is missing, too long or noted already, or a reason is missing where one is corrected.
        RefusedError: another document has the number, or the store is open to be read only.
    """
    told, why = legal_number.strip(), reason.strip()
    if not 1 <= len(told) <= LONGEST_LEGAL_NUMBER or not told.isprintable():
        raise InputError(_("Fakturanumret ska ha 1–{n} tecken på en rad.").format(n=LONGEST_LEGAL_NUMBER))
    with workspace.store.transaction():
        _check_legal_number(workspace, view, told, why)
        add_step(workspace, view, BasisStep.LEGAL_NUMBER, day or workspace.today, legal_number=told, reason=why)
        trace(workspace, "legal_number_noted", view.basis, legal_number=told, reason=why)
    said = _("Fakturanumret {legal} är antecknat på underlaget {number}.")
    return BasisOutcome(view.basis.number, said.format(legal=told, number=view.basis.number))


def add_step(workspace: Workspace, view: BasisView, kind: BasisStep, day: date, **content: str) -> None:
    """Write a step into the history of a document, as part of a transaction."""
    at = this_moment()
    store.add_step(workspace.store, view.basis.basis, BasisStepTaken(kind, day, content, workspace.user, at))


def _check_legal_number(workspace: Workspace, view: BasisView, told: str, why: str) -> None:
    before = _latest(workspace, view)
    if before == told:
        raise InputError(_("Underlaget har redan fakturanumret {legal}.").format(legal=told))
    if before and not why:
        raise InputError(
            _("Underlaget har redan fakturanumret {legal}. Skriv varför det ändras.").format(legal=before)
        )
    if wrong := reasons.wrong_with(why):
        raise InputError(wrong)
    holder = store.holder_of_legal_number(workspace.store, told)
    if holder is not None:
        message = _("Fakturanumret {legal} står redan på underlaget {number}.")
        raise RefusedError(message.format(legal=told, number=holder))


def _latest(workspace: Workspace, view: BasisView) -> str:
    """Return the number that is noted now, whatever the view was read from."""
    now = store.view(workspace.store, view.basis.basis)
    return "" if now is None else now.legal_number


def _log_disclosure(workspace: Workspace, view: BasisView, day: date, receiver: str, ground: str) -> None:
    """Log what the specification told, once for every contact in it."""
    of_basis = {(line.claim, line.claim_line) for line in view.basis.lines}
    gathered = claims.of_numbers(workspace.store, tuple({claim for claim, _line in of_basis}))
    episodes = {
        line.key.episode: claim.number
        for claim in gathered
        for line in claim.lines
        if (claim.claim, line.line) in of_basis
    }
    for episode, claim_number in sorted(episodes.items()):
        what = _("Specifikation till underlag {number}, krav {claim}").format(
            number=view.basis.number, claim=claim_number
        )
        new = NewDisclosure(day, what, receiver, ground, workspace.user, episode)
        disclosures.add(workspace.store, new)


def _text(text: str, part: TextPart) -> str:
    lacking = provider_question.lacking_in(text, part)
    if lacking:
        raise InputError(lacking)
    return text.strip()
