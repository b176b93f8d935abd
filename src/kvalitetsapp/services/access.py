"""What a user may do: asked of the user's roles where a service begins, refused in words, and noted in the trace.

A service says what it takes with `@needs(Right.X)`. What it calls within goes on its authority: who may make a report
may let the report read what it is made of.
"""

from __future__ import annotations

import contextlib
from functools import cache, wraps
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from kvalitetsapp import settings
from kvalitetsapp.domain.rights import RIGHT_WORDS, ROLE_WORDS, Right, RoleMatrix
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import audit
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kvalitetsapp.services.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")
REFUSED: Final = "refused"


def needs(right: Right) -> Callable[[Callable[Concatenate[Workspace, P], T]], Callable[Concatenate[Workspace, P], T]]:
    """Let a service be called only by those who have `right`; its attribute `needs` tells which that is."""

    def guard(service: Callable[Concatenate[Workspace, P], T]) -> Callable[Concatenate[Workspace, P], T]:
        @wraps(service)
        def guarded(workspace: Workspace, *args: P.args, **kwargs: P.kwargs) -> T:
            with authority(workspace, right, f"{service.__module__.rpartition('.')[2]}.{service.__name__}"):
                return service(workspace, *args, **kwargs)

        guarded.needs = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


@contextlib.contextmanager
def authority(workspace: Workspace, right: Right, what: str) -> Iterator[None]:
    """Let the block do `what` if the user has the right, or if it is part of something that the user may do.

    Raises:
        RefusedError: the user has not.
    """
    if workspace.acting:
        yield
        return
    demand(workspace, right, what)
    workspace.acting = True
    try:
        yield
    finally:
        workspace.acting = False


def demand(workspace: Workspace, right: Right, what: str) -> None:
    """Make sure that the user has a right; an attempt without it is noted in the trace.

    Raises:
        RefusedError: the user has not.
    """
    if may(workspace, right):
        return
    with contextlib.suppress(RefusedError):
        audit.note(workspace.store, workspace.user, REFUSED, target=right.value, detail=what)
    roles = ", ".join(_(ROLE_WORDS[role]) for role in matrix().roles_with(right))
    raise RefusedError(
        _("Du har inte rätt att {right}. Det har den som är {roles}. Försöket står i loggen.").format(
            right=_(RIGHT_WORDS[right]), roles=roles
        )
    )


def may(workspace: Workspace, right: Right) -> bool:
    """Tell whether the user has a right."""
    return matrix().allows(workspace.roles, right)


def rights_of(workspace: Workspace) -> frozenset[Right]:
    """Return every right that the user has."""
    return frozenset(right for right in Right if may(workspace, right))


@cache
def matrix() -> RoleMatrix:
    """Return which role has which right, read once."""
    from kvalitetsapp.exchange.role_matrix import read_role_matrix

    return read_role_matrix(settings.resources_dir() / "access" / "roles.csv")
