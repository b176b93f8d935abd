"""Killed in the middle of issuing, again and again: no number lost, none used twice, no claim half issued."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import audit, claims, dialect
from kvalitetsapp.store import bases as store
from support import made_claims, reviewing
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

CLAIMS = 200
MANY_CLAIMS = 1600
# Issues two claims at a time, and credits a part of every other document, until there is nothing left or it is killed.
ISSUING = """
import sys
from pathlib import Path
from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.claim_words import ClaimStatus, CreditReason
from kvalitetsapp.services import bases, credit_notes
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import claims
with open_workspace(Path(sys.argv[1]), sys.argv[2], write=True) as workspace:
    waiting = [one.claim for one in claims.all_claims(workspace.store, ClaimStatus.APPROVED)]
    for first in range(0, len(waiting) - 1, 2):
        done = bases.issue(workspace, waiting[first : first + 2])
        assert done.basis is not None, done.faults
        if first % 4 == 0:
            part = CreditLine(1, 40, CreditReason.WRONG_PRICE, "fel")
            assert credit_notes.issue(workspace, done.basis.basis, [part]).basis is not None
        print("one more", flush=True)  # the first takes the time to load what is needed
"""


@pytest.fixture
def waiting(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a closed store with many approved claims, more for the test that takes long."""
    with reviewing.make(tmp_path) as workspace:
        made_claims.set_up(workspace)
        for _each in range(MANY_CLAIMS if request.node.get_closest_marker("long") else CLAIMS):
            made_claims.approved(workspace, 100, 50)
        return workspace.path


def kill_while_issuing(path: Path, after: float) -> bool:
    """Let a process issue and kill it as nothing can be caught; False if it was done before."""
    command = [sys.executable, "-c", ISSUING, str(path), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "one more\n"
        time.sleep(after)
        process.kill()
        _out, said = process.communicate()
        assert "Traceback" not in said, said
        return process.returncode != 0


def check_whole(workspace: Workspace) -> tuple[int, int]:
    """Return how many documents and waiting claims there are, having seen that nothing is half done."""
    issued = store.all_bases(workspace.store)
    assert [one.counter for one in issued] == list(range(1, len(issued) + 1))
    assert len({one.number for one in issued}) == len(issued)
    in_lines = {(line.claim, line.claim_line) for one in issued if one.credits is None for line in one.lines}
    left = 0
    for claim in claims.all_claims(workspace.store):
        whole = claim.status is ClaimStatus.ISSUED
        left += not whole
        assert {(claim.claim, line.line) in in_lines for line in claim.lines} == {whole}
        assert (claim.basis is not None) is whole
        kinds = [step.kind.value for step in claims.steps(workspace.store, claim.claim)]
        assert kinds.count("issued") == whole
    credited = sum(one.amount for one in issued if one.credits is not None)
    given_back = workspace.store.value("SELECT coalesce(sum(amount), 0) FROM cap_entries WHERE kind = 'credit'")
    assert credited == given_back
    written = workspace.store.value("SELECT coalesce(sum(amount), 0) FROM basis_lines")
    assert written == sum(one.amount for one in issued)
    assert audit.first_broken(workspace.store) is None
    assert dialect.faults(workspace.store.conn) == []
    return len(issued), left


def kill_often(path: Path, times: int) -> None:
    chance, seen = random.Random(5), [0]
    for _turn in range(times):
        killed = kill_while_issuing(path, chance.uniform(0, 0.4))
        with open_workspace(path, PASSPHRASE, write=True) as workspace:
            count, left = check_whole(workspace)
        assert count >= seen[-1], "what was issued stays issued"
        seen.append(count)
        if not left:
            break
        assert killed
    assert len(set(seen)) > 2, "it was killed while it issued, not before"


def test_issuing_killed_at_some_moments_leaves_a_whole_series(waiting: Path) -> None:
    kill_often(waiting, times=2)


@pytest.mark.long
def test_issuing_killed_at_many_moments_leaves_a_whole_series(waiting: Path) -> None:
    kill_often(waiting, times=60)
