"""The access log as people read it, and what the window tells it of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import access_log as domain
from kvalitetsapp.domain import identity
from kvalitetsapp.domain.access_log import LogPage, LogQuery
from kvalitetsapp.domain.audit_words import ActionKind, actions_of
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import values
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access, readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import access_log as store
from kvalitetsapp.store import audit, concerned, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.access_log import LogEntry
    from kvalitetsapp.domain.copied import Copied
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.access_log import LogFilter

COPIED: Final = "rows_copied"
SEARCHED: Final = "log_searched"


def copied(workspace: Workspace, what: Copied) -> None:
    """Note that rows about persons were copied to other programs; rows about nobody leave no trace.

    Everyone who sees rows may copy them, so it takes no right.

    Raises:
        RefusedError: it cannot be noted, so that the copy must not stay.
    """
    about = concerned.of_refs(workspace.store, what.refs)
    if about:
        audit.note(workspace.store, workspace.user, COPIED, target=what.table, detail=str(what.rows), patients=about)


@needs(Right.READ_LOG)
def page(
    workspace: Workspace,
    query: LogQuery,
    *,
    before: int | None = None,
    total: int | None = None,
    limit: int = domain.PAGE,
    progress: Progress | None = None,
) -> LogPage:
    """Return entries that are asked for, the latest first, those older than `before`; and how many there are in all.

    Whoever has been told the `total` with an earlier page gives it back, for counting takes its time. A search for a
    patient is itself noted. Without the right to see identities numbers are masked.

    Raises:
        InputError: the patient's number is none.
        RefusedError: the search cannot be noted.
        CancelledError: the user cancelled.
    """
    progress = progress or Progress()
    wanted = log_filter(workspace, query)
    if wanted.numbers:
        readings.note(workspace, SEARCHED, "", wanted.numbers)
    progress.step(0, None, _("Söker i loggen"))
    found = store.page(workspace.store, wanted, progress, before=before, limit=limit + 1)
    shown = found[:limit]
    if total is None:
        is_all = before is None and len(found) <= limit
        total = len(found) if is_all else store.count(workspace.store, wanted, progress)
    return LogPage(
        tuple(_seen(workspace, one) for one in shown), total, shown[-1].entry if len(found) > limit else None
    )


@needs(Right.READ_LOG)
def listed(workspace: Workspace, query: LogQuery, *, limit: int, progress: Progress | None = None) -> Table:
    """Return `log list`.

    Raises:
        InputError: the patient's number is none.
        RefusedError: the search cannot be noted.
        CancelledError: the user cancelled.
    """
    found = page(workspace, query, limit=limit, progress=progress)
    shown = number_of(workspace, query.patient) if query.patient.strip() else ""
    return found.table(names(workspace), shown)


@needs(Right.READ_LOG)
def users(workspace: Workspace) -> tuple[str, ...]:
    """Return everyone who stands in the log, in alphabetical order."""
    return store.users(workspace.store)


@needs(Right.READ_LOG)
def names(workspace: Workspace) -> dict[str, str]:
    """Return the names of providers, which entries tell by their codes."""
    return {one.provider_id: one.name for one in providers.all_providers(workspace.store)}


def log_filter(workspace: Workspace, query: LogQuery) -> LogFilter:
    """Return what a query asks of the store; a patient is found by every number that the person has or had.

    Raises:
        InputError: the patient's number is none.
    """
    numbers: tuple[str, ...] = ()
    if query.patient.strip():
        numbers = store.numbers_of_patient(workspace.store, number_of(workspace, query.patient))
    actions = (query.action,) if query.action else actions_of(ActionKind(query.kind)) if query.kind else None
    return store.LogFilter(
        numbers=numbers,
        user=query.user.strip(),
        actions=actions,
        since=domain.stored_from(query.first) if query.first else "",
        until=domain.stored_until(query.last) if query.last else "",
        text=query.text.strip(),
    )


def number_of(workspace: Workspace, text: str) -> str:
    """Return a number as it is stored, in whatever notation it was written.

    Raises:
        InputError: the text is no number.
    """
    found = values.person(text.strip(), workspace.today.isoformat(), "") if text.strip() else values.fault("missing")
    if isinstance(found, values.Fault):
        raise InputError(found.reason)
    return str(found.value if isinstance(found, values.Doubt) else found)


def _seen(workspace: Workspace, entry: LogEntry) -> LogEntry:
    """Return an entry as this user may see it."""
    if access.may(workspace, Right.SEE_IDENTITIES):
        return entry
    return replace(entry, patients=tuple(map(identity.masked, entry.patients)))
