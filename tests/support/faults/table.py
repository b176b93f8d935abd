"""The table that a run of the fault suite ends with: fault, times tried, survived. It fails where the two differ.

A test asks the fixture `faults` for a tally, and tries its fault inside it:

    tried = faults.counted("kill -9 during import")
    for moment in moments:
        with tried:
            ...

What goes wrong inside is noted and told when the test ends, so that one loss does not hide the next. The numbers
travel with pytest's own reports, also from the processes of pytest-xdist.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_KEY: Final = "fault"
_TOLD: Final = 3  # losses whose traces are shown


@dataclass
class Tally:
    """How often a fault was tried, and how often it was survived."""

    fault: str
    tried: int = 0
    survived: int = 0
    losses: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.tried += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            self.survived += 1
            return False
        if not isinstance(error, Exception):
            return False  # the user, or a test that is skipped
        self.losses.append("".join(traceback.format_exception(error)))
        return True


class Faults:
    """The tallies of one test."""

    def __init__(self) -> None:
        self.tallies: list[Tally] = []

    def counted(self, fault: str) -> Tally:
        """Return the tally of a fault; others may have one of the same name, and are added up with it."""
        self.tallies.append(Tally(fault))
        return self.tallies[-1]


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> Iterator[Faults]:
    """Gather what a test tries for the table, and fail it for what was not survived."""
    gathered = Faults()
    yield gathered
    for one in gathered.tallies:
        request.node.user_properties.append((_KEY, (one.fault, one.tried, one.survived)))
    assert all(one.tried for one in gathered.tallies), "a fault that was never tried proves nothing"
    losses = [f"{one.fault}: {loss}" for one in gathered.tallies for loss in one.losses]
    if losses:
        pytest.fail("\n".join([f"not survived: {len(losses)}", *losses[:_TOLD]]), pytrace=False)


class _Table:
    """Adds up what the reports bring, wherever their tests ran."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[int, int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "teardown":
            return
        for key, value in report.user_properties:
            if key == _KEY:
                fault, tried, survived = cast("tuple[str, int, int]", value)
                before = self.rows.get(fault, (0, 0))
                self.rows[fault] = (before[0] + tried, before[1] + survived)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if any(tried != survived for tried, survived in self.rows.values()) and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.rows:
            return
        terminalreporter.section("faults")
        for line in lines(self.rows):
            terminalreporter.write_line(line)


def lines(rows: dict[str, tuple[int, int]]) -> list[str]:
    """Return the table as lines, its sum last."""
    sums = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    wide = max(len("together"), *map(len, rows))
    told = [(fault, *counts) for fault, counts in sorted(rows.items())]
    lost = "  LOST"
    body = [f"{fault:<{wide}}  {a:>6}  {b:>8}{lost if a != b else ''}" for fault, a, b in (*told, ("together", *sums))]
    return [f"{'fault':<{wide}}  {'tried':>6}  {'survived':>8}", *body]


def pytest_configure(config: pytest.Config) -> None:
    """Let the table listen."""
    config.pluginmanager.register(_Table(), "table-of-faults")
