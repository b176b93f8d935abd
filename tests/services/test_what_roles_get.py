"""What one may not see is not in what the services hand over: asked of every service that a role may call."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.domain import identity, indicator_form
from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.case_annex import PersonalNumbers
from kvalitetsapp.domain.episode import EpisodeQuery
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.provider_note import NoteOnProvider
from kvalitetsapp.domain.released import ProviderNote, ReportKind
from kvalitetsapp.domain.review_queue import QueueFilter
from kvalitetsapp.domain.rights import Right, Role
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import (
    access,
    before_after,
    case_annex,
    chart_files,
    data_quality,
    episodes,
    final_reports,
    identity_pairs,
    imports,
    indicators,
    listings,
    provider_notes,
    provider_questions,
    report_batch,
    reports,
    review_queue,
    reviews,
    undo_steps,
)
from kvalitetsapp.services.case_annex import AnnexOrder
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit, persons
from support import county_store, issued_store, leaving, pdf, queues, reviewing, role_calls, roles_at_work, store_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

TOLD: Final = "zebran i fack sju"
"""What reviewers and providers write in own words; it stands nowhere else."""
TURNED_AWAY: Final = frozenset({"196812099875"})
FINANCES: Final = frozenset({Right.READ_PERSONS, Right.READ_CLAIMS, Right.IMPORT, Right.UNDO_IMPORT})
"""What finance may read that an analyst may not."""
ASKED_ELSEWHERE: Final = {
    "backup_drill.drill": "tells of days and sums only, and takes a while",
    "backups.before": "gives back the copy that it made",
    "backups.order": "gives back where a copy is to go",
    "chart_files.save_picture": "writes the picture that it is given",
    "chart_files.save_table": "writes the table that it is given",
    "desk.note_locked": "gives nothing back",
    "desk.note_unlocked": "gives nothing back",
    "editable_tables.look_at_file": "gives back the rows that it is given",
    "editable_tables.remove": "gives no row back",
    "editable_tables.reset": "gives back a row that comes along",
    "editable_tables.save": "gives back the row that it is given",
    "editable_tables.set_cells": "gives back the row that it is given",
    "editable_tables.take_file": "gives back the rows that it is given",
    "families.follow": "gives back the families that are followed",
    "final_reports.hand_out": "a report is asked of a small store below",
    "final_reports.is_same_today": "a report is asked of a small store below",
    "indicators.add_own": "gives back the recipe that it is given",
    "indicators.change_own": "gives back the recipe that it is given",
    "indicators.import_file": "gives back the recipes that it is given",
    "indicators.withdraw_own": "gives back the recipe that it is given",
    "provider_notes.done": "gives back a number",
    "provider_notes.withdraw": "gives back a number",
    "provider_notes.write": "gives back a number",
    "report_batch.all_providers": "a report is asked of a small store below",
    "reports.write": "a report is asked of a small store below",
    "undo_steps.redo": "does the user's own step again",
    "undo_steps.undo": "takes back the user's own step",
}
"""What an analyst may call that is not asked in `role_calls`, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A closed store that five may open, and every personal number in it."""

    path: Path
    numbers: frozenset[str]


@pytest.fixture(scope="module")
def county(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return asked(store_files.copy(county_store, tmp_path_factory.mktemp("county")))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return a store with claims and documents, words in every place for them, and numbers that are turned away."""
    folder = tmp_path_factory.mktemp("small")
    path = issued_store.make(folder).path
    with county_store.opened(path, user="Rut") as workspace:
        take_in_more(workspace, folder)
        write_words(workspace)
    return asked(path)


def asked(path: Path) -> Asked:
    with county_store.opened(path) as workspace:
        numbers = frozenset(persons.columns(workspace.store)["personal_id"])
    roles_at_work.add_users(path)
    return Asked(path, numbers | TURNED_AWAY)


def take_in_more(workspace: Workspace, folder: Path) -> None:
    """Take in persons, one with a reservnummer and one whose number has the wrong check digit, and a decision."""
    rows = "personal_id;sex;birth_date\n196812099874;male;\nRESERV01;female;1950-01-01\n196812099875;male;\n"
    path = folder / "personer.csv"
    path.write_text(rows, encoding="utf-8")
    imports.import_file(workspace, KindOfFile.PERSONS, path)
    for comment in ("ingen", TOLD):
        text = f"event_ref;joint;verdict;reviewer;reviewed_on;comment\nbok/3;hip;rejected;Bo;2020-07-01;{comment}\n"
        reviewing.take(workspace, folder, KindOfFile.VERDICTS.value, text)


