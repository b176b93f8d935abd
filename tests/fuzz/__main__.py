"""Fuzz every reader of what comes from outside, each for its share of a stated time, and print what came of it.

--minutes N      how long altogether (15)
--target NAME    only this one; may be given several times
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from fuzz import findings
from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fuzz.targets import Target

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / ".dev" / "fuzz"
"""Where the inputs that reach far are kept from one run to the next, and what the fuzzer says."""
SHORTEST_SECONDS: Final = 5
_PROGRESS: Final = re.compile(r"^#([0-9]+)\s.*\bcov: ([0-9]+)", re.MULTILINE)
_ENDS: Final = {0, 70, 71, 77}
"""How the fuzzer ends: the time is out; an input took too long, too much memory, or brought the process down."""
HEADING: Final = f"{'target':<22}{'seconds':>8}{'executions':>13}{'edges':>8}{'found':>7}"


@dataclass(slots=True)
class Result:
    """What came of one target: each fault with the file that shows it."""

    target: str
    seconds: float = 0.0
    executions: int = 0
    edges: int = 0
    faults: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """Return it as a row of the table."""
        counted = f"{self.executions:>13,}{self.edges:>8,}".replace(",", " ")
        return f"{self.target:<22}{self.seconds:>8.0f}{counted}{len(self.faults):>7}"


def attack(target: Target, seconds: float) -> Result:
    """Attack a target for some seconds; where an input ends the attack, another begins while there is time."""
    result, corpus, started = Result(target.name), KEPT / target.name, time.monotonic()
    corpus.mkdir(parents=True, exist_ok=True)
    log = corpus / "log.txt"
    log.unlink(missing_ok=True)
    before = set(findings.kept(target.name))
    while (left := seconds - (time.monotonic() - started)) >= SHORTEST_SECONDS or not log.exists():
        said = _attacked(target, max(int(left), SHORTEST_SECONDS), corpus, list(result.faults.values()))
        result.faults |= said
        new = [path for path in findings.kept(target.name) if path not in before]
        result.faults |= {path.name: told for path in new if (told := findings.brought_down(path))}
    result.seconds = time.monotonic() - started
    result.executions, result.edges = reached(log.read_text(encoding="utf-8", errors="replace"))
    return result


def _attacked(target: Target, seconds: int, corpus: Path, known: Sequence[str]) -> dict[str, str]:
    """Run one process of the fuzzer; its temporary files and all that a user has lie in a folder that goes away."""
    with TemporaryDirectory(prefix="kvalitetsapp-fuzz-") as home, (corpus / "log.txt").open("ab") as log:
        command = [sys.executable, "-m", "fuzz.attack", target.name, str(seconds), str(corpus), json.dumps(known)]
        surroundings = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "TMPDIR": home}
        done = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=log, check=False)
    if done.returncode not in _ENDS:
        raise SystemExit(f"the attack on {target.name} could not go on, see {corpus.relative_to(ROOT)}/log.txt")
    told = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith("{")]
    return {each["found"]: each["fault"] for each in told}


def reached(log: str) -> tuple[int, int]:
    """Return how many executions a log tells of, those of every process together, and the most edges of any."""
    executions, edges, latest = 0, 0, 0
    for number, covered in _PROGRESS.findall(log):
        executions += int(number) - (latest if int(number) >= latest else 0)
        latest, edges = int(number), max(edges, int(covered))
    return executions, edges


def main() -> int:
    """Attack the chosen targets, one after the other; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description="Fuzz the readers of what comes from outside.")
    parser.add_argument("--minutes", type=float, default=15.0, metavar="N", help="how long altogether (15)")
    parser.add_argument("--target", action="append", choices=TARGETS, help="only this one; may be given several times")
    asked = parser.parse_args()
    chosen = [TARGETS[name] for name in asked.target or TARGETS]
    a_share = 60 * asked.minutes / sum(target.share for target in chosen)
    print(HEADING, flush=True)
    results = []
    for target in chosen:
        results.append(attack(target, a_share * target.share))
        print(results[-1].line(), flush=True)
    whole = Result("all", sum(one.seconds for one in results), sum(one.executions for one in results))
    whole.edges = sum(one.edges for one in results)
    whole.faults = {f"{one.target}/{file}": fault for one in results for file, fault in one.faults.items()}
    print(whole.line())
    for file, fault in whole.faults.items():
        print(f"  {findings.FOLDER.relative_to(ROOT).as_posix()}/{file}: {fault}")
    return 1 if whole.faults else 0


if __name__ == "__main__":
    sys.exit(main())
