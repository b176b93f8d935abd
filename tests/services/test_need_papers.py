"""Needs of data: the steps in their order, what each takes, and that nothing is skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.frozen_figure import FigureChange
from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.need_paper import Known, NeedState, Told, from_contents
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import Cover
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import editable_tables, need_papers, papers, undo_steps
from support import paper_calls
from support.county_store import copy, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

HEADER = Cover("Omoperationer efter höftprotes", "Rut", date(2024, 9, 1))
ASKED = Told("Hur ofta opereras höften om?", "Höftproteser", "Ledningsgruppen")
ANSWERED = replace(
    ASKED,
    registered=Known.YES,
    source_id="datalager",
    definition="Ny operation på samma led inom två år",
    extract=Known.PARTLY,
)


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with opened(copy(county_store, tmp_path_factory.mktemp("needs"))) as each:
        yield each


def recorded(workspace: Workspace, told: Told = ANSWERED) -> int:
    return need_papers.save(workspace, HEADER, told).paper


def brought_to(workspace: Workspace, state: NeedState) -> int:
    number = recorded(workspace)
    steps = {
        NeedState.RECIPE: lambda: need_papers.link(workspace, number, "reoperation_2y"),
        NeedState.DELIVERED: lambda: need_papers.deliver(workspace, number),
        NeedState.REVIEWED: lambda: need_papers.review(workspace, number, "", as_expected=True),
        NeedState.STAYS: lambda: need_papers.keep(workspace, number),
    }
    for each in tuple(NeedState)[1 : tuple(NeedState).index(state) + 1]:
        steps[each]()
    return number


def test_a_need_goes_the_whole_way_and_every_step_is_a_version(workspace: Workspace) -> None:
    number = brought_to(workspace, NeedState.STAYS)
    assert [one.state for one in papers.versions(workspace, number)] == [state.value for state in NeedState]
    seen = need_papers.one(workspace, number)
    assert seen.indicator is not None
    assert (seen.indicator.indicator_id, seen.source) == ("reoperation_2y", "Regionens datalager")
    assert seen.paper.follow_up_on is None
    assert [one.change for one in seen.figures] == [FigureChange.UNCHANGED]
    assert seen.need.delivered_on == workspace.today


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"registered": Known.UNKNOWN}, "om uppgiften registreras"),
        ({"registered": Known.NO, "source_id": ""}, "registreras inte"),
        ({"source_id": ""}, "i vilken källa"),
        ({"definition": " "}, "hur uppgiften är definierad"),
    ],
)
def test_no_recipe_before_it_is_known_what_there_is(
    workspace: Workspace, lacking: dict[str, object], said: str
) -> None:
    number = recorded(workspace, replace(ANSWERED, **lacking))  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match=said):
        need_papers.link(workspace, number, "reoperation_2y")


def test_nothing_is_delivered_before_the_extract_is_held_against_what_was_expected(workspace: Workspace) -> None:
    number = recorded(workspace, replace(ANSWERED, extract=Known.UNKNOWN))
    need_papers.link(workspace, number, "reoperation_2y")
    with pytest.raises(RefusedError, match="om uttaget motsvarar"):
        need_papers.deliver(workspace, number)


def test_a_step_out_of_order_is_refused_in_a_sentence_and_changes_nothing(workspace: Workspace) -> None:
    number = recorded(workspace)
    with pytest.raises(RefusedError, match=r"^Behovet är antecknat\. Steget ”Gå igenom” tas när det är levererat\.$"):
        need_papers.review(workspace, number, "Ja", as_expected=True)
    assert len(papers.versions(workspace, number)) == 1


def test_figures_are_delivered_for_the_scopes_that_are_asked_for(workspace: Workspace) -> None:
    number = brought_to(workspace, NeedState.RECIPE)
    need_papers.deliver(workspace, number, [OutcomeScope(joint="hip"), OutcomeScope(joint="knee")])
    assert [one.frozen.scope["joint"] for one in need_papers.one(workspace, number).figures] == ["hip", "knee"]


def test_a_need_that_did_not_turn_out_says_how_and_begins_anew_when_clarified(workspace: Workspace) -> None:
    number = brought_to(workspace, NeedState.DELIVERED)
    with pytest.raises(InputError, match="på vilket sätt"):
        need_papers.review(workspace, number, " ", as_expected=False)
    need_papers.review(workspace, number, "Delproteser är med", as_expected=False)
    with pytest.raises(InputError, match="vad som har förtydligats"):
        need_papers.clarify(workspace, number, "")
    need_papers.clarify(workspace, number, "Bara totalproteser")
    seen = need_papers.one(workspace, number)
    assert (seen.paper.state, seen.need.indicator_id, seen.figures) == (NeedState.RECORDED, "", ())
    assert [one.text for one in seen.need.clarified] == ["Bara totalproteser"]
    assert seen.need.told.extract is Known.UNKNOWN
    earlier = from_contents(papers.versions(workspace, number)[-2].contents)
    assert earlier.reviewed is not None
    assert earlier.reviewed.comment == "Delproteser är med"


def test_what_is_written_is_changed_until_it_is_delivered_and_who_sees_to_it_always(workspace: Workspace) -> None:
    number = brought_to(workspace, NeedState.DELIVERED)
    need_papers.save(workspace, replace(HEADER, owner="Ola"), ANSWERED, paper=number)
    assert papers.one(workspace, number).owner == "Ola"
    with pytest.raises(RefusedError, match="Förtydliga det i stället"):
        need_papers.save(workspace, HEADER, replace(ANSWERED, question="Annat?"), paper=number)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (replace(ASKED, question=" "), "vilken fråga"),
        (replace(ASKED, source_id="finns_inte"), "Källan finns_inte finns inte"),
        (replace(ANSWERED, registered=Known.NO), "inte i någon källa"),
    ],
)
def test_a_need_that_says_nothing_or_contradicts_itself_is_not_recorded(
    workspace: Workspace, told: Told, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        recorded(workspace, told)


def test_a_recipe_of_another_nature_is_linked_and_said_to_be_of_another(workspace: Workspace) -> None:
    number = recorded(workspace, replace(ANSWERED, nature=Nature.PROCESS))
    said = need_papers.link(workspace, number, "reoperation_2y").said
    assert said == "Kopplat. Obs: receptet är resultatmått, behovet processmått."


def test_a_step_is_refused_to_who_has_not_seen_the_latest_version_and_can_be_undone(workspace: Workspace) -> None:
    number = brought_to(workspace, NeedState.RECIPE)
    with pytest.raises(RefusedError, match="sparade version 2"):
        need_papers.deliver(workspace, number, based_on=1)
    undo_steps.undo(workspace)
    assert papers.one(workspace, number).state == NeedState.RECORDED


def test_what_else_is_written_of_a_need_can_be_changed_when_its_source_is_gone(workspace: Workspace) -> None:
    editable_tables.set_cells(workspace, "data_sources", {"source_id": "k", "kind": "own", "name": "K", "holds": "a"})
    told = replace(ASKED, source_id="k")
    number = recorded(workspace, told)
    editable_tables.remove(workspace, "data_sources", ["k"])
    need_papers.save(workspace, replace(HEADER, owner="Siv"), told, paper=number)
    assert papers.one(workspace, number).owner == "Siv"
    with pytest.raises(InputError, match="Källan k finns inte"):
        recorded(workspace, told)


def test_needs_are_listed_and_other_papers_are_none(workspace: Workspace) -> None:
    number = brought_to(workspace, NeedState.RECIPE)
    row = next(row for row in need_papers.listed(workspace).records() if row["paper"] == number)
    assert (row["need"], row["need_state"], row["indicator_id"]) == (HEADER.title, "recipe", "reoperation_2y")
    gap = paper_calls.paper(workspace)
    with pytest.raises(InputError, match="är inget behov"):
        need_papers.one(workspace, gap)
