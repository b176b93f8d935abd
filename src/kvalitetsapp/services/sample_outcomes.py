"""What has been said and agreed with the sample county's providers, and an indicator that its people have made.

Everything is done by the services that people use, on days that are counted back from today.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator_form import IndicatorForm
from kvalitetsapp.domain.provider_note import NoteOnProvider
from kvalitetsapp.domain.released import ProviderNote
from kvalitetsapp.domain.words import ComplicationClass
from kvalitetsapp.services import indicators, provider_notes
from kvalitetsapp.services.sample_days import CHIEF, CLERK, at
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace

OWN_INDICATOR: Final = "infektion_90d"


def make_history(workspace: Workspace) -> None:
    """Write comments and agreed actions (one done, one late, one with time left) and make an own indicator."""
    _comments(workspace)
    _actions(workspace)
    _own_indicator(workspace)


def _comments(workspace: Workspace) -> None:
    infections = _("Vi har gått igenom infektionerna som kom tätt efter varandra och bytt rutin för förband.")
    _note(workspace, 120, "P02", ProviderNote.COMMENT, infections)
    fractures = _("Två av händelserna gäller patienter som har fallit. Vi ser inget mönster i operationerna.")
    _note(workspace, 75, "P04", ProviderNote.COMMENT, fractures)


def _actions(workspace: Workspace) -> None:
    answered = _("Vårdgivaren skickar påminnelse om enkäten till alla som inte har svarat ett år efter operationen.")
    done = _note(workspace, 200, "P02", ProviderNote.ACTION, answered, due=60, responsible=_("Verksamhetschefen"))
    provider_notes.done(at(workspace, 150, CHIEF), done, at(workspace, 152).today)
    followed = _("Påminnelsen går ut sedan en vecka.")
    _note(workspace, 148, "P02", ProviderNote.FOLLOW_UP, followed, answers=done)
    reviewed = _("Gemensam genomgång av alla infektioner det senaste året, med odlingssvar.")
    _note(workspace, 110, "P02", ProviderNote.ACTION, reviewed, due=80, responsible=_("Hygienläkaren"))
    register = _("Vårdgivaren kompletterar de operationer som saknas i ledprotesregistret.")
    _note(workspace, 20, "P05", ProviderNote.ACTION, register, due=90, responsible=_("Kvalitetssamordnaren"))


def _note(
    workspace: Workspace,
    days_ago: int,
    provider_id: str,
    kind: ProviderNote,
    text: str,
    *,
    due: int = 0,
    responsible: str = "",
    answers: int = 0,
) -> int:
    """Write a note on a day, an action to be done within `due` days of it, and return its number."""
    then = at(workspace, days_ago)
    due_on = then.today + timedelta(days=due) if due else None
    new = NoteOnProvider(0, provider_id, kind, text, responsible, due_on, None, answers, then.today, CLERK)
    return provider_notes.write(then, new).note


def _own_indicator(workspace: Workspace) -> None:
    form = IndicatorForm(
        indicator_id=OWN_INDICATOR,
        name=_("Infektion inom 90 dagar"),
        purpose=_("Visar de tidiga infektionerna, som vården vid operationen kan påverka."),
        numerator=_("Operationer med minst en kopplad händelse av slaget infektion inom 90 dagar."),
        denominator=_("Primäroperationer som har följts i 90 dagar. De som har avlidit är kvar."),
        exclusions=_("Avvisade kopplingar räknas inte."),
        source=_("Eget recept i exempellänet"),
        classes=(ComplicationClass.INFECTION.value,),
        last="90",
    )
    indicators.add_own(at(workspace, 95, CHIEF), form, _("Att följa de tidiga infektionerna hos en vårdgivare"))
