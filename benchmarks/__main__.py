"""Run the benchmarks: all, or those named (linking, importing, recovering, reviewing, issuing and so on)."""

from __future__ import annotations

import sys

from benchmarks import (
    importing,
    issuing,
    linking,
    protecting,
    recovering,
    reporting,
    reviewing,
    starting,
    summing,
    timing,
    waiting,
)

SETS = {
    "linking": linking.compare,
    "importing": importing.compare,
    "recovering": recovering.compare,
    "summing": summing.compare,
    "reviewing": reviewing.compare,
    "issuing": issuing.compare,
    "reporting": reporting.compare,
    "protecting": protecting.compare,
    "starting": starting.compare,
    "waiting": waiting.compare,
}


def main() -> int:
    """Run the sets named on the command line, all if none is."""
    chosen = sys.argv[1:] or list(SETS)
    unknown = [name for name in chosen if name not in SETS]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(SETS)}", file=sys.stderr)
        return 2
    timing.show([comparison for name in chosen for comparison in SETS[name]()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
