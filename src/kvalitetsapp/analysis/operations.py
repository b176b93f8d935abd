"""R2: index operations, and the later primaries that are reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.coding import (
    COMPATIBLE_BITS,
    JOINTS,
    SIDE_BIT,
    SIDES,
    dates_of,
    role_number,
    words,
)
from kvalitetsapp.analysis.procedures import joint_procedures
from kvalitetsapp.domain.words import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.domain.codes import CodeTables


@dataclass(frozen=True, slots=True)
class Operations:
    """Index operations in the order of their references; `row` is the place of the episode in its frame."""

    row: Ints
    episode: Ints
    person: Ints
    provider: Ints
    joint: Ints
    side: Ints
    day: Ints
    code: Ints
    episode_ref: NDArray[np.object_]
    index_ref: NDArray[np.object_]


def index_operations(episodes: pd.DataFrame, details: pd.DataFrame, tables: CodeTables) -> pd.DataFrame:
    """Return the index operations (R2), one row each, sorted by reference.

    Takes frames of the shapes EPISODES and PROCEDURE_DETAILS. Columns: operation int64 (0 … n − 1), episode,
    person int64, index_ref str, provider_id, joint, side (right, left, unknown) category, operated_on date,
    procedure_code, payer_route category.
    """
    procedures = joint_procedures(episodes, details, tables)
    return operations_frame(derive_operations(episodes, procedures), episodes, procedures.codes)


def derive_operations(episodes: pd.DataFrame, procedures: Procedures) -> Operations:
    """Return the index operations among an episode frame's procedures (R2)."""
    made = procedures.where(_primary_or_change(procedures)).by_side()
    group = made.row * len(JOINTS) + made.joint
    primary = made.role == role_number(Role.PRIMARY)
    changed = np.zeros(len(episodes) * len(JOINTS), dtype=np.uint8)
    for bit in SIDE_BIT:
        changed[group[~primary & (SIDE_BIT[made.side] == bit)]] |= bit
    kept = made.where(primary & ((changed[group] & COMPATIBLE_BITS[made.side]) == 0))
    identity = (kept.row * len(JOINTS) + kept.joint) * len(SIDES) + kept.side
    _, first = np.unique(identity, return_index=True)  # the first recorded, whatever its date
    return _in_order(episodes, kept.where(first))


def _primary_or_change(procedures: Procedures) -> NDArray[np.bool_]:
    """Tell which procedures make an operation or take part in a revision; an addition does neither."""
    counts = np.zeros(len(Role), dtype=np.bool_)
    counts[[role_number(role) for role in (Role.PRIMARY, Role.REVISION, Role.EXTRACTION)]] = True
    return counts[procedures.role]


def _in_order(episodes: pd.DataFrame, kept: Procedures) -> Operations:
    refs = episodes["episode_ref"].to_numpy(dtype=object)[kept.row]
    endings = np.array([f"/{joint}/{side}" for joint in JOINTS for side in SIDES], dtype=object)
    index_ref = refs + endings[kept.joint * len(SIDES) + kept.side]
    order = np.argsort(index_ref, kind="stable")
    row = kept.row[order]
    return Operations(
        row=row,
        episode=episodes["episode"].to_numpy()[row],
        person=episodes["person"].to_numpy()[row],
        provider=episodes["provider_id"].cat.codes.to_numpy()[row],
        joint=kept.joint[order],
        side=kept.side[order],
        day=kept.day[order],
        code=kept.code[order],
        episode_ref=refs[order],
        index_ref=index_ref[order],
    )


def operations_frame(operations: Operations, episodes: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Return operations as the frame that `index_operations` promises."""
    return pd.DataFrame(
        {
            "operation": np.arange(len(operations.row)),
            "episode": operations.episode,
            "person": operations.person,
            "index_ref": pd.Series(operations.index_ref, dtype=object),
            "provider_id": episodes["provider_id"].array[operations.row],
            "joint": words(operations.joint, JOINTS),
            "side": words(operations.side, SIDES),
            "operated_on": dates_of(operations.day),
            "procedure_code": words(operations.code, codes),
            "payer_route": episodes["payer_route"].array[operations.row],
        }
    )


def repeat_primaries(operations: Operations) -> pd.DataFrame:
    """Return a finding for each operation that has an earlier one on the same person, joint and side (R2).

    Columns: rule (`repeat_primary`), episode int64, detail (the later reference, a space, the earlier one).
    """
    same = (operations.joint.astype(np.int64) * len(SIDES)) + operations.side
    order = np.lexsort((np.arange(len(same)), operations.day, same, operations.person))
    later, earlier = order[1:], order[:-1]
    repeats = (operations.person[later] == operations.person[earlier]) & (same[later] == same[earlier])
    later, earlier = later[repeats], earlier[repeats]
    return pd.DataFrame(
        {
            "rule": pd.Series(["repeat_primary"] * len(later), dtype=object),
            "episode": operations.episode[later],
            "detail": pd.Series(operations.index_ref[later] + " " + operations.index_ref[earlier], dtype=object),
        }
    )
