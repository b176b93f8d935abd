"""What the sample county's people have written down around the figures: needs, a gap, meetings, quarters, equal care.

Everything is done by the services that people use, on days that are counted back from today.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agenda import RowWords
from kvalitetsapp.domain.gap_form import GapForm, ProposalTexts
from kvalitetsapp.domain.gap_paper import GapState
from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.need_paper import Known, Told
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.services import agenda, gaps, need_papers
from kvalitetsapp.services.need_papers import Header
from kvalitetsapp.services.sample_days import CHIEF, CLERK, at
from kvalitetsapp.services.sample_outcomes import OWN_INDICATOR
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_QUARTERS: Final = 3


def make_history(workspace: Workspace) -> None:
    """Let needs stand in every state, a gap be decided on, meetings be held and quarters be kept."""
    _needs(workspace)
    _gap(workspace)
    _quarters(workspace)


def _in(workspace: Workspace, days: int) -> date:
    return workspace.today + timedelta(days=days)


def _needs(workspace: Workspace) -> None:
    _recorded(workspace)
    _with_a_recipe(workspace)
    _that_stays(workspace)


def _recorded(workspace: Workspace) -> None:
    """Record a need of something that is nowhere registered yet."""
    told = Told(
        question=_("Hur många dagar går det från remiss till första besök?"),
        population=_("Alla som remitteras för höft- eller knäartros"),
        asked_by=_("Ortopedkliniken"),
        nature=Nature.PROCESS,
        registered=Known.NO,
    )
    header = Header(_("Väntan från remiss till besök"), CLERK, _in(workspace, 35))
    need_papers.save(at(workspace, 21), header, told)


def _with_a_recipe(workspace: Workspace) -> None:
    """Let a need have become a recipe, whose figures nobody has taken out."""
    told = Told(
        question=_("Kommer infektionerna tidigt, så att vården vid operationen kan påverka dem?"),
        population=_("Primäroperationer i höft och knä"),
        asked_by=_("Hygienläkaren"),
        registered=Known.YES,
        source_id="datalager",
        definition=_("En kopplad händelse av slaget infektion inom 90 dagar"),
        extract=Known.PARTLY,
        extract_note=_("Odlingssvar finns inte i uttaget"),
    )
    header = Header(_("Tidiga infektioner"), CHIEF, _in(workspace, 14))
    made = need_papers.save(at(workspace, 100), header, told)
    need_papers.link(at(workspace, 94), made.paper, OWN_INDICATOR)


def _that_stays(workspace: Workspace) -> None:
    """Let a need have gone the whole way, once clarified on it."""
    told = Told(
        question=_("Blir patienterna nöjda med operationen?"),
        population=_("Höft- och knäprotesopererade ett år efter operationen"),
        asked_by=_("Patientföreningen"),
        registered=Known.YES,
        source_id="datalager",
        definition=_("Svaret nöjd eller mycket nöjd i enkäten ett år efter operationen"),
        extract=Known.YES,
    )
    header = Header(_("Nöjda ett år efter operationen"), CHIEF, None)
    paper = need_papers.save(at(workspace, 260), header, told).paper
    need_papers.link(at(workspace, 255), paper, "satisfaction_1y")
    need_papers.clarify(at(workspace, 250, CHIEF), paper, _("Frågan gäller båda lederna, inte bara höften."))
    need_papers.save(at(workspace, 249), header, told, paper=paper)
    need_papers.link(at(workspace, 248), paper, "satisfaction_1y")
    need_papers.deliver(at(workspace, 240), paper)
    reviewed = _("Siffran stämmer med enkätleverantörens egen sammanställning.")
    need_papers.review(at(workspace, 230, CHIEF), paper, reviewed, as_expected=True)
    need_papers.keep(at(workspace, 229, CHIEF), paper, _in(workspace, 120))


def _gap(workspace: Workspace) -> None:
    """Let a gap analysis be ready, and then decided on."""
    form = GapForm(
        title=_("Färre reoperationer efter höftprotes hos P02"),
        owner=CHIEF,
        follow_up_on=_in(workspace, 150).isoformat(),
        state=GapState.READY,
        goal=_("Högst två av hundra höftproteser hos vårdgivaren reopereras inom två år"),
        indicator="reoperation_2y",
        joint="hip",
        provider_id="P02",
        limit="2 %",
        causes=_("Flera infektioner tätt efter varandra under en period\nFler sköra patienter än hos andra"),
        areas=_("Förband och sårvård\nUrval inför operation"),
        proposals=(
            ProposalTexts(_("Gemensam genomgång av alla infektioner"), "40000", "", _("Hygienläkaren")),
            ProposalTexts(_("Ny rutin för förband"), "", _("En halv dag per enhet"), _("Verksamhetschefen")),
        ),
        acting=_("Genomgången tar två dagar för fyra personer. Rutinen kostar inget extra."),
        not_acting=_("Varje reoperation kostar vård och lidande, och avtalets tak nås förr."),
        order=_("Genomgången först: den visar om rutinen räcker."),
    )
    made = gaps.save(at(workspace, 60, CHIEF), form)
    decided = replace(
        form,
        state=GapState.DECIDED,
        decided=_("Båda förslagen genomförs."),
        decided_by=_("Uppföljningsgruppen"),
        decided_on=(workspace.today - timedelta(days=45)).isoformat(),
    )
    gaps.save(at(workspace, 45, CHIEF), decided, paper=made.paper, based_on=made.version)


def _quarters(workspace: Workspace) -> None:
    """Let the last quarters be kept, with what surveys gave, so that there is a trend."""
    ended = Quarter.of(workspace.today)
    wanted: list[Quarter] = []
    while len(wanted) < _QUARTERS:
        ended = Quarter.of(_day_before(ended))
        wanted.insert(0, ended)
    for one, (satisfied, staff, absent) in zip(wanted, _SURVEYS, strict=True):
        words = {
            "nojda_med_tillganglighet": RowWords(result=satisfied),
            "enps": RowWords(result=staff),
            "sjukfranvaro": RowWords(result=absent, comment=_("Högre under vintern")),
        }
        agenda.save_quarter(workspace, one, words)


_SURVEYS: Final = (("0,86", "12", "0,061"), ("0,89", "16", "0,055"), ("0,92", "22", "0,048"))


def _day_before(quarter: Quarter) -> date:
    return date(quarter.year, 3 * quarter.number - 2, 1) - timedelta(days=1)
