"""What fuzzing has found is right since then, and so is what it begins from; the fuzzer itself is not needed here."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

import pytest

from fuzz import __main__ as running
from fuzz import findings, judging
from fuzz.judging import BrokenPromiseError, demand, demand_no_number, refusals
from fuzz.targets import TARGETS, Target
from kvalitetsapp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLOWEST_SECONDS = 5
SEEDS_TRIED = 3


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    judging.close()


@pytest.mark.parametrize(
    ("target", "path"),
    [
        pytest.param(target, path, id=f"{target.name}/{path.name}")
        for target in TARGETS.values()
        for path in findings.kept(target.name)
    ],
)
def test_what_was_found_is_right_now_and_read_at_once(target: Target, path: Path) -> None:
    started = time.perf_counter()
    target.judge(path.read_bytes())
    assert time.perf_counter() - started < SLOWEST_SECONDS


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_what_an_attack_begins_from_is_right(target: Target) -> None:
    tried = list(islice(target.seeds(), SEEDS_TRIED))
    assert tried
    for content in tried:
        assert len(content) <= target.longest
        target.judge(content)


def test_everything_that_was_found_belongs_to_a_target() -> None:
    assert {path.name for path in findings.FOLDER.iterdir() if path.is_dir()} <= set(TARGETS)


def test_a_refusal_is_no_fault_unless_it_tells_a_personal_number() -> None:
    def refuse(fault: Exception) -> None:
        with refusals():
            raise fault

    refuse(InputError("Filen är tom."))
    with pytest.raises(BrokenPromiseError):
        refuse(InputError("Rubriken 196812099874 finns två gånger."))
    with pytest.raises(ValueError, match="other"):
        refuse(ValueError("other"))


def _fails_on_two_letters(content: bytes) -> None:
    demand(kept=not {b"a", b"b"} <= {content[i : i + 1] for i in range(len(content))}, promise="never both")


def test_a_fault_is_told_with_its_place_and_its_input_made_short() -> None:
    target = Target("letters", _fails_on_two_letters, lambda: [b"a"])
    fault = findings.fault_of(target, b"xxxaxxxxbxx")
    assert fault.startswith("BrokenPromiseError in judging.py:")
    assert "never both" in fault
    assert findings.fault_of(target, b"xxxa") == ""
    assert findings.shortened(b"xxxaxxxxbxx", lambda part: findings.fault_of(target, part) == fault) == b"ab"


def test_a_panic_that_is_no_ordinary_exception_is_a_fault() -> None:
    class Panic(BaseException):
        pass

    def panics(_content: bytes) -> NoReturn:
        raise Panic

    assert findings.fault_of(Target("panics", panics, lambda: [b""]), b"").startswith("Panic in ")


def test_a_number_in_a_text_for_people_breaks_a_promise() -> None:
    demand_no_number("Rad 3 är fel.", "2024-01-01")
    with pytest.raises(BrokenPromiseError):
        demand_no_number("Rad 3: 681209-9874")


def test_a_log_of_several_processes_is_added_up() -> None:
    log = "#2\tINITED cov: 10 ft: 1\n#50\tNEW    cov: 12 ft: 3\n#90\tDONE   cov: 12 ft: 3\n"
    assert running.reached(log) == (90, 12)
    assert running.reached(log + log.replace("cov: 12", "cov: 15")) == (180, 15)
    assert running.reached("") == (0, 0)


def test_a_row_of_the_table_stands_under_its_heading() -> None:
    row = running.Result("payments", 45.2, 1_234_567, 1_300, {"a": "fault"}).line()
    assert row.split() == ["payments", "45", "1", "234", "567", "1", "300", "1"]
    assert len(row) == len(running.HEADING)
