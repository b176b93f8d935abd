"""What suggests that two numbers are one person, as columns, and what has been said of such pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.identity_pairs import Dismissal, PairKey
from kvalitetsapp.store import identities, persons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

_AT_A_TIME: Final = 5_000


def number_columns(store: Store) -> dict[str, list[Any]]:
    """Return every number with its person and what the persons files say of it."""
    same = identities.same_person(store)
    known = persons.columns(store)
    known["person"] = [same.get(identity, identity) for identity in known["identity"]]
    return known


def care_columns(store: Store) -> dict[str, list[Any]]:
    """Return where every number has been cared for, and when last: identity, unit, last."""
    sql = (
        "SELECT identity, provider_id || char(31) || coalesce(unit, ''), max(discharged) FROM episodes "
        "GROUP BY identity, provider_id, unit"
    )
    return store.columns(sql, ("identity", "unit", "last"))


def operation_columns(store: Store) -> dict[str, list[Any]]:
    """Return the index operations by the number they stand under: identity, joint, on."""
    sql = "SELECT e.identity, o.joint, o.operated_on FROM index_operations o JOIN episodes e USING (episode)"
    return store.columns(sql, ("identity", "joint", "on"))


def unlinked_columns(store: Store) -> dict[str, list[Any]]:
    """Return the events that belong to no operation, by the number they stand under: identity, joint, on."""
    sql = (
        "SELECT e.identity, l.joint, l.event_date FROM links l JOIN episodes e USING (episode) "
        "WHERE l.status = 'unlinked'"
    )
    return store.columns(sql, ("identity", "joint", "on"))


def episode_counts(store: Store, some: Iterable[int]) -> dict[int, int]:
    """Return how many episodes stand under each of some numbers; none is left out."""
    sql = "SELECT identity, count(*) FROM episodes WHERE identity IN ({marks}) GROUP BY identity"
    return dict(_of(store, sql, some))


def unit_names(store: Store, some: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the units where each of some numbers has been cared for, in alphabetical order."""
    sql = (
        "SELECT DISTINCT e.identity, p.name || coalesce(' ' || e.unit, '') "
        "FROM episodes e JOIN providers p USING (provider_id) WHERE e.identity IN ({marks}) ORDER BY 1, 2"
    )
    found: dict[int, list[str]] = {}
    for identity, name in _of(store, sql, some):
        found.setdefault(identity, []).append(name)
    return found


def dismissals(store: Store) -> dict[PairKey, Dismissal]:
    """Return every pair of which somebody has said that it is not one person."""
    rows = store.rows("SELECT low, high, reason, dismissed_by, dismissed_at FROM identity_dismissals")
    return {PairKey(low, high): Dismissal(*said) for low, high, *said in rows}


def dismiss(store: Store, pair: PairKey, reason: str, who: str) -> None:
    """Keep that a pair is not one person; a later word takes the place of an earlier one."""
    store.write(
        "INSERT INTO identity_dismissals (low, high, reason, dismissed_by, dismissed_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET reason = excluded.reason, dismissed_by = excluded.dismissed_by, "
        "dismissed_at = excluded.dismissed_at",
        (pair.low, pair.high, reason, who, this_moment()),
    )


def take_back(store: Store, pair: PairKey) -> None:
    """Forget that a pair is not one person."""
    store.write("DELETE FROM identity_dismissals WHERE low = ? AND high = ?", (pair.low, pair.high))


def _of(store: Store, sql: str, some: Iterable[int]) -> list[tuple[Any, ...]]:
    wanted = sorted(set(some))
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        found += store.rows(sql.format(marks=", ".join("?" * len(part))), part)
    return found
