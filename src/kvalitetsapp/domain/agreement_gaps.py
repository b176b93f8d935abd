"""Operations at a provider with agreements that no agreement takes: between agreements, after them, or beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Gap:
    """Operations without agreement of one provider, joint and payer route, between two agreements or after the last.

    `first` and `last` are the days of the first and the last of them; `events` are the complications that can count.
    """

    provider_id: str
    provider: str
    joint: str
    payer_route: str
    first: date
    last: date
    operations: int
    events: int


def gap_text(gap: Gap) -> str:
    """Return a gap as a line: `Kliniken, höft, vårdval: 2020-01-03 – 2020-12-30, 12 operationer, 3 händelser`."""
    operations = ngettext("{n} operation", "{n} operationer", gap.operations).format(n=number(gap.operations))
    events = ngettext("{n} händelse", "{n} händelser", gap.events).format(n=number(gap.events))
    return _("{provider}, {joint}, {route}: {first} – {last}, {operations}, {events}").format(
        provider=gap.provider,
        joint=word("joint", gap.joint).lower(),
        route=_lowered(word("payer_route", gap.payer_route)),
        first=gap.first.isoformat(),
        last=gap.last.isoformat(),
        operations=operations,
        events=events,
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
