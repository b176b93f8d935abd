"""What fuzzing has found: inputs that broke a promise, each kept as a test of its own from then on."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fuzz.judging import BrokenPromiseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.targets import Target

FOLDER: Final = Path(__file__).with_name("found")
_MOST_TRIES: Final = 400
_LEFT_BY_THE_FUZZER: Final = ("timeout-", "oom-", "crash-", "leak-", "slow-unit-")
"""How the names begin of inputs that took too long or too much memory, or brought the process down."""


def kept(target: str) -> list[Path]:
    """Return the inputs that have been found against a target."""
    return sorted((FOLDER / target).glob("*"))


def brought_down(path: Path) -> str:
    """Return what an input did to the process that read it, "" where it only failed: then it can be read again."""
    return path.name.partition("-")[0] if path.name.startswith(_LEFT_BY_THE_FUZZER) else ""


def folder_of(target: str) -> Path:
    """Return the folder of what is found against a target, made if there is none."""
    folder = FOLDER / target
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(target: str, content: bytes) -> Path:
    """Keep an input; the same one is kept once."""
    path = folder_of(target) / hashlib.sha256(content).hexdigest()[:12]
    path.write_bytes(content)
    return path


def fault_of(target: Target, content: bytes) -> str:
    """Return what goes wrong with an input, and where in the program; the same words for the same fault, "" for none.

    A library in another language may panic with an exception that is no `Exception`, so every one is looked at.
    """
    try:
        target.judge(content)
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
        return _told(fault)
    return ""


def _told(fault: BaseException) -> str:
    """Return a fault with the last place in the program that has to do with it, a refusal that told too much too."""
    frames = traceback.extract_tb((fault.__context__ or fault).__traceback__)
    ours = [frame for frame in frames if "kvalitetsapp" in Path(frame.filename).parts] or frames
    promise = f" ({fault})" if isinstance(fault, BrokenPromiseError) else ""
    return f"{type(fault).__name__} in {Path(ours[-1].filename).name}:{ours[-1].lineno}{promise}"


def shortened(content: bytes, still_fails: Callable[[bytes], bool]) -> bytes:
    """Return a shorter input that fails in the same way, found by leaving ever smaller pieces out."""
    tries, piece = 0, len(content) // 2
    while piece and tries < _MOST_TRIES:
        start = 0
        while start < len(content) and tries < _MOST_TRIES:
            shorter, tries = content[:start] + content[start + piece :], tries + 1
            if still_fails(shorter):
                content = shorter
            else:
                start += piece
        piece //= 2
    return content
