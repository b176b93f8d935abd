"""Whether a round's definition can be used, and how it reads with the providers' names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.answer import SINGLE_WORDS
from kvalitetsapp.domain.review_round import RoundDefinition
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.round_definition import definition_text, last_half_year
from kvalitetsapp.domain.words import ComplicationClass, SurgeryLevel
from kvalitetsapp.errors import InputError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import episodes, providers
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.services.workspace import Workspace

_MOST_REVIEWERS: Final = 2
_NO_JOINT: Final = ""
_NO_CLASS: Final = ""


def check(workspace: Workspace, definition: RoundDefinition) -> None:
    """Make sure that a definition can be used.

    Raises:
        InputError: the days are the wrong way round, or a code, a provider or a question is unknown.
    """
    if definition.event_from > definition.event_to:
        raise InputError(_("Omgångens första dag är efter den sista."))
    if not 1 <= definition.reviewers_per_case <= _MOST_REVIEWERS:
        raise InputError(_("En omgång har en eller två granskare för varje händelse."))
    _check_codes(N_("led"), definition.joints, [_NO_JOINT, *families.ids()])
    _check_codes(N_("kirurgi"), definition.surgery_levels, list(SurgeryLevel))
    _check_codes(N_("komplikation"), definition.complication_classes, [_NO_CLASS, *ComplicationClass])
    _check_codes(N_("fråga"), definition.required, list(SINGLE_WORDS))
    known = [one.provider_id for one in providers.all_providers(workspace.store)]
    for provider_id in definition.index_providers:
        if provider_id not in known:
            raise InputError(
                _("Det finns ingen vårdgivare ”{provider_id}”. Välj bland {known}.").format(
                    provider_id=provider_id, known=", ".join(known) or _("inga")
                )
            )


@needs(Right.LEAD_REVIEW)
def proposal(workspace: Workspace) -> RoundDefinition:
    """Return what a first round would hold: all operated events in own care in the last half-year with data."""
    latest = episodes.latest_discharge(workspace.store)
    told = workspace.today if latest is None else min(date.fromisoformat(latest), workspace.today)
    return RoundDefinition(*last_half_year(told))


@needs(Right.READ_NARRATIVE)
def text(workspace: Workspace, definition: RoundDefinition) -> str:
    """Return which events a definition holds, in one Swedish sentence without its full stop."""
    return definition_text(definition, provider_names(workspace))


@needs(Right.READ_FIGURES)
def provider_names(workspace: Workspace) -> dict[str, str]:
    """Return what every provider is called, by its id."""
    return {one.provider_id: one.name for one in providers.all_providers(workspace.store)}


def _check_codes(what: str, codes: Collection[str], known: Collection[str]) -> None:
    for code in codes:
        if code not in known:
            raise InputError(
                _("Okänd {what}: ”{code}”. Välj bland {known}.").format(
                    what=_(what), code=code, known=", ".join(filter(None, known))
                )
            )
