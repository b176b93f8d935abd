"""Attacks one target for some seconds, in a process of its own; the only file that knows the fuzzer.

The fuzzer (atheris, on libFuzzer) ends its process at the first fault. Here a fault is kept, told on standard output
and remembered instead, so that the attack goes on to the next one. What is left to end the process is an input that
takes too long or too much memory: the fuzzer keeps that by itself, beside the others.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import atheris

TRACED: Final = ["kvalitetsapp", "tomllib"]
with atheris.instrument_imports(include=TRACED, enable_loader_override=False):
    from fuzz import findings, seeds, targets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fuzz.targets import Target

SLOWEST_SECONDS: Final = 20
MOST_MEGABYTES: Final = 2_048


class Attack:
    """Judges what the fuzzer comes up with; every fault that is not `known` is told of once."""

    def __init__(self, target: Target, known: set[str]) -> None:
        self._target, self._known = target, known

    def __call__(self, content: bytes) -> None:
        fault = findings.fault_of(self._target, content)
        if not fault or fault in self._known:
            return
        self._known.add(fault)
        shortest = findings.shortened(content, lambda part: findings.fault_of(self._target, part) == fault)
        path = findings.keep(self._target.name, shortest)
        print(json.dumps({"found": path.name, "fault": fault}), flush=True)


def main(name: str, seconds: str, corpus: str, known_faults: str) -> None:
    """Attack a target, beginning from its seeds and from what earlier attacks left in the corpus."""
    target, folder = targets.TARGETS[name], Path(corpus)
    read_again = [path for path in findings.kept(name) if not findings.brought_down(path)]
    kept = {findings.fault_of(target, path.read_bytes()) for path in read_again}
    attack = Attack(target, kept | set(json.loads(known_faults)))
    with atheris.instrument_imports(include=TRACED, enable_loader_override=False):
        for content in target.seeds():  # what the program imports late is imported now, so that it is traced as well
            attack(content)
    options = {
        "max_total_time": seconds,
        "max_len": target.longest,
        "timeout": SLOWEST_SECONDS,
        "report_slow_units": SLOWEST_SECONDS,
        "rss_limit_mb": MOST_MEGABYTES,
        "artifact_prefix": f"{findings.folder_of(name)}/",
        "dict": _written_words(seeds.WORDS, folder / "words.txt"),
    }
    grown = folder / "grown"
    grown.mkdir(exist_ok=True)
    begun = _written_seeds(target, folder / "seeds")
    told = [f"-{option}={value}" for option, value in options.items()]
    atheris.Setup([sys.argv[0], *told, str(grown), str(begun)], attack)
    atheris.Fuzz()


def _written_seeds(target: Target, folder: Path) -> Path:
    """Write the seeds as the fuzzer wants them; those of an earlier version of the target are taken away."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, content in enumerate(target.seeds()):
        (folder / str(number)).write_bytes(content)
    return folder


def _written_words(words: Iterable[str], path: Path) -> Path:
    """Write words as a dictionary of the fuzzer: every byte as its number, so that nothing needs to be quoted."""
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    return path


if __name__ == "__main__":
    main(*sys.argv[1:])
