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


def as_text(link: Link) -> str:
    """Return what a decision on the event rests on, as JSON under the names of its facts."""
    return json.dumps(dict(zip(_FACTS, link.content(), strict=True)), default=str, ensure_ascii=False)


def differences(before: str, now: Link) -> str:
    """Return what differs now from a text of `as_text`: `händelsens dag 2023-01-02, förut 2023-01-01`, "" if nothing.

    Facts that the text does not tell differ in nothing.
    """
    told, current = json.loads(before), json.loads(as_text(now))
    return "; ".join(
        _difference(name, told, current) for name in _FACTS if told.get(name, current[name]) != current[name]
    )


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
