"""Killed as nothing can be caught, at every point that decides and at random moments."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from support.faults.actions import ACTIONS
from support.faults.done import spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.faults.done import Doer
    from support.faults.table import Faults

POINTS = 48
MOMENTS = 12
AGAIN_EVERY = 5


@pytest.mark.faults
@pytest.mark.parametrize("action", ACTIONS)
def test_killed_at_every_point_an_action_has_happened_or_not(
    faults: Faults, doer: Callable[..., Doer], action: str
) -> None:
    actor, tried = doer(action), faults.counted(f"kill -9 during {action}, at named points")
    for number in spread(len(actor.whole.points), actor.action.times(POINTS)):
        with tried:
            done = actor.done(kill_at=number)
            assert done.killed
            assert done.at == actor.whole.points[number - 1], "the action is the same every time"
            actor.judged(done, again=number % AGAIN_EVERY == 0 and len(actor.states) == 2)


@pytest.mark.faults
@pytest.mark.parametrize("action", ACTIONS)
def test_killed_at_random_moments_an_action_has_happened_or_not(
    faults: Faults, doer: Callable[..., Doer], action: str
) -> None:
    actor, tried = doer(action), faults.counted(f"kill -9 during {action}, at random moments")
    chance, began = random.Random(7), time.monotonic()
    actor.judged(actor.done())
    longest = time.monotonic() - began
    for _turn in range(actor.action.times(MOMENTS)):
        with tried:
            actor.judged(actor.done(after=chance.uniform(0.02, 0.9) * longest))


def test_a_killed_import_has_not_happened(faults: Faults, doer: Callable[..., Doer]) -> None:
    """The quickest of them, for every run of the tests."""
    actor, tried = doer("import"), faults.counted("kill -9 during import, at named points")
    committing = actor.whole.points.index("before COMMIT") + 1
    for number in (committing - 1, committing, committing + 1):
        with tried:
            done = actor.done(kill_at=number)
            assert done.killed
            assert (actor.judged(done).state == actor.states[-1]) == (number > committing)
