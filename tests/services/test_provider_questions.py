"""Questions to providers: asked once and on a ground, answered, corrected and closed, and every disclosure logged."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.provider_question import QuestionStatus
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import (
    imports,
    provider_questions,
    report_contents,
    report_making,
    reports,
    reviews,
    undo_import,
)
from kvalitetsapp.store import audit
from kvalitetsapp.store.dialect import DatabaseError
from support import pdf, queues, reviewing
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.services.workspace import Workspace

WORDING = "Vilka odlingar togs vid operationen?"


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


def link_with(workspace: Workspace, status: LinkStatus, kind: str = "private") -> Link:
    """Return a link of a status to an operation at a kind of provider, "" for no operation."""
    names = dict(workspace.store.rows("SELECT name, kind FROM providers"))
    for link in queues.all_links(workspace):
        if link.status == status and names.get(link.index_provider, "") == kind:
            return link
    raise AssertionError("the county has no such link")


def ask(workspace: Workspace, key: EventKey, **told: object) -> int:
    given: dict[str, Any] = {
        "wording": WORDING,
        "channel": "Säker e-post",
        "deadline": workspace.today + timedelta(days=30),
        "ground": "consent",
        **told,
    }
    return provider_questions.ask(workspace, key, **given).question_id


def asked(workspace: Workspace, **told: object) -> ProviderQuestion:
    key = link_with(workspace, LinkStatus.PROPOSED).key
    number = ask(workspace, key, **told)
    return next(one for one in provider_questions.of_event(workspace, key) if one.question_id == number)


def again(workspace: Workspace, question: ProviderQuestion) -> ProviderQuestion:
    (found,) = provider_questions.of_event(workspace, question.key)
    return found


def latest_entry(workspace: Workspace) -> tuple[str, Any]:
    entry = audit.entries(workspace.store)[0]
    return entry.action, json.loads(entry.detail)


def number_of_rows(workspace: Workspace) -> list[int]:
    tables = ("provider_questions", "disclosures", "audit")
    return [int(workspace.store.value(f"SELECT count(*) FROM {table}")) for table in tables]


# asking


@pytest.mark.parametrize("status", [LinkStatus.PROPOSED, LinkStatus.CONFIRMED, LinkStatus.AMBIGUOUS])
def test_the_provider_of_the_index_operation_is_asked(workspace: Workspace, status: LinkStatus) -> None:
    link = link_with(workspace, status)
    ask(workspace, link.key)
    (question,) = provider_questions.of_event(workspace, link.key)
    assert (question.provider, question.event_ref) == (link.index_provider, link.event_ref)
    assert (question.question, question.status) == (WORDING, QuestionStatus.SENT)
    assert (question.asked_by, question.asked_on) == ("granskare2", workspace.today)


def test_asking_logs_the_disclosure_and_leaves_its_trace_in_the_same_transaction(workspace: Workspace) -> None:
    question = asked(workspace)
    (row,) = provider_questions.disclosures(workspace).records()
    assert row["what"] == f"Fråga nr {question.question_id} om {question.event_ref}"
    assert (row["receiver"], row["ground"]) == (question.provider, "Patientens samtycke")
    assert (row["event_ref"], row["who"]) == (question.event_ref, "granskare2")
    assert row["disclosed_on"] == workspace.today.isoformat()
    action, detail = latest_entry(workspace)
    assert (action, detail["question"], detail["provider"]) == (
        "question_asked",
        question.question_id,
        question.provider_id,
    )


def test_what_was_sent_to_whom_and_why_can_be_told_in_own_words(workspace: Workspace) -> None:
    asked(workspace, disclosed="Epikris", receiver="Verksamhetschefen", ground="Beslut av chefsläkaren")
    (row,) = provider_questions.disclosures(workspace).records()
    assert (row["what"], row["receiver"], row["ground"]) == ("Epikris", "Verksamhetschefen", "Beslut av chefsläkaren")


def test_the_offered_grounds_have_words(workspace: Workspace) -> None:
    offered = {one.code: one.title for one in provider_questions.grounds(workspace)}
    assert offered["harm_test"] == "Menprövning, 25 kap. OSL"
    assert len(offered) == 4
    assert all(offered.values())


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"wording": " "}, "Frågan saknas"),
        ({"wording": "x" * 1001}, "Frågan är för lång: högst 1000 tecken"),
        ({"wording": "Gäller 19680909-1234?"}, "Frågan innehåller ett personnummer"),
        ({"channel": ""}, "Hur frågan skickades saknas"),
        ({"ground": ""}, "Grunden för utlämnandet saknas"),
        ({"ground": "Samtycke av 196809091234"}, "innehåller ett personnummer"),
        ({"disclosed": "Journal för 680909-1234"}, "Vad som lämnades ut innehåller ett personnummer"),
        ({"receiver": "x" * 201}, "Mottagaren är för lång: högst 200 tecken"),
    ],
)
def test_a_question_that_may_not_be_kept_is_refused_and_nothing_is_written(
    workspace: Workspace, told: dict[str, str], fault: str
) -> None:
    before = number_of_rows(workspace)
    with pytest.raises(InputError, match=fault):
        asked(workspace, **told)
    assert number_of_rows(workspace) == before


def test_a_deadline_may_be_today_or_none_and_never_before(workspace: Workspace) -> None:
    assert asked(workspace, deadline=workspace.today).deadline == workspace.today
    assert asked(workspace, deadline=None).deadline is None
    with pytest.raises(InputError, match="Svarsdagen har redan varit"):
        asked(workspace, deadline=workspace.today - timedelta(days=1))


@pytest.mark.parametrize(
    ("status", "kind", "why"),
    [
        (LinkStatus.UNLINKED, "", "inte kopplad till någon operation"),
        (LinkStatus.REJECTED, "private", "inte kopplad till någon operation"),
        (LinkStatus.PROPOSED, "own", "gjordes i egen regi"),
    ],
)
def test_an_event_with_nobody_to_ask_is_refused(workspace: Workspace, status: LinkStatus, kind: str, why: str) -> None:
    if status is LinkStatus.REJECTED:
        link = link_with(workspace, LinkStatus.PROPOSED)
        reviews.decide(workspace, link, Answer(Verdict.REJECTED, comment="hör inte dit"))
    else:
        link = link_with(workspace, status, kind)
    before = number_of_rows(workspace)
    with pytest.raises(RefusedError, match=why):
        ask(workspace, link.key)
    assert number_of_rows(workspace) == before


def test_an_event_that_is_gone_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="finns inte längre"):
        ask(workspace, EventKey(1, "hip", "nowhere"))


def test_an_event_is_found_by_its_reference_and_joint_and_side_where_it_has_several(
    workspace: Workspace,
) -> None:
    by_ref: dict[str, list[Link]] = {}
    for link in queues.all_links(workspace):
        by_ref.setdefault(link.event_ref, []).append(link)
    alone = next(found[0] for found in by_ref.values() if len(found) == 1)
    several = next(found for found in by_ref.values() if len(found) > 1)
    assert provider_questions.event_key(workspace, alone.event_ref) == alone.key
    with pytest.raises(InputError, match="flera händelser"):
        provider_questions.event_key(workspace, several[0].event_ref)
    for link in several:
        told = (link.event_ref, link.key.joint, link.key.side)
        assert provider_questions.event_key(workspace, *told) == link.key
    with pytest.raises(InputError, match="ingen händelse"):
        provider_questions.event_key(workspace, "cosmic/finns-inte")


# answers


def test_an_answer_is_kept_and_an_answer_to_an_answered_question_corrects_it(workspace: Workspace) -> None:
    question = asked(workspace)
    provider_questions.record_answer(workspace, question.question_id, workspace.today, " Fem odlingar ", "Följs upp.")
    first = again(workspace, question)
    assert (first.status, first.answer, first.comment) == (QuestionStatus.ANSWERED, "Fem odlingar", "Följs upp.")
    assert latest_entry(workspace)[0] == "question_answered"
    done = provider_questions.record_answer(workspace, question.question_id, workspace.today, "Sex odlingar")
    assert "rättat" in done.said
    assert (again(workspace, question).answer, again(workspace, question).comment) == ("Sex odlingar", "")
    action, detail = latest_entry(workspace)
    assert action == "answer_corrected"
    assert (detail["before"]["answer"], detail["before"]["comment"]) == ("Fem odlingar", "Följs upp.")


@pytest.mark.parametrize("days", [-1, 1])
def test_an_answer_comes_after_its_question_and_not_tomorrow(workspace: Workspace, days: int) -> None:
    question = asked(workspace)
    with pytest.raises(InputError, match="Svarets dag"):
        provider_questions.record_answer(workspace, question.question_id, workspace.today + timedelta(days=days), "Ja")
    assert again(workspace, question) == question


@pytest.mark.parametrize(
    ("answer", "comment", "fault"),
    [
        ("", "", "Svaret saknas"),
        ("Ja", "x" * 1001, "Kommentaren är för lång"),
        ("Ja", "Patienten 196809091234", "Kommentaren innehåller ett personnummer"),
    ],
)
def test_an_answer_that_may_not_be_kept_is_refused(
    workspace: Workspace, answer: str, comment: str, fault: str
) -> None:
    question = asked(workspace)
    with pytest.raises(InputError, match=fault):
        provider_questions.record_answer(workspace, question.question_id, workspace.today, answer, comment)
    assert again(workspace, question) == question


def test_a_question_goes_from_sent_through_answered_to_closed_and_no_other_way(workspace: Workspace) -> None:
    question = asked(workspace)
    number, today = question.question_id, workspace.today
    provider_questions.record_answer(workspace, number, today, "Ja")
    with pytest.raises(RefusedError, match="har status besvarad"):
        provider_questions.withdraw(workspace, number)
    with pytest.raises(RefusedError, match="har status besvarad"):
        provider_questions.change_deadline(workspace, number, today)
    provider_questions.close(workspace, number)
    assert latest_entry(workspace) == ("question_closed", {"question": number, "before": {"status": "answered"}})
    before = number_of_rows(workspace)
    for again_ in (provider_questions.close, provider_questions.withdraw):
        with pytest.raises(RefusedError, match="har status avslutad"):
            again_(workspace, number)
    with pytest.raises(RefusedError, match="har status avslutad"):
        provider_questions.record_answer(workspace, number, today, "Nej")
    assert again(workspace, question).status is QuestionStatus.CLOSED
    assert number_of_rows(workspace) == before


def test_a_question_taken_back_stays_in_the_log_of_disclosures(workspace: Workspace) -> None:
    question = asked(workspace)
    provider_questions.withdraw(workspace, question.question_id)
    assert again(workspace, question).status is QuestionStatus.WITHDRAWN
    assert len(provider_questions.disclosures(workspace).rows) == 1


def test_a_new_deadline_tells_the_old_one_in_the_trace(workspace: Workspace) -> None:
    question = asked(workspace)
    later = workspace.today + timedelta(days=60)
    provider_questions.change_deadline(workspace, question.question_id, later)
    assert again(workspace, question).deadline == later
    assert question.deadline is not None
    assert latest_entry(workspace)[1]["before"] == {"deadline": question.deadline.isoformat()}
    provider_questions.change_deadline(workspace, question.question_id, None)
    assert again(workspace, question).deadline is None


def test_a_question_that_is_not_there_is_said(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="ingen fråga med nummer 4711"):
        provider_questions.close(workspace, 4711)


def test_every_step_holds_the_chain_of_the_trace(workspace: Workspace) -> None:
    question = asked(workspace)
    provider_questions.record_answer(workspace, question.question_id, workspace.today, "Ja")
    provider_questions.close(workspace, question.question_id)
    assert audit.first_broken(workspace.store) is None


# lists


def put_off(workspace: Workspace, number: int, days: int) -> None:
    """Let a question have been asked with a deadline so many days ago."""
    with workspace.store.transaction():
        day = (workspace.today - timedelta(days=days)).isoformat()
        workspace.store.write("UPDATE provider_questions SET deadline = ? WHERE question = ?", (day, number))


def test_late_questions_are_marked_and_stand_first_then_those_that_wait(workspace: Workspace) -> None:
    numbers = [asked(workspace).question_id for _each in range(4)]
    provider_questions.record_answer(workspace, numbers[0], workspace.today, "Ja")
    put_off(workspace, numbers[0], 5)
    put_off(workspace, numbers[2], 1)
    put_off(workspace, numbers[3], 0)
    told = [(row["question"], row["late"]) for row in provider_questions.all_questions(workspace).records()]
    assert told == [(numbers[2], 1), (numbers[1], 0), (numbers[3], 0), (numbers[0], 0)]


def test_a_disclosure_can_be_logged_by_itself(workspace: Workspace) -> None:
    link = link_with(workspace, LinkStatus.CONFIRMED)
    yesterday = workspace.today - timedelta(days=1)
    provider_questions.log_disclosure(
        workspace, "Specifikation", "Fjällkliniken", yesterday, "follow_up", event=link.key
    )
    assert latest_entry(workspace)[0] == "disclosure_logged"
    provider_questions.log_disclosure(workspace, "Protokoll", "Chefsläkaren", workspace.today, "Eget skäl")
    second, first = provider_questions.disclosures(workspace).records()
    assert (first["what"], first["event_ref"], first["ground"]) == (
        "Specifikation",
        link.event_ref,
        "Uppföljning enligt avtal",
    )
    assert (second["what"], second["event_ref"], second["ground"]) == ("Protokoll", "", "Eget skäl")
    with pytest.raises(InputError, match="har inte varit än"):
        provider_questions.log_disclosure(
            workspace, "Protokoll", "Chefsläkaren", workspace.today + timedelta(days=1), "consent"
        )


@pytest.mark.parametrize("sql", ["UPDATE disclosures SET what = 'annat'", "DELETE FROM disclosures"])
def test_the_log_of_disclosures_cannot_be_changed(workspace: Workspace, sql: str) -> None:
    asked(workspace)
    with pytest.raises(DatabaseError, match="append-only"), workspace.store.transaction():
        workspace.store.write(sql)
    assert len(provider_questions.disclosures(workspace).rows) == 1


def test_a_store_that_is_only_read_is_not_written_to(county_copy: Path) -> None:
    with opened(county_copy, write=False) as read_only, pytest.raises(RefusedError, match="läsning"):
        asked(read_only)


def test_an_import_whose_event_has_been_asked_about_is_not_undone(workspace: Workspace) -> None:
    question = asked(workspace)
    first = workspace.store.value("SELECT batch FROM episodes WHERE episode = ?", (question.key.episode,))
    later = [one.batch for one in imports.list_imports(workspace) if one.batch >= first]
    plan = undo_import.rests_on(workspace, later)
    assert {"provider_questions", "disclosures"} <= {one.table for one in plan.obstacles}


# the provider's report


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    """Return a store with a confirmed event whose report takes little time."""
    with reviewing.make(tmp_path) as each:
        reviewing.decide(each, reviewing.BO)
        yield each


def test_the_comment_is_printed_in_the_report_with_the_counts(small: Workspace, tmp_path: Path) -> None:
    link = link_with(small, LinkStatus.CONFIRMED)
    waiting, answered, withdrawn = (ask(small, link.key) for _each in range(3))
    provider_questions.record_answer(small, answered, small.today, "Hemligt svar", "Vi har ändrat rutinen.")
    provider_questions.withdraw(small, withdrawn)
    put_off(small, waiting, 3)
    (provider_id, *_rest) = {one.provider_id for one in provider_questions.of_event(small, link.key)}
    text = pdf.read(reports.provider_report(small, provider_id, tmp_path / "x.pdf").read_bytes()).text
    assert "Vi har ändrat rutinen." in text
    assert f"händelse {link.event_date.year}." in text
    assert "Ställda frågor 2" in text
    assert "Obesvarade, svarsdagen har passerat 1" in text
    assert "Hemligt svar" not in text
    assert link.event_ref not in text


def test_the_report_depends_on_the_day_only_while_a_question_waits(small: Workspace) -> None:
    link = link_with(small, LinkStatus.CONFIRMED)
    number = ask(small, link.key)
    (question,) = provider_questions.of_event(small, link.key)

    source = report_contents.source_of(small, report_making.data_cut(small), question.provider_id)

    def as_of() -> str:
        return report_contents.provider_report(small, source, small_numbers=SmallNumbers.OPEN).answers.as_of

    assert as_of() == small.today.isoformat()
    provider_questions.close(small, number)
    assert as_of() == ""
