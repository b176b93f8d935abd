"""Filters that were saved under a name, by the list that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.dates import this_moment

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A saved filter as stored; `definition` is JSON."""

    filter_id: int
    name: str
    definition: str
    who: str


def of_list(store: Store, name: str) -> list[KeptFilter]:
    """Return the filters of a list by their names."""
    found = store.rows("SELECT filter, name, definition, who FROM saved_filters WHERE list = ?", (name,))
    return sorted((KeptFilter(*row) for row in found), key=lambda one: (one.name.casefold(), one.filter_id))


def of_id(store: Store, filter_id: int) -> KeptFilter | None:
    """Return one filter, None where there is none of that number."""
    rows = store.rows("SELECT filter, name, definition, who FROM saved_filters WHERE filter = ?", (filter_id,))
    return KeptFilter(*rows[0]) if rows else None


def named(store: Store, list_name: str, name: str) -> int | None:
    """Return the filter of a list that has this name, whatever its case, None without one."""
    wanted = name.casefold()
    return next((one.filter_id for one in of_list(store, list_name) if one.name.casefold() == wanted), None)


def add(store: Store, list_name: str, name: str, definition: str, who: str) -> int:
    """Add a filter and return its number."""
    now = this_moment()
    return store.write(
        "INSERT INTO saved_filters (list, name, definition, who, saved_at) VALUES (?, ?, ?, ?, ?)",
        (list_name, name, definition, who, now),
    )


def define(store: Store, filter_id: int, definition: str, who: str) -> None:
    """Give a filter another content."""
    now = this_moment()
    store.write(
        "UPDATE saved_filters SET definition = ?, who = ?, saved_at = ? WHERE filter = ?",
        (definition, who, now, filter_id),
    )


def rename(store: Store, filter_id: int, name: str) -> None:
    """Give a filter another name."""
    store.write("UPDATE saved_filters SET name = ? WHERE filter = ?", (name, filter_id))


def delete(store: Store, filter_id: int) -> None:
    """Take a filter away."""
    store.write("DELETE FROM saved_filters WHERE filter = ?", (filter_id,))
