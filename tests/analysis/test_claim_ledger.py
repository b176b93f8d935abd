"""R15 in practice: what is drawn on caps against what can be claimed, over any history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kvalitetsapp.domain.agreement import Warranty
from support.claim_histories import History
from support.made_frames import agreement

if TYPE_CHECKING:
    from collections.abc import Iterable


def amounts(history: History, name: str) -> dict[int, int]:
    """Return an amount of every event by its episode, zeros left out."""
    events = history.ledger().events
    pairs = zip(events["episode"].tolist(), events[name].tolist(), strict=True)
    return {episode: amount for episode, amount in pairs if amount}


def reasons(history: History) -> list[tuple[int, str]]:
    """Return what is over of each line that has something over, and why."""
    lines = history.ledger().lines
    return [pair for pair in zip(lines["over"].tolist(), lines["reason"].tolist(), strict=True) if pair[0]]


def claimed(*events: dict[str, object], **terms: object) -> History:
    """Return a history in which these events of the first operation are claimed and issued."""
    history = History(agreement(cap=200, **terms))
    for number, told in enumerate(events):
        history.event(number, **told)  # type: ignore[arg-type]
    issue(history, {line["claim"] for line in history.draft(0)})
    return history


def issue(history: History, claims: Iterable[int]) -> None:
    for claim in claims:
        history.step(claim, "issued")


def test_r15_an_earlier_event_that_comes_late_takes_nothing_from_what_is_claimed() -> None:
    history = claimed({"day": 100, "cost": 150})
    history.event(7, day=5, cost=120)
    assert amounts(history, "target") == {7: 120, 0: 80}
    assert amounts(history, "to_claim") == {7: 50}
    assert reasons(history) == []


def test_r15_a_supplement_is_what_a_dearer_event_has_room_for() -> None:
    history = claimed({"day": 10, "cost": 100})
    history.event(0, day=10, cost=130)
    assert amounts(history, "to_claim") == {0: 30}
    history.draft(0)
    assert (amounts(history, "to_claim"), amounts(history, "pending")) == ({}, {0: 30})


def test_r15_drafts_are_taken_from_before_what_is_issued_and_then_the_latest() -> None:
    history = claimed({"day": 10, "cost": 100}, {"day": 20, "cost": 60})
    history.event(1, day=20, cost=100)
    history.draft(0)
    history.terms = replace(history.terms, cap=120)
    assert history.ledger().lines["over"].tolist() == [0, 40, 40]
    assert {why for _over, why in reasons(history)} == {"cost", "terms"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"operation": 1}, "relinked"),
        ({"status": "rejected"}, "rejected"),
        ({"status": "proposed"}, "not_confirmed"),
        ({"complication_class": "dislocation"}, "class"),
        ({"cost": 70}, "cost"),
        ({"cost": None}, "cost"),
    ],
)
def test_r15_what_has_changed_after_issue_is_to_be_corrected_and_says_why(change: dict[str, object], why: str) -> None:
    infections = (Warranty(("infection",), 730),)
    history = claimed({"day": 10, "cost": 100}, warranties=infections)
    history.event(0, **{"day": 10, "cost": 100} | change)  # type: ignore[arg-type]
    assert reasons(history) == [(30 if change.get("cost") else 100, why)]


def test_r15_an_event_that_is_gone_and_a_cost_that_another_event_bears_say_so() -> None:
    history = claimed({"day": 10, "cost": 100, "side": "right"}, {"day": 20, "cost": 50})
    del history.events[1, "hip", "right"]
    history.event(0, operation=1, day=10, cost=100, side="left")
    assert reasons(history) == [(100, "shared"), (50, "gone")]
    assert history.ledger().events["to_claim"].sum() == 0, "the episode's cost is claimed already"
    history.settle()
    assert (history.net(index_side="right"), history.net(index_side="left")) == (0, 100)


def test_r15_a_deductible_that_moves_to_another_event_is_told() -> None:
    history = claimed({"day": 10, "cost": 100}, {"day": 20, "cost": 50}, deductible=30)
    history.event(0, day=10, cost=100, status="rejected")
    assert reasons(history) == [(70, "rejected"), (30, "deductible")]


def test_r15_what_is_claimed_follows_an_operation_and_an_event_whose_side_is_told_later() -> None:
    history = History(agreement(cap=200))
    history.event(0, operation=2, cost=100, side="unknown")
    history.draft(2)
    history.operations["side"] = ["right", "unknown", "left"]
    del history.events[0, "hip", "unknown"]
    history.event(0, operation=2, cost=100, side="left")
    assert (amounts(history, "net"), amounts(history, "to_claim")) == ({0: 100}, {})
    assert reasons(history) == []


def test_r16_avoidability_is_no_part_of_what_can_be_claimed_or_corrected_r15() -> None:
    history = claimed({"day": 10, "cost": 100})
    history.event(0, day=10, cost=100, avoidability="1")
    assert (amounts(history, "to_claim"), reasons(history)) == ({}, [])


@settings(max_examples=settings().max_examples // 4)
@given(st.permutations([(0, 10, 90), (1, 20, 120), (2, 30, 60), (3, 5, 40)]), st.sampled_from(["issued", "draft"]))
def test_r15_in_whatever_order_events_come_and_are_claimed_the_end_is_the_same(
    events: list[tuple[int, int, int]], status: str
) -> None:
    history = History(agreement(cap=200, deductible=20))
    for episode, day, cost in events:
        history.event(episode, day=day, cost=cost)
        for line in history.draft(0):
            history.step(line["claim"], status)
    history.settle()
    assert history.net_of_operations() == {0: 200}
    assert sum(amounts(history, "over").values()) == 0


EPISODES = st.integers(0, 4)
OPERATION = st.integers(0, 2)


class Claiming(RuleBasedStateMachine):
    """Anything happens, in any order; the cap and the episodes' costs hold all the while."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(agreement(cap=200, deductible=20))
        self.most = {"right": 0, "left": 0, "unknown": 0}

    @rule(
        episode=EPISODES,
        operation=OPERATION,
        side=st.sampled_from(["right", "left", "unknown"]),
        day=st.sampled_from([1, 30, 400, 800]),
        cost=st.sampled_from([None, 0, 15, 60, 150, 300]),
        status=st.sampled_from(["confirmed", "confirmed", "confirmed", "rejected", "proposed", "ambiguous"]),
        what=st.sampled_from(["infection", "wound"]),
    )
    def an_event_comes_or_is_another(
        self, episode: int, operation: int, side: str, day: int, cost: int | None, status: str, what: str
    ) -> None:
        told = {"side": side, "status": status, "complication_class": what}
        self.history.event(episode, operation, day, cost, **told)

    @precondition(lambda self: self.history.events)
    @rule(data=st.data())
    def an_event_goes(self, data: st.DataObject) -> None:
        del self.history.events[data.draw(st.sampled_from(sorted(self.history.events)))]

    @rule(
        cap=st.sampled_from([50, 200, 500]),
        scope=st.sampled_from(["index_operation", "episode"]),
        deductible=st.sampled_from([0, 20, 200]),
        warranties=st.sampled_from([(Warranty(("*",), 730),), (Warranty(("infection",), 500),)]),
    )
    def the_agreement_changes(self, cap: int, scope: str, deductible: int, warranties: tuple[Warranty, ...]) -> None:
        self.history.terms = agreement(cap=cap, cap_scope=scope, deductible=deductible, warranties=warranties)

    @rule(operation=OPERATION)
    def someone_drafts(self, operation: int) -> None:
        made = self.history.draft(operation)
        terms = self.history.terms
        for line in made:
            at = line["index_side"]
            episode = line["episode"] if terms.cap_scope == "episode" else None
            assert self.history.net(index_side=at, episode=episode) <= terms.cap
            cost = self.history.events[line["episode"], line["joint"], line["side"]]["cost"]
            assert self.history.net(episode=line["episode"]) <= cost
            self.most[at] = self.history.net(index_side=at)

    @precondition(lambda self: self.history.lines)
    @rule(data=st.data(), status=st.sampled_from(["approved", "issued", "withdrawn"]))
    def a_claim_comes_further(self, data: st.DataObject, status: str) -> None:
        waiting = {line["claim"] for line in self.history.lines if line["status"] in ("draft", "approved")}
        if waiting:
            self.history.step(data.draw(st.sampled_from(sorted(waiting))), status)

    @precondition(lambda self: self.history.lines)
    @rule(data=st.data())
    def a_correction_is_handled(self, data: st.DataObject) -> None:
        over = self.history.ledger().lines["over"].tolist()
        place = data.draw(st.sampled_from([place for place, each in enumerate(over) if each] or [0]))
        self.history.correct(place, over[place])

    @rule()
    def everything_is_handled(self) -> None:
        before = self.history.ledger()
        assert int(before.events["net"].sum()) == self.history.net(), "nothing that is drawn is lost from sight"
        assert (before.lines["over"] <= before.lines["net"]).all()
        self.history.settle()
        ledger = self.history.ledger()
        assert not ledger.lines["over"].any(), "there is nothing left to correct"
        assert not ledger.events["to_claim"].any(), "there is nothing left to claim"
        assert self.history.net_of_operations() == self.history.claimable_of_operations()
        self.most = {side: self.history.net(index_side=side) for side in self.most}

    @invariant()
    def no_more_is_drawn_than_the_cap_gave(self) -> None:
        for side, most in self.most.items():
            assert 0 <= self.history.net(index_side=side) <= most
        assert all(line["net"] >= 0 for line in self.history.lines)


class TestR15AndR16OverAnyHistory(Claiming.TestCase):  # type: ignore[misc,valid-type]
    """R15, R16: over any history the cap holds, and what is claimed in the end is what R15 gives."""

    settings = settings(max_examples=settings().max_examples // 4, stateful_step_count=12)
