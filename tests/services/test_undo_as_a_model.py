"""Any sequence of decisions, undos and redos by two people ends where a plain model of lists says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import undo_steps
from kvalitetsapp.store import audit, dialect, verdicts
from support import reviewing, trials
from support.reviewing import ANNA, BO, event

if TYPE_CHECKING:
    import pytest

    from kvalitetsapp.services.workspace import Workspace

EVENTS = ("bok/2", "bok/3")
_PEOPLE = st.sampled_from([ANNA, BO])
_ACTIONS = st.one_of(
    st.tuples(st.just("decide"), _PEOPLE, st.sampled_from(EVENTS), st.booleans()),
    st.tuples(st.sampled_from(["undo", "redo"]), _PEOPLE),
)


@dataclass(frozen=True)
class Decided:
    """A decision: its place among all, by whom on what, what it said, what stood then, and whose place it took."""

    number: int
    who: str
    ref: str
    status: str
    before: str
    replaced: Decided | None


@dataclass
class Model:
    """What stands on every event, in order, and what everyone has done and undone."""

    standing: dict[str, list[Decided]] = field(default_factory=lambda: {ref: [] for ref in EVENTS})
    done: dict[str, list[Decided]] = field(default_factory=lambda: {ANNA: [], BO: []})
    undone: dict[str, list[Decided]] = field(default_factory=lambda: {ANNA: [], BO: []})
    number: int = 0

    def status(self, ref: str) -> str:
        return self.standing[ref][-1].status if self.standing[ref] else "proposed"

    def decide(self, who: str, ref: str, status: str) -> None:
        self.number += 1
        replaced = next((one for one in self.standing[ref] if one.who == who), None)
        made = Decided(self.number, who, ref, status, self.status(ref), replaced)
        self._exchange(ref, replaced, made)
        self.done[who].append(made)
        self.undone[who] = []

    def undo(self, who: str) -> bool:
        if not self.done[who] or self._later_by_another(self.done[who][-1]):
            return False
        made = self.done[who].pop()
        self._exchange(made.ref, made, made.replaced)
        self.undone[who].append(made)
        return True

    def redo(self, who: str) -> bool:
        if not self.undone[who]:
            return False
        made = self.undone[who][-1]
        if self._later_by_another(made) or self.status(made.ref) != made.before:
            return False
        self.undone[who].pop()
        self._exchange(made.ref, made.replaced, made)
        self.done[who].append(made)
        return True

    def _later_by_another(self, made: Decided) -> bool:
        last = self.standing[made.ref][-1:]
        return any(one.number > made.number and one.who != made.who for one in last)

    def _exchange(self, ref: str, out: Decided | None, into: Decided | None) -> None:
        kept = [one for one in self.standing[ref] if one != out]
        self.standing[ref] = sorted([*kept, *([] if into is None else [into])], key=lambda one: one.number)


def _done(workspace: Workspace, who: str, action: str) -> bool:
    with reviewing.at_work(workspace, who):
        try:
            (undo_steps.undo if action == "undo" else undo_steps.redo)(workspace)
        except RefusedError:
            return False
        return True


def _stands(workspace: Workspace, ref: str) -> list[tuple[str, str]]:
    found = verdicts.history(workspace.store, event(workspace, ref).key)
    return [(one.reviewer, one.decision) for one in reversed(found) if not one.withdrawn]


@settings(max_examples=trials.few(6, at_length=40), deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=st.lists(_ACTIONS, min_size=3, max_size=14))
def test_decisions_undos_and_redos_of_two_people_end_where_the_model_says(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, ...]]
) -> None:
    model = Model()
    with reviewing.make(tmp_path_factory.mktemp("modell")) as workspace:
        for action, who, *more in actions:
            if action == "decide":
                ref, reject = more
                reviewing.decide(workspace, who, ref, reject=bool(reject))
                model.decide(who, ref, "rejected" if reject else "confirmed")
            else:
                assert _done(workspace, who, action) == getattr(model, action)(who)
            for ref in EVENTS:
                assert _stands(workspace, ref) == [(one.who, one.status) for one in model.standing[ref]]
                assert event(workspace, ref).status == model.status(ref)
        assert dialect.faults(workspace.store.conn) == []
        assert audit.first_broken(workspace.store) is None
