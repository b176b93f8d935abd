"""Vårdgivare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of care."""

    provider_id: str
    name: str
    kind: str


def all_providers(store: Store) -> list[Provider]:
    """Return every provider by its id."""
    return [Provider(*row) for row in store.rows("SELECT provider_id, name, kind FROM providers ORDER BY provider_id")]


def counties(store: Store, kind: str) -> list[str]:
    """Return the county that each provider of a kind says that it lies in, as delivered."""
    found = store.rows("SELECT county FROM providers WHERE kind = ? AND coalesce(county, '') <> ''", (kind,))
    return [county for (county,) in found]
