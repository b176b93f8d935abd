"""The review queue as a screen opens it: keys in order, counts, the first rows, and what weighs how much."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.review_priority import DEFAULT_POINTS, weights_from
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import meta, providers
from kvalitetsapp.store import review_queue as queue
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_priority import Reason
    from kvalitetsapp.domain.review_queue import Preset, QueueEntry, QueueFilter
    from kvalitetsapp.services.workspace import Workspace

_WEIGHTS: Final = "review_priority"
_WEIGHTS_SET: Final = "review_priority_set"


@dataclass(frozen=True, slots=True)
class QueueView:
    """What was found: keys in order, how many every part has, how many events there are, the wanted one's place.

    `block` and `entries` are the rows around that place, or the first ones. Only the first block's keys are there
    where there are fewer than `rows`. `providers` gives names to ids.
    """

    keys: array[int]
    rows: int
    counts: Mapping[Preset, int]
    total: int
    place: int | None
    block: int
    entries: tuple[QueueEntry, ...]
    providers: Mapping[str, str]
    today: date
    round_name: str = ""


@dataclass(frozen=True, slots=True)
class PriorityOutcome:
    """The points that stand now."""

    weights: Mapping[Reason, int]
    changes: Changes = NOTHING_CHANGED


@needs(Right.READ_ROWS)
def open_queue(workspace: Workspace, asked: QueueFilter, *, block_size: int) -> QueueView:
    """Return the first of the events asked for and how many there are; the keys of all come with `look` or `find`."""
    asking = _asking(workspace)
    with workspace.snapshot():
        keys = queue.find(workspace.store, asked, asking, first=block_size)
        return _view(workspace, asked, asking, keys, None, block_size)


@needs(Right.READ_ROWS)
def find(workspace: Workspace, asked: QueueFilter) -> array[int]:
    """Return the keys of all events asked for, in order."""
    return queue.find(workspace.store, asked, _asking(workspace))


@needs(Right.READ_ROWS)
def look(workspace: Workspace, asked: QueueFilter, wanted: EventKey | None = None, *, block_size: int) -> QueueView:
    """Return the events asked for with the block of rows that holds the wanted one, or the first block."""
    asking = _asking(workspace)
    with workspace.snapshot():
        keys = queue.find(workspace.store, asked, asking)
        return _view(workspace, asked, asking, keys, _place(workspace, keys, wanted), block_size)


@needs(Right.READ_ROWS)
def entries(workspace: Workspace, keys: Sequence[int]) -> list[QueueEntry]:
    """Return the events of these keys, in their order."""
    return queue.entries(workspace.store, keys)


@needs(Right.READ_ROWS)
def weights(workspace: Workspace) -> dict[Reason, int]:
    """Return the points of every reason: those that were set, where they can be read, else the program's own."""
    try:
        stated = weights_from(json.loads(meta.get(workspace.store, _WEIGHTS) or "{}"))
    except ValueError:
        stated = None
    return dict(DEFAULT_POINTS) if stated is None else stated


@needs(Right.LEAD_REVIEW)
def set_weights(workspace: Workspace, stated: Mapping[str, int]) -> PriorityOutcome:
    """Let reasons weigh as stated from now on.

    Raises:
        InputError: a reason is missing or unknown, or has other points than 0–100.
    """
    read = weights_from(dict(stated))
    if read is None:
        raise InputError(_("Varje skäl ska ha ett helt antal poäng, 0–100."))
    told = json.dumps({reason.value: worth for reason, worth in read.items()})
    with workspace.action(_WEIGHTS_SET, detail=told):
        meta.put(workspace.store, _WEIGHTS, told)
    return PriorityOutcome(read, frozenset({Changed.LINKS}))


def _view(
    workspace: Workspace,
    asked: QueueFilter,
    asking: queue.Asking,
    keys: array[int],
    place: int | None,
    block_size: int,
) -> QueueView:
    block = (place or 0) // block_size
    counts = queue.counts(workspace.store, asked, asking)
    return QueueView(
        keys,
        counts[asked.preset],
        counts,
        queue.total(workspace.store, asked.round_id),
        place,
        block,
        tuple(queue.entries(workspace.store, keys[block * block_size : (block + 1) * block_size])),
        {one.provider_id: one.name for one in providers.all_providers(workspace.store)},
        asking.today,
        "" if asked.round_id is None else queue.round_name(workspace.store, asked.round_id),
    )


def _asking(workspace: Workspace) -> queue.Asking:
    return queue.Asking(workspace.user, workspace.today, weights(workspace))


def _place(workspace: Workspace, keys: array[int], wanted: EventKey | None) -> int | None:
    key = None if wanted is None else queue.key_of(workspace.store, wanted)
    try:
        return None if key is None else keys.index(key)
    except ValueError:
        return None
