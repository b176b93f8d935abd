"""Filters of the review queue that are kept under a name, for everyone who works in the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.review_queue import filter_from
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import saved_filters as kept
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_queue import QueueFilter
    from kvalitetsapp.services.workspace import Workspace

_LIST: Final = "review"
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with its name; `asked` is None where this version of the program cannot read it."""

    filter_id: int
    name: str
    who: str
    asked: QueueFilter | None


@needs(Right.READ_ROWS)
def saved_filters(workspace: Workspace) -> tuple[SavedFilter, ...]:
    """Return the saved filters by their names, also those that can no longer be read."""
    return tuple(
        SavedFilter(one.filter_id, one.name, one.who, _read(one.definition))
        for one in kept.of_list(workspace.store, _LIST)
    )


@needs(Right.REVIEW)
def save_filter(workspace: Workspace, name: str, asked: QueueFilter) -> SavedFilter:
    """Keep a filter under a name; an earlier one of that name is replaced.

    Raises:
        InputError: the name is empty or too long, or it or the search holds a personal number.
    """
    called = _checked(name)
    _demand_no_number(asked.text)
    told = json.dumps(asked.as_dict(), ensure_ascii=False)
    earlier = kept.named(workspace.store, _LIST, called)
    with workspace.action("filter_saved", target=called, detail=told) as store:
        if earlier is None:
            number = kept.add(store, _LIST, called, told, workspace.user)
        else:
            number = earlier
            kept.define(store, number, told, workspace.user)
    return SavedFilter(number, called, workspace.user, asked)


@needs(Right.REVIEW)
def rename(workspace: Workspace, filter_id: int, name: str) -> None:
    """Give a saved filter another name.

    Raises:
        InputError: the name is empty, too long, another filter's, or holds a personal number.
        RefusedError: the filter is gone.
    """
    called, now = _checked(name), _existing(workspace, filter_id)
    if kept.named(workspace.store, _LIST, called) not in (None, filter_id):
        raise InputError(_("Det finns redan ett sparat filter som heter {name}.").format(name=called))
    with workspace.action("filter_renamed", target=now.name, detail=called) as store:
        kept.rename(store, filter_id, called)


@needs(Right.REVIEW)
def delete(workspace: Workspace, filter_id: int) -> None:
    """Take a saved filter away; what it was stays in the audit trail.

    Raises:
        RefusedError: the filter is gone.
    """
    now = _existing(workspace, filter_id)
    with workspace.action("filter_deleted", target=now.name, detail=now.definition) as store:
        kept.delete(store, filter_id)


def _checked(name: str) -> str:
    called = " ".join(name.split())
    if not called:
        raise InputError(_("Ge filtret ett namn."))
    if len(called) > LONGEST_NAME:
        raise InputError(_("Filtrets namn får ha högst {n} tecken.").format(n=LONGEST_NAME))
    _demand_no_number(called)
    return called


def _demand_no_number(text: str) -> None:
    """Keep personal numbers out of what everyone sees and what the audit trail tells."""
    if identity.hidden(text) != text:
        raise InputError(
            _("Ett sparat filter får inte innehålla ett personnummer. Ta bort det ur sökfältet och namnet.")
        )


def _existing(workspace: Workspace, filter_id: int) -> kept.KeptFilter:
    found = kept.of_id(workspace.store, filter_id)
    if found is None:
        raise RefusedError(_("Det sparade filtret finns inte längre."))
    return found


def _read(definition: str) -> QueueFilter | None:
    try:
        return filter_from(json.loads(definition))
    except (ValueError, TypeError, RecursionError):
        return None
