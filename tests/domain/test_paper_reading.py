"""Papers that another version of the program has saved: what is known of them is read, the rest makes nothing fail."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.domain.agenda import Known, RowWords, row_of
from kvalitetsapp.domain.editable_words import NationalLevel, QualityArea
from kvalitetsapp.domain.equity import EquityGroup, Estimate
from kvalitetsapp.domain.equity_paper import Action, EquityWork, Interview, Measurement
from kvalitetsapp.domain.gap_paper import CaseCost, Decision, FollowedUp, GapPaper, Goal, Present, Proposal
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.meeting_paper import Activity, Meeting, Planned
from kvalitetsapp.domain.need_paper import Clarified, Need, Reviewed
from kvalitetsapp.domain.paper import Paper, PaperKind
from kvalitetsapp.domain.paper_reading import can_be_read
from kvalitetsapp.domain.quality_target import Target
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.quarter_paper import QuarterPaper
from kvalitetsapp.domain.target_status import Quartile
from support.made_figures import share

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2026, 9, 30)
FIGURE = share(18, 600)
TARGET = Target("hip", QualityArea.CLINICAL, "Få", "reoperation_2y", "hip", national=NationalLevel.UPPER_QUARTILE)
ROW = row_of(TARGET, Known(FIGURE, Direction.LOW, Quartile(0.02, 5)), RowWords("Följs."), [])
GROUP = EquityGroup(("female",), 50, 44, 40, 2, Estimate(0.045, 0.01, 0.15), is_reference=True)
WRITTEN: dict[PaperKind, tuple[str, Mapping[str, Any]]] = {
    PaperKind.NEED: (
        "reviewed",
        Need(
            figures=(FIGURE,),
            delivered_on=DAY,
            reviewed=Reviewed(as_expected=True, comment="", who="Rut", on=DAY),
            clarified=(Clarified("Bara höften", "Rut", DAY),),
        ).contents(),
    ),
    PaperKind.MEETING: (
        "held",
        Meeting(Planned(DAY), activities=(Activity("Utbilda", due_on=DAY),), figures=(FIGURE,)).contents(),
    ),
    PaperKind.GAP: (
        "followed_up",
        GapPaper(
            Goal("Lika bra som riket"),
            Present("", FIGURE, 200, CaseCost(40, 100_000_00, None, None)),
            proposals=(Proposal("Checklista"),),
            decision=Decision("Införs", "Chefen", DAY),
            followed_up=FollowedUp(DAY, "Infört", FIGURE),
        ).contents(),
    ),
    PaperKind.QUARTER: ("kept", QuarterPaper(Quarter(2026, 3), "2026-09-30", (ROW,)).contents()),
    PaperKind.EQUITY: (
        "measured",
        EquityWork(
            Measurement(FIGURE, ("sex",), "female", (GROUP,)),
            interviews=(Interview("Sektionschef", DAY, "Vakanser"),),
            actions=(Action("Vakanser", "Rekrytera", "Chefen", DAY),),
        ).contents(),
    ),
}


def kept(kind: PaperKind, state: str, contents: object) -> Paper:
    told = json.loads(json.dumps(contents))
    return Paper(1, 1, kind, "Höften", "Rut", None, state, told, "Rut", "2026-10-01T08:00:00+00:00")


def written_on(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return contents with a part more wherever a later version could have added one."""
    if isinstance(value, dict):
        return {**{name: written_on(each) for name, each in value.items()}, "of_a_later_version": 1}
    return [written_on(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("kind", PaperKind)
def test_parts_that_a_later_version_has_added_are_passed_by(kind: PaperKind) -> None:
    state, contents = WRITTEN[kind]
    assert can_be_read(kept(kind, state, contents))
    assert can_be_read(kept(kind, state, written_on(contents)))


@pytest.mark.parametrize("kind", PaperKind)
def test_a_paper_that_lacks_what_it_must_say_cannot_be_read(kind: PaperKind) -> None:
    state, _contents = WRITTEN[kind]
    assert not can_be_read(kept(kind, state, {}))
    assert not can_be_read(kept(kind, state, []))
    assert not can_be_read(kept(kind, state, dict.fromkeys(WRITTEN[kind][1])))


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind is not PaperKind.QUARTER])
def test_a_paper_in_a_state_that_is_not_known_cannot_be_read(kind: PaperKind) -> None:
    assert not can_be_read(kept(kind, "archived", WRITTEN[kind][1]))


def test_a_word_that_is_not_known_cannot_be_read() -> None:
    state, contents = WRITTEN[PaperKind.MEETING]
    activities = [{**contents["activities"][0], "state": "postponed"}]
    assert not can_be_read(kept(PaperKind.MEETING, state, {**contents, "activities": activities}))
