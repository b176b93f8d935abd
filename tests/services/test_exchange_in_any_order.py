"""Small histories in two stores, laid together in either order: nothing is lost, nothing is taken twice, caps hold."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_approval, claim_drafts, claim_life, exchange_merge, undo_steps
from kvalitetsapp.store import exchanges
from support import claiming, trials, two_stores
from support.claiming import INDEX_REF
from support.reviewing import ANNA, BO, at_work, decide

if TYPE_CHECKING:
    from kvalitetsapp.domain.exchanged import Thing
    from kvalitetsapp.services.workspace import Workspace

CAP = 150_000
ACTS = ("confirm", "reject", "other", "undo", "redo", "draft", "withdraw", "approve")
HISTORIES = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(ACTS)), max_size=5)
_SLOWLY = settings(max_examples=trials.few(3, at_length=30), deadline=None, suppress_health_check=list(HealthCheck))


def act(workspace: Workspace, what: str) -> None:
    """Do something that may be refused, such as withdrawing what is not drafted."""
    with contextlib.suppress(RefusedError, InputError):
        if what in ("confirm", "reject"):
            decide(workspace, workspace.user, reject=what == "reject")
        elif what == "other":
            decide(workspace, workspace.user, "bok/3", reject=True)
        elif what in ("undo", "redo"):
            getattr(undo_steps, what)(workspace)
        elif what == "draft":
            claim_drafts.draft(workspace, [INDEX_REF])
        elif what == "withdraw":
            claim_life.withdraw(workspace, 1, "prövat om")
        else:
            with at_work(workspace, "Cia"):
                claim_approval.approve(workspace, [1])


def acts_of(things: list[Thing]) -> set[tuple[str, str]]:
    return {(one.id, told) for one in things for told in one.told_acts}


def content(workspace: Workspace) -> dict[str, tuple[object, ...]]:
    return {one.id: (one.base, frozenset(one.told_acts), one.state) for one in exchange_merge.things_here(workspace)}


def waiting(workspace: Workspace) -> list[Thing]:
    return [one for conflict in exchanges.conflicts(workspace.store) for one in conflict.theirs]


@_SLOWLY
@given(HISTORIES)
def test_r15_and_every_decision_and_ore_survive_either_order(history: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = claiming.make(folder, claiming.agreement(cap=CAP))
        parted = two_stores.parted(made, folder, ANNA, BO, "Disa", "Eva")
        stores = [next(parted) for _place in range(4)]
        for place, what in history:
            act(stores[place], what)
        told = [list(exchange_merge.things_here(one)) for one in stores[:2]]
        packages = [two_stores.package(one, folder) for one in stores[:2]]
        one_way, other_way = stores[2:]
        for path in packages:
            two_stores.take(one_way, path)
        for path in reversed(packages):
            two_stores.take(other_way, path)
        for store in (one_way, other_way):
            everything = acts_of(list(exchange_merge.things_here(store))) | acts_of(waiting(store))
            assert acts_of(told[0]) | acts_of(told[1]) <= everything
            assert sum(sum(claiming.drawn(store, claim).values()) for claim in claims_of(store)) <= CAP * 100
        if not waiting(one_way) and not waiting(other_way):
            assert content(one_way) == content(other_way)
        before = content(one_way), len(waiting(one_way))
        for store in stores[:2]:
            assert two_stores.send(store, one_way, folder).taken == 0
        assert (content(one_way), len(waiting(one_way))) == before
        assert list(parted) == []


def claims_of(workspace: Workspace) -> list[int]:
    return [claim for (claim,) in workspace.store.rows("SELECT claim FROM claims")]
