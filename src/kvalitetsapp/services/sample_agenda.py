"""What has been followed up of the quality agenda in the sample county, and two gap analyses; all of it invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agenda import RowWords
from kvalitetsapp.domain.gap_form import GapForm, ProposalTexts
from kvalitetsapp.domain.gap_paper import GapState
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.services import agenda, editable_tables, gaps, sample_days

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

_QUARTERS: Final = 2
_DAYS_AFTER: Final = 10
"""A quarter is followed up so many days into the next."""
_TARGETS: Final = (
    {"target_id": "reoperation_2y_hip", "at_most": "3 %", "national": ""},
    {"target_id": "reoperation_2y_knee", "national": "better"},
    {"target_id": "adverse_events_90d_hip", "at_most": "9 %", "national": ""},
    {"target_id": "adverse_events_90d_knee", "at_most": "6 %", "national": ""},
    {"target_id": "hoos12_qol_gain_1y", "at_least": "25", "national": ""},
    {"target_id": "koos12_qol_gain_1y", "at_least": "25", "national": ""},
    {"target_id": "satisfaction_1y_knee", "at_least": "75 %", "national": ""},
)
"""Limits that the county sets itself; the others stand as they come along."""
_WORDS: Final = (
    {
        "enps": RowWords("Mätt i vårens enkät.", "14"),
        "sjukfranvaro": RowWords("Över målet i båda enheterna.", "6,1 %"),
        "nojda_med_tillganglighet": RowWords("Två av fyra enheter mäter.", "88 %"),
        "trygg_for_anhorig": RowWords("Alla enheter mäter inte än.", "78", "not_met"),
        "reoperation_2y_hip": RowWords("Genomgång av ärendena pågår."),
    },
    {
        "enps": RowWords("Mätt i höstens enkät.", "21"),
        "sjukfranvaro": RowWords("Bättre sedan schemat ändrades.", "5,4 %"),
        "nojda_med_tillganglighet": RowWords("Alla fyra enheter mäter.", "91 %"),
        "inkludering": RowWords("Första mätningen.", "97 %"),
        "trygg_for_anhorig": RowWords("Alla enheter mäter.", "81", "met"),
        "reoperation_2y_hip": RowWords("Gapanalys gjord, se Gapanalys."),
    },
)
_HIP: Final = GapForm(
    title="Reoperationer efter höftprotes i köpt vård",
    owner="Verksamhetschefen",
    state=GapState.READY,
    goal="Lika få reoperationer som i riket",
    indicator="reoperation_2y",
    joint="hip",
    limit="2,1 %",
    causes=(
        "Tidiga infektioner utgör en större del av ärendena än väntat\n"
        "Uppföljningen efter utskrivning skiljer sig mellan vårdgivarna"
    ),
    areas="Infektionsförebyggande arbete före och under operationen\nKontakten mellan vårdgivaren och kliniken",
    proposals=(
        ProposalTexts("Gemensam genomgång av ärendena varje halvår", "", "Två halvdagar om året", "Granskaren"),
        ProposalTexts("Checklista före operation i avtalet", "", "Tas upp vid nästa avtalsmöte", "Avtalsansvarig"),
        ProposalTexts("Riktat stöd till hygiensjuksköterskor", "180 000", "", "Verksamhetschefen"),
    ),
    acting="Kräver tid för genomgångar och en tilläggsöverenskommelse med vårdgivarna.",
    not_acting="Fler patienter behöver opereras om, och kostnaden för komplikationer blir kvar.",
    order="Genomgången först, för att checklistan ska utgå från det som har hänt.",
)
_KNEE: Final = GapForm(
    title="Nöjda patienter ett år efter knäprotes",
    owner="Kvalitetssamordnaren",
    goal="Lika nöjda patienter som i riket",
    indicator="satisfaction_1y",
    joint="knee",
    limit="81 %",
    causes="Förväntningarna före operationen är inte kartlagda",
)


def make_history(workspace: Workspace) -> None:
    """Let the county have set its targets and followed up the last quarters, and write the gap analyses."""
    for target in _TARGETS:
        editable_tables.set_cells(workspace, "targets", target, reason="Länets egna mål")
    quarter = Quarter.of(workspace.today)
    past = [quarter := quarter.before for _each in range(_QUARTERS)]
    for one, words in zip(reversed(past), _WORDS, strict=True):
        day = one.last_day + timedelta(days=_DAYS_AFTER)
        then = sample_days.at(workspace, max(0, (workspace.today - day).days), sample_days.CHIEF)
        then.kept = workspace.kept  # what is worked out of the same store, or each quarter would read it anew
        agenda.save_quarter(then, one, words)
    until = (workspace.today + timedelta(days=90)).isoformat()
    for form in (_HIP, _KNEE):
        gaps.save(workspace, replace(form, follow_up_on=until))
