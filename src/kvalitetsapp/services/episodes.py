"""The table over every stay and visit, and one of them with the person's timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import facts, timeline
from kvalitetsapp.domain.episode import EpisodeChoices, EpisodeView
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import episode_search, patients, providers

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.episode import EpisodeQuery
    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_ROWS)
def find(workspace: Workspace, query: EpisodeQuery) -> array[int]:
    """Return the keys of the episodes asked for, in order; rows are read with `rows` as they come into view."""
    return episode_search.find(workspace.store, query)


@needs(Right.READ_ROWS)
def rows(workspace: Workspace, keys: Sequence[int]) -> list[Row]:
    """Return the rows of these keys, in their order (columns: `domain.episode.EPISODES`)."""
    return episode_search.rows(workspace.store, keys)


@needs(Right.READ_ROWS)
def choices(workspace: Workspace) -> EpisodeChoices:
    """Return what the filters over the table offer."""
    named = tuple((one.provider_id, one.name) for one in providers.all_providers(workspace.store))
    return EpisodeChoices(episode_search.count(workspace.store), named)


@needs(Right.READ_ROWS)
def titles(workspace: Workspace, codes: Sequence[str]) -> Mapping[str, str]:
    """Return the Swedish title of each of these codes that has one."""
    found = {code: facts.title_of(code, workspace.code_tables) for code in codes}
    return {code: title for code, title in found.items() if title}


@needs(Right.READ_PERSONS)
def view(workspace: Workspace, episode: int) -> EpisodeView | None:
    """Return an episode with its facts and the person's timeline, None where it is gone; the trace tells of it.

    Raises:
        RefusedError: that it is read cannot be noted in the trace.
    """
    person = patients.person_of_episode(workspace.store, episode)
    if person is None:
        return None
    patient = patients.patient(workspace.store, person)
    shown = patient.episode(episode)
    readings.note(workspace, readings.EPISODE_READ, shown.episode_ref, [patient.personal_id])
    told = facts.of_episode(shown, workspace.code_tables)
    return EpisodeView(episode, patient.personal_id, told, timeline.of_patient(patient, episode=episode))
