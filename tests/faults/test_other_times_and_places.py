"""Other clocks and other countries: what is stored, counted and checked is the same everywhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from support.counties import PASSPHRASE
from support.faults import compiled, judge
from support.faults.actions import ACTIONS
from support.faults.done import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.faults.done import Doer
    from support.faults.judge import State
    from support.faults.table import Faults

STOCKHOLM: Final = "CET-1CEST,M3.5.0/2,M10.5.0/3"  # told in full, so that no table of zones is needed
CLOCKS: Final = {
    "two years back": lambda: datetime.now(UTC) - timedelta(days=730),
    "the hour that is skipped in spring": lambda: datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    "the hour that comes twice in autumn": lambda: datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC),
    "29 February": lambda: datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "the last second of a year": lambda: datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC),
}
BEHIND: Final = {"two years back"}
LOCALES: Final = {"C": "", "sv_SE.UTF-8": "decimal comma", "tr_TR.UTF-8": "Turkish i"}
READING: Final = (
    ("list", "links"),
    ("list", "index-operations"),
    ("summary", "reoperations"),
    ("list", "claims-basis", "--potential"),
    ("--format", "json", "list", "links"),
)


@pytest.fixture(scope="session")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled.library("clock", tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the locales of other countries, made from their sources; skipped where there are none."""
    if sys.platform == "win32" or (localedef := shutil.which("localedef")) is None:
        pytest.skip("there is no localedef to make locales with")
    folder = tmp_path_factory.mktemp("locales")
    for name in LOCALES:
        country, _, charset = name.partition(".")
        if charset:
            command = [localedef, "-i", country, "-f", charset, str(folder / name)]
            made = subprocess.run(command, check=False, capture_output=True)
            if not (folder / name).exists():
                pytest.skip(f"the locale {name} cannot be made: {made.stderr.decode(errors='replace')[:200]}")
    return folder


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[State, ...]]:
    """Return what actions commit here and now, as far as somebody has asked."""
    return {}


@pytest.fixture
def usual(known: dict[str, tuple[State, ...]], doer: Callable[..., Doer]) -> Callable[[str], tuple[State, ...]]:
    """Return a function that gives the states that an action commits here and now."""

    def of(action: str) -> tuple[State, ...]:
        if action not in known:
            known[action] = doer(action).states
        return known[action]

    return of


def all_but_users(*, everything: bool) -> list[str]:
    """Return the actions; those on users and keys, in which there is little of time and place, with `everything`."""
    return [name for name, action in ACTIONS.items() if everything or not action.who]


def rows(state: State) -> State:
    """Return how many rows of every table there are: numbers and years of documents follow the day, these do not."""
    return {name: count for name, count in state.items() if "." not in name}


@pytest.mark.faults
@pytest.mark.parametrize("when", CLOCKS)
def test_actions_are_done_at_any_time(
    faults: Faults, doer: Callable[..., Doer], usual: Callable[[str], tuple[State, ...]], clock: Path, when: str
) -> None:
    tried = faults.counted(f"clock at {when}")
    at = str(int(CLOCKS[when]().timestamp()))
    for action in all_but_users(everything=when in BEHIND):
        with tried:
            actor = doer(action, LD_PRELOAD=str(clock), FAULT_CLOCK=at, TZ=STOCKHOLM)
            done = actor.done()
            assert not done.bug + done.said, done.bug + done.said
            assert _together(actor.states[-1]) == _together(usual(action)[-1]), (
                "what lies in the future is rejected, not lost"
            )
            if when not in BEHIND:
                assert [rows(one) for one in actor.states] == [rows(one) for one in usual(action)]
            actor.judged(done)


@pytest.mark.faults
def test_the_clock_jumps_between_actions_and_the_trace_holds(
    faults: Faults, doer: Callable[..., Doer], clock: Path
) -> None:
    tried, actor = faults.counted("clock that jumps back and forth"), doer("link run")
    store = actor.copy()
    for when in (*CLOCKS, *reversed(CLOCKS)):
        with tried:
            at = str(int(CLOCKS[when]().timestamp()))
            ran = _run(store, "link", LD_PRELOAD=str(clock), FAULT_CLOCK=at, TZ=STOCKHOLM)
            assert ran.returncode == 0, ran.stderr
            judge.judge(store)
    assert _run(store, "list", "links").stdout == _run(actor.begin, "list", "links").stdout


@pytest.mark.faults
@pytest.mark.parametrize("name", LOCALES)
def test_actions_are_done_in_any_country(
    faults: Faults, doer: Callable[..., Doer], usual: Callable[[str], tuple[State, ...]], locales: Path, name: str
) -> None:
    tried = faults.counted(f"locale {name} {LOCALES[name]}".strip())
    there = {"LC_ALL": name, "LOCPATH": str(locales), "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for action in all_but_users(everything=LOCALES[name] == "Turkish i"):
        with tried:
            actor = doer(action, **there)
            assert actor.states == usual(action)
            actor.judged(actor.done())
    store = doer("link run").begin
    for words in READING:
        with tried:
            here, away = _run(store, *words), _run(store, *words, **there)
            assert here.returncode == away.returncode == 0, away.stderr
            assert away.stdout == here.stdout


def _together(state: State) -> int:
    return state["episodes"] + state["import_rejects"]


def _run(store: Path, *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kvalitetsapp", "--store", str(store), *words]
    env = surroundings(KVALITETSAPP_PASSPHRASE=PASSPHRASE, **more)
    return subprocess.run(command, env=env, capture_output=True, check=False)
