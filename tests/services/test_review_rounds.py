"""Review rounds: a cohort that stays as it was frozen, states for each user, repetition, closing and taking away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain import families
from kvalitetsapp.domain.review_round import CaseState, Novelty, Part, RoundDefinition
from kvalitetsapp.domain.words import ComplicationClass, SurgeryLevel
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import listings, review_rounds, round_overview, undo_import
from kvalitetsapp.store import audit, providers
from support import made_rounds, queues, trials
from support.county_store import opened
from support.made_rounds import CONFIRMED, EVERYTHING, OPERATED, REJECTED, answer, case, keys, new_round, progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


@pytest.fixture(scope="module")
def unchanged(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A county of the module's own whose tests take back what they write."""
    from support import county_store as stores

    with opened(stores.copy(county_store, tmp_path_factory.mktemp("rounds"))) as each:
        yield each


definitions = st.builds(
    RoundDefinition,
    event_from=st.dates(date(2018, 1, 1), date(2022, 1, 1)),
    event_to=st.dates(date(2022, 1, 2), date(2026, 1, 1)),
    joints=st.lists(st.sampled_from(families.ids()), unique=True).map(tuple),
    surgery_levels=st.lists(st.sampled_from(list(SurgeryLevel)), unique=True).map(tuple),
    complication_classes=st.lists(st.sampled_from(list(ComplicationClass)), unique=True).map(tuple),
    own_care=st.booleans(),
    purchased=st.booleans(),
)


# freezing


@settings(max_examples=trials.few(12, at_length=60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definition=definitions)
def test_the_cohort_is_what_a_plain_filter_over_the_list_of_links_keeps(
    unchanged: Workspace, definition: RoundDefinition
) -> None:
    kinds = {one.provider_id: one.kind for one in providers.all_providers(unchanged.store)}
    kept = [
        (row["event_ref"], row["joint"], row["side"])
        for row in sorted(listings.links(unchanged).records(), key=lambda row: str(row["event_date"]))
        if definition.event_from.isoformat() <= str(row["event_date"]) <= definition.event_to.isoformat()
        and (not definition.joints or row["joint"] in definition.joints)
        and (not definition.surgery_levels or row["surgery_level"] in definition.surgery_levels)
        and (not definition.complication_classes or row["complication_class"] in definition.complication_classes)
        and (not definition.own_care or kinds[str(row["event_provider_id"])] == "own")
        and (not definition.purchased or kinds.get(str(row["index_provider_id"]), "") != "own")
    ]
    assert review_rounds.preview(unchanged, definition).events == len(kept)
    if not kept:
        with pytest.raises(InputError, match="Inga händelser"):
            new_round(unchanged, "prov", definition)
        return
    round_id = new_round(unchanged, "prov", definition)
    found = round_overview.cases(unchanged, round_id)
    review_rounds.discard(unchanged, round_id)
    assert [(one.event_ref, one.key.joint, one.key.side) for one in found] == kept


def test_a_preview_counts_by_joint_class_and_provider_and_what_is_decided(workspace: Workspace) -> None:
    found = review_rounds.preview(workspace, EVERYTHING)
    rows = listings.links(workspace).records()
    assert found.events == len(rows) == sum(found.classes.values()) == sum(found.providers.values())
    assert found.joints["hip"] == sum(row["joint"] == "hip" for row in rows)
    assert found.decided == sum(row["status"] in {"confirmed", "rejected"} for row in rows) > 0


def test_a_round_keeps_its_cohort_and_its_definition_when_data_change(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    before = keys(workspace, round_id)
    made_rounds.forget_codes(workspace, before[0])
    made_rounds.move_event(workspace, before[1])
    assert keys(workspace, round_id) == before
    assert review_rounds.of_number(workspace, round_id).definition == OPERATED


def test_a_first_round_holds_new_cases_only_and_is_told_in_the_trail(workspace: Workspace) -> None:
    round_id = new_round(workspace, "  Våren ", OPERATED)
    found = progress(workspace, round_id)
    assert found.round.name == "Våren"
    assert found.novelties[Novelty.NEW] == found.states[CaseState.OPEN] == found.cases == found.left
    assert (audit.entries(workspace.store, 1)[0].action, audit.entries(workspace.store, 1)[0].object) == (
        "review_round_created",
        "Våren",
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"event_to": date(1980, 1, 1)}, "första dag"),
        ({"joints": ("elbow",)}, "elbow"),
        ({"surgery_levels": ("much",)}, "much"),
        ({"complication_classes": ("boredom",)}, "boredom"),
        ({"index_providers": ("NN",)}, "NN"),
        ({"required": ("mood",)}, "mood"),
        ({"reviewers_per_case": 3}, "en eller två"),
        ({"event_to": date(1990, 1, 2)}, "Inga händelser"),
    ],
)
def test_a_definition_that_cannot_be_used_is_refused(
    workspace: Workspace, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        new_round(workspace, "Våren", replace(OPERATED, **changes))  # type: ignore[arg-type]
    assert round_overview.rounds(workspace) == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [(" ", "Ge omgången"), ("x" * 81, "för långt"), ("196812099874", "personnummer"), ("Våren", "redan")],
)
def test_a_name_that_cannot_be_used_is_refused(workspace: Workspace, name: str, said: str) -> None:
    new_round(workspace, "Våren", OPERATED)
    with pytest.raises(InputError, match=said):
        new_round(workspace, name, OPERATED)


