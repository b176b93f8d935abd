"""The contacts that documents ask for, with what a specification tells of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.domain.specification import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store


def of_episodes(store: Store, episodes: Iterable[int]) -> dict[int, Contact]:
    """Return some contacts by their episode, under the number that the patient has now."""
    wanted = sorted(set(episodes))
    marks = ", ".join("?" * len(wanted))
    rows = store.rows(
        "SELECT e.episode, i.personal_id, p.name, coalesce(e.unit, ''), coalesce(p.hsa_id, ''), e.care_form, "
        "e.admitted, e.discharged, coalesce(e.drg, ''), coalesce(e.main_diagnosis, ''), coalesce(e.procedures, '') "
        "FROM episodes e JOIN providers p ON p.provider_id = e.provider_id "
        "LEFT JOIN aliases a ON a.identity = e.identity "
        "JOIN identities i ON i.identity = coalesce(a.same_as, e.identity) "
        f"WHERE e.episode IN ({marks})",
        wanted,
    )
    return {episode: _contact(told) for episode, *told in rows}


def _contact(told: list[str]) -> Contact:
    personal_id, provider, unit, hsa_id, care_form, admitted, discharged, *codes = told
    drg, main_diagnosis, procedures = codes
    days = (date.fromisoformat(admitted), date.fromisoformat(discharged))
    return Contact(personal_id, provider, unit, hsa_id, care_form, *days, drg, main_diagnosis, procedures)
