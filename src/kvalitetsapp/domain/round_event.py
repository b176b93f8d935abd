"""An event as a round froze it, and what has become different since, in Swedish.

A decision moves the link, its class and its status; none of that makes the event another one. Compared is what the
record says, and what the program proposed only as long as nobody had decided.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.words import LinkStatus, word
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECIDED: Final = frozenset({LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value})
_FACTS: Final = {
    "event_date": N_("datum"),
    "event_provider_id": N_("vårdgivare"),
    "surgery_level": N_("kirurgi"),
    "triggers": N_("utlösande koder"),
    "candidates": N_("möjliga operationer"),
}
_PROPOSAL: Final = {
    "index_ref": N_("föreslagen operation"),
    "status": N_("status"),
    "complication_class": N_("komplikation"),
    "competing": N_("annan kirurgi emellan"),
}
_WORDED: Final = frozenset({"surgery_level", "status", "complication_class"})


@dataclass(frozen=True, slots=True)
class FrozenEvent:
    """What an event was at a moment, as plain values: days as `YYYY-MM-DD`, "" for what there is not."""

    event_date: str
    event_provider_id: str
    event_provider: str
    index_ref: str
    index_provider_id: str
    index_provider: str
    index_side: str
    operated_on: str
    days: int | None
    status: str
    competing: int
    complication_class: str
    surgery_level: str
    triggers: str
    candidates: int
    another_look: int
    verdict: int | None


_NAMES: Final = tuple(one.name for one in fields(FrozenEvent))


def frozen_event(told: Mapping[str, Any]) -> FrozenEvent:
    """Return the event that a round froze, from what it kept of it."""
    return FrozenEvent(**{name: told[name] for name in _NAMES})


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what differs between two moments of an event; what either does not tell is not compared."""
    compared = _FACTS if _is_decided(before) or _is_decided(now) else _FACTS | _PROPOSAL
    told = [(name, _text(name, before), _text(name, now)) for name in compared if name in before and name in now]
    found = [
        _("{fact}: {before}, nu {now}").format(fact=_(compared[name]), before=old, now=new)
        for name, old, new in told
        if old != new
    ]
    if now.get("another_look") and not before.get("another_look"):
        found.append(_("nya uppgifter skulle ge ett annat förslag"))
    return tuple(found)


def changes_since_answer(before: Mapping[str, Any], verdict: int | None, now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what differs since an answer was given on what `before` tells, with the verdict that it led to."""
    found = changes({**before, "another_look": 0}, now)
    overruled = verdict is not None and now.get("verdict") != verdict
    return (*found, _("ett annat beslut gäller")) if overruled else found


def _is_decided(told: Mapping[str, Any]) -> bool:
    return told.get("status") in _DECIDED


def _text(name: str, told: Mapping[str, Any]) -> str:
    value = told[name]
    if name == "competing":
        return _("ja") if value else _("nej")
    if isinstance(value, list | tuple):
        return " ".join(map(str, value)) or NOTHING
    if name in _WORDED:
        return word(name, str(value)).lower()
    return NOTHING if value in {None, ""} else str(value)
