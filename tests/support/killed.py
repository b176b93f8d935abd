"""Processes that die as when the power is cut: at a step that touches files, with nothing tidied away."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS: Final = ("replace", "link", "unlink")
_KILLED: Final = 137
can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be split in two")


def at_step(number: int, do: Callable[[], object]) -> bool:
    """Do something in a process of its own that dies just before its step `number`; False where it came to its end."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _die_at(number)
        status = 1
        try:
            do()
            status = 0
        finally:
            os._exit(status)
    _pid, ended = os.waitpid(child, 0)
    status = os.waitstatus_to_exitcode(ended)
    assert status in {0, _KILLED}, "what was to be killed failed by itself"
    return status == _KILLED


def _die_at(number: int) -> None:
    left = [number]

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def do(*args: object, **kwargs: object) -> object:
            if left[0] == 0:
                os._exit(_KILLED)
            left[0] -= 1
            return step(*args, **kwargs)

        return do

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