def test_a_round_is_known_by_its_name_and_by_its_number(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    assert review_rounds.named(workspace, "Våren") == review_rounds.named(workspace, str(round_id))
    with pytest.raises(InputError, match=r"Hösten.*Våren"):
        review_rounds.named(workspace, "Hösten")
    with pytest.raises(InputError, match="99"):
        round_overview.cases(workspace, 99)


# working


def test_an_answer_makes_a_case_done_and_takes_it_out_of_what_is_left(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    first, *rest = keys(workspace, round_id)
    assert queues.to_review(workspace, round_id) == [first, *rest]
    answer(workspace, round_id, first)
    assert case(workspace, round_id, first).state is CaseState.DONE
    assert case(workspace, round_id, first).decision in {"confirmed", "rejected"}
    assert queues.to_review(workspace, round_id) == rest


def test_no_case_is_left_when_all_are_done(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    made_rounds.answer_all(workspace, round_id, keys(workspace, round_id))
    assert queues.to_review(workspace, round_id) == []
    assert progress(workspace, round_id).left == 0


def test_progress_tells_who_did_what_and_how_long_it_took(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    for key, who, seconds in zip(
        keys(workspace, round_id), ("Ada", "Ada", "Ada", "Bo"), (10, 20, 60, 5), strict=False
    ):
        answer(workspace, round_id, key, who=who, seconds=seconds)
    found = progress(workspace, round_id)
    assert [(one.reviewer, one.answers, one.seconds, one.median_seconds) for one in found.reviewers] == [
        ("Ada", 3, 90, 20),
        ("Bo", 1, 5, 5),
    ]
    assert {one.first_day for one in found.reviewers} == {workspace.today}
    assert found.seconds == 95


def test_an_event_that_is_gone_is_shown_as_it_was_frozen(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    before = round_overview.cases(workspace, round_id)[0]
    made_rounds.forget_codes(workspace, before.key)
    after = case(workspace, round_id, before.key)
    assert (after.state, after.exists, after.event) == (CaseState.GONE, False, before.event)
    assert "finns inte längre" in after.said
    assert before.key not in queues.to_review(workspace, round_id)


def test_an_event_that_has_changed_since_stays_open_and_says_what(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    before = round_overview.cases(workspace, round_id)[0]
    made_rounds.move_event(workspace, before.key)
    after = case(workspace, round_id, before.key)
    assert after.state is CaseState.OPEN
    assert f"datum: {before.event.event_date}, nu {after.event.event_date}" in after.said
    assert after.said.startswith("ändrad sedan omgången frystes")


def test_a_decision_makes_no_event_another_one(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", EVERYTHING)
    made_rounds.answer_all(workspace, round_id, keys(workspace, round_id)[::3])
    assert {one.said for one in round_overview.cases(workspace, round_id)} == {""}


def test_an_import_that_a_round_rests_on_is_not_undone_before_the_round_is_taken_away(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    imports = [batch for (batch,) in workspace.store.rows("SELECT batch FROM import_batches")]
    assert "round_cases" in {one.table for one in undo_import.rests_on(workspace, imports).obstacles}
    review_rounds.discard(workspace, round_id)
    assert undo_import.rests_on(workspace, imports).obstacles == ()


# two reviewers


def test_a_reviewer_is_not_told_that_the_other_has_answered(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", made_rounds.blinded(OPERATED))
    key = keys(workspace, round_id)[0]
    unseen = case(workspace, round_id, key)
    answer(workspace, round_id, key, REJECTED, part=Part.FIRST, who="Ada")
    assert case(workspace, round_id, key) == unseen
    assert unseen.state is CaseState.OPEN
    assert key in queues.to_review(workspace, round_id)
    workspace.user = "Ada"
    mine = case(workspace, round_id, key)
    assert (mine.state, mine.decision) == (CaseState.WAITING, "rejected")
    assert key not in queues.to_review(workspace, round_id)


def test_two_answers_that_differ_wait_for_a_consensus(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", made_rounds.blinded(OPERATED))
    key = keys(workspace, round_id)[0]
    answer(workspace, round_id, key, REJECTED, part=Part.FIRST, who="Ada")
    answer(workspace, round_id, key, CONFIRMED, part=Part.FIRST, who="Bo")
    assert case(workspace, round_id, key).state is CaseState.DIFFERS
    answer(workspace, round_id, key, CONFIRMED, part=Part.CONSENSUS, who="Bo")
    assert case(workspace, round_id, key).state is CaseState.DONE


def test_what_two_agreed_on_is_nobodys_extra_work(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", made_rounds.blinded(OPERATED))
    key = keys(workspace, round_id)[0]
    for who, part in (("Ada", Part.FIRST), ("Bo", Part.FIRST), ("Bo", Part.AGREED)):
        answer(workspace, round_id, key, part=part, who=who)
    assert [(one.reviewer, one.answers) for one in progress(workspace, round_id).reviewers] == [("Ada", 1), ("Bo", 1)]


# closing


def test_a_round_with_cases_left_is_closed_only_when_that_is_said(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    first, *others = keys(workspace, round_id)
    answer(workspace, round_id, first)
    with pytest.raises(RefusedError, match=f"{len(others)} händelser"):
        review_rounds.close(workspace, round_id)
    outcome = review_rounds.close(workspace, round_id, leave_open=True)
    assert outcome.undecided == len(others)
    found = progress(workspace, round_id)
    assert (found.round.is_open, found.round.closed_by, found.states[CaseState.OPEN]) == (
        False,
        "granskare2",
        len(others),
    )
    for refused in (review_rounds.close, review_rounds.discard):
        with pytest.raises(RefusedError, match="redan stängd"):
            refused(workspace, round_id)


def test_a_round_is_closed_when_every_case_is_done_or_gone(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    first, *others = keys(workspace, round_id)
    made_rounds.answer_all(workspace, round_id, others)
    made_rounds.forget_codes(workspace, first)
    assert review_rounds.close(workspace, round_id).undecided == 0


def test_a_case_that_waits_for_the_other_reviewer_keeps_the_round_open(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", made_rounds.blinded(OPERATED))
    for key in keys(workspace, round_id):
        answer(workspace, round_id, key, part=Part.FIRST)
    with pytest.raises(RefusedError, match="inte klara"):
        review_rounds.close(workspace, round_id)


def test_a_round_is_taken_away_only_while_nobody_has_answered_in_it(workspace: Workspace) -> None:
    round_id = new_round(workspace, "Våren", OPERATED)
    number = answer(workspace, round_id, keys(workspace, round_id)[0])
    made_rounds.withdraw(workspace, number)
    with pytest.raises(RefusedError, match="har svarat"):
        review_rounds.discard(workspace, round_id)
    other = new_round(workspace, "Hösten", OPERATED)
    review_rounds.discard(workspace, other)
    assert [one.round.name for one in round_overview.rounds(workspace)] == ["Våren"]
    assert workspace.store.value("SELECT count(*) FROM round_cases WHERE round = ?", (other,)) == 0


def test_a_round_that_another_repeats_is_not_taken_away(workspace: Workspace) -> None:
    first = new_round(workspace, "Våren", OPERATED)
    new_round(workspace, "Hösten", OPERATED, previous=first)
    with pytest.raises(RefusedError, match="upprepas av ”Hösten”"):
        review_rounds.discard(workspace, first)