def write_words(workspace: Workspace) -> None:
    """Let reviewers and a provider say something in every place where they can."""
    key = reviewing.event(workspace).key
    disclosed = {"ground": "consent", "disclosed": TOLD}
    provider_questions.ask(workspace, key, wording=TOLD, channel="brev", deadline=None, **disclosed)
    number = provider_questions.questions(workspace)[0].question_id
    provider_questions.record_answer(workspace, number, workspace.today, TOLD, "")
    reviews.keep_draft(workspace, key, Answer(Verdict.CONFIRMED, comment=TOLD, pointer=TOLD))
    store = workspace.store
    with store.transaction():
        store.write("UPDATE verdicts SET comment = ?", (TOLD,))
        store.write("UPDATE review_answers SET comment = ?, pointer = ?", (TOLD, TOLD))
        store.write(
            "INSERT INTO missed_decisions (index_episode, index_joint, index_side, episode, decision, "
            "complication_class, comment, who, decided_at) SELECT episode, joint, side, 1, 'no_harm', '', ?, 'Rut', "
            "'2021-01-01T12:00:00+01:00' FROM index_operations LIMIT 1",
            (TOLD,),
        )


def everything(workspace: Workspace, folder: Path, rights: frozenset[Right]) -> dict[str, str]:
    """Return all the text that comes of every call that takes one of some rights, by the name of the service."""
    found = {}
    for service in role_calls.services():
        name, call = role_calls.name_of(service), role_calls.call_of(service)
        if role_calls.right_of(service) in rights and call is not None and name not in ASKED_ELSEWHERE:
            found[name] = "\n".join(role_calls.texts(call(workspace, folder)))
    return found


