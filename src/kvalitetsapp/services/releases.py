"""What leaves the department: held against what has left before, and logged with the counts that it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import release_check
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.release_table import releases_table
from kvalitetsapp.domain.released import Release, ReportKind, SmallNumbers
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import releases
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.released import Cell
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace


class NotReleasedError(RefusedError):
    """A report would give away a small number together with what has left before."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a report, and what for; "" where it was not told."""

    name: str = ""
    purpose: str = ""


NOBODY: Final = Receiver()


def demand_safe(workspace: Workspace, cells: Sequence[Cell], data_cut: str, mode: SmallNumbers) -> None:
    """Refuse what together with something that has left before would tell of 1–4 persons.

    Raises:
        NotReleasedError: it would, alone or with something earlier; says with which file, and what helps.
    """
    if mode is SmallNumbers.OPEN:
        return
    if release_check.given_away_alone(cells):
        raise NotReleasedError(
            _("Rapporten lämnas inte ut: dess tabeller röjer tillsammans tal om en till fyra personer.")
        )
    tables = sorted({one.table for one in cells})
    found = release_check.given_away(cells, data_cut, releases.all_releases(workspace.store, tables))
    if not found:
        return
    first = found[0]
    raise NotReleasedError(
        _(
            "Rapporten lämnas inte ut: tillsammans med {file}, utlämnad {day}, går det att räkna ut tal om en till "
            "fyra personer i {tables} av tabellerna. Välj det stränga läget, eller ta data till samma dag som då."
        ).format(file=first.earlier.file_name, day=first.earlier.released_at[:10], tables=len(found))
    )


def record(  # noqa: PLR0913 - what a release is known by
    workspace: Workspace,
    kind: ReportKind,
    subject: str,
    *,
    data_cut: str,
    mode: SmallNumbers,
    fingerprint: str,
    file_name: str,
    cells: Sequence[Cell],
    receiver: Receiver,
) -> None:
    """Log, in the transaction that is open, that a report leaves; one with small numbers in it never does.

    Of a file that leaves again as it was `cells` are empty: they stand with the first release, and what leaves later
    is held against that.
    """
    if mode is SmallNumbers.OPEN:
        return
    told = receiver.name or _("ej angiven")
    releases.add(
        workspace.store,
        Release(
            *(0, this_moment(), workspace.user, told, receiver.purpose, kind, subject, data_cut, mode, fingerprint),
            *(file_name, tuple(cells)),
        ),
    )


@needs(Right.MAKE_REPORTS)
def log(workspace: Workspace) -> Table:
    """Return the log of what has left, the latest first."""
    return releases_table(releases.all_releases(workspace.store))
