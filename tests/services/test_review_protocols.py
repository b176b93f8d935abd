"""Protocols of real rounds: the right numbers, the same bytes whoever asks, and nothing told too early."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kvalitetsapp.domain.missed_event import MissedKey
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.review_protocol import MissedFindings, QuestionsAsked
from kvalitetsapp.domain.review_round import CaseState, Novelty, Part
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import review_protocols, review_rounds, reviews, two_reviewers
from kvalitetsapp.store import audit, meta, missed_decisions
from support import made_rounds, pdf
from support.reviewing import ANNA, BO, CIA, at_work, confirmed, event, rejected

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.review_protocol import ProtocolData
    from kvalitetsapp.services.workspace import Workspace

SECRET = "hemligt ord"
TWO = made_rounds.blinded(made_rounds.OPERATED)


@pytest.fixture
def round_id(workspace: Workspace) -> int:
    with at_work(workspace, CIA):
        return review_rounds.create(workspace, "Våren", TWO).round_id


def answer(
    workspace: Workspace,
    round_id: int,
    who: str,
    given: Answer | None = None,
    *,
    ref: str = "bok/2",
    seconds: int = 30,
) -> None:
    link = event(workspace, ref)
    with at_work(workspace, who):
        reviews.decide(workspace, link, given or confirmed(link), seconds=seconds, round_id=round_id)


def differ(workspace: Workspace, round_id: int) -> None:
    link = event(workspace)
    answer(workspace, round_id, ANNA, confirmed(link, avoidability="3", pointer=SECRET))
    answer(workspace, round_id, BO, confirmed(link, avoidability="2", comment=SECRET))


def settle(workspace: Workspace, round_id: int, **more: object) -> None:
    link = event(workspace)
    with at_work(workspace, BO):
        two_reviewers.settle(workspace, round_id, link, confirmed(link, comment="enligt odlingen", **more), seconds=20)


def everything(workspace: Workspace, round_id: int, folder: Path, *, hide: bool = False) -> str:
    """Return every word of the PDF and every cell of the workbook."""
    mode = SmallNumbers.PLAIN if hide else SmallNumbers.OPEN
    made = review_protocols.protocol_pdf(workspace, round_id, folder / "p.pdf", small_numbers=mode)
    book = review_protocols.protocol_workbook(workspace, round_id, folder / "p.xlsx", small_numbers=mode)
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    return "\n".join([pdf.read(made.read_bytes()).text, *cells])


def states(data: ProtocolData) -> dict[str, CaseState]:
    return {one.event_ref: one.state for one in data.cases}


def test_the_same_data_give_the_same_bytes_and_the_same_fingerprint_in_the_trace(
    workspace: Workspace, round_id: int, tmp_path: Path
) -> None:
    differ(workspace, round_id)
    settle(workspace, round_id)
    fingerprint = review_protocols.protocol(workspace, round_id).manifest.fingerprint
    for make, action in (
        (review_protocols.protocol_pdf, review_protocols.PRINTED),
        (review_protocols.protocol_workbook, review_protocols.TABULATED),
    ):
        first = make(workspace, round_id, tmp_path / "1").read_bytes()
        assert make(workspace, round_id, tmp_path / "2").read_bytes() == first
        entry = audit.entries(workspace.store)[0]
        assert (entry.action, entry.object, entry.detail) == (action, "Våren", fingerprint)
    assert audit.first_broken(workspace.store) is None


@pytest.mark.parametrize("hide", [False, True])
def test_while_a_round_of_two_goes_on_nothing_of_an_unsettled_case_is_told(
    workspace: Workspace, round_id: int, tmp_path: Path, *, hide: bool
) -> None:
    answer(workspace, round_id, ANNA, confirmed(event(workspace), pointer=SECRET, treatment="extraction"))
    told = everything(workspace, round_id, tmp_path, hide=hide)
    assert SECRET not in told
    assert "Protesen togs ut" not in told
    assert states(review_protocols.protocol(workspace, round_id))["bok/2"] is CaseState.OPEN
    answer(workspace, round_id, BO, confirmed(event(workspace), comment=SECRET))
    told = everything(workspace, round_id, tmp_path, hide=hide)
    assert SECRET not in told
    assert "Protesen togs ut" not in told
    assert review_protocols.protocol(workspace, round_id).answers == ()


def test_a_protocol_is_the_same_whoever_asks(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA)
    made = set()
    for who in (ANNA, BO, CIA):
        with at_work(workspace, who):
            made.add(review_protocols.protocol(workspace, round_id))
    assert len(made) == 1


def test_a_settled_case_shows_the_reason_and_what_each_answered(
    workspace: Workspace, round_id: int, tmp_path: Path
) -> None:
    differ(workspace, round_id)
    settle(workspace, round_id, avoidability="3")
    data = review_protocols.protocol(workspace, round_id)
    (told,) = data.settled
    assert (told.event_ref, told.questions, told.reason) == ("bok/2", ("avoidability",), "enligt odlingen")
    assert [(one.reviewer, one.part) for one in data.answers_to_show] == [
        (ANNA, Part.FIRST),
        (BO, Part.FIRST),
        (BO, Part.CONSENSUS),
    ]
    (case,) = [one for one in data.cases if one.event_ref == "bok/2"]
    assert (case.answer.avoidability, case.part, case.reviewers) == ("3", Part.CONSENSUS, (ANNA, BO))
    assert (data.results.avoidable.events, data.results.avoidable.n) == (1, 1)
    words = everything(workspace, round_id, tmp_path)
    assert "enligt odlingen" in words
    assert SECRET in words


def test_a_difference_in_the_decision_is_told_without_what_follows_from_it(
    workspace: Workspace, round_id: int
) -> None:
    answer(workspace, round_id, ANNA, confirmed(event(workspace), treatment="dair"))
    answer(workspace, round_id, BO, rejected())
    settle(workspace, round_id)
    (told,) = review_protocols.protocol(workspace, round_id).settled
    assert told.questions == ("decision", "relation")


def test_a_case_left_waiting_is_told_once_the_round_is_closed(workspace: Workspace, round_id: int) -> None:
    answer(workspace, round_id, ANNA, confirmed(event(workspace), pointer=SECRET))
    review_rounds.close(workspace, round_id, leave_open=True)
    data = review_protocols.protocol(workspace, round_id)
    assert states(data) == {"bok/2": CaseState.WAITING, "bok/3": CaseState.OPEN}
    assert [one.answer.pointer for one in data.answers_to_show] == [SECRET]
    assert (data.head.is_closed, data.head.closed_by, data.progress.done) == (True, ANNA, 0)


def test_the_time_is_that_of_each_reviewer_and_of_a_case_in_the_middle(workspace: Workspace, round_id: int) -> None:
    differ(workspace, round_id)
    settle(workspace, round_id)
    answer(workspace, round_id, ANNA, ref="bok/3", seconds=300)
    data = review_protocols.protocol(workspace, round_id)
    anna, bo = data.reviewers
    assert (anna.name, anna.answers, anna.seconds, anna.median_seconds) == (ANNA, 2, 330, 165)
    assert (bo.name, bo.answers, bo.seconds, bo.median_seconds) == (BO, 2, 50, 50)
    assert data.median_seconds == (80 + 300) / 2


def test_the_days_are_from_the_operation_that_the_answer_names(workspace: Workspace) -> None:
    round_id = review_rounds.create(workspace, "En granskare", made_rounds.OPERATED).round_id
    link = event(workspace)
    moved = replace(confirmed(link, comment="den äldre höften"), index_ref="bok/5/hip/left")
    assert link.index_ref != moved.index_ref
    answer(workspace, round_id, ANNA, moved)
    answer(workspace, round_id, ANNA, rejected(), ref="bok/3")
    data = review_protocols.protocol(workspace, round_id)
    assert {one.event_ref: one.days for one in data.cases} == {"bok/2": 425, "bok/3": 152}
    assert (data.agreement, data.settled, data.head.is_blinded) == ((), (), False)
    assert data.results.rejected == data.results.confirmed == 1


def test_a_repeated_round_takes_over_what_is_known_and_stands_beside_the_earlier(workspace: Workspace) -> None:
    first = review_rounds.create(workspace, "Första", made_rounds.OPERATED).round_id
    answer(workspace, first, ANNA)
    review_rounds.close(workspace, first, leave_open=True)
    second = review_rounds.create(workspace, "Andra", made_rounds.OPERATED, previous=first).round_id
    data = review_protocols.protocol(workspace, second)
    (known,) = [one for one in data.cases if one.novelty is Novelty.KNOWN]
    assert (known.event_ref, known.state, known.reviewers) == ("bok/2", CaseState.DONE, (ANNA,))
    assert known.answer.complication_class == event(workspace).complication_class
    assert data.reviewers == ()
    assert data.earlier is not None
    assert (data.earlier.name, data.earlier.in_both, data.earlier.changes) == ("Första", 1, ())
    assert dict(data.manifest.parameters)["Jämförs med omgång nr"] == str(first)


def test_questions_and_missed_harm_of_the_round_are_counted(workspace: Workspace, round_id: int) -> None:
    key = event(workspace).key
    asked = (
        ("sent", "2000-01-01", None),
        ("sent", None, None),
        ("answered", None, "2021-01-01"),
        ("withdrawn", None, None),
    )
    with workspace.store.transaction():
        for status, deadline, answered_on in asked:
            workspace.store.write(
                "INSERT INTO provider_questions (episode, joint, side, provider_id, wording, channel, asked_by, "
                "asked_on, deadline, status, answered_on, answer, comment) "
                "VALUES (?, ?, ?, 'P01', '?', 'brev', 'Anna', '2020-12-01', ?, ?, ?, '', '')",
                (key.episode, key.joint, key.side, deadline, status, answered_on),
            )
        visit, index = (
            workspace.store.value("SELECT episode FROM episodes WHERE episode_id = ?", (each,)) for each in ("4", "1")
        )
        missed = MissedKey(index, key.joint, key.side, visit)
        missed_decisions.add(workspace.store, missed, MissedDecision.HARM, "infection", "sår", ANNA)
    data = review_protocols.protocol(workspace, round_id)
    assert data.questions == QuestionsAsked(3, 1, 1)
    assert data.missed == MissedFindings(1, 0)
    assert "Sena svar räknade den" in dict(data.manifest.parameters)


def test_outside_the_department_no_case_is_told(workspace: Workspace, round_id: int, tmp_path: Path) -> None:
    differ(workspace, round_id)
    settle(workspace, round_id)
    told = everything(workspace, round_id, tmp_path, hide=True)
    assert "bok/" not in told
    assert SECRET not in told
    assert "enligt odlingen" not in told
    assert "bok/" in everything(workspace, round_id, tmp_path)


def test_a_protocol_of_made_up_data_says_so_on_every_page(workspace: Workspace, round_id: int, tmp_path: Path) -> None:
    with workspace.store.transaction():
        meta.put(workspace.store, meta.SAMPLE, "1")
    out = review_protocols.protocol_pdf(workspace, round_id, tmp_path / "p.pdf")
    assert all("EXEMPELDATA" in page for page in pdf.read(out.read_bytes()).pages)


def test_an_unknown_round_is_refused_and_nothing_is_written(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Det finns ingen omgång"):
        review_protocols.protocol_pdf(workspace, 99, tmp_path / "p.pdf")
    assert not (tmp_path / "p.pdf").exists()


@pytest.mark.parametrize("make", [review_protocols.protocol_pdf, review_protocols.protocol_workbook])
def test_what_cannot_be_written_or_is_cancelled_leaves_neither_file_nor_trace(
    workspace: Workspace,
    round_id: int,
    tmp_path: Path,
    make: Callable[..., Path],
) -> None:
    before = audit.entries(workspace.store)
    with pytest.raises(RefusedError, match="kunde inte skrivas"):
        make(workspace, round_id, tmp_path / "saknas" / "p")
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    with pytest.raises(CancelledError):
        make(workspace, round_id, tmp_path / "p", progress=progress)
    assert not (tmp_path / "p").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert audit.entries(workspace.store) == before
