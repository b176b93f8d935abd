"""One possible missed event with all that a person needs to decide on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import facts, timeline
from kvalitetsapp.domain.missed_event import MissedCase
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import patients

if TYPE_CHECKING:
    from kvalitetsapp.domain.missed_event import MissedKey
    from kvalitetsapp.domain.patient import EventKey, Operation, Patient
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_NARRATIVE)
def case(workspace: Workspace, key: MissedKey) -> MissedCase | None:
    """Return the case of an episode and an operation, None where either is gone or they are of two persons.

    Raises:
        RefusedError: that it is read cannot be noted in the trace.
    """
    person = patients.person_of_episode(workspace.store, key.episode)
    if person is None:
        return None
    patient = patients.patient(workspace.store, person)
    operation = _operation(patient, key)
    if operation is None:
        return None
    episode, event = patient.episode(key.episode), _event(patient, key, operation)
    readings.note(workspace, readings.MISSED_CASE_READ, episode.episode_ref, [patient.personal_id])
    return MissedCase(
        key,
        patient.personal_id,
        episode.episode_ref,
        facts.of_episode(episode, workspace.code_tables),
        facts.of_episode(patient.episode(key.index_episode), workspace.code_tables),
        timeline.of_patient(patient, selected=event, episode=key.episode),
        event,
    )


def _operation(patient: Patient, key: MissedKey) -> Operation | None:
    wanted = (key.index_episode, key.joint, key.side)
    return next((one for one in patient.operations if (one.episode, one.joint, one.side) == wanted), None)


def _event(patient: Patient, key: MissedKey, operation: Operation) -> EventKey | None:
    """Return the event that the episode is: that of the operation first, then one of its joint, then any."""
    found = [link for link in patient.links if link.key.episode == key.episode]
    found.sort(key=lambda link: (link.index_ref != operation.index_ref, link.key.joint != operation.joint))
    return found[0].key if found else None
