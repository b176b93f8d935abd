"""The program on a store, here or as its own process, which can be killed, starved of disk or run beside another."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.services.stores import store_info
from kvalitetsapp.services.workspace import open_workspace
from support import examples
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NUMBER = re.compile(r"(?:19|20)\d{6}[-+]?\d{4}")


@dataclass(frozen=True)
class Program:
    """The program on one store."""

    store: Path

    def start(self, *words: str, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Start a command; `limit` is run in the new process before the program."""
        command = [sys.executable, "-m", "kvalitetsapp", "--store", str(self.store), *words]
        return subprocess.Popen(
            command,
            env=os.environ | {"KVALITETSAPP_PASSPHRASE": PASSPHRASE},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=limit,  # noqa: PLW1509 - the child only sets its own limit
        )

    def run(self, *words: str, limit: Callable[[], None] | None = None) -> tuple[int, str, str]:
        """Run a command to its end and return its status, output and messages."""
        with self.start(*words, limit=limit) as process:
            out, err = process.communicate(timeout=120)
            return process.returncode, out, err

    def here(self, *words: str) -> int:
        """Run a command to its end in this process, which is there already, and return its status."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
            return main(["--store", str(self.store), *words])

    def killed(self, *words: str, after: float) -> bool:
        """Start a command and kill it as nothing can be caught; False if it was done before."""
        with self.start(*words) as process:
            try:
                process.communicate(timeout=after)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                return True
            return False

    def counts(self) -> dict[str, Any]:
        """Return what the store holds, looked at from here."""
        with open_workspace(self.store, PASSPHRASE, write=False) as workspace:
            found = store_info(workspace)
        return {
            "version": found.version,
            "data_cut": found.data_cut,
            "links_current": found.links_current,
            "sample": found.sample,
        } | found.counts


def numbers() -> set[str]:
    """Return every personal number of the example county, with and without its hyphen."""
    found: set[str] = set()
    for kind, file, _profile in examples.files_of("county"):
        if kind in {"persons", "episodes"}:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                found.update(
                    number for row in csv.reader(opened, delimiter=";") for number in _NUMBER.findall(str(row))
                )
    assert found
    return found | {number.replace("-", "") for number in found}


def in_plain_text(folder: Path, wanted: set[str]) -> list[str]:
    """Return the files of a folder in which one of the numbers can be read."""
    content = {path.name: path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()}
    return [name for name, text in content.items() if not wanted.isdisjoint(_NUMBER.findall(text))]
