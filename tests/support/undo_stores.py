"""What an undo is held against: files of episodes, and everything a store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvalitetsapp.store import imported_tables

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

HEADER = (
    "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;"
    "procedures;cost"
)
PROVIDERS = "provider_id;name;kind\nOWN;Egna kliniken;own\nP01;Fjällkliniken;private\n"
TABLES = (
    *(table.name for table in imported_tables.TABLES),
    "identities",
    "index_operations",
    "links",
    "pins",
)


def episodes(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def content(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of what is imported and what is derived, without the links' own numbers."""
    found = {}
    for table in TABLES:
        wanted = [
            name
            for (name,) in workspace.store.rows("SELECT name FROM pragma_table_info(?)", (table,))
            if (table, name) != ("links", "link")
        ]
        found[table] = sorted(workspace.store.rows(f"SELECT {', '.join(wanted)} FROM {table}"), key=str)
    return found
