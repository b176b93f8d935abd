"""Whose numbers an entry of the trace tells: of the persons behind contacts, claims and documents, in one query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from kvalitetsapp.store import identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.store.connection import Store

T = TypeVar("T")
_AT_A_TIME: Final = 5_000
_OF_EPISODES: Final = """
SELECT DISTINCT i.personal_id FROM episodes e JOIN identities i USING (identity) WHERE e.episode IN ({marks})
"""
_OF_CLAIMS: Final = """
SELECT DISTINCT i.personal_id FROM claims c JOIN episodes e ON e.episode = c.index_episode
JOIN identities i USING (identity) WHERE c.claim IN ({marks})
"""
_OF_OPERATIONS: Final = """
SELECT DISTINCT i.personal_id FROM index_operations o JOIN identities i ON i.identity = o.person
WHERE o.index_ref IN ({marks})
"""
_CLAIM: Final = re.compile(r"K-[0-9]{4}-([0-9]+)")
_OF_REFS: Final = """
SELECT DISTINCT i.personal_id FROM episodes e JOIN identities i USING (identity)
WHERE (e.source, e.episode_id) IN (VALUES {marks})
"""


def of_episodes(store: Store, episodes: Iterable[int]) -> tuple[str, ...]:
    """Return the numbers that the persons of some contacts have there."""
    return _found(store, _OF_EPISODES, sorted(set(episodes)))


def of_claims(store: Store, claims: Iterable[int]) -> tuple[str, ...]:
    """Return the numbers of those whose operations some claims are about."""
    return _found(store, _OF_CLAIMS, sorted(set(claims)))


def of_refs(store: Store, refs: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of those whom references are of; what refers to nobody is passed over.

    A contact (`cosmic/8841207`), an operation (`cosmic/8841207/hip/right`), a claim (`K-2026-00012`), a person by key
    (`person/12`) or by number.
    """
    wanted = sorted(set(refs))
    keys = [(source, key) for source, _slash, key in (ref.partition("/") for ref in wanted)]
    found = set(of_identities(store, (int(key) for source, key in keys if source == "person" and key.isdecimal())))
    found |= set(identities.known(store, wanted))
    found |= set(of_claims(store, (int(one[1]) for one in map(_CLAIM.fullmatch, wanted) if one)))
    found |= set(_found(store, _OF_OPERATIONS, wanted))
    for some in _parts(keys):
        sql = _OF_REFS.format(marks=", ".join(["(?, ?)"] * len(some)))
        found |= {number for (number,) in store.rows(sql, [part for key in some for part in key])}
    return tuple(sorted(found))


def of_identities(store: Store, wanted: Iterable[int]) -> tuple[str, ...]:
    """Return the numbers of some identities."""
    return tuple(sorted(identities.numbers_of(store, wanted).values()))


def of_round(store: Store, round_id: int) -> tuple[str, ...]:
    """Return the numbers of everyone in a review round."""
    rows = store.rows(
        "SELECT DISTINCT i.personal_id FROM round_cases r JOIN episodes e USING (episode) "
        "JOIN identities i USING (identity) WHERE r.round = ?",
        (round_id,),
    )
    return tuple(sorted(number for (number,) in rows))


def _parts(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(wanted), _AT_A_TIME):
        yield wanted[start : start + _AT_A_TIME]


def _found(store: Store, sql: str, wanted: Sequence[object]) -> tuple[str, ...]:
    found: set[str] = set()
    for some in _parts(wanted):
        found |= {number for (number,) in store.rows(sql.format(marks=", ".join("?" * len(some))), some)}
    return tuple(sorted(found))
