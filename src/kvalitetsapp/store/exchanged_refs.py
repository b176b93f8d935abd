"""The references that things of a package know episodes by, and what a store has under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

_AT_A_TIME: Final = 5_000


def episodes_of(store: Store, refs: Iterable[str]) -> dict[str, int]:
    """Return the episodes of those of some references that are here."""
    wanted = sorted(set(refs))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_A_TIME):
        some = wanted[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(some))
        sql = (
            f"SELECT source || '/' || episode_id, episode FROM episodes WHERE source || '/' || episode_id IN ({marks})"
        )
        found.update(store.rows(sql, some))
    return found


def numbers_of_patients(store: Store, episodes: Iterable[int]) -> tuple[str, ...]:
    """Return the personal numbers that some episodes came with, each once."""
    wanted = sorted(set(episodes))
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_A_TIME):
        some = wanted[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(some))
        rows = store.rows(
            "SELECT DISTINCT i.personal_id FROM episodes e JOIN identities i ON i.identity = e.identity "
            f"WHERE e.episode IN ({marks})",
            some,
        )
        found.update(number for (number,) in rows)
    return tuple(sorted(found))


def data_through(store: Store) -> str:
    """Return when the latest import was made that stands, "" without one."""
    return str(store.value("SELECT coalesce(max(imported_at), '') FROM import_batches WHERE undone_at IS NULL"))
