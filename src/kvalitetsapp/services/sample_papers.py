"""Needs of data and follow-up meetings in the sample county, as far along as such work is in the middle of a year.

Everything is done by the services that people use, on days that are counted back from today.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.meeting_paper import Activity, ActivityState, Planned, Said
from kvalitetsapp.domain.need_paper import Known, Told
from kvalitetsapp.services import meeting_papers, need_papers
from kvalitetsapp.services.need_papers import Header
from kvalitetsapp.services.sample_days import CHIEF, CLERK, at
from kvalitetsapp.services.sample_outcomes import OWN_INDICATOR
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_WAREHOUSE: Final = "datalager"
_FOLLOWED: Final = ("reoperation_2y", OWN_INDICATOR, "length_of_stay", "day_surgery")


def make_history(workspace: Workspace) -> None:
    """Record needs, one with a recipe that is delivered and one that nobody can answer yet, and hold a meeting."""
    _delivered(workspace)
    _recorded(workspace)
    _meeting(workspace)


def _delivered(workspace: Workspace) -> None:
    told = Told(
        question=_("Hur många får en djup infektion tidigt, när vården vid operationen kan påverka?"),
        population=_("Personer i länet med en primär ledprotes hos en annan vårdgivare"),
        asked_by=_("Ledningsgruppen för ortopedi"),
        nature=Nature.OUTCOME,
        registered=Known.YES,
        source_id=_WAREHOUSE,
        definition=_("Minst en kopplad händelse av slaget infektion inom 90 dagar"),
        extract=Known.PARTLY,
        extract_note=_("Ytliga infektioner utan kod syns inte i uttaget."),
    )
    then = at(workspace, 100, CHIEF)
    header = Header(_("Tidiga infektioner"), CHIEF, then.today + timedelta(days=85))
    number = need_papers.save(then, header, told).paper
    need_papers.link(at(workspace, 94, CHIEF), number, OWN_INDICATOR)
    need_papers.deliver(at(workspace, 90, CLERK), number)


def _recorded(workspace: Workspace) -> None:
    told = Told(
        question=_("Får alla den överenskomna informationen före operationen?"),
        population=_("Alla som opereras med ledprotes"),
        asked_by=_("Patientföreningen"),
        nature=Nature.PROCESS,
    )
    then = at(workspace, 30, CLERK)
    need_papers.save(then, Header(_("Information före operation"), CLERK, then.today + timedelta(days=60)), told)


def _meeting(workspace: Workspace) -> None:
    then = at(workspace, 45, CHIEF)
    planned = Planned(
        then.today,
        _("Chefen, utredaren, vårdgivarens kvalitetssamordnare"),
        _("Infektioner och vårdtider, och om den nya rutinen för förband används"),
        "P02",
        indicators=_FOLLOWED,
    )
    said = Said(
        on_ambitions=_(
            "Ambitionen är färre tidiga infektioner än förra året. Intervallet är brett, så det är för tidigt."
        ),
        on_activities=_("Rutinen är införd på en av två enheter."),
        conclusions=_("Skillnaden mellan enheterna har ett sannolikt samband med rutinen. Fler månader behövs."),
        next_step=_("Den andra enheten inför rutinen. Siffrorna tas fram igen till nästa avstämning."),
        support=_("Hjälp med att granska odlingssvar."),
    )
    activities = (
        Activity(_("Införa rutinen på den andra enheten"), _("Kvalitetssamordnaren"), then.today + timedelta(days=30)),
        Activity(_("Granska årets infektioner"), _("Hygienläkaren"), then.today, ActivityState.DONE),
    )
    header = Header(_("Infektioner hos vårdgivaren"), CHIEF, then.today + timedelta(days=90))
    number = meeting_papers.save(then, header, planned, said, activities).paper
    meeting_papers.hold(then, number)
