"""Costs entered by hand, with a reason: entered, taken away, and both undone and done again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.manual_cost import CostPart, wrong_with, wrong_with_reason
from kvalitetsapp.domain.money import LARGEST_ORE
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import linking
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, concerned, episodes, manual_costs, patients, undo_steps
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.manual_cost import ManualCost
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.undo_steps import Step

ENTERED: Final = "manual_cost_entered"
WITHDRAWN: Final = "manual_cost_withdrawn"
_RESTORED: Final = "manual_cost_restored"
_CHANGED: Changes = frozenset({Changed.COSTS})


@dataclass(frozen=True, slots=True)
class ManualCostOutcome:
    """What was done with the cost of which episode, in a sentence."""

    episode: int
    said: str
    changes: Changes = _CHANGED


@needs(Right.SET_COSTS)
def enter(
    workspace: Workspace, event_ref: str, amount: int, price_year: int, reason: str, progress: Progress | None = None
) -> ManualCostOutcome:
    """Enter what an episode costs, in öre, in the place of what was entered for it before.

    It counts where nothing else that the agreement goes by has a value (R14), whatever that is later.

    Raises:
        InputError: there is no such episode, the amount or the year is none, or the reason is missing, too long or
            holds a personal number.
    """
    _demand(workspace, amount, price_year, reason)
    store, reason = workspace.store, reason.strip()
    with store.transaction():
        episode = _episode(workspace, event_ref)
        before = manual_costs.standing(store, episode)
        if before is not None:
            manual_costs.withdraw(store, before.manual_cost)
        number = manual_costs.add(store, episode, amount, price_year, reason, workspace.user)
        replaced = None if before is None else before.manual_cost
        undo_steps.add(store, workspace.user, ENTERED, event_ref, {"manual_cost": number, "replaced": replaced})
        detail = {"manual_cost": number, "amount": amount, "price_year": price_year, "reason": reason}
        _trace(workspace, ENTERED, event_ref, {**detail, "replaced": replaced})
        _refresh(workspace, episode, progress)
    said = _("Kostnaden {amount} är ifylld för {ref}.").format(amount=kronor(amount), ref=event_ref)
    return ManualCostOutcome(episode, said)


@needs(Right.SET_COSTS)
def withdraw(workspace: Workspace, event_ref: str, reason: str, progress: Progress | None = None) -> ManualCostOutcome:
    """Take the cost that was entered for an episode out of effect.

    Raises:
        InputError: there is no such episode, or the reason is missing, too long or holds a personal number.
        RefusedError: no cost is entered for it.
    """
    if wrong := wrong_with_reason(reason):
        raise InputError(wrong)
    store = workspace.store
    with store.transaction():
        episode = _episode(workspace, event_ref)
        standing = manual_costs.standing(store, episode)
        if standing is None:
            raise RefusedError(_("Ingen kostnad är ifylld för hand för {ref}.").format(ref=event_ref))
        manual_costs.withdraw(store, standing.manual_cost)
        undo_steps.add(store, workspace.user, WITHDRAWN, event_ref, {"manual_cost": standing.manual_cost})
        _trace(workspace, WITHDRAWN, event_ref, {"manual_cost": standing.manual_cost, "reason": reason.strip()})
        _refresh(workspace, episode, progress)
    return ManualCostOutcome(episode, _("Den ifyllda kostnaden för {ref} är borttagen.").format(ref=event_ref))


def of_event(workspace: Workspace, key: EventKey) -> tuple[ManualCost, ...]:
    """Return every cost that was ever entered for the episode of an event, the latest first."""
    return manual_costs.history(workspace.store, key.episode)


# undo and redo (`undo_steps`)


def name_entered(_workspace: Workspace, step: Step) -> str:
    """Return what was entered: `kostnad för cosmic/8841207`."""
    return _("kostnad för {ref}").format(ref=step.target)


def name_withdrawn(_workspace: Workspace, step: Step) -> str:
    """Return what was taken away: `borttagen kostnad för cosmic/8841207`."""
    return _("borttagen kostnad för {ref}").format(ref=step.target)


def undo_entered(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey | None, Changes]:
    """Take the cost out of effect and let the one that it replaced stand again.

    Raises:
        RefusedError: another cost has been entered since, or it has been taken away.
    """
    return _change(workspace, step, progress, out=step.content["manual_cost"], back=step.content["replaced"])


def redo_entered(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey | None, Changes]:
    """Put the cost into effect again, in the place of the one that it replaced.

    Raises:
        RefusedError: another cost has been entered since, or the episode is gone.
    """
    return _change(workspace, step, progress, out=step.content["replaced"], back=step.content["manual_cost"])


def undo_withdrawn(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey | None, Changes]:
    """Put a cost that was taken away into effect again.

    Raises:
        RefusedError: another cost has been entered since, or the episode is gone.
    """
    return _change(workspace, step, progress, out=None, back=step.content["manual_cost"])


def redo_withdrawn(workspace: Workspace, step: Step, progress: Progress) -> tuple[EventKey | None, Changes]:
    """Take the cost away again.

    Raises:
        RefusedError: another cost has been entered since, or it has been taken away.
    """
    return _change(workspace, step, progress, out=step.content["manual_cost"], back=None)


def _change(
    workspace: Workspace, step: Step, progress: Progress, *, out: int | None, back: int | None
) -> tuple[EventKey | None, Changes]:
    """Take one cost of the step's episode out of effect and put another back (None: none), if all is as it was."""
    store = workspace.store
    known = [manual_costs.of_number(store, one) for one in (out, back) if one is not None]
    if None in known:
        raise RefusedError(
            _("Vårdkontakten {ref} finns inte längre: importen som den kom med är ångrad.").format(ref=step.target)
        )
    episode = next(one.episode for one in known if one is not None)
    standing = manual_costs.standing(store, episode)
    if (None if standing is None else standing.manual_cost) != out:
        raise _changed_since(step, standing)
    if out is not None:
        manual_costs.withdraw(store, out)
    if back is not None:
        manual_costs.restore(store, back)
    action = WITHDRAWN if back is None else _RESTORED
    _trace(workspace, action, step.target, {"withdrawn": out, "restored": back})
    _refresh(workspace, episode, progress)
    return None, _CHANGED


