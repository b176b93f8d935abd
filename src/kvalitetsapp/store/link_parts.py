"""Which persons a link run takes at a time: whole persons, those that are tied to each other together.

Persons are tied by an alias, or because a verdict, a pin or a link of one names an index operation of the other. The
sets lie in temporary tables, which this program keeps in memory (`dialect`), and are written inside the transaction
of the run. A part is what is read, linked and written before the next one is.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.store.connection import Store

EPISODES_AT_A_TIME: Final = 150_000
_NUMBERS_TOGETHER: Final = 256
_TIED_AT_A_TIME: Final = 25_000

PERSONS_OF_RUN: Final = "(SELECT identity FROM temp.link_run)"
PERSONS_OF_PART: Final = "(SELECT identity FROM temp.link_part)"
EPISODES_OF_PART: Final = f"(SELECT episode FROM episodes WHERE identity IN {PERSONS_OF_PART})"

_TABLES: Final = (
    "CREATE TEMP TABLE IF NOT EXISTS link_run (identity INTEGER PRIMARY KEY, turn INTEGER NOT NULL)",
    "CREATE TEMP TABLE IF NOT EXISTS link_part (identity INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS link_tied (identity INTEGER PRIMARY KEY, part INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS temp.link_run_turn ON link_run (turn)",
)
_LAST: Final = "(SELECT identity FROM temp.link_run WHERE turn = ?1)"
_PINNED: Final = ("index_episode", "proposed_episode")
# Who belongs with those that were found last: by what stands now, and by what the last run left.
_TIED_TO: Final = (
    f"SELECT same_as FROM aliases WHERE identity IN {_LAST}",
    f"SELECT identity FROM aliases WHERE same_as IN {_LAST}",
    (
        "SELECT o.identity FROM episodes e JOIN verdicts v ON v.episode = e.episode AND v.withdrawn_at IS NULL "
        f"JOIN episodes o ON o.episode = v.index_episode WHERE e.identity IN {_LAST}"
    ),
    (
        "SELECT o.identity FROM episodes e JOIN verdicts v ON v.index_episode = e.episode AND v.withdrawn_at IS NULL "
        f"JOIN episodes o ON o.episode = v.episode WHERE e.identity IN {_LAST}"
    ),
    *(
        f"SELECT o.identity FROM episodes e JOIN pins p ON p.{mine} = e.episode "
        f"JOIN episodes o ON o.episode = p.{other} WHERE e.identity IN {_LAST}"
        for name in _PINNED
        for mine, other in (("episode", name), (name, "episode"))
    ),
    f"SELECT o.person FROM links l JOIN index_operations o ON o.operation = l.operation WHERE l.person IN {_LAST}",
    f"SELECT l.person FROM index_operations o JOIN links l ON l.operation = o.operation WHERE o.person IN {_LAST}",
    f"SELECT e.identity FROM links l JOIN episodes e ON e.episode = l.episode WHERE l.person IN {_LAST}",
    f"SELECT e.identity FROM index_operations o JOIN episodes e ON e.episode = o.episode WHERE o.person IN {_LAST}",
    f"SELECT l.person FROM episodes e JOIN links l ON l.episode = e.episode WHERE e.identity IN {_LAST}",
)
_PERSONS_OF: Final = "SELECT DISTINCT identity FROM episodes WHERE episode IN (SELECT value FROM json_each(?))"
_TIES: Final = (
    "SELECT identity, same_as FROM aliases",
    (
        "SELECT e.identity, o.identity FROM verdicts v JOIN episodes e ON e.episode = v.episode "
        "JOIN episodes o ON o.episode = v.index_episode WHERE v.withdrawn_at IS NULL AND e.identity <> o.identity"
    ),
    *(
        "SELECT e.identity, o.identity FROM pins p JOIN episodes e ON e.episode = p.episode "
        f"JOIN episodes o ON o.episode = p.{name} WHERE e.identity <> o.identity"
        for name in _PINNED
    ),
    (
        "SELECT l.person, o.person FROM links l JOIN index_operations o ON o.operation = l.operation "
        "WHERE l.verdict IS NOT NULL AND l.person <> o.person"
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Persons that are linked together: all of the run, a range of identities, or a number of tied ones (`tied`)."""

    low: int | None = None
    high: int | None = None
    tied: int | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether the part is all of the run."""
        return self.low is None and self.tied is None


def choose(store: Store, persons: Iterable[int]) -> int:
    """Let the run be about some persons and all that are tied to them, and return how many identities that makes."""
    _make_tables(store)
    insert = "INSERT OR IGNORE INTO temp.link_run (identity, turn)"
    store.write_many(f"{insert} VALUES (?, 0)", ((person,) for person in persons))
    turn, known, found = 0, -1, _size(store)
    while found != known:
        for sql in _TIED_TO:
            store.write(f"{insert} SELECT *, ?1 + 1 FROM ({sql})", (turn,))
        turn, known, found = turn + 1, found, _size(store)
    return found


def plan(store: Store, *, chosen: bool) -> list[Part]:
    """Return the parts of a run over everyone, or over those that were `chosen`; no part if nobody was."""
    if not chosen:
        _make_tables(store)
    where = f" WHERE identity IN {PERSONS_OF_RUN}" if chosen else ""
    few = store.value(f"SELECT count(*) FROM (SELECT 1 FROM episodes{where} LIMIT ?)", (EPISODES_AT_A_TIME + 1,))
    if few <= EPISODES_AT_A_TIME:
        return [Part()] if not chosen or _size(store) else []
    return [*_ranges(store, where), *_tied(store)]


def take(store: Store, part: Part, *, chosen: bool) -> bool:
    """Make a part the one at hand, and tell whether queries must be held to it (`PERSONS_OF_PART`)."""
    if part.is_whole and not chosen:
        return False
    store.write("DELETE FROM temp.link_part")
    within = f" AND identity IN {PERSONS_OF_RUN}" if chosen else ""
    insert = "INSERT INTO temp.link_part SELECT identity FROM"
    if part.is_whole:
        store.write(f"{insert} temp.link_run")
    elif part.tied is not None:
        store.write(f"{insert} temp.link_tied WHERE part = ?{within}", (part.tied,))
    else:
        untied = "identity NOT IN (SELECT identity FROM temp.link_tied)"
        sql = f"{insert} identities WHERE identity BETWEEN ? AND ? AND {untied}{within}"
        store.write(sql, (part.low, part.high))
    return True


def forget(store: Store) -> None:
    """Empty the sets."""
    for table in ("link_run", "link_part", "link_tied"):
        store.write(f"DELETE FROM temp.{table}")


@contextlib.contextmanager
def at_hand(store: Store, episodes: Iterable[int]) -> Iterator[None]:
    """Let the persons of some episodes, and all that are tied to them, be the part at hand in the block."""
    with store.one_moment():
        choose(store, (identity for (identity,) in store.rows(_PERSONS_OF, (json.dumps(list(episodes)),))))
        take(store, Part(), chosen=True)
        try:
            yield
        finally:
            forget(store)


def _make_tables(store: Store) -> None:
    for sql in _TABLES:
        store.write(sql)
    forget(store)


def _size(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM temp.link_run"))


def _ranges(store: Store, where: str) -> Iterator[Part]:
    """Give ranges of identities with so many episodes each, cut where the identity is a multiple of some number."""
    counted = store.rows(
        f"SELECT identity / {_NUMBERS_TOGETHER} AS place, count(*) FROM episodes{where} GROUP BY place ORDER BY place"
    )
    low, episodes = 0, 0
    for place, count in counted:
        if episodes and episodes + count > EPISODES_AT_A_TIME:
            yield Part(low, place * _NUMBERS_TOGETHER - 1)
            low, episodes = place * _NUMBERS_TOGETHER, 0
        episodes += count
    yield Part(low, (counted[-1][0] + 1) * _NUMBERS_TOGETHER)


def _tied(store: Store) -> Iterator[Part]:
    """Give parts of the persons that are tied to others, none of them in two parts, and write who is in which."""
    part, size = 0, 0
    for group in _groups(pair for sql in _TIES for pair in store.rows(sql)):
        if size and size + len(group) > _TIED_AT_A_TIME:
            yield Part(tied=part)
            part, size = part + 1, 0
        store.write_many("INSERT INTO temp.link_tied (identity, part) VALUES (?, ?)", ((one, part) for one in group))
        size += len(group)
    if size:
        yield Part(tied=part)


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the sets of numbers that pairs hold together, one way or the other."""
    leader: dict[int, int] = {}

    def lead(one: int) -> int:
        while (following := leader.setdefault(one, one)) != one:
            leader[one] = leader[following]
            one = leader[one]
        return one

    for one, other in pairs:
        leader[lead(one)] = lead(other)
    groups: dict[int, list[int]] = {}
    for one in sorted(leader):
        groups.setdefault(lead(one), []).append(one)
    return list(groups.values())
