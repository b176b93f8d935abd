"""The command line in this process, and what a command may say that met a fault."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.cli import main
from support.counties import PASSPHRASE
from support.faults import judge

if TYPE_CHECKING:
    from pathlib import Path

BUG: Final = 1
NOT_OPENED: Final = 4
REFUSED: Final = 5
_EXPLAINED: Final = {2, NOT_OPENED, REFUSED}


@dataclass(frozen=True, slots=True)
class Told:
    """How a command ended and what it wrote."""

    status: int
    out: str
    said: str


def run(store: Path, *words: str, passphrase: str = PASSPHRASE) -> Told:
    """Run a command on a store."""
    out, said = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _stream in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITETSAPP_PASSPHRASE", passphrase)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", said)
        status = main.main(["--store", str(store), *words])
    return Told(status, _written(out), _written(said))


def demand_explained(told: Told, *statuses: int) -> None:
    """Let a command that could not do its work have said why, in Swedish, and written nothing else."""
    assert told.status in (statuses or _EXPLAINED), (told.status, told.said)
    assert told.out == ""
    judge.demand_swedish(told.said)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode()