def _changed_since(step: Step, standing: ManualCost | None) -> RefusedError:
    if standing is None:
        return RefusedError(_("Den ifyllda kostnaden för {ref} är borttagen sedan dess.").format(ref=step.target))
    return RefusedError(
        _("{who} fyllde i kostnaden {amount} för {ref} {day}. Den ändras inte härifrån.").format(
            who=standing.who, amount=kronor(standing.cost), ref=step.target, day=standing.entered_at[:10]
        )
    )


def _demand(workspace: Workspace, amount: int, price_year: int, reason: str) -> None:
    if not 0 <= amount <= LARGEST_ORE:
        raise InputError(_("En kostnad är inte negativ och inte orimligt stor."))
    told = {CostPart.YEAR: str(price_year), CostPart.REASON: reason}
    for part, text in told.items():
        if wrong := wrong_with(part, text, workspace.today):
            raise InputError(wrong)


def _episode(workspace: Workspace, event_ref: str) -> int:
    episode = episodes.episodes_of_refs(workspace.store, [event_ref]).get(event_ref)
    if episode is None:
        raise InputError(_("Det finns ingen vårdkontakt {ref}. Kontrollera referensen.").format(ref=event_ref))
    return episode


def _refresh(workspace: Workspace, episode: int, progress: Progress | None) -> None:
    """Write anew what is at stake for the episode's person."""
    person = patients.person_of_episode(workspace.store, episode)
    linking.refresh_stakes(workspace, progress or Progress(), persons={person} if person is not None else set())


def _trace(workspace: Workspace, action: str, event_ref: str, detail: dict[str, object]) -> None:
    told = json.dumps(detail, ensure_ascii=False)
    about = concerned.of_refs(workspace.store, [event_ref])
    audit.append(workspace.store, workspace.user, action, target=event_ref, detail=told, patients=about)
