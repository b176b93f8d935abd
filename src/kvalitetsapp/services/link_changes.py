"""What link runs changed: the latest one told in words, and the list of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import link_changes, table
from kvalitetsapp.domain.link_changes import LinkChanges
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Table
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import link_runs, providers

if TYPE_CHECKING:
    from kvalitetsapp.domain.link_changes import Facts, LinkRun
    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_ROWS)
def latest(workspace: Workspace) -> LinkChanges:
    """Return the latest run that changed something and has its details kept, with every event that it changed.

    Where there is no such run, the latest run alone; nothing where there has been none.
    """
    store = workspace.store
    run = link_runs.latest_with_details(store)
    if run is None:
        return LinkChanges()
    names = {one.provider_id: one.name for one in providers.all_providers(store)}
    return LinkChanges(run, tuple(link_changes.told(one, names) for one in link_runs.changes_of(store, run.run)))


@needs(Right.READ_ROWS)
def runs(workspace: Workspace) -> tuple[LinkRun, ...]:
    """Return every link run, latest first."""
    return tuple(link_runs.runs(workspace.store))


@needs(Right.READ_ROWS)
def as_table(workspace: Workspace) -> Table:
    """Return `list link-changes`: what the latest run that changed something did, facts as `name=value`."""
    rows: list[Row] = []
    for one in latest(workspace).changes:
        change = one.change
        before, after = (_differing(facts, change.differing) for facts in (change.before, change.after))
        rows.append((change.event_ref, change.joint, change.side, change.kind.value, before, after))
    return Table(table.LINK_CHANGES, rows)


def _differing(facts: Facts, names: tuple[str, ...]) -> str:
    """Return the facts that differ, separated by spaces; codes within one by commas."""
    told = ((name, facts[name]) for name in names if facts.get(name) is not None)
    return " ".join(f"{name}={str(value).replace(' ', ',')}" for name, value in told)
