"""What the sample county's people have written down around the figures: needs, meetings, equal care, targets and more.

Everything is done by the services that people use, on days that are counted back from today.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.equity import Comparison
from kvalitetsapp.domain.equity_paper import Factor, FactorFinding, Factors, Outcome, from_contents
from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.meeting_paper import Activity, ActivityState, Planned, Said
from kvalitetsapp.domain.need_paper import Known, Told
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import Cover
from kvalitetsapp.services import editable_tables, equity_papers, meeting_papers, need_papers, papers, sample_agenda
from kvalitetsapp.services.sample_days import CHIEF, CLERK, at
from kvalitetsapp.services.sample_outcomes import OWN_INDICATOR
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_AREA: Final = "Patientrapporterade utfall"


def make_history(workspace: Workspace) -> None:
    """Let there be a paper of every kind, and needs that have come more or less far."""
    _recorded(workspace)
    _with_a_recipe(workspace)
    _that_stays(workspace)
    _equal_care(workspace)
    _meetings(workspace)
    _targets(workspace)
    sample_agenda.make_history(workspace)


def _in(workspace: Workspace, days: int) -> date:
    return workspace.today + timedelta(days=days)


def _recorded(workspace: Workspace) -> None:
    """Record a need of something that is nowhere registered yet."""
    told = Told(
        question=_("Hur många dagar går det från remiss till första besök?"),
        population=_("Alla som remitteras för höft- eller knäartros"),
        asked_by=_("Ortopedkliniken"),
        nature=Nature.PROCESS,
        registered=Known.NO,
    )
    cover = Cover(_("Väntan från remiss till besök"), CLERK, _in(workspace, 35))
    need_papers.save(at(workspace, 21), cover, told)


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
    cover = Cover(_("Tidiga infektioner"), CHIEF, _in(workspace, 14))
    made = need_papers.save(at(workspace, 100), cover, told)
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
    cover = Cover(_("Nöjda ett år efter operationen"), CHIEF, None)
    paper = need_papers.save(at(workspace, 260), cover, told).paper
    need_papers.link(at(workspace, 255), paper, "satisfaction_1y")
    need_papers.clarify(at(workspace, 250, CHIEF), paper, _("Frågan gäller båda lederna, inte bara höften."))
    need_papers.save(at(workspace, 249), cover, told, paper=paper)
    need_papers.link(at(workspace, 248), paper, "satisfaction_1y")
    need_papers.deliver(at(workspace, 240), paper)
    reviewed = _("Siffran stämmer med enkätleverantörens egen sammanställning.")
    need_papers.review(at(workspace, 230, CHIEF), paper, reviewed, as_expected=True)
    need_papers.keep(at(workspace, 229, CHIEF), paper, _in(workspace, 120))


def _equal_care(workspace: Workspace) -> None:
    """Let an analysis of a difference have come to its third step, where one factor is gone through."""
    cover = Cover(_("Nöjda efter knäprotes, efter utbildning"), CHIEF, _in(workspace, 40))
    scope = OutcomeScope(joint="knee")
    asked = Comparison("satisfaction_1y", scope, ("education",))
    paper = equity_papers.begin(at(workspace, 70), cover, asked).paper
    then = at(workspace, 55, CHIEF)
    measured = from_contents(papers.one(then, paper).contents)
    area, known = next(one for one in equity_papers.known_factors(then) if one[0] == _AREA)
    gone_through = _("Lika många i varje grupp bor ensamma.")
    factors = [Factor(known[0], FactorFinding.NO_DIFFERENCE, gone_through), *map(Factor, known[1:])]
    found = _("Grupperna skiljer sig åt i mätningen. Vad det beror på visar nästa steg.")
    work = replace(measured, outcome=Outcome(found), factors=Factors(area, tuple(factors)))
    equity_papers.write(then, paper, work)


def _meetings(workspace: Workspace) -> None:
    """Let a provider have been met, with the figures of that day in the minutes, and another be to be met."""
    planned = Planned(
        held_on=_in(workspace, -30),
        present=_("Verksamhetschefen, hygienläkaren, regionens uppföljningsgrupp"),
        about=_("Reoperationer och infektioner det senaste året"),
        provider_id="P02",
        joint="hip",
        indicators=("reoperation_2y", "infection_coded_2y", "satisfaction_1y"),
    )
    said = Said(
        on_ambitions=_("Reoperationerna ligger över målet. Patienterna är lika nöjda som i riket."),
        on_activities=_("Påminnelsen om enkäten går ut sedan i våras."),
        conclusions=_("Infektionerna behöver gås igenom innan en ny rutin bestäms."),
        next_step=_("Genomgång med odlingssvar till nästa avstämning."),
    )
    activities = (
        Activity(_("Gå igenom infektionerna"), _("Hygienläkaren"), _in(workspace, 25), ActivityState.ONGOING),
        Activity(_("Skicka listan över operationerna"), _("Regionen"), _in(workspace, -12)),
        Activity(_("Påminnelse om enkäten"), _("Verksamhetschefen"), _in(workspace, -90), ActivityState.DONE),
    )
    cover = Cover(_("Avstämning med Skarhöjdens Ortopedi"), CHIEF, _in(workspace, 60))
    held = meeting_papers.save(at(workspace, 33), cover, planned, said, activities).paper
    meeting_papers.hold(at(workspace, 30, CHIEF), held)
    ahead = replace(planned, held_on=_in(workspace, 18), provider_id="P03", about=_("Årlig avstämning"), joint="")
    cover = Cover(_("Avstämning med Tranmyrans Specialistvård"), CLERK, _in(workspace, 18))
    meeting_papers.save(at(workspace, 8), cover, ahead, Said(), ())


def _targets(workspace: Workspace) -> None:
    """Let the county have targets of its own beside those that come along: some met, some not, some open."""
    names = ("target_id", "quality_area", "name", "indicator", "joint", "at_least", "at_most", "note")
    told: tuple[tuple[str, ...], ...] = (
        ("egen_reoperation_hoft", "clinical", _("Reoperation, höft, eget mål"), "reoperation_2y", "hip", "", "3 %"),
        ("egen_nojda_hoft", "prom", _("Nöjda, höft, eget mål"), "satisfaction_1y", "hip", "75 %", ""),
        ("egen_nojda_kna", "prom", _("Nöjda, knä, eget mål"), "satisfaction_1y", "knee", "75 %", ""),
        ("egen_viktminskning", "prom", _("Viktminskning, eget mål"), "bariatric_ewl50_1y", "bariatric", "80 %", ""),
    )
    for row in told:
        texts = dict(zip(names, (*row, _("påhittat mål i exempellänet")), strict=True))
        editable_tables.save(at(workspace, 320, CHIEF), "targets", texts)
