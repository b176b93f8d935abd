"""What a round found, counted from its cases."""

from __future__ import annotations

from dataclasses import replace

from kvalitetsapp.analysis import review_results
from kvalitetsapp.domain.review_protocol import CaseChange, Counts, ProtocolCase
from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.domain.words import Verdict
from support.protocol_example import CASE_LIST, earlier_cases

CONFIRMED = next(one for one in CASE_LIST if one.is_confirmed)
REJECTED = next(one for one in CASE_LIST if one.is_rejected)


def _counts(cases: list[ProtocolCase], question: str) -> Counts:
    return next(one for one in review_results.results(cases).counts if one.question == question)


def _judged(avoidability: str) -> ProtocolCase:
    return replace(CONFIRMED, answer=replace(CONFIRMED.answer, avoidability=avoidability))


def test_only_cases_that_are_done_count_and_details_only_of_the_confirmed() -> None:
    found = review_results.results([CONFIRMED, REJECTED, replace(CONFIRMED, state=CaseState.DIFFERS)])
    assert (found.reviewed, found.confirmed, found.rejected) == (2, 1, 1)
    assert _counts([CONFIRMED, REJECTED], "relation").total == 2
    assert _counts([CONFIRMED, REJECTED], "harm_severity").total == 1


def test_a_scale_shows_every_step_and_a_list_only_what_was_found() -> None:
    assert [code for code, _count in _counts([CONFIRMED], "harm_severity").counts] == ["E", "F", "G", "H", "I"]
    assert _counts([CONFIRMED], "complication_class").counts == (("infection", 1),)


def test_what_was_not_answered_stands_last() -> None:
    assert _counts([_judged(""), _judged("2")], "avoidability").counts[-1] == ("", 1)
    assert _counts([_judged("2")], "avoidability").counts[-1] == ("4", 0)


def test_three_and_four_are_avoidable_among_those_judged() -> None:
    share = review_results.results([_judged(code) for code in ("1", "2", "3", "4", "")]).avoidable
    assert (share.events, share.n, share.rate) == (2, 4, 0.5)
    assert share.low is not None
    assert share.high is not None
    assert 0.14 < share.low < 0.16
    nothing = review_results.results([_judged("")]).avoidable
    assert (nothing.n, nothing.rate, nothing.low) == (0, None, None)


def test_all_parts_add_up_to_the_whole() -> None:
    found = review_results.results(CASE_LIST)
    progress = review_results.progress(CASE_LIST)
    assert progress.done + progress.open + progress.waiting + progress.differs + progress.gone == progress.cases
    assert progress.new + progress.changed + progress.known == progress.cases
    assert found.reviewed == progress.done == sum(one.reviewed for one in found.providers)
    assert found.avoidable.events == sum(one.avoidable for one in found.providers)
    infections = _counts(list(CASE_LIST), "infection_level").total
    for crossed in found.infections:
        assert sum(sum(row) for _code, row in crossed.rows) == infections


def test_providers_stand_by_the_number_of_cases() -> None:
    reviewed = [one.reviewed for one in review_results.results(CASE_LIST).providers]
    assert reviewed == sorted(reviewed, reverse=True)


def test_a_changed_decision_is_told_once_and_a_changed_class_only_where_both_confirmed() -> None:
    other_class = replace(CONFIRMED, answer=replace(CONFIRMED.answer, complication_class="wound"))
    other_decision = replace(CONFIRMED, answer=replace(REJECTED.answer, decision=Verdict.REJECTED))

    def changes(before: ProtocolCase) -> tuple[CaseChange, ...]:
        return review_results.compared("Förra", "", [before], [CONFIRMED]).changes

    assert changes(CONFIRMED) == ()
    assert changes(other_class) == (CaseChange(CONFIRMED.event_ref, "complication_class", "wound", "infection"),)
    assert changes(other_decision) == (CaseChange(CONFIRMED.event_ref, "decision", "rejected", "confirmed"),)


def test_only_cases_done_in_both_rounds_are_held_against_each_other() -> None:
    waiting = replace(CONFIRMED, state=CaseState.WAITING)
    assert review_results.compared("Förra", "", [CONFIRMED], [waiting]).in_both == 0
    assert review_results.compared("Förra", "", [waiting], [CONFIRMED]).in_both == 0
    found = review_results.compared("Förra", "2023-02-15", earlier_cases(), CASE_LIST)
    assert found.in_both == len(earlier_cases()) == found.before.reviewed
