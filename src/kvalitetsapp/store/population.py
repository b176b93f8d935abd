"""The population by municipality, sex and ages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_COLUMNS: Final = ("year", "municipality", "sex", "age_from", "age_to", "persons", "source", "invented")
Key = tuple[int, str, str]
"""Year, municipality and sex: what the groups of ages of one population share."""


def columns(store: Store) -> dict[str, list[Any]]:
    """Return every group of the population as columns, by year, municipality, sex and age."""
    return store.columns(
        f"SELECT {', '.join(_COLUMNS)} FROM population ORDER BY year, municipality, sex, age_from", _COLUMNS
    )


def ages(store: Store) -> dict[Key, dict[int, int | None]]:
    """Return the last age of every group by its first, for each population; None means and older."""
    found: dict[Key, dict[int, int | None]] = {}
    for year, municipality, sex, first, last in store.rows(
        "SELECT year, municipality, sex, age_from, age_to FROM population"
    ):
        found.setdefault((year, municipality, sex), {})[first] = last
    return found
