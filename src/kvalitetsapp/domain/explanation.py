"""Why an event is linked as it is, said in Swedish: joint, side, days, what triggered, how many were possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.facts import title_of
from kvalitetsapp.domain.review import Candidate
from kvalitetsapp.domain.timeline import compatible, fits, lane_label
from kvalitetsapp.domain.words import LinkStatus, Side
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis
    from kvalitetsapp.domain.patient import Link, Operation


def why(link: Link, operations: Iterable[Operation], tables: CodeTables) -> str:
    """Return in a few sentences why the event is linked to its operation, or to none."""
    linked = next((one for one in operations if one.index_ref == link.index_ref), None)
    told = _not_linked(link) if linked is None else _linked(link, linked)
    return f"{told} {_triggered(link, tables)}"


def candidates(link: Link, operations: Iterable[Operation], tables: CodeTables) -> tuple[Candidate, ...]:
    """Return the person's operations as choices: the proposed first, then those that fit, the latest first."""
    found = [_candidate(link, one, tables) for one in operations]
    return tuple(sorted(found, key=lambda one: (not one.proposed, not one.fits, not one.possible, abs(one.days))))


def window_of(code: str, tables: CodeTables) -> int | None:
    """Return within how many days a diagnosis counts, None for one without window and for a procedure."""
    found = _diagnosis(code, tables)
    return None if found is None else found.window_days


def _linked(link: Link, one: Operation) -> str:
    rejected = link.status == LinkStatus.REJECTED
    opening = (
        _("Kopplingen till primäroperationen i {place} {day} hos {provider} är avvisad.")
        if rejected
        else _("Kopplas till primäroperationen i {place} {day} hos {provider}.")
    )
    place = lane_label(one.joint, one.side).lower()
    head = opening.format(place=place, day=one.operated_on.isoformat(), provider=one.provider)
    reason = _("Samma led, {sides}, {days} mellan operation och händelse.").format(
        sides=_sides(link.key.side, one.side), days=_days((link.event_date - one.operated_on).days)
    )
    return f"{head} {reason} {_how_many(link)}".strip()


def _how_many(link: Link) -> str:
    if link.status == LinkStatus.AMBIGUOUS:
        return _("Flera operationer är lika möjliga ({n}); den senaste anges, men en människa måste avgöra.").format(
            n=number(link.candidates)
        )
    if link.candidates > 1:
        return _("{n} operationer var möjliga; den senaste föreslås.").format(n=number(link.candidates))
    return _("Ingen annan operation var möjlig.") if link.candidates else ""


def _not_linked(link: Link) -> str:
    if link.status == LinkStatus.REJECTED:
        return _("Kopplingen är avvisad av granskare.")
    return _("Ingen tidigare operation med samma led och förenlig sida finns inom den tid då koderna gäller.")


def _triggered(link: Link, tables: CodeTables) -> str:
    told = [_trigger(code, tables) for code in dict.fromkeys(link.triggers)]
    return _("Utlöst av {codes}.").format(codes="; ".join(told)) if told else ""


def _trigger(code: str, tables: CodeTables) -> str:
    title = title_of(code, tables)
    window = window_of(code, tables)
    parts = [f"{code} {title}".strip()]
    if window is not None:
        parts.append(_("(gäller {days} efter operation)").format(days=_days(window)))
    return " ".join(parts)


def _sides(event: str, operation: str) -> str:
    if Side.UNKNOWN in {event, operation} or "" in {event, operation}:
        return _("händelsens sida okänd") if operation in {Side.RIGHT, Side.LEFT} else _("operationens sida okänd")
    return _("samma sida")


def _days(days: int) -> str:
    return ngettext("{n} dag", "{n} dagar", days).format(n=number(days))


def _candidate(link: Link, one: Operation, tables: CodeTables) -> Candidate:
    days = (link.event_date - one.operated_on).days
    note, possible = _objection(link, one, days, tables)
    fit = possible and not note and fits(link, one)
    proposed = one.index_ref == link.index_ref
    if not note:
        note = f"{_('samma led')}, {_sides(link.key.side, one.side)}, {_('{days} före').format(days=_days(days))}"
    return Candidate(one, days, fit, possible, proposed, note)


def _objection(link: Link, one: Operation, days: int, tables: CodeTables) -> tuple[str, bool]:
    """Return why the event is no complication of the operation ("" = nothing against), and if one may say it is."""
    if one.episode == link.key.episode:
        return _("gjordes vid samma vårdtillfälle"), False
    if days < 0:
        return _("gjordes efter händelsen"), False
    if link.key.joint and one.joint != link.key.joint:
        return _("annan led, {days} före").format(days=_days(days)), True
    if not compatible(one.side, link.key.side):
        return _("andra sidan, {days} före").format(days=_days(days)), True
    windows = [window_of(code, tables) for code in link.triggers]
    longest = max((window for window in windows if window is not None), default=None)
    if longest is not None and None not in windows and days > longest:
        return _("{days} före, efter den tid då koderna gäller").format(days=_days(days)), True
    return "", True


def _diagnosis(code: str, tables: CodeTables) -> ComplicationDiagnosis | None:
    """Return the row of the complication table that a code falls under, the longest where several do."""
    if code in tables.procedure_roles:
        return None
    found = [
        one for one in tables.complication_diagnoses if code == one.code or (one.prefix and code.startswith(one.code))
    ]
    return max(found, key=lambda one: len(one.code), default=None)
