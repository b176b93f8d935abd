"""Follow-up meetings: the figures of the day are frozen, shown beside today's, and printed through the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.frozen_figure import FigureChange
from kvalitetsapp.domain.meeting_paper import Activity, ActivityState, Meeting, MeetingState, Planned, Said
from kvalitetsapp.domain.paper import Cover, PaperDraft, PaperKind
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import frozen_figures, meeting_papers, minutes, papers
from kvalitetsapp.store import releases
from support import paper_calls, pdf
from support.county_store import copy, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

HEADER = Cover("Höften hos P01", "Rut", date(2024, 9, 1))
INDICATORS = ("reoperation_2y", "revision_90d", "length_of_stay")
PLANNED = Planned(date(2024, 3, 1), "Rut, Ola", "Omoperationer", "P01", "hip", INDICATORS)
SAID = Said("Under två procent nås inte", "Checklistan används", "Det spelar roll", "Ny mätning", "Statistiker")
ACTIVITIES = (
    Activity("Inför checklistan", "Ola", date(2024, 2, 1), ActivityState.ONGOING),
    Activity("Utbilda", "Rut", None, ActivityState.DONE),
)


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with opened(copy(county_store, tmp_path_factory.mktemp("meetings"))) as each:
        yield each


@pytest.fixture(scope="module")
def held(workspace: Workspace) -> int:
    number = planned(workspace)
    meeting_papers.hold(workspace, number)
    return number


def planned(workspace: Workspace, about: Planned = PLANNED) -> int:
    return meeting_papers.save(workspace, HEADER, about, SAID, ACTIVITIES).paper


def printed(workspace: Workspace, number: int, out: Path, mode: SmallNumbers = SmallNumbers.OPEN) -> str:
    return " ".join(pdf.read(minutes.write(workspace, number, out, small_numbers=mode).read_bytes()).text.split())


def test_holding_a_meeting_freezes_its_figures_as_they_are(workspace: Workspace, held: int) -> None:
    seen = meeting_papers.one(workspace, held)
    assert (seen.paper.state, seen.meeting.frozen_on) == (MeetingState.HELD, workspace.today)
    assert [one.frozen.indicator_id for one in seen.figures] == list(PLANNED.indicators)
    assert {one.change for one in seen.figures} == {FigureChange.UNCHANGED}
    assert seen.figures[0].frozen == frozen_figures.freeze(workspace, "reoperation_2y", PLANNED.scope)
    assert (seen.meeting.said, seen.meeting.activities) == (SAID, ACTIVITIES)


def test_what_frozen_figures_are_about_cannot_be_changed_but_what_was_said_can(workspace: Workspace) -> None:
    number = planned(workspace)
    meeting_papers.hold(workspace, number)
    said = replace(SAID, conclusions="Annat")
    meeting_papers.save(workspace, HEADER, PLANNED, said, ACTIVITIES, paper=number)
    assert meeting_papers.one(workspace, number).meeting.said == said
    for change in ({"joint": "knee"}, {"provider_id": ""}, {"indicators": ()}, {"held_on": date(2024, 3, 2)}):
        other = replace(PLANNED, **change)
        with pytest.raises(RefusedError, match="Siffrorna frystes"):
            meeting_papers.save(workspace, HEADER, other, SAID, ACTIVITIES, paper=number)
    with pytest.raises(RefusedError, match="frystes redan"):
        meeting_papers.hold(workspace, number)


def test_figures_are_not_frozen_ahead_or_for_nothing(workspace: Workspace) -> None:
    ahead = replace(PLANNED, held_on=workspace.today + timedelta(days=1))
    with pytest.raises(RefusedError, match="när den har varit"):
        meeting_papers.hold(workspace, planned(workspace, ahead))
    with pytest.raises(RefusedError, match="vilka indikatorer"):
        meeting_papers.hold(workspace, planned(workspace, replace(PLANNED, indicators=())))


def test_a_meeting_is_closed_after_it_was_held_and_is_then_waited_for_no_more(workspace: Workspace) -> None:
    number = planned(workspace)
    with pytest.raises(RefusedError, match="som har hållits"):
        meeting_papers.close(workspace, number)
    meeting_papers.hold(workspace, number)
    meeting_papers.close(workspace, number)
    assert papers.one(workspace, number).follow_up_on is None
    meeting_papers.save(workspace, HEADER, PLANNED, replace(SAID, support="Ingen"), ACTIVITIES, paper=number)
    after = papers.one(workspace, number)
    assert (after.state, after.follow_up_on, after.version) == (MeetingState.CLOSED, None, 4)


def test_the_minutes_of_a_meeting_can_be_written_on_when_its_provider_is_gone(workspace: Workspace) -> None:
    gone = Meeting(replace(PLANNED, provider_id="P99", indicators=()))
    draft = PaperDraft(PaperKind.MEETING, "Gamla", "Rut", None, MeetingState.PLANNED.value, gone.contents())
    number = papers.save(workspace, draft).paper
    meeting_papers.save(workspace, HEADER, gone.planned, SAID, (), paper=number)
    assert meeting_papers.one(workspace, number).meeting.said == SAID


def test_the_next_meeting_takes_over_what_is_not_done() -> None:
    after = Meeting(PLANNED, SAID, ACTIVITIES).following(date(2024, 9, 1))
    assert after == Meeting(replace(PLANNED, held_on=date(2024, 9, 1)), activities=ACTIVITIES[:1])


@pytest.mark.parametrize(
    ("about", "activities", "said"),
    [
        (replace(PLANNED, indicators=("finns_inte",)), (), "finns ingen indikator"),
        (replace(PLANNED, indicators=("prem", "prem")), (), "vald två gånger"),
        (replace(PLANNED, provider_id="P99"), (), "Vårdgivaren finns inte"),
        (PLANNED, (Activity(" "),), "saknar text"),
        (PLANNED, (Activity("a", "19121212-1212"),), "utan personnummer"),
    ],
)
def test_a_meeting_about_what_is_not_there_is_not_kept(
    workspace: Workspace, about: Planned, activities: tuple[Activity, ...], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        meeting_papers.save(workspace, HEADER, about, SAID, activities)


def test_meetings_are_listed_the_latest_first_and_other_papers_are_none(workspace: Workspace, held: int) -> None:
    later = planned(workspace, replace(PLANNED, held_on=date(2024, 6, 1)))
    rows = meeting_papers.listed(workspace).records()
    numbers = [row["paper"] for row in rows]
    assert numbers.index(later) < numbers.index(held)
    assert next(row for row in rows if row["paper"] == held)["activities"] == "1 av 2"
    gap = paper_calls.paper(workspace)
    with pytest.raises(InputError, match="är ingen avstämning"):
        meeting_papers.one(workspace, gap)


def test_the_minutes_print_the_figures_of_that_day_and_what_was_said(
    workspace: Workspace, held: int, tmp_path: Path
) -> None:
    text = printed(workspace, held, tmp_path / "a.pdf")
    for told in ("Protokoll från avstämning", "Höften hos P01", "Rut, Ola", "Oförändrad", *SAID.__dataclass_fields__):
        assert getattr(SAID, told, told) in text
    assert "Inför checklistan Ola 2024-02-01 ▲ Pågår, försenad" in text
    first = (tmp_path / "a.pdf").read_bytes()
    assert minutes.write(workspace, held, tmp_path / "b.pdf").read_bytes() == first


def test_minutes_that_leave_hide_small_numbers_and_todays_figures_and_are_logged(
    workspace: Workspace, held: int, tmp_path: Path
) -> None:
    figure = meeting_papers.one(workspace, held).figures[1].frozen
    assert 0 < (figure.events or 0) < 5
    text = printed(workspace, held, tmp_path / "ut.pdf", SmallNumbers.PLAIN)
    assert "<5" in text
    assert "Oförändrad" not in text
    (release,) = releases.all_releases(workspace.store, ["revision_90d"])
    assert (release.kind, release.subject, release.file_name) == (ReportKind.MINUTES, str(held), "ut.pdf")


def test_a_meeting_that_is_only_planned_is_printed_without_figures(workspace: Workspace, tmp_path: Path) -> None:
    assert "inte hållen än" in printed(workspace, planned(workspace), tmp_path / "a.pdf")
