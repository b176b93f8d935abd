"""The process that does actions: `python -m support.faults.doer serve | once <action> <store>`.

As a server it loads everything once, does each job in a fork of itself, and tells how that one ended; so that hundreds
of processes can be killed in the time it takes to start one. `once` does an action in this very process, for the
recorder of `power.py` to see.
"""

from __future__ import annotations

import ctypes
import json
import locale
import os
import resource
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from kvalitetsapp.errors import UserError
from support import derived_keys
from support.faults.actions import ACTIONS
from support.faults.points import Points, watch

if TYPE_CHECKING:
    from collections.abc import Callable


def do(job: dict[str, Any], told: Callable[..., None]) -> None:
    """Do an action, and tell of its points, its commits and of what it says."""
    action = ACTIONS[job["action"]]
    points = Points(
        kill_at=job.get("kill_at", 0),
        with_states=job.get("states", False),
        in_one_step=action.in_one_step,
        told=told,
    )
    if size := job.get("largest_file"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, points)
        try:
            action.do(Path(job["store"]))
            points.done()
        except UserError as error:
            told("said", error.message)
        except BaseException:  # noqa: BLE001 - whatever it is, it is a bug that the test shall see
            told("bug", traceback.format_exc())


def forked(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job in a fork of this process; return how it ended and what it told until then."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with open(write, "w", encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path

            def told(kind: str, value: object) -> None:
                pipe.write(json.dumps([kind, value]) + "\n")
                pipe.flush()

            do(job, told)
        os._exit(0)
    os.close(write)
    timer = threading.Timer(job["after"], os.kill, (child, signal.SIGKILL)) if "after" in job else None
    if timer is not None:
        timer.start()
    with open(read, encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path
        lines = [json.loads(line) for line in pipe if line.endswith("\n")]
    if timer is not None:
        timer.cancel()
    _pid, status = os.waitpid(child, 0)
    return {"killed": os.WIFSIGNALED(status), "told": lines}


def serve(asked: IO[str], answers: IO[str]) -> None:
    """Do job after job, the first in this process: it loads what the others need."""
    for number, line in enumerate(asked):
        job = json.loads(line)
        if number:
            answer = forked(job)
        else:
            told: list[Any] = []
            do(job, lambda kind, value: told.append([kind, value]))  # noqa: B023 - done before the next
            answer = {"killed": False, "told": told}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def once(action: str, store: str) -> None:
    """Do an action in this process, and mark every commit in the record of what it wrote."""
    mark = ctypes.CDLL(None).fault_mark

    def told(kind: str, value: object) -> None:
        if kind == "commit":
            mark(ctypes.c_uint64(int(str(value))))
        if kind in {"state", "said", "bug"}:
            sys.stdout.write(json.dumps([kind, value]) + "\n")

    do({"action": action, "store": store, "states": True}, told)


def main() -> None:
    """Do what the command line asks for, in C's own functions too as the locale says."""
    locale.setlocale(locale.LC_ALL, "")
    with pytest.MonkeyPatch.context() as patch:
        derived_keys.remember(patch)
        if sys.argv[1] == "serve":
            serve(sys.stdin, sys.stdout)
        else:
            once(*sys.argv[2:])


if __name__ == "__main__":
    main()
