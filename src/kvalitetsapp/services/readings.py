"""Readings of a person's page: noted in the trace before anything of the page is handed over, once for each opening.

A page that is shown again after a change, or that a user comes back to within some minutes, is the same opening.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from kvalitetsapp.store import audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.services.workspace import Workspace

CASE_READ: Final = "case_read"
EPISODE_READ: Final = "episode_read"
MISSED_CASE_READ: Final = "missed_case_read"
CLAIM_READ: Final = "claim_read"
COST_READ: Final = "cost_read"
NUMBERS_COMPARED: Final = "identities_compared"
SAME_OPENING_SECONDS: Final = 5 * 60
_KEPT: Final = "readings"

_Opening = tuple[str, str, str, tuple[str, ...]]


def note(workspace: Workspace, action: str, target: str, patients: Iterable[str]) -> None:
    """Note that the user reads a page about someone, unless that is the opening that was noted minutes ago.

    Raises:
        RefusedError: it cannot be noted, so that the page must not be handed over.
    """
    opening = (workspace.user, action, target, tuple(sorted(set(patients))))
    noted, now = _noted(workspace), time.monotonic()
    if now - noted.get(opening, -SAME_OPENING_SECONDS) < SAME_OPENING_SECONDS:
        return
    audit.note(workspace.store, workspace.user, action, target=target, patients=opening[-1])
    for one in [one for one, at in noted.items() if now - at >= SAME_OPENING_SECONDS]:
        del noted[one]
    noted[opening] = now


def _noted(workspace: Workspace) -> dict[_Opening, float]:
    """Return when each opening of the last minutes was noted."""
    kept = workspace.kept.setdefault(_KEPT, {})
    assert isinstance(kept, dict)  # noqa: S101 - nobody else keeps anything under the name
    return kept
