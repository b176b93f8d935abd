"""Packages that were made and taken, and what of them could not be taken: kept for good, and settled once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.exchange_conflict import Conflict, Settled
from kvalitetsapp.domain.exchanged import Exchange, Thing, canonical, thing_as_dict, thing_from_dict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store

MADE: Final = "made"
TAKEN: Final = "taken"
_READ: Final = """
SELECT c.exchange_conflict, e.happened_at, e.other_user, c.kind, c.subject, c.reason, c.ours, c.theirs,
       c.settled, c.settled_because, c.settled_at, c.settled_by, e.package_id
FROM exchange_conflicts c JOIN exchanges e ON e.exchange = c.exchange
"""


def add(store: Store, new: Exchange, sha256: str) -> int:
    """Note that a package was made or taken and return the number of the note."""
    return store.write(
        "INSERT INTO exchanges (package_id, direction, other_store, other_user, happened_at, who, sha256, decisions, "
        "claims) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.package_id, new.direction, new.other_store, new.other_user, new.happened_at, new.who, sha256),
            *(new.decisions, new.claims),
        ),
    )


def taken_at(store: Store, package_id: str) -> str | None:
    """Return when a package was taken here, None where it was not."""
    sql = "SELECT happened_at FROM exchanges WHERE package_id = ? AND direction = 'taken'"
    found = store.value(sql, (package_id,))
    return None if found is None else str(found)


def all_exchanges(store: Store) -> tuple[Exchange, ...]:
    """Return every package that was made or taken, the latest first."""
    rows = store.rows(
        "SELECT exchange, package_id, direction, other_store, other_user, happened_at, who, decisions, claims "
        "FROM exchanges ORDER BY exchange DESC"
    )
    return tuple(Exchange(*row) for row in rows)


def add_conflict(
    store: Store, exchange: int, kind: str, subject: str, reason: str, ours: Sequence[Thing], theirs: Sequence[Thing]
) -> None:
    """Note what could not be taken, as it was on both sides."""
    store.write(
        "INSERT INTO exchange_conflicts (exchange, kind, subject, reason, ours, theirs) VALUES (?, ?, ?, ?, ?, ?)",
        (exchange, kind, subject, reason, as_text(ours), as_text(theirs)),
    )


def is_known(store: Store, theirs: Sequence[Thing]) -> bool:
    """Tell whether the same content is noted already: it waits to be settled, or ours was kept in its place."""
    found = store.value(
        "SELECT 1 FROM exchange_conflicts WHERE theirs = ? AND settled IS NOT 'theirs' LIMIT 1", (as_text(theirs),)
    )
    return found is not None


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """Return every conflict, those that wait first, else the latest first."""
    rows = store.rows(_READ + " ORDER BY c.settled IS NOT NULL, c.exchange_conflict DESC")
    return tuple(map(_conflict, rows))


def conflict(store: Store, number: int) -> Conflict | None:
    """Return one conflict, None where there is none of that number."""
    rows = store.rows(_READ + " WHERE c.exchange_conflict = ?", (number,))
    return _conflict(rows[0]) if rows else None


def settle(store: Store, number: int, how: Settled, because: str, at: str, who: str) -> None:
    """Note how a conflict was settled; the store refuses to settle it again."""
    store.write(
        "UPDATE exchange_conflicts SET settled = ?, settled_because = ?, settled_at = ?, settled_by = ? "
        "WHERE exchange_conflict = ?",
        (how.value, because, at, who, number),
    )


def as_text(things: Sequence[Thing]) -> str:
    """Return things in the one spelling in which they are kept."""
    return canonical([thing_as_dict(one) for one in things])


def _conflict(row: tuple[Any, ...]) -> Conflict:
    number, noted_at, other, kind, subject, reason, ours, theirs, settled, because, at, by, package_id = row
    return Conflict(
        number,
        noted_at,
        other,
        kind,
        subject,
        reason,
        tuple(map(thing_from_dict, json.loads(ours))),
        tuple(map(thing_from_dict, json.loads(theirs))),
        None if settled is None else Settled(settled),
        because or "",
        at or "",
        by or "",
        package_id,
    )
