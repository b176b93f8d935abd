"""Published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_COLUMNS: Final = ("country", "level", "unit", "joint", "indicator", "value", "unit_of_value", "n", "period", "source")


def columns(store: Store) -> dict[str, list[Any]]:
    """Return every published figure as columns."""
    return store.columns(f"SELECT {', '.join(_COLUMNS)} FROM benchmarks ORDER BY benchmark", _COLUMNS)
