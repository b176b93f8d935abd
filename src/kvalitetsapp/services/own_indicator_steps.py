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
    for indicator_id, before, after in step.content["moves"]:
        _exchange(workspace, indicator_id, out=after, back=before)
    return _done(workspace, step, "indicators_undone")


def redo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[EventKey | None, Changes]:
    """Let what the step made stand again.

    Raises:
        RefusedError: something else has been done with an indicator of the step since.
    """
    for indicator_id, before, after in step.content["moves"]:
        _exchange(workspace, indicator_id, out=before, back=after)
    return _done(workspace, step, "indicators_redone")


def _exchange(workspace: Workspace, indicator_id: str, *, out: int | None, back: int | None) -> None:
    """Let the recipe of version `back` stand where that of version `out` does (None: none stands).

    Recipes are compared, not versions: what was undone and done again stands under a version of its own.
    """
    standing = own_indicators.standing_of(workspace.store, indicator_id)
    if (None if standing is None else standing.recipe) != _recipe(workspace, out):
        latest = own_indicators.versions(workspace.store, indicator_id)[-1]
        raise RefusedError(
            _("Indikatorn {id} är ändrad av {who} {day}. Den ändras inte härifrån.").format(
                id=indicator_id, who=latest.who, day=(latest.withdrawn_at or latest.made_at)[:10]
            )
        )
    reason = "" if back is None else own_indicators.of_number(workspace.store, back).reason
    put(workspace, indicator_id, _recipe(workspace, back), reason)


def _recipe(workspace: Workspace, own_indicator: int | None) -> str | None:
    return None if own_indicator is None else own_indicators.of_number(workspace.store, own_indicator).recipe


def _done(workspace: Workspace, step: Step, action: str) -> tuple[EventKey | None, Changes]:
    audit.append(workspace.store, workspace.user, action, target=step.target, detail=str(step.step))
    return None, CHANGED


def _target(moves: Sequence[Move]) -> str:
    return " ".join(indicator_id for indicator_id, _before, _after in moves)
