"""The lists: index operations, links and what can be claimed, as tables sorted by their key columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kvalitetsapp.domain import table as tables
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.exchange import table_files
from kvalitetsapp.services import access
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import identities, meta
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

    from kvalitetsapp.services.workspace import Workspace

Format = Literal["csv", "json"]
PERSONAL_ID = Column("personal_id", Kind.TEXT, N_("Personnummer"))


@needs(Right.READ_ROWS)
def index_operations(workspace: Workspace, *, identified: bool = False) -> Table:
    """Return `list index-operations`; `identified` adds personal numbers, which is written in the audit trail."""
    from kvalitetsapp.analysis import agreements
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    found = frames.index_operations
    found = found.assign(agreement_id=agreements.agreement_of_operations(found, frames.agreements))
    return _table(workspace, found, tables.INDEX_OPERATIONS, ["index_ref"], identified=identified)


@needs(Right.READ_ROWS)
def links(workspace: Workspace, *, identified: bool = False) -> Table:
    """Return `list links`; `identified` adds personal numbers, which is written in the audit trail."""
    from kvalitetsapp.services import frames_of_store

    found = frames_of_store.load(workspace).links
    return _table(workspace, found, tables.LINKS, ["event_ref", "joint", "side"], identified=identified)


@needs(Right.READ_CLAIMS)
def claims_basis(workspace: Workspace, *, potential: bool = False, identified: bool = False) -> Table:
    """Return `list claims-basis`; `identified` adds personal numbers, which is written in the audit trail."""
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    found = frames.claims_basis(potential=potential)
    person = frames.index_operations.set_index("operation")["person"].reindex(found["operation"]).to_numpy()
    return _table(workspace, found.assign(person=person), tables.CLAIMS_BASIS, [], identified=identified)


@needs(Right.READ_FIGURES)
def links_are_current(workspace: Workspace) -> bool:
    """Tell whether links were derived after the last import."""
    return meta.links_are_current(workspace.store)


def as_text(table: Table, form: Format) -> str:
    """Return a table as the command line prints it."""
    return table_files.as_csv(table) if form == "csv" else table_files.as_json(table)


def _table(
    workspace: Workspace, found: DataFrame, columns: Sequence[Column], keys: list[str], *, identified: bool
) -> Table:
    from kvalitetsapp.analysis import tables as table_maker

    if keys:
        found = found.assign(**{key: found[key].astype(str) for key in keys}).sort_values(keys, kind="stable")
    if not identified:
        return table_maker.table(found, columns)
    access.demand(workspace, Right.EXPORT_IDENTIFIED, "listings.identified")
    numbers = identities.personal_ids(workspace.store)
    told = [numbers[person] for person in found["person"].tolist()]
    with workspace.action("identities_disclosed", target=columns[0].name, detail=str(len(found)), patients=told):
        found = found.assign(personal_id=told)
    return table_maker.table(found, [*columns, PERSONAL_ID])
