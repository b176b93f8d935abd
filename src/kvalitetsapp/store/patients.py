"""One person's care, aliases resolved, and the link of an event, as a screen reads them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.patient import CareEpisode, EventKey, Link, Operation, Patient
from kvalitetsapp.store import identities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store

_LINKS: Final = """
SELECT l.episode, l.joint, l.side, l.event_ref, l.person, i.personal_id, l.event_date,
       coalesce(ep.name, l.event_provider_id), coalesce(l.index_ref, ''),
       coalesce(ip.name, l.index_provider_id, ''), coalesce(l.index_side, ''), l.operated_on, l.days, l.status,
       l.competing, l.complication_class, l.surgery_level, l.triggers, l.candidates, l.another_look, l.verdict
FROM links l
JOIN identities i ON i.identity = l.person
LEFT JOIN providers ep ON ep.provider_id = l.event_provider_id
LEFT JOIN providers ip ON ip.provider_id = l.index_provider_id
"""
_LINK_ORDER: Final = " ORDER BY l.event_date, l.event_ref, l.joint, l.side"
_EPISODES: Final = """
SELECT e.episode, e.source || '/' || e.episode_id, p.name, e.unit, e.care_form, e.payer_route, e.admitted,
       e.discharged, e.main_diagnosis, e.other_diagnoses, e.procedures, e.drg, e.cost, e.price,
       e.procedure_date IS NOT NULL
       OR EXISTS (SELECT 1 FROM procedure_details d WHERE d.episode = e.episode AND d.performed_on IS NOT NULL)
       OR EXISTS (SELECT 1 FROM procedure_lines l WHERE l.episode = e.episode AND l.performed_on IS NOT NULL)
FROM episodes e JOIN providers p USING (provider_id)
"""
_OPERATIONS: Final = """
SELECT o.episode, o.index_ref, o.joint, o.side, o.operated_on, coalesce(p.name, o.provider_id), o.procedure_code
FROM index_operations o LEFT JOIN providers p USING (provider_id)
WHERE o.person = ? ORDER BY o.operated_on, o.index_ref
"""


def link(store: Store, key: EventKey) -> Link | None:
    """Return the link of an event, None where there is no such event any more."""
    rows = store.rows(
        _LINKS + " WHERE l.episode = ? AND l.joint = ? AND l.side = ?", (key.episode, key.joint, key.side)
    )
    return _link(rows[0]) if rows else None


def person_of_episode(store: Store, episode: int) -> int | None:
    """Return the person of an episode, None where there is no such episode."""
    identity = store.value("SELECT identity FROM episodes WHERE episode = ?", (episode,))
    return None if identity is None else identities.same_person(store).get(identity, identity)


def episode_ref(store: Store, episode: int) -> str:
    """Return the reference of an episode."""
    return str(store.value("SELECT source || '/' || episode_id FROM episodes WHERE episode = ?", (episode,)))


def patient(store: Store, person: int) -> Patient:
    """Return everything stored of a person, told by the current identity, in order of time.

    Operations and links that another person's episodes have, because of rows that are not linked yet, are left out.
    """
    numbers = identities.numbers_of_person(store, person)
    personal_id, death_date, moved_out = _facts(store, person, numbers)
    episodes = _episodes_of(store, numbers)
    theirs = {one.episode for one in episodes}
    links = [_link(row) for row in store.rows(_LINKS + " WHERE l.person = ?" + _LINK_ORDER, (person,))]
    operations = [_operation(row) for row in store.rows(_OPERATIONS, (person,))]
    return Patient(
        person,
        personal_id,
        _day(death_date),
        _day(moved_out),
        tuple(episodes),
        tuple(one for one in operations if one.episode in theirs),
        tuple(one for one in links if one.key.episode in theirs),
    )


def _facts(store: Store, person: int, numbers: Sequence[int]) -> tuple[str, str | None, str | None]:
    """Return number, death and move of a person; blanks in the current number's row are filled from its aliases."""
    marks = ", ".join("?" * len(numbers))
    rows = store.rows(
        "SELECT personal_id, death_date, moved_out FROM identities LEFT JOIN persons USING (identity) "
        f"WHERE identity IN ({marks}) ORDER BY identity <> ?, identity",
        [*numbers, person],
    )
    deaths, moves = ([row[place] for row in rows if row[place]] for place in (1, 2))
    return rows[0][0], next(iter(deaths), None), next(iter(moves), None)


def _episodes_of(store: Store, numbers: Sequence[int]) -> list[CareEpisode]:
    marks = ", ".join("?" * len(numbers))
    where = f" WHERE e.identity IN ({marks}) ORDER BY e.admitted, e.episode"
    return [_episode(row) for row in store.rows(_EPISODES + where, numbers)]


def _link(row: tuple[Any, ...]) -> Link:
    episode, joint, side, event_ref, person, personal_id, event_date, *rest = row
    provider, index_ref, index_provider, index_side, operated_on, days, status, competing, *more = rest
    complication_class, surgery_level, triggers, candidates, another_look, verdict = more
    return Link(
        EventKey(episode, joint, side),
        event_ref,
        person,
        personal_id,
        date.fromisoformat(event_date),
        provider,
        index_ref,
        index_provider,
        index_side,
        _day(operated_on),
        days,
        status,
        bool(competing),
        complication_class,
        surgery_level,
        tuple(triggers.split()),
        candidates,
        bool(another_look),
        verdict,
    )


def _operation(row: tuple[Any, ...]) -> Operation:
    episode, index_ref, joint, side, operated_on, provider, procedure_code = row
    return Operation(episode, index_ref, joint, side, date.fromisoformat(operated_on), provider, procedure_code)


def _episode(row: tuple[Any, ...]) -> CareEpisode:
    episode, ref, provider, unit, care_form, payer_route, admitted, discharged, main, others, codes, *rest = row
    drg, cost, price, dated = rest
    return CareEpisode(
        episode,
        ref,
        provider,
        unit or "",
        care_form,
        payer_route,
        date.fromisoformat(admitted),
        date.fromisoformat(discharged),
        main or "",
        tuple((others or "").split()),
        tuple((codes or "").split()),
        drg or "",
        cost,
        price,
        bool(dated),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
