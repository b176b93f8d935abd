"""A follow-up meeting as people read it: who, when and about what, how it goes, and the figures of that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.meeting_paper import state_text
from kvalitetsapp.domain.need_facts import figure_lines
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kvalitetsapp.domain.frozen_figure import ComparedFigure
    from kvalitetsapp.domain.meeting_paper import Activity, Meeting
    from kvalitetsapp.domain.paper import Paper


@dataclass(frozen=True, slots=True)
class SeenMeeting:
    """A meeting with the names of what it is about, and its figures beside those of today."""

    paper: Paper
    meeting: Meeting
    provider: str
    indicators: tuple[str, ...]
    figures: tuple[ComparedFigure, ...]
    today: date


def sections(seen: SeenMeeting) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Return what is known of a meeting under headings; "" heads the first."""
    return (
        ("", tuple(_on_top(seen))),
        (_("Siffrorna den dagen"), tuple(_figures(seen))),
        (_("Hur går det?"), tuple(_how(seen))),
        (_("Slutsatser och nästa steg"), tuple(_next(seen))),
    )


def _on_top(seen: SeenMeeting) -> Iterator[Fact]:
    planned, paper = seen.meeting.planned, seen.paper
    yield Fact(_("Läge"), (word("meeting_state", paper.state),))
    yield Fact(_("Dag"), (planned.held_on.isoformat(),))
    yield Fact(_("Närvarande"), _lines(planned.present))
    yield Fact(_("Vad det gäller"), _lines(planned.about))
    joint = f", {word('joint', planned.joint).lower()}" if planned.joint else ""
    yield Fact(_("Vårdgivare"), ((seen.provider or _("All köpt vård")) + joint,))
    yield Fact(_("Indikatorer"), seen.indicators or (NOTHING,))
    yield Fact(_("Ansvarig"), _lines(paper.owner))
    yield Fact(_("Följs upp"), (paper.follow_up_on.isoformat() if paper.follow_up_on else NOTHING,))


def _figures(seen: SeenMeeting) -> Iterator[Fact]:
    if seen.meeting.frozen_on is None:
        yield Fact(_("Siffror"), (_("Fryses när avstämningen hålls."),))
        return
    for one in seen.figures:
        yield Fact(one.frozen.name, figure_lines(one))


def _how(seen: SeenMeeting) -> Iterator[Fact]:
    said = seen.meeting.said
    yield Fact(_("Utifrån ambitionerna"), _lines(said.on_ambitions))
    yield Fact(_("Utifrån aktiviteterna"), _lines(said.on_activities))
    lines = tuple(_activity(one, seen.today) for one in seen.meeting.activities)
    yield Fact(_("Aktiviteter"), lines or (NOTHING,))


def _activity(one: Activity, today: date) -> str:
    due_on = one.due_on.isoformat() if one.due_on else ""
    return ", ".join(filter(None, (" ".join(one.text.split()), one.responsible, due_on, state_text(one, today))))


def _next(seen: SeenMeeting) -> Iterator[Fact]:
    said = seen.meeting.said
    yield Fact(_("Slutsatser och analys"), _lines(said.conclusions))
    yield Fact(_("Nästa steg"), _lines(said.next_step))
    yield Fact(_("Behov av stöd"), _lines(said.support))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines()) or (NOTHING,)
