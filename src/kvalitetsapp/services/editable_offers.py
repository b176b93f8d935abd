"""What is offered to whoever fills in a row of a table that people keep themselves: what is known, with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain.editable_table import CellKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.exchange.code_tables import Titles
from kvalitetsapp.services import editable_tables, indicators
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import providers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kvalitetsapp.services.workspace import Workspace

    Offers = Mapping[str, str]


@needs(Right.READ_FIGURES)
def offers(workspace: Workspace, name: str) -> dict[str, Offers]:
    """Return by column what may be filled in, each with its name ("" where it has none).

    Raises:
        InputError: there is no such table.
    """
    table = editable_tables.named(name)
    known = {
        column.name: dict.fromkeys(
            sorted({str(row[column.name]) for row in editable_tables.rows(workspace, column.known_by or name)}), ""
        )
        for column in table.columns
        if column.known_by or column.name == "area"
    }
    return known | {column.name: _NAMED[column.kind](workspace) for column in table.columns if column.kind in _NAMED}


@needs(Right.READ_FIGURES)
def names(workspace: Workspace, name: str) -> dict[str, Offers]:
    """Return by column what is shown in place of values: names of providers, indicators and municipalities.

    A cell that may be empty is shown empty, whatever its vocabulary calls nothing.

    Raises:
        InputError: there is no such table.
    """
    columns = editable_tables.named(name).columns
    told: dict[str, Offers] = {
        column.name: {"": "", **{code: word(column.vocabulary, code) for code in column.choices}}
        for column in columns
        if column.vocabulary
    }
    return told | {column.name: _NAMED[column.kind](workspace) for column in columns if column.kind in _SHOWN_BY_NAME}


def _providers(workspace: Workspace) -> Offers:
    return {each.provider_id: each.name for each in providers.all_providers(workspace.store)}


def _indicators(workspace: Workspace) -> Offers:
    return {each.indicator_id: each.name for each in indicators.all_indicators(workspace)}


def _procedures(workspace: Workspace) -> Offers:
    return {**workspace.code_tables.procedure_titles}


def _municipalities(_workspace: Workspace) -> Offers:
    return {**Titles(settings.resources_dir() / "codes" / "municipalities.csv")}


_SHOWN_BY_NAME: Final = frozenset({CellKind.PROVIDER, CellKind.INDICATOR, CellKind.MUNICIPALITY})
_NAMED: Final[dict[CellKind, Callable[[Workspace], Offers]]] = {
    CellKind.PROVIDER: _providers,
    CellKind.INDICATOR: _indicators,
    CellKind.CODE: _procedures,
    CellKind.MUNICIPALITY: _municipalities,
}
