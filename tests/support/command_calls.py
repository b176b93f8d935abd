"""Commands as they are typed: what they print and say, for the tests of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kvalitetsapp.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Call(Protocol):
    """Runs a command on a store that is known, and returns status, output and what was said."""

    def __call__(self, *words: str) -> tuple[int, str, str]:
        """Run it."""
        ...


def calls(store: Path, capsys: pytest.CaptureFixture[str], *first: str) -> Call:
    """Return what runs commands that begin with the `first` words; the passphrase is in the environment."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["--store", str(store), *first, *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
