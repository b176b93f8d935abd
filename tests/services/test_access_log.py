"""The log read back: by patient, user, kind, period and words, a page at a time, and what stands in it of patients."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import access_log as domain
from kvalitetsapp.domain.access_log import LogEntry, LogQuery
from kvalitetsapp.domain.audit_words import ActionKind
from kvalitetsapp.domain.copied import copied_of, tells_of_persons
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access_log
from kvalitetsapp.store import access_log as store
from kvalitetsapp.store import audit
from support import logged_store
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


def actions(workspace: Workspace, query: LogQuery) -> list[tuple[str, str]]:
    return [(one.who, one.action) for one in access_log.page(workspace, query).entries]


@pytest.mark.parametrize(
    "number", ["196812099874", "19681209-9874", "681209-9874", " 196812099874 ", EARLIER, EARLIER.lower()]
)
def test_a_patient_is_found_in_any_notation_and_by_every_number(workspace: Workspace, number: str) -> None:
    found = access_log.page(workspace, LogQuery(patient=number))
    told = {one.action for one in found.entries}
    assert {"case_read", "verdict_given", "episode_read", "identities_disclosed", "rows_copied"} <= told
    assert all({PERSON, EARLIER} & set(one.patients) for one in found.entries)
    assert found.total == len(found.entries)


def test_a_search_for_a_patient_is_itself_in_the_log_once(workspace: Workspace) -> None:
    for _time in range(2):
        found = access_log.page(workspace, LogQuery(patient=ANOTHER))
    searched = [one for one in found.entries if one.action == access_log.SEARCHED]
    assert [(one.who, one.patients) for one in searched] == [(CIA, (ANOTHER,))]


def test_what_is_no_number_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError):
        access_log.page(workspace, LogQuery(patient="1,97E+11"))


def test_entries_are_narrowed_by_user_kind_action_and_words(workspace: Workspace) -> None:
    assert {who for who, _action in actions(workspace, LogQuery(user=BO))} == {BO}
    assert set(actions(workspace, LogQuery(kind=ActionKind.DECIDE))) == {(ANNA, "verdict_given")}
    assert set(actions(workspace, LogQuery(action="case_read"))) == {(ANNA, "case_read")}
    assert actions(workspace, LogQuery(kind=ActionKind.COPY, text="LINKS")) == [(BO, "rows_copied")]
    assert actions(workspace, LogQuery(user=BO, kind=ActionKind.DECIDE)) == []


def test_a_period_is_of_whole_days_by_the_clock_on_the_wall(workspace: Workspace) -> None:
    today = workspace.today
    everything = access_log.page(workspace, LogQuery()).total
    assert access_log.page(workspace, LogQuery(first=today, last=today)).total == everything
    assert access_log.page(workspace, LogQuery(last=today - timedelta(days=1))).total == 0
    assert access_log.page(workspace, LogQuery(first=today + timedelta(days=1))).total == 0


def test_pages_go_from_the_newest_to_the_oldest_entry_without_a_gap(workspace: Workspace) -> None:
    numbers, before = [], None
    while True:
        found = access_log.page(workspace, LogQuery(), before=before, limit=4)
        numbers += [one.entry for one in found.entries]
        before = found.before
        if before is None:
            break
    assert numbers == list(range(found.total, 0, -1))


def test_the_list_tells_in_words_and_hides_numbers(workspace: Workspace) -> None:
    table = access_log.listed(workspace, LogQuery(patient=PERSON), limit=100)
    rows = table.records()
    copied = next(one for one in rows if one["action"] == "rows_copied")
    assert (copied["who"], copied["kind"], copied["patient"]) == (BO, "copy", "19681209-•••• och 1 till")
    assert copied["patients"] == 2
    text = str(table.rows)
    assert PERSON not in text
    assert ANOTHER not in text
    roles = next(str(one["role"]) for one in rows)
    assert roles == "granskare, ekonom, loggkontrollant, administratör"


@pytest.mark.parametrize(
    ("action", "target", "told"),
    [
        ("refused", "issue_bases", "ställa ut underlag och kreditera"),
        ("rows_copied", "review", "Granskningskön"),
        ("payment_placed", "payment/4", "Betalning nr 4"),
        ("log_checked", "3", "Loggkontroll nr 3"),
        ("log_sampled", "off_hours", "Kvällar, nätter och helger"),
        ("retention_decided", "drafts", "Påbörjade svar"),
        ("case_annex_made", "P01", "Fjällkliniken"),
        ("of_a_later_version", "x", "x"),
    ],
)
def test_what_an_entry_was_about_is_told_in_words(action: str, target: str, told: str) -> None:
    entry = LogEntry(1, "2024-03-31T08:30:15+00:00", ANNA, "", "", action, target, "", ())
    assert domain.about(entry, {"P01": "Fjällkliniken"}) == told


def test_who_may_not_see_numbers_gets_none(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from kvalitetsapp.services import access

    monkeypatch.setattr(access, "may", lambda _workspace, right: right != "see_identities")
    found = access_log.page(workspace, LogQuery())
    assert all("••••" in one for entry in found.entries for one in entry.patients)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FINANCE, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_a_log_controller_reads_the_log(workspace: Workspace, role: Role) -> None:
    workspace.roles = frozenset({role})
    with pytest.raises(RefusedError, match="loggkontrollant"):
        access_log.page(workspace, LogQuery())


def test_a_cancelled_search_stops_between_slices(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SLICE", 3)
    seen: list[int] = []

    def follow(done: int, _total: int | None, _what: str) -> None:
        seen.append(done)
        if len(seen) == 3:
            progress.cancel()

    progress = Progress(follow)
    with pytest.raises(CancelledError):
        store.count(workspace.store, store.LogFilter(text="finns inte"), progress)
    assert seen == [0, 3, 6]


def test_slices_together_find_what_one_search_finds(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = store.LogFilter(numbers=(PERSON, EARLIER))
    whole = store.page(workspace.store, wanted, Progress(), limit=1000)
    monkeypatch.setattr(store, "SLICE", 2)
    assert store.page(workspace.store, wanted, Progress(), limit=1000) == whole
    assert store.count(workspace.store, wanted, Progress()) == len(whole)


def test_a_page_of_a_long_log_is_read_by_the_entries_and_counted_by_the_index(workspace: Workspace) -> None:
    def plan(sql: str, *parameters: object) -> str:
        return " ".join(str(row[-1]) for row in workspace.store.rows(f"EXPLAIN QUERY PLAN {sql}", parameters))

    page = (
        "SELECT entry FROM audit WHERE entry > ? AND entry <= ? AND 1 AND happened_at >= ? ORDER BY entry DESC LIMIT ?"
    )
    assert "USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in plan(page, 1, 9, "2024", 5)
    count = "SELECT count(*) FROM audit WHERE 1 AND happened_at >= ? AND happened_at < ?"
    assert "COVERING INDEX audit_happened_at" in plan(count, "2024", "2025")
    assert "COVERING INDEX audit_happened_at" in plan("SELECT min(+entry) FROM audit WHERE happened_at >= ?", "2024")


def test_a_number_that_is_part_of_another_finds_only_its_own(workspace: Workspace) -> None:
    for number in ("AB1234", "AB12345"):
        audit.note(workspace.store, BO, "episode_read", patients=[number])
    found = store.page(workspace.store, store.LogFilter(numbers=("AB1234",)), Progress(), limit=10)
    assert [one.patients for one in found] == [("AB1234",)]


def test_a_copy_of_rows_about_nobody_leaves_no_trace(workspace: Workspace) -> None:
    before = access_log.page(workspace, LogQuery()).total
    access_log.copied(workspace, copied_of("releases", ["file_name"], [["rapport.pdf"]]))
    access_log.copied(workspace, copied_of("review", ["personal_id"], [["19681209-••••"]]))
    assert access_log.page(workspace, LogQuery()).total == before
    assert not tells_of_persons(["file_name"])


@pytest.mark.parametrize("ref", ["bok/2", "bok/1/hip/right", PERSON, "person/{key}"])
def test_a_copied_reference_of_any_kind_is_traced_to_its_person(workspace: Workspace, ref: str) -> None:
    key = workspace.store.value("SELECT identity FROM identities WHERE personal_id = ?", (PERSON,))
    access_log.copied(workspace, copied_of("t", ["days", "ref"], [[3, ref.format(key=key)], [4, ""]]))
    assert access_log.page(workspace, LogQuery(), limit=1).entries[0].patients == (PERSON,)


def test_moments_are_stored_in_utc_and_told_by_the_clock_on_the_wall() -> None:
    day = date(2024, 3, 31)
    since, until = (datetime.fromisoformat(one) for one in (domain.stored_from(day), domain.stored_until(day)))
    assert since.tzinfo == UTC
    assert (since.astimezone().date(), until.astimezone().date()) == (day, day + timedelta(days=1))
    entry = LogEntry(1, since.isoformat(), ANNA, "", "", "case_read", "", "", ())
    assert entry.moment == "2024-03-31 00:00:00"
    assert replace(entry, action="x").kind == ""
