"""How documents are made here and whom they go to: read, and saved with what is wrong told at its field."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import billing_checks
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import billing as store
from kvalitetsapp.store import providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import BillingRules, Receiver
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BillingOutcome:
    """Whether something was saved; where `faults` holds anything nothing was."""

    faults: tuple[FieldFault, ...]
    said: str

    @property
    def changes(self) -> Changes:
        """Return what the action changed."""
        return NOTHING_CHANGED if self.faults else frozenset({Changed.BILLING})


@needs(Right.READ_CLAIMS)
def rules(workspace: Workspace) -> BillingRules:
    """Return the rules, those of the program where none are set."""
    return store.rules(workspace.store)


@needs(Right.ISSUE_BASES)
def save_rules(workspace: Workspace, changed: BillingRules) -> BillingOutcome:
    """Keep other rules, or nothing where something in them cannot be right; what is missing is asked for at issue.

    Raises:
        RefusedError: the store is open to be read only.
    """
    tidied = billing_checks.tidied_rules(changed)
    faults = billing_checks.malformed_rules(tidied)
    if faults:
        return _refused(faults)
    before = store.rules(workspace.store)
    with workspace.action("billing_rules_changed", detail=_changed(before, tidied)):
        store.set_rules(workspace.store, tidied)
    return BillingOutcome((), _("Reglerna för underlag är sparade. De gäller nya underlag."))


def receiver(workspace: Workspace, provider_id: str) -> Receiver:
    """Return a provider as the one who pays.

    Raises:
        InputError: there is no such provider.
    """
    found = store.receiver(workspace.store, provider_id)
    if found is None:
        raise InputError(_("Det finns ingen vårdgivare {provider}.").format(provider=provider_id))
    return found


@needs(Right.READ_CLAIMS)
def receivers(workspace: Workspace) -> tuple[Receiver, ...]:
    """Return every provider that is not the region's own as the one who pays, by its id."""
    others = (one.provider_id for one in providers.all_providers(workspace.store) if one.kind != "own")
    return tuple(receiver(workspace, provider_id) for provider_id in others)


@needs(Right.ISSUE_BASES)
def save_receiver(workspace: Workspace, told: Receiver) -> BillingOutcome:
    """Keep what someone has told of a provider, or nothing where something in it cannot be right.

    Raises:
        InputError: there is no such provider.
        RefusedError: the store is open to be read only.
    """
    before = receiver(workspace, told.provider_id)
    tidied = billing_checks.tidied_receiver(told)
    faults = billing_checks.malformed_receiver(tidied)
    if faults:
        return _refused(faults)
    with workspace.action("receiver_changed", target=told.provider_id, detail=_changed(before, tidied)):
        store.set_receiver(workspace.store, tidied, workspace.user)
    return BillingOutcome((), _("Uppgifterna om {name} är sparade.").format(name=tidied.name or told.provider_id))


def _refused(faults: tuple[FieldFault, ...]) -> BillingOutcome:
    return BillingOutcome(faults, _("Inget har sparats."))


def _changed(before: BillingRules | Receiver, after: BillingRules | Receiver) -> str:
    """Return the names of the fields that differ."""
    old, new = asdict(before), asdict(after)
    return ", ".join(name for name in new if old[name] != new[name])
