"""What two numbers and their aliases hold between them: what joining them may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.store.connection import Store

_OPERATIONS: Final = """
SELECT o.index_ref, i.personal_id FROM episodes e JOIN index_operations o USING (episode)
JOIN identities i ON i.identity = o.person WHERE e.identity IN ({marks})
"""
_LINKS: Final = """
SELECT l.event_ref, l.joint, l.side, l.status, coalesce(l.index_ref, ''), l.days, l.complication_class,
       l.competing, l.another_look
FROM episodes e JOIN links l USING (episode) WHERE e.identity IN ({marks})
"""


class LinkState(NamedTuple):
    """What a link says."""

    status: str
    index_ref: str
    days: int | None
    complication_class: str
    competing: int
    another_look: int


def known(store: Store, personal_ids: Iterable[str]) -> dict[str, int]:
    """Return the identities of those of a few numbers that are stored."""
    wanted = list(personal_ids)
    marks = ", ".join("?" * len(wanted))
    return dict(store.rows(f"SELECT personal_id, identity FROM identities WHERE personal_id IN ({marks})", wanted))


def aliases(store: Store) -> dict[int, int]:
    """Return, for every identity with an alias, the identity that it is said to be the same as."""
    return dict(store.rows("SELECT identity, same_as FROM aliases"))


def operations(store: Store, identities: Sequence[int]) -> dict[str, str]:
    """Return the index operations in the episodes of some identities, and the current number of each one's person."""
    return dict(store.rows(_OPERATIONS.format(marks=", ".join("?" * len(identities))), identities))


def links(store: Store, identities: Sequence[int]) -> dict[tuple[str, str, str], LinkState]:
    """Return the links of the events in the episodes of some identities, by event, joint and side."""
    rows = store.rows(_LINKS.format(marks=", ".join("?" * len(identities))), identities)
    return {(event, joint, side): LinkState(*state) for event, joint, side, *state in rows}
