"""What a decision on an event rests on, kept as text, and what of it differs, said in Swedish."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.patient import Link

_FACTS: Final = {
    "event_date": N_("händelsens dag"),
    "index_ref": N_("föreslagen operation"),
    "status": N_("status"),
    "complication_class": N_("komplikation"),
    "surgery_level": N_("kirurgi"),
    "triggers": N_("utlösande koder"),
    "candidates": N_("möjliga operationer"),
    "another_look": N_("ny titt"),
}
"""What `Link.content` holds, in its order, and what it is called."""
_VOCABULARIES: Final = frozenset({"status", "complication_class", "surgery_level"})
_WHOEVER_DECIDES: Final = ("event_date", "surgery_level", "triggers", "candidates")
"""What an event is before anybody has decided on it and after: the other facts may follow from a decision."""


def as_text(link: Link) -> str:
    """Return what a decision on the event rests on, as JSON under the names of its facts."""
    return json.dumps(dict(zip(_FACTS, link.content(), strict=True)), default=str, ensure_ascii=False)


def differences(before: str, now: Link) -> str:
    """Return what differs now from a text of `as_text`: `händelsens dag 2023-01-02, förut 2023-01-01`, "" if nothing.

    Facts that the text does not tell differ in nothing.
    """
    return between(before, as_text(now))


def between(before: str, now: str) -> str:
    """Return what differs between two texts of `as_text`, as `differences` tells it."""
    told, current = json.loads(before), json.loads(now)
    compared = [name for name in _FACTS if name in told and name in current]
    return "; ".join(_difference(name, told, current) for name in compared if told[name] != current[name])


def of_any_decision(text: str) -> str:
    """Return of a text of `as_text` the facts that are the same whatever was decided on the event."""
    told = json.loads(text)
    kept = {name: told[name] for name in _WHOEVER_DECIDES if name in told}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _difference(name: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    return _("{fact} {now}, förut {before}").format(
        fact=_(_FACTS[name]), now=_said(name, now[name]), before=_said(name, before[name])
    )


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - a value of JSON
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return " ".join(value) or NOTHING
    if name in _VOCABULARIES:
        return word(name, value).lower()
    return str(value) or NOTHING
