"""Published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_COLUMNS: Final = ("country", "level", "unit", "joint", "indicator", "value", "unit_of_value", "n", "period", "source")
_PRINTED: Final = (*_COLUMNS, "note", "value_delivered")


def columns(store: Store) -> dict[str, list[Any]]:
    """Return every published figure as columns."""
    return store.columns(f"SELECT {', '.join(_COLUMNS)} FROM benchmarks ORDER BY benchmark", _COLUMNS)


def as_printed(store: Store) -> list[dict[str, Any]]:
    """Return every published figure with its note and, where known, its text as delivered, in the order of import."""
    found = store.rows(f"SELECT {', '.join(_PRINTED)} FROM benchmarks ORDER BY benchmark")
    return [dict(zip(_PRINTED, row, strict=True)) for row in found]
