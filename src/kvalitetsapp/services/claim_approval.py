"""Approving claims: another than who made the draft looks at it, where the rules ask for four eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_staleness, refusals
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_outcome import CLAIMS_CHANGED, ClaimOutcome
from kvalitetsapp.services.claim_steps import demanded, write_step
from kvalitetsapp.store import audit, billing, claims, concerned, undo_steps
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.undo_steps import Step

STEP: Final = "claims_approved"
APPROVED: Final = "claims_approved"
RETURNED: Final = "claims_returned"


@needs(Right.APPROVE_CLAIMS)
def approve(workspace: Workspace, numbers: Sequence[int]) -> ClaimOutcome:
    """Approve drafts, all of them or none.

    Raises:
        InputError: there is no such claim.
        RefusedError: one is no draft, was drafted by the same user where four eyes are asked for, or rests on what has
            changed; or something imported is not linked yet.
    """
    with workspace.store.transaction():
        found = _approve(workspace, list(dict.fromkeys(numbers)))
        target = _numbers(found)
        undo_steps.add(workspace.store, workspace.user, STEP, target, {"claims": [one.claim for one in found]})
    return ClaimOutcome(tuple(one.claim for one in found), _("Godkänt: {numbers}").format(numbers=target))


@needs(Right.APPROVE_CLAIMS)
def return_to_draft(workspace: Workspace, number: int, reason: str) -> ClaimOutcome:
    """Send an approved claim back to be looked at again.

    Raises:
        InputError: there is no such claim, or the reason is missing.
        RefusedError: it is not approved, or issued already.
    """
    if not reason.strip():
        raise InputError(_("Skriv varför kravet går tillbaka till utkast."))
    with workspace.store.transaction():
        claim = demanded(workspace, number)
        write_step(workspace, claim, ClaimStep.RETURNED, reason=reason.strip())
        about = concerned.of_claims(workspace.store, [number])
        audit.append(
            *(workspace.store, workspace.user, RETURNED),
            target=claim.number,
            detail=reason.strip(),
            patients=about,
        )
    return ClaimOutcome((number,), _("Tillbaka till utkast: {number}").format(number=claim.number))


def name(_workspace: Workspace, step: Step) -> str:
    """Return what was approved: `godkännande av K-2026-00012`."""
    return _("godkännande av {numbers}").format(numbers=step.target)


def undo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[None, Changes]:
    """Let the claims be drafts again.

    Raises:
        RefusedError: one of them is issued, or has been returned or withdrawn, since.
    """
    for one in claims.of_numbers(workspace.store, step.content["claims"]):
        if one.status is not ClaimStatus.APPROVED:
            raise RefusedError(
                _("Kravet {number} är inte längre bara godkänt. Godkännandet ligger kvar.").format(number=one.number)
            )
        write_step(workspace, one, ClaimStep.RETURNED, reason=_("Godkännandet ångrades"))
    about = concerned.of_claims(workspace.store, step.content["claims"])
    audit.append(workspace.store, workspace.user, RETURNED, target=step.target, patients=about)
    return None, CLAIMS_CHANGED


def redo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[None, Changes]:
    """Approve the claims again, on the same conditions.

    Raises:
        RefusedError: as for `approve`.
    """
    _approve(workspace, step.content["claims"])
    return None, CLAIMS_CHANGED


def _approve(workspace: Workspace, numbers: list[int]) -> tuple[Claim, ...]:
    refusals.check_linked(workspace)
    found = tuple(demanded(workspace, number) for number in numbers)
    changed = claim_staleness.differences(workspace, found)
    four_eyes = billing.rules(workspace.store).four_eyes
    for claim in found:
        if four_eyes and _is_same(claim.drafted_by, workspace.user):
            raise RefusedError(
                _("Du har själv gjort utkastet {number}. Någon annan ska godkänna det.").format(number=claim.number)
            )
        if told := changed[claim.claim]:
            raise RefusedError(
                _("Kravet {number} vilar på uppgifter som har ändrats: {what}. Gör om utkastet.").format(
                    number=claim.number, what="; ".join(told)
                )
            )
        write_step(workspace, claim, ClaimStep.APPROVED)
    about = concerned.of_claims(workspace.store, numbers)
    audit.append(workspace.store, workspace.user, APPROVED, target=_numbers(found), patients=about)
    return found


def _is_same(one: str, other: str) -> bool:
    """Tell whether two names of users are one person's: no system tells users apart by case or by blanks around."""
    return one.strip().casefold() == other.strip().casefold()


def _numbers(found: Sequence[Claim]) -> str:
    return ", ".join(one.number for one in found)
