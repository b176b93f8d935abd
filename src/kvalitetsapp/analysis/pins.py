"""What verdicts were taken to mean, kept from run to run: a decision is never undone by new data (R6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.coding import JOINT_WORDS, SIDE_NUMBERS, SIDES, numbers, words

if TYPE_CHECKING:
    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.identities import Identities, OperationBook


@dataclass(frozen=True, slots=True)
class Pins:
    """For a verdict (its place in the frame) on an event: its operation, and what was proposed at that time."""

    verdict: Ints
    row: Ints
    joint: Ints
    side: Ints
    index: Identities
    proposed: Identities

    def where(self, chosen: Bools) -> Pins:
        """Return the chosen ones."""
        places = np.flatnonzero(chosen)
        return Pins(
            self.verdict[places],
            self.row[places],
            self.joint[places],
            self.side[places],
            self.index.at(places),
            self.proposed.at(places),
        )

    def followed_by(self, other: Pins) -> Pins:
        """Return these and then the others."""
        return Pins(
            np.concatenate((self.verdict, other.verdict)),
            np.concatenate((self.row, other.row)),
            np.concatenate((self.joint, other.joint)),
            np.concatenate((self.side, other.side)),
            self.index.followed_by(other.index),
            self.proposed.followed_by(other.proposed),
        )


def read_pins(pins: pd.DataFrame, verdicts: Ints, book: OperationBook) -> Pins:
    """Return the pins of verdicts and episodes that still are; `verdicts` are the keys in the verdicts' order."""
    row = book.rows(pins["episode"].to_numpy())
    order = np.argsort(verdicts, kind="stable")
    keys = pins["verdict"].to_numpy()
    place = np.searchsorted(verdicts[order], keys)
    there = place < len(verdicts)
    there[there] = verdicts[order[place[there]]] == keys[there]
    found = Pins(
        verdict=np.where(there, order[np.where(there, place, 0)], -1) if len(order) else place,
        row=row,
        joint=numbers(pins["joint"], JOINT_WORDS.index),
        side=numbers(pins["side"], SIDE_NUMBERS.__getitem__),
        index=book.identities(pins["index_episode"], pins["index_joint"], pins["index_side"]),
        proposed=book.identities(pins["proposed_episode"], pins["proposed_joint"], pins["proposed_side"]),
    )
    return found.where(there & (row >= 0))


def pins_frame(pins: Pins, book: OperationBook, verdicts: Ints) -> pd.DataFrame:
    """Return pins as a frame of the shape PINS, sorted by verdict, episode, joint and side."""
    order = np.lexsort((pins.side, pins.joint, pins.row, pins.verdict))
    index, proposed = pins.index.at(order), pins.proposed.at(order)
    return pd.DataFrame(
        {
            "verdict": verdicts[pins.verdict[order]],
            "episode": book.keys(pins.row[order]),
            "joint": words(pins.joint[order], JOINT_WORDS),
            "side": words(pins.side[order], SIDES),
            **_columns("index", index),
            **_columns("proposed", proposed),
        }
    )


def _columns(name: str, named: Identities) -> dict[str, object]:
    """Return three columns, empty where no operation is named."""
    nothing = ~named.known
    return {
        f"{name}_episode": pd.arrays.IntegerArray(named.episode.astype(np.int64), nothing),
        f"{name}_joint": words(np.where(nothing, len(JOINT_WORDS) - 1, named.joint), JOINT_WORDS),
        f"{name}_side": words(np.where(nothing, len(SIDES), named.side), (*SIDES, "")),
    }
