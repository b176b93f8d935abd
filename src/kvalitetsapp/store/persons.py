"""Persons as columns: one row per identity, with what the persons files say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_COLUMNS: Final = ("identity", "personal_id", "sex", "birth_date", "death_date", "moved_out")


def columns(store: Store) -> dict[str, list[Any]]:
    """Return every identity as columns, None where nothing is known."""
    sql = (
        "SELECT identity, personal_id, sex, birth_date, death_date, moved_out "
        "FROM identities LEFT JOIN persons USING (identity) ORDER BY identity"
    )
    return store.columns(sql, _COLUMNS)


def background_columns(store: Store) -> dict[str, list[Any]]:
    """Return education, country of birth and municipality of who is in the persons files, "" for nothing."""
    names = ("identity", "education", "birth_country", "municipality")
    told = ", ".join(f"trim(coalesce({name}, '')) AS {name}" for name in names[1:])
    return store.columns(f"SELECT identity, {told} FROM persons ORDER BY identity", names)
