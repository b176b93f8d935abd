"""Checks of the log: samples that can be drawn again, what must be judged, the seal, and when the next is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import log_check as domain
from kvalitetsapp.domain.audit_words import LogFinding, LogOutcome, SampleChoice
from kvalitetsapp.domain.log_check import Judged, Sample, SamplePlan
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import access_log, log_checks
from kvalitetsapp.services.log_checks import SampleWish
from kvalitetsapp.store import audit
from support import logged_store, pdf, tagged_pdf
from support.logged_store import ANOTHER, EARLIER, PERSON
from support.reviewing import ANNA, BO, CIA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with logged_store.make(tmp_path) as made:
        yield made


def planned(workspace: Workspace, size: int = 5, **wished: object) -> SamplePlan:
    today = workspace.today
    return log_checks.plan(workspace, SampleWish(today, today, size, **{"seed": 7, **wished}))  # type: ignore[arg-type]


def drawn(workspace: Workspace, size: int = 100, **wished: object) -> Sample:
    return log_checks.draw(workspace, planned(workspace, size, **wished))


def justified(sample: Sample) -> list[Judged]:
    return [Judged(one.entry, LogFinding.JUSTIFIED) for one in sample.entries]


def sign(
    workspace: Workspace,
    sample: Sample,
    judged: list[Judged],
    outcome: LogOutcome = LogOutcome.NOTHING_FOUND,
    note: str = "",
) -> int:
    done = log_checks.sign(workspace, sample.plan, judged, outcome, note=note, signed_as="loggkontrollant")
    return done.log_check


def test_the_same_plan_draws_the_same_entries_whatever_has_come_since(workspace: Workspace) -> None:
    plan = planned(workspace, seed=None)
    first = log_checks.draw(workspace, plan)
    audit.note(workspace.store, ANNA, "case_read", patients=[PERSON])
    again = log_checks.draw(workspace, plan)
    assert again == first
    assert len(first.entries) == 5
    assert first.population > 5
    assert log_checks.draw(workspace, replace(plan, seed=plan.seed + 1)).entries != first.entries


def test_a_larger_sample_holds_the_smaller(workspace: Workspace) -> None:
    small, large = (drawn(workspace, size) for size in (3, 6))
    assert {one.entry for one in small.entries} < {one.entry for one in large.entries}


def test_only_entries_about_patients_are_drawn_and_the_drawing_is_in_the_log(workspace: Workspace) -> None:
    sample = drawn(workspace)
    assert all(one.patients for one in sample.entries)
    latest = audit.entries(workspace.store, 1)[0]
    assert (latest.who, latest.action, latest.object) == (CIA, log_checks.SAMPLED, "any")
    assert set(latest.patients) == {one for entry in sample.entries for one in entry.patients}


def test_readings_are_drawn_alone_and_without_those_who_decided(workspace: Workspace) -> None:
    readings = drawn(workspace, choice=SampleChoice.READINGS)
    assert {one.action for one in readings.entries} == {"case_read", "episode_read"}
    assert {one.who for one in drawn(workspace, choice=SampleChoice.READ_ONLY).entries} == {BO}, "Anna decided"


def test_entries_of_one_user_or_as_many_of_each_are_drawn(workspace: Workspace) -> None:
    assert {one.who for one in drawn(workspace, user=ANNA).entries} == {ANNA}
    each = drawn(workspace, 1, each_user=True)
    assert sorted(one.who for one in each.entries) == sorted({ANNA, BO, *(one.who for one in each.entries)})
    assert len(each.entries) == len({one.who for one in each.entries})


@pytest.mark.parametrize("number", ["540315-9865", ANOTHER])
def test_entries_about_chosen_patients_are_drawn(workspace: Workspace, number: str) -> None:
    found = drawn(workspace, choice=SampleChoice.PATIENTS, patients=(number,))
    assert all(ANOTHER in one.patients for one in found.entries)
    by_earlier = drawn(workspace, choice=SampleChoice.PATIENTS, patients=(EARLIER,))
    assert any(PERSON in one.patients for one in by_earlier.entries)


@pytest.mark.parametrize(
    ("local", "off"),
    [
        ("2024-03-29T10:00:00", False),
        ("2024-03-29T06:59:59", True),
        ("2024-03-29T07:00:00", False),
        ("2024-03-29T19:00:00", True),
        ("2024-03-30T10:00:00", True),
        ("2024-03-31T10:00:00", True),
    ],
)
def test_evenings_nights_and_weekends_are_off_hours(local: str, off: bool) -> None:
    from datetime import UTC, datetime

    stored = datetime.fromisoformat(local).astimezone(UTC).isoformat(timespec="seconds")
    assert domain.is_off_hours(stored) is off


@pytest.mark.parametrize(
    "wished", [{"size": 0}, {"size": 501}, {"choice": SampleChoice.PATIENTS}, {"patients": ("1,97E+11",)}]
)
def test_a_wish_that_cannot_be_drawn_is_refused(workspace: Workspace, wished: dict[str, object]) -> None:
    with pytest.raises(InputError):
        planned(workspace, **wished)  # type: ignore[arg-type]


def test_a_period_without_entries_or_backwards_is_refused(workspace: Workspace) -> None:
    day = date(2020, 1, 1)
    with pytest.raises(InputError, match="inga sådana poster"):
        log_checks.draw(workspace, log_checks.plan(workspace, SampleWish(day, day, 5)))
    with pytest.raises(InputError, match="innan den börjar"):
        log_checks.plan(workspace, SampleWish(day, day - timedelta(days=1), 5))


def test_a_check_is_kept_with_its_findings_seal_and_entry(workspace: Workspace) -> None:
    sample = drawn(workspace, 4)
    judged = justified(sample)
    judged[1] = Judged(judged[1].entry, LogFinding.UNJUSTIFIED, "ingen vårdrelation ")
    number = sign(workspace, sample, judged, LogOutcome.BREACH, "Anmäls.")
    (check,) = log_checks.checks(workspace)
    assert (check.log_check, check.who, check.signed_as, check.outcome) == (
        number,
        CIA,
        "loggkontrollant",
        LogOutcome.BREACH,
    )
    assert check.plan == sample.plan
    assert check.sealed() == check.seal
    assert check.judged[1] == Judged(judged[1].entry, LogFinding.UNJUSTIFIED, "ingen vårdrelation")
    assert check.last_hash == audit.seal_of(workspace.store, sample.plan.last_entry)
    latest = audit.entries(workspace.store, 1)[0]
    assert (latest.action, latest.object, latest.detail) == (log_checks.CHECKED, str(number), f"breach {check.seal}")
    (row,) = log_checks.listed(workspace).records()
    assert (row["drawn"], row["unjustified"], row["unclear"], row["own"]) == (4, 1, 0, 0)


def test_a_controller_s_own_entries_are_pointed_out(workspace: Workspace) -> None:
    workspace.user = BO
    sample = drawn(workspace, user=BO)
    table = domain.sample_table(sample, access_log.names(workspace), BO)
    assert {row["own"] for row in table.records()} == {1}
    sign(workspace, sample, justified(sample))
    assert log_checks.checks(workspace)[0].own == len(sample.entries)


@pytest.mark.parametrize(
    ("finding", "outcome", "note", "said"),
    [
        (Judged(0, LogFinding.UNCLEAR), LogOutcome.FOLLOW_UP, "Följs upp.", "inte är befogad"),
        (Judged(0, LogFinding.UNCLEAR, "varför"), LogOutcome.NOTHING_FOUND, "", "välj ett annat utfall"),
        (Judged(0, LogFinding.UNCLEAR, "varför"), LogOutcome.FOLLOW_UP, " ", "vad kontrollen kom fram till"),
        (Judged(0, LogFinding.JUSTIFIED, "191212121212"), LogOutcome.NOTHING_FOUND, "", "personnummer"),
    ],
)
def test_a_check_that_says_less_than_was_found_is_not_signed(
    workspace: Workspace, finding: Judged, outcome: LogOutcome, note: str, said: str
) -> None:
    sample = drawn(workspace, 3)
    judged = justified(sample)
    judged[0] = replace(finding, entry=judged[0].entry)
    with pytest.raises(InputError, match=said):
        sign(workspace, sample, judged, outcome, note)
    assert log_checks.checks(workspace) == ()


def test_every_entry_of_the_sample_is_judged_and_no_other(workspace: Workspace) -> None:
    sample = drawn(workspace, 3)
    for judged in (justified(sample)[1:], [*justified(sample), Judged(1, LogFinding.JUSTIFIED)]):
        with pytest.raises(InputError, match="Varje post"):
            sign(workspace, sample, judged)


def test_checks_are_due_so_often_and_late_ones_are_told(workspace: Workspace) -> None:
    assert log_checks.due(workspace).late == 0
    log_checks.set_rule(workspace, 30)
    due = log_checks.due(workspace)
    assert (due.on, due.days) == (workspace.today + timedelta(days=30), 30)
    today = date(2024, 6, 1)
    late = domain.due("2024-01-01T10:00:00+00:00", 90, today, today)
    assert (late.on, late.late) == (date(2024, 3, 31), 62)
    assert "62 dagar sedan" in domain.due_in_words(late)
    with pytest.raises(InputError):
        log_checks.set_rule(workspace, 400)


def test_a_check_on_paper_is_tagged_masked_and_always_the_same(workspace: Workspace, tmp_path: Path) -> None:
    sample = drawn(workspace, 6)
    judged = justified(sample)
    judged[0] = Judged(judged[0].entry, LogFinding.UNCLEAR, "frågas")
    number = sign(workspace, sample, judged, LogOutcome.FOLLOW_UP, "Användaren tillfrågas.")
    written = [log_checks.print_check(workspace, number, tmp_path / name).read_bytes() for name in ("a.pdf", "b.pdf")]
    assert written[0] == written[1]
    text = pdf.read(written[0]).text
    for said in ("Loggkontroll nr 1", "Användaren tillfrågas.", "frågas", "Frö", "Oklar", CIA, BO):
        assert said in text
    assert PERSON not in text
    assert tagged_pdf.read(written[0]).of("Table")


def test_a_check_that_was_altered_is_not_printed(workspace: Workspace, tmp_path: Path) -> None:
    number = sign(workspace, sample := drawn(workspace, 2), justified(sample))
    with workspace.store.transaction():
        workspace.store.write("DROP TRIGGER log_checks_are_not_edited")
        workspace.store.write("UPDATE log_checks SET note = 'annat'")
    with pytest.raises(RefusedError, match="ändrats efter signeringen"):
        log_checks.print_check(workspace, number, tmp_path / "a.pdf")
