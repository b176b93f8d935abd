"""How old what providers owe is, as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import ageing as domain
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import receivables

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.ageing import Ageing
    from kvalitetsapp.domain.receivable import Receivable
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_CLAIMS)
def by_provider(workspace: Workspace, as_of: date | None = None) -> tuple[Ageing, ...]:
    """Return what every provider owes on a day, today unless told; the last is all of them together."""
    day = as_of or workspace.today
    owed = receivables.all_receivables(workspace.store, day)
    return (*domain.by_provider(owed, day), domain.in_total(owed, day))


def unsettled(workspace: Workspace, as_of: date | None = None) -> tuple[Receivable, ...]:
    """Return the documents that are not paid, or paid with too much, on a day, the first due first."""
    return tuple(one for one in receivables.all_receivables(workspace.store, as_of or workspace.today) if one.open)
