"""Whether what a row names is known: what must be known to be kept, and what is kept with a warning."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain.editable_table import CellKind
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.exchange.code_tables import Titles
from kvalitetsapp.services import indicators
from kvalitetsapp.store import providers
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from kvalitetsapp.domain.editable_table import EditableColumn, EditableTable
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

_REFUSED: Final = {
    CellKind.PROVIDER: N_("Vårdgivaren {text} finns inte i databasen."),
    CellKind.INDICATOR: N_("Det finns ingen indikator {text}."),
}
_WARNED_OF: Final = {
    CellKind.CODE: N_("KVÅ-koden {text} finns inte i kodtabellen."),
    CellKind.MUNICIPALITY: N_("Kommunkoden {text} finns inte i kodtabellen."),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the cells of a table may name: by kind what is known, and by column the texts of another table."""

    by_kind: Mapping[CellKind, Container[str]]
    by_column: Mapping[str, Container[str]]

    def faults(
        self, table: EditableTable, row: Mapping[str, Value], before: Mapping[str, Value] | None
    ) -> tuple[FieldFault, ...]:
        """Return what keeps a row out: a provider or an indicator that does not exist.

        What the row named already as it stood `before` (None: it did not stand) may be gone since then.
        """
        named = before or {}
        return tuple(
            FieldFault(column.name, _(_REFUSED[column.kind]).format(text=text))
            for column, text in _filled(table, row)
            if column.kind in _REFUSED
            and text not in self.by_kind[column.kind]
            and text != str(named.get(column.name) or "")
        )

    def warnings(self, table: EditableTable, row: Mapping[str, Value]) -> tuple[str, ...]:
        """Return what a row is kept in spite of: codes that are not in the code tables, an area that no code has."""
        told = []
        for column, text in _filled(table, row):
            if column.kind in _WARNED_OF and text not in self.by_kind[column.kind]:
                told.append(_(_WARNED_OF[column.kind]).format(text=text))
            if column.known_by and text not in self.by_column[column.name]:
                told.append(_("Området {text} står inte bland de medicinska områdena.").format(text=text))
        return tuple(told)


class _Prefixes:
    """All beginnings of some codes: a shorter code stands for all that begin with it."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = sorted(codes)

    def __contains__(self, text: object) -> bool:
        place = bisect_left(self._codes, str(text))
        return place < len(self._codes) and self._codes[place].startswith(str(text))


def known_to(
    workspace: Workspace, table: EditableTable, rows_of: Callable[[str], Sequence[Mapping[str, Value]]]
) -> Known:
    """Return what the cells of a table may name; `rows_of` gives the rows of another of these tables."""
    kinds = {column.kind for column in table.columns}
    return Known(
        {kind: read(workspace) for kind, read in _SOURCES.items() if kind in kinds},
        {
            column.name: frozenset(str(row[column.name]) for row in rows_of(column.known_by))
            for column in table.columns
            if column.known_by
        },
    )


def _filled(table: EditableTable, row: Mapping[str, Value]) -> list[tuple[EditableColumn, str]]:
    return [(column, str(row[column.name])) for column in table.columns if row[column.name] not in {None, ""}]


def _providers(workspace: Workspace) -> Container[str]:
    return {each.provider_id for each in providers.all_providers(workspace.store)}


def _indicators(workspace: Workspace) -> Container[str]:
    return {each.indicator_id for each in indicators.all_indicators(workspace)}


def _procedures(workspace: Workspace) -> Container[str]:
    return _Prefixes(workspace.code_tables.procedure_titles)


def _municipalities(_workspace: Workspace) -> Container[str]:
    return Titles(settings.resources_dir() / "codes" / "municipalities.csv")


_SOURCES: Final[dict[CellKind, Callable[[Workspace], Container[str]]]] = {
    CellKind.PROVIDER: _providers,
    CellKind.INDICATOR: _indicators,
    CellKind.CODE: _procedures,
    CellKind.MUNICIPALITY: _municipalities,
}
