"""The round that an answer is given in: it must be open, hold the event, and not bypass two reviewers elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import round_places
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import Round
    from kvalitetsapp.services.workspace import Workspace


def demand(workspace: Workspace, key: EventKey, event_ref: str, round_id: int | None) -> Round | None:
    """Return the round that an event is answered in, None outside rounds.

    Raises:
        RefusedError: the round is closed, is not there or does not hold the event; or the answer would decide an
            event that two reviewers answer in another open round.
    """
    found = None if round_id is None else demand_open(workspace, round_id)
    if found is not None and round_places.case_of(workspace.store, found.round_id, key) is None:
        raise RefusedError(
            _("Händelsen {ref} ingår inte i granskningsomgången {name}.").format(ref=event_ref, name=found.name)
        )
    if found is None or not found.is_blinded:
        _check_not_blinded_elsewhere(workspace, key, event_ref)
    return found


def demand_open(workspace: Workspace, round_id: int) -> Round:
    """Return a round that can still be answered.

    Raises:
        RefusedError: it is closed or not there.
    """
    found = round_places.round_of(workspace.store, round_id)
    if found is None:
        raise RefusedError(_("Granskningsomgången finns inte längre. Välj en annan."))
    if not found.is_open:
        raise RefusedError(
            _("Granskningsomgången {name} avslutades {day} av {who}. Svaren i den ändras inte längre.").format(
                name=found.name, day=found.closed_at[:10], who=found.closed_by
            )
        )
    return found


def _check_not_blinded_elsewhere(workspace: Workspace, key: EventKey, event_ref: str) -> None:
    for one in round_places.open_rounds_of(workspace.store, key):
        if one.is_blinded:
            raise RefusedError(
                _("Händelsen {ref} granskas av två i omgången {name}. Svara på den där.").format(
                    ref=event_ref, name=one.name
                )
            )
