"""What is done with a user's own indicators, version by version: written, undone and done again.

A step holds moves: an indicator with the version that stood before it and the one that stands after it (None: none).
Versions are never put back: undoing adds the earlier recipe anew, as the next version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import audit, own_indicators, undo_steps
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.undo_steps import Step

    Move = tuple[str, int | None, int | None]

STEP: Final = "own_indicators"
CHANGED: Final[Changes] = frozenset({Changed.INDICATORS})


def put(workspace: Workspace, indicator_id: str, recipe: str | None, reason: str) -> Move:
    """Within a transaction, let a recipe (None: none) stand in the place of the version that stands."""
    store = workspace.store
    standing = own_indicators.standing_of(store, indicator_id)
    before = None if standing is None else standing.own_indicator
    if before is not None:
        own_indicators.withdraw(store, before)
    if recipe is None:
        return indicator_id, before, None
    version = own_indicators.next_version(store, indicator_id)
    after = own_indicators.add(store, indicator_id, version, recipe, reason=reason, who=workspace.user)
    return indicator_id, before, after


def remember(workspace: Workspace, moves: Sequence[Move]) -> None:
    """Let the user undo some moves as one step."""
    undo_steps.add(workspace.store, workspace.user, STEP, _target(moves), {"moves": moves})


def name(_workspace: Workspace, step: Step) -> str:
    """Return what was done: `ändrad indikator infektion_30d`."""
    moves = step.content["moves"]
    if len(moves) > 1:
        n = len(moves)
        return ngettext("{n} inläst indikator", "{n} inlästa indikatorer", n).format(n=number(n))
    ((indicator_id, before, after),) = moves
    if before is None:
        return _("ny indikator {id}").format(id=indicator_id)
    if after is None:
        return _("tillbakadragen indikator {id}").format(id=indicator_id)
    return _("ändrad indikator {id}").format(id=indicator_id)


def undo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what stood before the step stand again.

    Raises:
        RefusedError: something else has been done with an indicator of the step since.
    """
    moves = [
        (indicator_id, _again(workspace, indicator_id, out=after, back=before), after)
        for indicator_id, before, after in step.content["moves"]
    ]
    return _done(workspace, step, moves, "indicators_undone")


def redo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what the step made stand again.

    Raises:
        RefusedError: something else has been done with an indicator of the step since.
    """
    moves = [
        (indicator_id, before, _again(workspace, indicator_id, out=before, back=after))
        for indicator_id, before, after in step.content["moves"]
    ]
    return _done(workspace, step, moves, "indicators_redone")


def _again(workspace: Workspace, indicator_id: str, *, out: int | None, back: int | None) -> int | None:
    """Let the recipe of version `back` stand instead of version `out`, and return the number it gets."""
    store = workspace.store
    standing = own_indicators.standing_of(store, indicator_id)
    if (None if standing is None else standing.own_indicator) != out:
        latest = own_indicators.versions(store, indicator_id)[-1]
        raise RefusedError(
            _("Indikatorn {id} är ändrad av {who} {day}. Den ändras inte härifrån.").format(
                id=indicator_id, who=latest.who, day=(latest.withdrawn_at or latest.made_at)[:10]
            )
        )
    earlier = None if back is None else own_indicators.of_number(store, back)
    recipe, reason = (None, "") if earlier is None else (earlier.recipe, earlier.reason)
    return put(workspace, indicator_id, recipe, reason)[2]


def _done(workspace: Workspace, step: Step, moves: Sequence[Move], action: str) -> tuple[EventKey | None, Changes]:
    undo_steps.change(workspace.store, step.step, step.target, {"moves": moves})
    audit.append(workspace.store, workspace.user, action, target=step.target, detail=str(step.step))
    return None, CHANGED


def _target(moves: Sequence[Move]) -> str:
    return " ".join(indicator_id for indicator_id, _before, _after in moves)
