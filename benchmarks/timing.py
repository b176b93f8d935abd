"""Timing of rivals in one run, and the table that is printed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our seconds beside a rival's, and the ratio aimed at."""

    what: str
    ours: float
    rival: str
    theirs: float
    aim: float

    @property
    def ratio(self) -> float:
        """Return our time as a multiple of the rival's."""
        return self.ours / self.theirs


def best(work: Callable[[], object], repeats: int) -> float:
    """Return the shortest of some runs in seconds: what the work costs where nothing else disturbs it."""
    shortest = float("inf")
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest


def show(comparisons: list[Comparison]) -> None:
    """Print one line per comparison."""
    print(f"{'what':58} {'ours s':>8} {'rival':30} {'theirs s':>8} {'ratio':>6} {'aim':>5}")
    for one in comparisons:
        verdict = "" if one.ratio <= one.aim else "  missed"
        print(
            f"{one.what:58} {one.ours:8.3f} {one.rival:30} {one.theirs:8.3f} {one.ratio:6.2f} {one.aim:5.1f}{verdict}"
        )