@pytest.fixture(scope="module")
def analysts(small: Asked, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return everything that an analyst gets of the small store."""
    with roles_at_work.opened(small.path, Role.ANALYST) as workspace:
        return everything(workspace, tmp_path_factory.mktemp("analyst"), access.rights_of(workspace))


@pytest.fixture(scope="module")
def analysts_rows(county: Asked, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return every row that an analyst gets of the county."""
    with roles_at_work.opened(county.path, Role.ANALYST) as workspace:
        return everything(workspace, tmp_path_factory.mktemp("rows"), frozenset({Right.READ_ROWS}))


def numbers_in(told: Iterable[str], numbers: Iterable[str]) -> set[str]:
    """Return the numbers that stand in some texts, in any of the ways to write them and also inside words."""
    every = {form: number for number in numbers for form in forms_of(number)}
    lengths = sorted({len(form) for form in every})
    words = {word for text in told for word in text.split()}
    return {
        every[word[first : first + length]]
        for word in words
        for length in lengths
        for first in range(len(word) - length + 1)
        if word[first : first + length] in every
    }


def forms_of(number: str) -> Iterator[str]:
    """Give the ways to write a number."""
    yield number
    yield identity.masked(number)
    if len(number) == 12 and number.isdecimal():
        yield from (f"{number[:8]}-{number[8:]}", f"{number[2:8]}-{number[8:]}", number[2:])


def test_every_service_that_an_analyst_may_call_gives_something(analysts: dict[str, str]) -> None:
    allowed = {
        role_calls.name_of(one)
        for one in role_calls.services()
        if access.matrix().allows([Role.ANALYST], role_calls.right_of(one))
    }
    assert allowed - set(analysts) - set(ASKED_ELSEWHERE) == set()
    assert set(ASKED_ELSEWHERE) - allowed == set()


def test_an_analyst_gets_no_personal_number_in_any_form(
    small: Asked, county: Asked, analysts: dict[str, str], analysts_rows: dict[str, str]
) -> None:
    assert len(county.numbers) > 1_000
    assert numbers_in(analysts.values(), small.numbers) == set()
    assert numbers_in(analysts_rows.values(), county.numbers) == set()
    assert re.findall(r"[0-9]{8}-•", "\n".join((*analysts.values(), *analysts_rows.values()))) == []


def test_an_analyst_gets_a_pseudonym_of_each_person_instead(county: Asked, analysts_rows: dict[str, str]) -> None:
    shown = set(re.findall(r"P-[0-9]{4}-[0-9]{4}", analysts_rows["episodes.rows"]))
    assert 500 < len(shown) <= len(county.numbers)
    assert set(re.findall(r"P-[0-9]{4}-[0-9]{4}", analysts_rows["review_queue.entries"])) <= shown


def test_a_reviewer_gets_the_numbers_by_the_same_calls(small: Asked, tmp_path: Path) -> None:
    with roles_at_work.opened(small.path, Role.REVIEWER) as workspace:
        got = everything(workspace, tmp_path, frozenset({Right.READ_ROWS}))
    assert numbers_in([got["episodes.rows"]], small.numbers) == small.numbers - {"RESERV01"} - TURNED_AWAY


def test_an_analysts_figures_are_those_of_the_reviewer(county: Asked) -> None:
    """Ages and sexes that only a number tells are counted all the same."""
    told = []
    for role in (Role.ANALYST, Role.REVIEWER):
        with roles_at_work.opened(county.path, role) as workspace:
            by = indicators.summary(workspace, role_calls.INDICATOR, by=["sex", "age_group"])
            told.append((by, data_quality.overview(workspace)))
    assert told[0] == told[1]


def test_words_of_reviewers_and_providers_reach_neither_analyst_nor_finance(
    small: Asked, analysts: dict[str, str], tmp_path: Path
) -> None:
    with roles_at_work.opened(small.path, Role.FINANCE) as workspace:
        finances = everything(workspace, tmp_path, FINANCES)
    assert {"review_case.case", "imports.import_details", "claim_views.to_claim"} <= set(finances)
    for got in (analysts, finances):
        assert [name for name, text in got.items() if TOLD in text] == []


def test_the_words_reach_the_reviewer_by_the_same_calls(small: Asked, tmp_path: Path) -> None:
    with roles_at_work.opened(small.path, Role.REVIEWER) as workspace:
        got = everything(workspace, tmp_path, frozenset({*FINANCES, Right.READ_NARRATIVE}))
    silent = ("review_case.case", "imports.import_details", "provider_questions.questions", "missed_events.judged")
    assert [name for name in silent if TOLD not in got[name]] == []


def test_pseudonyms_are_the_same_the_next_time_and_can_be_searched_for(county: Asked) -> None:
    shown = []
    for _time in range(2):
        with roles_at_work.opened(county.path, Role.ANALYST) as workspace:
            row = episodes.rows(workspace, episodes.find(workspace, EpisodeQuery())[:1])[0]
            shown.append(str(row[1]))
            found = episodes.rows(workspace, episodes.find(workspace, EpisodeQuery(text=shown[0].lower())))
            assert {one[1] for one in found} == {shown[0]}
    assert shown[0] == shown[1]
    assert identity.masked(shown[0]) == identity.hidden(shown[0]) == shown[0]


def test_pseudonyms_do_not_follow_the_order_of_the_numbers(county: Asked) -> None:
    with roles_at_work.opened(county.path, Role.ANALYST) as workspace:
        rows = workspace.store.rows(
            "SELECT i.personal_id FROM identities i JOIN main.identities m USING (identity) ORDER BY m.personal_id"
        )
    shown = [pseudonym for (pseudonym,) in rows]
    rising = sum(one < other for one, other in pairwise(shown)) / len(shown)
    assert len(set(shown)) == len(shown)
    assert 0.4 < rising < 0.6


@pytest.mark.parametrize("long", [True, False])
def test_a_search_for_a_personal_number_finds_nothing(county: Asked, long: bool) -> None:
    with roles_at_work.opened(county.path, Role.ANALYST) as workspace:
        for number in sorted(county.numbers)[:200:20]:
            asked = number if long else number[2:]
            assert list(episodes.find(workspace, EpisodeQuery(text=asked))) == []
            assert list(review_queue.find(workspace, QueueFilter(text=asked))) == []


def test_whatever_would_name_a_person_is_refused_an_analyst(county: Asked, tmp_path: Path) -> None:
    cohort = before_after.Cohort(file=tmp_path / "numren.csv")
    with roles_at_work.opened(county.path, Role.ANALYST) as workspace:
        key = queues.all_links(workspace)[0].key
        for attempt in (
            lambda: listings.links(workspace, identified=True),
            lambda: listings.index_operations(workspace, identified=True),
            lambda: data_quality.rows(workspace, "check_digit", identified=True),
            lambda: identity_pairs.pairs_table(workspace, identified=True),
            lambda: case_annex.write(
                workspace, AnnexOrder("P01", "P01", "consent", PersonalNumbers.MASKED), tmp_path / "b.pdf", "x"
            ),
            lambda: before_after.before_after(workspace, cohort, days=90),
            lambda: episodes.view(workspace, key.episode),
            lambda: reviews.case(workspace, key),
            lambda: reports.write(workspace, Order(ReportKind.CLAIMS), tmp_path / "krav.pdf"),
        ):
            with pytest.raises(RefusedError, match="Du har inte rätt att"):
                attempt()
    assert list(tmp_path.iterdir()) == []


def test_the_annex_with_reviews_is_the_departments_and_not_finances(county: Asked, tmp_path: Path) -> None:
    order = AnnexOrder("P01", "P01", "consent", PersonalNumbers.NONE)
    with (
        roles_at_work.opened(county.path, Role.FINANCE) as workspace,
        pytest.raises(RefusedError, match="granskningens svar"),
    ):
        case_annex.write(workspace, order, tmp_path / "bilaga.pdf", "vinter regn häst 7")


@pytest.fixture(scope="module")
def leaving_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = leaving.make(tmp_path_factory.mktemp("leaving"))
    roles_at_work.add_users(path)
    return path


def test_an_analyst_works_with_reports_notes_and_recipes(leaving_store: Path, tmp_path: Path) -> None:
    order = Order(ReportKind.TOTAL)
    with roles_at_work.opened(leaving_store, Role.REVIEWER) as workspace:
        number = final_reports.sign(workspace, order, tmp_path / "r.pdf", by="Rut", role="chef").final.number
        of_reviewer = (tmp_path / "r.pdf").read_bytes()
        numbers = persons.columns(workspace.store)["personal_id"]
    with roles_at_work.opened(leaving_store, Role.ANALYST) as workspace:
        assert final_reports.is_same_today(workspace, number)
        assert final_reports.hand_out(workspace, number, tmp_path / "a.pdf").read_bytes() == of_reviewer
        report_batch.all_providers(workspace, tmp_path)
        written = [pdf.read(file.read_bytes()).text for file in tmp_path.glob("*.pdf")]
        assert len(written) > 2
        assert [one for one in numbers for text in written for form in forms_of(one) if form in text] == []
        note = NoteOnProvider(0, "P01", ProviderNote.ACTION, "Följ upp", "Alva", None, None, 0, workspace.today, "")
        provider_notes.write(workspace, note)
        kept = provider_notes.of_provider(workspace, "P01")[0].note
        provider_notes.done(workspace, kept, workspace.today)
        provider_notes.withdraw(workspace, kept)
        keep_a_recipe(workspace, tmp_path)
        chart_files.save_table(workspace, Table(()), tmp_path / "t.csv", title="Tabell")
        chart_files.save_picture(workspace, b"", tmp_path / "t.png", title="Bild")


def keep_a_recipe(workspace: Workspace, folder: Path) -> None:
    """Make an own indicator, change it, undo and redo, take it in from a file, and withdraw it."""
    form = replace(indicator_form.form_of(indicators.one(workspace, "reoperation_2y")), indicator_id="egen")
    indicators.add_own(workspace, form, "prov")
    undo_steps.undo(workspace)
    undo_steps.redo(workspace)
    made = indicators.one(workspace, "egen")
    indicators.change_own(workspace, made, replace(form, name="En annan"), "bättre namn")
    file = indicators.export(workspace, ["egen"], folder / "egen.toml")
    assert indicators.import_file(workspace, file, "igen").faults == ()
    indicators.withdraw_own(workspace, "egen", "slut")


def test_a_step_of_ones_own_is_not_undone_when_the_role_is_taken_away(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as workspace:
        reviewing.decide(workspace, reviewing.ANNA)
        workspace.roles = frozenset({Role.FINANCE})
        assert undo_steps.undo_name(workspace)
        with pytest.raises(RefusedError, match="granska och besluta"):
            undo_steps.undo(workspace)
        refused = audit.entries(workspace.store, 1)[0]
    assert (refused.action, refused.object) == (access.REFUSED, Right.REVIEW.value)
