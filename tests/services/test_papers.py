"""Working papers: every saving is a version, nobody writes over somebody else's, and a step is undone by a version."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import NOTHING_CHANGED
from kvalitetsapp.domain.gap_paper import GapPaper, Goal
from kvalitetsapp.domain.paper import Paper, PaperDraft, PaperKind
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import papers, undo_steps
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.services.workspace import Workspace

FIRST = PaperDraft(
    *(PaperKind.GAP, "Höften i Salem", "Rut", date(2024, 6, 1), "draft"),
    json.loads(json.dumps(GapPaper(Goal("två av hundra")).contents())),
)
SECOND = replace(FIRST, contents={**FIRST.contents, "causes": ["a", "b"]})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with create_workspace(tmp_path_factory.mktemp("papers") / "a.kvdb", "lösenfras") as made:
        yield made


@pytest.fixture
def workspace(store: Workspace) -> Workspace:
    """Return the store as it is to a user who has done nothing in it."""
    store.user = f"RUT{len(audit.entries(store.store)):03d}"
    return store


def saved(workspace: Workspace, *drafts: PaperDraft) -> int:
    number = papers.save(workspace, drafts[0]).paper
    for draft in drafts[1:]:
        papers.save(workspace, draft, paper=number)
    return number


def stands(workspace: Workspace, number: int) -> Paper | None:
    return next((one for one in papers.of_kind(workspace, PaperKind.GAP) if one.paper == number), None)


def test_what_is_saved_is_read_again_with_who_wrote_it(workspace: Workspace) -> None:
    done = papers.save(workspace, FIRST)
    read = papers.one(workspace, done.paper)
    assert (read.draft, read.version, read.who) == (FIRST, 1, workspace.user)
    assert stands(workspace, done.paper) == read


def test_every_saving_is_a_version_and_the_earlier_ones_stay(workspace: Workspace) -> None:
    number = saved(workspace, FIRST, SECOND)
    assert [one.draft for one in papers.versions(workspace, number)] == [FIRST, SECOND]
    assert papers.one(workspace, number, 1).draft == FIRST


def test_saving_what_stands_is_no_version(workspace: Workspace) -> None:
    number = saved(workspace, FIRST)
    again = papers.save(workspace, replace(FIRST, title=" Höften i Salem "), paper=number, based_on=1)
    assert (again.version, again.changes) == (1, NOTHING_CHANGED)


def test_nobody_saves_over_a_version_that_they_have_not_seen(workspace: Workspace) -> None:
    number, first = saved(workspace, FIRST, SECOND), workspace.user
    workspace.user = "Ola"
    with pytest.raises(RefusedError, match=rf"^{first} sparade version 2 20\d\d-\d\d-\d\d \d\d:\d\d\. Läs den"):
        papers.save(workspace, replace(FIRST, title="Knät"), paper=number, based_on=1)
    assert papers.one(workspace, number).draft == SECOND


def test_a_paper_keeps_its_kind(workspace: Workspace) -> None:
    number = saved(workspace, FIRST)
    with pytest.raises(InputError, match="av ett annat slag"):
        papers.save(workspace, replace(FIRST, kind=PaperKind.NEED), paper=number)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "Skriv en rubrik."),
        ({"title": "a\nb"}, "Rubriken skrivs på en rad"),
        ({"owner": "19121212-1212"}, "utan personnummer"),
        ({"contents": {"a": [{"b": "dolt\u202etecken"}]}}, "tecken som inte syns"),
        ({"contents": {"a": {"b": ["19121212-1212"]}}}, "innehåller ett personnummer"),
        ({"contents": {"a": ["se P-0123-4567."]}}, "beteckning"),
        ({"title": "Om p-0123-4567"}, "beteckning"),
        ({"owner": "P-0123-4567"}, "beteckning"),
        ({"contents": {"a": "a" * 4001}}, "för lång"),
    ],
)
def test_what_cannot_be_printed_is_not_kept(workspace: Workspace, change: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        papers.save(workspace, replace(FIRST, **change))  # type: ignore[arg-type]


def test_a_withdrawn_paper_is_not_listed_and_takes_no_more_versions(workspace: Workspace) -> None:
    number = saved(workspace, FIRST)
    papers.withdraw(workspace, number)
    assert stands(workspace, number) is None
    assert papers.one(workspace, number).draft == FIRST
    with pytest.raises(RefusedError, match=f"togs bort av {workspace.user}"):
        papers.save(workspace, SECOND, paper=number)


def test_undoing_a_saving_keeps_the_earlier_contents_as_a_version_of_its_own(workspace: Workspace) -> None:
    number = saved(workspace, FIRST, SECOND)
    assert undo_steps.undo_name(workspace) == "ändrat arbetspapper ”Höften i Salem”"
    undo_steps.undo(workspace)
    assert [one.draft for one in papers.versions(workspace, number)] == [FIRST, SECOND, FIRST]
    undo_steps.redo(workspace)
    assert papers.one(workspace, number).draft == SECOND


def test_undoing_the_first_saving_withdraws_and_doing_it_again_brings_it_back(workspace: Workspace) -> None:
    number = saved(workspace, FIRST, SECOND)
    undo_steps.undo(workspace)
    undo_steps.undo(workspace)
    assert stands(workspace, number) is None
    undo_steps.redo(workspace)
    found = stands(workspace, number)
    assert found is not None
    assert found.draft == FIRST
    assert found.version == 3
    undo_steps.redo(workspace)
    assert papers.one(workspace, number).draft == SECOND


def test_a_withdrawal_is_undone(workspace: Workspace) -> None:
    number = saved(workspace, FIRST)
    papers.withdraw(workspace, number)
    undo_steps.undo(workspace)
    assert stands(workspace, number) is not None


def test_a_step_that_somebody_has_built_on_is_not_undone(workspace: Workspace) -> None:
    number, first = saved(workspace, FIRST), workspace.user
    workspace.user = "Ola"
    papers.save(workspace, SECOND, paper=number)
    workspace.user = first
    with pytest.raises(RefusedError, match="Ola sparade version 2"):
        undo_steps.undo(workspace)


def test_papers_fall_due_on_their_day_and_not_when_withdrawn(workspace: Workspace) -> None:
    late = saved(workspace, replace(FIRST, follow_up_on=date(1999, 1, 2)))
    gone = saved(workspace, replace(FIRST, follow_up_on=date(1999, 1, 1)))
    papers.withdraw(workspace, gone)
    assert [one.paper for one in papers.due(workspace, date(1999, 1, 2))] == [late]
    assert papers.due(workspace, date(1999, 1, 1)) == ()


def test_no_version_is_ever_changed_in_the_store(workspace: Workspace) -> None:
    number = saved(workspace, FIRST)
    for statement in ("UPDATE paper_versions SET title = 'x'", "DELETE FROM paper_versions"):
        with pytest.raises(Exception, match="a version of a paper is never"), workspace.store.transaction():
            workspace.store.write(f"{statement} WHERE paper = ?", (number,))


def test_a_paper_that_is_not_there_is_said_to_be_none(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Det finns inget arbetspapper 0"):
        papers.one(workspace, 0)
    with pytest.raises(InputError, match="har ingen version 2"):
        papers.one(workspace, saved(workspace, FIRST), 2)


@pytest.mark.parametrize("change", [{"state": "archived"}, {"contents": {"goal": "med andra delar"}}])
def test_a_paper_that_a_later_version_has_saved_is_left_out_of_lists_and_told_of(
    workspace: Workspace, change: dict[str, object]
) -> None:
    number = saved(workspace, replace(FIRST, **change))  # type: ignore[arg-type]
    assert stands(workspace, number) is None
    assert number in [one.paper for one in papers.due(workspace, date(2024, 6, 1))]
    for ask in (papers.one, papers.withdraw):
        with pytest.raises(RefusedError, match=f"Arbetspapper {number} är sparat av en nyare version"):
            ask(workspace, number)
