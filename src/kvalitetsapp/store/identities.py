"""Personal identity numbers and the whole numbers that stand for them everywhere else in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

_AT_A_TIME: Final = 5_000


def identities_of(store: Store, personal_ids: Iterable[str]) -> dict[str, int]:
    """Return the identity of every number, making those that are new; inside a transaction."""
    wanted = sorted(set(personal_ids))
    store.write_many(
        "INSERT INTO identities (personal_id) VALUES (?) ON CONFLICT DO NOTHING", ((number,) for number in wanted)
    )
    return known(store, wanted)


def known(store: Store, personal_ids: Iterable[str]) -> dict[str, int]:
    """Return the identity of those of some numbers that are stored."""
    wanted = sorted(set(personal_ids))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_A_TIME):
        some = wanted[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT personal_id, identity FROM identities WHERE personal_id IN ({marks})"
        found.update(store.rows(sql, some))
    return found


def numbers_of(store: Store, wanted: Iterable[int]) -> dict[int, str]:
    """Return the numbers of some identities."""
    found: dict[int, str] = {}
    some = sorted(set(wanted))
    for start in range(0, len(some), _AT_A_TIME):
        part = some[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(part))
        found.update(store.rows(f"SELECT identity, personal_id FROM identities WHERE identity IN ({marks})", part))
    return found


def personal_ids(store: Store) -> dict[int, str]:
    """Return the number of every identity."""
    return dict(store.rows("SELECT identity, personal_id FROM identities"))


def same_person(store: Store) -> dict[int, int]:
    """Return, for every identity that has an alias, the identity of its current number (chains followed)."""
    named = dict(store.rows("SELECT identity, same_as FROM aliases ORDER BY identity"))
    return {identity: _current(identity, named) for identity in set(named) | set(named.values())}


def numbers_of_person(store: Store, person: int) -> list[int]:
    """Return every identity that stands for a person: the current one, and those that lead to it through aliases."""
    found = store.rows(
        "WITH RECURSIVE theirs (identity) AS (VALUES (?) UNION "
        "SELECT a.identity FROM aliases a JOIN theirs t ON a.same_as = t.identity) "
        "SELECT identity FROM theirs ORDER BY identity",
        (person,),
    )
    return [identity for (identity,) in found]


def _current(identity: int, named: dict[int, int]) -> int:
    """Follow the chain to its end; a ring of aliases has no end, its smallest identity stands for it."""
    seen = [identity]
    while (following := named.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]
