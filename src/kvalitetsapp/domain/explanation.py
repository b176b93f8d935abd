"""Why an event is linked as it is, said in Swedish: joint, side, days, what triggered, why not another operation.

What the data lacks is said as well, so that a reviewer knows what to look for in the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.facts import title_of
from kvalitetsapp.domain.review import Candidate
from kvalitetsapp.domain.timeline import compatible, fits, lane_label
from kvalitetsapp.domain.words import LinkStatus, Side
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.codes import CodeTables, ComplicationDiagnosis
    from kvalitetsapp.domain.patient import Link, Operation, Patient

_UNKNOWN_SIDES: Final = frozenset({Side.UNKNOWN.value, ""})


def why(link: Link, operations: Iterable[Operation], tables: CodeTables) -> str:
    """Return in a few sentences why the event is linked to its operation, or to none."""
    linked = _operation_of(link, operations)
    told = _not_linked(link) if linked is None else _linked(link, linked)
    return f"{told} {_triggered(link, tables)}"


def why_not(link: Link, operations: Iterable[Operation], tables: CodeTables) -> tuple[str, ...]:
    """Return a sentence for each operation that the event is not linked to: which it is, and why not."""
    every = tuple(operations)
    chosen = _operation_of(link, every)
    return tuple(
        _not_chosen(link, one.operation, chosen, tables)
        for one in candidates(link, every, tables)
        if one.operation is not chosen
    )


def missing(link: Link, patient: Patient, tables: CodeTables) -> tuple[str, ...]:
    """Return what the data does not tell of an event and its operation, a sentence each."""
    event, operation = patient.episode(link.key.episode), _operation_of(link, patient.operations)
    performed = [code for code in link.triggers if code in tables.procedure_roles]
    lacking = (
        (not link.key.joint, _("Leden framgår inte av underlaget")),
        (link.key.side in _UNKNOWN_SIDES, _("Sidan framgår inte av underlaget")),
        (
            operation is not None and operation.side in _UNKNOWN_SIDES,
            _("Primäroperationens sida framgår inte av underlaget"),
        ),
        (
            bool(performed) and not event.procedures_dated,
            _("Åtgärdsdatum saknas: inskrivningsdagen används"),
        ),
        (
            len(performed) == len(link.triggers),
            _("Ingen diagnos som stöder koden"),
        ),
        (event.cost is None, _("Kostnad saknas")),
    )
    return tuple(said for lacks, said in lacking if lacks)


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
    days = _days((link.event_date - one.operated_on).days)
    if families.has_sides(one.joint):
        sides = _sides(link.key.side, one.side)
        reason = _("Samma led, {sides}, {days} mellan operation och händelse.").format(sides=sides, days=days)
    else:
        reason = _("Samma slags operation, {days} mellan operation och händelse.").format(days=days)
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


def _same_place(event_side: str, one: Operation) -> str:
    if not families.has_sides(one.joint):
        return _("samma slags operation")
    return f"{_('samma led')}, {_sides(event_side, one.side)}"


def _sides(event: str, operation: str) -> str:
    if Side.UNKNOWN in {event, operation} or "" in {event, operation}:
        return _("händelsens sida okänd") if operation in {Side.RIGHT, Side.LEFT} else _("operationens sida okänd")
    return _("samma sida")


def _days(days: int) -> str:
    return ngettext("{n} dag", "{n} dagar", days).format(n=number(days))


def _operation_of(link: Link, operations: Iterable[Operation]) -> Operation | None:
    return next((one for one in operations if one.index_ref == link.index_ref), None)


def _not_chosen(link: Link, one: Operation, chosen: Operation | None, tables: CodeTables) -> str:
    which = f"{lane_label(one.joint, one.side)} {one.operated_on.isoformat()}"
    if (against := _objection(link, one, tables)) is not None:
        reason = against.reason
    elif link.status == LinkStatus.AMBIGUOUS:
        return _("{which} hos {provider} är också möjlig: underlaget skiljer dem inte åt.").format(
            which=which, provider=one.provider
        )
    else:
        reason = _preferred(one, chosen)
    return _("{which} hos {provider} valdes inte: {reason}.").format(which=which, provider=one.provider, reason=reason)


def _preferred(one: Operation, chosen: Operation | None) -> str:
    """Return why an operation that nothing speaks against was not chosen."""
    if chosen is None:
        return _("granskaren har avvisat kopplingen")
    if one.operated_on < chosen.operated_on:
        return _("en senare operation finns")
    return _("granskaren har valt en annan")


def _candidate(link: Link, one: Operation, tables: CodeTables) -> Candidate:
    days = (link.event_date - one.operated_on).days
    against = _objection(link, one, tables)
    possible = against is None or against.can_be_chosen
    if against is None:
        note = f"{_same_place(link.key.side, one)}, {_('{days} före').format(days=_days(days))}"
    elif possible:
        note = _("{reason}, {days} före").format(reason=against.reason, days=_days(days))
    else:
        note = against.reason
    fit = against is None and fits(link, one)
    return Candidate(one, days, fit, possible, one.index_ref == link.index_ref, note)


@dataclass(frozen=True, slots=True)
class _Objection:
    """Why the event is no complication of an operation, and whether a person may say that it is one all the same."""

    reason: str
    can_be_chosen: bool


def _objection(link: Link, one: Operation, tables: CodeTables) -> _Objection | None:
    """Return what speaks against an operation, None where nothing does."""
    days = (link.event_date - one.operated_on).days
    if one.episode == link.key.episode:
        return _Objection(_("gjordes vid samma vårdtillfälle"), can_be_chosen=False)
    if days < 0:
        return _Objection(_("gjordes efter händelsen"), can_be_chosen=False)
    if link.key.joint and one.joint != link.key.joint:
        return _Objection(_("annan led"), can_be_chosen=True)
    if not compatible(one.side, link.key.side):
        return _Objection(_("andra sidan"), can_be_chosen=True)
    windows = [window_of(code, tables) for code in link.triggers]
    longest = max((window for window in windows if window is not None), default=None)
    if longest is not None and None not in windows and days > longest:
        return _Objection(_("koderna gäller bara {days}").format(days=_days(longest)), can_be_chosen=True)
    return None


def _diagnosis(code: str, tables: CodeTables) -> ComplicationDiagnosis | None:
    """Return the row of the complication table that a code falls under, the longest where several do."""
    if code in tables.procedure_roles:
        return None
    found = [
        one for one in tables.complication_diagnoses if code == one.code or (one.prefix and code.startswith(one.code))
    ]
    return max(found, key=lambda one: len(one.code), default=None)
