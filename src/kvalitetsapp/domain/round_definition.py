"""A round before it is frozen: its definition in a Swedish sentence, and how many events it would hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.domain.answer import SINGLE_WORDS
from kvalitetsapp.domain.review_round import OPERATED
from kvalitetsapp.domain.words import SurgeryLevel, word
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.review_round import Novelty, RoundDefinition


@dataclass(frozen=True, slots=True)
class RoundPreview:
    """How many events a definition matches now, by code, and how many somebody has decided already.

    `novelties` is empty for a round that repeats no other.
    """

    events: int
    decided: int
    joints: Mapping[str, int]
    classes: Mapping[str, int]
    providers: Mapping[str, int]
    novelties: Mapping[Novelty, int]


def last_half_year(day: date) -> tuple[date, date]:
    """Return the first and the last day of the latest whole half-year that ends on or before `day`."""
    after, july = day + timedelta(days=1), 7
    if after.month >= july:
        return date(after.year, 1, 1), date(after.year, 6, 30)
    return date(after.year - 1, 7, 1), date(after.year - 1, 12, 31)


def definition_text(definition: RoundDefinition, names: Mapping[str, str]) -> str:
    """Return which events a definition holds, in one sentence without its full stop; `names` are the providers'."""
    where = _("vid egna kliniken") if definition.own_care else _("hos alla vårdgivare")
    period = f"{definition.event_from.isoformat()}–{definition.event_to.isoformat()}"
    return ", ".join((f"{_surgery(definition)} {where} {period}", *_limits(definition, names)))


def requirements_text(definition: RoundDefinition) -> str:
    """Return how many review each case and what they must answer, in one sentence without its full stop."""
    two = definition.reviewers_per_case > 1
    who = _("Två granskare svarar var för sig") if two else _("En granskare svarar på varje händelse")
    asked = [_(SINGLE_WORDS[name]).lower() for name in definition.required]
    return f"{who}, {_('svar krävs på {questions}').format(questions=_joined(asked, _('och')))}" if asked else who


def _surgery(definition: RoundDefinition) -> str:
    levels = definition.surgery_levels
    if not levels:
        return _("Alla händelser")
    if levels == (SurgeryLevel.NONE.value,):
        return _("Alla händelser utan kirurgi")
    told = _joined([word("surgery_level", level).lower() for level in levels], _("eller"))
    if set(levels) <= set(OPERATED):
        return _("Alla händelser med kirurgi ({levels})").format(levels=told)
    return _("Alla händelser med {levels}").format(levels=told)


def _limits(definition: RoundDefinition, names: Mapping[str, str]) -> list[str]:
    joints = [word("joint", joint).lower() for joint in definition.joints]
    told = [_joined(joints, _("och")) if joints else _("alla leder")]
    if definition.complication_classes:
        classes = [word("complication_class", each).lower() for each in definition.complication_classes]
        told.append(_("med {classes}").format(classes=_joined(classes, _("eller"))))
    if definition.index_providers:
        providers = [names.get(each, each) for each in definition.index_providers]
        told.append(_("efter operation hos {providers}").format(providers=_joined(providers, _("eller"))))
    if definition.purchased:
        told.append(_("efter köpt vård eller utan känd operation"))
    return told


def _joined(parts: Sequence[str], last: str) -> str:
    """Return `a, b eller c`."""
    head, tail = parts[:-1], parts[-1]
    return f"{', '.join(head)} {last} {tail}" if head else tail
